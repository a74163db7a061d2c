"""Jobs as rows of the deciding transaction. Whoever runs one holds its lease; a lost worker's lease runs out.

The database alone decides what is to be done: the queue may lose everything and no job is lost. A lease that is taken
counts as a try, so a job that kills whoever runs it ends dead like one that fails; a worker that is told to stop gives
its job back and the try with it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from portal.base import clock, db

CHANNEL = "outbox"
LEASE_SECONDS = 45
MOST_ATTEMPTS = 8
LONGEST_WAIT_SECONDS = 600.0
LOST = "LeaseLost"


async def put(topic: str, *, key: str, ready_in: float = 0.0, **body: Any) -> None:
    """Ask for a job in the transaction that is open. The same `key` asks for the same job once.

    Its times are the database's, like those of its lease: a history told of last year waits since now, but what comes
    of it belongs to the moment that was told of. `ready_in` is in seconds.
    """
    told = clock.told()
    await db.execute(
        "INSERT INTO outbox_job (topic, key, body, created, ready_at, told_at, attempts, last_error)"
        " VALUES ($1, $2, $3, now(), now() + make_interval(secs => $4), $5, 0, '') ON CONFLICT (key) DO NOTHING",
        topic, key, json.dumps(body), ready_in, told,
    )  # fmt: skip
    await db.execute("SELECT pg_notify($1, $2)", CHANNEL, topic)


@dataclass(frozen=True, slots=True)
class Job:
    """A job under lease: nobody else runs it until the lease ends."""

    id: int
    topic: str
    body: dict[str, Any]
    attempts: int
    lease: UUID
    told_at: datetime | None = None


async def due(limit: int = 100, besides: Iterable[int] = ()) -> list[tuple[int, str]]:
    """Name the jobs (id, topic) that nobody holds and whose time has come, oldest first, `besides` left out."""
    found = await db.rows(
        "SELECT id, topic FROM outbox_job WHERE done_at IS NULL AND dead_at IS NULL AND ready_at <= now()"
        " AND lease_until IS NULL AND NOT id = ANY($2) ORDER BY ready_at, id LIMIT $1",
        limit, list(besides),
    )  # fmt: skip
    return [(found_row["id"], found_row["topic"]) for found_row in found]


async def take(job_id: int) -> Job | None:
    """Take the lease of a job whose time has come, unless it is done, dead, or held by somebody else."""
    lease = uuid4()
    found = await db.row(
        "UPDATE outbox_job SET lease = $2, lease_until = now() + make_interval(secs => $3), attempts = attempts + 1"
        " WHERE id = $1 AND done_at IS NULL AND dead_at IS NULL AND lease_until IS NULL AND ready_at <= now()"
        " RETURNING id, topic, body, attempts, told_at",
        job_id, lease, float(LEASE_SECONDS),
    )  # fmt: skip
    if found is None:
        return None
    body = found["body"]
    return Job(
        found["id"],
        found["topic"],
        json.loads(body) if isinstance(body, str) else body,
        found["attempts"],
        lease,
        found["told_at"],
    )


async def beat(job: Job) -> bool:
    """Prolong the lease while the work goes on; false when it was lost."""
    sql = "UPDATE outbox_job SET lease_until = now() + make_interval(secs => $3) WHERE id = $1 AND lease = $2"
    return await db.execute(sql, job.id, job.lease, float(LEASE_SECONDS)) == 1


async def done(job: Job) -> None:
    """Close a job that has had its effect."""
    sql = "UPDATE outbox_job SET done_at = now(), lease = NULL, lease_until = NULL WHERE id = $1 AND lease = $2"
    await db.execute(sql, job.id, job.lease)


async def failed(job: Job, error: BaseException) -> None:
    """Put a job back to be tried later, later each time; after the last try it is dead and raises an alarm.

    Only the kind of error is kept: its message could hold somebody's data.
    """
    wait = min(2.0**job.attempts, LONGEST_WAIT_SECONDS)
    await db.execute(
        "UPDATE outbox_job SET lease = NULL, lease_until = NULL, last_error = $3,"
        " ready_at = now() + make_interval(secs => $4), dead_at = CASE WHEN $5 THEN now() END"
        " WHERE id = $1 AND lease = $2",
        job.id, job.lease, type(error).__name__[:200], wait, job.attempts >= MOST_ATTEMPTS,
    )  # fmt: skip


async def give_back(job: Job) -> None:
    """Put a job back as if nobody had taken it: whoever ran it was told to stop, which says nothing about the job."""
    sql = "UPDATE outbox_job SET lease = NULL, lease_until = NULL, attempts = attempts - 1 WHERE id = $1 AND lease = $2"
    await db.execute(sql, job.id, job.lease)


async def put_back_lost() -> list[tuple[int, str]]:
    """Put back the jobs (id, topic) whose lease ran out, later each time; after the last try they are dead.

    Those that were lost together come back apart, so that one that kills its worker takes the same others along only
    by chance.
    """
    found = await db.rows(
        "UPDATE outbox_job SET lease = NULL, lease_until = NULL, last_error = $1,"
        " ready_at = now() + make_interval(secs => least(2.0::float8 ^ least(attempts, 20), $2) * (0.5 + random())),"
        " dead_at = CASE WHEN attempts >= $3 THEN now() END"
        " WHERE done_at IS NULL AND dead_at IS NULL AND lease_until < now() RETURNING id, topic",
        LOST, LONGEST_WAIT_SECONDS, MOST_ATTEMPTS,
    )  # fmt: skip
    return [(row["id"], row["topic"]) for row in found]


async def given_up(topic: str) -> list[tuple[int, dict[str, Any]]]:
    """Name the jobs of a topic (id, body) whose last try failed and whose end nobody has taken note of."""
    sql = "SELECT id, body FROM outbox_job WHERE topic = $1 AND dead_at IS NOT NULL AND done_at IS NULL ORDER BY id"
    found = await db.rows(sql, topic)
    return [(row["id"], json.loads(row["body"]) if isinstance(row["body"], str) else row["body"]) for row in found]


async def noted(job_id: int) -> None:
    """Close a job that was given up, once its end is written down where somebody mends it. In a transaction."""
    sql = "UPDATE outbox_job SET done_at = now() WHERE id = $1 AND dead_at IS NOT NULL AND done_at IS NULL"
    await db.execute(sql, job_id)


async def unfinished() -> dict[str, int]:
    """Count the jobs that wait (or run), and those that were given up."""
    found = await db.row(
        "SELECT count(*) FILTER (WHERE dead_at IS NULL) AS waiting, count(*) FILTER (WHERE dead_at IS NOT NULL) AS dead"
        " FROM outbox_job WHERE done_at IS NULL"
    )
    return {"waiting": int(found["waiting"]), "dead": int(found["dead"])} if found else {}
