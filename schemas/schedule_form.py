"""A class-schedule filing as people type it into the page, and the same filing as the JSON that is judged.

Whatever door a filing comes through, `schemas/schedules.py` judges its form; `field_of` leads its errors back to the
fields of the page.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from portal.kernel.errors import FieldError
from portal.kernel.programmes import ACADEMIC, STAGES

STAGE_OF_WORD = {words: code for code, words in STAGES.items()} | {"学龄前": "preschool", "幼儿园": "preschool"}
SUBJECT_OF_WORD = {words: code for code, words in ACADEMIC.items()} | {"政治": "politics", "道德与法治": "politics"}
OWN_HOURS = ("preschool", "primary", "junior", "senior")
MOST_CLASSES = 200
_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9]")
_SPAN = re.compile(rf"({_CLOCK.pattern})\s*[-–—~至到]\s*({_CLOCK.pattern})")
_BETWEEN = re.compile(r"[、，,;；\n]+")
_PLACE = re.compile(r"\[(\d+)\]")
_FIELDS = {"from": "first", "to": "last", "id": "name", "date": "day", "registered": "is_registered"}


def plain(written: object) -> str:
    """Read full-width figures and colons as plain ones."""
    return unicodedata.normalize("NFKC", str(written)).strip()


def clock(written: object) -> str:
    """Read a clock time as people write it: 8:30, ８：３０."""
    found = plain(written)
    if not _CLOCK.fullmatch(found):
        raise ValueError("写成 24 小时制，例如 18:30")
    return found.zfill(5)


def subject(written: str) -> str:
    """The code of an academic subject; any other subject is its own word."""
    return SUBJECT_OF_WORD.get(written, written)


def programme(written: str) -> tuple[str, str]:
    """Read 小学数学 as stage and subject."""
    for words, code in STAGE_OF_WORD.items():
        if written.startswith(words) and written.removeprefix(words).strip():
            return code, subject(written.removeprefix(words).strip())
    raise ValueError("先写学段再写科目，用顿号隔开，例如 小学数学、初中美术")


def parts(written: object) -> list[str]:
    """Cut a field's text where it is punctuated; a form gives the text as a list of one."""
    text = "、".join(map(str, written)) if isinstance(written, list | tuple) else str(written or "")
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def programmes(written: object) -> tuple[tuple[str, str], ...]:
    """Read 小学数学、初中美术."""
    return tuple(programme(part) for part in parts(written))


def spans(written: object) -> tuple[tuple[str, str], ...]:
    """Read 08:30-11:50、14:00-16:30."""
    found = []
    for part in parts(written):
        match = _SPAN.fullmatch(plain(part))
        if match is None:
            raise ValueError("写成 08:30-11:50、14:00-16:30 这样")
        found.append((match[1].zfill(5), match[2].zfill(5)))
    return tuple(found)


def no_surrogate(written: str) -> str:
    """Refuse half a character."""
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in written):
        raise ValueError("有一个字不完整，删去后重新填写")
    return written


