"""What `serve`, `worker` and `up` ask before they start: is everything here fit for what it is to serve?"""

import asyncio

from portal.base.settings import Settings


def refuse_unfit_start(of: Settings, *, signs: bool = False) -> None:
    """Refuse a production start with demo accounts, default secrets, a wrong database or, where it signs, no seal."""
    from portal.base import starting

    starting.refuse_unfit_settings(of)
    if signs:
        from portal.documents.authority import refuse_unfit_seal

        refuse_unfit_seal(of)
    asyncio.run(_refuse_unfit_data(of))


async def _refuse_unfit_data(of: Settings) -> None:
    from portal.accounts import service as accounts
    from portal.base import db, starting

    await starting.refuse_wrong_database(of)
    await db.connect(of)
    try:
        await accounts.refuse_demo_accounts()
    finally:
        await db.disconnect()
