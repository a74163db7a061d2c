"""Time limits of cases: running and ended, with the days on which they stood still."""

import json
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.base import db
from portal.kernel.calendar import Pause, TimeLimit
from portal.policy.values import LegalTime

CODE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Running:
    """A limit: from which event, how long, until when; the promise beside it."""

    id: int
    application_id: int
    code: str
    kind: str
    step: str
    event_on: date
    limit: TimeLimit
    promised: TimeLimit | None
    extended: TimeLimit | None
    due_on: date
    promised_on: date | None
    is_provisional: bool
    reminded: str
    ended_on: date | None
    cite: str
    promised_cite: str
    pauses: tuple[tuple[str, Pause], ...] = ()

    @property
    def stops(self) -> tuple[Pause, ...]:
        """The pauses alone, as the calendar takes them."""
        return tuple(pause for _, pause in self.pauses)


def _limit(value: Any) -> TimeLimit | None:
    value = json.loads(value) if isinstance(value, str) else value
    return TimeLimit(value["unit"], value["count"]) if value else None


def _written(limit: TimeLimit | None) -> str | None:
    return json.dumps({"unit": limit.unit, "count": limit.count}) if limit else None


async def start(
    case_id: int, kind: str, event_on: date, time: LegalTime, due_on: date, promised_on: date | None, *,
    is_provisional: bool,
) -> str:  # fmt: skip
    """Start a limit as the policy has it now, whatever it says later; return the code of the page that explains it."""
    code = secrets.token_hex(CODE_BYTES)
    await db.execute(
        'INSERT INTO application_clock (application_id, code, kind, step, event_on, "limit", promised, due_on,'
        " promised_on, is_provisional, reminded, cite, promised_cite)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11, $12)",
        case_id, code, kind, time.step, event_on, _written(time.statutory), _written(time.promised), due_on,
        promised_on, is_provisional, time.cite, time.promised_cite if time.promised else "",
    )  # fmt: skip
    return code


async def stop(case_id: int, on: date) -> None:
    """End the running limits of a case."""
    await db.execute(
        "UPDATE application_clock SET ended_on = $2 WHERE application_id = $1 AND ended_on IS NULL", case_id, on
    )


async def of_case(case_id: int) -> list[Running]:
    """Give a case's limits, the oldest first."""
    return await _found("application_id = $1", case_id)


async def running() -> list[Running]:
    """Give every limit that still runs."""
    return await _found("ended_on IS NULL")


async def running_of(case_ids: list[int]) -> list[Running]:
    """Give the limits that run for these cases."""
    return await _found("ended_on IS NULL AND application_id = ANY($1)", case_ids)


async def by_code(code: str) -> Running | None:
    """Find a limit by the code of its page."""
    found = await _found("code = $1", code)
    return found[0] if found else None


async def _found(where: str, *values: Any) -> list[Running]:
    rows = await db.rows(f"SELECT * FROM application_clock WHERE {where} ORDER BY id", *values)  # noqa: S608 our words
    pauses: dict[int, list[tuple[str, Pause]]] = {}
    sql = "SELECT * FROM application_pause WHERE clock_id = ANY($1) ORDER BY starts, id"
    for row in await db.rows(sql, [row["id"] for row in rows]):
        pauses.setdefault(row["clock_id"], []).append((row["ground"], Pause(row["starts"], row["ends"])))
    return [_running(row, tuple(pauses.get(row["id"], ()))) for row in rows]


def _running(row: dict[str, Any], pauses: tuple[tuple[str, Pause], ...]) -> Running:
    limit = _limit(row["limit"])
    assert limit is not None
    return Running(
        id=row["id"], application_id=row["application_id"], code=row["code"], kind=row["kind"], step=row["step"],
        event_on=row["event_on"], limit=limit, promised=_limit(row["promised"]), extended=_limit(row["extended"]), due_on=row["due_on"],
        promised_on=row["promised_on"], is_provisional=row["is_provisional"], reminded=row["reminded"],
        ended_on=row["ended_on"], cite=row["cite"], promised_cite=row["promised_cite"], pauses=pauses,
    )  # fmt: skip


async def add_pause(clock_id: int, ground: str, starts: date, ends: date) -> None:
    """Let a limit stand still on some days."""
    await db.execute(
        "INSERT INTO application_pause (clock_id, ground, starts, ends) VALUES ($1, $2, $3, $4)",
        clock_id, ground, starts, ends,
    )  # fmt: skip


async def move(clock: Running, due_on: date, promised_on: date | None, *, is_provisional: bool) -> None:
    """Set a limit's days anew, and the case's with it: after a pause, an extension, or a changed calendar."""
    await db.execute(
        "UPDATE application_clock SET due_on = $2, promised_on = $3, is_provisional = $4 WHERE id = $1",
        clock.id, due_on, promised_on, is_provisional,
    )  # fmt: skip
    await db.execute("UPDATE application SET due_on = $2 WHERE id = $1", clock.application_id, due_on)


async def mark_reminded(clock_id: int, before: str, mark: str) -> bool:
    """Note that a reminder went out; false when somebody else noted it first."""
    sql = "UPDATE application_clock SET reminded = $3 WHERE id = $1 AND reminded = $2"
    return await db.execute(sql, clock_id, before, mark) == 1


async def extend(clock: Running, by: TimeLimit, promised_on: date) -> None:
    """Keep by how much the promise was moved, so that whatever counts the days anew moves it too."""
    sql = "UPDATE application_clock SET extended = $2, promised_on = $3 WHERE id = $1"
    await db.execute(sql, clock.id, _written(by), promised_on)
