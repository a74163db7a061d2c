"""`python -m portal audit verify`: was anything in the audit log changed, taken out or put in between."""

import asyncio

import click

DOES_NOT_HOLD = 1


@click.group()
def audit() -> None:
    """Check the audit log."""


@audit.command()
@click.pass_context
def verify(context: click.Context) -> None:
    """Walk the chain from its first entry; exit 0 when it is whole, 1 naming the first broken entry."""
    from portal.base import db
    from portal.base.audit import Chain
    from portal.base.audit import verify as walk

    async def walked() -> Chain:
        await db.connect()
        try:
            return await walk()
        finally:
            await db.disconnect()

    found = asyncio.run(walked())
    if found.broken is not None:
        print(f"审计记录从第 {found.broken} 条起对不上，之前的 {found.entries} 条完整")
        context.exit(DOES_NOT_HOLD)
    print(f"审计记录完整，共 {found.entries} 条，末条哈希 {found.head}")
