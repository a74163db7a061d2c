"""A forgotten password: a code to the address, then a new password; every session of the account ends."""

from datetime import datetime

from portal.accounts import codes, passwords, rules, store, store_codes, tries
from portal.accounts.service.messages import ask_for_code, await_code, tell
from portal.accounts.service.questions import as_actor
from portal.base import audit, db, form_keys, idempotency, sessions
from portal.base.actor import ANONYMOUS
from portal.base.sessions import Visit
from portal.kernel.errors import Conflict, Invalid
from schemas.accounts import Forgotten, Reset

WRONG = "验证码不对，或者已经过期。检查后再填，或打开“没有收到”重新发送"
USED = "这个验证码已经用过。密码已改，直接登录"


async def ask_for_reset(order: Forgotten, *, key: str, visit: Visit, address: str, now: datetime) -> Visit:
    """Send a code to the address if an account has it; nothing that is shown tells whether one does."""
    key = form_keys.keyed(key, order.login)
    if (begun := await idempotency.earlier(key, ANONYMOUS, "accounts.forgotten")) is not None:
        return await await_code(visit, int(begun))
    await tries.count(tries.of_code(order.login, address), now)
    account = await store.by_login(order.login)
    known = account.id if account is not None and account.is_active else None
    async with db.tx():
        if not await idempotency.claim(key, ANONYMOUS, "accounts.forgotten", ""):
            return await await_code(visit, int(await idempotency.earlier(key, ANONYMOUS, "accounts.forgotten") or 0))
        confirmation = await ask_for_code("reset", order.login, known)
        await idempotency.lead(key, str(confirmation))
        return await await_code(visit, confirmation)


async def reset(order: Reset, *, visit: Visit, now: datetime) -> None:
    """Set a new password with the code that came; the second factor stays as it is."""
    number = int(visit.notes.get("confirmation", 0))
    pending = await store_codes.confirmation(number)
    fault = rules.password_fault(order.password.get_secret_value(), pending.login if pending else "@")
    if fault:
        raise Invalid({"password": fault})
    found = await store_codes.try_code(number, "reset", now)
    if found is None or not codes.is_code(found.salt, order.code) or found.account_id is None:
        raise Invalid({"code": WRONG})
    account = await store.by_id(found.account_id)
    assert account is not None
    password_hash = await passwords.hashed(order.password.get_secret_value())
    async with db.tx():
        if not await store_codes.use_confirmation(number, now):
            raise Conflict(USED)
        await store.set_password(account.id, password_hash)
        await sessions.end_all(account.id)
        await tell(account.id, "password-changed")
        await audit.record(as_actor(account), "account.password-reset", f"account:{account.id}", now)
