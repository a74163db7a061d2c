"""A form sent twice acts once: its key is claimed in the transaction that acts, and remembers where it led."""

from datetime import datetime, timedelta

from portal.base import clock, db
from portal.base.actor import Actor

KEPT = timedelta(days=30)  # far longer than any session, without which a form is not taken


async def earlier(key: str, actor: Actor, route: str) -> str | None:
    """Say where the form with this key has led already; nothing if it hasn't been sent."""
    found = await db.row(
        "SELECT location FROM idempotency_key WHERE key = $1 AND account = $2 AND route = $3",
        key, actor.reference, route,
    )  # fmt: skip
    return str(found["location"]) if found else None


async def claim(key: str, actor: Actor, route: str, location: str) -> bool:
    """Claim the key inside the acting transaction; false when another request has it (that one acts)."""
    found = await db.row(
        "INSERT INTO idempotency_key (key, account, route, location, created) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (key) DO NOTHING RETURNING key",
        key, actor.reference, route, location, clock.now(),
    )  # fmt: skip
    return found is not None


async def lead(key: str, location: str) -> None:
    """Write down where a claimed key has led, once that is known. Inside the transaction that claimed it."""
    await db.execute("UPDATE idempotency_key SET location = $2 WHERE key = $1", key, location)


async def sweep(at: datetime) -> int:
    """Forget the keys of forms that nobody can send any more; return how many."""
    return await db.execute("DELETE FROM idempotency_key WHERE created < $1", at - KEPT)
