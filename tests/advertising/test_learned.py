"""The learned second reader: it is asked only where the patterns found nothing, and underlines what carries."""

import json
from pathlib import Path

import pytest

from portal.advertising.learned import SHIPPED, model
from portal.advertising.rules import check

CASES = Path(__file__).parent / "cases" / "tuning.jsonl"
TEXTS = [
    case["text"]
    for case in map(json.loads, CASES.read_text("utf-8").splitlines())
    if case["verdict"] == "flagged" and not check(case["text"], learned=False)["findings"]
]


def test_the_model_is_small_and_says_what_it_was_trained_on():
    assert SHIPPED.stat().st_size <= 2 * 1024 * 1024
    assert "cases" in model().trained


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_without_what_is_underlined_no_longer_reads_like_a_breach(text):
    findings = check(text)["findings"]
    mended = text
    for finding in reversed(findings):
        mended = mended[: finding["start"]] + mended[finding["end"] :]
    assert not findings or check(mended)["verdict"] == "clear"
