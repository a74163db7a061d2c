"""A form is taken only from our own pages: it carries a token, and the browser says where it comes from.

Signed in, the token belongs to the session. Before that it is signed with the server's secret over a random cookie.
A form's token is looked at where the form is read (`check`); a handler that takes a form unread fails in every test.
"""

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.base.templating import form_token
from portal.kernel.errors import Forged

SAFE = {"GET", "HEAD", "OPTIONS"}
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
FOREIGN = "这次提交不是从本平台的页面发出的，没有处理。请从本平台打开页面，再填写、提交。"
STALE = "这一页打开得太久，或你刚刚重新登录过，这次提交没有处理。"


class Csrf:
    """ASGI middleware: refuses requests from other origins, gives each page's forms their token."""

    def __init__(self, app: ASGIApp, *, secret: bytes, is_https: bool) -> None:
        self.app = app
        self.secret = secret
        self.is_https = is_https
        self.cookie = "__Host-csrf" if is_https else "csrf"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge the headers, then pass the request on with its token."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        scope["csrf"] = found = Token(self, connection)
        context = form_token.set(found.text)

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                found.complain(int(message["status"]))
                if found.fresh:
                    MutableHeaders(scope=message).append("set-cookie", self.set_cookie(found.fresh))
            await send(message)

        try:
            if scope["method"] not in SAFE:
                judge_origin(connection, is_signed_in=found.is_of_session)
            await self.app(scope, receive, with_cookie)
        finally:
            form_token.reset(context)

    def sign(self, nonce: str) -> str:
        """The token that belongs to a visitor's cookie."""
        return hmac.new(self.secret, b"csrf/1\n" + nonce.encode(), hashlib.sha256).hexdigest()

    def set_cookie(self, nonce: str) -> str:
        """The header's value that gives the visitor a cookie."""
        return f"{self.cookie}={nonce}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if self.is_https else ''}"


class Token:
    """The token of one request: made when a page asks for it, compared when a form is read."""

    def __init__(self, rule: Csrf, connection: HTTPConnection) -> None:
        visit = connection.scope.get("visit")
        self.rule = rule
        self.fresh = ""
        self.nonce = connection.cookies.get(rule.cookie, "")[:64]
        self.of_session = str(visit.csrf) if visit is not None and visit.token else ""
        self.is_surely_ours = is_surely_ours(connection)
        self.is_form = is_form(connection.headers) and connection.scope["method"] not in SAFE
        self.is_checked = False

    @property
    def is_of_session(self) -> bool:
        """Somebody is signed in, or on the way."""
        return bool(self.of_session)

    def text(self) -> str:
        """What the page's forms carry."""
        if self.of_session:
            return self.of_session
        if not self.nonce:
            self.nonce = self.fresh = secrets.token_urlsafe(24)
        return self.rule.sign(self.nonce)

    def compare(self, given: str) -> None:
        """Take the form only with the right token."""
        self.is_checked = True
        if not any(hmac.compare_digest(given.encode(), token.encode()) for token in self.expected()):
            raise Forged(STALE)

    def expected(self) -> list[str]:
        """The session's token; the visitor's too, for a page that waited while its session was lost and begun anew.

        With a session the visitor's token counts only where the browser itself says that the page is ours.
        """
        before = [self.rule.sign(self.nonce)] if self.nonce and (not self.of_session or self.is_surely_ours) else []
        return [self.of_session, *before] if self.of_session else before

    def complain(self, status: int) -> None:
        """A form that was acted on without a look at its token is a slip of ours, seen by the first test."""
        if self.is_form and not self.is_checked and status < 400:
            raise RuntimeError("read forms with web.read or web.confirmed: the token was not compared")


def check(request: Request, given: str) -> None:
    """Compare a form's token (or the header `X-CSRF-Token` of a script)."""
    request.scope["csrf"].compare(given or request.headers.get("x-csrf-token", ""))


def needless(request: Request) -> None:
    """Take a posted body without a token: for a handler that changes nothing and doesn't ask who sends it."""
    request.scope["csrf"].is_checked = True


def is_form(headers: Headers) -> bool:
    """A content type that any page of the world can post without asking."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() in FORMS


def is_surely_ours(connection: HTTPConnection) -> bool:
    """The browser's own word, which no page can write: sent from a page of this very origin."""
    headers = connection.headers
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    return site == "same-origin" or (site is None and bool(origin) and urlsplit(origin).netloc == headers.get("host"))


def judge_origin(connection: HTTPConnection, *, is_signed_in: bool) -> None:
    """Refuse what the browser says comes from elsewhere; without its word a session needs a form's token."""
    headers = connection.headers
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in {"same-origin", "none"}:
        raise Forged(FOREIGN)
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        raise Forged(FOREIGN)
    has_word = site == "same-origin" or origin is not None
    if is_signed_in and not has_word and not is_form(headers) and "x-csrf-token" not in headers:
        raise Forged(FOREIGN)
