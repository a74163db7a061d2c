"""The strings that a workbook's cells share, and which of its number formats mean a day.

A million shared strings are kept as one run of bytes, because as many string objects would not fit our memory.
"""

import re
from array import array

from portal.base.sheets.cells import BadSheet
from portal.base.sheets.package import Package

MOST_STRINGS = 16_000_000
MOST_TEXT_BYTES = 512 << 20
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_BUILT_IN_DAYS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_PATTERN = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')


class Texts:
    """The shared strings of a workbook, by index."""

    def __init__(self, package: Package, part: str | None) -> None:
        self._run = bytearray()
        self._ends = array("Q", [0])
        if part is None:
            return
        for _ in package.parse(part, self._start, self._end, self._text):
            if len(self._run) > MOST_TEXT_BYTES or len(self._ends) > MOST_STRINGS:
                raise BadSheet("工作簿里的文字太多。拆成几个文件")

    _is_text = _is_phonetic = False

    def __getitem__(self, index: int) -> str:
        if not 0 <= index < len(self._ends) - 1:
            raise IndexError(index)
        return unescaped(self._run[self._ends[index] : self._ends[index + 1]].decode())

    def _start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "t":
            self._is_text = not self._is_phonetic
        elif tag == "rPh":
            self._is_phonetic = True

    def _end(self, tag: str) -> None:
        if tag == "t":
            self._is_text = False
        elif tag == "rPh":
            self._is_phonetic = False
        elif tag == "si":
            self._ends.append(len(self._run))

    def _text(self, piece: str) -> None:
        if self._is_text:
            self._run += piece.encode()


def unescaped(text: str) -> str:
    """Put in the characters that a workbook writes as _xHHHH_."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return found[0] if "\ud800" <= character <= "\udfff" else character


def day_styles(package: Package, part: str | None) -> frozenset[str]:
    """The indexes of cell styles whose number format shows a day."""
    patterns: dict[str, str] = {}
    styles: list[str] = []
    within: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        within.append(tag)
        if tag == "numFmt":
            patterns[attributes["numFmtId"]] = attributes["formatCode"]
        elif tag == "xf" and within[-2:-1] == ["cellXfs"]:
            styles.append(attributes.get("numFmtId", "0"))

    def end(_: str) -> None:
        within.pop()

    for _ in () if part is None else package.parse(part, start, end):
        pass
    return frozenset(str(index) for index, number in enumerate(styles) if _is_day(number, patterns))


def _is_day(number: str, patterns: dict[str, str]) -> bool:
    if number in patterns:
        first = _NOT_PATTERN.sub("", patterns[number]).partition(";")[0].lower()
        return first != "general" and any(letter in first for letter in "ymdhs")
    return int(number) in _BUILT_IN_DAYS
