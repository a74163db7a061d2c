"""For every rule about classes two dated cases or more: a day on which something breaks it, and one on which not.

A case is the rule's id, the day on which the class begins (and meets), the request, and whether it is broken.
"""

from typing import Any

from tests.factories.schedules import a_request

MEETING = "classes__0__meetings__0__"
# Wednesdays: the last before the rules began, the first after; one in term time.
BEFORE, AFTER, TERM = "2018-12-26", "2019-01-02", "2026-09-09"


def on(day: str, **changes: Any) -> dict[str, Any]:
    """Give a request whose one class meets on that one day."""
    whole = {"classes__0__from": day, "classes__0__to": day, "classes__0__content": [], **changes}
    return a_request(**whole)


def ahead(day: str, grade: int) -> dict[str, Any]:
    """Give a class of grade 3 that is taught content of another grade on the day."""
    return on(day, classes__0__content=[{"date": day, "grade": grade, "unit": 9}])


def school(day: str, **changes: Any) -> dict[str, Any]:
    """Give a class that meets at nine in the morning, within a term around the day."""
    terms = [{"from": day[:4] + "-01-01", "to": day[:4] + "-12-31"}]
    return on(day, school__terms=terms, **{MEETING + "start": "09:00", MEETING + "end": "10:00"}, **changes)


def clash(day: str, *, teacher: str = "t1", room: str | None = "A101") -> dict[str, Any]:
    """Give a class with a second meeting at the same time."""
    meeting = {"weekday": 3, "start": "18:30", "end": "20:30", "room": "A101", "teacher": "t1"}
    return on(day, classes__0__meetings=[meeting, {**meeting, "teacher": teacher, "room": room}])


UNREGISTERED = [{"id": "t1", "registered": False}]
UNQUALIFIED = [{"id": "t1", "registered": True}]
ART = {"programmes": [{"subject": "art", "stage": "junior"}]}

CASES: tuple[tuple[str, str, dict[str, Any], bool], ...] = (
    ("late-finish", BEFORE, on(BEFORE, **{MEETING + "end": "20:31"}), False),
    ("late-finish", AFTER, on(AFTER, **{MEETING + "end": "20:31"}), True),
    ("late-finish", AFTER, on(AFTER, **{MEETING + "end": "20:30"}), False),
    ("school-hours", BEFORE, school(BEFORE), False),
    ("school-hours", AFTER, school(AFTER), True),
    ("school-hours", AFTER, school(AFTER, school__holidays=[AFTER]), False),
    ("out-of-licence", BEFORE, on(BEFORE, licence=ART), False),
    ("out-of-licence", AFTER, on(AFTER, licence=ART), True),
    ("preschool-schooling", BEFORE, on(BEFORE, classes__0__stage="preschool"), False),
    ("preschool-schooling", AFTER, on(AFTER, classes__0__stage="preschool"), True),
    ("ahead-of-curriculum", BEFORE, ahead(BEFORE, 4), False),
    ("ahead-of-curriculum", AFTER, ahead(AFTER, 4), True),
    ("ahead-of-curriculum", AFTER, ahead(AFTER, 2), False),
    ("homework", BEFORE, on(BEFORE, classes__0__homework=True), False),
    ("homework", AFTER, on(AFTER, classes__0__homework=True), True),
    ("contest", BEFORE, on(BEFORE, classes__0__contest=True), False),
    ("contest", AFTER, on(AFTER, classes__0__contest=True), True),
    ("teacher-not-registered", BEFORE, on(BEFORE, teachers=UNREGISTERED), False),
    ("teacher-not-registered", AFTER, on(AFTER, teachers=UNREGISTERED), True),
    ("teacher-unqualified", BEFORE, on(BEFORE, teachers=UNQUALIFIED), False),
    ("teacher-unqualified", AFTER, on(AFTER, teachers=UNQUALIFIED), True),
    ("teacher-clash", BEFORE, clash(BEFORE, room=None), False),
    ("teacher-clash", AFTER, clash(AFTER, room=None), True),
    ("room-clash", BEFORE, clash(BEFORE, teacher="t2"), False),
    ("room-clash", AFTER, clash(AFTER, teacher="t2"), True),
    ("overcrowded", BEFORE, on(BEFORE, rooms__0__area=59.9), False),
    ("overcrowded", AFTER, on(AFTER, rooms__0__area=59.9), True),
    ("overcrowded", AFTER, on(AFTER, rooms__0__area=60), False),
    ("prepaid-fee", BEFORE, on(BEFORE, classes__0__fee={"months": 4, "hours": 1}), False),
    ("prepaid-fee", AFTER, on(AFTER, classes__0__fee={"months": 1, "hours": 60.5}), True),
    ("academic-rest-day", TERM, on(TERM), False),
    ("academic-rest-day", "2026-02-11", on("2026-02-11"), True),
    ("academic-rest-day", "2021-07-21", on("2021-07-21"), False),
)
