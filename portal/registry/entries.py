"""A licence as the registry shows it, made of its raw row. Pure."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from portal.registry.search import Place
from portal.registry.status import Restriction, status

COLUMNS = (
    "l.id, l.number, l.name, l.district, l.address, l.organisers, l.legal_representative, l.principal, l.credit_code,"
    " l.floor_area_m2, l.programmes, l.valid_from, l.valid_to, l.issue, l.ending, l.ended_on, l.folded, l.is_demo,"
    " (SELECT json_agg(json_build_object('kind', r.kind, 'decision', r.decision, 'since', r.since, 'until', r.until,"
    " 'text', r.text) ORDER BY r.since, r.id) FROM licence_restriction r WHERE r.licence_id = l.id)::text AS laid"
)


@dataclass(frozen=True, slots=True)
class Programme:
    """What is taught to whom, by their codes."""

    subject: str
    stage: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A licence as it stands on a day, with what is laid over it."""

    id: int
    number: str
    name: str
    district: str
    address: str
    organisers: str
    legal_representative: str
    principal: str
    credit_code: str
    floor_area_m2: Decimal | None
    programmes: tuple[Programme, ...]
    valid_from: date
    valid_to: date
    issue: int
    ended_on: date | None
    status: str
    restrictions: tuple[Restriction, ...]
    is_demo: bool
    place: Place


def entry(row: dict[str, Any], today: date) -> Entry:
    """Make the entry of a row as of a day."""
    taught = row["programmes"]
    taught = json.loads(taught) if isinstance(taught, str) else taught
    laid = [_restriction(one) for one in json.loads(row["laid"] or "[]")]
    return Entry(
        row["id"], row["number"], row["name"], row["district"], row["address"], row["organisers"],
        row["legal_representative"], row["principal"], row["credit_code"], row["floor_area_m2"],
        tuple(Programme(one["subject"], one["stage"]) for one in taught), row["valid_from"], row["valid_to"],
        row["issue"], row["ended_on"], status(row["ending"], row["valid_to"], laid, today),
        tuple(one for one in laid if one.covers(today)), row["is_demo"],
        Place(row.get("is_ended", False), row.get("tier", 2), row["folded"], row["id"]),
    )  # fmt: skip


def _restriction(one: dict[str, Any]) -> Restriction:
    until = date.fromisoformat(one["until"]) if one["until"] else None
    return Restriction(one["kind"], one["decision"], date.fromisoformat(one["since"]), until, one["text"])
