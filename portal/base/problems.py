"""The one place that turns our errors into answers: pages in Chinese for people, RFC 9457 for the API.

Not signed in: log-in, API 401. Missing, wrong role or district: 404. Forged: 403. NotAllowed, Conflict: 409 with
who was faster and what the person had typed. Invalid: 422 in the same fields. TooLarge 413, TooMany 429, Busy 503.
Anything else is 500 with a number alone, by which the log finds it.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Route

from portal.base import db, navigation
from portal.base.csrf import SAFE
from portal.base.templating import form_token
from portal.base.web import page, problem
from portal.kernel.errors import (
    BadInput,
    Busy,
    Conflict,
    FieldError,
    Forged,
    Invalid,
    Missing,
    NotAllowed,
    NotSignedIn,
    PortalError,
    TooLarge,
    TooMany,
)

log = structlog.get_logger("portal")
REFERENCE = re.compile(r"[a-z-]+(:\d+)?")
CHOICE = re.compile(r"[a-z][a-z0-9_-]*")  # the value of a box or a list: a word for us, not for the person who chose it
CARRIED = {"idempotency_key", "then", "version", "seen", "add", "remove"}
SECRET = re.compile(r"password|csrf_token|^code$|secret")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an error looks like from outside."""

    status: int
    title: str
    text: str


ANSWERS: dict[type[Exception], Answer] = {
    NotSignedIn: Answer(401, "先登录", "登录后才能继续。"),
    Missing: Answer(404, "找不到这一页", "地址可能写错了，或者这一页不对你开放。"),
    Forged: Answer(403, "这次提交没有处理", "从本平台打开页面，再填写、提交。"),
    NotAllowed: Answer(409, "现在不能做这一步", "办理状态已经变化。回到上一页看最新进度。"),
    Conflict: Answer(409, "已经有人先处理了", "你的提交没有生效。下面是你填写的内容，可以复制后再用。"),
    Invalid: Answer(422, "有内容需要修改", "按下面的提示修改后再提交。"),
    BadInput: Answer(422, "有内容需要修改", "按下面的提示修改后再提交。"),
    TooLarge: Answer(413, "内容太大", "减小文件后再上传，或分几次提交。"),
    TooMany: Answer(429, "操作太频繁", "等一会儿再试。"),
    Busy: Answer(503, "暂时忙不过来", "等几秒再试。已保存的内容不会丢失。"),
}
BY_STATUS: dict[int, Answer] = {
    400: Answer(400, "这个请求读不懂", "检查地址，或从首页重新打开页面。"),
    403: ANSWERS[Forged],
    404: ANSWERS[Missing],
    405: Answer(405, "这一页不能这样打开", "从首页或上一页的链接进入。"),
    413: ANSWERS[TooLarge],
    500: Answer(500, "页面出了问题", "不是你的操作造成的。等一会儿再试；还不行就把下面的编号告诉我们。"),
    503: ANSWERS[Busy],
}


async def answer(request: Request, error: Exception) -> Response:
    """Answer an error of ours or of the web library."""
    known = known_answer(error)
    headers = extra_headers(error)
    if known.status == 405:
        headers["Allow"] = allowed(request)
    token = request.scope.get("csrf")
    if token is not None and token.is_of_session:
        form_token.set(token.text)  # a refusal by origin comes from outside the forms' middleware
    if request.scope["path"].startswith("/api/"):
        return problem(known.status, known.title, detail=detail(error, known), errors=listed(error), headers=headers)
    if isinstance(error, NotSignedIn) and request.method in SAFE:
        return to_login(request)
    response = await refused_page(request, error, known)
    response.headers.update(headers)
    return response


async def unforeseen(request: Request, error: Exception) -> Response:
    """Answer what nobody foresaw: the log gets the traceback, the person a number."""
    log.error("unforeseen", request_id=request.scope.get("request_id", ""), exc_info=error)
    if isinstance(error, (ConnectionError, *db.UNREACHABLE)):  # a database that starts anew is back in a moment
        return await answer(request, Busy())
    return failed(request, BY_STATUS[500])


def failed(request: Request, known: Answer) -> Response:
    """A plain answer by status, for what never reached a handler."""
    if request.scope["path"].startswith("/api/"):
        return problem(known.status, known.title, detail=known.text)
    return page(request, "errors/error.html", status=known.status, answer=known, number=number_of(request, known))


def number_of(request: Request, known: Answer) -> str:
    """The request's number, where a person needs it to ask us."""
    return str(request.scope.get("request_id", "")) if known.status >= 500 else ""


def known_answer(error: Exception) -> Answer:
    """The answer for this kind of error."""
    if isinstance(error, HTTPException):
        return BY_STATUS.get(error.status_code, BY_STATUS[400])
    return next((ANSWERS[kind] for kind in type(error).__mro__ if kind in ANSWERS), BY_STATUS[400])


