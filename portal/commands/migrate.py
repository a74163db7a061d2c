"""`portal migrate`: the tables, brought up to date, and the districts that the portal ships."""

import asyncio

import click


@click.command()
def migrate() -> None:
    """Schema migrations, under a lock; then the shipped districts that aren't there yet."""
    from portal.base import db, schema, settings
    from portal.districts import service as districts

    async def prepared() -> list[str]:
        applied = await schema.migrate(settings.read())
        await db.connect()
        try:
            added = await districts.ensure_seed()
        finally:
            await db.disconnect()
        return applied + ([f"{added} districts"] if added else [])

    applied = asyncio.run(prepared())
    print("\n".join(applied) if applied else "The tables are up to date.")
