"""The registry's own reading of licences: raw rows, never model objects; it never writes."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.base import numbers, reading
from portal.registry.entries import LISTED, WHOLE, Entry, Facts, entry, facts
from portal.registry.search import COUNTED, ENDED_BY_ACT, Alternative, Place, Wanted, alternatives, rarest

HELD_SECONDS = 60.0
PASSED = 50_000
VERSION = f"(SELECT reached FROM counter WHERE series = '{numbers.PUBLIC}')"  # noqa: S608 our own word
ENDED = "(l.ending <> '' OR l.valid_to < {day})"
RESTRICTED = (
    "EXISTS (SELECT 1 FROM licence_restriction r WHERE r.licence_id = l.id AND r.since <= {day}"
    " AND (r.until IS NULL OR r.until >= {day}))"
)


class Sql:
    """A condition with its numbered values, put together piece by piece."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[Any] = []

    def value(self, given: Any) -> str:
        """Number a value and give its sign."""
        self.values.append(given)
        return f"${len(self.values)}"

    def add(self, part: str) -> None:
        """Demand one thing more."""
        self.parts.append(part)

    @property
    def where(self) -> str:
        """The whole condition."""
        return " AND ".join(self.parts) or "true"


async def holders() -> Mapping[str, int]:
    """How many rows hold each common piece, as last counted; it chooses the plan alone, so a minute's age is fine."""
    counted, at = reading.memory.get("holders", ({}, -HELD_SECONDS))
    if time.monotonic() - at >= HELD_SECONDS:
        found = await reading.rows("SELECT gram, holders FROM licence_dense_gram")
        counted = {row["gram"]: row["holders"] for row in found}
        reading.memory["holders"] = (counted, time.monotonic())
    known: Mapping[str, int] = counted
    return known


@dataclass(frozen=True, slots=True)
class Page:
    """Rows after a place, the number of all, and the registry's version that they show."""

    entries: list[Entry]
    size: int
    version: int


async def narrow(wanted: Wanted, today: date, after: Place | None, limit: int) -> Page:
    """Give a page in one statement: by the index, then sorted."""
    sql = Sql()
    day = sql.value(today)
    ended = ENDED.format(day=day)
    _by_status(sql, wanted.status, day)
    _by_index(sql, wanted, await holders())
    tier, where = _tier(sql, wanted), sql.where
    later = "true"
    if after:
        signs = ", ".join(sql.value(one) for one in (after.ended, after.tier, after.folded, after.id))
        later = f"(is_ended, tier, folded, id) > ({signs})"
    rows = await reading.rows(
        f"WITH hits AS MATERIALIZED (SELECT l.id, l.folded, {ended} AS is_ended, {tier} AS tier FROM licence l"  # noqa: S608 our own words, numbered values
        f" WHERE {where}), chosen AS (SELECT * FROM hits WHERE {later} ORDER BY is_ended, tier, folded, id"
        f" LIMIT {sql.value(limit)}) SELECT (SELECT count(*) FROM hits) AS size, {VERSION} AS version, c.is_ended, c.tier,"
        f" {LISTED}"
        " FROM (SELECT 1) AS one LEFT JOIN chosen c ON true LEFT JOIN licence l ON l.id = c.id"
        " ORDER BY c.is_ended, c.tier, c.folded, c.id",
        *sql.values,
    )
    found = [entry(row, today, _place(row)) for row in rows if row["id"] is not None]
    return Page(found, rows[0]["size"], rows[0]["version"] or 0)


def _place(row: Mapping[str, Any]) -> Place:
    return Place(row["is_ended"], row["tier"], row["folded"], row["id"])


def _tier(sql: Sql, wanted: Wanted) -> str:
    """The tier of a row: by number where a number was asked for, else by name."""
    if wanted.kind in {"all", "credit-code"}:
        return "2"
    column, text = ("number", wanted.digits) if wanted.kind == "number" else ("folded", wanted.folded)
    sign = sql.value(text)
    return f"CASE WHEN l.{column} = {sign} THEN 0 WHEN starts_with(l.{column}, {sign}) THEN 1 ELSE 2 END"


def _by_status(sql: Sql, wanted: str, day: str) -> None:
    if wanted in {"in-force", "restricted"}:
        sql.add(f"l.ending = '' AND l.valid_to >= {day}")
        sql.add(("" if wanted == "restricted" else "NOT ") + RESTRICTED.format(day=day))
    elif wanted == "expired":
        sql.add(f"l.ending = '' AND l.valid_to < {day}")
    elif wanted:
        sql.add(f"l.ending <> '' AND l.ending = {sql.value(wanted)}")


def _by_index(sql: Sql, wanted: Wanted, known: Mapping[str, int]) -> None:
    """Demand the words, in the form that the index can answer.

    What the index is asked stands apart from what each row is asked: a row's pieces are never read.
    """
    marks, pieces, exactly = wanted.filters(), [], []
    words = sql.value(wanted.folded) if wanted.folded else ""
    for one in alternatives(wanted) if wanted.kind != "credit-code" else ():
        asked = rarest(one.grams, known) + marks
        pieces.append(f"l.grams @> {sql.value(asked)}::text[]" if asked else "true")
        exactly.append(_holding(one, words) if one.columns else "true")
    if wanted.kind == "number":
        first, last = sql.value(wanted.digits), sql.value(wanted.digits + ":")  # ":" follows "9"
        number = f'(l.number >= {first} COLLATE "C" AND l.number < {last} COLLATE "C")'
        pieces.append(number)
        exactly.append(number)
    if wanted.kind == "credit-code":
        sql.add(f"l.credit_code <> '' AND l.credit_code = upper({words})")
    for choices in (pieces, exactly):
        if choices:
            sql.add("(" + " OR ".join(choices) + ")")
    if marks and wanted.kind in {"number", "credit-code"}:
        sql.add(f"l.marks @> {sql.value(marks)}::text[]")


