"""An advertisement as it is read: plain text, where each character stands in the text as sent, sentences, clauses."""

import re
from dataclasses import dataclass

from portal.advertising.reading.characters import Sign, joined, signs
from portal.advertising.reading.disguise import Sounds, heard, spoken, whole

SENTENCE = re.compile(r"[^。！？!?；\n]*[。！？!?；\n]*[”」』）)]*")
CLAUSE = re.compile(r"[^，,。！？!?；;：:\n…—]+")
LONGEST_SENTENCE = 160


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the plain text (end exclusive)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """The plain text with its places in the text as sent."""

    text: str
    places: tuple[Sign, ...]
    sentences: tuple[Span, ...]

    def sent(self, start: int, end: int) -> Span:
        """Give where a stretch of the plain text stands in the text as sent."""
        return Span(self.places[start].start, max(place.end for place in self.places[start:end]))


def read(text: str, known: Sounds) -> Page:
    """Read a text through its disguises."""
    plain = spoken(whole(joined(signs(text))), known)
    plain = heard(plain, known)
    written = "".join(sign.char for sign in plain)
    return Page(written, tuple(plain), tuple(_sentences(written)))


def _sentences(text: str) -> list[Span]:
    found = []
    for match in SENTENCE.finditer(text):
        start, end = match.span()
        while end - start > LONGEST_SENTENCE:
            cut = text.rfind("，", start + 40, start + LONGEST_SENTENCE) + 1 or start + LONGEST_SENTENCE
            found.append(Span(start, cut))
            start = cut
        if text[start:end].strip():
            found.append(Span(start, end))
    return found
