"""What a licence is found by: the pieces of its name, address, sound and traits. Pure; the same for index and query."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin

from portal.kernel.programmes import category

FOREIGN = "\0"  # no folded text holds it
LONGEST_PIECE = 3


def fold(text: str) -> str:
    """Write a text as it is compared: NFKC, small letters, without spaces and characters that nobody sees."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if not (letter.isspace() or unicodedata.category(letter)[0] == "C"))


def pieces(text: str, mark: str = "") -> set[str]:
    """Every run of one, two and three characters, each with the mark of its kind: three are what tells pinyin apart."""
    return {mark + text[at : at + size] for size in range(1, LONGEST_PIECE + 1) for at in range(len(text) - size + 1)}


@lru_cache(maxsize=4096)
def syllables(name: str) -> tuple[tuple[str, str], ...]:
    """A name's pinyin, syllable by syllable with its first letter; what is no Chinese character stays as it is."""
    spelled = lazy_pinyin(name, errors=lambda run: FOREIGN + run)
    return tuple((one[1:], one[1:]) if one.startswith(FOREIGN) else (one, one[:1]) for one in spelled)


def sound(name: str) -> str:
    """A name's pinyin without tones or spaces."""
    return "".join(whole for whole, _ in syllables(name)).lower()[:700]


def initials(name: str) -> str:
    """The first letters of a name's pinyin."""
    return "".join(first for _, first in syllables(name)).lower()[:120]


def traits(district: str, programmes: Iterable[tuple[str, str]]) -> set[str]:
    """The filters that a licence answers to, as pieces of the same index."""
    found = {f"=d{district}"}
    for subject, stage in programmes:
        found |= {f"=c{category(subject)}", f"=s{stage}"}
    return found


def folded(name: str) -> str:
    """A name as its column holds it."""
    return fold(name)[:120]


@dataclass(frozen=True, slots=True)
class Findable:
    """The columns by which a licence is found."""

    folded: str
    place: str
    sound: str
    initials: str
    marks: list[str]
    grams: list[str]


def findable(name: str, address: str, district: str, programmes: Iterable[tuple[str, str]]) -> Findable:
    """Make the columns of a licence. The index holds the least first, so that two runs write the same."""
    plain, place = fold(name), fold(address)
    spelled, letters = sound(plain), initials(plain)
    marks = traits(district, programmes)
    grams = pieces(plain) | pieces(place) | pieces(spelled, "~") | pieces(letters, "^") | marks
    return Findable(folded(name), place[:200], spelled, letters, sorted(marks), sorted(grams))
