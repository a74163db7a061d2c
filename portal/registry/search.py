"""How a search is answered: which pieces it asks the index for, and by which plan. Pure; `store.py` runs it.

Results stand in this order: in force before ended, and in each the exact name, then names that begin so, then those
that contain the words (in name, address, pinyin or initials); there by name in code point order, then id.

Two plans give the same rows. `narrow` asks the index for all rows at once and sorts them: right where they are few.
`walk` goes through the names in order until there are enough: right where every row holds the piece. Where the hits
sit at one end of the order it gives up after some thousands of names, and `narrow` answers. The database's planner
can't tell which is which, so the choice is made here, from how many rows hold each piece.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import NamedTuple

from portal.institutions.searching import LONGEST_PIECE, fold

COUNTED = 1_000
ALL_ROWS = ""
ASKED_PIECES = 4
FEW = 20
CREDIT_CODE = re.compile(r"[0-9a-z]{2}[0-9]{6}[0-9a-z]{10}")
NUMBER = re.compile(r"(?:教民)?([0-9]{8,15})号?")
ENDED_BY_ACT = frozenset({"revoked", "annulled", "withdrawn", "terminated", "deregistered"})


@dataclass(frozen=True)
class Wanted:
    """A search as it was asked: words and filters, each may be empty."""

    q: str = ""
    district: str = ""
    status: str = ""
    category: str = ""
    stage: str = ""

    @cached_property
    def folded(self) -> str:
        """The words as they are compared."""
        return fold(self.q)

    @cached_property
    def kind(self) -> str:
        """What the words look like: nothing, a number, letters of pinyin, or words."""
        text = self.folded
        if not text:
            return "all"
        if NUMBER.fullmatch(text):
            return "number"
        if CREDIT_CODE.fullmatch(text):
            return "credit-code"
        return "letters" if re.fullmatch(r"[a-z]+", text) else "words"

    @property
    def digits(self) -> str:
        """The digits of a licence number, without the words around them."""
        found = NUMBER.fullmatch(self.folded)
        return found[1] if found else ""

    @property
    def question(self) -> tuple[str, ...]:
        """What tells this search apart from every other one."""
        return (self.folded, self.district, self.status, self.category, self.stage)

    @property
    def ended(self) -> tuple[bool, ...]:
        """Which halves of the results there can be: those in force, those that ended, or both in this order."""
        if not self.status:
            return (False, True)
        return (self.status in ENDED_BY_ACT | {"expired"},)

    def filters(self) -> list[str]:
        """The filters as pieces of the index; the status is asked of dates instead."""
        marks = (("=d", self.district), ("=c", self.category), ("=s", self.stage))
        return [mark + given for mark, given in marks if given]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Columns that may hold the words, and the pieces that such a row has in the index."""

    columns: tuple[str, ...]
    grams: frozenset[str]


def alternatives(wanted: Wanted) -> list[Alternative]:
    """Where the words may stand; a search of mere filters has one alternative without a column."""
    text = wanted.folded
    if wanted.kind == "all":
        return [Alternative((), frozenset())]
    found = [Alternative(("folded", "place"), _telling(text, ""))]
    if wanted.kind == "letters":
        found += [Alternative(("sound",), _telling(text, "~")), Alternative(("initials",), _telling(text, "^"))]
    return found


def _telling(text: str, mark: str) -> frozenset[str]:
    """The longest pieces of a text, which say more than the shorter ones."""
    longest = min(len(text), LONGEST_PIECE)
    return frozenset(mark + text[at : at + longest] for at in range(len(text) - longest + 1))


def rarest(grams: frozenset[str], holders: Mapping[str, int]) -> list[str]:
    """The few pieces worth asking the index for: those that the fewest rows hold."""
    return sorted(grams, key=lambda gram: (holders.get(gram, 0), gram))[:ASKED_PIECES]


def plan(wanted: Wanted, holders: Mapping[str, int]) -> str:
    """Choose the plan: the index where its rows are fewer than the rows that a walk would pass."""
    everything = holders.get(ALL_ROWS, 0)
    if wanted.kind in {"number", "credit-code"} or wanted.status == "restricted":
        return "narrow"
    walked = holders.get(f"=e{wanted.status}", 0) if wanted.status in ENDED_BY_ACT else everything
    likely = sum(_rows(one, everything, holders) for one in alternatives(wanted))
    for mark in wanted.filters():
        likely *= holders.get(mark, 0) / everything if everything else 0
    likely *= walked / everything if everything else 0
    return "narrow" if likely <= max(sqrt(COUNTED * walked), walked / FEW) else "walk"


def _rows(one: Alternative, everything: int, holders: Mapping[str, int]) -> float:
    """How many rows hold an alternative's pieces, at most; what isn't counted is rare."""
    return min((holders.get(gram, 0) for gram in one.grams), default=everything)


class Place(NamedTuple):
    """Where a page of results ended: tier, name and id of its last row."""

    ended: bool
    tier: int
    folded: str
    id: int
