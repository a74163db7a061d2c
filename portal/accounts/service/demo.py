"""The demo's accounts: readable log-ins, one printed password, fixed second factors. Production refuses them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.accounts import codes, passwords, rules, store
from portal.accounts.store import Account
from portal.base import clock, db
from portal.base.settings import settings
from portal.kernel.errors import PortalError

PASSWORD = "Ribbon-Harbour-27"  # noqa: S105 printed on purpose: the demo's accounts are refused in production
DISTRICTS = (("500103", "yuzhong", "渝中"), ("500112", "yubei", "渝北"))
FORENAMES = {"examiner": "陈一鸣", "approver": "周静", "inspector": "刘洋", "district-admin": "何敏"}
COLLEAGUE = "罗文清"
REFUSED = "演示账户只能用在演示环境。先从数据库里清掉演示数据，再启动。"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo as it is printed; clerks have no second factor."""

    account_id: int
    login: str
    name: str
    role: str
    district: str | None
    institution_id: int | None
    password: str
    second_factor: str


async def demo_accounts(institutions: Sequence[tuple[str, str, str]] = ()) -> list[DemoAccount]:
    """Make the demo's accounts, or find them: staff of two districts and the city, one clerk an institution.

    `institutions` are (name before the @, the clerk's name, the institution's name).
    """
    if not settings().demo:
        raise PortalError(REFUSED)
    now = clock.now()
    password_hash = await passwords.hashed(PASSWORD)
    async with db.tx():
        for login, name, role, district in wanted_staff():
            sealed = codes.new_secret(login, is_demo=True)
            await store.add(
                login, name, role, now, district=district, password_hash=password_hash, totp_sealed=sealed, is_demo=True
            )
        for mailbox, name, organisation in institutions:
            await add_clerk(f"{mailbox}@demo.example", name, organisation, password_hash, now)
    return [shown(account) for account in await store.demo()]


def wanted_staff() -> list[tuple[str, str, str, str | None]]:
    """Login, name, role and district of the demo's staff."""
    of_districts: list[tuple[str, str, str, str | None]] = [
        (f"{role}.{place}@demo.example", f"{name}（{short}）", role, code)
        for code, place, short in DISTRICTS
        for role, name in FORENAMES.items()
    ]
    # A second examiner in each district: cases can be taken over and handed on.
    colleagues: list[tuple[str, str, str, str | None]] = [
        (f"examiner2.{place}@demo.example", f"{COLLEAGUE}（{short}）", "examiner", code)
        for code, place, short in DISTRICTS
    ]
    return [
        *of_districts,
        *colleagues,
        ("city-admin@demo.example", "赵岚（市级）", "city-admin", None),
        ("auditor@demo.example", "孙平（审计）", "auditor", None),
    ]


async def add_clerk(login: str, name: str, organisation: str, password_hash: str, now: datetime) -> None:
    """Inside the caller's transaction: a demo institution with its clerk, unless it is there already."""
    if await store.by_login(login) is None:
        institution = await store.add_organisation(organisation, now, is_demo=True)
        await store.add(
            login, name, "clerk", now, institution_id=institution, password_hash=password_hash, is_demo=True
        )


async def demo_codes(now: datetime) -> list[tuple[DemoAccount, str]]:
    """The demo's accounts with the code that each app would show now, for the demo's own page."""
    return [
        (account, codes.code_at(account.second_factor, now) if account.second_factor else "")
        for account in map(shown, await store.demo())
    ]


def shown(account: Account) -> DemoAccount:
    """An account as the demo prints it."""
    secret = codes.demo_secret(account.login) if rules.needs_second_factor(account.role) else ""
    return DemoAccount(
        account.id,
        account.login,
        account.name,
        account.role,
        account.district,
        account.institution_id,
        PASSWORD,
        secret,
    )


async def refuse_demo_accounts() -> None:
    """Refuse to start outside the demo while one of its accounts exists: everybody knows their password."""
    if not settings().demo and await store.demo():
        raise PortalError(REFUSED)
