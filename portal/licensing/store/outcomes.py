"""How a case's checks stood when it was closed: sealed, for their words can name people."""

from dataclasses import replace
from datetime import date

from pydantic import TypeAdapter

from portal.base import crypto, db
from portal.kernel.rule import Outcome

OUTCOMES = TypeAdapter(list[Outcome])


def _place(case_id: int) -> str:
    return f"application_outcome:{case_id}"


async def keep(case_id: int, outcomes: list[Outcome], on: date) -> None:
    """Keep the outcomes of the day on which a case was closed; what was measured stands in their words."""
    rows = [replace(one, measured=None, limit=None) for one in outcomes]
    sealed = crypto.keys().encrypt(OUTCOMES.dump_json(rows).decode(), place=_place(case_id))
    sql = "INSERT INTO application_outcome (application_id, judged_on, sealed) VALUES ($1, $2, $3)"
    await db.execute(sql, case_id, on, sealed)


async def kept(case_id: int) -> tuple[list[Outcome], date] | None:
    """Give the outcomes as they were kept, with their day; nothing for a case that wasn't closed."""
    row = await db.row("SELECT judged_on, sealed FROM application_outcome WHERE application_id = $1", case_id)
    if row is None:
        return None
    return OUTCOMES.validate_json(crypto.keys().decrypt(row["sealed"], place=_place(case_id))), row["judged_on"]
