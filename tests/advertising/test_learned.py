"""The learned reader beside the patterns: it adds, it dismisses, and what it underlines is what carries."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from portal.advertising.learned.model import WEIGHTS, model
from portal.advertising.lexicon import CATEGORIES
from portal.advertising.rules import check

CASES = Path(__file__).parent / "cases"
FLAGGED = [
    case["text"]
    for batch in ("batch-1", "batch-2", "batch-3")
    for case in map(json.loads, (CASES / f"{batch}.jsonl").read_text("utf-8").splitlines())
    if case["verdict"] == "flagged"
]
HARMLESS = "欢迎来访"
A_TEXT = "给中考出过题的那位，现在天天在我们三楼给娃讲题。"


def test_the_weights_are_small_and_say_what_they_were_trained_on():
    assert WEIGHTS.stat().st_size <= 40 * 1024 * 1024
    assert "cases" in model().trained
    assert tuple(model().bounds) == CATEGORIES


def test_what_no_word_list_knows_is_found_too():
    missed = [text for text in FLAGGED[::4] if check(text, learned=False)["verdict"] == "clear"]
    found = [text for text in missed if check(text)["verdict"] == "flagged"]
    assert missed
    assert len(found) / len(missed) > 0.8


def test_what_was_computed_is_not_dismissed():
    assert "late-hours" in check("周三班19:00上课，20:31下课。")["categories"]


@pytest.mark.parametrize("text", ["包过", "保过。" * 300, "全市第一！"])
def test_a_plain_word_alone_or_without_end_is_not_dismissed(text):
    assert check(text)["verdict"] == "flagged"


def test_pieces_cover_the_text_without_a_gap():
    text = "保 进\n某中学，名额有限！🎓"
    numbers, places = model().vocabulary.cut(text)
    assert len(numbers) == len(places)
    assert places[0] == 0
    assert all(first <= second for first, second in pairwise(places))


def test_one_text_is_read_alike_whatever_was_read_before():
    first = check(A_TEXT)
    check("开" * 3_000)
    assert check(A_TEXT) == first


@pytest.mark.parametrize("text", FLAGGED[::12])
def test_without_what_is_underlined_the_finding_is_gone(text):
    assert holds(text)


@pytest.mark.long
def test_without_what_is_underlined_the_finding_is_gone_in_every_case():
    assert [text for text in FLAGGED if not holds(text)] == []


def holds(text: str) -> bool:
    """Whether taking out what a category underlines, or putting harmless words there, removes that category."""
    result = check(text)
    return all(
        any(category not in check(_mended(text, result["findings"], category, words))["categories"] for words in ("", HARMLESS))
        for category in result["categories"]
    )  # fmt: skip


def _mended(text, findings, category, words):
    for finding in reversed([each for each in findings if each["category"] == category]):
        text = text[: finding["start"]] + words + text[finding["end"] :]
    return text
