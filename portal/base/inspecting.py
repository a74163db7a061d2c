"""The child that opens what people upload: it alone parses foreign bytes, within limits and without a network.

One order is a letter and the file: `i` judges it and answers with its kind and pages, `p` and a page number makes that
page's picture, `t` reads a PDF's text, `s` and a line that says which columns are wanted reads a table's rows.
"""

import io
import json
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from portal.base.confined import Limits, serve
from portal.base.sheets.cells import BadSheet
from portal.base.sheets.columns import Column, Kind
from portal.base.sheets.reading import opened
from portal.kernel.errors import Invalid

if TYPE_CHECKING:
    import PIL.Image

LIMITS = Limits(memory_bytes=1 << 30, cpu_seconds=20, wall_seconds=30.0, orders=100)
MOST_PAGES = 60
MOST_PIXELS = 60_000_000
PICTURE_WIDTH = 1240
MOST_CHARACTERS = 4_000_000
PAGE = struct.Struct(">I")
ACTIVE = {b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFiles", b"/EF", b"/XFA", b"/RichMedia"}


def prepare() -> Callable[[bytes], bytes]:
    """Load the readers once."""
    import PIL.Image
    import pypdfium2  # noqa: F401 loaded before the first order

    PIL.Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    works = {b"i": judged, b"p": picture, b"t": text, b"s": table}
    return lambda order: works[order[:1]](order[1:])


def judged(content: bytes) -> bytes:
    """Say what the file is by its content; refuse what it isn't safe to keep, in words."""
    if content.startswith(b"%PDF-"):
        return json.dumps({"media_type": "application/pdf", "pages": pdf_pages(content)}).encode() + b"\n"
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        kind, clean = clean_image(content)
        return json.dumps({"media_type": kind, "pages": 1}).encode() + b"\n" + clean
    raise Invalid({"": "只收 PDF、JPEG、PNG 文件。把文件另存为其中一种再上传"})


def pdf_pages(content: bytes) -> int:
    """Count a PDF's pages; what is encrypted, broken, active or too long is refused."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if document.is_encrypted:
                raise Invalid({"": "这个 PDF 加了密码。去掉密码再上传"})
            pages = len(document.pages)
            refuse_active(document)
    except pikepdf.PasswordError:
        raise Invalid({"": "这个 PDF 加了密码。去掉密码再上传"}) from None
    except pikepdf.PdfError:
        raise Invalid({"": "这个 PDF 打不开，可能没有传完整。重新生成后再上传"}) from None
    if not 1 <= pages <= MOST_PAGES:
        raise Invalid({"": f"一份文件须有 1 到 {MOST_PAGES} 页。页数多的请拆开上传"})
    return pages


def refuse_active(document: object) -> None:
    """Refuse a PDF that would act when it is opened, or that carries other files."""
    import pikepdf

    assert isinstance(document, pikepdf.Pdf)
    for thing in document.objects:
        if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
            names = {str(name).encode() for name in thing.keys()}  # noqa: SIM118 a stream isn't iterable
            if names & ACTIVE or thing.get("/S") in {"/JavaScript", "/Launch"}:
                raise Invalid({"": "这个 PDF 里有脚本、动作或夹带的文件。另存为普通 PDF 再上传"})


def refuse_large(width: int, height: int) -> None:
    """Refuse a picture by what its head says, before its pixels fill the memory."""
    if width * height > MOST_PIXELS:
        raise Invalid({"": "图片太大。缩小到 6000 万像素以内再上传"})


def clean_image(content: bytes) -> tuple[str, bytes]:
    """Draw a picture anew: only its pixels are kept."""
    import PIL.Image
    import PIL.ImageOps

    try:
        with PIL.Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as image:
            kind = str(image.format)
            refuse_large(image.width, image.height)
            upright = on_white(PIL.ImageOps.exif_transpose(image))
    except Invalid:
        raise
    except Exception:  # noqa: BLE001 whatever the reader says, the picture can't be read
        raise Invalid({"": "这张图片打不开，可能没有传完整。重新拍摄或导出后再上传"}) from None
    out = io.BytesIO()
    upright.save(out, kind, quality=90, optimize=True)
    return f"image/{kind.lower()}", out.getvalue()


def on_white(image: "PIL.Image.Image") -> "PIL.Image.Image":
    """A picture as paper shows it: white where it is transparent, its greys scaled to 8 bits and not cut off."""
    import PIL.Image

    if image.mode == "I;16":
        return image.point(lambda grey: grey * (1 / 256)).convert("L").convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = PIL.Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB")


def picture(order: bytes) -> bytes:
    """Draw one page (numbered from 0) as a PNG that fits a screen."""
    import PIL.Image
    import pypdfium2

    number, content = PAGE.unpack(order[: PAGE.size])[0], order[PAGE.size :]
    if content.startswith(b"%PDF-"):
        page = pypdfium2.PdfDocument(content)[number]
        image = page.render(scale=min(PICTURE_WIDTH / page.get_width(), 4.0)).to_pil()
    else:
        image = PIL.Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
    image = image.convert("RGB")
    image.thumbnail((PICTURE_WIDTH, PICTURE_WIDTH * 4))
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def text(content: bytes) -> bytes:
    """Read a PDF's text, page by page."""
    import pypdfium2

    pdf_pages(content)
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document).encode("utf-8", "replace")


def table(order: bytes) -> bytes:
    """Read the rows of a CSV or XLSX table as JSON: each row's number, and its cells in the order of the columns."""
    head, _, content = order.partition(b"\n")
    wanted = json.loads(head)
    columns = [Column(name, chinese, Kind(kind)) for name, chinese, kind in wanted["columns"]]
    try:
        return json.dumps(list(table_rows(content, columns, wanted["most"]))).encode()
    except BadSheet as error:
        raise Invalid({"": "：".join(part for part in (error.place, error.message) if part)}) from None


def table_rows(content: bytes, columns: Sequence[Column], most: int) -> Iterator[tuple[int, list[str]]]:
    """Every row as text, a day as YYYY-MM-DD; more rows or more text than a table of ours can have is refused."""
    characters = 0
    with opened(io.BytesIO(content), columns) as sheet:
        for count, (number, cells) in enumerate(sheet.rows(), 1):
            if count > most:
                raise BadSheet(f"一次最多 {most} 行。分成几个文件上传")
            texts = ["" if cell is None else str(cell) for cell in cells]
            characters += sum(map(len, texts))
            if characters > MOST_CHARACTERS:
                raise BadSheet("表里的文字太多。只保留要交的内容，或分成几个文件上传")
            yield number, texts


if __name__ == "__main__":
    serve(prepare, LIMITS)