Stage = Literal["preschool", "primary", "junior", "senior"]
Clock = Annotated[str, AfterValidator(clock)]
Programmes = Annotated[tuple[tuple[str, str], ...], BeforeValidator(programmes)]
Spans = Annotated[tuple[tuple[str, str], ...], BeforeValidator(spans)]
Word = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(no_surrogate)]
Number = Annotated[Decimal, Field(ge=0, le=1_000_000)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class Typed(BaseModel):
    """What a person typed: frozen, and nothing beyond the page's fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class RoomTyped(Typed):
    """A room."""

    name: Word = Field(title="教室")
    area: Number = Field(title="面积", json_schema_extra={"says": "填写面积，例如 70"})


class TeacherTyped(Typed):
    """A teacher."""

    name: Word = Field(title="教师")
    is_registered: bool = Field(default=False, title="已在本机构登记")
    certificates: Programmes = Field(default=(), title="教师资格")


class MeetingTyped(Typed):
    """One lesson a week."""

    weekday: Annotated[int, Field(ge=1, le=7)] = Field(title="星期", json_schema_extra={"says": "选择星期几"})
    start: Clock = Field(title="上课时间")
    end: Clock = Field(title="下课时间")
    room: Word | None = Field(default=None, title="教室")
    teacher: Word = Field(title="教师")


class ContentTyped(Typed):
    """What is taught on a day."""

    day: date = Field(title="日期")
    grade: Count = Field(title="年级")
    unit: Count = Field(title="单元")


class ClassTyped(Typed):
    """One class with its lessons."""

    name: Word = Field(title="班级名称")
    stage: Stage = Field(title="学段")
    subject: Word = Field(title="科目")
    grade: Count = Field(title="年级", json_schema_extra={"says": "年级写成数字，例如 3"})
    students: Count = Field(title="学生人数", json_schema_extra={"says": "人数写成数字，例如 20"})
    first: date = Field(title="开课日期")
    last: date = Field(title="结课日期")
    fee_months: Number | None = Field(default=None, title="一次收费的月数")
    fee_hours: Number | None = Field(default=None, title="一次收费的课时")
    homework: bool = Field(default=False, title="留作业")
    contest: bool = Field(default=False, title="竞赛")
    meetings: tuple[MeetingTyped, ...] = Field(default=(), title="上课时间")
    content: tuple[ContentTyped, ...] = Field(default=(), title="教学内容")


class Around(Typed):
    """What stands around the classes: where, and under which licence."""

    district: Annotated[str, Field(max_length=60)] = Field(title="区县", json_schema_extra={"says": "选择区县"})
    licence: Programmes = Field(default=(), title="许可证上的培训项目")


class ScheduleTyped(Around):
    """A whole filing as the page asks for it."""

    term_first: date | None = Field(default=None, title="学期开始")
    term_last: date | None = Field(default=None, title="学期结束")
    hours_preschool: Spans = Field(default=(), title="幼儿园上课时间")
    hours_primary: Spans = Field(default=(), title="小学上课时间")
    hours_junior: Spans = Field(default=(), title="初中上课时间")
    hours_senior: Spans = Field(default=(), title="高中上课时间")
    rooms: tuple[RoomTyped, ...] = Field(default=(), title="教室")
    teachers: tuple[TeacherTyped, ...] = Field(default=(), title="教师")
    classes: Annotated[tuple[ClassTyped, ...], Field(max_length=MOST_CLASSES)] = Field(
        title="班级", json_schema_extra={"says": {"missing": "至少填写一个班"}}
    )


class ScheduleFile(Around):
    """A filing handed in as a file; a JSON file says for itself where it belongs."""

    district: Annotated[str, Field(max_length=60)] = Field(default="", title="区县")


def document(typed: ScheduleTyped) -> dict[str, Any]:
    """The filing as the JSON that the API takes."""
    made: dict[str, Any] = {
        "district": typed.district,
        "licence": {"programmes": listed(typed.licence)},
        "rooms": [{"id": room.name, "area": room.area} for room in typed.rooms],
        "teachers": [
            {"id": one.name, "registered": one.is_registered, "certificates": listed(one.certificates)}
            for one in typed.teachers
        ],
        "classes": [class_document(planned) for planned in typed.classes],
    }
    return made | ({"school": school} if (school := school_document(typed)) else {})


def school_document(typed: ScheduleTyped) -> dict[str, Any] | None:
    """The school data that were typed, if any were: both ends of the term, and hours."""
    hours = {stage: [list(span) for span in getattr(typed, f"hours_{stage}")] for stage in OWN_HOURS}
    if typed.term_first is None and typed.term_last is None and not any(hours.values()):
        return None
    ends = {"from": day_text(typed.term_first), "to": day_text(typed.term_last)}
    return {"terms": [{name: day for name, day in ends.items() if day}], "hours": hours}


def class_document(planned: ClassTyped) -> dict[str, Any]:
    """One class as JSON; its name is its id."""
    made: dict[str, Any] = {
        "id": planned.name,
        "name": planned.name,
        "subject": subject(planned.subject),
        "stage": planned.stage,
        "grade": planned.grade,
        "from": planned.first.isoformat(),
        "to": planned.last.isoformat(),
        "students": planned.students,
        "homework": planned.homework,
        "contest": planned.contest,
        "meetings": [meeting.model_dump() for meeting in planned.meetings],
        "content": [{"date": one.day.isoformat(), "grade": one.grade, "unit": one.unit} for one in planned.content],
    }
    fee = {"months": planned.fee_months, "hours": planned.fee_hours}
    written = {name: value for name, value in fee.items() if value is not None}
    return made | ({"fee": written} if written else {})


def listed(found: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Programmes as JSON."""
    return [{"subject": name, "stage": stage} for stage, name in found]


def day_text(day: date | None) -> str:
    """A day as JSON has it."""
    return day.isoformat() if day else ""


def field_of(error: FieldError) -> FieldError:
    """An error of the JSON as one of the page's fields: `$.classes[0].to` is `classes-0-last`."""
    steps = _PLACE.sub(r".\1", error.path.removeprefix("$.")).split(".")
    if steps[0] == "school":
        at_term = steps[1:2] == ["terms"]
        name = f"term_{_FIELDS.get(steps[-1], 'last')}" if at_term else f"hours_{'-'.join(steps[2:3])}"
        return FieldError(name, error.message)
    if "fee" in steps:
        return FieldError("-".join([*steps[:2], f"fee_{steps[-1]}"]), error.message)
    message = "上面的“教室”里没有这一间。先在那里填写" if steps[-1] == "room" else error.message
    return FieldError("-".join(_FIELDS.get(step, step) for step in steps), message)
