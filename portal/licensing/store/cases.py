"""Cases: found by who may see them, moved by conditional update, listed for clerks and for the bureau's queues."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from portal.accounts import service as accounts
from portal.base import db
from portal.base.actor import Actor
from portal.base.clock import SHANGHAI
from portal.kernel.errors import Conflict, Missing
from portal.licensing.states import ENDED, OFFICES, UNDECIDED, WORDS, Move, State


@dataclass(frozen=True, slots=True)
class Case:
    """An application as one query found it."""

    id: int
    number: str | None
    kind: str
    district: str
    institution_id: int
    name: str
    state: State
    version: int
    round: int
    created: datetime
    updated: datetime
    updated_by: str
    submitted_at: datetime | None
    accepted_on: date | None
    decided_at: datetime | None
    examiner_id: int | None
    recommended_by: int | None
    decided_by: int | None
    due_on: date | None
    licence_number: str | None
    is_demo: bool

    @property
    def subject(self) -> str:
        """How other tables name this case."""
        return f"application:{self.id}"


COLUMNS = ", ".join(Case.__dataclass_fields__)


def made(row: dict[str, Any]) -> Case:
    """Make a case of its row."""
    found = {name: row[name] for name in Case.__dataclass_fields__}
    return Case(**{**found, "state": State(found["state"])})


async def case(case_id: int) -> Case:
    """Find a case by its id, whoever asks: for the guard and for jobs."""
    row = await db.row(f"SELECT {COLUMNS} FROM application WHERE id = $1", case_id)  # noqa: S608 our own column names
    if row is None:
        raise Missing
    return made(row)


async def case_for(actor: Actor, case_id: int) -> Case:
    """Find a case that the actor may see: a clerk their institution's, a bureau its district's; else it is Missing."""
    found = await case(case_id)
    own = actor.role == "clerk" and actor.institution_id == found.institution_id
    district = actor.role in {"examiner", "approver", "district-admin"} and actor.district == found.district
    is_draft_of_others = found.state == State.DRAFT and not own
    if is_draft_of_others or not (own or district or actor.role in {"city-admin", "auditor", "clock"}):
        raise Missing
    return found


async def create(kind: str, district: str, institution_id: int, by: Actor, at: datetime, *, is_demo: bool) -> int:
    """Begin a draft; return its id."""
    row = await db.row(
        "INSERT INTO application (kind, district, institution_id, name, state, version, round, created, updated,"
        " updated_by, is_demo) VALUES ($1, $2, $3, '', 'draft', 1, 0, $4, $4, $5, $6) RETURNING id",
        kind, district, institution_id, at, by.reference, is_demo,
    )  # fmt: skip
    assert row is not None
    return int(row["id"])


async def one_start_at_a_time(institution_id: int, district: str) -> None:
    """Let no other request of the institution begin an application in this district until the transaction ends."""
    await db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"application.start:{institution_id}:{district}"
    )


async def untouched(institution_id: int, district: str) -> int | None:
    """Find the institution's draft in this district into which nothing has been written or put yet."""
    row = await db.row(
        "SELECT id FROM application WHERE institution_id = $1 AND district = $2 AND state = 'draft' AND NOT EXISTS"
        " (SELECT 1 FROM application_section WHERE application_id = application.id) AND NOT EXISTS"
        " (SELECT 1 FROM application_material WHERE application_id = application.id) ORDER BY id LIMIT 1",
        institution_id, district,
    )  # fmt: skip
    return int(row["id"]) if row else None


async def advance(found: Case, step: Move, *, version: int, by: Actor, at: datetime, **changes: Any) -> Case:
    """Move a case if it still is as it was seen; exactly one row, else a Conflict that says who was faster."""
    names = list(changes)
    sets = "".join(f", {name} = ${position}" for position, name in enumerate(names, start=7))
    row = await db.row(
        f"UPDATE application SET state = $3, version = version + 1, updated = $4, updated_by = $5{sets}"  # noqa: S608
        f" WHERE id = $1 AND version = $2 AND state = $6 RETURNING {COLUMNS}",
        found.id, version, step.target.value, at, by.reference, step.source.value, *changes.values(),
    )  # fmt: skip
    if row is None:
        raise await lost(found.id, by)
    return made(row)


async def touch(found: Case, *, version: int, by: Actor, at: datetime, **changes: Any) -> Case:
    """Change a case without moving it, if it still is as it was seen."""
    stay = Move(found.state, "", found.state, by.role)
    return await advance(found, stay, version=version, by=by, at=at, **changes)


async def lost(case_id: int, reader: Actor) -> Conflict:
    """Say who changed a case first and when, for the one who came second; applicants see offices, no names."""
    now = await case(case_id)
    role, _, account = now.updated_by.partition(":")
    names = await accounts.names([int(account)]) if account and reader.role != "clerk" else {}
    who = f"{OFFICES.get(role, '')} {names.get(int(account or 0), '')}".strip()
    hour = f"{now.updated.astimezone(SHANGHAI):%H:%M}"
    return Conflict(
        f"{who}在 {hour} 刚办理过这件申请，现在是“{WORDS[now.state]}”。你的提交没有生效。"
        "写过的内容在下面，核对最新情况后再办。",
        winner=now.updated_by,
    )


