"""Working days and time limits: which day a limit ends, and how every day up to it was counted.

The day after the event is day 1 (行政许可法 第82条 counts in working days, without statutory holidays).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Literal

from portal.kernel.errors import Invalid

Unit = Literal["working_days", "days", "months"]
Kind = Literal["counted", "rest", "holiday", "makeup", "paused"]
DAY = timedelta(days=1)
MONTHS_A_YEAR = 12
FRIDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days are worked: Monday to Friday without the holidays, and the make-up days.

    `years` are those whose holidays have been announced; in others Monday to Friday are taken as working days.
    """

    holidays: frozenset[date]
    makeup_days: frozenset[date]
    years: frozenset[int]

    def is_working(self, day: date) -> bool:
        """Whether the day is worked: a make-up day, or Monday to Friday and no holiday."""
        return day in self.makeup_days or (day.isoweekday() <= FRIDAY and day not in self.holidays)

    def kind(self, day: date) -> Kind:
        """Name the day for somebody who counts working days."""
        if day in self.makeup_days:
            return "makeup"
        if day in self.holidays:
            return "holiday"
        return "rest" if day.isoweekday() > FRIDAY else "counted"

    def knows(self, day: date) -> bool:
        """Whether the calendar of the day's year has been announced and loaded."""
        return day.year in self.years

    def overlaid(
        self,
        *,
        holidays: Iterable[date] = (),
        makeup_days: Iterable[date] = (),
        ordinary: Iterable[date] = (),
        years: Iterable[int] = (),
    ) -> "WorkingCalendar":
        """Lay a bureau's own days over these: each given day becomes what it is given as; `years` are then loaded."""
        free, made_up = frozenset(holidays), frozenset(makeup_days)
        given = free | made_up | frozenset(ordinary)
        return WorkingCalendar(
            holidays=(self.holidays - given) | free,
            makeup_days=(self.makeup_days - given) | made_up,
            years=self.years | frozenset(years),
        )


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long somebody has: so many working days, calendar days or months."""

    unit: Unit
    count: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a time limit stands still, both ends included (行政许可法 第45条)."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day on the way to the due date, and what it was taken for."""

    day: date
    kind: Kind


@dataclass(frozen=True, slots=True)
class Deadline:
    """The due date, every day up to it, and whether the year's calendar was still unknown."""

    due: date
    provisional: bool
    days: tuple[CountedDay, ...]


def due(event: date, limit: TimeLimit, calendar: WorkingCalendar, pauses: Iterable[Pause] = ()) -> date:
    """Give the last day of a time limit that the event starts."""
    return explain(event, limit, calendar, pauses).due


def explain(event: date, limit: TimeLimit, calendar: WorkingCalendar, pauses: Iterable[Pause] = ()) -> Deadline:
    """Give the last day of a time limit, with every day from the one after the event as it was counted."""
    paused = _paused_from(event, pauses)
    if limit.unit == "working_days":
        days = list(_working_days(limit.count, calendar, paused))
    else:
        days = list(_calendar_days(_length(event, limit), calendar, paused))
    last = days[-1].day
    return Deadline(due=last, provisional=not calendar.knows(last), days=tuple(days))


@lru_cache(maxsize=64)
def most_working_days(limit: TimeLimit, calendar: WorkingCalendar) -> int:
    """Give the most working days that end no later than the limit, whichever day of the known years they begin on.

    Long holidays decide: around Spring Festival 30 days hold far fewer working days than usual.
    """
    if limit.unit == "working_days":
        return limit.count
    first, last = date(min(calendar.years), 1, 1), date(max(calendar.years), 12, 31)
    days = [date.fromordinal(ordinal) for ordinal in range(first.toordinal(), last.toordinal() + 1)]
    works = [calendar.is_working(day) for day in days]
    worked = list(accumulate(works, initial=0))
    ends = [(start, start + _length(day, limit)) for start, day in enumerate(days)]
    # A limit that ends on a day of rest goes on to the next working day, which makes one more.
    inside = (worked[end + 1] - worked[start + 1] + (not works[end]) for start, end in ends if end < len(days))
    return min(inside, default=0)


def _length(event: date, limit: TimeLimit) -> int:
    return limit.count if limit.unit == "days" else (months_later(event, limit.count) - event).days


def months_later(day: date, months: int) -> date:
    """Give the same day of the month so many months later, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    if day.year + years > date.max.year:
        raise _beyond()
    first = date(day.year + years, month + 1, 1)
    length = 31 if first.month == MONTHS_A_YEAR else (first.replace(month=first.month + 1) - first).days
    return first.replace(day=min(day.day, length))


def _working_days(count: int, calendar: WorkingCalendar, days: Iterator[tuple[date, bool]]) -> Iterator[CountedDay]:
    counted = 0
    while counted < count:
        day, is_paused = next(days)
        kind = "paused" if is_paused else calendar.kind(day)
        counted += kind in ("counted", "makeup")
        yield CountedDay(day, kind)


def _calendar_days(count: int, calendar: WorkingCalendar, days: Iterator[tuple[date, bool]]) -> Iterator[CountedDay]:
    counted = 0
    while counted < count:
        day, is_paused = next(days)
        counted += not is_paused
        yield CountedDay(day, "paused" if is_paused else "counted")
    while not calendar.is_working(day):
        day, _ = next(days)
        yield CountedDay(day, "counted" if calendar.is_working(day) else calendar.kind(day))


def _paused_from(event: date, pauses: Iterable[Pause]) -> Iterator[tuple[date, bool]]:
    """Walk the days after the event, each with whether a pause covers it."""
    waiting: Sequence[Pause] = sorted(pauses, key=lambda pause: pause.first)
    position, paused_until = 0, date.min
    for ordinal in range(event.toordinal() + 1, date.max.toordinal() + 1):
        day = date.fromordinal(ordinal)
        while position < len(waiting) and waiting[position].first <= day:
            paused_until = max(paused_until, waiting[position].last)
            position += 1
        yield day, day <= paused_until
    raise _beyond()


def _beyond() -> Invalid:
    return Invalid({"$.event": "期限算到了 9999 年以后，请检查起算日、时长和暂停"})
