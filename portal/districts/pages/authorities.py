"""The overview, and the list of authorities that the city keeps."""

from starlette.requests import Request
from starlette.responses import Response

from portal.base import clock
from portal.base.web import ask_again, blank, page, read, see_other
from portal.districts import present, service
from portal.districts.service import authorities
from schemas.districts import AddAuthority, ChangeAuthority


async def home(request: Request) -> Response:
    """What this administrator keeps, and what waits for them."""
    names = await service.names()
    district = request.user.district or ""
    missing = service.missing_year(await service.calendar(), clock.today())
    lists_schools = not district or await service.has_schools(district)
    return page(
        request, "admin/home.html", tasks=present.tasks(request.user), place=names.get(district, "重庆市"),
        missing_year=missing, lists_schools=lists_schools,
    )  # fmt: skip


async def districts(request: Request) -> Response:
    """Every authority."""
    return page(request, "admin/districts.html", listed=await authorities.listed(actor=request.user))


async def new_district(request: Request) -> Response:
    """Ask for an authority without a GB/T 2260 code."""
    return page(request, "admin/district_new.html", form=blank(AddAuthority))


async def add_district(request: Request) -> Response:
    """Let the authority decide."""
    form = await read(request, AddAuthority)
    if refused := ask_again(request, "admin/district_new.html", form):
        return refused
    await authorities.add_authority(form.data, key=form.key, actor=request.user, now=clock.now())
    return see_other(request, "admin.districts", notice="district-added")


async def district(request: Request) -> Response:
    """One authority and its form."""
    found = await authorities.authority(request.path_params["authority_code"], actor=request.user)
    return page(request, "admin/district.html", found=found, form=blank(ChangeAuthority, service.fields_of(found)))


async def change_district(request: Request) -> Response:
    """Write the authority anew."""
    found = await authorities.authority(request.path_params["authority_code"], actor=request.user)
    form = await read(request, ChangeAuthority, code=found.code)
    if refused := ask_again(request, "admin/district.html", form, found=found):
        return refused
    await authorities.change_authority(form.data, actor=request.user, now=clock.now())
    return see_other(request, "admin.districts", notice="district-changed")