async def of_institution(institution_id: int) -> list[Case]:
    """Give an institution's applications, the newest first."""
    sql = f"SELECT {COLUMNS} FROM application WHERE institution_id = $1 ORDER BY created DESC, id DESC"  # noqa: S608
    return [made(row) for row in await db.rows(sql, institution_id)]


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What a bureau's queue shows: a district, a tab, filters from the address, a page."""

    district: str | None
    holder_id: int | None = None
    is_free: bool = False
    states: tuple[str, ...] = ()
    overdue_on: date | None = None
    words: str = ""
    offset: int = 0
    limit: int = 20


def _where(wanted: QueueFilter) -> tuple[str, list[Any]]:
    values: list[Any] = []
    parts = ["state <> 'draft'"]

    def add(sql: str, value: Any) -> None:
        values.append(value)
        parts.append(sql.replace("?", f"${len(values)}"))

    if wanted.district is not None:
        add("district = ?", wanted.district)
    if wanted.holder_id is not None:
        add("examiner_id = ?", wanted.holder_id)
    if wanted.is_free:
        parts.append("examiner_id IS NULL")
        add("state = ANY(?)", [state.value for state in UNDECIDED])
    if wanted.states:
        add("state = ANY(?)", list(wanted.states))
    if wanted.overdue_on is not None:
        add("due_on < ?", wanted.overdue_on)
        add("NOT state = ANY(?)", [state.value for state in ENDED])
    if wanted.words:
        add("(strpos(name, ?) > 0 OR strpos(coalesce(number, ''), ?) > 0)", wanted.words)
    return " AND ".join(parts), values


async def queue(wanted: QueueFilter) -> list[Case]:
    """List cases by their due date, those without one behind them, those that have ended last."""
    where, values = _where(wanted)
    values.append([state.value for state in ENDED])
    sql = (
        f"SELECT {COLUMNS} FROM application WHERE {where}"  # noqa: S608 parts are our own words, values are parameters
        f" ORDER BY due_on NULLS LAST, state = ANY(${len(values)}), id LIMIT {int(wanted.limit)} OFFSET {int(wanted.offset)}"
    )
    return [made(row) for row in await db.rows(sql, *values)]


async def held_by(district: str, examiner_id: int) -> list[Case]:
    """Give an examiner's open cases in a district, held for the rest of the transaction."""
    sql = (
        f"SELECT {COLUMNS} FROM application WHERE district = $1 AND examiner_id = $2"  # noqa: S608 our own column names
        " AND state = ANY($3) ORDER BY id FOR UPDATE"
    )
    states = [state.value for state in UNDECIDED]
    return [made(row) for row in await db.rows(sql, district, examiner_id, states)]


async def holders(district: str) -> dict[int, int]:
    """Count each examiner's open cases in a district."""
    rows = await db.rows(
        "SELECT examiner_id, count(*) AS size FROM application WHERE district = $1 AND state = ANY($2)"
        " AND examiner_id IS NOT NULL GROUP BY examiner_id",
        district, [state.value for state in UNDECIDED],
    )  # fmt: skip
    return {int(row["examiner_id"]): int(row["size"]) for row in rows}


async def queue_size(wanted: QueueFilter) -> int:
    """Count what `queue` would list on all its pages."""
    where, values = _where(wanted)
    row = await db.row(f"SELECT count(*) AS size FROM application WHERE {where}", *values)  # noqa: S608 as above
    assert row is not None
    return int(row["size"])


async def set_due(case_id: int, due_on: date | None) -> None:
    """Show the day until which the running step must be done, or that none runs."""
    await db.execute("UPDATE application SET due_on = $2 WHERE id = $1", case_id, due_on)


async def locked(case_id: int) -> None:
    """Hold a case for the rest of the transaction, so that what is written fits what is handed in."""
    await db.execute("SELECT 1 FROM application WHERE id = $1 FOR UPDATE", case_id)


async def rename(case_id: int, name: str) -> None:
    """Show the proposed name in lists."""
    await db.execute("UPDATE application SET name = $2 WHERE id = $1", case_id, name)


async def remove_draft(case_id: int, version: int, by: Actor) -> None:
    """Delete a draft with its answers, if it still is the draft that was seen."""
    sql = "DELETE FROM application WHERE id = $1 AND version = $2 AND state = 'draft'"
    if await db.execute(sql, case_id, version) != 1:
        raise await lost(case_id, by)
    await db.execute("DELETE FROM application_section WHERE application_id = $1", case_id)
    await db.execute("DELETE FROM application_material WHERE application_id = $1", case_id)


async def with_licence(found: Case, number: str) -> Case:
    """Note the licence that a case led to; inside the deciding transaction."""
    await db.execute("UPDATE application SET licence_number = $2 WHERE id = $1", found.id, number)
    return replace(found, licence_number=number)
