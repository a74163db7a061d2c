"""Each rule about classes at every edge that its wording names."""

from typing import Any

import pytest

from tests.factories.schedules import a_class, a_request
from tests.schedules.asking import answer, broken, keys

C = "classes__0__"
M = "classes__0__meetings__0__"
WEDNESDAYS = "2026-09-09", "2026-12-30"


def test_a_clean_filing_passes_without_a_word() -> None:
    assert answer(a_request()) == {"verdict": "pass", "findings": [], "notes": []}


@pytest.mark.parametrize(
    ("end", "names"), [("20:30", []), ("20:31", ["late-finish"]), ("20:29", []), ("23:59", ["late-finish"])]
)
def test_the_closing_minute_itself_is_allowed(end: str, names: list[str]) -> None:
    assert broken(a_request(**{M + "end": end})) == names


def test_a_meeting_that_never_takes_place_is_judged_by_its_class_s_first_day() -> None:
    never = {
        C + "from": "2026-09-07",
        C + "to": "2026-09-08",
        C + "content": [],
        M + "end": "21:00",
        "rooms__0__area": 1,
    }
    assert broken(a_request(**never, teachers=[])) == ["late-finish", "overcrowded", "teacher-not-registered"]
    too_early = {C + "from": "2018-12-24", C + "to": "2018-12-25"}
    assert broken(a_request(**{**never, **too_early}, teachers=[])) == []


def test_one_date_in_force_is_enough() -> None:
    across = {C + "from": "2018-12-26", C + "content": [], M + "end": "21:00", C + "homework": True}
    assert broken(a_request(**across, **{C + "to": "2018-12-26"})) == []
    assert broken(a_request(**across, **{C + "to": "2019-01-01"})) == []
    assert broken(a_request(**across, **{C + "to": "2019-01-02"})) == ["late-finish"]


@pytest.mark.parametrize(
    ("start", "end", "breaks"),
    [
        ("12:00", "14:00", False),
        ("11:50", "14:00", False),
        ("11:49", "12:30", True),
        ("12:00", "14:01", True),
        ("16:30", "18:00", False),
        ("07:00", "08:30", False),
        ("07:00", "20:00", True),
    ],
)
def test_touching_school_hours_is_no_overlap(start: str, end: str, breaks: bool) -> None:
    assert broken(a_request(**{M + "start": start, M + "end": end})) == (["school-hours"] if breaks else [])


MORNING = {M + "start": "09:00", M + "end": "10:00", C + "content": []}


@pytest.mark.parametrize(
    ("changes", "breaks"),
    [
        ({}, True),
        ({C + "stage": "senior"}, False),  # a stage without hours has none
        ({"school__terms": []}, False),
        ({"school__terms": [{"from": "2026-09-09", "to": "2026-09-09"}]}, True),
        ({"school__terms": [{"from": "2026-09-10", "to": "2026-09-15"}]}, False),
        ({C + "from": "2026-09-07", C + "to": "2026-09-08"}, False),  # never takes place
        ({C + "to": "2026-09-09"}, True),
        ({C + "to": "2026-09-09", "school__holidays": ["2026-09-09"]}, False),
        ({C + "to": "2026-09-09", "school__holidays": ["2026-09-09"], "school__makeup_days": ["2026-09-09"]}, True),
        ({M + "weekday": 6}, True),  # the make-up Saturday 2026-10-10
        ({M + "weekday": 6, "school__makeup_days": None}, False),
        ({M + "weekday": 6, C + "from": "2026-10-11"}, False),
        ({M + "weekday": 7}, False),
        ({"school__terms": [{"from": "2027-01-01", "to": "2027-01-22"}], M + "weekday": 6}, False),  # outside terms
    ],
)
def test_school_hours_count_on_school_days_on_which_the_class_really_meets(
    changes: dict[str, Any], breaks: bool
) -> None:
    assert ("school-hours" in broken(a_request(**{**MORNING, **changes}))) is breaks


