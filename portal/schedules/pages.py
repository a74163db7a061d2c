"""The schedule check for people: typed into a form, or handed in as a file. Nothing is stored."""

import asyncio
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from portal.base import rates, uploads
from portal.base.web import ask_again, blank, page, read
from portal.districts import service as districts
from portal.kernel.errors import Invalid, TooLarge
from portal.schedules import present, service, sheets
from schemas import schedule_form
from schemas.schedule_form import ScheduleFile, ScheduleTyped

MOST_BYTES = 10 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORM, FILE = "schedules/check.html", "schedules/file.html"


async def around() -> dict[str, Any]:
    """What both pages offer to choose from."""
    names = await districts.names()
    return {"districts": list(names.items()), "stages": present.STAGE_CHOICES, "weekdays": present.WEEKDAYS}


async def ask(request: Request) -> Response:
    """Ask for a filing."""
    return page(request, FORM, form=blank(ScheduleTyped), result=None, **await around())


async def check(request: Request) -> Response:
    """Judge what was typed, and show it with what came of it."""
    form = await read(request, ScheduleTyped)
    context = await around()
    if again := ask_again(request, FORM, form, result=None, **context):
        return again
    await rates.limit(request, "check")
    try:
        checked = await service.check(schedule_form.document(form.data))
    except Invalid as error:
        raise Invalid([schedule_form.field_of(each) for each in error.errors]) from None
    return page(request, FORM, form=form, result=shown(checked), **context)


async def ask_for_file(request: Request) -> Response:
    """Ask for a filing as a file."""
    return page(request, FILE, form=blank(ScheduleFile), result=None, **await around())


async def check_file(request: Request) -> Response:
    """Judge a filing that was handed in as JSON, XLSX or CSV."""
    form = await read(request, ScheduleFile, files=["file"])
    chosen = form.files("file")
    if not chosen:
        form.fail("file", "选择要检查的文件")
    context = await around()
    if again := ask_again(request, FILE, form, result=None, **context):
        return again
    await rates.limit(request, "check")
    checked = await of_file(await content(chosen[0]), form.data)
    return page(request, FILE, form=form, result=shown(checked), **context)


async def content(chosen: UploadFile) -> bytes:
    """The file's bytes, up to the limit."""
    found = await chosen.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise TooLarge("一份课表最多 10 MB。拆成几个文件后再检查")
    return found


async def of_file(found: bytes, around_it: ScheduleFile) -> service.Checked:
    """Judge a file by its content: JSON begins with a brace, everything else is a table."""
    is_json = found.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}
    if not is_json and not around_it.district:
        raise Invalid({"district": "选择区县"})
    if not is_json:
        return await of_table(found, around_it)
    try:
        return await service.check_json(found)
    except Invalid as error:
        raise Invalid([service.at_file(each) for each in error.errors]) from None


async def of_table(found: bytes, around_it: ScheduleFile) -> service.Checked:
    """Judge a table."""
    licence = schedule_form.listed(around_it.licence)
    rows = await uploads.table(found, sheets.COLUMNS, sheets.MOST_ROWS)
    made = sheets.document(rows, around_it.district, licence)
    try:
        return await service.check(made)
    except Invalid as error:
        raise Invalid([sheets.named(each, made) for each in error.errors]) from None


async def template(_request: Request) -> Response:
    """The workbook to fill in."""
    made = await asyncio.to_thread(sheets.template)
    return Response(made, media_type=XLSX, headers={"content-disposition": 'attachment; filename="schedule.xlsx"'})


def shown(checked: service.Checked) -> present.Result:
    """What came of a check."""
    return present.result(checked.request, checked.answer, checked.school)
