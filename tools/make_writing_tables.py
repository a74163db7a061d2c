# ruff: noqa: INP001  a script of its own, no package
"""Makes portal/advertising/reading/writing.json again: tables of opencc and pypinyin, and what was written by hand.

Run it after a new version of either library: `python tools/make_writing_tables.py`. It keeps the hand-made parts of the
file: characters split into two parts, and traditional forms that opencc doesn't know.
"""

import json
from pathlib import Path

import opencc
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

FILE = Path("portal/advertising/reading/writing.json")
LONGEST_PHRASE = 4
ROWS, CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)  # the Chinese characters of GB/T 2312


def main() -> None:
    """Write the file; unchanged libraries give the same bytes."""
    kept = json.loads(FILE.read_text("utf-8"))
    common = sorted(_common())
    tables = {
        "simplified": dict(sorted((kept["simplified"] | _simplified()).items())),
        "syllables": {char: lazy_pinyin(char)[0] for char in common},
        "tones": {char: lazy_pinyin(char, style=Style.TONE3)[0] for char in common},
        "split": kept["split"],
        "phrases": {phrase: "" for phrase in sorted(PHRASES_DICT) if len(phrase) <= LONGEST_PHRASE},
    }
    FILE.write_text(json.dumps(tables, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _common() -> list[str]:
    cells = (bytes([row, cell]) for row in ROWS for cell in CELLS)
    return [char for cell in cells if (char := cell.decode("gb2312", "ignore"))]


def _simplified() -> dict[str, str]:
    table = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    rows = (line.split("\t") for line in table.read_text("utf-8").splitlines())
    return {old: new.split(" ")[0] for old, new in rows if old != new.split(" ")[0]}


main()
