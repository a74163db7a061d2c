"""A licence as the registry shows it, made of its raw row. Pure."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from portal.registry.search import Place
from portal.registry.status import Restriction, status

LISTED = (
    "l.id, l.number, l.name, l.district, l.address, l.programmes, l.valid_from, l.valid_to, l.ending, l.ended_on,"
    " l.folded, l.is_demo,"
    " (SELECT json_agg(json_build_object('kind', r.kind, 'decision', r.decision, 'since', r.since, 'until', r.until,"
    " 'text', r.text) ORDER BY r.since, r.id) FROM licence_restriction r WHERE r.licence_id = l.id)::text AS laid"
)
WHOLE = f"{LISTED}, l.organisers, l.legal_representative, l.principal, l.credit_code, l.floor_area_m2, l.issue"


class Programme(NamedTuple):
    """What is taught to whom, by their codes."""

    subject: str
    stage: str


class Facts(NamedTuple):
    """What the page of one licence tells beyond the list."""

    organisers: str
    legal_representative: str
    principal: str
    credit_code: str
    floor_area_m2: Decimal | None
    issue: int


class Entry(NamedTuple):
    """A licence as it stands on a day, with what is laid over it."""

    id: int
    number: str
    name: str
    district: str
    address: str
    programmes: tuple[Programme, ...]
    valid_from: date
    valid_to: date
    ended_on: date | None
    status: str
    restrictions: tuple[Restriction, ...]
    is_demo: bool
    place: Place


def entry(row: Mapping[str, Any], today: date, place: Place) -> Entry:
    """Make the entry of a row as of a day; `place` is where it stands in its list."""
    laid = [_restriction(one) for one in json.loads(row["laid"])] if row["laid"] else []
    return Entry(
        place.id, row["number"], row["name"], row["district"], row["address"], _programmes(row["programmes"]),
        row["valid_from"], row["valid_to"], row["ended_on"], status(row["ending"], row["valid_to"], laid, today),
        tuple([one for one in laid if one.covers(today)]), row["is_demo"], place,
    )  # fmt: skip


def facts(row: Mapping[str, Any]) -> Facts:
    """Read what the page of one licence tells beyond the list."""
    return Facts(*(row[name] for name in Facts._fields))


@lru_cache(maxsize=4096)
def _programmes(written: str) -> tuple[Programme, ...]:
    """Read what is taught; most licences teach what many others teach."""
    return tuple(Programme(one["subject"], one["stage"]) for one in json.loads(written))


def _restriction(one: dict[str, Any]) -> Restriction:
    until = date.fromisoformat(one["until"]) if one["until"] else None
    return Restriction(one["kind"], one["decision"], date.fromisoformat(one["since"]), until, one["text"])
