"""Files that people hand in: told by content, never by name; opened only in a limited child process."""

import asyncio
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from starlette.datastructures import UploadFile

from portal.base.inspecting import LIMITS, PAGE
from portal.base.render import WorkFailed, Workshop
from portal.base.sheets.columns import Column
from portal.kernel.errors import FieldError, Invalid, TooLarge

MOST_BYTES = 20 * 1024 * 1024
TOO_LARGE = "一份文件最多 20 MB。压缩或拆开后再上传"
OTHERS = "其他文件也没有保存。去掉有问题的，一起再传"
BROKEN = "这个文件打不开，可能已损坏。重新生成后再上传"


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be kept: its kind, its pages, and the bytes to keep (pictures are drawn anew)."""

    media_type: str
    pages: int
    content: bytes


_workshops: WeakKeyDictionary[asyncio.AbstractEventLoop, Workshop] = WeakKeyDictionary()


def workshop() -> Workshop:
    """The child of this process: one for its event loop, because a pipe belongs to a loop."""
    return _workshops.setdefault(asyncio.get_running_loop(), Workshop("portal.base.inspecting", LIMITS))


async def close() -> None:
    """End the child."""
    await workshop().close()


async def read(upload: UploadFile) -> bytes:
    """Read an uploaded file, up to the limit."""
    content = await upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise TooLarge(TOO_LARGE)
    if not content:
        raise Invalid({"file": "这个文件是空的。选择有内容的文件"})
    return content


async def judged(sent: Sequence[UploadFile]) -> list[Inspected]:
    """Judge files that were sent together; each that can't be kept is named, and then none is kept."""
    found, faults = [], []
    for upload in sent:
        try:
            found.append(await inspect(await read(upload)))
        except Invalid as refused:
            faults += [FieldError("file", f"{safe_name(upload.filename)}：{error.message}") for error in refused.errors]
    if faults and found:
        faults.append(FieldError("file", OTHERS))
    if faults:
        raise Invalid(faults)
    return found


async def inspect(content: bytes) -> Inspected:
    """Judge a file by its content; what can't be kept is refused in words."""
    try:
        answer = await workshop().do(b"i" + content)
    except WorkFailed:
        raise Invalid({"file": BROKEN}) from None
    except Invalid as error:
        raise Invalid({"file": error.message}) from None
    head, _, clean = answer.partition(b"\n")
    found = json.loads(head)
    return Inspected(found["media_type"], found["pages"], clean or content)


async def page_picture(content: bytes, number: int) -> bytes:
    """Draw one page of a kept file, numbered from 0, as a PNG."""
    return await workshop().do(b"p" + PAGE.pack(number) + content)


async def pdf_text(content: bytes) -> str:
    """Read the text of a PDF; one that can't be opened is refused in words."""
    try:
        return (await workshop().do(b"t" + content)).decode()
    except WorkFailed:
        raise Invalid({"file": BROKEN}) from None


async def table(content: bytes, columns: Sequence[Column], most: int) -> list[tuple[int, list[str]]]:
    """Read a table of so many rows at most, CSV or XLSX: each row's number, and its cells in the order of the columns.

    A day is written YYYY-MM-DD, a blank cell is empty; what can't be read is refused in words that name the place.
    """
    wanted = {"columns": [(column.name, column.chinese, column.kind) for column in columns], "most": most}
    try:
        answer = await workshop().do(b"s" + json.dumps(wanted).encode() + b"\n" + content)
    except WorkFailed:
        raise Invalid({"file": BROKEN}) from None
    except Invalid as error:
        raise Invalid({"file": error.message}) from None
    return [(number, cells) for number, cells in json.loads(answer)]


def safe_name(written: str | None) -> str:
    """A file's name as it may be shown: its last part, without invisible or directing characters."""
    name = re.split(r"[\\/]", written or "")[-1]
    kept = "".join(letter for letter in name if unicodedata.category(letter)[0] not in "CZ" or letter == " ")
    return kept.strip(". ")[:100] or "未命名文件"
