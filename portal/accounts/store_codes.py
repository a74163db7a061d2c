"""The queries about codes: confirmations, invitations, and the tries that are counted. Opens no transaction."""

from datetime import datetime, timedelta

from portal.accounts.store import Confirmation, Invitation
from portal.base import db

MOST_TRIES = 5


async def add_confirmation(
    purpose: str, login: str, account_id: int | None, salt: str, at: datetime, expires: datetime
) -> int:
    """Note that a code goes out."""
    entry = await db.row(
        "INSERT INTO confirmation (purpose, login, account_id, salt, created, expires)"
        " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        purpose, login, account_id, salt, at, expires,
    )  # fmt: skip
    assert entry is not None
    return int(entry["id"])


async def confirmation(confirmation_id: int) -> Confirmation | None:
    """One confirmation."""
    entry = await db.row("SELECT * FROM confirmation WHERE id = $1", confirmation_id)
    return Confirmation(**entry) if entry else None


async def try_code(confirmation_id: int, purpose: str, at: datetime) -> Confirmation | None:
    """Count a try at a code; nothing where it is used, over its time or was tried too often."""
    entry = await db.row(
        "UPDATE confirmation SET tries = tries + 1 WHERE id = $1 AND purpose LIKE $2 AND used IS NULL"
        " AND expires > $3 AND tries < $4 RETURNING *",
        confirmation_id, purpose + "%", at, MOST_TRIES,
    )  # fmt: skip
    return Confirmation(**entry) if entry else None


async def use_confirmation(confirmation_id: int, at: datetime) -> bool:
    """Use a code up; false when another request did so first."""
    sql = "UPDATE confirmation SET used = $2 WHERE id = $1 AND used IS NULL"
    return await db.execute(sql, confirmation_id, at) == 1


async def note_sent(confirmation_id: int, at: datetime) -> None:
    """Note that the gateway took the message."""
    await db.execute("UPDATE confirmation SET sent = $2 WHERE id = $1", confirmation_id, at)


async def add_registration(
    confirmation_id: int, name: str, organisation: str, invitation_id: int | None, password_hash: str
) -> None:
    """Keep what a clerk typed until the code comes back."""
    await db.execute(
        "INSERT INTO registration (confirmation_id, name, organisation, invitation_id, password_hash)"
        " VALUES ($1, $2, $3, $4, $5)",
        confirmation_id, name, organisation, invitation_id, password_hash,
    )  # fmt: skip


async def move_registration(before: int, after: int) -> None:
    """Let what a clerk typed wait for the newer code."""
    await db.execute("UPDATE registration SET confirmation_id = $2 WHERE confirmation_id = $1", before, after)


async def registration(confirmation_id: int) -> dict[str, object] | None:
    """What the clerk typed."""
    return await db.row("SELECT * FROM registration WHERE confirmation_id = $1", confirmation_id)


async def add_invitation(institution_id: int, code_hash: str, created_by: int, at: datetime, expires: datetime) -> int:
    """Note an invitation; its code is sealed with the number it gets here (`seal_invitation`)."""
    entry = await db.row(
        "INSERT INTO invitation (institution_id, code_hash, created_by, created, expires)"
        " VALUES ($1, $2, $3, $4, $5) RETURNING id",
        institution_id, code_hash, created_by, at, expires,
    )  # fmt: skip
    assert entry is not None
    return int(entry["id"])


async def seal_invitation(invitation_id: int, code_sealed: str) -> None:
    """Keep the code so that colleagues can read it again until it is used."""
    await db.execute("UPDATE invitation SET code_sealed = $2 WHERE id = $1", invitation_id, code_sealed)


async def open_invitation(code_hash: str, at: datetime) -> Invitation | None:
    """The invitation with this code that is neither used nor over its time."""
    entry = await db.row(
        "SELECT id, institution_id, code_sealed, created_by, expires FROM invitation"
        " WHERE code_hash = $1 AND used IS NULL AND expires > $2",
        code_hash, at,
    )  # fmt: skip
    return Invitation(**entry) if entry else None


async def open_invitations(institution_id: int, at: datetime) -> list[Invitation]:
    """An institution's invitations that can still be used."""
    entries = await db.rows(
        "SELECT id, institution_id, code_sealed, created_by, expires FROM invitation"
        " WHERE institution_id = $1 AND used IS NULL AND expires > $2 ORDER BY id",
        institution_id, at,
    )  # fmt: skip
    return [Invitation(**entry) for entry in entries]


async def use_invitation(invitation_id: int, at: datetime) -> int | None:
    """Use an invitation up; the institution it leads to, or nothing where somebody else used it first."""
    entry = await db.row(
        "UPDATE invitation SET used = $2 WHERE id = $1 AND used IS NULL AND expires > $2 RETURNING institution_id",
        invitation_id, at,
    )  # fmt: skip
    return int(entry["institution_id"]) if entry else None


async def close_invitations(created_by: int, at: datetime) -> None:
    """Close what somebody invited who leaves the institution."""
    await db.execute("UPDATE invitation SET used = $2 WHERE created_by = $1 AND used IS NULL", created_by, at)


async def lock_tries(scope: str) -> None:
    """Let no other request count this scope until the transaction ends, so that a burst can't slip through."""
    await db.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", scope)


async def tries(scope: str, since: datetime) -> list[datetime]:
    """When somebody tried, oldest first."""
    entries = await db.rows(
        "SELECT happened FROM failure WHERE scope = $1 AND happened > $2 ORDER BY happened LIMIT 1000", scope, since
    )
    return [entry["happened"] for entry in entries]


async def add_try(scope: str, at: datetime) -> int:
    """Count a try."""
    entry = await db.row("INSERT INTO failure (scope, happened) VALUES ($1, $2) RETURNING id", scope, at)
    assert entry is not None
    return int(entry["id"])


async def forget_tries(scope: str) -> None:
    """Forget the tries of a scope: the right password was given."""
    await db.execute("DELETE FROM failure WHERE scope = $1", scope)


async def forget_try(try_id: int) -> None:
    """Forget one try: it was no failure."""
    await db.execute("DELETE FROM failure WHERE id = $1", try_id)


async def sweep(at: datetime) -> int:
    """Remove codes that are over and tries that count no more: what was typed and never confirmed goes with them."""
    day = at - timedelta(days=1)
    await db.execute("DELETE FROM failure WHERE happened < $1", day)
    return await db.execute("DELETE FROM confirmation WHERE expires < $1", day)
