"""The schedule check over 1,000 and 4,000 classes of a year: seconds of the first, and how the time grows."""

import json
import random
from time import perf_counter
from typing import Any

from portal.base import garbage
from portal.kernel.strict_json import loads
from portal.policy import shipped
from portal.schedules import what_if
from schemas import schedules

FEW, MANY = 1_000, 4_000
BEST_OF = 5
TERMS = [{"from": "2026-03-02", "to": "2026-07-10"}, {"from": "2026-09-01", "to": "2027-01-22"}]


def run() -> dict[str, float]:
    """Give `schedule-1000`: seconds from JSON to answer; `schedule-growth`: 4,000 ÷ 1,000 classes (at most 4.8)."""
    garbage.look_rarely()  # as the web process and the command do
    few, many = (json.dumps(filing(classes)).encode() for classes in (FEW, MANY))
    rounds = [(_seconds(few), _seconds(many)) for _ in range(BEST_OF)]
    least = min(first for first, _ in rounds)
    return {"schedule-1000": least, "schedule-growth": min(second for _, second in rounds) / least}


def _seconds(raw: bytes) -> float:
    start = perf_counter()
    what_if.check(schedules.read(loads(raw), school_required=True), shipped.policy())
    return perf_counter() - start


def filing(classes: int) -> dict[str, Any]:
    """Give a year's filing in which every fourth class has something to mend: late, crowded or at the same time."""
    chance = random.Random(classes)
    people = classes // 4
    certificate = {"subject": "maths", "stage": "primary"}
    return {
        "district": "500103",
        "licence": {"programmes": [certificate]},
        "school": {"terms": TERMS, "hours": {"primary": [["08:30", "11:50"], ["14:00", "16:30"]]}},
        "rooms": [{"id": f"r{number}", "area": 60} for number in range(people)],
        "teachers": [
            {"id": f"t{number}", "registered": True, "certificates": [certificate]} for number in range(people)
        ],
        "classes": [_class(number, people, chance) for number in range(classes)],
    }


def _class(number: int, people: int, chance: random.Random) -> dict[str, Any]:
    start, end = chance.choice((("17:00", "18:30"), ("18:30", "20:00"), ("19:00", "20:30"), ("19:30", "20:45")))
    who = number % people
    meeting = {"start": start, "end": end, "room": f"r{who}", "teacher": f"t{who}"}
    return {
        "id": f"c{number}",
        "name": f"数学{number}班",
        "subject": "maths",
        "stage": "primary",
        "grade": 3,
        "from": "2026-01-01",
        "to": "2026-12-31",
        "students": chance.choice((15, 18, 20, 21)),
        "fee": {"months": 3, "hours": 60},
        "meetings": [{**meeting, "weekday": day} for day in chance.sample(range(1, 8), 2)],
    }


if __name__ == "__main__":
    print(run())
