"""How a search is answered: which pieces it asks for, in which tiers, by which plan. Pure; `store.py` runs it.

Tiers in the order of results: in force before ended, and in each the exact name, then names that begin so, then those
that contain the words (in name, address, pinyin or initials). In a tier by name in code point order, then id.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portal.institutions.searching import fold, pieces

LONGEST = 60
DENSE = 3_000
TIERS = ("exact", "prefix", "contains")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as it was asked: words and filters, each may be empty."""

    q: str = ""
    district: str = ""
    status: str = ""
    category: str = ""
    stage: str = ""

    @property
    def folded(self) -> str:
        """The words as they are compared."""
        return fold(self.q)

    @property
    def kind(self) -> str:
        """What the words look like: nothing, a number, letters of pinyin, or words."""
        text = self.folded
        if not text:
            return "all"
        digits = text.removeprefix("教民").removesuffix("号")
        if re.fullmatch(r"[0-9]{4,15}", digits):
            return "number"
        if re.fullmatch(r"[0-9a-z]{18}", text):
            return "credit-code"
        return "letters" if re.fullmatch(r"[a-z]+", text) else "words"

    @property
    def digits(self) -> str:
        """The digits of a licence number, without the words around them."""
        return self.folded.removeprefix("教民").removesuffix("号")

    def filters(self) -> set[str]:
        """The filters as pieces of the index; the status is asked of dates instead."""
        marks = {
            f"=d{self.district}": self.district,
            f"=c{self.category}": self.category,
            f"=s{self.stage}": self.stage,
        }
        return {mark for mark, given in marks.items() if given}


def alternatives(wanted: Wanted) -> list[tuple[str, set[str]]]:
    """Where the words may stand: the column that must contain them, and the pieces that such rows have."""
    text = wanted.folded
    if wanted.kind == "letters":
        return [("sound", pieces(text, "~")), ("initials", pieces(text, "^")), ("folded", pieces(text))]
    return [("folded", pieces(text)), ("place", pieces(text))]


def narrowing(grams: set[str], dense: Mapping[str, int]) -> list[str]:
    """The pieces worth asking the index for: the rare ones; none where every piece is in thousands of rows."""
    rare = sorted(grams - dense.keys())
    return rare or []


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of results ended: tier, name and id of its last row."""

    ended: bool
    tier: int
    folded: str
    id: int
