"""Questions that other parts ask about accounts: who acts, what they are called, who works where."""

from collections.abc import Iterable

from portal.accounts import store
from portal.accounts.store import Account
from portal.base.access import Subject
from portal.base.actor import Actor

LONGEST_NUMBER = 18


async def actor(account_id: int) -> Actor | None:
    """Who acts, as the account is now; nobody where it was closed. Asked at every request."""
    found = await store.acting(account_id)
    return Actor(account_id=account_id, **found) if found else None


async def names(ids: Iterable[int]) -> dict[int, str]:
    """What people are called, closed accounts too."""
    wanted = sorted(set(ids))
    return await store.names(wanted) if wanted else {}


async def staff(district: str, role: str) -> list[Actor]:
    """Who works with this role in the district today."""
    return [as_actor(account) for account in await store.staff(district, role)]


async def clerks(institution_id: int) -> list[Actor]:
    """Who acts for the institution today."""
    return [as_actor(account) for account in await store.of_institution(institution_id)]


async def organisation_name(institution_id: int) -> str:
    """The name that the institution's first clerk gave."""
    return await store.organisation_name(institution_id)


async def subject(account_id: str) -> Subject | None:
    """An account as the permission table sees it."""
    is_number = account_id.isascii() and account_id.isdecimal() and len(account_id) <= LONGEST_NUMBER
    account = await store.by_id(int(account_id)) if is_number else None
    if account is None:
        return None
    state = "open" if account.is_active else "closed"
    return Subject(state, account.district, account.institution_id, account.id)


def as_actor(account: Account) -> Actor:
    """The account as it acts."""
    return Actor(account.role, account.id, account.name, account.district, account.institution_id)
