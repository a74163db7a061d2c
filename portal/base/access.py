"""The permission table `portal/access.csv`: route × method × role × relation × state. The app and the tests read it.

A row allows; what no row allows is hidden (404), or refused by state (409) where another state would allow it.
Columns: `route` (its name), `methods` (GET|POST), `role` (`*` is everybody, signed in or not), `relation`
(`any`; `own`: the clerk's institution; `district`: the actor's district; `holder`: the actor holds the case),
`states` (of the thing that the path names, `|` between them, `*` for every one).
"""

import csv
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from portal.base.actor import Actor
from portal.kernel.errors import Missing, NotAllowed, NotSignedIn

TABLE = Path(__file__).resolve().parents[1] / "access.csv"
STATE_REFUSED = "现在的办理状态不允许这一步。打开下面的链接，看现在到了哪一步。"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a path names, as far as permissions ask: whose it is, where, in which state, who holds it."""

    state: str = ""
    district: str | None = None
    institution_id: int | None = None
    holder_id: int | None = None


Loader = Callable[[str], Awaitable[Subject | None]]


@dataclass(frozen=True, slots=True)
class Grant:
    """One row of the table."""

    route: str
    methods: frozenset[str]
    role: str
    relation: str
    states: frozenset[str]

    def covers(self, actor: Actor, subject: Subject | None) -> bool:
        """Tell whether the row speaks of this actor and this thing, its state left out."""
        return self.role in {"*", actor.role} and is_related(self.relation, actor, subject)

    def in_state(self, subject: Subject | None) -> bool:
        """Tell whether the row allows the state that the thing is in."""
        return "*" in self.states or (subject is not None and subject.state in self.states)


def is_related(relation: str, actor: Actor, subject: Subject | None) -> bool:
    """Judge one relation; without a thing to relate to only `any` holds."""
    if relation == "any":
        return True
    if subject is None:
        return False
    return {
        "own": actor.institution_id is not None and actor.institution_id == subject.institution_id,
        "district": actor.district is not None and actor.district == subject.district,
        "holder": actor.account_id is not None and actor.account_id == subject.holder_id,
    }[relation]


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[Grant, ...]]:
    """Read the table once; rows by route."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        grants = [
            Grant(
                line["route"],
                frozenset(line["methods"].split("|")),
                line["role"],
                line["relation"],
                frozenset(line["states"].split("|")),
            )
            for line in csv.DictReader(lines)
        ]
    found: dict[str, list[Grant]] = {}
    for grant in grants:
        found.setdefault(grant.route, []).append(grant)
    return {route: tuple(rows) for route, rows in found.items()}


def is_public(route: str, method: str) -> bool:
    """Tell whether the table lets anybody in, signed in or not."""
    method = "GET" if method == "HEAD" else method
    return any(row.role == "*" and method in row.methods for row in table().get(route, ()))


def permit(route: str, method: str, actor: Actor, subject: Subject | None) -> None:
    """Let the request pass, or raise what the edge shows: log-in, "not found", or "not in this state"."""
    method = "GET" if method == "HEAD" else method
    rows: Iterable[Grant] = [row for row in table().get(route, ()) if method in row.methods]
    covering = [row for row in rows if row.covers(actor, subject)]
    if any(row.in_state(subject) for row in covering):
        return
    if covering and subject is not None:
        raise NotAllowed(STATE_REFUSED)
    if actor.role == "anonymous" and table().get(route):
        raise NotSignedIn
    raise Missing
