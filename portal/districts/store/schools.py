"""Queries of the districts' lists of schools."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.base import db
from portal.districts.rules import Written

PAGE = 50
LIST_LOCK = 7_300_013
FIELDS = ("id", "district", "name", "code", "credit_code", "premises", "is_active", "version")


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


def school_of(entry: dict[str, Any]) -> School:
    """Make a school of its row."""
    stages = tuple(part for part in str(entry["stages"]).split(",") if part)
    return School(**{name: entry[name] for name in FIELDS}, stages=stages)


async def named(district: str, name_key: str, codes: Sequence[str]) -> School | None:
    """The school in use that has this name in the district, or one of these codes anywhere in the city."""
    found = await db.row(
        "SELECT * FROM school WHERE is_active AND ((district = $1 AND name_key = $2)"
        " OR code = ANY($3::text[]) OR credit_code = ANY($3::text[])) ORDER BY (district = $1) DESC, id LIMIT 1",
        district, name_key, list(codes),
    )  # fmt: skip
    return school_of(found) if found else None


async def has_any(district: str) -> bool:
    """Whether the district has entered its list at all."""
    return await db.row("SELECT 1 AS one FROM school WHERE district = $1 AND is_active LIMIT 1", district) is not None


async def by_id(school_id: int) -> School | None:
    """One school."""
    found = await db.row("SELECT * FROM school WHERE id = $1", school_id)
    return school_of(found) if found else None


async def found(district: str | None, words: str, is_active: bool | None, page: int) -> list[School]:
    """One page of the list and one row more: words are looked for in name, codes and address."""
    pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = await db.rows(
        "SELECT * FROM school WHERE ($1::text IS NULL OR district = $1) AND ($2::boolean IS NULL OR is_active = $2)"
        " AND (name ILIKE $3 OR premises ILIKE $3 OR code ILIKE $3 OR credit_code ILIKE $3)"
        ' ORDER BY name COLLATE "C", id LIMIT $4 OFFSET $5',
        district, is_active, pattern, PAGE + 1, (page - 1) * PAGE,
    )  # fmt: skip
    return [school_of(entry) for entry in rows]


async def counted(district: str | None) -> dict[str, int]:
    """How many schools are in use, by district."""
    rows = await db.rows(
        "SELECT district, count(*) AS schools FROM school WHERE is_active AND ($1::text IS NULL OR district = $1)"
        " GROUP BY district",
        district,
    )
    return {str(entry["district"]): int(entry["schools"]) for entry in rows}


async def of_district(district: str) -> list[School]:
    """The whole list of a district in use, by name."""
    rows = await db.rows(
        'SELECT * FROM school WHERE district = $1 AND is_active ORDER BY name COLLATE "C", id', district
    )
    return [school_of(entry) for entry in rows]


async def lock(district: str) -> None:
    """Let one transaction after the other change a district's list."""
    await db.execute("SELECT pg_advisory_xact_lock($1, $2)", LIST_LOCK, int(district))


async def taken(district: str, school: Written, but: int) -> set[str]:
    """Which of name and codes another school in use has already: a name in its district, a code in the city."""
    rows = await db.rows(
        "SELECT (district = $1 AND name_key = $2) AS name, (code = $3 AND $3 <> '') AS code,"
        " (credit_code = $4 AND $4 <> '') AS credit_code FROM school WHERE is_active AND id <> $5"
        " AND ((district = $1 AND name_key = $2) OR (code = $3 AND $3 <> '') OR (credit_code = $4 AND $4 <> ''))",
        district, school.name_key, school.code, school.credit_code, but,
    )  # fmt: skip
    return {field for entry in rows for field, is_taken in entry.items() if is_taken}


async def holders(codes: Sequence[str]) -> dict[str, int]:
    """Which school in use, anywhere in the city, has each of these codes."""
    rows = await db.rows(
        "SELECT id, code, credit_code FROM school WHERE is_active"
        " AND (code = ANY($1::text[]) OR credit_code = ANY($1::text[]))",
        list(codes),
    )
    return {code: int(entry["id"]) for entry in rows for code in (entry["code"], entry["credit_code"]) if code}


async def add(district: str, school: Written, at: datetime) -> int:
    """Put a school on the list."""
    row = await db.row(
        "INSERT INTO school (district, name, name_key, code, credit_code, premises, stages, created)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        district, school.name, school.name_key, school.code, school.credit_code, school.premises,
        ",".join(school.stages), at,
    )  # fmt: skip
    assert row is not None
    return int(row["id"])


async def change(school_id: int, version: int, school: Written) -> bool:
    """Write a school anew; false when somebody else was faster."""
    done = await db.execute(
        "UPDATE school SET name = $3, name_key = $4, code = $5, credit_code = $6, premises = $7, stages = $8,"
        " version = version + 1 WHERE id = $1 AND version = $2",
        school_id, version, school.name, school.name_key, school.code, school.credit_code, school.premises,
        ",".join(school.stages),
    )  # fmt: skip
    return done == 1


async def set_active(school_id: int, version: int, *, is_active: bool) -> bool:
    """Take a school off the list or put it back; false when somebody else was faster."""
    sql = "UPDATE school SET is_active = $3, version = version + 1 WHERE id = $1 AND version = $2 AND is_active <> $3"
    return await db.execute(sql, school_id, version, is_active) == 1
