"""The lawful way out beside a finding: the nearest one, in words and as edits that really clear it."""

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portal.policy import shipped
from schemas.schedules import ScheduleAnswer
from tests.factories.schedules import a_class, a_request
from tests.schedules.asking import answer, edited, keys

C = "classes__0__"
M = "classes__0__meetings__0__"


def ways_out(request: dict[str, Any]) -> dict[str, Any]:
    """Give the alternative beside each rule, once each was seen to clear its finding and to add none."""
    findings = answer(request)["findings"]
    for key, finding in zip(keys(findings), findings, strict=True):
        if "alternative" in finding:
            after = keys(answer(edited(request, finding["alternative"]["edits"]))["findings"])
            assert set(after) <= set(keys(findings)) - {key}
    return {finding["rule"]: finding.get("alternative") for finding in findings}


def edit(path: str, value: object) -> dict[str, object]:
    return {"path": f"/classes/0/{path}", "value": value}


@pytest.mark.parametrize(
    ("changes", "rule", "edits", "text"),
    [
        ({M + "end": "20:45"}, "late-finish", [edit("meetings/0/end", "20:30")], "20:30 前下课"),
        (
            {M + "start": "20:30", M + "end": "21:30"},
            "late-finish",
            [edit("meetings/0/start", "19:30"), edit("meetings/0/end", "20:30")],
            "改到周三 19:30–20:30",
        ),
        (
            {M + "start": "16:00", M + "end": "17:30"},
            "school-hours",
            [edit("meetings/0/start", "16:30"), edit("meetings/0/end", "18:00")],
            "改到周三 16:30–18:00",
        ),
        (
            {M + "start": "11:00", M + "end": "12:00"},
            "school-hours",
            [edit("meetings/0/start", "11:50"), edit("meetings/0/end", "12:50")],
            "改到周三 11:50–12:50",
        ),
        ({"rooms__0__area": 59.99}, "overcrowded", [edit("students", 19)], "本教室最多 19 人"),
        ({C + "fee": {"months": 4, "hours": 60}}, "prepaid-fee", [edit("fee/months", 3)], "一次最多收 3 个月"),
        (
            {C + "fee": {"months": 3.5, "hours": 61}},
            "prepaid-fee",
            [edit("fee/months", 3), edit("fee/hours", 60)],
            "一次最多收 3 个月、60 课时",
        ),
        ({C + "homework": True}, "homework", [edit("homework", value=False)], "不留作业"),
        ({C + "contest": True}, "contest", [edit("contest", value=False)], "取消竞赛和测试"),
        (
            {"school__progress__0__from": "2026-10-12"},
            "ahead-of-curriculum",
            [edit("content/0/date", "2026-10-12")],
            "等学校教了再教，最早 2026-10-12",
        ),
    ],
)
def test_the_nearest_lawful_choice(changes: dict[str, Any], rule: str, edits: list[Any], text: str) -> None:
    assert ways_out(a_request(**changes)) == {rule: {"edits": edits, "text": text}}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"rooms__0__area": 2.9}, "overcrowded"),  # no room for a single pupil
        ({M + "start": "08:00", M + "end": "23:00"}, "school-hours"),  # as long as the whole day
        ({"school__progress__0__from": "2027-01-10"}, "ahead-of-curriculum"),  # after the class's last day
        ({C + "content": [{"date": "2026-09-09", "grade": 4, "unit": 1}]}, "ahead-of-curriculum"),
        ({C + "subject": "music", C + "content": []}, "out-of-licence"),
        ({"teachers": []}, "teacher-not-registered"),
        ({"teachers__0__certificates": []}, "teacher-unqualified"),
    ],
)
def test_where_no_lawful_choice_is_near_none_is_told(changes: dict[str, Any], rule: str) -> None:
    assert ways_out(a_request(**changes))[rule] is None


def test_a_clash_moves_to_the_next_time_at_which_teacher_room_and_school_are_free() -> None:
    first = {"weekday": 3, "start": "16:30", "end": "17:30", "room": "A101", "teacher": "t1"}
    later = {**first, "start": "17:30", "end": "18:00", "teacher": "t2"}
    classes = [a_class("a", meetings=[first]), a_class("b", meetings=[first]), a_class("c", meetings=[later])]
    request = a_request(classes=classes, teachers=[{**a_request()["teachers"][0], "id": name} for name in ("t1", "t2")])
    assert ways_out(request)["teacher-clash"]["text"] == "改到周三 18:00–19:00"


def test_a_full_evening_moves_to_the_nearest_earlier_time() -> None:
    evening = {"weekday": 3, "start": "19:00", "end": "20:30", "room": "A101", "teacher": "t1"}
    request = a_request(**{C + "meetings": [evening, evening]})
    assert ways_out(request)["teacher-clash"]["text"] == "改到周三 17:30–19:00"


def test_ending_earlier_never_moves_into_another_lesson() -> None:
    late = {"weekday": 3, "start": "19:00", "end": "21:00", "teacher": "t1"}
    other = {**late, "start": "20:30", "end": "21:00"}
    found = ways_out(a_request(**{C + "meetings": [late, other]}))
    assert found["late-finish"] is not None


def test_a_bureaus_half_month_has_the_described_form() -> None:
    half = dataclasses.replace(
        shipped.policy().value("prepaid-months", date(2026, 9, 1)), value=Decimal("2.5"), since=date(2026, 1, 1)
    )
    found = answer(a_request(**{C + "fee": {"months": 3, "hours": 10}}), shipped.policy().overlaid([half]))
    assert found["findings"][0]["alternative"]["edits"] == [edit("fee/months", 2.5)]
    assert ScheduleAnswer.model_validate(found).findings[0].rule == "prepaid-fee"
