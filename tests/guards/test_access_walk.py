"""Every route and method of the table, walked by every role, at home and elsewhere, over things in every state.

A form is sent without its token: 403 shows that the table let it through, and nothing was done. What the table
refuses is sent with the right token, and must be answered as if the address named nothing. HEAD says what GET says.
Then each form that the table allows is sent with its token and nothing in it: it acts, asks for more, or finds that the
thing has moved on.
"""

import csv
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import NamedTuple
from urllib.parse import quote

import httpx2 as httpx
import pytest
from starlette.routing import Route

from portal import app
from portal.base import clock, sessions, uploads
from portal.base.access import TABLE
from portal.base.actor import Actor
from portal.base.settings import settings
from tests.factories.browsing import TOKEN
from tests.factories.licensing import NOON
from tests.guards.everything import Thing, Things, everybody, everything, named

ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
UNSIGNED = {"then": ""}
NOWHERE = "/no-such-page"
SHOWN, ACTED_NOT, BY_STATE = {200, 303}, 403, 409
ACTED, ASKED_FOR_MORE = 303, 422
FORM_ANSWERS = {"accounts.second_factor": {401}}  # only after the password
# What a handler itself knows better than the table, which asks for the state of one thing alone.
KNOWN_BETTER = {
    "accounts.second_factor": {303},  # only after the password
    "accounts.mailbox": {404},  # nowhere but in the demo
    "apply.receipt": {409},  # a draft has none
    "apply.follow": {409},
    "apply.section": {409},  # in a correction only what its notice names
    "apply.slot": {409},
    "review.act": {409},  # the case's own table of states
    "licensing.paper": {409},  # promised, not made yet
    "readyz": {503},  # no queue runs here
}


class Person(NamedTuple):
    """Somebody at a browser, with the token that their forms carry."""

    actor: Actor
    client: httpx.AsyncClient
    token: str


@pytest.fixture
async def people(database: str) -> AsyncIterator[list[Person]]:
    """Everybody, each with a session of their own, before one application."""
    with clock.at(NOON):
        application, found = app.create(), []
        async with AsyncExitStack() as stack:
            for number, actor in enumerate(await everybody()):
                transport = httpx.ASGITransport(app=application, client=(f"203.0.113.{number}", 443))
                client = httpx.AsyncClient(transport=transport, base_url=settings().public_url)
                await stack.enter_async_context(client)
                token = ""
                if actor.account_id is not None:
                    visit = await sessions.start(actor.account_id, is_confirmed=True)
                    client.cookies.set(sessions.cookie_name(), visit.token)
                    token = visit.csrf
                found.append(Person(actor, client, token))
            yield found
        await uploads.close()


def expected(route: str, method: str, actor: Actor, thing: Thing | None) -> str:
    """What the rows say, read anew from the file: allow, hide, or refused by state."""
    own = thing is not None and actor.institution_id is not None and actor.institution_id == thing.institution_id
    near = thing is not None and actor.district is not None and actor.district == thing.district
    held = {"any": True, "own": own, "district": near}
    fitting = [
        row["states"].split("|") for row in ROWS
        if row["route"] == route and method in row["methods"].split("|")
        and row["role"] in {"*", actor.role} and held[row["relation"]]
    ]  # fmt: skip
    if any(states == ["*"] or (thing is not None and thing.state in states) for states in fitting):
        return "allow"
    return "state" if fitting else "hide"


def address(route: Route, chosen: dict[str, Thing]) -> str:
    """The route's path with what it names."""
    return PARAMETER.sub(lambda found: chosen[found[1]].value, route.path)


def fits(says: str, route: str, method: str, got: httpx.Response) -> bool:
    """Whether the answer to somebody whom the table knows is what it says."""
    status, is_shown = got.status_code, not got.headers.get("location", "").startswith("/login?")
    if says == "state":
        return status == BY_STATE
    if method == "POST":
        return status == ACTED_NOT or (route.startswith("api.") and status == 422)
    return status in KNOWN_BETTER.get(route, set()) or (status in SHOWN and is_shown)


async def refused(person: Person, method: str, path: str) -> httpx.Response:
    """Ask for what isn't allowed, with everything that a page of ours would send."""
    data = {"csrf_token": person.token} if method == "POST" else None
    return await person.client.request(method, path, data=data)


