"""A sheet by its columns: which are wanted, under which headers, and what may stand in them.

with sheet(file) as rows: ...   # `rows` gives the row's number and its values in the order of the wanted columns
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any, BinaryIO

from portal.base.sheets.cells import BadSheet, Cell, Odd, Row, Source
from portal.base.sheets.columns import Column, Kind
from portal.base.sheets.comma import CommaSeparated
from portal.base.sheets.workbook import Workbook

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAY_LENGTH = len("2026-11-30")


@contextmanager
def opened(file: BinaryIO, columns: Sequence[Column]) -> Iterator["Sheet"]:
    """Open a table, CSV or XLSX as its content tells; the file stays the caller's."""
    source = _source(file)
    try:
        yield Sheet(source, columns)
    finally:
        source.close()


class Sheet:
    """The rows of one handed-in table, by its columns."""

    def __init__(self, source: Source, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._source = source
        header = self._source.header()
        if header is None:
            raise BadSheet("没有表头。第一行写列名：" + "、".join(column.chinese for column in columns))
        self._indexes = _indexes(header, columns, self._source)

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Every row that isn't empty: its number, and text (str) or days (None: no day) in the order of the columns."""
        days = [at for at, column in enumerate(self._columns) if column.kind is Kind.DAY]
        is_all_text = self._source.is_all_text
        for number, cells in self._source.body(self._indexes):
            if not is_all_text:
                self._as_text(number, cells)
            values: list[Any] = cells
            for at in days:
                cell = values[at]
                if isinstance(cell, str):
                    values[at] = self._day(number, at, cell)
            yield number, values

    def refuse(self, number: int, at: int, message: str) -> BadSheet:
        """What to raise about a value, `at` in the order of the columns: names its place and its column."""
        return BadSheet(f"{self._columns[at].title}{message}", self._source.place(number, self._indexes[at]))

    def _as_text(self, number: int, cells: list[Cell]) -> None:
        """Refuse what isn't text where text belongs, and the reverse for days."""
        for at, (cell, column) in enumerate(zip(cells, self._columns, strict=True)):
            if isinstance(cell, Odd):
                raise self.refuse(number, at, f"是{cell}，请填写内容本身")
            if isinstance(cell, float):
                if column.kind is not Kind.CODE or not cell.is_integer():
                    raise self.refuse(number, at, _number_message(column))
                cells[at] = str(int(cell))
            elif isinstance(cell, date) and column.kind is not Kind.DAY:
                raise self.refuse(number, at, "是日期格式的单元格。改成文本格式后重新填写")

    def _day(self, number: int, at: int, cell: str) -> date | None:
        try:
            return _day(cell)
        except ValueError:
            raise self.refuse(number, at, "不是日期。写成 2026-09-01 这样，或用日期格式的单元格") from None


def _source(file: BinaryIO) -> Source:
    start = file.read(len(_OLE))
    file.seek(0)
    if start.startswith(_ZIP):
        return Workbook(file)
    if start == _OLE:
        raise BadSheet("工作簿有密码保护，或是旧的 .xls 格式。去掉密码，另存为 .xlsx 后再试")
    return CommaSeparated(file)


def _indexes(header: Row, columns: Sequence[Column], source: Source) -> list[int]:
    """Where each wanted column stands; one that is missing or stands there twice is refused."""
    names = [cell.strip() if isinstance(cell, str) else "" for cell in header.cells]
    indexes = []
    for column in columns:
        places = [index for index, name in enumerate(names) if name in {column.name, column.chinese}]
        if not places:
            raise BadSheet(f"表头缺少 {column.title} 这一列，请补上", source.place(header.number, 0))
        if len(places) > 1:
            raise BadSheet(f"表头有两列 {column.title}，只保留一列", source.place(header.number, places[1]))
        indexes.append(places[0])
    return indexes


def _number_message(column: Column) -> str:
    if column.kind is Kind.DAY:
        return "是数字，不是日期。改成日期格式的单元格，或写成 2026-09-01 这样"
    return "是数字格式的单元格，可能已丢失数字。改成文本格式后重新填写"


@lru_cache(maxsize=65_536)
def _day(cell: str) -> date | None:
    """A day written YYYY-MM-DD alone; nothing where the cell is blank."""
    written = cell.strip()
    if not written:
        return None
    if len(written) != _DAY_LENGTH or written[4] != "-" or written[7] != "-":
        raise ValueError
    return date.fromisoformat(written)
