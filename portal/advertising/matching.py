"""Finds, sentence by sentence, where the families of words stand, and which patterns they fulfil."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.advertising.lexicon import Lexicon, Pattern
from portal.advertising.reading.page import Page, Span

Hits = Mapping[str, list[Span]]
MOST_TRIES = 12


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern that a stretch of the plain text fulfils."""

    pattern: Pattern
    span: Span
    parts: tuple[Span, ...]
    sentence: int


def hits_by_sentence(page: Page, lexicon: Lexicon) -> list[dict[str, list[Span]]]:
    """Find every word of the families in every sentence, in one pass over the text."""
    found: list[dict[str, list[Span]]] = [{} for _ in page.sentences]
    if not page.sentences:
        return found
    ends = [sentence.end for sentence in page.sentences]
    for last, (length, names) in lexicon.automaton.iter(page.text):
        index = bisect_right(ends, last)
        if index < len(ends) and page.sentences[index].start <= last + 1 - length:
            for name in names:
                found[index].setdefault(name, []).append(Span(last + 1 - length, last + 1))
    for name, shape in lexicon.shapes.items():
        for match in shape.finditer(page.text):
            index = bisect_right(ends, match.end() - 1)
            if index < len(ends) and match.end() > match.start():
                found[index].setdefault(name, []).append(Span(*match.span()))
    for families in found:
        for spans in families.values():
            spans.sort(key=lambda span: (span.start, span.end))
    return found


def matches(page: Page, found: list[dict[str, list[Span]]], lexicon: Lexicon) -> Iterator[Match]:
    """Give the stretches that fulfil a pattern: every family of it, near enough, in order where order matters."""
    for index, families in enumerate(found):
        if not families:
            continue
        for pattern in lexicon.patterns:
            if any(name in families for name in pattern.unless):
                continue
            for parts in _fulfilled(pattern, families):
                span = Span(min(part.start for part in parts), max(part.end for part in parts))
                if not (pattern.clause and re.search("[，；。]", page.text[span.start : span.end])):
                    yield Match(pattern, span, parts, index)


def _fulfilled(pattern: Pattern, families: Hits) -> Iterator[tuple[Span, ...]]:
    lists = []
    for names in pattern.all:
        spans = [span for name in names for span in families.get(name, ())]
        if not spans:
            return
        lists.append(sorted(spans, key=lambda span: (span.start, span.end)) if len(names) > 1 else spans)
    for first in lists[0][:MOST_TRIES]:
        parts = _around(first, lists[1:], pattern)
        if parts:
            yield parts


def _around(first: Span, others: list[list[Span]], pattern: Pattern) -> tuple[Span, ...]:
    """Take the nearest member of each other family; give all parts, if they stand near enough."""
    parts = [first]
    last = first
    for spans in others:
        after = bisect_left(spans, last.end, key=lambda span: span.start)
        choices = spans[after : after + 1] if pattern.ordered else spans[max(0, after - 3) : after + 1]
        free = [span for span in choices if span.start >= last.end or span.end <= last.start]
        if not free:
            return ()
        near = min(free, key=lambda span: max(span.start - last.end, last.start - span.end))
        if max(near.start - last.end, last.start - near.end) > pattern.width:
            return ()
        parts.append(near)
        last = near if pattern.ordered else Span(min(last.start, near.start), max(last.end, near.end))
    return tuple(parts)
