"""Schedule requests as JSON: a clean one to change, and random ones in which everything happens."""

import copy
import random
from datetime import date, timedelta
from typing import Any

CLEAN: dict[str, Any] = {
    "district": "500103",
    "licence": {"programmes": [{"subject": "maths", "stage": "primary"}, {"subject": "art", "stage": "junior"}]},
    "school": {
        "terms": [{"from": "2026-09-01", "to": "2027-01-22"}],
        "holidays": ["2026-10-01"],
        "makeup_days": ["2026-10-10"],
        "hours": {
            "primary": [["08:30", "11:50"], ["14:00", "16:30"]],
            "junior": [["08:00", "12:00"], ["14:00", "17:30"]],
        },
        "progress": [{"stage": "primary", "subject": "maths", "grade": 3, "unit": 1, "from": "2026-09-01"}],
    },
    "rooms": [{"id": "A101", "area": 70.0}],
    "teachers": [{"id": "t1", "registered": True, "certificates": [{"stage": "primary", "subject": "maths"}]}],
    "classes": [
        {
            "id": "c1",
            "name": "三年级数学",
            "subject": "maths",
            "stage": "primary",
            "grade": 3,
            "from": "2026-09-07",
            "to": "2026-12-31",
            "students": 20,
            "homework": False,
            "contest": False,
            "fee": {"months": 3, "hours": 60},
            "meetings": [{"weekday": 3, "start": "18:30", "end": "20:30", "room": "A101", "teacher": "t1"}],
            "content": [{"date": "2026-09-09", "grade": 3, "unit": 1}],
        }
    ],
}
SUBJECTS = ("maths", "chinese", "art")
STAGES = ("preschool", "primary", "junior", "senior")
CLOCKS = ("08:00", "08:30", "11:50", "12:00", "14:00", "16:30", "18:00", "19:00", "20:29", "20:30", "20:31", "23:59")


def a_request(**changes: Any) -> dict[str, Any]:
    """Give a clean request; a key may name a place in it: `classes__0__to="2026-09-30"`."""
    request = copy.deepcopy(CLEAN)
    for name, value in changes.items():
        *parents, last = (int(part) if part.isdigit() else part for part in name.split("__"))
        target: Any = request
        for part in parents:
            target = target[part]
        target[last.rstrip("_") if isinstance(last, str) else last] = value
    return request


def a_class(name: str, **changes: Any) -> dict[str, Any]:
    """Give a clean class by another id, that meets on its own."""
    planned = copy.deepcopy(CLEAN["classes"][0])
    return {**planned, "id": name, **{key.rstrip("_"): value for key, value in changes.items()}}


def a_random_request(seed: int) -> dict[str, Any]:  # noqa: C901 one draw after another, read from top to bottom
    """Give a request of a few classes around a few weeks, drawn so that most rules are broken somewhere."""
    draw = random.Random(seed)
    start = draw.choice([date(2026, 8, 28), date(2018, 12, 20), date(2026, 12, 20)])
    days = [(start + timedelta(days=n)) for n in range(40)]

    def day() -> str:
        return draw.choice(days).isoformat()

    def days_from_to() -> dict[str, str]:
        first, last = sorted((day(), day()))
        return {"from": first, "to": draw.choice([last, first])}

    def span() -> tuple[str, str]:
        first, last = sorted(draw.sample(CLOCKS, 2))
        return first, last

    def programme() -> dict[str, str]:
        return {"subject": draw.choice(SUBJECTS), "stage": draw.choice(STAGES)}

    def optional(planned: dict[str, Any], key: str, value: Any) -> None:
        choice = draw.random()
        if choice < 0.7:
            planned[key] = value
        elif choice < 0.8:
            planned[key] = None

    progress = {
        (p["stage"], p["subject"], draw.randint(1, 2), draw.randint(1, 2)): day()
        for p in (programme() for _ in range(4))
    }
    school: dict[str, Any] = {
        "terms": [days_from_to() for _ in range(draw.randint(0, 3))],
        "hours": {stage: [list(span()) for _ in range(draw.randint(1, 2))] for stage in STAGES if draw.random() < 0.7},
    }
    optional(school, "holidays", [day() for _ in range(4)])
    optional(school, "makeup_days", [day() for _ in range(3)])
    optional(
        school,
        "progress",
        [{"stage": s, "subject": b, "grade": g, "unit": u, "from": on} for (s, b, g, u), on in progress.items()],
    )
    classes = []
    for number in range(draw.randint(1, 4)):
        planned: dict[str, Any] = {
            "id": draw.choice(["c", "é", "班", "Z"]) + str(number),
            "name": "班",
            **programme(),
            "grade": draw.randint(0, 2),
            **days_from_to(),
            "students": draw.randint(0, 16),
            "meetings": [],
        }
        for _ in range(draw.randint(0, 4)):
            begin, end = span()
            meeting = {
                "weekday": draw.randint(1, 3) if draw.random() < 0.8 else draw.randint(1, 7),
                "start": begin,
                "end": end,
                "teacher": draw.choice(["t1", "t2", "t9"]),
            }
            optional(meeting, "room", draw.choice(["A", "B"]))
            planned["meetings"].append(meeting)
        optional(planned, "homework", draw.random() < 0.3)
        optional(planned, "contest", draw.random() < 0.3)
        optional(planned, "fee", {"months": draw.choice([1, 3, 3.01, 4]), "hours": draw.choice([0, 60, 60.5, 61])})
        inside = [on.isoformat() for on in days if planned["from"] <= on.isoformat() <= planned["to"]]
        content = [
            {"date": draw.choice(inside), "grade": draw.randint(0, 2), "unit": draw.randint(1, 2)} for _ in range(2)
        ]
        optional(planned, "content", content)
        classes.append(planned)
    teachers: list[dict[str, Any]] = [{"id": name, "registered": draw.random() < 0.8} for name in ("t1", "t2")]
    for teacher in teachers:
        optional(teacher, "certificates", [programme() for _ in range(2)])
    return {
        "district": "500103",
        "licence": {"programmes": [programme() for _ in range(4)]},
        "school": school,
        "rooms": [{"id": "A", "area": draw.choice([41.99, 42, 42.0, 30])}, {"id": "B", "area": draw.choice([0, 12.5])}],
        "teachers": teachers,
        "classes": classes,
    }
