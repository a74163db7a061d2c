"""Words for people in findings about classes: days of the week, clock times, stages, subjects."""

from portal.kernel.programmes import ACADEMIC, STAGES
from portal.schedules.facts import Meeting, PlannedClass

_WEEKDAYS = "一二三四五六日"
_STAGES = {**STAGES, "preschool": "学龄前"}
_LONGEST = 30


def clock(minute: int) -> str:
    """Write a minute of the day as a clock time."""
    return f"{minute // 60:02}:{minute % 60:02}"


def span(start: int, end: int) -> str:
    """Write a stretch of the day."""
    return f"{clock(start)}–{clock(end)}"


def weekday(number: int) -> str:
    """Name a day of the week."""
    return "周" + _WEEKDAYS[number - 1]


def when(meeting: Meeting) -> str:
    """Write when a class meets: 周三 18:30–20:30."""
    return f"{weekday(meeting.weekday)} {span(meeting.start, meeting.end)}"


def stage(name: str) -> str:
    """Name a stage of school."""
    return _STAGES[name]


def subject(name: str) -> str:
    """Name a subject; one that isn't academic is named as the filing names it."""
    return ACADEMIC.get(name, short(name))


def programme(planned: PlannedClass) -> str:
    """Name what a class teaches to whom: 小学数学."""
    return stage(planned.stage) + subject(planned.subject)


def short(words: str) -> str:
    """Shorten free text so that a finding stays readable."""
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
