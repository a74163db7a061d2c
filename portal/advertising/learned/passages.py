"""What the learned reader says of an advertisement, beside what the patterns found in it, passage by passage."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from portal.advertising.learned.model import Reading, model
from portal.advertising.proposal import Proposal
from portal.advertising.reading.page import CLAUSE, Page, Span

WINDOW = 240
MOST_WEIGHED = 3
FEWEST_TO_DISMISS = 12  # characters: without words around a passage there is no reason to dismiss it
MOST_TO_DISMISS = 3  # passages of a kind: a text that says it again and again means it


def judged(
    page: Page, found: Mapping[str, Sequence[Proposal]], categories: Sequence[str]
) -> Iterator[tuple[str, Span]]:
    """Give the passages that stand after both have read: patterns propose, the reader adds and dismisses."""
    reader, weighed = model(), Counter[str]()
    for window in windows(page):
        reading = reader.read(page.text[window.start : window.end])
        for category in categories:
            bounds, likelihood = reader.bounds[category], reading.likelihoods[category]
            proposed = [each for each in found.get(category, ()) if window.start <= each.span.start < window.end]
            stands = likelihood > bounds.with_pattern or not _may_be_dismissed(window, proposed)
            yield from ((category, each.span) for each in proposed if stands or each.is_computed)
            if likelihood > bounds.alone:
                weighed[category] += 1
                out = [each.span for each in proposed]
                is_weighed = weighed[category] <= MOST_WEIGHED
                clauses = _carrying(page, window, out, category, reading) if is_weighed else _clauses(page, window)
                yield from ((category, clause) for clause in clauses)


def _may_be_dismissed(window: Span, proposed: Sequence[Proposal]) -> bool:
    """Whether the reader has enough to go by: it knows sentences, not single words or the same word without end."""
    return window.end - window.start >= FEWEST_TO_DISMISS and len(proposed) <= MOST_TO_DISMISS


def windows(page: Page) -> list[Span]:
    """Join neighbouring sentences into stretches that are short enough to be read at once, and cut those that aren't."""
    joined: list[Span] = []
    for sentence in (part for whole in page.sentences for part in _cut(whole)):
        if joined and sentence.end - joined[-1].start <= WINDOW:
            joined[-1] = Span(joined[-1].start, sentence.end)
        else:
            joined.append(sentence)
    return joined


def _cut(sentence: Span) -> Iterator[Span]:
    for start in range(sentence.start, sentence.end, WINDOW):
        yield Span(start, min(start + WINDOW, sentence.end))


def _clauses(page: Page, window: Span) -> list[Span]:
    found = CLAUSE.finditer(page.text, window.start, window.end)
    return [Span(*match.span()) for match in found if match[0].strip()]


def _carrying(page: Page, window: Span, proposed: Sequence[Span], category: str, reading: Reading) -> list[Span]:
    """Give the clauses that must go, the weightiest first, until the rest doesn't read like the category."""
    reader = model()
    clauses = sorted(
        _clauses(page, window),
        key=lambda each: -reading.weight(category, each.start - window.start, each.end - window.start),
    )
    for size in _sizes(len(clauses), first=0 if proposed else 1):
        left = reader.read(_without(page, window, [*proposed, *clauses[:size]]))
        if left.likelihoods[category] <= reader.bounds[category].alone:
            return sorted(clauses[:size], key=lambda each: each.start)
    return clauses


def _sizes(most: int, *, first: int) -> Iterator[int]:
    """Give sizes that double: a long stretch is not tried clause by clause."""
    size = first
    while size < most:
        yield size
        size = size * 2 or 1


def _without(page: Page, window: Span, out: Sequence[Span]) -> str:
    """Give a stretch without some of its passages, which may overlap."""
    kept, place = [], window.start
    for span in sorted(out, key=lambda each: each.start):
        kept.append(page.text[place : span.start])
        place = max(place, span.end)
    return "".join([*kept, page.text[place : window.end]])
