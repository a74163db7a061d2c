"""What is no filing is refused: one line that names file, place and field, exit 2, nothing printed."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from portal.kernel.errors import Invalid
from portal.kernel.strict_json import loads
from portal.policy import shipped
from portal.schedules import what_if
from schemas import schedules
from tests.commanding import Shell
from tests.factories.schedules import a_class, a_request
from tests.schedules.asking import answer

C = "classes__0__"
M = "classes__0__meetings__0__"
UNIT = {"stage": "primary", "subject": "maths", "grade": 3, "unit": 1, "from": "2026-09-01"}

NOT_OF_THIS_FORM: list[tuple[dict[str, Any], str]] = [
    ({C + "to": "2026-09-06", C + "content": []}, "$.classes[0].to"),
    ({"school__terms": [{"from": "2026-09-02", "to": "2026-09-01"}]}, "$.school.terms[0].to"),
    ({M + "end": "18:30"}, "$.classes[0].meetings[0].end"),
    ({M + "start": "22:00", M + "end": "01:00"}, "$.classes[0].meetings[0].end"),  # across midnight
    ({"school__hours__primary": [["11:50", "11:50"]]}, "$.school.hours.primary[0]"),
    ({"school__hours__primary": [["08:30"]]}, "$.school.hours.primary[0]"),
    ({"school__hours__primary": [["08:30", "11:50", "12:00"]]}, "$.school.hours.primary[0]"),
    ({"rooms__0__area": -0.1}, "$.rooms[0].area"),
    ({"rooms__0__area": "70"}, "$.rooms[0].area"),
    ({"rooms__0__area": True}, "$.rooms[0].area"),
    ({C + "fee": {"months": -1, "hours": 1}}, "$.classes[0].fee.months"),
    ({C + "fee": {"months": 1}}, "$.classes[0].fee.hours"),
    ({C + "fee": {"months": 1, "hours": None}}, "$.classes[0].fee.hours"),
    ({C + "id": " \u3000"}, "$.classes[0].id"),
    ({C + "subject": ""}, "$.classes[0].subject"),
    ({"teachers__0__id": ""}, "$.teachers[0].id"),
    ({"rooms__0__id": "\t"}, "$.rooms[0].id"),
    ({M + "room": "B1"}, "$.classes[0].meetings[0].room"),
    ({C + "content": [{"date": "2026-09-06", "grade": 3, "unit": 1}]}, "$.classes[0].content[0].date"),
    ({C + "content": [{"date": "2027-01-01", "grade": 3, "unit": 1}]}, "$.classes[0].content[0].date"),
    ({"classes": [a_class("x"), a_class("x")]}, "$.classes[1].id"),
    ({"rooms": [{"id": "A101", "area": 1}, {"id": "A101", "area": 2}]}, "$.rooms[1].id"),
    ({"teachers": [{"id": "t", "registered": True}, {"id": "t", "registered": False}]}, "$.teachers[1].id"),
    ({"school__progress": [UNIT, {**UNIT, "from": "2026-10-01"}]}, "$.school.progress[1].unit"),
    ({M + "start": "8:30"}, "$.classes[0].meetings[0].start"),
    ({M + "end": "24:00"}, "$.classes[0].meetings[0].end"),
    ({M + "end": "20：30"}, "$.classes[0].meetings[0].end"),
    ({M + "end": "20:30:00"}, "$.classes[0].meetings[0].end"),
    ({M + "end": "２０:30"}, "$.classes[0].meetings[0].end"),
    ({M + "end": None}, "$.classes[0].meetings[0].end"),
    ({M + "weekday": 0}, "$.classes[0].meetings[0].weekday"),
    ({M + "weekday": 8}, "$.classes[0].meetings[0].weekday"),
    ({M + "weekday": True}, "$.classes[0].meetings[0].weekday"),
    ({M + "weekday": 3.0}, "$.classes[0].meetings[0].weekday"),
    ({M + "teacher": None}, "$.classes[0].meetings[0].teacher"),
    ({C + "students": -1}, "$.classes[0].students"),
    ({C + "students": "20"}, "$.classes[0].students"),
    ({C + "students": 20.0}, "$.classes[0].students"),
    ({C + "grade": -1}, "$.classes[0].grade"),
    ({C + "homework": 0}, "$.classes[0].homework"),
    ({C + "homework": "false"}, "$.classes[0].homework"),
    ({C + "stage": "college"}, "$.classes[0].stage"),
    ({C + "from": "2026-02-29"}, "$.classes[0].from"),
    ({C + "from": "2026-9-7"}, "$.classes[0].from"),
    ({C + "from": "20260907"}, "$.classes[0].from"),
    ({C + "from": "2026-09-07T00:00"}, "$.classes[0].from"),
    ({C + "from": 20260907}, "$.classes[0].from"),
    ({C + "name": 5}, "$.classes[0].name"),
    ({C + "meetings": {}}, "$.classes[0].meetings"),
    ({C + "meetings": None}, "$.classes[0].meetings"),
    ({"classes": None}, "$.classes"),
    ({"licence": []}, "$.licence"),
    ({"school": None}, "$.school"),
    ({"district": 500103}, "$.district"),
]


@pytest.mark.parametrize(
    ("changes", "place"), NOT_OF_THIS_FORM, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_is_no_filing_names_its_place(
    changes: dict[str, Any], place: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = json.dumps(a_request(**changes)).encode()
    Shell(capsys, monkeypatch).refuses("check", "schedule", "-", stdin=raw, naming=("标准输入", place))


@pytest.mark.parametrize("key", ["district", "licence", "rooms", "teachers", "classes"])
def test_what_must_be_there_is_asked_for(key: str) -> None:
    request = a_request()
    del request[key]
    with pytest.raises(Invalid) as refused:
        schedules.read(loads(json.dumps(request)))
    assert [error.path for error in refused.value.errors] == [f"$.{key}"]


def test_a_choice_of_words_is_told_in_chinese_alone() -> None:
    with pytest.raises(Invalid) as refused:
        schedules.read(loads(json.dumps(a_request(**{C + "stage": "college"}))))
    [error] = refused.value.errors
    assert error.message == "只能是 'preschool'、'primary'、'junior'、'senior' 之一（现在是 “college”）"


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        schedules.read(loads(json.dumps(a_request(**{C + "students": -1, M + "weekday": 9, "district": ""}))))
    assert len(refused.value.errors) == 3


def test_what_may_be_left_out_may_be_null_or_missing_and_unknown_keys_are_left_aside() -> None:
    request = a_request(rooms=[], teachers=[], unknown={"a": [1]}, **{C + "colour": "red"})
    planned = request["classes"][0]
    planned["meetings"] = []
    for key in ("fee", "content", "homework"):
        del planned[key]
    planned["contest"] = None
    request["school"] |= {"holidays": None, "progress": None, "hours": {"college": "x"}}
    del request["school"]["makeup_days"]
    assert answer(request)["verdict"] == "pass"
    assert answer({**request, "classes": []})["verdict"] == "pass"


def test_a_leap_day_is_a_day() -> None:
    assert answer(a_request(**{C + "from": "2024-02-29", C + "content": []}))["verdict"] == "pass"


NOT_JSON: list[tuple[bytes, tuple[str, ...]]] = [
    (b"", ("第 1 行",)),
    (b"  \n ", ("空",)),
    (b"{", ("第 1 行",)),
    (b'{"district": "500103",\n"rooms": [,]}', ("第 2 行",)),
    (b"[" * 100_000, ("嵌套",)),
    (b"[" * 100_000 + b"]" * 100_000, ("嵌套",)),
    (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, ("嵌套",)),
    (b'{"district": "1", "district": "2"}', ("district", "两次")),
    (b'{"rooms": [{"id": "a", "area": NaN}]}', ("$.rooms[0].area", "NaN")),
    (b'{"rooms": [{"id": "a", "area": -Infinity}]}', ("$.rooms[0].area",)),
    (b'{"district": "\\ud800"}', ("$.district",)),
    (b'{"a\\udfff": 1}', ("$",)),
    ("{'district': '渝中'}".encode(), ("第 1 行",)),
    ('{"district": "渝中"}'.encode("gb18030"), ("第 1 行", "UTF-8")),
    ('{"district": "渝中"}'.encode("utf-16"), ("UTF-8",)),
    (b'{"rooms": [' + b"1" * 5_000 + b"]}", ("$.rooms[0]",)),
    (b'{"rooms": [1e' + b"9" * 30 + b"]}", ("$.rooms[0]",)),
    (b"[]", ("$", "对象")),
    (b"null", ("$", "对象")),
]


@pytest.mark.parametrize(
    ("raw", "naming"), NOT_JSON, ids=lambda value: repr(value[:30]) if isinstance(value, bytes) else ""
)
def test_what_is_no_json_says_where(
    raw: bytes, naming: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Shell(capsys, monkeypatch).refuses("check", "schedule", "-", stdin=raw, naming=naming)


def test_files_that_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(capsys, monkeypatch)
    shell.refuses("check", "schedule", str(tmp_path), naming=(str(tmp_path), "文件夹"))
    shell.refuses("check", "schedule", str(tmp_path / "none.json"), naming=("none.json", "没有这个文件"))
    shell.refuses("check", "schedule", "a\0b", naming=("读不出来",))
    locked = tmp_path / "locked.json"
    locked.write_text("{}")
    locked.chmod(0)
    if not os.access(locked, os.R_OK):  # root reads everything
        shell.refuses("check", "schedule", str(locked), naming=("locked.json", "权限"))


def test_more_than_the_limit_is_refused_without_reading_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    big = tmp_path / "big.json"
    with big.open("wb") as opened:
        opened.truncate(65 * 1024 * 1024)
    Shell(capsys, monkeypatch).refuses("check", "schedule", str(big), naming=("big.json", "MB"))


def test_fifty_megabytes_of_nothing_are_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    big = tmp_path / "big.json"
    big.write_bytes(b'{"a": "' + b"x" * 50 * 1024 * 1024 + b'"}')
    Shell(capsys, monkeypatch).refuses("check", "schedule", str(big), naming=("big.json", "$.district"))


def test_lines_are_judged_one_by_one_and_a_bad_one_stops_everything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(capsys, monkeypatch)
    lines = tmp_path / "many.jsonl"
    good, late = json.dumps(a_request()), json.dumps(a_request(**{M + "end": "21:00"}))
    lines.write_bytes(b"\xef\xbb\xbf" + f"{good}\r\n\n  \n{late}\n".encode())
    outcome = shell.run("check", "schedule", str(lines))
    assert outcome.code == 0
    assert [json.loads(line)["verdict"] for line in outcome.out.splitlines()] == ["pass", "blocked"]
    lines.write_text(f"{good}\n\n{json.dumps(a_request(district=''))}\n")
    shell.refuses("check", "schedule", str(lines), naming=("many.jsonl", "第 3 行", "$.district"))
    lines.write_text(f"{good}\n{{\n")
    shell.refuses("check", "schedule", str(lines), naming=("many.jsonl", "第 2 行"))
    lines.write_text("\n")
    assert shell.run("check", "schedule", str(lines)) == type(outcome)(0, "", "")


def test_ten_thousand_classes_of_one_teacher_are_judged() -> None:
    classes = [a_class(f"c{n}", meetings=a_class("x")["meetings"], content=[]) for n in range(10_000)]
    found = answer(a_request(classes=classes))["findings"]
    assert len(found) == 20_000
    assert {each["rule"] for each in found} == {"teacher-clash", "room-clash"}


def test_days_at_the_ends_of_the_calendar() -> None:
    whole = {C + "from": "0001-01-01", C + "to": "9999-12-31", C + "content": [], M + "start": "09:00"}
    terms = [{"from": "0001-01-01", "to": "9999-12-31"}, {"from": "2026-01-01", "to": "2026-01-01"}]
    names = {found["rule"] for found in answer(a_request(**whole, school__terms=terms))["findings"]}
    assert names == {"school-hours"}


def test_numbers_that_nobody_means_are_still_compared_exactly() -> None:
    for area, breaks in (("1E+999999", False), ("1E-999999", True), ("9" * 900 + ".5", False)):
        raw = json.dumps(a_request(rooms__0__area=0)).replace('"area": 0', f'"area": {area}').encode()
        given = schedules.read(loads(raw), school_required=True)
        assert bool(what_if.check(given, shipped.policy())["findings"]) is breaks
