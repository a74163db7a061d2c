"""What the check says about whole advertisements: limits, disguises, denials, positions."""

import json
from pathlib import Path

import pytest

from portal.advertising.rules import check

CASES = Path(__file__).parent / "cases" / "batch-1.jsonl"
FLAGGED = [
    case["text"] for case in map(json.loads, CASES.read_text("utf-8").splitlines()) if case["verdict"] == "flagged"
]


def categories(text):
    return check(text, learned=False)["categories"]


@pytest.mark.parametrize(
    ("text", "late"),
    [
        ("晚班课程20:30准时结束。", False),
        ("晚班课程20:31准时结束。", True),
        ("初二物理，19:50开讲，全程60分钟。", True),
        ("五年级数学：19:05上课，两节各40分钟，中间歇5分钟，准点放人。", False),
        ("成人书法班，晚七点到九点半。", False),
        ("咨询电话接听至22:00。", False),
    ],
)
def test_a_class_ends_by_half_past_eight(text, late):
    assert ("late-hours" in categories(text)) is late


@pytest.mark.parametrize(
    ("text", "too_much"),
    [
        ("每期60课时，一次缴费2400元。", False),
        ("61课时一次付清。", True),
        ("交50次赠15次，今日截止。", True),
        ("季卡（3个月）1980元，按季续费。", False),
        ("四个月学费一次交齐，立减。", True),
        ("全年课程共144课时，分六期缴费，每期24课时。", False),
    ],
)
def test_one_payment_covers_at_most_three_months_or_sixty_lessons(text, too_much):
    assert ("prepaid-fee" in categories(text)) is too_much


@pytest.mark.parametrize("text", ["本班包过。", "本班ｂａｏ过。", "本班包\u200b过。", "本班包★过。", "本班 bao guo 。"])
def test_disguise_changes_nothing(text):
    assert categories(text) == ["guarantee"]


@pytest.mark.parametrize("text", ["我们从不布置作业。", "我们不签保过协议。", "请勿相信“内部名额”的说法。", "", "  \n"])
def test_what_is_denied_is_harmless(text):
    assert check(text) == {"verdict": "clear", "categories": [], "findings": [], "notes": []}


def test_the_licence_only_adds_notes():
    text = "初中物理小组，周六上午。"
    alone, compared = check(text), check(text, [{"subject": "maths", "stage": "primary"}])
    assert [note["kind"] for note in compared["notes"]] == ["outside-licence"]
    assert {**compared, "notes": []} == alone


@pytest.mark.parametrize("text", FLAGGED[::7])
def test_findings_point_into_the_text_as_sent(text):
    findings = check(text, learned=False)["findings"]
    places = [(finding["start"], finding["end"], finding["category"]) for finding in findings]
    assert places == sorted(places)
    assert all(finding["excerpt"] == text[finding["start"] : finding["end"]] != "" for finding in findings)


@pytest.mark.parametrize("text", FLAGGED[::3])
def test_harmless_words_in_place_of_what_is_underlined_leave_nothing_forbidden_there(text):
    for finding in check(text, learned=False)["findings"]:
        mended = text[: finding["start"]] + "，欢迎来坐坐，" + text[finding["end"] :]
        there = range(finding["start"], finding["start"] + len("，欢迎来坐坐，"))
        again = [each for each in check(mended, learned=False)["findings"] if each["category"] == finding["category"]]
        assert not any(each["start"] <= there.start and each["end"] >= there.stop for each in again)