def looks_like_nothing(person: Person, method: str, path: str, got: httpx.Response, nothing: httpx.Response) -> bool:
    """A stranger is sent to log in, whatever the address names; everybody else sees what an unknown address shows."""
    if person.actor.role == "anonymous":
        if method == "GET":
            return (got.status_code, got.headers.get("location")) == (303, f"/login?next={quote(path, safe='')}")
        return got.status_code == 401
    return (got.status_code, plain(got.text)) == (404, plain(nothing.text))


def plain(page: str) -> str:
    """A page without what differs each time it is made."""
    return re.sub(r"[A-Za-z0-9_-]{16,}", "", page)


async def walked(person: Person, route: Route, method: str, things: Things, nothing: httpx.Response) -> list[object]:
    """Everything that this person can name by this route; gives what was not as the table says."""
    wrong: list[object] = []
    headed: set[str] = set()
    for chosen in named(PARAMETER.findall(route.path), things):
        subject = next((chosen[name] for name in chosen if name in app.SUBJECTS), None)
        path, says = address(route, chosen), expected(route.name, method, person.actor, subject)
        if says == "hide":
            got = await refused(person, method, path)
            is_right = looks_like_nothing(person, method, path, got, nothing)
        else:
            got = await person.client.request(method, path, data=UNSIGNED if method == "POST" else None)
            is_right = fits(says, route.name, method, got)
        if method == "GET" and says not in headed:  # once for each answer of the table is enough
            headed.add(says)
            is_right = is_right and is_same(got, await person.client.head(path))
        if not is_right:
            wrong.append((route.name, method, person.actor, subject, says, got.status_code))
    return wrong


def is_same(got: httpx.Response, head: httpx.Response) -> bool:
    """Whether HEAD says what GET says."""
    names = ("location", "content-type")
    return got.status_code == head.status_code and all(got.headers.get(one) == head.headers.get(one) for one in names)


async def with_token(person: Person) -> dict[str, str]:
    """Nothing but the token of a new session (an act may have ended the last one), or of a stranger's visit."""
    if person.actor.account_id is None:
        return {"csrf_token": TOKEN.findall((await person.client.get("/login")).text)[-1]}
    visit = await sessions.start(person.actor.account_id, is_confirmed=True)
    person.client.cookies.set(sessions.cookie_name(), visit.token)
    return {"csrf_token": visit.csrf}


async def acted(person: Person, route: Route, things: Things) -> list[object]:
    """Send the route's form with its token for everything that the table lets this person name."""
    wrong: list[object] = []
    for chosen in named(PARAMETER.findall(route.path), things):
        subject = next((chosen[name] for name in chosen if name in app.SUBJECTS), None)
        if expected(route.name, "POST", person.actor, subject) == "allow":
            got = await person.client.post(address(route, chosen), data=await with_token(person))
            if got.status_code not in FORM_ANSWERS.get(route.name, {ACTED, ASKED_FOR_MORE, BY_STATE}):
                wrong.append((route.name, person.actor, subject, got.status_code))
    return wrong


async def test_each_cell_of_the_table_is_what_the_application_does(people: list[Person]) -> None:
    things, wrong = await everything(), []
    for person in people:
        nothing = {method: await refused(person, method, NOWHERE) for method in ("GET", "POST")}
        for route in app.ROUTES:
            for method in sorted((route.methods or set()) - {"HEAD"}):
                wrong += await walked(person, route, method, things, nothing[method])
    assert wrong == []


async def test_each_form_that_the_table_allows_gets_past_its_token_and_is_answered(people: list[Person]) -> None:
    things, wrong = await everything(), []
    for route in (route for route in app.ROUTES if "POST" in (route.methods or set())):
        for person in people:
            wrong += await acted(person, route, things)
    assert wrong == []


async def test_a_number_that_names_nothing_is_answered_like_one_that_is_not_shown(people: list[Person]) -> None:
    things: Things = {name: [Thing("999999")] for name in app.SUBJECTS}
    rest = {name: [Thing("charter")] for route in app.ROUTES for name in PARAMETER.findall(route.path)}
    for person in people:
        for route in (route for route in app.ROUTES if set(PARAMETER.findall(route.path)) & set(app.SUBJECTS)):
            [chosen] = named(PARAMETER.findall(route.path), {**rest, "number": [Thing("1")], **things})
            for method in sorted((route.methods or set()) - {"HEAD"}):
                path = address(route, chosen)
                got, nothing = [await refused(person, method, where) for where in (path, NOWHERE)]
                assert looks_like_nothing(person, method, path, got, nothing), (route.name, method, person.actor)
