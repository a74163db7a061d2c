"""From rows to what the pages of accounts print. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.accounts import rules
from portal.accounts.store import Account, Invitation
from portal.base.actor import Actor

STATES = {True: ("使用中", "good"), False: ("已停用", "neutral")}


@dataclass(frozen=True, slots=True)
class Person:
    """An account as pages show it."""

    account_id: int
    name: str
    login: str
    role: str
    place: str
    state: str
    tone: str
    is_open: bool
    has_second_factor: bool
    is_own: bool
    is_staff: bool
    is_examiner: bool
    version: int
    created: datetime


@dataclass(frozen=True, slots=True)
class Shared:
    """An invitation as colleagues pass it on."""

    code: str
    expires: datetime


def person(
    account: Account, viewer: Actor, districts: Mapping[str, str], organisations: Mapping[int, str] | None = None
) -> Person:
    """One account; its place is the district, the institution or the city."""
    words, tone = STATES[account.is_active]
    return Person(
        account_id=account.id,
        name=account.name,
        login=account.login,
        role=rules.ROLE_NAMES[account.role],
        place=place(account, districts, organisations or {}),
        state=words,
        tone=tone,
        is_open=account.is_active,
        has_second_factor=account.totp_since is not None,
        is_own=account.id == viewer.account_id,
        is_staff=rules.needs_second_factor(account.role),
        is_examiner=account.role == "examiner",
        version=account.version,
        created=account.created,
    )


def place(account: Account, districts: Mapping[str, str], organisations: Mapping[int, str]) -> str:
    """Where somebody belongs, in words."""
    if account.district is not None:
        return districts.get(account.district, account.district)
    if account.role == "clerk":
        return organisations.get(account.institution_id or 0, "没有机构")
    return "重庆市"


def role_choices(viewer: Actor) -> list[tuple[str, str]]:
    """The roles that an administrator may give, for a list to choose from."""
    return [(role, rules.ROLE_NAMES[role]) for role in rules.grantable(viewer)]


def listed_roles(viewer: Actor) -> list[tuple[str, str]]:
    """The roles that the list of accounts can be narrowed to."""
    clerks = [("clerk", rules.ROLE_NAMES["clerk"])] if viewer.role == "city-admin" else []
    return [*role_choices(viewer), *clerks]


def district_choices(viewer: Actor, districts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The districts that an administrator may choose: the city's all, a district's their own."""
    if viewer.role == "city-admin":
        return list(districts.items())
    return [(viewer.district, districts.get(viewer.district, viewer.district))] if viewer.district else []


def shared(invitations: Sequence[Invitation], codes: Sequence[str]) -> list[Shared]:
    """Invitations with their codes in clear."""
    return [Shared(code, invitation.expires) for invitation, code in zip(invitations, codes, strict=True)]
