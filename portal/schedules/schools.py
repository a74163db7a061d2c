"""A district's own school data: terms, hours and progress, for filings that name none."""

from functools import cache
from typing import Any

from portal.policy import shipped
from portal.schedules import reading
from portal.schedules.facts import School
from schemas import strict
from schemas.schedules import SchoolGiven


@cache
def of_district(code: str) -> School | None:
    """What the schools of a district do, or nothing where nobody has entered it."""
    entered: dict[str, Any] = shipped.read("schools")["school"]
    return reading.school(strict.read(SchoolGiven, entered[code])) if code in entered else None
