"""The registry's own reading of licences: raw rows, never model objects; the plan is chosen here, not by the planner."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from portal.base import db
from portal.registry.search import TIERS, Place, Wanted, alternatives, narrowing
from portal.registry.status import Restriction, status

COUNTED = 1_000
COLUMNS = (
    "l.id, l.number, l.name, l.district, l.address, l.organisers, l.legal_representative, l.principal, l.credit_code,"
    " l.floor_area_m2, l.programmes, l.valid_from, l.valid_to, l.issue, l.ending, l.ended_on, l.folded, l.is_demo"
)
RESTRICTED = (
    "EXISTS (SELECT 1 FROM licence_restriction r WHERE r.licence_id = l.id AND r.since <= {today}"
    " AND (r.until IS NULL OR r.until >= {today}))"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A licence as the registry shows it."""

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
    programmes: tuple[dict[str, str], ...]
    valid_from: date
    valid_to: date
    issue: int
    ended_on: date | None
    status: str
    restrictions: tuple[Restriction, ...]
    is_demo: bool
    place: Place


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


async def dense() -> dict[str, int]:
    """The pieces that stand in thousands of rows, counted by the last refresh."""
    return {row["gram"]: row["holders"] for row in await db.rows("SELECT gram, holders FROM licence_dense_gram")}


async def refresh_dense(least: int) -> None:
    """Count the pieces anew; only those in more than `least` rows are kept."""
    async with db.tx():
        await db.execute("DELETE FROM licence_dense_gram")
        await db.execute(
            "INSERT INTO licence_dense_gram SELECT gram, count(*) FROM licence, unnest(grams) AS gram"
            " GROUP BY gram HAVING count(*) > $1",
            least,
        )


def condition(wanted: Wanted, today: date, known: dict[str, int], tier: str, *, ended: bool) -> Sql:
    """Demand everything that a tier's rows must be."""
    sql = Sql()
    day = sql.value(today)
    sql.add(f"(l.ending <> '' OR l.valid_to < {day}) = {'true' if ended else 'false'}")
    _by_status(sql, wanted.status, day)
    filters = wanted.filters()
    if filters:
        sql.add(f"l.grams @> {sql.value(sorted(filters))}::text[]")
    _by_words(sql, wanted, known, tier)
    return sql


def _by_status(sql: Sql, wanted: str, day: str) -> None:
    if wanted in {"in-force", "restricted"}:
        sql.add(f"l.ending = '' AND l.valid_to >= {day}")
        sql.add(("" if wanted == "restricted" else "NOT ") + RESTRICTED.format(today=day))
    elif wanted == "expired":
        sql.add(f"l.ending = '' AND l.valid_to < {day}")
    elif wanted:
        sql.add(f"l.ending = {sql.value(wanted)}")


def _by_words(sql: Sql, wanted: Wanted, known: dict[str, int], tier: str) -> None:
    kind, text = wanted.kind, wanted.folded
    if kind == "number":
        sql.add(f"starts_with(l.number, {sql.value(wanted.digits)})")
    elif kind == "credit-code":
        sql.add(f"l.credit_code = {sql.value(text.upper())}")
    elif kind == "all":
        return
    elif tier == "exact":
        sql.add(f"l.folded = {sql.value(text)}")
    elif tier == "prefix":
        sign = sql.value(text)
        sql.add(f"l.folded > {sign} AND l.folded < {sql.value(text + chr(0x10FFFF))}")
    else:
        sign = sql.value(text)
        sql.add(f"NOT starts_with(l.folded, {sign})")
        sql.add(
            "(" + " OR ".join(_holds(sql, column, grams, known, sign) for column, grams in alternatives(wanted)) + ")"
        )


def _holds(sql: Sql, column: str, grams: set[str], known: dict[str, int], sign: str) -> str:
    """One place where the words may stand: by the index where a piece is rare, then letter by letter."""
    asked = narrowing(grams, known)
    by_index = f"l.grams @> {sql.value(asked)}::text[] AND " if asked else ""
    return f"({by_index}strpos(l.{column}, {sign}) > 0)"


