"""The zip package of a workbook: its parts, found by their relations, opened only within limits.

Sizes are checked in the directory before anything is unpacked; a size that lies is caught by zipfile, which stops
at the declared size and compares the checksum.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO
from xml.parsers import expat

from portal.base.sheets.cells import BadSheet

MOST_PARTS = 10_000
MOST_BYTES = 1 << 30
SUSPECT_BYTES = 64 << 20
SUSPECT_RATIO = 100
PIECE = 1 << 18
_BROKEN = "不是完好的 xlsx 工作簿。用表格软件打开后另存为 .xlsx"
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError),  # the package
    *(LookupError, ValueError, RuntimeError),  # what stands in it: a missing part, a broken number, an unknown packing
)

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Package:
    """An opened workbook package; `workbook` is the path of its main part."""

    def __init__(self, file: BinaryIO) -> None:
        with broken_package():
            self._zip = zipfile.ZipFile(file)
            self._check_directory()
            main = self.first("", "/officeDocument")
        if main is None or not main.endswith(".xml"):
            raise BadSheet("这个压缩包不是 xlsx 工作簿。用表格软件另存为 .xlsx")
        self.workbook = main

    def close(self) -> None:
        """Let go of the file without closing it."""
        self._zip.close()

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part is related to: id → (kind of relation, path of the other part)."""
        folder, name = posixpath.split(part)
        relations = f"{folder}/_rels/{name}.rels".lstrip("/")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))
                found[attributes["Id"]] = (attributes["Type"], target.lstrip("/"))

        if relations in self._zip.namelist():
            for _ in self.parse(relations, start):
                pass
        return found

    def first(self, part: str, kind: str) -> str | None:
        """The path of the first part of that kind that a part is related to."""
        return next((path for relation, path in self.targets(part).values() if relation.endswith(kind)), None)

    def parse(self, part: str, start: Start, end: End | None = None, text: Text | None = None) -> Iterator[None]:
        """Read a part piece by piece, calling back for its tags (without prefix) and text; yields after each piece."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        cut = None

        def begin(tag: str, attributes: dict[str, str]) -> None:
            nonlocal cut
            if cut is None:
                cut = tag.find(":") + 1
                _without_prefix(parser, cut, start, end)
            start(tag[cut:], attributes)

        parser.StartElementHandler = begin
        if text is not None:
            parser.CharacterDataHandler = text
        with broken_package(), self._zip.open(part) as opened:
            while piece := opened.read(PIECE):
                parser.Parse(piece)
                yield
            parser.Parse(b"", True)  # noqa: FBT003 expat takes its arguments by place alone
            yield

    def _check_directory(self) -> None:
        parts = self._zip.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES or any(map(_is_bomb, parts)):
            raise BadSheet("工作簿解压后太大。只保留要检查的一张表，另存后再试")
        if any(part.flag_bits & 1 for part in parts):
            raise BadSheet("工作簿有密码保护。去掉密码，另存为 .xlsx 后再试")
        if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
            raise BadSheet("工作簿含有宏。另存为不含宏的 .xlsx 后再试")


@contextmanager
def broken_package() -> Iterator[None]:
    """Turn what a damaged package raises into one message."""
    try:
        yield
    except _DAMAGE as error:
        raise BadSheet(_BROKEN) from error


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SUSPECT_BYTES and part.file_size > SUSPECT_RATIO * max(part.compress_size, 1)


def _refuse_doctype(*_: object) -> None:
    raise BadSheet(_BROKEN)


def _without_prefix(parser: expat.XMLParserType, cut: int, start: Start, end: End | None) -> None:
    """From the second tag on: hand the callbacks over straight where tags have no prefix, which is nearly always."""
    if cut:
        parser.StartElementHandler = lambda tag, attributes: start(tag[cut:], attributes)
        parser.EndElementHandler = None if end is None else lambda tag: end(tag[cut:])
    else:
        parser.StartElementHandler = start
        parser.EndElementHandler = end
