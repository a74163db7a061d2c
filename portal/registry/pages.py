"""The public's pages: home, search, an institution, what a code on paper stands for."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from portal.base import clock, rates
from portal.base.web import page, see_other
from portal.kernel.errors import FieldError
from portal.kernel.programmes import STAGES
from portal.registry import present, service
from schemas.messages import in_chinese
from schemas.registry import LONGEST, Search

CHOICES: dict[str, Any] = {
    "statuses": present.STATUS_CHOICES,
    "categories": list(present.CATEGORIES.items()),
    "stages": list(STAGES.items()),
}


async def home(request: Request) -> Response:
    """What one can do here."""
    return page(request, "public/home.html")


async def search(request: Request) -> Response:
    """The registry's search: everything in the address."""
    await rates.limit(request, "search")
    asked, errors = await understood(request)
    if asked is None:
        given = {name: request.query_params.get(name, "") for name in Search.model_fields}
        kept = {**given, "q": given["q"][: 4 * LONGEST]}
        return await found_page(request, kept, None, status=422, errors=errors)
    found = await service.search(service.words_of(asked), today=clock.today(), after=asked.cursor)
    return await found_page(request, asked, found)


async def understood(request: Request) -> tuple[Search | None, list[FieldError]]:
    """Read the address; what can't be understood is said beside the box, with what was typed kept."""
    try:
        asked = Search.model_validate({**request.query_params})
    except ValidationError as failure:
        return None, in_chinese(failure, Search)
    if asked.district and asked.district not in await service.district_names():
        return None, [FieldError("district", present.NO_DISTRICT)]
    return asked, []


async def found_page(
    request: Request, asked: Any, found: service.Found | None, *, status: int = 200, errors: Sequence[FieldError] = ()
) -> Response:
    """The page around what was found."""
    districts = await service.district_names(found.version if found else None)
    results = [present.result(entry, districts) for entry in found.entries] if found else []
    return page(
        request, "registry/search.html", status=status, asked=asked, errors=errors, found=found, results=results,
        districts=list(districts.items()), **CHOICES,
    )  # fmt: skip


async def institution(request: Request) -> Response:
    """One institution's licence; a number that nobody has gets its own words."""
    found = await service.licence(request.path_params["licence_number"], clock.today())
    if found is None:
        return page(request, "registry/unlisted.html", status=404)
    entry, facts, events = found
    districts = await service.district_names()
    return page(
        request, "registry/institution.html", entry=entry, facts=facts, result=present.result(entry, districts),
        taught=present.taught(entry), restrictions=present.restrictions(entry),
        history=present.history(events, entry),
    )  # fmt: skip


async def verify_form(request: Request) -> Response:
    """Type the code that stands on a paper."""
    code = request.query_params.get("code", "").strip().replace("/", "")[:80]
    return see_other(request, "registry.verify", code=code) if code else page(request, "registry/verify_form.html")


async def verify(request: Request) -> Response:
    """What is in force now for the paper with this code; a code that we never gave gets its own words."""
    await rates.limit(request, "verify")
    checked = await service.verify(request.path_params["code"], clock.today())
    if checked is None:
        return page(request, "registry/unknown_code.html", status=404, code=request.path_params["code"][:40])
    districts = await service.district_names()
    shown = present.result(checked.entry, districts) if checked.entry else None
    return page(request, "registry/verify.html", checked=checked, entry=checked.entry, facts=checked.facts, result=shown,
                answer=present.answer_of(checked))  # fmt: skip
