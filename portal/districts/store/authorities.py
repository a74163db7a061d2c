"""Queries of the authorities that decide cases."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.base import db, numbers
from portal.kernel.errors import Missing
from schemas.districts import AuthorityFields


@dataclass(frozen=True, slots=True)
class District:
    """An authority that decides cases."""

    code: str
    name: str
    authority: str
    mark: str
    telephone: str
    address: str
    court: str
    review_authority: str
    has_standard_code: bool
    version: int


async def districts() -> list[District]:
    """Every authority, by code."""
    found = await db.rows("SELECT * FROM district ORDER BY code")
    return [District(**entry) for entry in found]


async def district(code: str) -> District | None:
    """One authority."""
    found = await db.row("SELECT * FROM district WHERE code = $1", code)
    return District(**found) if found else None


async def required(code: str) -> District:
    """One authority; Missing where there is none."""
    found = await district(code)
    if found is None:
        raise Missing
    return found


async def add(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Add the authorities whose code, name and mark aren't taken; return the codes that were added."""
    found = await db.rows(
        "INSERT INTO district (code, name, authority, mark, telephone, address, court, review_authority,"
        " has_standard_code) SELECT code, name, authority, mark, coalesce(telephone, ''), coalesce(address, ''), court,"
        " review_authority, has_standard_code FROM jsonb_to_recordset($1::jsonb) AS given (code text, name text,"
        " authority text, mark text, telephone text, address text, court text, review_authority text,"
        " has_standard_code boolean) ON CONFLICT DO NOTHING RETURNING code",
        json.dumps(rows, ensure_ascii=False),
    )
    if found:
        await numbers.following(numbers.PUBLIC)
    return sorted(str(entry["code"]) for entry in found)


async def taken(name: str, mark: str, but: str) -> set[str]:
    """Which of name and mark another authority has already."""
    found = await db.rows(
        "SELECT name, mark FROM district WHERE code <> $3 AND (name = $1 OR mark = $2)", name, mark, but
    )
    return {field for entry in found for field, wanted in (("name", name), ("mark", mark)) if entry[field] == wanted}


async def change(code: str, version: int, given: AuthorityFields) -> bool:
    """Write what the authority is called and where it is; false when somebody else was faster."""
    done = await db.execute(
        "UPDATE district SET name = $3, authority = $4, mark = $5, telephone = $6, address = $7, court = $8,"
        " review_authority = $9, version = version + 1 WHERE code = $1 AND version = $2",
        code, version, given.name, given.authority, given.mark, given.telephone, given.address, given.court,
        given.review_authority,
    )  # fmt: skip
    if done == 1:
        await numbers.following(numbers.PUBLIC)
    return done == 1
