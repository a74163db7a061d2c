"""What can stand in a cell, and how a source of rows tells where a cell is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from portal.kernel.errors import PortalError


class BadSheet(PortalError):
    """A sheet that can't be read, at a place of it: a line or a cell, and the column's name."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.place = place


class Odd(StrEnum):
    """A cell whose content is neither text nor number nor date; the value says in Chinese what it is."""

    FORMULA = "公式"
    ERROR = "错误值"
    TRUTH = "逻辑值"
    NO_DAY = "不存在的日期"


Cell = str | float | date | Odd
"""Text (empty where the cell is), a number, a day, or something odd."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands: the number under which people find it, and the cells by column from 0."""

    number: int
    cells: Sequence[Cell]


class Source(Protocol):
    """Where rows come from. The header is read first, then the body for the wanted columns alone.

    `is_all_text` says that cells are never anything but text, so that nobody need look at each.
    """

    is_all_text: bool

    def header(self) -> Row | None:
        """Give the first row that isn't empty, or nothing where there is none."""

    def body(self, wanted: Sequence[int]) -> Iterator[tuple[int, list[Cell]]]:
        """Give the number and the wanted cells of every further row that isn't wholly empty."""

    def place(self, number: int, column: int) -> str:
        """Name a cell for people."""

    def close(self) -> None:
        """Let go of the file without closing it."""
