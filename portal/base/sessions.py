"""Visits kept by the server: a random cookie, its hash in the database, ended at log-out, role change or disabling."""

import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.base import clock, db
from portal.base.actor import ANONYMOUS, Actor
from portal.base.settings import settings

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(seconds=60)


@dataclass(slots=True)
class Visit:
    """A session as the request sees it. `is_confirmed` tells that the second factor was given."""

    token: str = ""
    account_id: int | None = None
    csrf: str = ""
    is_confirmed: bool = False
    notes: dict[str, Any] = field(default_factory=dict)


def hashed(token: str) -> str:
    """What the database keeps of a cookie."""
    return hashlib.sha256(token.encode()).hexdigest()


def cookie_name() -> str:
    """`__Host-` binds the cookie to this host over https; plain on http at loopback, where browsers refuse it."""
    return "__Host-visit" if settings().is_https else "visit"


async def start(account_id: int | None, *, is_confirmed: bool, notes: dict[str, Any] | None = None) -> Visit:
    """Begin a session with a new random id (also at log-in and at the second factor: ids are never carried over)."""
    visit = Visit(secrets.token_urlsafe(32), account_id, secrets.token_urlsafe(32), is_confirmed, notes or {})
    at = clock.now()
    await db.execute(
        "INSERT INTO session (id_hash, account_id, created, seen, csrf, is_confirmed, notes)"
        " VALUES ($1, $2, $3, $3, $4, $5, $6)",
        hashed(visit.token), account_id, at, visit.csrf, is_confirmed, json.dumps(visit.notes),
    )  # fmt: skip
    return visit


async def find(token: str, at: datetime) -> Visit | None:
    """Read a session that is neither idle for too long nor too old; note once a minute that it was seen."""
    found = await db.row(
        "SELECT * FROM session WHERE id_hash = $1 AND seen > $2 AND created > $3",
        hashed(token), at - IDLE, at - LONGEST,
    )  # fmt: skip
    if found is None:
        return None
    if at - found["seen"] > SEEN_EVERY:
        await db.execute("UPDATE session SET seen = $2 WHERE id_hash = $1", hashed(token), at)
    notes = found["notes"]
    notes = json.loads(notes) if isinstance(notes, str) else notes
    return Visit(token, found["account_id"], found["csrf"], found["is_confirmed"], notes)


async def note(visit: Visit, **changes: Any) -> None:
    """Keep something small with the session; a value of None takes it away."""
    visit.notes = {name: value for name, value in {**visit.notes, **changes}.items() if value is not None}
    await db.execute("UPDATE session SET notes = $2 WHERE id_hash = $1", hashed(visit.token), json.dumps(visit.notes))


async def end(visit: Visit) -> None:
    """End one session."""
    await db.execute("DELETE FROM session WHERE id_hash = $1", hashed(visit.token))


async def end_all(account_id: int) -> None:
    """End every session of an account: password changed, role changed, disabled."""
    await db.execute("DELETE FROM session WHERE account_id = $1", account_id)


async def signed_in(at: datetime) -> int:
    """Count the open sessions of people who have signed in."""
    sql = "SELECT count(*) AS n FROM session WHERE account_id IS NOT NULL AND seen > $1 AND created > $2"
    found = await db.row(sql, at - IDLE, at - LONGEST)
    return int(found["n"]) if found else 0


async def sweep(at: datetime) -> int:
    """Remove the sessions that have ended by themselves; return how many."""
    return await db.execute("DELETE FROM session WHERE seen <= $1 OR created <= $2", at - IDLE, at - LONGEST)


class Visits:
    """ASGI middleware: finds who is asking (`scope["visit"]`, `scope["user"]`) and sets or clears the cookie.

    A handler that begins or ends a session puts the new one into `scope["visit"]`.
    """

    def __init__(self, app: ASGIApp, who: Callable[[int], Awaitable[Actor | None]]) -> None:
        self.app = app
        self.who = who

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look the visitor up, then pass the request on."""
        if scope["type"] != "http" or scope["path"].startswith(("/static/", "/healthz")):
            scope["visit"], scope["user"] = Visit(), ANONYMOUS
            await self.app(scope, receive, send)
            return
        token = HTTPConnection(scope).cookies.get(cookie_name(), "")
        visit = await find(token, clock.now()) if token else None
        actor = await self.who(visit.account_id) if visit and visit.account_id and visit.is_confirmed else None
        scope["visit"] = visit or Visit()
        scope["user"] = actor or ANONYMOUS

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and scope["visit"].token != (visit.token if visit else ""):
                MutableHeaders(scope=message).append("set-cookie", cookie(scope["visit"].token))
            await send(message)

        await self.app(scope, receive, with_cookie)


def cookie(token: str) -> str:
    """The header's value that sets the cookie, or clears it where `token` is empty."""
    secure = "; Secure" if settings().is_https else ""
    ends = "" if token else "; Max-Age=0"
    return f"{cookie_name()}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{ends}"
