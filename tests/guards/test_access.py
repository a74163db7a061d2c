"""The permission table and the application say the same: every route, every role, own and foreign, every state."""

import csv
import re
from itertools import product

import pytest
from starlette.routing import Route

from portal import app
from portal.base.access import TABLE, table
from portal.base.actor import Actor
from portal.districts import service as districts
from portal.licensing.states import State
from tests.factories.browsing import an_account, browser
from tests.licensing.standing import IN

ROLES = ("anonymous", "clerk", "examiner", "approver", "inspector", "district-admin", "city-admin", "auditor")
RELATIONS = {"any", "own", "district", "holder"}
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
HIDDEN, OWN, ELSEWHERE = 404, "500103", "500112"


def offered() -> dict[str, set[str]]:
    """Each named route of the application with its methods."""
    found: dict[str, set[str]] = {}
    for route in app.ROUTES:
        found.setdefault(route.name, set()).update((route.methods or set()) - {"HEAD"})
    return found


def test_every_route_and_method_has_a_row_and_every_row_its_route() -> None:
    rows = {name: set().union(*(row.methods for row in grants)) for name, grants in table().items()}
    assert rows == offered()


def test_every_row_speaks_of_known_roles_relations_and_states() -> None:
    for row in ROWS:
        assert row["role"] in {*ROLES, "*"}, row
        assert row["relation"] in RELATIONS, row
        if row["relation"] != "any":
            assert any("{" in route.path for route in app.ROUTES if route.name == row["route"]), row


def test_no_row_stands_twice() -> None:
    keys = [tuple(row.values()) for row in ROWS]
    assert len(keys) == len(set(keys))


CASES = [route for route in app.ROUTES if "{case_id" in route.path]


def address(route: Route, case_id: int) -> str:
    """The path of a route for one case."""
    others = {"section": "capital", "slot": "charter", "rule": "capital", "act": "accept"}
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda m: str(case_id if m[1] == "case_id" else others[m[1]]), route.path)


def expected(route: str, method: str, actor: Actor, state: State, *, examiner: int | None = None) -> str:
    """What the rows say, read anew from the file: allow, hide, or refused by state."""
    is_own, is_near = actor.institution_id == 1, actor.district == OWN and state != State.DRAFT
    held = {"any": True, "own": is_own, "district": is_near, "holder": actor.account_id == examiner}
    fitting = [
        row for row in ROWS
        if row["route"] == route and method in row["methods"].split("|")
        and row["role"] in {"*", actor.role} and held[row["relation"]]
    ]  # fmt: skip
    if any(row["states"] == "*" or state.value in row["states"].split("|") for row in fitting):
        return "allow"
    return "state" if fitting else "hide"


async def people() -> list[Actor]:
    """Everybody: each role at home, and the same roles elsewhere."""
    await districts.ensure_seed()
    found = [Actor("anonymous", None, "")]
    for role, place in product(ROLES[1:], (OWN, ELSEWHERE)):
        is_city = role in {"city-admin", "auditor"}
        institution = (1 if place == OWN else 2) if role == "clerk" else None
        district = None if is_city or role == "clerk" else place
        number = await an_account(role, district=district, institution_id=institution, name=f"{role}{place}")
        found.append(Actor(role, number, "甲", district, institution))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.CORRECTION, State.EXAMINING, State.FOR_GRANT,
                                   State.REFUSED])  # fmt: skip
async def test_each_cell_of_the_table_is_what_the_application_does(database: str, state: State) -> None:
    actors = await people()
    case_id = await IN[state]()
    wrong = []
    for actor in actors:
        async with browser(actor.account_id) as visitor:
            for route, method in product(CASES, ("GET", "POST")):
                if method not in (route.methods or ()):
                    continue
                answer = await visitor.client.request(method, address(route, case_id))
                says = expected(route.name, method, actor, state)
                if not fits(says, answer.status_code, method, actor):
                    wrong.append((route.name, method, actor.role, actor.district, says, answer.status_code))
    assert wrong == []


def fits(says: str, status: int, method: str, actor: Actor) -> bool:
    """Whether an answer is what the table says. A form without its token goes no further than 403."""
    if method == "POST":
        return status == 403 if says == "allow" else status in {401, 403, HIDDEN, 409}
    if says == "hide":
        return status == (303 if actor.role == "anonymous" else HIDDEN)
    return status == 409 if says == "state" else status in {200, 303, HIDDEN, 409}


async def test_what_is_hidden_looks_like_what_does_not_exist(database: str) -> None:
    actors = [actor for actor in await people() if actor.district == ELSEWHERE or actor.institution_id == 2]
    case_id = await IN[State.SUBMITTED]()
    for actor in actors:
        async with browser(actor.account_id) as visitor:
            for route in CASES:
                if "GET" in (route.methods or ()):
                    real = await visitor.get(address(route, case_id))
                    made_up = await visitor.get(address(route, 999_999))
                    assert (real.status_code, plain(real.text)) == (made_up.status_code, plain(made_up.text))
                    assert real.status_code == HIDDEN


def plain(page: str) -> str:
    """A page without what differs each time it is made."""
    return re.sub(r"[A-Za-z0-9_-]{16,}|/\d+\b", "", page)
