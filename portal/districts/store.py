"""Every query of districts, schools, calendar and policy values. Inside the caller's transaction; opens none."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.base import db
from portal.kernel.errors import Missing

PAGE = 50
CALENDAR_LOCK = 7_300_011
POLICY_LOCK = 7_300_012


@dataclass(frozen=True, slots=True)
class District:
    """An authority that decides cases."""

    code: str
    name: str
    authority: str
    mark: str
    telephone: str
    address: str
    court: str
    review_authority: str
    has_standard_code: bool
    is_active: bool
    version: int


@dataclass(frozen=True, slots=True)
class School:
    """A school on its district's list; `stages` are the portal's codes."""

    id: int
    district: str
    name: str
    code: str
    credit_code: str
    premises: str
    stages: tuple[str, ...]
    is_active: bool
    version: int


@dataclass(frozen=True, slots=True)
class DayEntry:
    """What the city says of one day, and since when."""

    id: int
    day: date
    kind: str
    name: str
    cite: str
    entered: datetime
    entered_by: str


@dataclass(frozen=True, slots=True)
class ValueEntry:
    """A bureau's own dated value."""

    id: int
    name: str
    value: str
    district: str | None
    since: date
    until: date | None
    cite: str
    reason: str
    checked_on: date
    entered: datetime
    entered_by: str


async def districts(*, with_closed: bool = False) -> list[District]:
    """Every authority, by code."""
    found = await db.rows("SELECT * FROM district WHERE is_active OR $1 ORDER BY code", with_closed)
    return [District(**entry) for entry in found]


async def district(code: str) -> District | None:
    """One authority."""
    found = await db.row("SELECT * FROM district WHERE code = $1", code)
    return District(**found) if found else None


async def add_districts(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Add the authorities whose code isn't there yet; return the codes that were added."""
    found = await db.rows(
        "INSERT INTO district (code, name, authority, mark, telephone, address, court, review_authority,"
        " has_standard_code) SELECT code, name, authority, mark, coalesce(telephone, ''), coalesce(address, ''), court,"
        " review_authority, has_standard_code FROM jsonb_to_recordset($1::jsonb) AS given (code text, name text,"
        " authority text, mark text, telephone text, address text, court text, review_authority text,"
        " has_standard_code boolean) ON CONFLICT DO NOTHING RETURNING code",
        json.dumps(rows, ensure_ascii=False),
    )  # fmt: skip
    return sorted(str(entry["code"]) for entry in found)


async def calendar_version() -> str:
    """The last entries of days and of years: each change gives a version that never comes twice."""
    found = await db.row(
        "SELECT coalesce((SELECT max(id) FROM calendar_day), 0) AS days,"
        " coalesce((SELECT max(id) FROM calendar_year), 0) AS years"
    )
    return f"{found['days']}.{found['years']}" if found else "0.0"


async def calendar_days(first: date = date.min, last: date = date.max) -> list[DayEntry]:
    """What holds of each day that the city has entered: its last entry."""
    found = await db.rows(
        "SELECT DISTINCT ON (day) * FROM calendar_day WHERE day BETWEEN $1 AND $2 ORDER BY day, id DESC", first, last
    )
    return [DayEntry(**entry) for entry in found]


async def calendar_years() -> dict[int, str]:
    """The years that the city has entered as announced, with the notice."""
    found = await db.rows("SELECT year, cite FROM calendar_year ORDER BY year")
    return {int(entry["year"]): str(entry["cite"]) for entry in found}


async def policy_version() -> int:
    """The number of the last value that was entered."""
    found = await db.row("SELECT coalesce(max(id), 0) AS version FROM policy_value")
    return int(found["version"]) if found else 0


async def values() -> list[ValueEntry]:
    """Every value that a bureau has entered, in the order of entering."""
    return [ValueEntry(**entry) for entry in await db.rows("SELECT * FROM policy_value ORDER BY id")]


async def schools_named(district_code: str, name_key: str, codes: Sequence[str]) -> list[School]:
    """Schools in use that have this name in the district, or one of these codes anywhere in the city."""
    found = await db.rows(
        "SELECT * FROM school WHERE is_active AND ((district = $1 AND name_key = $2)"
        " OR code = ANY($3::text[]) OR credit_code = ANY($3::text[])) ORDER BY (district = $1) DESC, id LIMIT 5",
        district_code, name_key, list(codes),
    )  # fmt: skip
    return [school_of(entry) for entry in found]


async def has_schools(district_code: str) -> bool:
    """Whether the district has entered its list at all."""
    return (
        await db.row("SELECT 1 AS one FROM school WHERE district = $1 AND is_active LIMIT 1", district_code) is not None
    )


def school_of(entry: dict[str, Any]) -> School:
    """Make a school of its row."""
    stages = tuple(part for part in str(entry["stages"]).split(",") if part)
    names = ("id", "district", "name", "code", "credit_code", "premises", "is_active", "version")
    return School(**{name: entry[name] for name in names}, stages=stages)


async def required(code: str) -> District:
    """One authority; Missing where there is none."""
    found = await district(code)
    if found is None:
        raise Missing
    return found
