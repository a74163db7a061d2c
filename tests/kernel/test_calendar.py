"""Time limits: the check values, every edge of the counting, and a second reading that counts on a paper calendar."""

import json
import random
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

import pytest

from portal.kernel.calendar import Pause, TimeLimit, WorkingCalendar, due, explain, months_later
from portal.kernel.errors import Invalid
from portal.kernel.strict_json import loads
from portal.policy import shipped
from schemas import deadlines


def end(event: str, unit: Any, count: int, *pauses: tuple[str, str]) -> str:
    """Give the due date by the shipped calendar."""
    stops = [Pause(date.fromisoformat(first), date.fromisoformat(last)) for first, last in pauses]
    return due(date.fromisoformat(event), TimeLimit(unit, count), shipped.calendar(), stops).isoformat()


def kinds(event: str, unit: Any, count: int, *pauses: tuple[str, str]) -> list[str]:
    """Give what each day up to the due date was taken for."""
    stops = [Pause(date.fromisoformat(first), date.fromisoformat(last)) for first, last in pauses]
    found = explain(date.fromisoformat(event), TimeLimit(unit, count), shipped.calendar(), stops)
    assert [each.day for each in found.days] == [
        date.fromisoformat(event) + timedelta(days=n) for n in range(1, len(found.days) + 1)
    ]
    assert found.days[-1].day == found.due
    return [each.kind for each in found.days]


@pytest.mark.parametrize(
    ("event", "count", "expected"),
    [
        ("2025-09-26", 5, "2025-10-10"),
        ("2025-09-26", 20, "2025-10-30"),
        ("2025-01-24", 5, "2025-02-07"),
        ("2025-01-24", 20, "2025-02-27"),
        ("2025-09-26", 1, "2025-09-28"),  # a make-up Sunday is worked
    ],
)
def test_working_days_of_2025(event: str, count: int, expected: str) -> None:
    assert end(event, "working_days", count) == expected


@pytest.mark.parametrize(
    ("event", "unit", "count", "pauses", "expected"),
    [
        ("2026-03-02", "days", 4, [], "2026-03-06"),
        ("2026-03-02", "days", 5, [], "2026-03-09"),  # Saturday: on to Monday
        ("2026-09-24", "days", 1, [], "2026-09-28"),  # Mid-Autumn, Friday to Sunday
        ("2026-03-02", "days", 5, [("2026-03-09", "2026-03-10")], "2026-03-09"),  # rolling on ignores pauses
        ("2026-03-02", "days", 4, [("2026-03-06", "2026-03-06")], "2026-03-09"),
        ("2026-03-02", "days", 1, [("2026-03-01", "2026-03-04"), ("2026-03-03", "2026-03-03")], "2026-03-05"),
        ("2026-01-31", "months", 1, [], "2026-02-28"),  # the month's last day, a make-up Saturday
        ("2024-01-31", "months", 1, [], "2024-02-29"),
        ("2026-01-15", "months", 3, [], "2026-04-15"),
        ("2026-01-15", "months", 3, [("2026-02-01", "2026-02-10")], "2026-04-27"),  # 04-25 is a Saturday
        ("2026-10-31", "months", 2, [], "2026-12-31"),
    ],
)
def test_calendar_days_and_months(event: str, unit: str, count: int, pauses: list[Any], expected: str) -> None:
    assert end(event, unit, count, *pauses) == expected


def test_each_working_day_is_named() -> None:
    assert kinds("2025-09-26", "working_days", 5) == (
        ["rest", "makeup", "counted", "counted"] + ["holiday"] * 8 + ["counted", "counted"]
    )
    paused = kinds("2025-09-26", "working_days", 1, ("2025-09-27", "2025-10-02"))
    assert paused == ["paused"] * 6 + ["holiday"] * 6 + ["counted"]


def test_each_calendar_day_is_counted_until_the_last_and_then_named() -> None:
    assert kinds("2026-03-03", "days", 4) == ["counted"] * 4 + ["rest", "counted"]
    assert kinds("2025-09-28", "days", 3, ("2025-09-29", "2025-09-29")) == (
        ["paused", "counted", "counted", "counted"] + ["holiday"] * 6 + ["counted"]
    )


