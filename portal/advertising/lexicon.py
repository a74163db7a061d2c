"""The dated word lists and patterns of portal/policy/advertising, read once and made ready for matching."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick

from portal.advertising.reading.disguise import Sounds, sounds

SHIPPED = Path(__file__).parent.parent / "policy" / "advertising"
CATEGORIES = (
    "admissions",
    "ahead-of-curriculum",
    "contest",
    "endorsement",
    "exaggeration",
    "exam-insider",
    "guarantee",
    "homework",
    "in-school",
    "in-service-teacher",
    "late-hours",
    "prepaid-fee",
    "preschool-schooling",
    "superlative",
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Families of words that stand near each other and together say a forbidden thing."""

    id: str
    category: str
    all: tuple[tuple[str, ...], ...]
    positive: str
    harmless: str
    unless: tuple[str, ...] = ()
    width: int = 16
    ordered: bool = False
    deniable: bool = True
    clause: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """A forbidden kind of passage: its name, the articles it rests on, and what to say instead."""

    id: str
    title: str
    cites: tuple[str, ...]
    since: date
    message: str


@dataclass(frozen=True)
class Lexicon:
    """Everything that matching needs."""

    words: Mapping[str, tuple[str, ...]]
    shapes: Mapping[str, re.Pattern[str]]
    patterns: tuple[Pattern, ...]
    categories: Mapping[str, Category]
    automaton: ahocorasick.Automaton
    sounds: Sounds = field(repr=False)


@cache
def lexicon() -> Lexicon:
    """Read the shipped word lists and patterns."""
    lists = _toml("words")
    words = {name: tuple(text.split()) for name, text in lists["words"].items()}
    shapes = {name: re.compile(shape) for name, shape in lists["shapes"].items()}
    patterns: list[Pattern] = []
    categories: dict[str, Category] = {}
    for name in CATEGORIES:
        table = _toml(name)
        categories[name] = Category(name, table["title"], tuple(table["cites"]), table["since"], table["message"])
        patterns.extend(_pattern(name, row) for row in table.get("pattern", ()))
    spoken = [word for name in lists["spoken"]["classes"] for word in words[name]]
    return Lexicon(words, shapes, tuple(patterns), categories, _automaton(words), sounds(spoken))


def _automaton(words: Mapping[str, tuple[str, ...]]) -> ahocorasick.Automaton:
    families: dict[str, list[str]] = {}
    for name, members in words.items():
        for word in members:
            families.setdefault(word, []).append(name)
    automaton = ahocorasick.Automaton()
    for word, names in families.items():
        automaton.add_word(word, (len(word), tuple(names)))
    automaton.make_automaton()
    return automaton


def _pattern(category: str, row: dict[str, Any]) -> Pattern:
    return Pattern(
        id=row["id"],
        category=category,
        all=tuple(tuple(part.split("|")) for part in row["all"]),
        positive=row["positive"],
        harmless=row["harmless"],
        unless=tuple(row.get("unless", ())),
        width=row.get("width", 16),
        ordered=row.get("ordered", False),
        deniable=row.get("deniable", True),
        clause=row.get("clause", False),
    )


def _toml(name: str) -> dict[str, Any]:
    with (SHIPPED / f"{name}.toml").open("rb") as opened:
        return tomllib.load(opened)
