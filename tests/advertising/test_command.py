"""`check advertisement` on the command line: one result a line, or one line that says what to mend."""

import json

import pytest

from portal.__main__ import main


def run(tmp_path, capsys, content):
    file = tmp_path / "texts.jsonl"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    code = main(["check", "advertisement", str(file)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_every_line_gets_its_answer_in_order(tmp_path, capsys):
    lines = [{"id": "a", "text": "本班包过。"}, {"id": "b", "text": ""}]
    code, out, _ = run(tmp_path, capsys, "\n\n".join(json.dumps(line) for line in lines))
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(answer["id"], answer["verdict"]) for answer in answers] == [("a", "flagged"), ("b", "clear")]
    assert list(answers[0]) == ["id", "verdict", "categories", "findings"]


@pytest.mark.parametrize(
    "line",
    [
        "nothing",
        '{"id": "a"}',
        '{"id": "a", "text": 3}',
        '{"id": "a", "text": "\\ud800"}',
        '{"id": "a", "id": "b", "text": ""}',
        json.dumps({"id": "a", "text": "好" * 20_001}),
    ],
)
def test_what_cannot_be_judged_is_named_and_nothing_is_printed(tmp_path, capsys, line):
    code, out, err = run(tmp_path, capsys, '{"id": "x", "text": "好"}\n' + line)
    assert code == 2
    assert out == ""
    assert "第 2 行" in err
    assert len(err.strip().splitlines()) == 1


def test_twenty_thousand_characters_are_taken(tmp_path, capsys):
    code, out, _ = run(tmp_path, capsys, json.dumps({"id": "a", "text": "好" * 20_000}))
    assert code == 0
    assert json.loads(out)["verdict"] == "clear"
