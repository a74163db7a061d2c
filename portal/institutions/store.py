"""Every query of licences; the only user of the feature's tables."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tortoise.connection import get_connections

from portal.base import db, numbers
from portal.institutions.searching import findable, folded

if TYPE_CHECKING:
    from portal.institutions.service import Granted

SAMPLED = 50_000
COMMON = 300
REFRESHING = 7_300_021
BUILDING_SECONDS = 3_600


async def add(number: str, facts: "Granted", at: datetime) -> int:
    """Write a new licence and its first version; return its id."""
    programmes = json.dumps([{"subject": subject, "stage": stage} for subject, stage in facts.programmes])
    found_by = findable(facts.name, facts.address, facts.district, facts.programmes)
    row = await db.row(
        "INSERT INTO licence (number, district, institution_id, name, address, organisers, legal_representative,"
        " principal, credit_code, floor_area_m2, programmes, valid_from, valid_to, issue, ending, is_demo, version,"
        " created, folded, place, sound, initials, marks, grams) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
        " $12, $13, 1, '', $14, 1, $15, $16, $17, $18, $19, $20, $21) RETURNING id",
        number, facts.district, facts.institution_id, facts.name, facts.address, "、".join(facts.organisers),
        facts.legal_representative, facts.principal, facts.credit_code, facts.floor_area_m2, programmes,
        facts.valid_from, facts.valid_to, facts.is_demo, at, found_by.folded, found_by.place, found_by.sound,
        found_by.initials, found_by.marks, found_by.grams,
    )  # fmt: skip
    assert row is not None
    content = {"name": facts.name, "address": facts.address, "programmes": json.loads(programmes)}
    await db.execute(
        "INSERT INTO licence_version (licence_id, since, act, facts) VALUES ($1, $2, 'grant', $3)",
        row["id"], facts.valid_from, json.dumps(content, ensure_ascii=False),
    )  # fmt: skip
    await numbers.following(numbers.PUBLIC)
    return int(row["id"])


async def by_number(number: str) -> dict[str, Any] | None:
    """Find a licence by its digits."""
    return await db.row("SELECT * FROM licence WHERE number = $1", number)


async def number_by_name(district: str, name: str) -> str | None:
    """Find the licence of a district that hasn't ended and has this name, among a million by the names' index."""
    row = await db.row(
        "SELECT number FROM licence WHERE folded = $3 AND district = $1 AND name = $2 AND ending = ''",
        district, name, folded(name),
    )  # fmt: skip
    return str(row["number"]) if row else None


async def ban(name: str, finder: str, on: date) -> str | None:
    """Find why an organiser is barred on a day."""
    row = await db.row(
        "SELECT reason FROM organiser_ban WHERE (name = $1 OR (finder <> '' AND finder = $2))"
        " AND (until IS NULL OR until >= $3) LIMIT 1",
        name, finder, on,
    )  # fmt: skip
    return str(row["reason"]) if row else None


async def restrict(number: str, kind: str, decision: str, since: date, until: date | None, text: str) -> None:
    """Lay a restriction over a licence, with the decision that it rests on."""
    await db.execute(
        "INSERT INTO licence_restriction (licence_id, kind, decision, since, until, text)"
        " SELECT id, $2, $3, $4, $5, $6 FROM licence WHERE number = $1",
        number, kind, decision, since, until, text,
    )  # fmt: skip
    await numbers.following(numbers.PUBLIC)


async def reserve(district: str, count: int) -> int:
    """Take so many of a district's next numbers at once; return the last. Runs inside the caller's transaction."""
    row = await db.row(
        "INSERT INTO counter (series, reached) VALUES ($1, $2)"
        " ON CONFLICT (series) DO UPDATE SET reached = counter.reached + $2 RETURNING reached",
        f"licence:{district}", count,
    )  # fmt: skip
    assert row is not None
    return int(row["reached"])


async def copy(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> tuple[int, int]:
    """Write many licences by COPY, with their first versions; return their least and greatest id."""
    before = await db.row("SELECT coalesce(max(id), 0) AS last FROM licence")
    async with get_connections().get("default").acquire_connection() as connection:
        await connection.copy_records_to_table("licence", columns=columns, records=rows)
    await db.execute(
        "INSERT INTO licence_version (licence_id, since, act, facts) SELECT id, valid_from, 'grant', json_build_object("
        "'name', name, 'address', address, 'programmes', programmes) FROM licence WHERE id > $1",
        before["last"] if before else 0,
    )  # fmt: skip
    await numbers.following(numbers.PUBLIC)
    after = await db.row("SELECT max(id) AS last FROM licence")
    return (before["last"] if before else 0) + 1, after["last"] if after else 0


async def refresh_holders() -> None:
    """Count anew how many licences hold each piece, from a sample where they are many; only the common ones are kept."""
    row = await db.row("SELECT count(*) AS size FROM licence")
    size = int(row["size"]) if row else 0
    percent = min(100.0, 100.0 * SAMPLED / max(size, 1))
    async with db.tx():
        await db.execute("SELECT pg_advisory_xact_lock($1)", REFRESHING)
        await db.execute("DELETE FROM licence_dense_gram")
        await db.execute(
            "INSERT INTO licence_dense_gram SELECT gram, (count(*) * 100 / $1::float8)::bigint"
            " FROM licence TABLESAMPLE SYSTEM ($1), unnest(grams) AS gram GROUP BY gram"
            " HAVING count(*) * 100 / $1::float8 > $2",
            percent, COMMON,
        )  # fmt: skip
        await db.execute("INSERT INTO licence_dense_gram VALUES ('', $1)", size)
        await db.execute(
            "INSERT INTO licence_dense_gram SELECT '=e' || ending, count(*) FROM licence WHERE ending <> '' GROUP BY ending"
        )


async def is_counted_enough() -> bool:
    """Whether the registry has grown by less than a tenth since the pieces were counted."""
    row = await db.row(
        "SELECT (SELECT coalesce(max(id), 0) FROM licence) AS size,"
        " (SELECT holders FROM licence_dense_gram WHERE gram = '') AS counted"
    )
    assert row is not None
    return bool(row["size"] < COMMON or row["size"] <= (row["counted"] or 0) * 1.1)


async def without_index() -> None:
    """Take the search index away before very many licences are written: building it once is quicker."""
    await db.execute("DROP INDEX IF EXISTS licence_grams")


async def with_index() -> None:
    """Build the search index again; over a million licences that takes minutes. Walks by name need the vacuum."""
    async with get_connections().get("default").acquire_connection() as connection:
        await connection.execute(
            "CREATE INDEX IF NOT EXISTS licence_grams ON licence USING gin (grams) WITH (fastupdate = off)",
            timeout=BUILDING_SECONDS,
        )
        await connection.execute("VACUUM ANALYZE licence", timeout=BUILDING_SECONDS)
