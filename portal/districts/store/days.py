"""Queries of the city's calendar. Nothing is overwritten: the last entry of a day counts."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.base import db

LOCK = 7_300_011


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


async def version() -> str:
    """The last entries of days and of years: each change gives a version that never comes twice."""
    found = await db.row(
        "SELECT coalesce((SELECT max(id) FROM calendar_day), 0) AS days,"
        " coalesce((SELECT max(id) FROM calendar_year), 0) AS years"
    )
    return f"{found['days']}.{found['years']}" if found else "0.0"


async def lock() -> None:
    """Let one change after the other be made: else a version could be read before an older change is seen."""
    await db.execute("SELECT pg_advisory_xact_lock($1)", LOCK)


async def entries(first: date = date.min, last: date = date.max) -> list[DayEntry]:
    """What holds of each day that the city has entered: its last entry."""
    found = await db.rows(
        "SELECT DISTINCT ON (day) * FROM calendar_day WHERE day BETWEEN $1 AND $2 ORDER BY day, id DESC", first, last
    )
    return [DayEntry(**entry) for entry in found]


async def years() -> dict[int, str]:
    """The years that the city has entered as announced, with the notice."""
    found = await db.rows("SELECT year, cite FROM calendar_year ORDER BY year")
    return {int(entry["year"]): str(entry["cite"]) for entry in found}


async def add(day: date, kind: str, name: str, cite: str, at: datetime, by: str) -> int:
    """Enter what a day is from now on."""
    row = await db.row(
        "INSERT INTO calendar_day (day, kind, name, cite, entered, entered_by) VALUES ($1, $2, $3, $4, $5, $6)"
        " RETURNING id",
        day, kind, name, cite, at, by,
    )  # fmt: skip
    assert row is not None
    return int(row["id"])


async def add_year(year: int, cite: str, at: datetime) -> bool:
    """Mark a year as announced and entered; false when it was marked already."""
    sql = "INSERT INTO calendar_year (year, cite, entered) VALUES ($1, $2, $3) ON CONFLICT (year) DO NOTHING"
    return await db.execute(sql, year, cite, at) == 1
