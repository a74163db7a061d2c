"""What the clock does by itself: each task looks in the database for what is due; any number may run at once."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from redis.exceptions import RedisError

from portal.accounts import service as accounts
from portal.base import clock, db, files, idempotency, sessions
from portal.documents import making
from portal.institutions import service as institutions
from portal.licensing.service import ticking

log = structlog.get_logger(__name__)
SWEEP_SECONDS = 15.0
Task = Callable[[], Awaitable[object]]


async def old_sessions() -> None:
    """Remove visits that ended by themselves."""
    await sessions.sweep(clock.now())


async def old_codes() -> None:
    """Remove codes that are over, with what was typed and never confirmed."""
    await accounts.sweep(clock.now())


async def keys_of_old_forms() -> None:
    """Forget which forms were sent long ago."""
    await idempotency.sweep(clock.now())


async def lapsed_applications() -> None:
    """Take on what nobody answered in five working days (行政许可法 32)."""
    await ticking.lapse_all(clock.now())


async def reminders() -> None:
    """Tell the bureau, and at the end the applicant, how a limit stands."""
    await ticking.remind_all(clock.now())


async def files_of_nobody() -> None:
    """Remove what killed processes and refused transactions left in the folder of files: a 256th of it at a time."""
    turn = int(clock.now().timestamp() // SWEEP_SECONDS) % 256
    await files.sweep(f"{turn:02x}")


async def papers_given_up() -> None:
    """Show on its case that a paper couldn't be made, once its job was given up."""
    await making.stop_given_up()


async def pieces_of_names() -> None:
    """Keep the registry's search quick while it grows."""
    await institutions.count_pieces()


TASKS: list[Task] = [
    old_sessions,
    old_codes,
    keys_of_old_forms,
    lapsed_applications,
    reminders,
    papers_given_up,
    files_of_nobody,
    pieces_of_names,
]


async def once() -> None:
    """Run every task; one that fails is logged and doesn't keep the others from running."""
    for task in TASKS:
        try:
            await task()
        except (OSError, RedisError, *db.UNREACHABLE) as error:
            log.warning("sweep waits", task=task.__name__, error=type(error).__name__)
        except Exception:
            log.exception("sweep failed", task=task.__name__)


async def sweep() -> None:
    """Sweep for ever."""
    while True:
        await once()
        await asyncio.sleep(SWEEP_SECONDS)
