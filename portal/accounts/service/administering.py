"""Administrators look after accounts: a district's for its own staff, the city's for all. Effects are immediate."""

from dataclasses import dataclass
from datetime import datetime

from portal.accounts import passwords, rules, store
from portal.accounts.service.messages import tell
from portal.accounts.service.places import known_districts
from portal.accounts.store import Account, Wanted
from portal.base import audit, db, form_keys, idempotency, sessions
from portal.base.actor import CLOCK, Actor
from portal.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from schemas.accounts import AddUser, ChangeAccess, ChangeRole, FindUsers

TAKEN = "这个邮箱或手机号码已有账户"
OWN = "你不能改自己的角色或停用自己。请另一位管理员来做"
FOREIGN_ROLE = "你不能给出这个角色。从列表中选择"
NO_DISTRICT = "没有代码为 {code} 的区县。用区县的六位代码（{listed}……）；市里自定的代码先在“区县”页增加"
NOT_MIGRATED = "还没有区县。先运行 python -m portal migrate，再开通账户"
UNKNOWN_DISTRICT = "从列表中选择区县"
CHANGED = "另一位管理员刚刚改了这个账户。看过现在的情况再改"
CLERK = "机构经办人的角色不能改。需要的话，为这个人另开账户"


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of accounts."""

    accounts: list[Account]
    organisations: dict[int, str]
    has_next: bool


async def find_users(order: FindUsers, *, actor: Actor) -> Listed:
    """The accounts that this administrator looks after."""
    roles = (*rules.grantable(actor), *(("clerk",) if actor.role == "city-admin" else ()))
    wanted = Wanted(
        actor.district if actor.role == "district-admin" else order.district or None,
        [role for role in roles if order.role in {"", role}],
        order.q.strip(),
        order.page,
    )
    found = await store.found(wanted)
    shown = found[: store.PAGE]
    institutions = [account.institution_id for account in shown if account.institution_id is not None]
    return Listed(shown, await store.organisation_names(institutions), len(found) > store.PAGE)


async def user(account_id: int, *, actor: Actor) -> Account:
    """One account, if this administrator looks after it."""
    account = await store.by_id(account_id)
    if account is None or not rules.may_look_after(actor, account.role, account.district):
        raise Missing
    return account


async def add_user(order: AddUser, *, key: str, actor: Actor, now: datetime) -> int:
    """Open an account for a member of staff, who sets the password with a code sent to the address."""
    district = order.district or (actor.district if order.role in rules.DISTRICT_ROLES else None)
    await judge_place(actor, order.role, district)
    key = form_keys.keyed(key, order.login)
    async with db.tx():
        if not await idempotency.claim(key, actor, "accounts.user_new", ""):
            return int(await idempotency.earlier(key, actor, "accounts.user_new") or 0)
        account = await store.add(order.login, order.name, order.role, now, district=district)
        if account is None:
            raise Invalid({"login": TAKEN})
        await idempotency.lead(key, str(account))
        await tell(account, "welcome")
        await audit.record(actor, "account.add", f"account:{account}", now, role=order.role, district=district)
    return account


async def add_operator(order: AddUser, password: str, *, now: datetime) -> int:
    """Open an account with a password by the command line: the way to the first administrator."""
    faults = {
        "district": rules.district_fault(order.role, order.district) or await strange_district(order.district),
        "password": rules.password_fault(password, order.login),
    }
    if any(faults.values()):
        raise Invalid({field: fault for field, fault in faults.items() if fault})
    password_hash = await passwords.hashed(password)
    async with db.tx():
        account = await store.add(
            order.login, order.name, order.role, now, district=order.district, password_hash=password_hash
        )
        if account is None:
            raise Invalid({"login": TAKEN})
        await audit.record(CLOCK, "account.add", f"account:{account}", now, role=order.role, district=order.district)
    return account


async def strange_district(code: str | None) -> str:
    """Say what to do about a district's code that nobody knows; nothing where there is one or none is given."""
    if code is None or code in (known := await known_districts()):
        return ""
    listed = "、".join(f"{code} {name}" for code, name in list(known.items())[:3])
    return NO_DISTRICT.format(code=code, listed=listed) if known else NOT_MIGRATED


async def change_role(order: ChangeRole, *, key: str, actor: Actor, now: datetime) -> None:
    """Give a member of staff another role or district; their sessions end, so it holds at the next request."""
    account = await looked_after(order.account_id, actor)
    if account.role == "clerk":
        raise NotAllowed(CLERK)
    district = order.district or (actor.district if order.role in rules.DISTRICT_ROLES else None)
    await judge_place(actor, order.role, district)
    async with db.tx():
        if not await idempotency.claim(key, actor, "accounts.user_role", ""):
            return
        if not await store.set_role(account.id, order.version, order.role, district):
            raise Conflict(CHANGED)
        await sessions.end_all(account.id)
        await tell(account.id, "role-changed")
        await audit.record(
            actor, "account.role", f"account:{account.id}", now, before=account.role, after=order.role,
            district_before=account.district, district_after=district,
        )  # fmt: skip


async def close(order: ChangeAccess, *, key: str, actor: Actor, now: datetime) -> None:
    """Close an account: whoever uses it is out at the next request."""
    account = await looked_after(order.account_id, actor)
    async with db.tx():
        if not await idempotency.claim(key, actor, "accounts.user_close", ""):
            return
        if not await store.set_active(account.id, order.version, is_active=False):
            raise Conflict(CHANGED)
        await sessions.end_all(account.id)
        await audit.record(actor, "account.close", f"account:{account.id}", now)


async def reopen(order: ChangeAccess, *, key: str, actor: Actor, now: datetime) -> None:
    """Open a closed account again."""
    account = await looked_after(order.account_id, actor)
    async with db.tx():
        if not await idempotency.claim(key, actor, "accounts.user_reopen", ""):
            return
        if not await store.set_active(account.id, order.version, is_active=True):
            raise Conflict(CHANGED)
        await audit.record(actor, "account.reopen", f"account:{account.id}", now)


async def reset_second_factor(order: ChangeAccess, *, key: str, actor: Actor, now: datetime) -> None:
    """Take a lost second factor away: a new one is set up at the next log-in, and the holder is told."""
    account = await looked_after(order.account_id, actor)
    async with db.tx():
        if not await idempotency.claim(key, actor, "accounts.user_second_factor", ""):
            return
        if not await store.clear_secret(account.id, order.version):
            raise Conflict(CHANGED)
        await sessions.end_all(account.id)
        await tell(account.id, "second-factor-reset")
        await audit.record(actor, "account.second-factor-reset", f"account:{account.id}", now)


async def looked_after(account_id: int, actor: Actor) -> Account:
    """The account, if it isn't the administrator's own: nobody changes what they are themselves."""
    account = await user(account_id, actor=actor)
    if account.id == actor.account_id:
        raise NotAllowed(OWN)
    return account


async def judge_place(actor: Actor, role: str, district: str | None) -> None:
    """Refuse a role or district that this administrator can't give."""
    if role not in rules.grantable(actor):
        raise Invalid({"role": FOREIGN_ROLE})
    fault = rules.district_fault(role, district)
    if fault:
        raise Invalid({"district": fault})
    if district is None:
        return
    districts = await known_districts()
    if not rules.may_look_after(actor, role, district) or (districts and district not in districts):
        raise Invalid({"district": UNKNOWN_DISTRICT})
