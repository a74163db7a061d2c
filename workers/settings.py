"""arq wiring: a flat settings class for each queue (arq ignores inherited attributes)."""

import asyncio
import json
from typing import Any, ClassVar

import asyncpg
from arq.connections import RedisSettings
from arq.worker import Function, func

from portal.base import db, outbox
from portal.base.settings import settings
from workers import accounts as accounts  # noqa: PLC0414 its jobs register when it is imported
from workers import documents as documents  # noqa: PLC0414
from workers import licensing as licensing  # noqa: PLC0414
from workers.registry import JOBS
from workers.relay import relay, run
from workers.sweep import sweep


def redis_settings() -> RedisSettings:
    """Where the queue is; a missing address is an error, never localhost by silence."""
    url = settings().redis_url
    assert url, "REDIS_URL is not set"
    return RedisSettings.from_dsn(url)


def dumps(value: dict[str, Any]) -> bytes:
    """JSON on the queue, never pickle: who can write to the queue must not be able to run code."""
    return json.dumps(value, default=lambda other: type(other).__name__).encode()


async def listen(wake: asyncio.Event) -> None:
    """Wake the relay when a transaction with a new job commits; the second's poll covers for a lost listener."""
    place = db.credentials(settings().database_url, 1)
    while True:
        try:
            connection = await asyncpg.connect(
                host=place["host"], port=place["port"], user=place["user"],
                password=place["password"], database=place["database"],
            )  # fmt: skip
            try:
                await connection.add_listener(outbox.CHANNEL, lambda *_: wake.set())
                ended = asyncio.Event()
                connection.add_termination_listener(lambda *_, ended=ended: ended.set())
                await ended.wait()
            finally:
                connection.terminate()
        except (OSError, *db.UNREACHABLE):
            await asyncio.sleep(1)


async def start(_context: dict[str, Any]) -> None:
    """Open the database; the first queue's worker also relays and sweeps."""
    await db.connect()


async def start_quick(context: dict[str, Any]) -> None:
    """Open the database, then relay and sweep beside the jobs."""
    await start(context)
    wake = asyncio.Event()
    context["beside"] = [asyncio.create_task(task) for task in (relay(context["redis"], wake), listen(wake), sweep())]


async def stop(context: dict[str, Any]) -> None:
    """End what runs beside, then close the database."""
    for task in context.get("beside", []):
        task.cancel()
    await db.disconnect()


def longest(queue: str) -> Function:
    """The one arq function, with the longest time of the queue's jobs: a killed worker's job is back soon after."""
    seconds = max((kind.timeout for kind in JOBS.values() if kind.queue == queue), default=30)
    return func(run, name="run", timeout=seconds + 5, keep_result=0, max_tries=1)


class Quick:
    """Short jobs, the relay and the sweep."""

    queue_name = "portal:quick"
    functions: ClassVar[list[Function]] = [longest("quick")]
    redis_settings = redis_settings()
    on_startup = start_quick
    on_shutdown = stop
    max_jobs = 10
    keep_result = 0
    log_results = False
    job_serializer = dumps
    job_deserializer = json.loads
    poll_delay = 0.2
    handle_signals = True


class Documents:
    """Papers: rendered in limited child processes, one or two at a time."""

    queue_name = "portal:documents"
    functions: ClassVar[list[Function]] = [longest("documents")]
    redis_settings = redis_settings()
    on_startup = start
    on_shutdown = stop
    max_jobs = 2
    keep_result = 0
    log_results = False
    job_serializer = dumps
    job_deserializer = json.loads
    poll_delay = 0.2
    handle_signals = True
