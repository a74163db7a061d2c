"""What handlers call: read a form, show a page, lead on, answer in JSON.

    form = await read(request, Accept, case_id=request.path_params["id"])
    if refused := ask_again(request, "review/accept.html", form, case=case):
        return refused
    await service.accept(form.data, actor=request.user, now=clock.now())
    return see_other(request, "review.case", id=form.data.case_id, notice="accepted")

`ask_again` shows the page once more where the form has errors (422) or a row was added; else it remembers the page,
so that an `Invalid` raised by the use case comes back into the same fields.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, ValidationError
from pydantic_core import to_json
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from portal.base import clock, csrf, form_keys, forms, navigation, notices
from portal.base.actor import ANONYMOUS
from portal.base.forms import Form, blank
from portal.base.templating import render
from portal.kernel import strict_json
from portal.kernel.errors import FieldError, Invalid, TooLarge
from schemas.messages import in_chinese

__all__ = [
    "Form",
    "answer_json",
    "ask_again",
    "blank",
    "confirmed",
    "here",
    "page",
    "pressed",
    "problem",
    "read",
    "read_json",
    "see_other",
]

M = TypeVar("M", bound=BaseModel)
MOST_FIELDS = 5000
MOST_FILES = 20
TOO_MUCH = f"这次提交的内容太多，没有处理。一次最多 {MOST_FIELDS} 项、{MOST_FILES} 个文件。分几次提交。"
LONGEST_FIELD = 1024 * 1024  # what is longer than its field takes comes back to the person with a word, not as 400


async def confirmed(request: Request) -> FormData:
    """The posted form, once its token was found right: for bare buttons without a schema."""
    try:
        posted = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD)
    except HTTPException as refused:
        if str(refused.detail).startswith("Too many"):
            raise TooLarge(TOO_MUCH) from None
        raise
    posted = forms.storable(posted)
    request.scope["posted"] = posted
    csrf.check(request, str(posted.get("csrf_token", "")))
    return posted


async def pressed(request: Request) -> str:
    """The key of a bare button's form, once its token was found right."""
    return form_keys.key_of(await confirmed(request))


async def read(request: Request, model: type[M], *, files: Iterable[str] = (), **extra: Any) -> Form[M]:
    """Read a form into its schema; `extra` (path, version, session) can't be overridden by what was sent.

    An order that must happen once has a `key`: the form's idempotency key.
    """
    posted = await confirmed(request)
    if "key" in model.model_fields:
        extra["key"] = str(posted.get("idempotency_key", ""))
    form = forms.sent(model, posted, files=files, **extra)
    request.scope["form"] = form
    return form


def ask_again(request: Request, template: str, form: Form[Any], **context: Any) -> Response | None:
    """Show the page again where something is to be mended; else remember it for what the use case finds wrong."""
    if form.errors:
        return page(request, template, status=422, form=form, **context)
    if form.is_reshaped:
        return page(request, template, form=form, **context)
    request.scope["asked"] = (template, context)
    return None


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page with what every page needs: who looks at it, the links on top, what was just done."""
    said = notices.take(request)
    response = HTMLResponse(render(template, **surroundings(request), notice=said, **context), status_code=status)
    if said:
        notices.forget(request, response)
    return response


def surroundings(request: Request) -> dict[str, Any]:
    """The names that `base.html` and every page may use."""

    def url(route: str, **parameters: Any) -> str:
        query = parameters.pop("query", None)
        return navigation.address(request, route, **parameters) + (f"?{urlencode(query)}" if query else "")

    return {
        "actor": request.scope.get("user", ANONYMOUS),
        "links": navigation.links(request),
        "login": navigation.path_of(request, "accounts.login"),
        "logout": navigation.path_of(request, "accounts.logout"),
        "home": navigation.path_of(request, "public.home") or "/",
        "shown_at": clock.now(),
        "is_demo": request.app.state.is_demo,
        "url": url,
        "has_route": lambda route: navigation.has(request, route),
        "here": lambda **changes: here(request, **changes),
    }


def here(request: Request, **changes: Any) -> str:
    """This page's address with another query: a filter set, a page on; None takes a part away."""
    query = {**request.query_params, **changes}
    kept = {name: value for name, value in query.items() if value is not None and value != ""}
    return str(request.scope["path"]) + (f"?{urlencode(kept)}" if kept else "")


def see_other(request: Request, route: str, *, notice: str | None = None, **parameters: Any) -> Response:
    """Lead on after a step (303), so that a reload repeats nothing; `query` and `anchor` become the address's."""
    query, anchor = parameters.pop("query", None), parameters.pop("anchor", "")
    address = str(request.app.url_path_for(route, **parameters)) + (f"?{urlencode(query)}" if query else "")
    address += f"#{anchor}" if anchor else ""
    response = RedirectResponse(address, status_code=303)
    if notice:
        notices.leave(request, response, notice)
    return response


def answer_json(content: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer of the API."""
    return Response(to_json(content), status_code=status, headers=dict(headers or {}), media_type="application/json")


def problem(
    status: int,
    title: str,
    *,
    detail: str = "",
    errors: Iterable[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An error of the API (RFC 9457); `errors` says where and what to do."""
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    if detail:
        body["detail"] = detail
    listed = [{"path": error.path, "message": error.message} for error in errors]
    if listed:
        body["errors"] = listed
    return JSONResponse(body, status, dict(headers or {}), media_type="application/problem+json")


async def read_json(request: Request, model: type[M]) -> M:
    """Read a JSON body strictly into its schema; raises Invalid with a path and a sentence for each error."""
    try:
        document = strict_json.loads(await request.body())
    except strict_json.NotJson as error:
        raise Invalid([FieldError(error.place, error.message)]) from error
    try:
        return model.model_validate(document)
    except ValidationError as failure:
        raise Invalid(in_chinese(failure, model, separator="/")) from failure
