"""Accounts as tests need them, made through the store; one password for all, hashed once."""

from functools import lru_cache

import pyotp

from portal.accounts import codes, store, store_codes
from portal.accounts.passwords import HASHER
from portal.base import clock, db
from portal.base.actor import Actor
from portal.base.sessions import Visit

PASSWORD = "Lantern-Orchard-58"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ADDRESS = "203.0.113.7"


@lru_cache(maxsize=1)
def password_hash() -> str:
    """The hash of PASSWORD."""
    return HASHER.hash(PASSWORD)


async def an_account(role="examiner", *, login=None, district="500103", institution_id=None, has_app=True) -> Actor:
    """An open account; staff have their app set up unless `has_app` is false."""
    is_clerk = role == "clerk"
    login = login or f"{role}.{len(await db.rows('SELECT id FROM account'))}@example.com"
    district = None if role in {"clerk", "city-admin", "auditor"} else district
    if is_clerk and institution_id is None:
        institution_id = await store.add_organisation("渝中明德培训学校", clock.now())
    sealed = codes.seal_secret(SECRET, login) if has_app and not is_clerk else ""
    number = await store.add(
        login, "张三", role, clock.now(), district=district, institution_id=institution_id,
        password_hash=password_hash(), totp_sealed=sealed,
    )  # fmt: skip
    assert number is not None
    return Actor(role, number, "张三", district, institution_id)


def app_code(secret=SECRET, at=None) -> str:
    """What the app shows."""
    return pyotp.TOTP(secret).at(at or clock.now())


async def sent_code(visit: Visit) -> str:
    """The code that went out for a visit that waits for one."""
    found = await store_codes.confirmation(visit.notes["confirmation"])
    return codes.six_digits(found.salt)


async def newest_code() -> str:
    """The code that went out last."""
    found = await db.row("SELECT salt FROM confirmation ORDER BY id DESC LIMIT 1")
    return codes.six_digits(found["salt"])


async def entries(action: str) -> int:
    """How often the audit log has this."""
    return len(await db.rows("SELECT id FROM audit_entry WHERE action = $1", action))


async def waiting(topic: str) -> list[dict]:
    """The outbox's jobs of a topic."""
    return await db.rows("SELECT * FROM outbox_job WHERE topic = $1 ORDER BY id", topic)
