"""`portal migrate`: the tables, brought up to date."""

import asyncio

import click


@click.command()
def migrate() -> None:
    """Schema migrations, under a lock."""
    from portal.base import schema, settings

    applied = asyncio.run(schema.migrate(settings.read()))
    print("\n".join(applied) if applied else "The tables are up to date.")
