"""What happened to a case: its timeline, verdicts, notices, opinions."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.base import db
from portal.base.actor import Actor


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline."""

    happened: datetime
    event: str
    role: str
    account_id: int | None
    state: str
    note: str


async def add_event(case_id: int, event: str, actor: Actor, state: str, at: datetime, note: str = "") -> None:
    """Add a line to the timeline that both sides see."""
    await db.execute(
        "INSERT INTO application_event (application_id, happened, event, role, account_id, state, note)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        case_id, at, event, actor.role, actor.account_id, state, note,
    )  # fmt: skip


async def events(case_id: int) -> list[Happening]:
    """Give the timeline, the oldest first."""
    found = await db.rows(
        "SELECT happened, event, role, account_id, state, note FROM application_event"
        " WHERE application_id = $1 ORDER BY happened, id",
        case_id,
    )
    return [Happening(**row) for row in found]


@dataclass(frozen=True, slots=True)
class Verdict:
    """An examiner's verdict on a material (`material:slot`) or a finding (`check:rule`)."""

    about: str
    verdict: str
    remark: str
    by: int
    at: datetime


async def judge(case_id: int, round_: int, about: str, verdict: str, remark: str, by: Actor, at: datetime) -> None:
    """Keep a verdict; judging again in the same round replaces it."""
    await db.execute(
        "INSERT INTO application_judgement (application_id, round, about, verdict, remark, by, at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (application_id, round, about)"
        " DO UPDATE SET verdict = EXCLUDED.verdict, remark = EXCLUDED.remark, by = EXCLUDED.by, at = EXCLUDED.at",
        case_id, round_, about, verdict, remark, by.account_id, at,
    )  # fmt: skip


async def verdicts(case_id: int, round_: int) -> dict[str, Verdict]:
    """Give a round's verdicts by what they are about."""
    found = await db.rows(
        "SELECT about, verdict, remark, by, at FROM application_judgement WHERE application_id = $1 AND round = $2",
        case_id, round_,
    )  # fmt: skip
    return {row["about"]: Verdict(**row) for row in found}


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that a correction notice asks for: a section or `material:slot`."""

    round: int
    target: str
    remark: str
    cites: str


async def add_gaps(case_id: int, lacking: list[Lacking]) -> None:
    """Keep what a correction notice names."""
    for one in lacking:
        await db.execute(
            "INSERT INTO application_gap (application_id, round, target, remark, cites) VALUES ($1, $2, $3, $4, $5)",
            case_id, one.round, one.target, one.remark, one.cites,
        )  # fmt: skip


async def gaps(case_id: int) -> list[Lacking]:
    """Give everything that correction notices of this case have named, by round."""
    found = await db.rows(
        "SELECT round, target, remark, cites FROM application_gap WHERE application_id = $1 ORDER BY round, id", case_id
    )
    return [Lacking(**row) for row in found]


@dataclass(frozen=True, slots=True)
class Opinion:
    """A recommendation, decision, visit, extension: as it was written."""

    id: int
    kind: str
    outcome: str
    reasons: tuple[str, ...]
    text: str
    facts: dict[str, Any]
    by: int
    at: datetime


async def add_opinion(
    case_id: int, kind: str, by: Actor, at: datetime, *, outcome: str = "", reasons: tuple[str, ...] = (),
    text: str = "", facts: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Keep an opinion; none is ever overwritten."""
    await db.execute(
        "INSERT INTO application_opinion (application_id, kind, outcome, reasons, text, facts, by, at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        case_id, kind, outcome, json.dumps(list(reasons)), text, json.dumps(facts or {}, ensure_ascii=False),
        by.account_id, at,
    )  # fmt: skip


async def opinions(case_id: int) -> list[Opinion]:
    """Give every opinion on a case, the oldest first."""
    found = await db.rows("SELECT * FROM application_opinion WHERE application_id = $1 ORDER BY at, id", case_id)
    return [
        Opinion(
            row["id"], row["kind"], row["outcome"], tuple(_json(row["reasons"])), row["text"], _json(row["facts"]),
            row["by"], row["at"],
        )
        for row in found
    ]  # fmt: skip


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


async def notify(key: str, case_id: int, side: str, kind: str, text: str, at: datetime) -> bool:
    """Leave a notice for the applicant or the bureau once; false when it was there already."""
    row = await db.row(
        "INSERT INTO application_notice (key, application_id, side, kind, text, happened)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (key) DO NOTHING RETURNING id",
        key, case_id, side, kind, text, at,
    )  # fmt: skip
    return row is not None


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as its reader sees it."""

    application_id: int
    kind: str
    text: str
    happened: datetime


async def notices(case_ids: list[int], side: str, limit: int = 20) -> list[Told]:
    """Give the newest notices of some cases for one side."""
    found = await db.rows(
        "SELECT application_id, kind, text, happened FROM application_notice"
        " WHERE application_id = ANY($1) AND side = $2 ORDER BY happened DESC, id DESC LIMIT $3",
        case_ids, side, limit,
    )  # fmt: skip
    return [Told(**row) for row in found]