def tiers(wanted: Wanted) -> tuple[str, ...]:
    """The tiers that a search has: numbers and mere filters have one."""
    return TIERS if wanted.kind in {"words", "letters"} else TIERS[2:]


async def page(wanted: Wanted, today: date, after: Place | None, limit: int) -> list[Entry]:
    """Give the rows after a place, tier by tier, until there are enough."""
    known, found = await dense(), list[Entry]()
    for ended in (False, True):
        for number, tier in enumerate(tiers(wanted)):
            if len(found) >= limit or (after and (ended, number) < (after.ended, after.tier)):
                continue
            sql = condition(wanted, today, known, tier, ended=ended)
            if after and (ended, number) == (after.ended, after.tier):
                sql.add(f"(l.folded, l.id) > ({sql.value(after.folded)}, {sql.value(after.id)})")
            rows = await db.rows(
                f"SELECT {COLUMNS} FROM licence l WHERE {sql.where}"  # noqa: S608 our own words; values are numbered
                f" ORDER BY l.folded, l.id LIMIT {limit - len(found)}",
                *sql.values,
            )
            found += await entries(rows, today, ended=ended, tier=number)
    return found


async def total(wanted: Wanted, today: date) -> tuple[int, bool]:
    """Count the rows of a search, exactly up to a thousand."""
    known, count = await dense(), 0
    for ended in (False, True):
        for tier in tiers(wanted):
            sql = condition(wanted, today, known, tier, ended=ended)
            row = await db.row(
                "SELECT count(*) AS size FROM (SELECT 1 FROM licence l"  # noqa: S608 as above
                f" WHERE {sql.where} LIMIT {COUNTED + 1 - count}) AS some",
                *sql.values,
            )
            count += row["size"] if row else 0
            if count > COUNTED:
                return COUNTED, False
    return count, True


async def entries(rows: list[dict[str, Any]], today: date, *, ended: bool = False, tier: int = 0) -> list[Entry]:
    """Make entries of rows, each with what is laid over it."""
    laid: dict[int, list[Restriction]] = {}
    sql = "SELECT * FROM licence_restriction WHERE licence_id = ANY($1) ORDER BY since, id"
    for row in await db.rows(sql, [row["id"] for row in rows]) if rows else []:
        one = Restriction(row["kind"], row["decision"], row["since"], row["until"], row["text"])
        laid.setdefault(row["licence_id"], []).append(one)
    return [_entry(row, laid.get(row["id"], []), today, ended=ended, tier=tier) for row in rows]


def _entry(row: dict[str, Any], restrictions: list[Restriction], today: date, *, ended: bool, tier: int) -> Entry:
    programmes = row["programmes"]
    taught = json.loads(programmes) if isinstance(programmes, str) else programmes
    copied = {name: row[name] for name in Entry.__dataclass_fields__ if name in row and name != "programmes"}
    copied.pop("place", None)
    return Entry(
        **copied,
        programmes=tuple(taught),
        status=status(row["ending"], row["valid_to"], restrictions, today),
        restrictions=tuple(one for one in restrictions if one.covers(today)),
        place=Place(ended, tier, row["folded"], row["id"]),
    )


async def by_number(number: str, today: date) -> Entry | None:
    """Find one licence by its digits."""
    rows = await db.rows(f"SELECT {COLUMNS} FROM licence l WHERE l.number = $1", number)  # noqa: S608 our own words
    found = await entries(rows, today)
    return found[0] if found else None


async def history(licence_id: int) -> list[dict[str, Any]]:
    """What changed about a licence, the oldest first."""
    sql = "SELECT since, act, facts FROM licence_version WHERE licence_id = $1 ORDER BY since, id"
    return await db.rows(sql, licence_id)


async def version() -> int:
    """The counter that moves with every public change."""
    row = await db.row("SELECT reached FROM counter WHERE series = 'registry:version'")
    return int(row["reached"]) if row else 0
