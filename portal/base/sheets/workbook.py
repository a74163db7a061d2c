"""XLSX: the first sheet of a workbook, row by row, in memory that doesn't grow with the rows.

Read by our own hand because the library at hand, python-calamine, holds the whole sheet (248 MB for 300,000 rows),
ends the process at a sheet with one far cell, and tells neither formulas nor where a row stands.
Formulas and merged cells among the wanted columns are refused: the file doesn't say what a person sees there.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from datetime import date, timedelta
from typing import BinaryIO

from portal.base.sheets.cells import BadSheet, Cell, Odd, Row
from portal.base.sheets.package import Package, broken_package
from portal.base.sheets.texts import Texts, day_styles, unescaped

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
LONGEST_TEXT = 32_767
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,9})")
_LAST_DAY = 2_958_465
_LAST_DAY_1904 = _LAST_DAY - 1_462
_NO_DAY = 60
_BROKEN = "不是完好的 xlsx 工作簿。用表格软件打开后另存为 .xlsx"


class Workbook:
    """The rows of a workbook's first sheet; `number` is the row's own."""

    is_all_text = False

    def __init__(self, file: BinaryIO) -> None:
        self._package = Package(file)
        with broken_package():
            sheet, is_1904 = _first_sheet(self._package)
            package, main = self._package, self._package.workbook
            texts = Texts(package, package.first(main, "/sharedStrings"))
            days = day_styles(package, package.first(main, "/styles"))
        self._reader = _SheetReader(texts, days, is_1904=is_1904)
        self._rows = self._reader.rows(self._package, sheet)
        self._header_number = 0

    def header(self) -> Row | None:
        """Give the first row that isn't empty."""
        for number, cells in self._rows:
            if cells:
                self._header_number = number
                return Row(number, [cells.get(column, "") for column in range(max(cells) + 1)])
        return None

    def body(self, wanted: Sequence[int]) -> Iterator[tuple[int, list[Cell]]]:
        """Give the wanted cells of every further row; merged cells become known behind the last row."""
        for number, cells in self._rows:
            if cells:
                yield number, [cells.get(column, "") for column in wanted]
        for merged in self._reader.merged:
            self._refuse_merged(merged, wanted)

    def place(self, number: int, column: int) -> str:
        """Name the cell as the spreadsheet does."""
        return f"单元格 {_letters(column)}{number}"

    def close(self) -> None:
        """Let go of the file without closing it."""
        self._rows.close()
        self._package.close()

    def _refuse_merged(self, merged: str, wanted: Sequence[int]) -> None:
        corners = [_position(corner) for corner in merged.split(":")]
        (first, _), (last, bottom) = corners[0], corners[-1]
        if bottom >= self._header_number and any(first <= column <= last for column in wanted):
            raise BadSheet("这里有合并的单元格。取消合并，每格填上自己的内容", f"单元格 {merged}")


class _SheetReader:
    """Turns a sheet's tags into rows. Column letters → index are kept, because a million cells repeat few of them."""

    def __init__(self, texts: Texts, days: frozenset[str], *, is_1904: bool) -> None:
        self.merged: list[str] = []
        self._texts = texts
        self._days = days
        self._is_1904 = is_1904
        self._done: list[tuple[int, dict[int, Cell]]] = []
        self._number = 0
        self._column = -1
        self._cells: dict[int, Cell] = {}
        self._kind = self._style = ""
        self._pieces: list[str] = []
        self._length = 0
        self._takes_text = self._is_formula = self._is_phonetic = False
        self._columns: dict[str, int] = {}

    def rows(self, package: Package, part: str) -> Generator[tuple[int, dict[int, Cell]], None, None]:
        """Every row with its number and the cells that aren't empty."""
        for _ in package.parse(part, self._start, self._end, self._pieces_of_text):
            done, self._done = self._done, []
            yield from done

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._begin_cell(attributes)
        elif tag in {"v", "t"}:
            self._takes_text = not self._is_phonetic
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "f":
            self._is_formula = True
        elif tag == "rPh":
            self._is_phonetic = True
        elif tag == "mergeCell":
            self.merged.append(attributes["ref"])

    def _end(self, tag: str) -> None:
        if tag == "c":
            value = Odd.FORMULA if self._is_formula else self._value("".join(self._pieces))
            if value != "" and not (isinstance(value, str) and value.isspace()):
                self._cells[self._column] = value
        elif tag in {"v", "t"}:
            self._takes_text = False
        elif tag == "row":
            self._done.append((self._number, self._cells))
        elif tag == "rPh":
            self._is_phonetic = False

    def _pieces_of_text(self, piece: str) -> None:
        if self._takes_text:
            self._pieces.append(piece)
            self._length += len(piece)
            if self._length > LONGEST_TEXT:
                raise BadSheet(f"一格里的文字超过 {LONGEST_TEXT} 字", self._place())

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r", self._number + 1))
        if number > MOST_ROWS:
            raise BadSheet(f"超过 {MOST_ROWS:,} 行。拆成几个文件", f"第 {number} 行")
        if number <= self._number:
            raise BadSheet(_BROKEN, f"第 {number} 行")
        self._number, self._column, self._cells = number, -1, {}

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        column = self._column + 1
        reference = attributes.get("r")
        if reference is not None:
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters, -1)
            if column < 0:
                column = self._columns[letters] = _position(f"{letters}1")[0]
        if not self._column < column < MOST_COLUMNS:
            raise BadSheet(_BROKEN, self._place())
        self._column = column
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._pieces, self._length, self._is_formula = [], 0, False

    def _value(self, written: str) -> Cell:
        if self._kind == "s":
            return self._texts[int(written)] if written else ""
        if self._kind in {"str", "inlineStr"}:
            return unescaped(written)
        if self._kind == "b":
            return Odd.TRUTH
        if self._kind == "e":
            return Odd.ERROR
        if not written:
            return ""
        if self._kind == "d":
            return date.fromisoformat(written[:10])
        return self._day(float(written)) if self._style in self._days else float(written)

    def _day(self, serial: float) -> Cell:
        """The day of a serial number; a spreadsheet counts a 29 February 1900 that never was."""
        if self._is_1904:
            return date(1904, 1, 1) + timedelta(days=int(serial)) if 0 <= serial <= _LAST_DAY_1904 else Odd.NO_DAY
        if not 1 <= serial < _LAST_DAY + 1 or int(serial) == _NO_DAY:
            return Odd.NO_DAY
        return date(1899, 12, 30) + timedelta(days=int(serial) + (serial < _NO_DAY))

    def _place(self) -> str:
        return f"单元格 {_letters(max(self._column, 0))}{max(self._number, 1)}"


def _first_sheet(package: Package) -> tuple[str, bool]:
    """The path of the first sheet's part, and whether its days are counted from 1904."""
    relations: list[str] = []
    is_1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal is_1904
        if tag == "sheet":
            relations.extend(value for key, value in attributes.items() if key.endswith(":id"))
        elif tag == "workbookPr":
            is_1904 = attributes.get("date1904") in {"1", "true"}

    for _ in package.parse(package.workbook, start):
        pass
    kind, part = package.targets(package.workbook)[relations[0]] if relations else ("", "")
    if not kind.endswith("/worksheet"):
        raise BadSheet("工作簿的第一张不是普通工作表。把要检查的表移到第一张")
    return part, is_1904


def _position(reference: str) -> tuple[int, int]:
    """Column from 0 and row of a reference such as AB12."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise BadSheet(_BROKEN)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1, int(found[2])


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
