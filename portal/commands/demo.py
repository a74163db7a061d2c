"""`portal demo`: load the demo data, and generated institutions besides."""

import asyncio

import click


@click.command()
@click.option("--institutions", type=click.IntRange(0, 2_000_000), default=0, help="Generate so many more.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed generates the same institutions.")
def demo(institutions: int, seed: int) -> None:
    """Load the hand-made demo set, plus N generated institutions."""
    asyncio.run(_load(institutions, seed))


async def _load(institutions: int, seed: int) -> None:
    from portal.base import db
    from portal.demo import loading

    await db.connect()
    try:
        await loading.load(click.echo)
        if institutions:
            from portal.institutions import generate

            await generate.generate(institutions, seed)
            click.echo(f"{institutions} institutions generated")
    finally:
        await db.disconnect()
