"""The advertisement check for people: a pasted text or a PDF; nothing is stored."""

from starlette.requests import Request
from starlette.responses import Response

from portal.advertising import present, service
from portal.base import rates, uploads
from portal.base.web import Form, ask_again, blank, page, read
from portal.kernel.errors import Invalid
from schemas.advertising import LONGEST_TEXT
from schemas.advertising_form import AdvertisementTyped
from schemas.schedule_form import listed

TEMPLATE = "advertising/check.html"
NO_TEXT = "这份 PDF 里没有能读出的文字，可能是扫描件。把文字粘贴到上面的框里"


async def ask(request: Request) -> Response:
    """Ask for a text."""
    return page(request, TEMPLATE, form=blank(AdvertisementTyped), shown=None, longest=LONGEST_TEXT)


async def check(request: Request) -> Response:
    """Show the text with the passages that may not stand in it."""
    form = await read(request, AdvertisementTyped, files=["file"])
    if not form.errors and not form.files("file") and not form.data.text:
        form.fail("text", "粘贴广告文字，或选择一份 PDF")
    if again := ask_again(request, TEMPLATE, form, shown=None, longest=LONGEST_TEXT):
        return again
    await rates.limit(request, "check")
    text = await text_of(form)
    found = await service.check(text, listed(form.data.licence) or None)
    shown = present.shown(text, found, service.categories())
    return page(request, TEMPLATE, form=form, shown=shown, longest=LONGEST_TEXT)


async def text_of(form: Form[AdvertisementTyped]) -> str:
    """The PDF's text where one was handed in, else what was typed."""
    if not form.files("file"):
        return form.data.text
    content = await uploads.read(form.files("file")[0])
    if not content.startswith(b"%PDF-"):
        raise Invalid({"file": "这不是 PDF。选择 PDF 文件，或把文字粘贴到上面的框里"})
    text = (await uploads.pdf_text(content)).replace("\r\n", "\n").strip()
    if not text:
        raise Invalid({"file": NO_TEXT})
    if len(text) > LONGEST_TEXT:
        raise Invalid({"file": f"这份 PDF 有 {len(text)} 个字，一次最多 {LONGEST_TEXT} 个。分几次检查"})
    return text