def test_a_year_that_is_not_loaded_is_provisional() -> None:
    calendar = shipped.calendar()
    for event, provisional in (("2026-12-25", True), ("2026-12-24", False), ("2014-12-01", True)):
        found = explain(date.fromisoformat(event), TimeLimit("working_days", 5), calendar)
        assert found.provisional is provisional, event
    assert end("2026-12-31", "working_days", 1) == "2027-01-01"  # a Friday, and nobody has announced 2027 yet


def test_the_shipped_years_are_those_that_were_published() -> None:
    assert shipped.calendar().years == frozenset(range(2015, 2027))


def test_a_bureau_s_own_days_lie_over_the_shipped_ones() -> None:
    day = date(2026, 3, 4)
    closed = shipped.calendar().overlaid(holidays=[day])
    assert not closed.is_working(day)
    assert closed.overlaid(ordinary=[day]).is_working(day)
    assert closed.overlaid(makeup_days=[day]).kind(day) == "makeup"
    assert shipped.calendar().overlaid(years=[2027]).knows(date(2027, 1, 1))


def test_a_limit_that_ends_after_the_calendar_is_refused() -> None:
    with pytest.raises(Invalid):
        end("9999-12-30", "days", 2)
    with pytest.raises(Invalid):
        end("9999-11-30", "months", 2)
    assert end("9999-12-30", "days", 1) == "9999-12-31"


def test_months_later_keeps_the_day_where_there_is_one() -> None:
    assert months_later(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2026, 1, 1), 12) == date(2027, 1, 1)


def paper_count(question: dict[str, Any], calendar: WorkingCalendar) -> dict[str, Any]:
    """Count on a wall calendar: mark every day first, then cross off, then look where the pencil stops."""
    event = date.fromisoformat(question["event"])
    ((unit, count),) = question["limit"].items()
    wall = [event + timedelta(days=n) for n in range(1, 1_200)]
    crossed = {
        day for day in wall for stop in question.get("pauses", []) if stop["from"] <= day.isoformat() <= stop["to"]
    }
    worked = {
        day for day in wall if day in calendar.makeup_days or (day.weekday() < 5 and day not in calendar.holidays)
    }
    names = {day: "makeup" if day in calendar.makeup_days else "counted" for day in worked}
    names |= {day: "holiday" if day in calendar.holidays else "rest" for day in wall if day not in worked}
    if unit == "working_days":
        last = [day for day in wall if day in worked and day not in crossed][count - 1]
        names |= dict.fromkeys(crossed, "paused")
    else:
        if unit == "months":
            month = event.year * 12 + event.month - 1 + count
            length = monthrange(month // 12, month % 12 + 1)[1]
            count = (date(month // 12, month % 12 + 1, min(event.day, length)) - event).days
        nth = [day for day in wall if day not in crossed][count - 1]
        last = next(day for day in wall if day >= nth and day in worked)
        names |= {day: "paused" if day in crossed else "counted" for day in wall if day <= nth}
        names[last] = "counted"
    days = [{"date": day.isoformat(), "kind": names[day]} for day in wall if day <= last]
    return {"due": last.isoformat(), "provisional": last.year not in calendar.years, "days": days}


def a_random_question(seed: int) -> dict[str, Any]:
    draw = random.Random(seed)
    event = date(2014, 11, 1) + timedelta(days=draw.randrange(4_500))
    unit, most = draw.choice([("working_days", 40), ("days", 90), ("months", 8)])
    question: dict[str, Any] = {"event": event.isoformat(), "limit": {unit: draw.randint(1, most)}}
    if draw.random() < 0.6:
        pauses = []
        for _ in range(draw.randint(1, 3)):
            first = event + timedelta(days=draw.randint(-5, 60))
            last = first + timedelta(days=draw.choice([0, 1, 5, 20]))
            pauses.append({"from": first.isoformat(), "to": last.isoformat()})
        question["pauses"] = pauses
    return question


def both_count_alike(seeds: range) -> None:
    calendar = shipped.calendar()
    for seed in seeds:
        question = a_random_question(seed)
        given = deadlines.read(loads(json.dumps(question)))
        found = deadlines.shown(explain(given.event, given.time_limit(), calendar, given.stops()))
        assert found == paper_count(question, calendar), question


def test_counting_on_paper_gives_the_same() -> None:
    both_count_alike(range(500))


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_counting_twenty_thousand_limits_on_paper_gives_the_same() -> None:
    both_count_alike(range(1_000, 21_000))