@pytest.mark.parametrize(
    ("subject", "stage", "names"),
    [
        ("maths", "primary", []),
        ("art", "junior", []),
        ("art", "primary", ["out-of-licence"]),
        ("art", "preschool", ["out-of-licence"]),
        ("maths", "preschool", ["out-of-licence", "preschool-schooling"]),
    ],
)
def test_only_what_the_licence_names_and_no_school_before_school(subject: str, stage: str, names: list[str]) -> None:
    assert broken(a_request(**{C + "subject": subject, C + "stage": stage, C + "content": []})) == names


@pytest.mark.parametrize(
    ("content", "breaks"),
    [
        ({"date": "2026-09-09", "grade": 4, "unit": 1}, True),
        ({"date": "2026-09-09", "grade": 2, "unit": 1}, False),
        ({"date": "2026-09-09", "grade": 3, "unit": 2}, True),
        ({"date": "2026-10-11", "grade": 3, "unit": 2}, True),  # a Sunday: no meeting on that day
        ({"date": "2026-10-12", "grade": 3, "unit": 2}, False),  # the day itself
        ({"date": "2026-09-09", "grade": 3, "unit": 3}, False),  # not in the progress
    ],
)
def test_content_never_runs_ahead_of_the_schools(content: dict[str, Any], breaks: bool) -> None:
    unit = {"stage": "primary", "subject": "maths", "grade": 3, "unit": 2, "from": "2026-10-12"}
    lower = {**unit, "grade": 2, "unit": 1, "from": "2026-12-01"}
    other = {**unit, "stage": "junior", "unit": 3}
    request = a_request(school__progress=[unit, lower, other], **{C + "content": [content]})
    assert ("ahead-of-curriculum" in broken(request)) is breaks


def test_subjects_that_are_not_academic_have_no_curriculum() -> None:
    content = [{"date": "2026-09-09", "grade": 9, "unit": 1}]
    assert broken(a_request(**{C + "subject": "art", C + "stage": "junior", C + "content": content})) == []


@pytest.mark.parametrize("key", ["homework", "contest"])
def test_homework_and_contests_count_when_declared(key: str) -> None:
    assert broken(a_request(**{C + key: True})) == [key]
    assert broken(a_request(**{C + key: None})) == []


@pytest.mark.parametrize(
    ("stage", "certificate", "breaks"),
    [
        ("preschool", "preschool", False),
        ("preschool", "primary", False),
        ("primary", "preschool", True),
        ("primary", "primary", False),
        ("primary", "senior", False),
        ("junior", "primary", True),
        ("senior", "junior", True),
        ("senior", "senior", False),
    ],
)
def test_a_certificate_reaches_its_stage_and_those_below(stage: str, certificate: str, breaks: bool) -> None:
    teacher = {"id": "t1", "registered": True, "certificates": [{"stage": certificate, "subject": "maths"}]}
    assert ("teacher-unqualified" in broken(a_request(teachers=[teacher], **{C + "stage": stage}))) is breaks


def test_only_registered_teachers_of_academic_subjects_need_a_certificate() -> None:
    unregistered = [{"id": "t1", "registered": False}]
    assert broken(a_request(teachers=unregistered)) == ["teacher-not-registered"]
    assert broken(a_request(teachers=[])) == ["teacher-not-registered"]
    none = [{"id": "t1", "registered": True, "certificates": None}]
    art = {C + "subject": "art", C + "stage": "junior", C + "content": []}
    assert broken(a_request(teachers=none, **art)) == []
    other = [{"id": "t1", "registered": True, "certificates": [{"stage": "senior", "subject": "physics"}]}]
    assert broken(a_request(teachers=other)) == ["teacher-unqualified"]


def two(first: dict[str, Any], second: dict[str, Any], **changes: Any) -> list[tuple[str, int | None, str]]:
    """Give the clashes of two classes; each is `meeting` and other changes."""
    classes = []
    for name, each in (("c1", first), ("c2", second)):
        meeting = {"weekday": 3, "start": "18:00", "end": "19:00", "teacher": "t1", **each.pop("meeting", {})}
        classes.append(a_class(name, meetings=[meeting], content=[], **each))
    found = keys(answer(a_request(classes=classes, **changes))["findings"])
    return [key for key in found if key[2].endswith("-clash")]


