"""Days as weeks: every date of one weekday is a whole number, so that "both meet on a date" is an overlap of ranges."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

WEEKDAYS = range(1, 8)
FRIDAY = 5
Weeks = tuple[int, int]


def weeks_between(weekday: int, first: date, last: date) -> Weeks | None:
    """Give the weeks in which a weekday falls between two days (both included), or nothing where it never does."""
    begin = -((weekday - first.toordinal()) // 7)
    end = (last.toordinal() - weekday) // 7
    return (begin, end) if begin <= end else None


def week_of(day: date) -> int:
    """Give the week of a day; with its weekday it names the day."""
    return (day.toordinal() - day.isoweekday()) // 7


def day_in(week: int, weekday: int) -> date:
    """Give the day that a week and a weekday name."""
    return date.fromordinal(week * 7 + weekday)


@dataclass(frozen=True, slots=True)
class Term:
    """A school term, both days included."""

    first: date
    last: date


class SchoolDays:
    """On which days the schools teach: inside a term, Monday to Friday and no holiday, or a make-up day."""

    __slots__ = ("_by_weekday",)

    def __init__(self, terms: Iterable[Term], holidays: Iterable[date], makeup_days: Iterable[date]) -> None:
        merged = _merged(terms)
        made_up = set(makeup_days)
        free = set(holidays) - made_up
        self._by_weekday = {weekday: _Stretches(_school_weeks(weekday, merged, free, made_up)) for weekday in WEEKDAYS}

    def first(self, weekday: int, weeks: Weeks) -> date | None:
        """Give the first school day of a weekday within the weeks, or nothing where there is none."""
        week = self._by_weekday[weekday].first_inside(weeks)
        return None if week is None else day_in(week, weekday)

    def first_free(self, weekday: int, weeks: Weeks) -> date | None:
        """Give the first day of a weekday within the weeks on which the schools don't teach."""
        week = self._by_weekday[weekday].first_outside(weeks)
        return None if week is None else day_in(week, weekday)


class _Stretches:
    """Ranges of weeks, sorted and apart from each other."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, weeks: list[Weeks]) -> None:
        self._starts = [start for start, _ in weeks]
        self._ends = [end for _, end in weeks]

    def first_inside(self, weeks: Weeks) -> int | None:
        first, last = weeks
        at = bisect_left(self._ends, first)
        if at == len(self._ends) or self._starts[at] > last:
            return None
        return max(first, self._starts[at])

    def first_outside(self, weeks: Weeks) -> int | None:
        first, last = weeks
        at = bisect_left(self._ends, first)
        while at < len(self._ends) and self._starts[at] <= first:
            first = self._ends[at] + 1
            at += 1
        return first if first <= last else None


def _merged(terms: Iterable[Term]) -> list[Term]:
    merged: list[Term] = []
    for term in sorted(terms, key=lambda term: term.first):
        if merged and term.first.toordinal() <= merged[-1].last.toordinal() + 1:
            merged[-1] = Term(merged[-1].first, max(merged[-1].last, term.last))
        else:
            merged.append(term)
    return merged


def _school_weeks(weekday: int, terms: list[Term], free: set[date], made_up: set[date]) -> list[Weeks]:
    if weekday > FRIDAY:
        days = {day for day in made_up if day.isoweekday() == weekday}
        return [(week, week) for week in sorted(map(week_of, days)) if _is_in(day_in(week, weekday), terms)]
    holidays = sorted(week_of(day) for day in free if day.isoweekday() == weekday)
    found: list[Weeks] = []
    for term in terms:
        weeks = weeks_between(weekday, term.first, term.last)
        if weeks is not None:
            found += _without(weeks, holidays)
    return found


def _is_in(day: date, terms: list[Term]) -> bool:
    return any(term.first <= day <= term.last for term in terms)


def _without(weeks: Weeks, holidays: list[int]) -> list[Weeks]:
    first, last = weeks
    found: list[Weeks] = []
    for holiday in holidays[bisect_left(holidays, first) :]:
        if holiday > last:
            break
        if first < holiday:
            found.append((first, holiday - 1))
        first = holiday + 1
    return [*found, (first, last)] if first <= last else found