def _holding(one: Alternative, words: str) -> str:
    """Demand that one of the columns holds the words, one after the other: the index knows mere pieces."""
    return "(" + " OR ".join(f"strpos(l.{column}, {words}) > 0" for column in one.columns) + ")"


async def walk(wanted: Wanted, today: date, after: Place | None, limit: int) -> Page | None:
    """Give the same, going through the names in order; nothing where too many names hold no hit (ask `narrow`)."""
    reached = await version()
    places = await _places(wanted, today, None, max(limit, COUNTED + 1))
    if places is None:
        return None
    page = await _places(wanted, today, after, limit) if after else places[:limit]
    if page is None:
        return None
    sql = f"SELECT {LISTED} FROM licence l WHERE l.id = ANY($1)"  # noqa: S608 our own columns
    found = {row["id"]: row for row in await reading.rows(sql, [place.id for place in page])}
    shown = [entry(found[place.id], today, place) for place in page if place.id in found]
    return Page(shown, len(places), reached)


async def _places(wanted: Wanted, today: date, after: Place | None, limit: int) -> list[Place] | None:
    """Walk tier by tier until there are enough places."""
    found: list[Place] = []
    for ended in wanted.ended:
        for tier in (0, 1, 2) if wanted.folded else (2,):
            if len(found) >= limit or (after and (ended, tier) < (after.ended, after.tier)):
                continue
            start = after if after and (ended, tier) == (after.ended, after.tier) else None
            more = await _tier_places(wanted, today, (ended, tier), start, limit - len(found))
            if more is None:
                return None
            found += more
    return found


async def _tier_places(
    wanted: Wanted, today: date, which: tuple[bool, int], after: Place | None, limit: int
) -> list[Place] | None:
    """Walk through one tier, past so many names at most; nothing where that was not enough to tell."""
    ended, tier = which
    sql = _step(wanted, today, tier, ended=ended)
    names = "licence"
    if tier < 2:
        sql.add(_behind(sql, after))
    else:
        names = f"({_names(sql, wanted, after)} LIMIT {PASSED})"
    query = f"SELECT l.folded, l.id FROM {names} l WHERE {sql.where} ORDER BY l.folded, l.id LIMIT {sql.value(limit)}"  # noqa: S608 our own words, numbered values
    rows = await reading.rows(query, *sql.values)
    if tier == 2 and len(rows) < limit and await _goes_on(wanted, after):
        return None
    return [Place(ended, tier, row["folded"], row["id"]) for row in rows]


async def _goes_on(wanted: Wanted, after: Place | None) -> bool:
    """Whether there are names behind those that a walk passes."""
    sql = Sql()
    query = f"{_names(sql, wanted, after)} OFFSET {PASSED} LIMIT 1"
    return await reading.row(query, *sql.values) is not None


def _names(sql: Sql, wanted: Wanted, after: Place | None) -> str:
    """The names in order, behind a place, out of an index alone; of licences ended by an act only those."""
    ended = f" AND l.ending <> '' AND l.ending = {sql.value(wanted.status)}" if wanted.status in ENDED_BY_ACT else ""
    return (
        "SELECT l.folded, l.id, l.place, l.sound, l.initials, l.marks, l.ending, l.valid_to FROM licence l"  # noqa: S608 as above
        f" WHERE {_behind(sql, after)}{ended} ORDER BY l.folded, l.id"
    )


def _behind(sql: Sql, after: Place | None) -> str:
    return f"(l.folded, l.id) > ({sql.value(after.folded)}, {sql.value(after.id)})" if after else "true"


def _step(wanted: Wanted, today: date, tier: int, *, ended: bool) -> Sql:
    """Demand what one tier's rows are, in a form that no index but the names' own can answer."""
    sql = Sql()
    day = sql.value(today)
    sql.add(f"{ENDED.format(day=day)} = {'true' if ended else 'false'}")
    _by_status(sql, wanted.status, day)
    if wanted.filters():
        sql.add(f"l.marks @> {sql.value(wanted.filters())}::text[]")
    if not wanted.folded:
        return sql
    sign = sql.value(wanted.folded)
    if tier == 0:
        sql.add(f"l.folded = {sign}")
    elif tier == 1:
        sql.add(f"l.folded > {sign} AND l.folded < {sql.value(wanted.folded + chr(0x10FFFF))}")
    else:
        columns = " OR ".join(_holding(one, sign) for one in alternatives(wanted))
        sql.add(f"NOT starts_with(l.folded, {sign}) AND ({columns})")
    return sql


async def by_number(number: str, today: date) -> tuple[Entry, Facts] | None:
    """Find one licence by its digits."""
    row = await reading.row(f"SELECT {WHOLE} FROM licence l WHERE l.number = $1", number)  # noqa: S608 our own columns
    if row is None:
        return None
    return entry(row, today, Place(ended=False, tier=2, folded=row["folded"], id=row["id"])), facts(row)


async def history(licence_id: int) -> list[dict[str, Any]]:
    """What changed about a licence, the oldest first."""
    sql = "SELECT since, act, facts FROM licence_version WHERE licence_id = $1 ORDER BY since, id"
    return [dict(row) for row in await reading.rows(sql, licence_id)]


async def version() -> int:
    """The counter that moves with every public change."""
    row = await reading.row(f"SELECT {VERSION} AS reached")
    return int(row["reached"] or 0) if row else 0
