"""CSV, read strictly: UTF-8 or else GB18030, commas, quotes that open and close where RFC 4180 allows them."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import BinaryIO

from portal.base.sheets.cells import BadSheet, Cell, Row

PIECE = 1 << 20
ENCODINGS = ("utf-8", "gb18030")
_FIELD = r'(?:"(?:[^"]++|"")*+"|[^",\r\n]*+)'
_RECORD = re.compile(rf"{_FIELD}(?:,{_FIELD})*+(?:\r\n|\r|\n)?")
_QUOTING = '引号没有成对，或有一格太长。每格的引号要成对，格内的引号写成两个 ""'


class CommaSeparated:
    """The rows of a CSV file; `number` is the line on which a row begins."""

    is_all_text = True

    def __init__(self, file: BinaryIO) -> None:
        self._text = io.TextIOWrapper(file, encoding=_encoding(file), newline="")
        self._raw: list[str] = []
        self._reader = csv.reader(self._lines(self._text), strict=True)
        self._width = 0

    def header(self) -> Row | None:
        """Give the first row that isn't empty."""
        for number, record in self._records():
            self._width = len(record)
            return Row(number, record)
        return None

    def body(self, wanted: Sequence[int]) -> Iterator[tuple[int, list[Cell]]]:
        """Give the wanted cells of every further row; cells that a short row lacks are empty."""
        pick = itemgetter(*wanted)
        width = self._width
        for number, record in self._records():
            if len(record) < width:
                record.extend([""] * (width - len(record)))
            elif len(record) > width and any(record[width:]):
                message = f"这一行多于表头的 {width} 列。检查有没有多余的逗号，含逗号的格要加引号"
                raise BadSheet(message, f"第 {number} 行")
            yield number, list(pick(record))

    def place(self, number: int, column: int) -> str:
        """Name the line; a CSV file has no letters for its columns."""
        return f"第 {number} 行第 {column + 1} 列"

    def close(self) -> None:
        """Let go of the file without closing it."""
        self._text.detach()

    def _lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        for index, line in enumerate(text):
            plain = line if index else line.removeprefix("\ufeff")
            self._raw.append(plain)
            yield plain

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Every record that isn't empty, with its first line; quotes are checked, because the csv module forgives."""
        raw, reader = self._raw, self._reader
        while True:
            raw.clear()
            number = reader.line_num + 1
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error:
                raise BadSheet(_QUOTING, f"第 {number} 行") from None
            written = raw[0] if len(raw) == 1 else "".join(raw)
            if '"' in written and not _RECORD.fullmatch(written):
                raise BadSheet(_QUOTING, f"第 {number} 行")
            if any(record) and not "".join(record).isspace():
                yield number, record


def _encoding(file: BinaryIO) -> str:
    """UTF-8 where the whole file decodes as such, else GB18030, else nothing that we read."""
    for encoding in ENCODINGS:
        broken = _first_broken_line(file, encoding)
        if broken is None:
            file.seek(0)
            return encoding
    raise BadSheet("既不是 UTF-8 也不是 GB18030 编码。用表格软件另存为 UTF-8 的 CSV 或 xlsx", f"第 {broken} 行")


def _first_broken_line(file: BinaryIO, encoding: str) -> int | None:
    """The line on which the file stops being text of that encoding, or None where it is one throughout."""
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    line = 1
    try:
        while piece := file.read(PIECE):
            decoder.decode(piece)
            line += piece.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return line + error.object.count(b"\n", 0, error.start)
    return None
