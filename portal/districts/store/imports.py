"""Queries of handed-in lists of schools: kept with their file until somebody confirms or a newer one comes."""

from dataclasses import dataclass
from datetime import datetime

from portal.base import db
from portal.districts.rules import Written
from portal.districts.store.schools import School


@dataclass(frozen=True, slots=True)
class Import:
    """A list that was handed in, and what it would change."""

    id: int
    district: str
    file_id: int
    added: int
    changed: int
    state: str
    created: datetime
    created_by: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a handed-in list would change, and what is wrong with it (row number, what to do)."""

    added: list[Written]
    changed: list[tuple[School, Written]]
    same: list[School]
    faults: list[tuple[int, str]]


async def add(district: str, file_id: int, added: int, changed: int, at: datetime, by: str) -> int:
    """Keep a list that waits for its confirmation."""
    row = await db.row(
        "INSERT INTO school_import (district, file_id, added, changed, state, created, created_by)"
        " VALUES ($1, $2, $3, $4, 'waiting', $5, $6) RETURNING id",
        district, file_id, added, changed, at, by,
    )  # fmt: skip
    assert row is not None
    return int(row["id"])


async def by_id(import_id: int) -> Import | None:
    """One list that was handed in."""
    found = await db.row("SELECT * FROM school_import WHERE id = $1", import_id)
    return Import(**found) if found else None


async def confirm(import_id: int) -> bool:
    """Mark a list as taken over; false when that was done already."""
    sql = "UPDATE school_import SET state = 'done' WHERE id = $1 AND state = 'waiting'"
    return await db.execute(sql, import_id) == 1
