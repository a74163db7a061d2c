"""Time limits as values: the law's length for everybody, and beside it a bureau's promise, which is never longer."""

from collections.abc import Iterable, Mapping
from datetime import date

from portal.kernel.calendar import TimeLimit, Unit, WorkingCalendar, most_working_days
from portal.kernel.limits import Limit
from portal.policy.values import PROMISED, STATUTORY, Policy

SPANS: Mapping[Unit, str] = {"working_days": "个工作日", "days": "天", "months": "个月"}


def span_words(limit: TimeLimit) -> str:
    """A time limit in words."""
    return f"{limit.count} {SPANS[limit.unit]}"


def is_time(name: str) -> bool:
    """Whether a value is one of the two lengths of a time limit."""
    return "." in name


def is_law(name: str) -> bool:
    """Whether a value is the length that the law gives: it changes for the whole city, and only with the law."""
    return name.endswith(f".{STATUTORY}")


def law_of(name: str) -> str:
    """The law's length beside a promise, by its name."""
    return name.removesuffix(f".{PROMISED}") + f".{STATUTORY}"


def promise_of(name: str) -> str:
    """The promise beside the law's length, by its name."""
    return name.removesuffix(f".{STATUTORY}") + f".{PROMISED}"


def promise_fault(promise: TimeLimit, name: str, since: date, until: date | None, policy: Policy,
                  calendar: WorkingCalendar) -> str:  # fmt: skip
    """A promise never ends later than what the law gives, on none of its days."""
    law = law_of(name)
    for day in _changing((law,), since, until, policy):
        given = policy.value(law, day)
        if promise.count > most(given, calendar):
            return f"{f'{day} 起' if day > since else ''}{most_words(given, calendar)}"
    return ""


def most(law: Limit, calendar: WorkingCalendar) -> int:
    """The longest promise beside what the law gives."""
    assert isinstance(law.value, TimeLimit), law.name
    return most_working_days(law.value, calendar)


def most_words(law: Limit, calendar: WorkingCalendar) -> str:
    """How long a promise may be, and why not as long as the law."""
    assert isinstance(law.value, TimeLimit), law.name
    count, words = most(law, calendar), f"法定期限是 {span_words(law.value)}"
    if count < 1:
        return f"{words}，没有更短的可以承诺"
    why = "" if law.value.unit == "working_days" else "：遇到长假，再多就会晚于法定期限"
    return f"{words}，承诺最多 {count} 个工作日{why}"


def is_outgrown(name: str, since: date, until: date | None, policy: Policy, calendar: WorkingCalendar) -> bool:
    """Whether on some of the days a promise is longer than what the law gives then."""
    days = _changing((name, law_of(name)), since, until, policy)
    promises = [(day, limit.value) for day in days if (limit := policy.limit(name, day)) is not None]
    return any(
        promise_fault(promise, name, day, day, policy, calendar)
        for day, promise in promises
        if isinstance(promise, TimeLimit)
    )


def _changing(names: Iterable[str], since: date, until: date | None, policy: Policy) -> list[date]:
    """The first of the days, and each on which one of the values may be another than the day before."""
    return sorted({since, *(day for day in policy.changes(names, []) if since < day <= (until or date.max))})
