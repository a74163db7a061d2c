"""Every query of accounts. Inside the caller's transaction where one is open; opens none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.base import db
from portal.base.actor import Role

PAGE = 50


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can log in, as kept."""

    id: int
    login: str
    name: str
    role: Role
    district: str | None
    institution_id: int | None
    password_hash: str
    is_active: bool
    is_demo: bool
    totp_sealed: str
    totp_since: datetime | None
    totp_step: int
    version: int
    created: datetime


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A code on its way to an address."""

    id: int
    purpose: str
    login: str
    account_id: int | None
    salt: str
    tries: int
    created: datetime
    expires: datetime
    sent: datetime | None
    used: datetime | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code with which a colleague joins an institution."""

    id: int
    institution_id: int
    code_sealed: str
    created_by: int
    expires: datetime


async def by_login(login: str) -> Account | None:
    """The account of a name to log in by."""
    found = await db.row("SELECT * FROM account WHERE login = $1", login)
    return Account(**found) if found else None


async def by_id(account_id: int) -> Account | None:
    """One account."""
    found = await db.row("SELECT * FROM account WHERE id = $1", account_id)
    return Account(**found) if found else None


async def acting(account_id: int) -> dict[str, Any] | None:
    """What an actor is made of; nothing for a closed account. Asked at every request."""
    return await db.row(
        "SELECT role, name, district, institution_id FROM account WHERE id = $1 AND is_active", account_id
    )


async def names(ids: Sequence[int]) -> dict[int, str]:
    """Names by number, closed accounts too: what they did stays theirs."""
    found = await db.rows("SELECT id, name FROM account WHERE id = ANY($1::bigint[])", list(ids))
    return {entry["id"]: entry["name"] for entry in found}


async def staff(district: str, role: str) -> list[Account]:
    """A district's open accounts with one role, by name."""
    found = await db.rows(
        "SELECT * FROM account WHERE district = $1 AND role = $2 AND is_active ORDER BY name, id", district, role
    )
    return [Account(**entry) for entry in found]


async def of_institution(institution_id: int) -> list[Account]:
    """The open accounts of an institution's clerks, the oldest first."""
    found = await db.rows(
        "SELECT * FROM account WHERE institution_id = $1 AND is_active ORDER BY created, id", institution_id
    )
    return [Account(**entry) for entry in found]


async def add(
    login: str, name: str, role: str, at: datetime, *, district: str | None = None, institution_id: int | None = None,
    password_hash: str = "", totp_sealed: str = "", is_demo: bool = False,
) -> int | None:  # fmt: skip
    """Open an account; nothing where the login is taken, so that two who register at once can't both win."""
    found = await db.row(
        "INSERT INTO account (login, name, role, district, institution_id, password_hash, totp_sealed, totp_since,"
        " is_demo, created) VALUES ($1, $2, $3, $4, $5, $6, $7::varchar, CASE WHEN $7::varchar <> '' THEN $9::timestamptz END, $8, $9)"
        " ON CONFLICT (login) DO NOTHING RETURNING id",
        login, name, role, district, institution_id, password_hash, totp_sealed, is_demo, at,
    )  # fmt: skip
    return int(found["id"]) if found else None


async def rename(account_id: int, name: str) -> None:
    """Write the holder's own name."""
    await db.execute("UPDATE account SET name = $2, version = version + 1 WHERE id = $1", account_id, name)


async def set_password(account_id: int, password_hash: str) -> None:
    """Write a new password's hash."""
    await db.execute(
        "UPDATE account SET password_hash = $2, version = version + 1 WHERE id = $1", account_id, password_hash
    )


async def set_role(account_id: int, version: int, role: str, district: str | None) -> bool:
    """Give another role or district, where nobody changed the account since `version`."""
    sql = "UPDATE account SET role = $3, district = $4, version = version + 1 WHERE id = $1 AND version = $2"
    return await db.execute(sql, account_id, version, role, district) == 1


async def set_active(account_id: int, version: int, *, is_active: bool) -> bool:
    """Close or open an account, where nobody changed it since `version`."""
    sql = "UPDATE account SET is_active = $3, version = version + 1 WHERE id = $1 AND version = $2"
    return await db.execute(sql, account_id, version, is_active) == 1


async def set_institution(account_id: int, before: int | None, after: int | None) -> bool:
    """Let a clerk join or leave an institution, where they still stand as before."""
    sql = (
        "UPDATE account SET institution_id = $3, version = version + 1"
        " WHERE id = $1 AND institution_id IS NOT DISTINCT FROM $2 AND role = 'clerk'"
    )
    return await db.execute(sql, account_id, before, after) == 1


async def offer_secret(account_id: int, totp_sealed: str) -> None:
    """Keep a second factor's secret that is shown until the first right code; never over one in use."""
    sql = "UPDATE account SET totp_sealed = $2 WHERE id = $1 AND totp_since IS NULL AND totp_sealed = ''"
    await db.execute(sql, account_id, totp_sealed)


async def use_step(account_id: int, step: int, at: datetime) -> bool:
    """Use a code's time step up, and so the secret as set up; false when this or a later one was used before."""
    sql = (
        "UPDATE account SET totp_step = $2, totp_since = coalesce(totp_since, $3)"
        " WHERE id = $1 AND totp_step < $2 AND totp_sealed <> ''"
    )
    return await db.execute(sql, account_id, step, at) == 1


async def clear_secret(account_id: int, version: int) -> bool:
    """Take the second factor away, where nobody changed the account since `version`."""
    sql = "UPDATE account SET totp_sealed = '', totp_since = NULL, version = version + 1 WHERE id = $1 AND version = $2"
    return await db.execute(sql, account_id, version) == 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which accounts a list shows; `None` and the empty text leave a part open."""

    district: str | None
    roles: Sequence[str]
    text: str = ""
    page: int = 1


async def found(wanted: Wanted) -> list[Account]:
    """One page of accounts and one more, which tells that there is a next page."""
    like = "%" + wanted.text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    entries = await db.rows(
        "SELECT * FROM account WHERE ($1::text IS NULL OR district = $1) AND role = ANY($2::text[])"
        " AND (login ILIKE $3 OR name ILIKE $3) ORDER BY is_active DESC, district NULLS FIRST, role, name, id"
        " LIMIT $4 OFFSET $5",
        wanted.district, list(wanted.roles), like, PAGE + 1, (wanted.page - 1) * PAGE,
    )  # fmt: skip
    return [Account(**entry) for entry in entries]


async def demo() -> list[Account]:
    """The accounts of the demo."""
    entries = await db.rows("SELECT * FROM account WHERE is_demo ORDER BY id")
    return [Account(**entry) for entry in entries]


async def add_organisation(name: str, at: datetime, *, is_demo: bool = False) -> int:
    """Note an institution that a clerk acts for."""
    entry = await db.row(
        "INSERT INTO organisation (name, created, is_demo) VALUES ($1, $2, $3) RETURNING id", name, at, is_demo
    )
    assert entry is not None
    return int(entry["id"])


async def organisation_name(institution_id: int) -> str:
    """The name that the first clerk gave."""
    entry = await db.row("SELECT name FROM organisation WHERE id = $1", institution_id)
    return str(entry["name"]) if entry else ""


async def organisation_names(ids: Sequence[int]) -> dict[int, str]:
    """The names of several institutions."""
    entries = await db.rows("SELECT id, name FROM organisation WHERE id = ANY($1::bigint[])", list(ids))
    return {entry["id"]: entry["name"] for entry in entries}
