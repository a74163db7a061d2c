"""What may not stand in an advertisement (Plan 10; Advertising Law 9, 11, 24, 28, 38–40), passage by passage.

Pure: the verdict depends on the text alone. Words and patterns are dated policy data (portal/policy/advertising).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from functools import cache
from typing import TypedDict

from portal.advertising.clock import late_passages
from portal.advertising.context import is_denied
from portal.advertising.fees import prepaid_passages
from portal.advertising.grades import older_content
from portal.advertising.lexicon import CATEGORIES, Lexicon, lexicon
from portal.advertising.licence import outside
from portal.advertising.matching import hits_by_sentence, matches
from portal.advertising.proposal import Proposal
from portal.advertising.reading.page import Page, Span, read
from portal.policy import shipped

__all__ = ["CATEGORIES", "LONGEST_TEXT", "Finding", "Note", "Result", "check"]

LONGEST_TEXT = 20_000
LONGEST_PROVED = 400  # characters; deleting and reading again costs one more reading for each kind
MOST_PROOFS = 3


class Finding(TypedDict):
    """A forbidden passage: where it stands in the text as sent, why it is forbidden, and by which article."""

    category: str
    start: int
    end: int
    excerpt: str
    message: str
    citation: str


class Note(TypedDict):
    """Something to compare with the licence; it never changes the verdict."""

    kind: str
    start: int
    end: int
    message: str


class Result(TypedDict):
    """The answer of the check."""

    verdict: str
    categories: list[str]
    findings: list[Finding]
    notes: list[Note]


def check(text: str, programmes: Sequence[Mapping[str, str]] | None = None, *, learned: bool = True) -> Result:
    """Find every forbidden passage of an advertisement; with the licensed programmes, also note what lies outside."""
    known = lexicon()
    page = read(text, known.sounds)
    passages = sorted({(span.start, span.end, category) for category, span in _passages(text, page, known, learned)})
    findings = [_finding(text, Span(start, end), category, known) for start, end, category in passages]
    notes: list[Note] = [
        {"kind": "outside-licence", "start": span.start, "end": span.end, "message": message}
        for span, message in (outside(page, programmes) if programmes is not None else ())
    ]
    categories = sorted({finding["category"] for finding in findings})
    return {
        "verdict": "flagged" if findings else "clear",
        "categories": categories,
        "findings": findings,
        "notes": notes,
    }


def _passages(text: str, page: Page, known: Lexicon, learned: bool) -> Iterator[tuple[str, Span]]:
    """Give each passage as it stands in the text as sent, overlapping ones of a category made one."""
    for category, spans in _found(page, known, learned).items():
        is_proved = learned and len(text) <= LONGEST_PROVED
        for span in _proved(text, category, spans, known) if is_proved else spans:
            yield category, span


def _found(page: Page, known: Lexicon, learned: bool, categories: Sequence[str] = CATEGORIES) -> dict[str, list[Span]]:
    proposed: dict[str, list[Proposal]] = {}
    for category, proposal in [*_matched(page, known), *_computed(page)]:
        proposed.setdefault(category, []).append(proposal)
    found: dict[str, list[Span]] = {}
    for category, span in _judged(page, proposed, categories) if learned else _as_proposed(proposed):
        found.setdefault(category, []).append(page.sent(span.start, span.end))
    return {category: _merged(spans) for category, spans in found.items()}


def _proved(text: str, category: str, spans: list[Span], known: Lexicon) -> list[Span]:
    """Underline also what is still found once the passages are gone: who deletes what is underlined has mended the text."""
    for _ in range(MOST_PROOFS):
        kept = [place for place in range(len(text)) if not any(span.start <= place < span.end for span in spans)]
        left = read("".join(text[place] for place in kept), known.sounds)
        more = _found(left, known, learned=True, categories=[category]).get(category, [])
        if not more:
            break
        spans = _merged([*spans, *(Span(kept[span.start], kept[span.end - 1] + 1) for span in more)])
    return spans


def _judged(
    page: Page, proposed: Mapping[str, Sequence[Proposal]], categories: Sequence[str]
) -> Iterator[tuple[str, Span]]:
    from portal.advertising.learned.passages import judged

    return judged(page, proposed, categories)


def _as_proposed(proposed: Mapping[str, Sequence[Proposal]]) -> Iterator[tuple[str, Span]]:
    return ((category, each.span) for category, proposals in proposed.items() for each in proposals)


def _matched(page: Page, known: Lexicon) -> Iterator[tuple[str, Proposal]]:
    """Give what the patterns find and nothing denies."""
    hits = hits_by_sentence(page, known)
    for match in matches(page, hits, known):
        if not (match.pattern.deniable and is_denied(page, page.sentences[match.sentence], match.span, match.parts)):
            yield match.pattern.category, Proposal(match.span, is_computed=False)


def _computed(page: Page) -> Iterator[tuple[str, Proposal]]:
    """Give what follows from grades, times, months and lessons, and nothing denies."""
    computed = {
        "ahead-of-curriculum": older_content(page),
        "late-hours": late_passages(page, _latest_end()),
        "prepaid-fee": prepaid_passages(page, _limit("prepaid-months"), _limit("prepaid-hours")),
    }
    for category, passages in computed.items():
        for index, span in passages:
            if not is_denied(page, page.sentences[index], span):
                yield category, Proposal(span, is_computed=True)


@cache
def _limit(name: str) -> float:
    """Give the newest value of a limit of the shipped policy."""
    return float(str(shipped.policy().value(name, date.max).value))


@cache
def _latest_end() -> int:
    """Give the latest end of a class (20:30) in minutes of the day."""
    latest = shipped.policy().value("latest-end", date.max).value
    assert isinstance(latest, time)
    return latest.hour * 60 + latest.minute


def _merged(spans: Iterable[Span]) -> list[Span]:
    result: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        if result and span.start < result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def _finding(text: str, span: Span, category: str, known: Lexicon) -> Finding:
    words = known.categories[category]
    return {
        "category": category,
        "start": span.start,
        "end": span.end,
        "excerpt": text[span.start : span.end],
        "message": f"{words.title}：{words.message}",
        "citation": _citation(words.cites),
    }


@cache
def _citation(cites: tuple[str, ...]) -> str:
    """Name the articles that a category rests on."""
    names = {row.key: f"《{row.document}》{row.article}" for row in shipped.policy().citations}
    return "；".join(names[key] for key in cites)
