"""Every query of papers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.base import db

COLUMNS = (
    "id, kind, subject, district, institution_id, number, code, facts, template_version, fonts_version, decided_at,"
    " is_demo, state, stopped_reason, made_at, file_id"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A paper as the table holds it."""

    id: int
    kind: str
    subject: str
    district: str
    institution_id: int | None
    number: str
    code: str
    facts: str
    template_version: str
    fonts_version: str
    decided_at: datetime
    is_demo: bool
    state: str
    stopped_reason: str
    made_at: datetime | None
    file_id: int | None


async def add(**given: Any) -> int:
    """Write a promised paper; return its id."""
    names = ", ".join(given)
    places = ", ".join(f"${place}" for place in range(1, len(given) + 1))
    found = await db.row(f"INSERT INTO document ({names}) VALUES ({places}) RETURNING id", *given.values())  # noqa: S608 the names are our own arguments
    assert found is not None
    return int(found["id"])


async def one(document_id: int) -> Row | None:
    """Read a paper by its id."""
    return _row(await db.row(f"SELECT {COLUMNS} FROM document WHERE id = $1", document_id))  # noqa: S608 our own columns


async def by_code(code: str) -> Row | None:
    """Read a paper by the code that is printed on it."""
    return _row(await db.row(f"SELECT {COLUMNS} FROM document WHERE code = $1", code))  # noqa: S608 our own columns


async def of_subject(subject: str) -> list[Row]:
    """Read the papers of a case, in the order in which they were decided."""
    sql = f"SELECT {COLUMNS} FROM document WHERE subject = $1 ORDER BY decided_at, id"  # noqa: S608 our own columns
    return [Row(**found) for found in await db.rows(sql, subject)]


async def replacement(row: Row) -> datetime | None:
    """Tell when a later certificate of the same kind and licence number was decided."""
    sql = "SELECT min(decided_at) AS at FROM document WHERE kind = $1 AND number = $2 AND id > $3"
    found = await db.row(sql, row.kind, row.number, row.id)
    return found["at"] if found else None


async def unfinished() -> dict[str, int]:
    """Count the papers that are promised and not made, and those that can't be made."""
    sql = "SELECT state, count(*) AS n FROM document WHERE state IN ('promised', 'stopped') GROUP BY state"
    return {"promised": 0, "stopped": 0} | {found["state"]: int(found["n"]) for found in await db.rows(sql)}


async def lock_subject(subject: str) -> list[tuple[str, str]]:
    """Hold the papers of a case until the transaction ends; give kind and state of each."""
    sql = "SELECT kind, state FROM document WHERE subject = $1 ORDER BY id FOR UPDATE"
    return [(found["kind"], found["state"]) for found in await db.rows(sql, subject)]


async def attach(document_id: int, *, file_id: int, unsigned: str, signed: str, at: datetime) -> bool:
    """Attach the finished file where none is attached yet: of two makers one wins."""
    sql = (
        "UPDATE document SET state = 'made', file_id = $2, unsigned_sha256 = $3, signed_sha256 = $4, made_at = $5"
        " WHERE id = $1 AND state = 'promised'"
    )
    return await db.execute(sql, document_id, file_id, unsigned, signed, at) == 1


async def stop(document_id: int, reason: str) -> bool:
    """Note why a paper can't be made as it was promised."""
    sql = "UPDATE document SET state = 'stopped', stopped_reason = $2 WHERE id = $1 AND state = 'promised'"
    return await db.execute(sql, document_id, reason[:300]) == 1


async def again(document_id: int, *, templates: str, fonts: str) -> bool:
    """Let a paper that stopped be made again, with today's templates and fonts; false when it isn't stopped."""
    sql = (
        "UPDATE document SET state = 'promised', stopped_reason = '', template_version = $2, fonts_version = $3"
        " WHERE id = $1 AND state = 'stopped'"
    )
    return await db.execute(sql, document_id, templates, fonts) == 1


def _row(found: dict[str, Any] | None) -> Row | None:
    return Row(**found) if found else None
