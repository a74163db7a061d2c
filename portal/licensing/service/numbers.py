"""Full ID numbers: masked on every page, shown to a case's reviewers alone.

Each look asks for a fresh code of the second factor and is written down with its reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.accounts import service as accounts
from portal.base.actor import Actor
from portal.base.db import tx
from portal.kernel.errors import Missing
from portal.licensing.service import steps
from portal.licensing.store import answers, cases
from portal.licensing.store.cases import Case
from schemas.licensing import orders
from schemas.licensing.sections import TITLES

REVIEWERS = {"examiner", "approver"}
PROOF = "second-factor"


@dataclass(frozen=True, slots=True)
class Numbered:
    """Somebody of an application, with the whole number."""

    section: str
    name: str
    number: str


async def case(actor: Actor, case_id: int) -> Case:
    """The case whose numbers somebody asks for, if it is theirs to see."""
    return await cases.case_for(actor, case_id)


async def reveal(order: orders.Reveal, *, actor: Actor, now: datetime) -> list[Numbered]:
    """Give a case's full ID numbers to a reviewer of its district who proves anew who it is.

    The audit log keeps who looked and why.
    """
    await case(actor, order.case_id)
    if actor.role not in REVIEWERS:
        raise Missing
    await accounts.prove(order.code, actor=actor, now=now)
    async with tx():
        await cases.locked(order.case_id)  # the audit entry names the state in which they were shown
        found = await cases.case_for(actor, order.case_id)
        saved = await answers.sections(found.id)
        people = [one for name in TITLES if name in saved for one in numbered(TITLES[name], saved[name].answers)]
        await steps.written(found, "reveal-numbers", actor, now, reason=order.reason, shown=len(people), proof=PROOF)
    return people


def numbered(section: str, given: Mapping[str, Any]) -> Iterator[Numbered]:
    """Everybody in a section's answers who has an ID number, those in its rows too."""
    if given.get("id_number"):
        yield Numbered(section, str(given.get("name") or ""), str(given["id_number"]))
    for value in given.values():
        for row in value if isinstance(value, list) else ():
            if isinstance(row, Mapping):
                yield from numbered(section, row)
