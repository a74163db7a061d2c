"""The one place that reads the time. Tests and the demo set it; legal days are days in Asia/Shanghai."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """This moment, with the zone of Asia/Shanghai."""
    return (_fixed.get() or datetime.now(SHANGHAI)).astimezone(SHANGHAI)


def today() -> date:
    """The day it is in Asia/Shanghai: the one that limits are counted by."""
    return now().date()


def day_of(moment: datetime) -> date:
    """The day in Asia/Shanghai on which something happened: the database gives moments in UTC, 8 hours behind."""
    return moment.astimezone(SHANGHAI).date()


def told() -> datetime | None:
    """The moment that is told of, where a history is being written; nothing where it is now."""
    return _fixed.get()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let this be the time for the code inside: the demo writes its history with it, tests set the day."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
