"""A filing as facts to judge: classes with their meetings, and what licence, school, rooms and teachers say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from portal.kernel import programmes
from portal.schedules.busy import Booking, Busy, minutes
from portal.schedules.days import SchoolDays, Weeks, weeks_between

STAGES = tuple(programmes.STAGES)
Programme = tuple[str, str]
Unit = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Meeting:
    """When a class meets every week; `weeks` are those in which it really does, from the class's first to last day."""

    index: int
    weekday: int
    start: int
    end: int
    room: str | None
    teacher: str
    weeks: Weeks | None

    @property
    def mask(self) -> int:
        """Give the minutes of the day that it takes."""
        return minutes(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Content:
    """What is taught on a day; `index` is its place in the filing."""

    index: int
    on: date
    grade: int
    unit: int


@dataclass(frozen=True, slots=True)
class Charge:
    """What a single charge covers."""

    months: Decimal
    hours: Decimal


@dataclass(frozen=True, slots=True)
class PlannedClass:
    """One class of the filing; `index` is its place there."""

    index: int
    id: str
    name: str
    subject: str
    stage: str
    grade: int
    first: date
    last: date
    students: int
    homework: bool
    contest: bool
    charge: Charge | None
    meetings: tuple[Meeting, ...]
    content: tuple[Content, ...]

    @property
    def is_academic(self) -> bool:
        """Whether its subject is one of the academic ones."""
        return programmes.is_academic(self.subject)


@dataclass(frozen=True, slots=True)
class Teacher:
    """A teacher: on the institution's register or not, with which certificates."""

    is_registered: bool
    certificates: frozenset[Programme]


@dataclass(frozen=True)
class School:
    """What the district's schools do: on which days and hours they teach, and when which unit."""

    days: SchoolDays
    hours: Mapping[str, tuple[tuple[int, int], ...]]
    progress: Mapping[Unit, date]

    @cached_property
    def masks(self) -> Mapping[str, int]:
        """Give the minutes of each stage's school hours."""
        masks = dict.fromkeys(self.hours, 0)
        for stage, hours in self.hours.items():
            for start, end in hours:
                masks[stage] |= minutes(start, end)
        return masks


@dataclass(frozen=True)
class Filing:
    """Everything that is judged together. `school` is missing where nobody knows the district's school hours."""

    programmes: frozenset[Programme]
    school: School | None
    rooms: Mapping[str, Decimal]
    teachers: Mapping[str, Teacher]
    classes: tuple[PlannedClass, ...]


class Stretch:
    """A filing over a stretch of days on which one set of rules and values is in force.

    A meeting is judged by the stretch in which it really takes place; one that never does, and what is judged of the
    class as a whole, by the stretch in which the class begins.
    """

    def __init__(self, filing: Filing, first: date, last: date) -> None:
        self.filing = filing
        self.first = first
        self.last = last
        self.classes = filing.classes

    def only(self, planned: PlannedClass) -> "Stretch":
        """Give the same days with this one class to be judged (the bookings of the others still count)."""
        narrowed = Stretch(self.filing, self.first, self.last)
        narrowed.classes = (planned,)
        narrowed.__dict__["bookings"] = self.bookings
        return narrowed

    def begins_here(self, planned: PlannedClass) -> bool:
        """Whether the class begins in this stretch."""
        return self.first <= planned.first <= self.last

    def weeks(self, planned: PlannedClass, meeting: Meeting) -> Weeks | None:
        """Give the weeks of this stretch in which the meeting really takes place."""
        if meeting.weeks is None or (self.first <= planned.first and planned.last <= self.last):
            return meeting.weeks
        return weeks_between(meeting.weekday, max(self.first, planned.first), min(self.last, planned.last))

    def meetings(self, planned: PlannedClass) -> list[Meeting]:
        """Give the class's meetings that are judged by this stretch."""
        return [
            meeting
            for meeting in planned.meetings
            if (self.begins_here(planned) if meeting.weeks is None else self.weeks(planned, meeting) is not None)
        ]

    def booking(self, planned: PlannedClass, meeting: Meeting) -> Booking | None:
        """Give the meeting as it occupies its teacher and room, where it takes place at all."""
        weeks = self.weeks(planned, meeting)
        if weeks is None:
            return None
        return Booking((planned.id, meeting.index), planned.name, meeting.start, meeting.end, weeks)

    def busy(self, kind: str, who: str | None, weekday: int) -> Busy | None:
        """Give what occupies a teacher or a room on a weekday of this stretch, where there is more than one booking."""
        return None if who is None else self.bookings.get((kind, who, weekday))

    @cached_property
    def bookings(self) -> Mapping[tuple[str, str, int], Busy]:
        """Give the bookings, in the order of class ids, of every teacher and room that has several on a weekday."""
        groups: dict[tuple[str, str, int], list[Booking]] = {}
        for planned in sorted(self.filing.classes, key=lambda planned: planned.id):
            for meeting in planned.meetings:
                booking = self.booking(planned, meeting)
                for kind, who in (("teacher", meeting.teacher), ("room", meeting.room)):
                    if booking is not None and who is not None:
                        groups.setdefault((kind, who, meeting.weekday), []).append(booking)
        return {key: Busy(group) for key, group in groups.items() if len(group) > 1}
