"""Queries of the bureaus' own policy values. Nothing is overwritten: each row holds from a day on."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.base import db

LOCK = 7_300_012


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


async def version() -> int:
    """The number of the last value that was entered."""
    found = await db.row("SELECT coalesce(max(id), 0) AS version FROM policy_value")
    return int(found["version"]) if found else 0


async def lock() -> None:
    """Let one value after the other be entered: else a version could be read before an older value is seen."""
    await db.execute("SELECT pg_advisory_xact_lock($1)", LOCK)


async def entries(name: str | None = None) -> list[ValueEntry]:
    """Every value that a bureau has entered, or those of one name, in the order of entering."""
    sql = "SELECT * FROM policy_value WHERE $1::text IS NULL OR name = $1 ORDER BY id"
    return [ValueEntry(**entry) for entry in await db.rows(sql, name)]


async def add(entry: ValueEntry) -> int:
    """Enter a value; its number is given here."""
    row = await db.row(
        "INSERT INTO policy_value (name, value, district, since, until, cite, reason, checked_on, entered, entered_by)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
        entry.name, entry.value, entry.district, entry.since, entry.until, entry.cite, entry.reason, entry.checked_on,
        entry.entered, entry.entered_by,
    )  # fmt: skip
    assert row is not None
    return int(row["id"])