BOTH = [("c1", 0, "teacher-clash"), ("c2", 0, "teacher-clash")]


@pytest.mark.parametrize(
    ("second", "clashes"),
    [
        ({"meeting": {"start": "18:59", "end": "20:00"}}, BOTH),
        ({"meeting": {"start": "19:00", "end": "20:00"}}, []),  # touching
        ({"meeting": {"weekday": 4}}, []),
        ({"meeting": {"teacher": "t2"}}, []),
        ({"meeting": {"room": "A101"}}, BOTH),
        ({"from_": "2026-12-30"}, BOTH),  # the last Wednesday of the first
        ({"from_": "2026-12-31", "to": "2027-01-31"}, []),  # they share one day, no Wednesday
        ({"from_": "2026-09-01", "to": "2026-09-08"}, []),
        ({"from_": "2026-09-01", "to": "2026-09-09"}, BOTH),
    ],
)
def test_a_teacher_clashes_on_dates_on_which_both_really_meet(
    second: dict[str, Any], clashes: list[tuple[str, int | None, str]]
) -> None:
    assert two({}, dict(second)) == clashes


def test_unregistered_teachers_clash_too() -> None:
    assert two({}, {}, teachers=[]) == BOTH


def test_rooms_clash_only_where_there_is_a_room() -> None:
    room = {"meeting": {"room": "A101", "teacher": "t1"}}
    other = {"meeting": {"room": "A101", "teacher": "t2"}}
    assert two(dict(room), dict(other)) == [("c1", 0, "room-clash"), ("c2", 0, "room-clash")]
    assert two({"meeting": {"room": None, "teacher": "t1"}}, {"meeting": {"room": None, "teacher": "t2"}}) == []


def test_two_meetings_of_one_class_clash_as_well() -> None:
    meeting = {"weekday": 3, "start": "18:00", "end": "19:00", "teacher": "t1"}
    request = a_request(**{C + "meetings": [meeting, {**meeting, "start": "18:30"}]})
    assert keys(answer(request)["findings"]) == [("c1", 0, "teacher-clash"), ("c1", 1, "teacher-clash")]


@pytest.mark.parametrize(
    ("area", "students", "breaks"),
    [(42, 14, False), (42, 15, True), (41.99, 14, True), (42.0, 14, False), (0, 0, False), (0.1, 1, True)],
)
def test_three_square_metres_for_each_pupil(area: float, students: int, breaks: bool) -> None:
    request = a_request(rooms__0__area=area, **{C + "students": students})
    assert broken(request) == (["overcrowded"] if breaks else [])


def test_without_a_room_nobody_is_crowded() -> None:
    assert broken(a_request(**{C + "students": 10**30, M + "room": None})) == []
    assert broken(a_request(**{C + "students": 10**30})) == ["overcrowded"]


@pytest.mark.parametrize(
    ("months", "hours", "breaks"),
    [(3, 60, False), (3.0, 60.0, False), (3.01, 1, True), (1, 60.5, True), (4, 61, True), (0, 0, False)],
)
def test_a_charge_covers_three_months_and_sixty_hours_at_most(months: float, hours: float, breaks: bool) -> None:
    assert broken(a_request(**{C + "fee": {"months": months, "hours": hours}})) == (["prepaid-fee"] if breaks else [])
    assert broken(a_request(**{C + "fee": None})) == []


def test_findings_are_sorted_by_class_then_meeting_then_rule() -> None:
    late = [{"weekday": 3, "start": "18:00", "end": "21:00", "teacher": "x"}]
    classes = [a_class(name, homework=True, contest=True, meetings=late) for name in ("é", "b", "a", "Z", "班")]
    found = keys(answer(a_request(classes=classes))["findings"])
    assert [key[0] for key in found[::6]] == ["Z", "a", "b", "é", "班"]
    assert [(meeting, rule) for _, meeting, rule in found[:5]] == [
        (None, "contest"),
        (None, "homework"),
        (0, "late-finish"),
        (0, "teacher-clash"),
        (0, "teacher-not-registered"),
    ]
