"""What every request passes: its number, one line in the log, the counters, the headers, an answer whatever happens."""

import secrets
import time
from collections.abc import Awaitable, Callable

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.kernel.errors import Missing, PortalError

Answering = Callable[[Request, Exception], Awaitable[Response]]

log = structlog.get_logger("access")
REQUESTS = Counter("portal_requests_total", "Requests by route, method and status", ("route", "method", "status"))
SECONDS = Histogram("portal_request_seconds", "Time to the end of the answer, by route", ("route",))
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'; report-to csp"
)
HEADERS = {
    "content-security-policy": POLICY,
    "reporting-endpoints": 'csp="/csp-reports"',
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-frame-options": "DENY",
}
TRANSPORT = "max-age=63072000; includeSubDomains"


class Watched:
    """Gives the request its number; one line and one count when it is over, by route, never by address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how it ended."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["request_id"] = secrets.token_hex(8)
        began, status = time.perf_counter(), 499

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                MutableHeaders(scope=message)["x-request-id"] = scope["request_id"]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=scope["request_id"]):
            try:
                await self.app(scope, receive, noting)
            finally:
                finish(scope, status, time.perf_counter() - began)


def finish(scope: Scope, status: int, seconds: float) -> None:
    """Count and log one request."""
    route = scope.get("route")
    name = str(getattr(route, "name", "") or "none")
    method = scope["method"] if scope["method"] in METHODS else "other"
    REQUESTS.labels(name, method, str(status)).inc()
    SECONDS.labels(name).observe(seconds)
    role = getattr(scope.get("user"), "role", "anonymous")
    template = str(getattr(route, "path", ""))
    log.info("request", route=name, path=template, method=method, status=status, ms=round(seconds * 1000, 1), role=role)


class Headed:
    """Puts the security headers on every answer; what somebody with a session sees is stored nowhere."""

    def __init__(self, app: ASGIApp, *, is_https: bool) -> None:
        self.app = app
        headers = {**HEADERS, **({"strict-transport-security": TRANSPORT} if is_https else {})}
        self.headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add what the handler didn't set itself."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message["headers"] = list(message["headers"])
                names = {name for name, _ in given}
                given += [header for header in self.headers if header[0] not in names]
                if (has_session(scope) or b"set-cookie" in names) and not is_static(scope):
                    MutableHeaders(raw=given)["cache-control"] = "no-store"
                elif b"cache-control" not in names:
                    given.append((b"cache-control", b"no-cache"))
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def has_session(scope: Scope) -> bool:
    """Somebody is signed in, or on the way: the second factor is set up on a page that shows its secret."""
    is_known = getattr(scope.get("user"), "role", "anonymous") != "anonymous"
    return is_known or bool(getattr(scope.get("visit"), "token", ""))


def is_static(scope: Scope) -> bool:
    """A file of the look, the same for everybody."""
    return str(getattr(scope.get("route"), "name", "")) == "static"


class Answered:
    """The last net: an error that nobody turned into an answer becomes one, with our headers around it.

    The libraries' own plain-text refusals (too large, unknown host) are replaced by our pages too.
    """

    def __init__(self, app: ASGIApp, *, known: Answering, unforeseen: Answering) -> None:
        self.app = app
        self.known = known
        self.unforeseen = unforeseen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer what goes wrong unless an answer has begun."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sending = Sending(send)
        error: Exception | None = None
        try:
            refuse_nul(scope)
            await self.app(scope, receive, sending)
        except ClientDisconnect:
            return
        except Exception as caught:  # noqa: BLE001 the last net
            error = caught
        error = error or (HTTPException(sending.refused) if sending.refused else None)
        if error is None:
            return
        is_known = isinstance(error, (PortalError, HTTPException))
        response = await (self.known if is_known else self.unforeseen)(Request(scope, receive), error)
        if not sending.has_begun:
            await response(scope, receive, send)


def refuse_nul(scope: Scope) -> None:
    """An address with a NUL names nothing: neither the database nor a folder can even be asked for it."""
    if "\0" in scope["path"]:
        raise Missing
    if b"%00" in scope["query_string"] or b"\0" in scope["query_string"]:
        raise HTTPException(400)


class Sending:
    """Passes an answer on, but holds back a refusal in plain text."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.has_begun = False
        self.refused = 0

    async def __call__(self, message: Message) -> None:
        """Send one part."""
        if message["type"] == "http.response.start" and is_plain_refusal(message):
            self.refused = int(message["status"])
        if not self.refused:
            self.has_begun = True
            await self.send(message)


def is_plain_refusal(message: Message) -> bool:
    """A refusal in plain text that no page of ours has dressed."""
    kind = MutableHeaders(scope=message).get("content-type", "")
    return int(message["status"]) >= 400 and kind.startswith("text/plain")
