"""Values of the policy as they hold, held and will hold: by whom they were entered, and what an entry would change."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portal.districts.log_words import person
from portal.districts.rules import promises
from portal.districts.store.values import ValueEntry
from portal.kernel.calendar import DAY, TimeLimit, WorkingCalendar, due
from portal.kernel.limits import Limit, plain
from portal.policy.values import PROMISED, STATUTORY, Policy, time_name

UNITS = {
    "clock": "", "m2": "平方米", "months": "个月", "class-hours": "课时", "minutes": "分钟", "fen": "分", "days": "天",
    "count": "", "years": "年", "share": "", "floors": "层", "words": "", "working_days": "个工作日", STATUTORY: "",
}  # fmt: skip


def value_words(limit: Limit) -> str:
    """A value as people read it: money in yuan, the rest with its unit."""
    if isinstance(limit.value, TimeLimit):
        return promises.span_words(limit.value)
    if limit.unit == "fen" and isinstance(limit.value, int):
        return f"{limit.value / 100:,.2f} 元".replace(".00 元", " 元")
    unit = UNITS.get(limit.unit, limit.unit)
    return f"{plain(limit.value)} {unit}".strip()


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the policy, on the days on which it holds."""

    name: str
    title: str
    words: str
    since: date
    until: date | None
    cite: str
    cite_label: str
    is_own: bool
    is_in_force: bool = True


def values(policy: Policy, on: date) -> list[Value]:
    """Every value but the time limits as it holds on the day, those of a bureau marked."""
    names = sorted({(row.title, row.name) for row in policy.limit_layers[0] if not promises.is_time(row.name)})
    found = [policy.limit(name, on) for _, name in names]
    return [value(limit, policy, on) for limit in found if limit is not None]


def value(limit: Limit, policy: Policy, on: date) -> Value:
    """One value with its article."""
    label = policy.citation(limit.cite, on).label
    return Value(
        limit.name, limit.title, value_words(limit), limit.since, limit.until, limit.cite, label,
        limit not in policy.limit_layers[0], limit.since <= on and (limit.until is None or on <= limit.until),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Times:
    """One time limit of the policy: both lengths, and where each is entered."""

    title: str
    step: str
    promise: str
    statutory: str
    promised: str
    cite: str
    cite_label: str
    is_own: bool


def times(policy: Policy, on: date) -> list[Times]:
    """The time limits in force on the day: what the law gives and what is promised."""
    return [_times(policy, row.kind, row.step, on) for row in policy.time_layers[0] if row.since <= on]


def _times(policy: Policy, kind: str, step: str, on: date) -> Times:
    row, promise = policy.time(kind, step, on), time_name(kind, step, PROMISED)
    numbers = [policy.limit(time_name(kind, step, which), on) for which in (STATUTORY, PROMISED)]
    return Times(
        row.title, f"{kind}.{step}", promise if row.promised else "", promises.span_words(row.statutory),
        promises.span_words(row.promised) if row.promised else "", row.cite, policy.citation(row.cite, on).label,
        any(number is not None and number not in policy.limit_layers[0] for number in numbers),
    )  # fmt: skip


def spells(policy: Policy, name: str, since: date = date.min) -> Iterator[tuple[date, date | None, Limit | None]]:
    """From which day to which a value was, is or will be what: one spell follows the other without a gap."""
    days = sorted({since, *(day for day in policy.changes([name], []) if day > since)})
    for first, next_one in zip(days, [*days[1:], None], strict=True):
        yield first, next_one - DAY if next_one else None, policy.limit(name, first)


@dataclass(frozen=True, slots=True)
class Spell:
    """Days in a row on which a value is the same, and which entry makes it so."""

    first: date
    last: date | None
    value: Value
    is_now: bool


def course(policy: Policy, name: str, on: date) -> list[Spell]:
    """What applied when, the latest first."""
    found: list[Spell] = []
    for first, last, limit in spells(policy, name):
        if limit is None:
            continue
        begun = found.pop().first if found and found[-1].value == value(limit, policy, on) else first
        is_now = begun <= on and (last is None or on <= last)
        found.append(Spell(begun, last, value(limit, policy, on), is_now))
    return found[::-1]


def beside(policy: Policy, name: str, on: date) -> Value | None:
    """The other length of a time limit: the law's beside a promise, and the promise beside the law's."""
    if not promises.is_time(name):
        return None
    other = promises.promise_of(name) if promises.is_law(name) else promises.law_of(name)
    limit = policy.limit(other, on)
    return value(limit, policy, on) if limit else None


@dataclass(frozen=True, slots=True)
class Record:
    """One entry as it was made: what, for whom, on what basis, by whom and when."""

    words: str
    district: str | None
    since: date
    until: date | None
    cite: str
    cite_label: str
    reason: str
    who: str
    entered: datetime


def records(
    entries: Iterable[tuple[ValueEntry, Limit]], policy: Policy, names: Mapping[int, str], on: date
) -> list[Record]:
    """The entries that bureaus made."""
    return [
        Record(
            value_words(limit), entry.district, entry.since, entry.until, entry.cite,
            policy.citation(entry.cite, on).label, entry.reason, person(entry.entered_by, names), entry.entered,
        )
        for entry, limit in entries
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """Days on which a value would be another than without the entry; for a time limit, one that begins on the first."""

    first: date
    last: date | None
    before: str
    after: str
    due_before: date | None = None
    due_after: date | None = None


def changes(before: Policy, after: Policy, entry: ValueEntry, calendar: WorkingCalendar) -> list[Change]:
    """What an entry would change, from its first day on; days on which the value stays are left out."""
    found = []
    for first, last, now in spells(after, entry.name, entry.since):
        was = before.limit(entry.name, first)
        if was is not None and now is not None and (was.value, was.unit) != (now.value, now.unit):
            days = [ends(limit, first, calendar) for limit in (was, now)]
            found.append(Change(first, last, value_words(was), value_words(now), *days))
    return found


def ends(limit: Limit, first: date, calendar: WorkingCalendar) -> date | None:
    """The last day of a time limit that begins on a day; nothing for other values."""
    return due(first, limit.value, calendar) if isinstance(limit.value, TimeLimit) else None


def named(codes: Sequence[str | None], names: Mapping[str, str]) -> str:
    """The districts in words; none is the whole city."""
    return "、".join(names.get(code, code) if code else "全市" for code in codes)
