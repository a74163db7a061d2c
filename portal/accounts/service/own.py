"""What somebody does with their own account: name, password, sessions."""

from datetime import datetime

from portal.accounts import passwords, rules, store, tries
from portal.accounts.service.messages import tell
from portal.accounts.store import Account
from portal.base import audit, db, sessions
from portal.base.actor import Actor
from portal.base.sessions import Visit
from portal.kernel.errors import Invalid, Missing
from schemas.accounts import ChangePassword, Rename

WRONG = "现在的密码不对。再填一次"


async def own_account(actor: Actor) -> Account:
    """The account of whoever asks."""
    account = await store.by_id(actor.account_id) if actor.account_id is not None else None
    if account is None:
        raise Missing
    return account


async def rename(order: Rename, *, actor: Actor, now: datetime) -> None:
    """Write one's own name as others see it."""
    account = await own_account(actor)
    async with db.tx():
        await store.rename(account.id, order.name)
        await audit.record(actor, "account.rename", f"account:{account.id}", now)


async def change_password(order: ChangePassword, *, actor: Actor, visit: Visit, now: datetime) -> Visit:
    """Set a new password, with the present one as proof; every other session ends, this one goes on anew."""
    account = await own_account(actor)
    fault = rules.password_fault(order.password.get_secret_value(), account.login)
    if fault:
        raise Invalid({"password": fault})
    limits = tries.of_second_factor(account.id)
    counted = await tries.count(limits, now)
    if not await passwords.matches(order.present.get_secret_value(), account.password_hash):
        raise Invalid({"present": WRONG})
    await tries.forgive(limits, counted)
    password_hash = await passwords.hashed(order.password.get_secret_value())
    async with db.tx():
        await store.set_password(account.id, password_hash)
        await sessions.end_all(account.id)
        begun = await sessions.start(account.id, is_confirmed=True, notes=visit.notes)
        await tell(account.id, "password-changed")
        await audit.record(actor, "account.password", f"account:{account.id}", now)
    return begun


async def end_sessions(*, actor: Actor, now: datetime) -> None:
    """Log out everywhere, this device too."""
    account = await own_account(actor)
    async with db.tx():
        await sessions.end_all(account.id)
        await audit.record(actor, "account.sessions-ended", f"account:{account.id}", now)
