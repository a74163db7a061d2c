"""Which of our fonts can print a text: asked of the fonts' own tables before anything is promised or rendered."""

import functools
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FOR_OFFICERS = "核对这个字；确实无误的，请联系市级管理员补充字体。"
COMMON, TITLE, RARE = "Song", "SongTitle", "SongRare"


@functools.cache
def printable(version: str, face: str) -> frozenset[int]:
    """The code points that a face has a shape for."""
    from fontTools.ttLib import TTFont

    with TTFont(FOLDER / version / f"{face}.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


def needs_rare(characters: Iterable[str], version: str) -> bool:
    """Tell whether a text has a character that only the font for rare characters can print."""
    return any(ord(character) not in printable(version, COMMON) for character in characters)


def unprintable(characters: Iterable[str], version: str) -> list[str]:
    """Name the characters that no font of ours can print; such a paper must stop, not show an empty box."""
    return sorted(
        character
        for character in set(characters)
        if ord(character) not in printable(version, COMMON) and ord(character) not in printable(version, RARE)
    )


def complaint(missing: list[str], cure: str = FOR_OFFICERS) -> str:
    """Say which characters stand in the way and what to do."""
    named = "、".join(f"“{character}”（U+{ord(character):04X}）" for character in missing[:5])
    return f"字体里没有{named}，文书印不出来。{cure}"
