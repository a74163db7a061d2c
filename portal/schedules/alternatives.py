"""The nearest lawful choice beside a finding: proposed by its rule, told only after a second look.

A choice counts when the changed class, judged again by the same rules, no longer has the finding and has no new one,
and when the minutes that a moved meeting newly takes are free of its teacher and its room (else the other meeting
would get a finding). Only what the choice touches is judged again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from portal.kernel.limits import plain
from portal.kernel.rule import Finding
from portal.schedules import wording
from portal.schedules.busy import DAY
from portal.schedules.check import OF_THE_CLASS, Judged, Key
from portal.schedules.facts import Charge, Content, Meeting, PlannedClass
from portal.schedules.windows import window

JsonValue = str | int | float | bool
KINDS = {"teacher-clash": "teacher", "room-clash": "room"}
LAST_MINUTE = DAY - 1


@dataclass(frozen=True, slots=True)
class Choice:
    """A lawful choice: edits to the filing (JSON Pointer and value), its wording, and the class as it would be."""

    edits: tuple[tuple[str, JsonValue], ...]
    text: str
    changed: PlannedClass


@dataclass(frozen=True)
class Case:
    """What a way out is looked for: a finding about a class, or about one meeting of it."""

    judged: Judged
    planned: PlannedClass
    key: Key
    findings: list[Finding]

    @property
    def meeting(self) -> Meeting:
        """Give the meeting that the finding is about."""
        return self.planned.meetings[self.key[1]]

    @cached_property
    def taken(self) -> dict[str, int]:
        """Give the minutes in which others have the meeting's teacher or room on a date on which it takes place."""
        taken = {"teacher": 0, "room": 0}
        for sitting in self.judged.sittings:
            booking = sitting.stretch.booking(self.planned, self.meeting)
            for kind, who in (("teacher", self.meeting.teacher), ("room", self.meeting.room)):
                busy = sitting.stretch.busy(kind, who, self.meeting.weekday)
                if busy and booking:
                    taken[kind] |= busy.others(booking)
        return taken

    def pointer(self, *parts: object) -> str:
        """Point into the filing at a part of the class."""
        return "/".join(("", "classes", str(self.planned.index), *map(str, parts)))


def alternative(judged: Judged, planned: PlannedClass, key: Key, findings: list[Finding]) -> Choice | None:
    """Give the nearest lawful choice that clears the finding and adds none, or nothing where none is found."""
    propose = _PROPOSERS.get(key[2])
    if propose is None:
        return None
    case = Case(judged, planned, key, findings)
    is_lawful = _class_is_lawful if key[1] == OF_THE_CLASS else _meeting_is_lawful
    return next((choice for choice in propose(case) if is_lawful(case, choice)), None)


def _class_is_lawful(case: Case, choice: Choice) -> bool:
    after = case.judged.of_class(choice.changed)
    return case.key not in after and after <= case.judged.findings.keys()


def _meeting_is_lawful(case: Case, choice: Choice) -> bool:
    after = case.judged.of_meetings(choice.changed)
    (moved,) = choice.changed.meetings
    return case.key not in after and after <= case.judged.findings.keys() and _is_free(case, moved)


def _is_free(case: Case, moved: Meeting) -> bool:
    """Whether nobody else has the teacher or the room where the meeting goes, and a clash is really over."""
    for kind in ("teacher", "room"):
        is_clash = KINDS.get(case.key[2]) == kind
        newly = moved.mask if is_clash else moved.mask & ~case.meeting.mask
        if newly and newly & case.taken[kind]:
            return False
    return True


def _earlier_end(case: Case) -> Iterator[Choice]:
    latest = _closing(case)
    if latest > case.meeting.start:
        end = wording.clock(latest)
        moved = replace(case.meeting, end=latest)
        edits = ((case.pointer("meetings", case.meeting.index, "end"), end),)
        yield Choice(edits, f"{end} 前下课", replace(case.planned, meetings=(moved,)))
    yield from _free_window(case)


