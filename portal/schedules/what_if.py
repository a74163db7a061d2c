"""The schedule check as one question: a request in, the answer that command, API and page give (nothing is stored)."""

from collections.abc import Iterator

from portal.kernel.limits import PolicyLike
from portal.kernel.rule import Finding
from portal.schedules import reading
from portal.schedules.alternatives import Choice, alternative
from portal.schedules.check import OF_THE_CLASS, Judged, Key
from portal.schedules.facts import Filing, School
from schemas.schedules import ScheduleRequest


def check(request: ScheduleRequest, policy: PolicyLike, *, district_school: School | None = None) -> dict[str, object]:
    """Judge a filing by the policy's rules, each date by those in force on it; blocked when there is any finding."""
    filing = reading.filing(request, district_school=district_school)
    findings = list(_findings(filing, policy))
    return {"verdict": "blocked" if findings else "pass", "findings": findings, "notes": _notes(filing)}


def _findings(filing: Filing, policy: PolicyLike) -> Iterator[dict[str, object]]:
    judged = Judged(filing, policy)
    classes = {planned.id: planned for planned in filing.classes}
    for key, findings in judged.findings.items():
        yield _finding(key, findings[0], alternative(judged, classes[key[0]], key, findings))


def _finding(key: Key, finding: Finding, choice: Choice | None) -> dict[str, object]:
    class_id, meeting, rule = key
    shown: dict[str, object] = {
        "rule": rule,
        "class": class_id,
        "meeting": None if meeting == OF_THE_CLASS else meeting,
        "message": finding.message,
        "citation": finding.citation,
    }
    if choice is not None:
        edits = [{"path": path, "value": value} for path, value in choice.edits]
        shown["alternative"] = {"edits": edits, "text": choice.text}
    return shown


def _notes(filing: Filing) -> list[dict[str, str]]:
    if filing.school is not None:
        return []
    message = "不知道本区学校的上课时间和进度，没有核对时间冲突和进度。请填写学校的学期和上课时间"
    return [{"kind": "school-unknown", "message": message}]
