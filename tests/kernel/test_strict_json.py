"""Strict JSON: what JSON's own readers take is taken with its exact types, and nothing that two could read twice."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.strict_json import DEPTH, NotJson, lines, loads, path

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_what_was_written_is_read(value: Any) -> None:
    assert loads(json.dumps(value)) == value
    assert loads(json.dumps(value, ensure_ascii=False).encode()) == value


def test_numbers_keep_their_kind_and_every_digit() -> None:
    assert [type(each) for each in loads("[1, 1.0, 1e0, true, -0]")] == [int, Decimal, Decimal, bool, int]  # type: ignore[attr-defined]
    assert loads("41.99") == Decimal("41.99")


def test_a_byte_order_mark_is_allowed_at_the_very_beginning_alone() -> None:
    assert loads(b"\xef\xbb\xbf{}") == {}
    with pytest.raises(NotJson):
        loads(b"{\xef\xbb\xbf}")


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_nesting_has_a_limit(opening: str) -> None:
    closing, inner = ("]", "") if opening == "[" else ("}", "1")
    assert loads(opening * DEPTH + inner + closing * DEPTH)
    for depth in (DEPTH + 1, 100_000):
        with pytest.raises(NotJson, match="嵌套"):
            loads(opening * depth + inner + closing * depth)


def test_brackets_in_texts_are_no_nesting() -> None:
    assert loads(json.dumps(["[" * 1_000, '"{' * 1_000, "\\"])) == ["[" * 1_000, '"{' * 1_000, "\\"]
    assert loads(json.dumps([[[]], {}] * 1_000)) == [[[]], {}] * 1_000


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"a": 1, "b": {"c": 1, "c": 1}}', "$.b"),
        ('[1, {"x y": NaN}]', '$[1]["x y"]'),
        ("[Infinity]", "$[0]"),
        ('["\\ud83d"]', "$[0]"),
        ('["\\ude00\\ud83d"]', "$[0]"),
        ('["\ud800"]', "$[0]"),
        ('{"\\ud800": 1}', "$"),
        ("[" + "1" * 1_001 + "]", "$[0]"),
        ("{\n  'a': 1}", "第 2 行第 3 列"),
        ("[1,]", "第 1 行第 4 列"),
        ("[01]", "第 1 行第 3 列"),
        ('["\t"]', "第 1 行第 3 列"),
        ("\n\n", "第 3 行"),
    ],
)
def test_what_is_refused_names_its_place(text: str, place: str) -> None:
    with pytest.raises(NotJson) as refused:
        loads(text)
    assert refused.value.place == place


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert loads('"\\ud83d\\ude00"') == "😀"


def test_lines_are_numbered_and_only_line_feeds_end_them() -> None:
    assert list(lines('1\r\n\n \t\n"a\u2028b"\n2'.encode())) == [(1, 1), (4, "a\u2028b"), (5, 2)]
    with pytest.raises(NotJson) as refused:
        list(lines(b'1\n{"a": 1, "a": 2}'))
    assert refused.value.place == "第 2 行 $"
    with pytest.raises(NotJson) as refused:
        list(lines(b"1\n2\n\xff"))
    assert refused.value.place == "第 3 行"


def test_a_path_shows_odd_keys_so_that_they_can_be_told_apart() -> None:
    assert path(("classes", 3, "to")) == "$.classes[3].to"
    assert path(("a\nb",)) == '$["a\\nb"]'
