"""The audit chain: each entry's hash covers the one before, so that nothing can be changed or taken out unseen.

Recorded last in a transaction: from then on it holds the chain's lock until the commit.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.base import db
from portal.base.actor import Actor

LOCK = 7_300_001
GENESIS = "0" * 64


async def record(actor: Actor, action: str, subject: str, at: datetime, **details: Any) -> None:
    """Append an entry: who did what to which thing, when. `details` hold ids and states, never personal data."""
    await db.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
    before = await db.row("SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1")
    prev = str(before["hash"]) if before else GENESIS
    entry_hash = link(prev, at, actor.reference, action, subject, details)
    await db.execute(
        "INSERT INTO audit_entry (happened, actor, action, subject, details, prev_hash, hash)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        at, actor.reference, action, subject, json.dumps(details, ensure_ascii=False), prev, entry_hash,
    )  # fmt: skip


def link(prev: str, at: datetime, actor: str, action: str, subject: str, details: dict[str, Any]) -> str:
    """Hash one entry together with the hash before it; the time is whole microseconds, as PostgreSQL keeps it."""
    micros = int(at.timestamp()) * 1_000_000 + at.microsecond
    text = json.dumps(
        [prev, micros, actor, action, subject, details], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Chain:
    """What a walk over the chain found: how many entries, the head's hash, and the first broken entry if one is."""

    entries: int
    head: str
    broken: int | None = None


async def verify(batch: int = 5_000) -> Chain:
    """Walk the chain from its start; stop at the first entry that doesn't follow from the one before."""
    prev, last, count = GENESIS, 0, 0
    while found := await db.rows("SELECT * FROM audit_entry WHERE id > $1 ORDER BY id LIMIT $2", last, batch):
        for entry in found:
            details = entry["details"]
            details = json.loads(details) if isinstance(details, str) else details
            due = link(prev, entry["happened"], entry["actor"], entry["action"], entry["subject"], details)
            if entry["prev_hash"] != prev or entry["hash"] != due:
                return Chain(count, prev, broken=entry["id"])
            prev, last, count = due, entry["id"], count + 1
    return Chain(count, prev)
