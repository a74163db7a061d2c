"""Cuts a text into the pieces that the learned reader knows, the likeliest way (a unigram vocabulary)."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

SPACE = "▁"
UNKNOWN_PENALTY = 10.0


@dataclass(frozen=True)
class Vocabulary:
    """Every piece with its number and its weight (the logarithm of how likely it is)."""

    pieces: Mapping[str, tuple[int, float]]
    longest: int
    unknown: tuple[int, float]

    @classmethod
    def of(cls, pieces: list[str], weights: list[float], unknown: int) -> "Vocabulary":
        """Number the pieces in their order; `unknown` is the number of the piece for a character that none covers."""
        numbered = {piece: (number, weight) for number, (piece, weight) in enumerate(zip(pieces, weights, strict=True))}
        return cls(numbered, max(map(len, pieces)), (unknown, min(weights) - UNKNOWN_PENALTY))

    def cut(self, text: str) -> tuple[list[int], list[int]]:
        """Give the numbers of the pieces whose weights together are greatest, and where each begins in the text."""
        written, places = _plain(text)
        best = [0.0] + [-float("inf")] * len(written)
        reached: list[tuple[int, int]] = [(0, 0)] * (len(written) + 1)
        for start in range(len(written)):
            for end in range(start + 1, min(start + self.longest, len(written)) + 1):
                known = self.pieces.get(written[start:end]) or (self.unknown if end == start + 1 else None)
                if known is not None and best[start] + known[1] > best[end]:
                    best[end] = best[start] + known[1]
                    reached[end] = (start, known[0])
        way = _walked_back(reached)
        return [number for _, number in way], [places[start] for start, _ in way]


def _plain(text: str) -> tuple[str, list[int]]:
    """Write a text as the vocabulary does, with the place in the text from which each character comes."""
    written, places = [SPACE], [0]
    for place, each in enumerate(text.rstrip()):
        for char in unicodedata.normalize("NFKC", each):
            if not char.isspace():
                written.append(char)
                places.append(place)
            elif written[-1] != SPACE:
                written.append(SPACE)
                places.append(place)
    return "".join(written), places


def _walked_back(reached: list[tuple[int, int]]) -> list[tuple[int, int]]:
    way = []
    place = len(reached) - 1
    while place > 0:
        way.append(reached[place])
        place = reached[place][0]
    return way[::-1]
