"""What came of a schedule check as a page shows it: one big answer, the week with its clashes, findings, school hours."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.kernel.programmes import STAGES
from portal.policy import citing
from portal.schedules import wording
from portal.schedules.facts import School
from portal.schedules.rules import RULES
from schemas.schedules import ClassGiven, MeetingGiven, ScheduleRequest

Hours = Mapping[str, tuple[tuple[int, int], ...]]
WEEKDAYS = tuple((number, wording.weekday(number)) for number in range(1, 8))
STAGE_CHOICES = tuple(STAGES.items())
MOST_FINDINGS = 200
MOST_DRAWN = 1_000
LONG_WEEK = 60
MANY_FINDINGS = 20
SCHOOL_WEEK = range(5)
TITLES = {each.id: each.title for each in RULES}
CITES = {each.id: each.cites for each in RULES}
CLASH_WORDS = {
    "late-finish": "下课太晚",
    "school-hours": "占用学校上课时间",
    "teacher-clash": "教师同时上两节课",
    "room-clash": "教室同时上两节课",
    "teacher-not-registered": "教师没有登记",
    "teacher-unqualified": "教师资格不符",
    "overcrowded": "教室人数太多",
    "academic-rest-day": "占用休息日",
}


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that the page shows of a check."""

    words: str
    text: str
    tone: str
    findings: list[dict[str, Any]]
    count: int
    of_rules: list[tuple[str, int]]
    notes: list[str]
    week: list[dict[str, Any]]
    meetings: int
    is_long: bool
    hours: list[tuple[str, str]]


def result(request: ScheduleRequest, answer: dict[str, Any], school: School | None) -> Result:
    """Make page objects of a filing and its answer."""
    found = answer["findings"]
    taught = {planned.stage for planned in request.classes}
    hours: Hours = {stage: spans for stage, spans in school.hours.items() if stage in taught} if school else {}
    meetings = sum(len(planned.meetings) for planned in request.classes)
    return Result(
        words=f"有 {len(found)} 处不符合规定" if found else "没有发现问题",
        text="按下面的提示修改后，再查一次。" if found else f"核对了 {len(request.classes)} 个班、{meetings} 次课。",
        tone="stop" if found else "good",
        findings=list(shown_findings(request, found)),
        count=len(found),
        of_rules=of_rules(found) if len(found) > MANY_FINDINGS else [],
        notes=[note["message"] for note in answer["notes"]],
        week=week(request, found, hours) if 0 < meetings <= MOST_DRAWN else [],
        meetings=meetings,
        is_long=meetings > LONG_WEEK,
        hours=[(STAGES[stage], "、".join(wording.span(*span) for span in spans)) for stage, spans in hours.items()],
    )


def of_rules(found: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Count the findings of each rule, the most frequent first: where to begin when there are many."""
    counts = Counter(TITLES[finding["rule"]] for finding in found)
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def shown_findings(request: ScheduleRequest, found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give the first findings, each with its class, its article and the way out."""
    names = {planned.id: planned.name or planned.id for planned in request.classes}
    for number, finding in enumerate(found[:MOST_FINDINGS], 1):
        yield {
            "id": f"finding-{number}",
            "title": wording.short(names[finding["class"]]),
            "message": finding["message"],
            "cure": finding.get("alternative", {}).get("text", ""),
            "citation": {"pieces": citing.beside(finding["citation"], CITES[finding["rule"]])},
        }


def week(request: ScheduleRequest, found: list[dict[str, Any]], hours: Hours) -> list[dict[str, Any]]:
    """Lay the lessons out by starting time and day, clashes in words, school hours as shaded cells."""
    clashes = by_meeting(found)
    cells: defaultdict[str, list[list[dict[str, Any]]]] = defaultdict(lambda: [[] for _ in range(7)])
    for spans in hours.values():
        for start, _ in spans:
            cells[wording.clock(start)] = [[] for _ in range(7)]
    for planned in request.classes:
        for index, meeting in enumerate(planned.meetings):
            shown = lesson(planned, meeting, clashes.get((planned.id, index), []))
            cells[f"{meeting.start:%H:%M}"][meeting.weekday - 1].append(shown)
    return [
        {"start": start, "days": days, "school": list(SCHOOL_WEEK) if is_taught(start, hours) else []}
        for start, days in sorted(cells.items())
    ]


def is_taught(start: str, hours: Hours) -> bool:
    """Whether the schools of a stage in the filing teach at this time of a school day."""
    return any(wording.clock(first) <= start < wording.clock(last) for spans in hours.values() for first, last in spans)


def by_meeting(found: list[dict[str, Any]]) -> dict[tuple[str, int], list[tuple[int, str]]]:
    """Give the number and the short words of each lesson's findings."""
    clashes: defaultdict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    for number, finding in enumerate(found, 1):
        if finding["meeting"] is not None:
            words = CLASH_WORDS.get(finding["rule"], "不符合规定")
            clashes[finding["class"], finding["meeting"]].append((number, words))
    return clashes


def lesson(planned: ClassGiven, meeting: MeetingGiven, clashes: list[tuple[int, str]]) -> dict[str, Any]:
    """One lesson in its cell."""
    first = clashes[0][0] if clashes else 0
    return {
        "start": f"{meeting.start:%H:%M}",
        "end": f"{meeting.end:%H:%M}",
        "name": wording.short(planned.name or planned.id),
        "place": wording.short(meeting.room) if meeting.room else "",
        "teacher": wording.short(meeting.teacher),
        "conflict": "，".join(words for _, words in clashes),
        "href": f"#finding-{first}" if 0 < first <= MOST_FINDINGS else "",
    }
