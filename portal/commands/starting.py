"""What `serve`, `worker` and `up` ask before they start: is everything here fit for what it is to serve?"""

import asyncio

from portal.base.settings import Settings


class NotYet(Exception):
    """Something that comes first isn't there yet; a service manager tries again (code 3)."""


def refuse_unfit_start(of: Settings, *, signs: bool = False) -> None:
    """Refuse a production start with demo accounts, default secrets, a wrong database or, where it signs, no seal."""
    from portal.base import starting

    starting.refuse_unfit_settings(of)
    starting.refuse_missing_engines(of)
    if signs:
        from portal.documents.authority import refuse_unfit_seal

        refuse_unfit_seal(of)
    asyncio.run(_refuse_unfit_data(of))


async def _refuse_unfit_data(of: Settings) -> None:
    from portal.accounts import service as accounts
    from portal.base import db, schema, starting
    from portal.consistency import sealing

    await starting.refuse_wrong_database(of)
    await db.connect(of)
    try:
        if pending := await schema.pending():
            raise NotYet(f"the tables lack {len(pending)} migrations: run python -m portal migrate first")
        await accounts.refuse_demo_accounts()
        await sealing.refuse_lost_keys(of)
        await starting.refuse_unreachable_files(of)
    finally:
        await db.disconnect()
