"""A district's list of schools: look, add, change, take off, hand in as a file, take away as a file."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from portal.base import clock, rates
from portal.base.web import ask_again, blank, confirmed, page, read, see_other
from portal.districts import present, service
from portal.districts.pages.asked import asked
from portal.districts.service import importing
from portal.districts.service import schools as lists
from schemas.districts import AddSchool, ChangeSchool, FindSchools, HandIn, MoveSchool


async def schools(request: Request) -> Response:
    """The list, with filters in the address."""
    wanted = asked(request, FindSchools)
    names = await service.names()
    return page(
        request, "admin/schools.html", found=await lists.find(wanted, actor=request.user), wanted=wanted, names=names,
        states=present.STATE_CHOICES, stage_words=service.stage_words, may_change=request.user.role == "district-admin",
    )  # fmt: skip


async def new_school(request: Request) -> Response:
    """Ask for a school."""
    return page(request, "admin/school_new.html", form=blank(AddSchool), stages=present.STAGE_CHOICES)


async def add_school(request: Request) -> Response:
    """Put the school on the list."""
    form = await read(request, AddSchool)
    if refused := ask_again(request, "admin/school_new.html", form, stages=present.STAGE_CHOICES):
        return refused
    await lists.add_school(form.data, key=form.key, actor=request.user, now=clock.now())
    return see_other(request, "admin.schools", notice="school-added")


async def about(request: Request) -> dict[str, Any]:
    """The school beside its form."""
    found = await lists.school(int(request.path_params["school_id"]), actor=request.user)
    return {"school": found, "stages": present.STAGE_CHOICES}


async def school(request: Request) -> Response:
    """One school and its form."""
    context = await about(request)
    form = blank(ChangeSchool, present.day_values(context["school"]))
    return page(request, "admin/school.html", form=form, **context)


async def change_school(request: Request) -> Response:
    """Write the school anew."""
    context = await about(request)
    form = await read(request, ChangeSchool, school_id=context["school"].id)
    if refused := ask_again(request, "admin/school.html", form, **context):
        return refused
    await lists.change_school(form.data, actor=request.user, now=clock.now())
    return see_other(request, "admin.schools", notice="school-changed")


async def move_school(request: Request) -> Response:
    """Take the school off the list, or put it back, as the route says."""
    context = await about(request)
    form = await read(request, MoveSchool, school_id=context["school"].id)
    if refused := ask_again(request, "admin/school.html", form, **context):
        return refused
    is_active = request.scope["route"].name == "admin.school_reopen"
    await lists.move_school(form.data, is_active=is_active, actor=request.user, now=clock.now())
    return see_other(request, "admin.schools", notice="school-reopened" if is_active else "school-closed")


async def ask_for_list(request: Request) -> Response:
    """Ask for a file."""
    return page(request, "admin/school_import_new.html", form=blank(HandIn))


async def hand_in(request: Request) -> Response:
    """Keep the file and show what it would change."""
    await rates.limit(request, "upload")
    form = await read(request, HandIn, files=["file"])
    chosen = form.files("file")
    if not chosen:
        form.fail("file", "选择要上传的 CSV 文件")
    if refused := ask_again(request, "admin/school_import_new.html", form):
        return refused
    content = await chosen[0].read()
    import_id = await importing.hand_in(content, key=form.key, actor=request.user, now=clock.now())
    return see_other(request, "admin.school_import", import_id=import_id)


async def handed_in(request: Request) -> Response:
    """What the file would change."""
    found, plan = await importing.looked_at(int(request.path_params["import_id"]), actor=request.user)
    return page(request, "admin/school_import.html", found=found, preview=present.preview(plan))


async def take_over(request: Request) -> Response:
    """Take the list over."""
    await confirmed(request)
    await importing.take_over(int(request.path_params["import_id"]), actor=request.user, now=clock.now())
    return see_other(request, "admin.schools", notice="schools-imported")


async def export(request: Request) -> Response:
    """The list as a file."""
    return csv_file(await lists.exported(actor=request.user), f"schools-{request.user.district}.csv")


async def template(_request: Request) -> Response:
    """The empty file to fill in."""
    return csv_file(lists.template(), "schools-template.csv")


def csv_file(content: bytes, name: str) -> Response:
    """A CSV file to keep."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
