"""The registry as JSON: search, one licence, what a code stands for."""

import hashlib
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from portal.base import clock, rates
from portal.base.openapi import Operation, read_query
from portal.base.web import answer_json
from portal.kernel.errors import Missing
from portal.registry import present, service
from schemas import registry as schema

LIST = "public, max-age=60"
ONE = "no-cache"
DIGITS = {"licence_number": {"type": "string", "pattern": "^[0-9]{15}$"}}
OPERATIONS = [
    Operation("api.registry", "Search the licensed institutions.", answer=schema.Page, query=schema.ListSearch,
              problems=(422, 429, 503), is_cached=True),
    Operation("api.licence", "One institution's licence.", answer=schema.LicenceShown, path=DIGITS,
              problems=(404, 429, 503), is_cached=True),
    Operation("api.verify", "What a code on paper stands for now.", answer=schema.PaperShown,
              path={"code": {"type": "string", "minLength": 1}}, problems=(404, 429, 503), is_cached=True),
    Operation("api.openapi", "This description."),
]  # fmt: skip


async def search(request: Request) -> Response:
    """A page of results."""
    await rates.limit(request, "search")
    asked = read_query(request, schema.ListSearch)
    wanted = await service.wanted(asked)
    question = repr((*wanted.question, asked.cursor, asked.limit))
    if "if-none-match" in request.headers:
        tag = await fresh_tag(question)
        if is_known(request, tag):
            return unchanged(tag, LIST)
    found = await service.search(wanted, today=clock.today(), after=asked.cursor, limit=asked.limit)
    return tagged(present.page(found), tag_of(found.version, question), LIST)


async def licence(request: Request) -> Response:
    """One licence."""
    await rates.limit(request, "search")
    number = request.path_params["licence_number"]
    tag = await fresh_tag(number)
    found = await service.licence(number, clock.today())
    if found is None:
        raise Missing("没有这个许可证号。检查 15 位数字，或按名称查询。")
    return unchanged(tag, ONE) if is_known(request, tag) else tagged(present.licence(*found), tag, ONE)


async def verify(request: Request) -> Response:
    """What a code stands for."""
    await rates.limit(request, "verify")
    tag = await fresh_tag(request.path_params["code"])
    checked = await service.verify(request.path_params["code"], clock.today())
    if checked is None:
        raise Missing("没有这个核验码。对照证书再输入一次；仍查不到，这份证书就不是本平台签发的。")
    return unchanged(tag, ONE) if is_known(request, tag) else tagged(present.paper(checked), tag, ONE)


async def fresh_tag(asked: str) -> str:
    """The mark that an answer would have now."""
    return tag_of(await service.version(), asked)


def tag_of(version: int, asked: str) -> str:
    """The answer's mark: the registry's version, the day (limits end by themselves) and the question."""
    text = f"{version}\n{clock.today()}\n{asked}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the caller has this very answer."""
    sent = request.headers.get("if-none-match", "")
    return sent == "*" or tag in (one.strip().removeprefix("W/") for one in sent.split(","))


def tagged(content: Any, tag: str, kept: str) -> Response:
    """Answer, saying how long it may be kept."""
    return answer_json(content, headers={"etag": tag, "cache-control": kept})


def unchanged(tag: str, kept: str) -> Response:
    """Say that nothing changed."""
    return Response(status_code=304, headers={"etag": tag, "cache-control": kept})