def detail(error: Exception, known: Answer) -> str:
    """What to tell the API's caller: our own sentence where there is one."""
    own = error.message if isinstance(error, PortalError) else ""
    winner = error.winner if isinstance(error, Conflict) else ""
    return own or winner or known.text


def listed(error: Exception) -> tuple[FieldError, ...]:
    """Field by field, what is to be mended."""
    if isinstance(error, BadInput):
        return (FieldError("", error.message),)
    return error.errors if isinstance(error, Invalid) else ()


def extra_headers(error: Exception) -> dict[str, str]:
    """When to come again, what else is allowed."""
    if isinstance(error, (TooMany, Busy)):
        return {"retry-after": str(error.retry_after)}
    return dict(error.headers or {}) if isinstance(error, HTTPException) else {}


def allowed(request: Request) -> str:
    """Every method that the address takes: a page and its form are two routes at one address (RFC 9110, 15.5.6)."""
    here = [route for route in request.app.routes if isinstance(route, Route)]
    taking = [route.methods or () for route in here if route.matches(request.scope)[0] is not Match.NONE]
    return ", ".join(sorted({method for methods in taking for method in methods}))


def to_login(request: Request) -> Response:
    """To the log-in page, and back here afterwards."""
    path = navigation.path_of(request, "accounts.login")
    if not path:
        return failed(request, ANSWERS[NotSignedIn])
    return RedirectResponse(f"{path}?{urlencode({'next': whole_address(request)})}", status_code=303)


def whole_address(request: Request) -> str:
    """The path that was asked for, with its query."""
    query = f"?{request.scope['query_string'].decode('latin-1')}" if request.scope["query_string"] else ""
    return f"{request.scope['path']}{query}"


async def refused_page(request: Request, error: Exception, known: Answer) -> Response:
    """The page for a person: what they typed comes back to them."""
    asked, form = request.scope.get("asked"), request.scope.get("form")
    if isinstance(error, Invalid) and asked is not None and form is not None:
        for item in error.errors:
            form.fail(item.path, item.message)
        template, context = asked
        return page(request, template, status=422, form=form, **context)
    if isinstance(error, (NotSignedIn, Forged)):
        stale = isinstance(error, NotSignedIn) or request.scope["csrf"].is_checked
        kept = await typed(request) if stale else []
        text = error.message or "登录已失效，这次提交没有处理。"
        return page(
            request, "errors/again.html", status=known.status, answer=known, text=text, kept=kept,
            written=written(kept), is_only_files=is_only_files(request, kept), action=whole_address(request),
            must_login=isinstance(error, NotSignedIn),
        )  # fmt: skip
    is_over = known.status == 409 and request.method in SAFE  # a step that is over leads to where the thing is now
    return page(
        request, "errors/error.html", status=known.status, answer=known, number=number_of(request, known),
        text=own_text(error), back=navigation.above(request) if is_over else came_from(request), winner=told_winner(error), errors=listed(error),
        kept=form.shown() if form is not None and known.status in {409, 422, 429} else [],
    )  # fmt: skip


def is_only_files(request: Request, kept: list[tuple[str, str]]) -> bool:
    """Whether nothing but files was sent: they aren't kept, so there is nothing to send once more."""
    is_upload = request.headers.get("content-type", "").startswith("multipart/form-data")
    return is_upload and all(name in CARRIED for name, _ in kept)


def written(kept: list[tuple[str, str]]) -> list[str]:
    """What somebody wrote themselves, to be looked over before it is sent once more."""
    return [value for name, value in kept if value and name not in CARRIED and not CHOICE.fullmatch(value)]


def told_winner(error: Exception) -> str:
    """Who was faster, in words; a bare reference (examiner:12) is for the API, a page's own sentence names them."""
    winner = error.winner if isinstance(error, Conflict) else ""
    return "" if REFERENCE.fullmatch(winner) else winner


def came_from(request: Request) -> str:
    """The page of ours that the request was sent from, to go back to; nothing where that is no page of ours."""
    sent_from = urlsplit(request.headers.get("referer", ""))
    is_ours = sent_from.netloc == request.headers.get("host") and re.fullmatch(r"/[^/\\][^\\]*", sent_from.path)
    return sent_from.path if is_ours else ""


def own_text(error: Exception) -> str:
    """Our own sentence, for errors that carry one for people."""
    return error.message if isinstance(error, PortalError) and not isinstance(error, Invalid) else ""


async def typed(request: Request) -> list[tuple[str, str]]:
    """What was posted, without secrets and files, to be sent once more by the person's own hand."""
    try:
        posted: Any = request.scope.get("posted") or await request.form()
    except (HTTPException, ClientDisconnect, RuntimeError):
        return []
    pairs = [(name, value) for name, value in posted.multi_items() if isinstance(value, str)]
    await request.close()  # the files that came along are let go at once
    return [(name, value) for name, value in pairs if not SECRET.search(name)]
