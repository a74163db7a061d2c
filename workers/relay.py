"""From the outbox to the queue: hands due jobs to arq when the database says so, and again when nobody took them."""

import asyncio
import contextlib
from datetime import timedelta
from typing import Any

import structlog
from redis.exceptions import RedisError

from portal.base import clock, db, outbox
from workers.registry import JOBS, perform

log = structlog.get_logger(__name__)
POLL_SECONDS = 1.0
HANDED_FOR = timedelta(seconds=20)


async def hand_over(pool: Any, handed: dict[int, float]) -> int:
    """Enqueue each due job that wasn't handed over a moment ago; return how many. A lost queue gets them again."""
    loop_time = asyncio.get_running_loop().time()
    for job_id in [known for known, until in handed.items() if until <= loop_time]:
        del handed[job_id]
    for job_id, topic in await outbox.put_back_lost():
        log.warning("worker lost", topic=topic, job=job_id)
    waiting = await outbox.due(besides=handed)  # a long queue of papers keeps no other job waiting
    for job_id, topic in waiting:
        queue = JOBS[topic].queue if topic in JOBS else "quick"
        await pool.enqueue_job("run", job_id, _queue_name=f"portal:{queue}")
        handed[job_id] = loop_time + HANDED_FOR.total_seconds()
    return len(waiting)


async def run(ctx: dict[str, Any], job_id: int) -> None:
    """Run one job under its lease: arq's own fate of the job never matters, the row's does.

    arq cancels what runs when the worker is told to stop: that is no fault of the job and no try.
    """
    del ctx  # arq passes it by this name
    taken = await outbox.take(job_id)
    if taken is None:
        return
    beating = asyncio.create_task(_beat(taken))
    try:
        with clock.at(taken.told_at) if taken.told_at else contextlib.nullcontext():
            await perform(JOBS[taken.topic], taken.body)
    except asyncio.CancelledError as error:
        await (outbox.give_back(taken) if _is_told_to_stop() else outbox.failed(taken, error))
        raise
    except Exception as error:  # noqa: BLE001 whatever it is, the row remembers it and it is tried again
        log.warning("job failed", topic=taken.topic, job=taken.id, attempt=taken.attempts, error=type(error).__name__)
        await outbox.failed(taken, error)
    else:
        await outbox.done(taken)
    finally:
        beating.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await beating


def _is_told_to_stop() -> bool:
    """Tell a stop of this worker from a cancellation that the job's own body brought about."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def _beat(taken: outbox.Job) -> None:
    is_held = True
    while is_held:
        await asyncio.sleep(outbox.LEASE_SECONDS / 5)
        with contextlib.suppress(OSError, *db.UNREACHABLE):  # a moment without the database loses no lease
            is_held = await outbox.beat(taken)


async def relay(pool: Any, wake: asyncio.Event) -> None:
    """Hand jobs over for ever: at each wake-up, and every second besides."""
    handed: dict[int, float] = {}
    while True:
        try:
            await hand_over(pool, handed)
        except (OSError, RedisError, *db.UNREACHABLE) as error:
            log.warning("relay waits", error=type(error).__name__)
        except Exception:
            log.exception("relay failed")  # a relay that ended would leave every job undone until the next start
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(wake.wait(), POLL_SECONDS)
        wake.clear()
