"""A clerk opens an account: what they typed waits for the code that goes to their address."""

from datetime import datetime

from portal.accounts import codes, passwords, rules, store, store_codes, tries
from portal.accounts.service.messages import ask_for_code, await_code
from portal.base import audit, db, form_keys, idempotency, sessions
from portal.base.actor import ANONYMOUS, Actor
from portal.base.sessions import Visit
from portal.kernel.errors import Conflict, Invalid
from schemas.accounts import Confirm, Register

NO_INVITATION = "这个邀请码不能用了，或者写错了。请同事再给你一个"
WRONG = "验证码不对，或者已经过期。检查后再填，或打开“没有收到”重新发送"
TAKEN = "这个邮箱或手机号码刚刚完成了注册。直接登录"


async def register(order: Register, *, key: str, visit: Visit, address: str, now: datetime) -> Visit:
    """Send a code to the address. Whether somebody has it already shows nowhere: then the message alone says so."""
    key = form_keys.keyed(key, order.login)
    if (begun := await idempotency.earlier(key, ANONYMOUS, "accounts.register")) is not None:
        return await await_code(visit, int(begun))
    fault = rules.password_fault(order.password.get_secret_value(), order.login)
    if fault:
        raise Invalid({"password": fault})
    invitation_id = await invitation_of(order.organisation, order.invitation, address=address, now=now)
    await tries.count(tries.of_code(order.login, address), now)
    password_hash = await passwords.hashed(order.password.get_secret_value())
    is_known = await store.by_login(order.login) is not None
    async with db.tx():
        if not await idempotency.claim(key, ANONYMOUS, "accounts.register", ""):
            return await await_code(visit, int(await idempotency.earlier(key, ANONYMOUS, "accounts.register") or 0))
        confirmation = await ask_for_code("register-known" if is_known else "register", order.login, None)
        await store_codes.add_registration(confirmation, order.name, order.organisation, invitation_id, password_hash)
        await idempotency.lead(key, str(confirmation))
        return await await_code(visit, confirmation)


async def invitation_of(organisation: str, invitation: str, *, address: str, now: datetime) -> int | None:
    """The invitation's number where one was given; either it or an institution's name must be there, not both."""
    if fault := rules.belonging_fault(organisation, invitation):
        raise Invalid({"organisation": fault})
    if not invitation:
        return None
    await tries.count(tries.of_invitation(address), now)
    found = await store_codes.open_invitation(codes.invitation_hash(invitation), now)
    if found is None:
        raise Invalid({"invitation": NO_INVITATION})
    return found.id


async def confirm(order: Confirm, *, visit: Visit, now: datetime) -> Visit:
    """Open the account whose code came back; the clerk is signed in."""
    number = int(visit.notes.get("confirmation", 0))
    found = await store_codes.try_code(number, "register", now)
    if found is None or found.purpose != "register" or not codes.is_code(found.salt, order.code):
        raise Invalid({"code": WRONG})
    typed = await store_codes.registration(number)
    assert typed is not None
    async with db.tx():
        if not await store_codes.use_confirmation(number, now):
            raise Conflict(TAKEN)
        institution = await institution_of(str(typed["organisation"]), typed["invitation_id"], now)
        account = await store.add(
            found.login, str(typed["name"]), "clerk", now,
            institution_id=institution, password_hash=str(typed["password_hash"]),
        )  # fmt: skip
        if account is None:
            raise Conflict(TAKEN)
        await sessions.end(visit)
        begun = await sessions.start(account, is_confirmed=True)
        clerk = Actor("clerk", account, institution_id=institution)
        await audit.record(clerk, "account.register", f"account:{account}", now, institution=institution)
    return begun


async def institution_of(organisation: str, invitation_id: object, now: datetime) -> int:
    """Inside the caller's transaction: the institution that a clerk joins by invitation, or a new one by its name."""
    if invitation_id is None:
        return await store.add_organisation(organisation, now)
    joined = await store_codes.use_invitation(int(str(invitation_id)), now)
    if joined is None:
        raise Conflict(NO_INVITATION)
    return joined
