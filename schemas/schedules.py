"""A class-schedule filing as JSON: licence, school data, rooms, teachers, classes; and the answer to it.

Shape is checked by the models, and what no single value shows (an id twice, a day outside its range) by `read`.
"""

from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from portal.kernel.errors import FieldError
from schemas import strict
from schemas.strict import Clock, Day, Number, Strict, Word

Stage = Literal["preschool", "primary", "junior", "senior"]
Count = Annotated[int, Field(ge=0)]
Weekday = Annotated[int, Field(ge=1, le=7)]
FromTo = Annotated[list[Clock], Field(min_length=2, max_length=2)]


class Programme(Strict):
    """What is taught to whom: in a licence, and in a teacher's certificate."""

    subject: Word
    stage: Stage


class LicenceGiven(Strict):
    """The programmes that the licence names."""

    programmes: list[Programme]


class TermGiven(Strict):
    """A school term, both days included."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")


class HoursGiven(Strict):
    """When the schools of each stage teach."""

    preschool: list[FromTo] | None = None
    primary: list[FromTo] | None = None
    junior: list[FromTo] | None = None
    senior: list[FromTo] | None = None


class ProgressGiven(Strict):
    """From which day the schools teach a unit of a grade."""

    stage: Stage
    subject: Word
    grade: Count
    unit: int
    since: Day = Field(alias="from")


class SchoolGiven(Strict):
    """What the schools of the district do: terms, free days, hours, progress."""

    terms: list[TermGiven]
    holidays: list[Day] | None = None
    makeup_days: list[Day] | None = None
    hours: HoursGiven
    progress: list[ProgressGiven] | None = None


class RoomGiven(Strict):
    """A room with its area in square metres."""

    id: Word
    area: Number


class TeacherGiven(Strict):
    """A teacher: on the institution's register or not, with which certificates."""

    id: Word
    registered: bool
    certificates: list[Programme] | None = None


class FeeGiven(Strict):
    """What a single charge covers."""

    months: Number
    hours: Number


class MeetingGiven(Strict):
    """When the class meets every week, where and with whom."""

    weekday: Weekday
    start: Clock
    end: Clock
    room: Word | None = None
    teacher: Word


class ContentGiven(Strict):
    """What is taught on a day."""

    on: Day = Field(alias="date")
    grade: Count
    unit: int


class ClassGiven(Strict):
    """One class of the filing."""

    id: Word
    name: str
    subject: Word
    stage: Stage
    grade: Count
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    students: Count
    homework: bool | None = None
    contest: bool | None = None
    fee: FeeGiven | None = None
    meetings: list[MeetingGiven]
    content: list[ContentGiven] | None = None


class ScheduleRequest(Strict):
    """A whole filing: all classes of an institution in a term."""

    district: Word
    licence: LicenceGiven
    school: SchoolGiven | None = None
    rooms: list[RoomGiven]
    teachers: list[TeacherGiven]
    classes: list[ClassGiven]


class Edit(Strict):
    """One change to the request: where (a JSON Pointer) and to what value."""

    path: str
    value: str | int | float | bool


class Alternative(Strict):
    """The nearest lawful choice, which removes its finding and adds none."""

    edits: list[Edit]
    text: str


class FindingShown(Strict):
    """A rule that a class or one of its meetings breaks, with its article."""

    rule: str
    class_id: str = Field(alias="class")
    meeting: int | None
    message: str
    citation: str
    alternative: Alternative | None = None


class NoteShown(Strict):
    """Something that the reader should know and that is no finding."""

    kind: str
    message: str


class ScheduleAnswer(Strict):
    """What came of the check: blocked when there is any finding."""

    verdict: Literal["pass", "blocked"]
    findings: list[FindingShown]
    notes: list[NoteShown]


def read(value: object, *, school_required: bool = False) -> ScheduleRequest:
    """Read one filing, or raise `Invalid` with every place to mend. A district's own school data may be supplied."""
    request = strict.read(ScheduleRequest, value)
    errors = list(_contradictions(request))
    if school_required and request.school is None:
        errors.insert(0, FieldError("$.school", "缺少学校的学期和上课时间，请补上"))
    strict.refuse(errors)
    return request


def _contradictions(request: ScheduleRequest) -> Iterator[FieldError]:
    if request.school is not None:
        yield from _of_school(request.school)
    yield from _twice("$.rooms[{}].id", (room.id for room in request.rooms))
    yield from _twice("$.teachers[{}].id", (teacher.id for teacher in request.teachers))
    yield from _twice("$.classes[{}].id", (each.id for each in request.classes))
    rooms = {room.id for room in request.rooms}
    for index, each in enumerate(request.classes):
        yield from _of_class(f"$.classes[{index}]", each, rooms)


def _of_school(school: SchoolGiven) -> Iterator[FieldError]:
    for index, term in enumerate(school.terms):
        yield from _range(f"$.school.terms[{index}].to", term.first, term.last)
    for stage in ("preschool", "primary", "junior", "senior"):
        for index, (start, end) in enumerate(getattr(school.hours, stage) or ()):
            if end <= start:
                yield FieldError(f"$.school.hours.{stage}[{index}][1]", "下课时间要晚于上课时间，不能跨过零点")
    units = ((unit.stage, unit.subject, unit.grade, unit.unit) for unit in school.progress or ())
    yield from _twice("$.school.progress[{}].unit", units)


def _of_class(where: str, each: ClassGiven, rooms: set[str]) -> Iterator[FieldError]:
    yield from _range(f"{where}.to", each.first, each.last)
    for index, meeting in enumerate(each.meetings):
        if meeting.end <= meeting.start:
            yield FieldError(f"{where}.meetings[{index}].end", "下课时间要晚于上课时间，不能跨过零点")
        if meeting.room is not None and meeting.room not in rooms:
            yield FieldError(f"{where}.meetings[{index}].room", "rooms 里没有这间教室，请先登记或改正")
    for index, content in enumerate(each.content or ()):
        if not each.first <= content.on <= each.last:
            yield FieldError(f"{where}.content[{index}].date", "这一天不在班级的起止日期内，请改正")


def _range(where: str, first: date, last: date) -> Iterator[FieldError]:
    if last < first:
        yield FieldError(where, "结束日期早于开始日期，请改正")


def _twice(where: str, keys: Iterable[Hashable]) -> Iterator[FieldError]:
    seen: set[Hashable] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield FieldError(where.format(index), "前面已经有相同的一项，请改成不同的或删去一项")
        seen.add(key)
