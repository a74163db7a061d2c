"""Queries of the audit log, for those who may read it. Nothing here writes."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.base import db

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the audit chain."""

    id: int
    happened: datetime
    actor: str
    action: str
    subject: str
    details: dict[str, Any]
    hash: str


async def entries(
    before: int, actor: str, action: str, subject: str, first: datetime | None, last: datetime | None
) -> list[Entry]:
    """One page of entries and one more, the newest first, older than a number."""
    found = await db.rows(
        "SELECT id, happened, actor, action, subject, details, hash FROM audit_entry WHERE id < $1"
        " AND ($2 = '' OR actor = $2) AND ($3 = '' OR starts_with(action, $3)) AND ($4 = '' OR subject = $4)"
        " AND ($5::timestamptz IS NULL OR happened >= $5) AND ($6::timestamptz IS NULL OR happened < $6)"
        " ORDER BY id DESC LIMIT $7",
        before, actor, action, subject, first, last, PAGE + 1,
    )  # fmt: skip
    return [Entry(**{**entry, "details": opened(entry["details"])}) for entry in found]


async def head() -> tuple[int, str]:
    """The number and the hash of the last entry: who keeps them can later prove that nothing before was changed."""
    found = await db.row("SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1")
    return (int(found["id"]), str(found["hash"])) if found else (0, "")


def opened(details: Any) -> dict[str, Any]:
    """An entry's details, which the driver gives as text or as an object."""
    found: dict[str, Any] = json.loads(details) if isinstance(details, str) else details
    return found
