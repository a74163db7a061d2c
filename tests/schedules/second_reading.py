"""The same rules read a second time, slowly: every date and every minute written out, no index, no arithmetic.

It reads the request as JSON and shares nothing with the engine. A threshold is a function of the day.
"""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

ACADEMIC = ["chinese", "maths", "english", "physics", "chemistry", "biology", "politics", "history", "geography"]
REACHES = {
    "preschool": ["preschool", "primary", "junior", "senior"],
    "primary": ["primary", "junior", "senior"],
    "junior": ["junior", "senior"],
    "senior": ["senior"],
}
BEGAN = "2018-12-28"


class Thresholds:
    """The shipped values; another reading overrides what a bureau has set, day by day."""

    def latest_end(self, on: str) -> str:
        return "20:30"

    def area(self, on: str) -> Fraction:
        return Fraction(3)

    def months(self, on: str) -> Fraction:
        return Fraction(3)

    def hours(self, on: str) -> Fraction:
        return Fraction(60)


def all_days(first: str, last: str) -> list[str]:
    day, found = date.fromisoformat(first), []
    while day <= date.fromisoformat(last):
        found.append(day.isoformat())
        day += timedelta(days=1)
    return found


def dates_of(planned: dict[str, Any], meeting: dict[str, Any]) -> list[str]:
    days = all_days(planned["from"], planned["to"])
    return [day for day in days if date.fromisoformat(day).isoweekday() == meeting["weekday"]]


def minutes_of(start: str, end: str) -> set[int]:
    begin, stop = (int(clock[:2]) * 60 + int(clock[3:]) for clock in (start, end))
    return set(range(begin, stop))


def is_school_day(school: dict[str, Any], day: str) -> bool:
    in_term = any(term["from"] <= day <= term["to"] for term in school["terms"])
    works = date.fromisoformat(day).isoweekday() <= 5 and day not in (school.get("holidays") or [])
    return in_term and (works or day in (school.get("makeup_days") or []))


def second_reading(request: dict[str, Any], limits: Thresholds | None = None) -> list[tuple[str, int | None, str]]:
    limits = limits or Thresholds()
    found: set[tuple[str, int, str]] = set()
    everything = [(c, i, m) for c in request["classes"] for i, m in enumerate(c["meetings"])]
    for planned in request["classes"]:
        if planned["from"] >= BEGAN:
            found |= {(planned["id"], -1, name) for name in of_class(request, planned, limits)}
    for planned, index, meeting in everything:
        really = dates_of(planned, meeting)
        judged_on = [day for day in really or [planned["from"]] if day >= BEGAN]
        names = {name for day in judged_on for name in of_meeting(request, planned, meeting, day, limits)}
        names |= {"school-hours" for day in judged_on if day in really and in_school(request, planned, meeting, day)}
        found |= {(planned["id"], index, name) for name in names}
    for place, (planned, index, meeting) in enumerate(everything):
        for other_place, (other_class, _, other) in enumerate(everything):
            together = set(dates_of(planned, meeting)) & set(dates_of(other_class, other))
            at_once = minutes_of(meeting["start"], meeting["end"]) & minutes_of(other["start"], other["end"])
            if place == other_place or not at_once or not any(day >= BEGAN for day in together):
                continue
            if meeting["teacher"] == other["teacher"]:
                found.add((planned["id"], index, "teacher-clash"))
            if meeting.get("room") is not None and meeting.get("room") == other.get("room"):
                found.add((planned["id"], index, "room-clash"))
    return [(name, None if index < 0 else index, rule) for name, index, rule in sorted(found)]


def of_class(request: dict[str, Any], planned: dict[str, Any], limits: Thresholds) -> list[str]:
    names = []
    if not any(
        (p["subject"], p["stage"]) == (planned["subject"], planned["stage"]) for p in request["licence"]["programmes"]
    ):
        names.append("out-of-licence")
    academic = planned["subject"] in ACADEMIC
    if academic and planned["stage"] == "preschool":
        names.append("preschool-schooling")
    if academic and any(is_ahead(request, planned, content) for content in planned.get("content") or []):
        names.append("ahead-of-curriculum")
    names += [word for word in ("homework", "contest") if planned.get(word)]
    fee = planned.get("fee")
    if fee and (
        Fraction(str(fee["months"])) > limits.months(planned["from"])
        or Fraction(str(fee["hours"])) > limits.hours(planned["from"])
    ):
        names.append("prepaid-fee")
    return names


def is_ahead(request: dict[str, Any], planned: dict[str, Any], content: dict[str, Any]) -> bool:
    if content["grade"] > planned["grade"]:
        return True
    if content["grade"] < planned["grade"]:
        return False
    for unit in request["school"].get("progress") or []:
        same = [unit[key] == planned[key] for key in ("stage", "subject", "grade")]
        if all(same) and unit["unit"] == content["unit"] and content["date"] < unit["from"]:
            return True
    return False


def of_meeting(
    request: dict[str, Any], planned: dict[str, Any], meeting: dict[str, Any], day: str, limits: Thresholds
) -> list[str]:
    names = []
    if meeting["end"] > limits.latest_end(day):
        names.append("late-finish")
    teachers = {teacher["id"]: teacher for teacher in request["teachers"]}
    teacher = teachers.get(meeting["teacher"])
    if teacher is None or not teacher["registered"]:
        names.append("teacher-not-registered")
    elif planned["subject"] in ACADEMIC and not any(
        certificate["subject"] == planned["subject"] and certificate["stage"] in REACHES[planned["stage"]]
        for certificate in teacher.get("certificates") or []
    ):
        names.append("teacher-unqualified")
    areas = {room["id"]: Fraction(str(room["area"])) for room in request["rooms"]}
    room = meeting.get("room")
    if room is not None and areas[room] < planned["students"] * limits.area(day):
        names.append("overcrowded")
    return names


def in_school(request: dict[str, Any], planned: dict[str, Any], meeting: dict[str, Any], day: str) -> bool:
    hours = request["school"]["hours"].get(planned["stage"]) or []
    taught = {minute for start, end in hours for minute in minutes_of(start, end)}
    return bool(minutes_of(meeting["start"], meeting["end"]) & taught) and is_school_day(request["school"], day)
