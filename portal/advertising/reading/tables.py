"""Small tables of Chinese writing, shipped as data so that reading starts fast (tools/make_writing_tables.py)."""

import json
from functools import cache
from pathlib import Path

SHIPPED = Path(__file__).with_name("writing.json")


@cache
def _tables() -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return tables


def simplified(char: str) -> str:
    """Give the simplified form of a character (opencc, character by character), or the character itself."""
    return _tables()["simplified"].get(char, char)


def syllable(char: str) -> str:
    """Give a character's commonest reading in pinyin without its tone, or an empty string."""
    return _tables()["syllables"].get(char, "")


def tone(char: str) -> str:
    """Give a character's commonest reading with the number of its tone, or an empty string."""
    return _tables()["tones"].get(char, "")


def split_characters() -> dict[str, str]:
    """Give the characters that are written as two parts side by side, by their parts."""
    return _tables()["split"]


@cache
def phrases() -> frozenset[str]:
    """Give ordinary words that sound like a word of the lexicon and must not be taken for it."""
    return frozenset(_tables()["phrases"])


@cache
def _syllables() -> frozenset[str]:
    return frozenset(_tables()["syllables"].values())


def is_syllable(letters: str) -> bool:
    """Whether letters are a syllable of pinyin."""
    return letters in _syllables()
