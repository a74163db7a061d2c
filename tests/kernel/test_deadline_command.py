"""`python -m portal deadline`: one answer a line, and what is no question is refused with line and field."""

import json

import pytest

from tests.commanding import Shell

GOOD = {"event": "2025-09-26", "limit": {"working_days": 5}}


def test_each_line_is_answered_in_order(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell(capsys, monkeypatch)
    other = {"event": "2026-12-31", "limit": {"days": 1, "months": None}, "pauses": None, "unknown": 1}
    outcome = shell.run("deadline", "-", stdin=f"\ufeff{json.dumps(GOOD)}\n\n{json.dumps(other)}".encode())
    first, second = map(json.loads, outcome.out.splitlines())
    assert (outcome.code, first["due"], first["provisional"]) == (0, "2025-10-10", False)
    assert second == {"due": "2027-01-01", "provisional": True, "days": [{"date": "2027-01-01", "kind": "counted"}]}
    assert shell.run("deadline", "-", stdin=b"\n").out == ""


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ({"event": "2025-09-26"}, "$.limit"),
        ({"limit": {"days": 1}}, "$.event"),
        ({**GOOD, "limit": {}}, "$.limit"),
        ({**GOOD, "limit": {"days": 1, "months": 1}}, "$.limit"),
        ({**GOOD, "limit": {"weeks": 1}}, "$.limit"),
        ({**GOOD, "limit": {"days": 0}}, "$.limit.days"),
        ({**GOOD, "limit": {"days": -1}}, "$.limit.days"),
        ({**GOOD, "limit": {"months": 3661}}, "$.limit.months"),
        ({**GOOD, "limit": {"days": True}}, "$.limit.days"),
        ({**GOOD, "limit": {"days": "3"}}, "$.limit.days"),
        ({**GOOD, "limit": {"days": 3.0}}, "$.limit.days"),
        ({**GOOD, "limit": 5}, "$.limit"),
        ({**GOOD, "event": "2025-02-29"}, "$.event"),
        ({**GOOD, "event": "2025-9-26"}, "$.event"),
        ({**GOOD, "event": "20250926"}, "$.event"),
        ({**GOOD, "event": "2025-W39-5"}, "$.event"),
        ({**GOOD, "event": "0000-01-01"}, "$.event"),
        ({**GOOD, "event": None}, "$.event"),
        ({**GOOD, "pauses": {}}, "$.pauses"),
        ({**GOOD, "pauses": [{"from": "2025-09-27"}]}, "$.pauses[0].to"),
        ({**GOOD, "pauses": [{"from": "2025-09-27", "to": "2025-09-26"}]}, "$.pauses[0].to"),
        ({**GOOD, "event": "9999-12-31"}, "$.event"),
        ([], "$"),
    ],
)
def test_what_is_no_question_names_its_line_and_field(
    question: object, place: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = f"{json.dumps(GOOD)}\n{json.dumps(question)}\n".encode()
    Shell(capsys, monkeypatch).refuses("deadline", "-", stdin=raw, naming=("标准输入", "第 2 行", place))


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b'{"event": "2025-09-26", "event": "2025-09-27", "limit": {"days": 1}}',
        b'{"event": "2025-09-26", "limit": {"days": NaN}}',
        b'{"event": "\\udc00", "limit": {"days": 1}}',
        b"[" * 100_000,
        b"\xff",
        b"1 2",
    ],
)
def test_what_is_no_json_names_its_line(
    line: bytes, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = json.dumps(GOOD).encode() + b"\n\n" + line
    Shell(capsys, monkeypatch).refuses("deadline", "-", stdin=raw, naming=("标准输入", "第 3 行"))
