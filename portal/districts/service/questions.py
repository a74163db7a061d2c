"""What other features ask: who decides where, which days are worked, which values hold, what is a school."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from portal.base import audit, clock, db
from portal.base.actor import CLOCK
from portal.districts import rules
from portal.districts.store import authorities, days, schools, values
from portal.districts.store.authorities import District
from portal.districts.store.schools import School
from portal.districts.store.values import ValueEntry
from portal.kernel.calendar import WorkingCalendar
from portal.kernel.limits import Limit
from portal.policy import shipped
from portal.policy.values import Policy
from schemas.documents import Office, Remedies

_calendars: dict[str, WorkingCalendar] = {}
_policies: dict[int, tuple[ValueEntry, ...]] = {}


async def ensure_seed() -> int:
    """Enter the shipped districts that aren't there yet, and return how many; the city's own edits stay."""
    async with db.tx():
        added = await authorities.add(shipped.read("districts")["district"])
        if added:
            await audit.record(CLOCK, "district.seed", "districts", clock.now(), added=len(added))
    return len(added)


async def districts() -> list[District]:
    """Every authority that decides cases, by code."""
    return await authorities.districts()


async def names() -> dict[str, str]:
    """What the authorities are called, by code, in the order in which lists show them."""
    return {found.code: found.name for found in await authorities.districts()}


async def district(code: str) -> District:
    """One authority that decides cases; Missing where there is none."""
    return await authorities.required(code)


async def office(code: str) -> Office:
    """How an authority's letters and certificates name it."""
    found = await authorities.required(code)
    return Office(name=found.authority, mark=found.mark, telephone=found.telephone, address=found.address)


async def remedies(code: str) -> Remedies:
    """Where somebody may appeal against an authority's decision (行政复议法 20, 行政诉讼法 46)."""
    found = await authorities.required(code)
    return Remedies(review_authority=found.review_authority, court=found.court)


async def calendar() -> WorkingCalendar:
    """The calendar that every deadline is counted by: the published years, and the city's own days over them."""
    version = await days.version()
    if version not in _calendars:
        given = {entry.day: entry.kind for entry in await days.entries()}
        made = rules.calendar_of(shipped.calendar(), given, frozenset(await days.years()))
        _calendars.clear()
        _calendars[version] = made
        return made
    return _calendars[version]


async def policy(on: date | None = None, district: str | None = None) -> Policy:
    """The values that hold in a district: the shipped ones, over them the city's, over these the district's own.

    With a day, the bureau's values of other days are left out.
    """
    version = await values.version()
    if version not in _policies:
        entered = tuple(await values.entries())
        _policies.clear()
        _policies[version] = entered
    return laid_over(_policies.get(version) or (), district, on)


@lru_cache(maxsize=64)
def laid_over(entered: tuple[ValueEntry, ...], district: str | None, on: date | None = None) -> Policy:
    """Lay the city's values over the shipped ones, and the district's over those."""
    found = shipped.policy()
    for owner in (None, district) if district else (None,):
        rows = [limit_of(entry) for entry in entered if entry.district == owner]
        kept = [row for row in rows if on is None or (row.since <= on and (row.until is None or on <= row.until))]
        found = found.overlaid(kept) if kept else found
    return found


def limit_of(entry: ValueEntry) -> Limit:
    """A bureau's value in the form of the shipped ones; its sort and unit are the shipped value's."""
    like = rules.shipped_like(shipped.policy(), entry.name)
    value = rules.value_of(entry.value, like)
    assert value is not None, entry.name
    return Limit(entry.name, like.title, value, like.unit, entry.since, entry.cite, entry.checked_on, entry.until)


async def is_school(district: str, name: str, codes: Iterable[str] = ()) -> School | None:
    """The school that an organiser is, or is run by: by name in the district, by code in the whole city (Plan 7)."""
    keys = [key for key in map(rules.code_key, codes) if key]
    return await schools.named(district, rules.school_key(name), keys)


async def has_schools(district: str) -> bool:
    """Whether the district has entered its list of schools; without one, nobody can be compared with it."""
    return await schools.has_any(district)
