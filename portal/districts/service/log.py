"""The audit log is read by auditors and by the city's administrator, and changed by nobody."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from portal.accounts import service as accounts
from portal.base.actor import Actor
from portal.base.clock import SHANGHAI
from portal.districts.store import log
from portal.districts.store.log import Entry
from portal.kernel.errors import Missing
from schemas.districts import FindEntries


@dataclass(frozen=True, slots=True)
class Read:
    """One page of the log, the names of those who acted, and the chain's head."""

    entries: list[Entry]
    names: dict[int, str]
    has_next: bool
    head: tuple[int, str]


async def read(order: FindEntries, *, actor: Actor) -> Read:
    """One page of the log, the newest entry first."""
    if actor.role not in {"auditor", "city-admin"}:
        raise Missing
    first = datetime.combine(order.first, time.min, SHANGHAI) if order.first else None
    last = datetime.combine(order.last + timedelta(days=1), time.min, SHANGHAI) if order.last else None
    found = await log.entries(order.before, order.actor, order.action, order.subject, first, last)
    shown = found[: log.PAGE]
    ids = {int(entry.actor.partition(":")[2]) for entry in shown if entry.actor.partition(":")[2].isdecimal()}
    return Read(shown, await accounts.names(sorted(ids)), len(found) > log.PAGE, await log.head())