def _free_window(case: Case) -> Iterator[Choice]:
    """Propose the next free time of that day for a meeting of the same length, or the nearest one before."""
    meeting = case.meeting
    taken = _in_school(case) | case.taken["teacher"] | case.taken["room"]
    length = meeting.end - meeting.start
    start = window(length, taken, latest_end=_closing(case), near=meeting.start)
    if start is None:
        return
    moved = replace(meeting, start=start, end=start + length)
    edits = tuple(
        (case.pointer("meetings", meeting.index, name), wording.clock(value))
        for name, value in (("start", moved.start), ("end", moved.end))
    )
    yield Choice(edits, f"改到{wording.when(moved)}", replace(case.planned, meetings=(moved,)))


def _in_school(case: Case) -> int:
    school = case.judged.filing.school
    weeks = case.meeting.weeks
    if school is None or weeks is None or school.days.first(case.meeting.weekday, weeks) is None:
        return 0
    return school.masks.get(case.planned.stage, 0)


def _closing(case: Case) -> int:
    """Give the earliest closing time of those in force where the meeting is judged, as a minute of the day."""
    latest = LAST_MINUTE
    for sitting in case.judged.sittings:
        if case.meeting not in sitting.stretch.meetings(case.planned):
            continue
        for standing in sitting.of_a_meeting:
            if standing.rule.id == "late-finish" and not standing.missing:
                limit = standing.limits.clock("latest-end")
                latest = min(latest, limit.hour * 60 + limit.minute)
    return latest


def _fewer_pupils(case: Case) -> Iterator[Choice]:
    """Propose as many pupils as the room holds. Fewer pupils never crowd another room of the class."""
    most = min(finding.clue for finding in case.findings if isinstance(finding.clue, int))
    if most < 1:
        return
    changed = replace(case.planned, students=most, meetings=(case.meeting,))
    yield Choice(((case.pointer("students"), most),), f"本教室最多 {most} 人", changed)


def _smaller_charge(case: Case) -> Iterator[Choice]:
    charge = case.planned.charge
    if charge is None or not isinstance(case.findings[0].clue, tuple):
        return
    months, hours = case.findings[0].clue
    parts = [("months", charge.months, months, "个月"), ("hours", charge.hours, hours, "课时")]
    over = [(name, most, unit) for name, asked, most, unit in parts if asked > most]
    edits = tuple((case.pointer("fee", name), _json_number(most)) for name, most, _ in over)
    text = "一次最多收 " + "、".join(f"{plain(most)} {unit}" for _, most, unit in over)
    smaller = Charge(min(charge.months, months), min(charge.hours, hours))
    yield Choice(edits, text, replace(case.planned, charge=smaller))


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _without_homework(case: Case) -> Iterator[Choice]:
    yield Choice(((case.pointer("homework"), False),), "不留作业", replace(case.planned, homework=False))


def _without_contest(case: Case) -> Iterator[Choice]:
    yield Choice(((case.pointer("contest"), False),), "取消竞赛和测试", replace(case.planned, contest=False))


def _later_content(case: Case) -> Iterator[Choice]:
    """Propose to teach each unit on the day on which the schools begin it, where the class still runs then."""
    ahead = case.findings[0].clue
    assert isinstance(ahead, list)
    if any(taught is None or taught > case.planned.last for _, taught in ahead):
        return
    days = {content.index: taught for content, taught in ahead}
    content = tuple(_taught_on(each, days.get(each.index)) for each in case.planned.content)
    edits = tuple((case.pointer("content", index, "date"), day.isoformat()) for index, day in days.items())
    text = f"等学校教了再教，最早 {min(days.values())}"
    yield Choice(edits, text, replace(case.planned, content=content))


def _taught_on(content: Content, day: date | None) -> Content:
    return content if day is None else replace(content, on=day)


_PROPOSERS: dict[str, Callable[[Case], Iterator[Choice]]] = {
    "late-finish": _earlier_end,
    "school-hours": _free_window,
    "teacher-clash": _free_window,
    "room-clash": _free_window,
    "overcrowded": _fewer_pupils,
    "prepaid-fee": _smaller_charge,
    "homework": _without_homework,
    "contest": _without_contest,
    "ahead-of-curriculum": _later_content,
}
