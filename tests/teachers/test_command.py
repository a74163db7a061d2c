"""`python -m portal check teachers`: tables in, one result a line; what can't be judged is refused in one line."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.commanding import Outcome, Shell
from tests.factories.teachers import (
    CHINESE,
    NUMBER,
    OTHER_NUMBER,
    REGISTER_COLUMNS,
    ROSTER_COLUMNS,
    a_teacher,
    as_csv,
    as_xlsx,
    in_service,
)

Rows = list[dict[str, Any]]


class Desk:
    """Where two tables are handed in and screened on 23 November 2026."""

    def __init__(self, shell: Shell, folder: Path) -> None:
        self.shell = shell
        self.roster = folder / "roster.csv"
        self.register = folder / "register.csv"
        self.roster.write_text(as_csv([in_service()], ROSTER_COLUMNS))
        self.register.write_text(as_csv([a_teacher()], REGISTER_COLUMNS))

    @property
    def arguments(self) -> tuple[str, ...]:
        files = ("--in-service", str(self.roster), "--register", str(self.register))
        return ("check", "teachers", *files, "--today", "2026-11-23")

    def screen(self, stdin: bytes = b"") -> Outcome:
        return self.shell.run(*self.arguments, stdin=stdin)

    def results(self) -> list[tuple[int, str, list[str]]]:
        outcome = self.screen()
        assert outcome.code == 0, outcome
        lines = map(json.loads, outcome.out.splitlines())
        return [(line["row"], line["verdict"], [one["rule"] for one in line["findings"]]) for line in lines]

    def refuses(self, *naming: str) -> None:
        self.shell.refuses(*self.arguments, naming=naming)


@pytest.fixture
def desk(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    return Desk(Shell(capsys, monkeypatch), tmp_path)


def test_a_result_holds_row_name_verdict_and_findings_with_article(desk: Desk) -> None:
    desk.register.write_text(as_csv([a_teacher(name=" 李\u3000四", contract_from="")], REGISTER_COLUMNS))
    (line,) = map(json.loads, desk.screen().out.splitlines())
    assert list(line) == ["row", "name", "verdict", "findings"]
    assert (line["row"], line["name"], line["verdict"]) == (1, " 李\u3000四", "blocked")
    (finding,) = line["findings"]
    assert list(finding) == ["rule", "message", "citation"]
    assert "第8项" in finding["citation"]


def test_a_message_never_repeats_the_number(desk: Desk) -> None:
    desk.register.write_text(as_csv([a_teacher(id_number=OTHER_NUMBER, certificate_number="9")], REGISTER_COLUMNS))
    assert OTHER_NUMBER not in desk.screen().out


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "blocked"),
        ({"start": "2026-11-23"}, "blocked"),
        ({"start": "2026-11-24"}, "eligible"),
        ({"end": "2026-11-23"}, "blocked"),
        ({"end": "2026-11-22"}, "eligible"),
        ({"start": "2027-01-01", "end": "2026-01-01"}, "eligible"),
    ],
)
def test_in_service_runs_from_the_first_day_to_the_last(desk: Desk, changes: dict[str, str], verdict: str) -> None:
    desk.roster.write_text(as_csv([in_service(id_number=NUMBER, **changes)], ROSTER_COLUMNS))
    assert desk.results()[0][1] == verdict


@pytest.mark.parametrize(
    ("theirs", "own", "found"),
    [
        (NUMBER.lower(), NUMBER, ["in-service"]),
        (OTHER_NUMBER, NUMBER, []),
        ("", NUMBER, ["in-service-possible"]),
        (OTHER_NUMBER, "", ["in-service-possible", "id-invalid"]),
        ("123", "123", ["in-service-possible", "id-invalid"]),
    ],
)
def test_a_namesake_is_a_question_only_where_a_number_is_not_valid(
    desk: Desk, theirs: str, own: str, found: list[str]
) -> None:
    desk.roster.write_text(as_csv([in_service(name="张·三", id_number=theirs)], ROSTER_COLUMNS))
    desk.register.write_text(as_csv([a_teacher(name="张 • 三", id_number=own)], REGISTER_COLUMNS))
    assert desk.results()[0][2] == found


def test_a_match_outranks_a_namesake_and_the_name_plays_no_part(desk: Desk) -> None:
    rows = [in_service(name="李四", id_number=""), in_service(name="别人", id_number=NUMBER)]
    desk.roster.write_text(as_csv(rows, ROSTER_COLUMNS))
    assert desk.results() == [(1, "blocked", ["in-service"])]


def test_a_foreigner_with_a_namesake_in_service_is_reviewed(desk: Desk) -> None:
    desk.roster.write_text(as_csv([in_service(name="Ann Lee")], ROSTER_COLUMNS))
    foreigner = a_teacher(name="AnnLee", id_number="P123", nationality="英国", certificate_number="")
    desk.register.write_text(as_csv([foreigner], REGISTER_COLUMNS))
    assert desk.results() == [(1, "review", ["in-service-possible", "foreign-documents"])]


@pytest.mark.parametrize("nation", ["", " ", "中国", " 中华人民共和国 ", "china", "CHINA", "cn", "Ｃｈｎ"])
def test_these_nationalities_are_chinese(desk: Desk, nation: str) -> None:
    desk.register.write_text(as_csv([a_teacher(nationality=nation, id_number="")], REGISTER_COLUMNS))
    assert desk.results()[0][2] == ["id-invalid"]


@pytest.mark.parametrize("today", ["2018-01-01", "2100-01-01"])
def test_any_day_may_be_judged(desk: Desk, today: str) -> None:
    desk.roster.write_text(as_csv([in_service(id_number=NUMBER, start="2000-01-01")], ROSTER_COLUMNS))
    outcome = desk.shell.run(*desk.arguments[:-1], today)
    assert '"in-service"' in outcome.out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("headers", [None, CHINESE])
def test_either_encoding_and_either_language_of_headers_is_read(
    desk: Desk, encoding: str, headers: dict[str, str] | None
) -> None:
    teacher = a_teacher(subject="道德与法治", stage="高中", name="𠮷田")
    desk.register.write_text(as_csv([teacher], REGISTER_COLUMNS, headers), encoding=encoding)
    assert desk.results() == [(1, "blocked", ["certificate-invalid"])]
    assert "𠮷田" in desk.screen().out


def test_columns_may_stand_in_any_order_beside_others(desk: Desk) -> None:
    columns = ("photo", *reversed(REGISTER_COLUMNS), "photo")
    desk.register.write_text(as_csv([a_teacher(photo="x")], columns))
    assert desk.results() == [(1, "eligible", [])]


def test_empty_rows_are_skipped_and_not_counted(desk: Desk) -> None:
    table = as_csv([a_teacher()], REGISTER_COLUMNS).splitlines()
    desk.register.write_text("\n\n".join([table[0], " ,,\u3000,,,,,", table[1], ",,,,,,,", table[1]]))
    assert [row for row, _, _ in desk.results()] == [1, 2]


def test_a_register_without_rows_gives_no_result(desk: Desk) -> None:
    desk.register.write_text(as_csv([], REGISTER_COLUMNS))
    assert desk.screen() == Outcome(0, "", "")


def test_a_workbook_under_any_name_is_told_by_its_content(desk: Desk) -> None:
    values = a_teacher(contract_from=date(2024, 9, 1), contract_to=date(2026, 11, 22))
    rows: list[list[Any]] = [list(REGISTER_COLUMNS), [values[column] for column in REGISTER_COLUMNS]]
    as_xlsx(desk.register, rows)
    assert desk.results() == [(1, "blocked", ["contract-expired"])]


def test_a_number_cell_is_bad_input_only_where_digits_can_be_lost(desk: Desk) -> None:
    school = in_service(school=17, school_district=500_103)
    as_xlsx(desk.roster, [list(ROSTER_COLUMNS), [school[column] for column in ROSTER_COLUMNS]])
    foreigner = a_teacher(subject=24, nationality=7)
    as_xlsx(desk.register, [list(REGISTER_COLUMNS), [foreigner[column] for column in REGISTER_COLUMNS]])
    assert desk.results() == [(1, "review", ["foreign-documents"])]
    for column, cell in (("id_number", "B2"), ("certificate_number", "E2")):
        values = a_teacher(**{column: 123456789012345})
        as_xlsx(desk.register, [list(REGISTER_COLUMNS), [values[name] for name in REGISTER_COLUMNS]])
        desk.refuses(cell, column)


def test_one_of_the_tables_may_come_from_standard_input(desk: Desk) -> None:
    raw = as_csv([in_service(id_number=NUMBER)], ROSTER_COLUMNS).encode()
    desk.roster = Path("-")
    assert '"in-service"' in desk.screen(stdin=raw).out


def test_both_tables_from_standard_input_is_wrong_use(desk: Desk) -> None:
    desk.roster = desk.register = Path("-")
    assert desk.screen().code == 2


@pytest.mark.parametrize("today", ["2026-2-3", "20260203", "2026-02-30", "２０２６-02-03", "today", "2026-W01-1", ""])
def test_the_day_is_written_one_way_alone(desk: Desk, today: str) -> None:
    desk.shell.refuses(*desk.arguments[:-1], today, naming=("--today",))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        *(({"contract_from": day}, "contract_from") for day in ("2026/01/01", "2026-1-1", "20260101", "2026-02-29")),
        *(({"contract_to": day}, "contract_to") for day in ("2026-W01-1", "2026-01-01T00:00", "46000", "明天")),
        *(({"name": name}, "name") for name in ("", " \u3000")),
        *(({"stage": stage}, "stage") for stage in ("", "大学", "Primary", "primary school")),
    ],
)
def test_a_value_that_cannot_be_judged_is_named_by_line_and_column(
    desk: Desk, changes: dict[str, str], field: str
) -> None:
    desk.register.write_text(as_csv([a_teacher(), a_teacher(**changes)], REGISTER_COLUMNS))
    desk.refuses("register.csv", "第 3 行", field)


@pytest.mark.parametrize(
    ("changes", "field"), [({"start": ""}, "start"), ({"name": " "}, "name"), ({"end": "x"}, "end")]
)
def test_a_roster_that_cannot_be_judged_is_refused_too(desk: Desk, changes: dict[str, str], field: str) -> None:
    desk.roster.write_text(as_csv([in_service(**changes)], ROSTER_COLUMNS))
    desk.refuses("roster.csv", "第 2 行", field)


@pytest.mark.parametrize("missing", REGISTER_COLUMNS)
def test_a_missing_column_is_named(desk: Desk, missing: str) -> None:
    desk.register.write_text(as_csv([a_teacher()], tuple(name for name in REGISTER_COLUMNS if name != missing)))
    desk.refuses("register.csv", missing)


@pytest.mark.parametrize("double", ["name", "姓名", " 姓名 "])
def test_a_column_that_stands_there_twice_is_named(desk: Desk, double: str) -> None:
    desk.register.write_text(as_csv([a_teacher(**{double: "x"})], (*REGISTER_COLUMNS, double)))
    desk.refuses("register.csv", "name", "第 1 行")


@pytest.mark.parametrize(
    "row",
    [
        '"李四,x,maths,primary,,,,',
        '李"四,x,maths,primary,,,,',
        '"李四"五,x,maths,primary,,,,',
        '李四,x, "maths",primary,,,,',
    ],
)
def test_broken_quoting_is_named_by_line(desk: Desk, row: str) -> None:
    desk.register.write_text(as_csv([a_teacher()], REGISTER_COLUMNS) + row + "\n" + as_csv([a_teacher()], ("name",)))
    desk.refuses("register.csv", "第 3 行", "引号")


def test_quotes_where_they_belong_are_read(desk: Desk) -> None:
    desk.register.write_text(as_csv([a_teacher(name='李"四",\n五')], REGISTER_COLUMNS))
    assert json.loads(desk.screen().out)["name"] == '李"四",\n五'


def test_a_row_longer_than_the_header_is_refused_rather_than_cut(desk: Desk) -> None:
    desk.register.write_text(as_csv([a_teacher()], REGISTER_COLUMNS).rstrip() + ",x\n")
    desk.refuses("register.csv", "第 2 行")


def test_bytes_of_no_encoding_are_named_by_line(desk: Desk) -> None:
    desk.register.write_bytes(as_csv([], REGISTER_COLUMNS).encode() + b"\xff\xfe\n")
    desk.refuses("register.csv", "第 2 行", "编码")


@pytest.mark.parametrize(
    "raw", [b"", b"\n \n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"PK\x03\x04" + bytes(9)]
)
def test_what_is_no_table_is_refused(desk: Desk, raw: bytes) -> None:
    desk.register.write_bytes(raw)
    desk.refuses("register.csv")


def test_nothing_is_printed_when_a_late_row_is_bad(desk: Desk) -> None:
    desk.register.write_text(as_csv([*[a_teacher()] * 5_000, a_teacher(stage="")], REGISTER_COLUMNS))
    desk.refuses("register.csv", "第 5002 行", "stage")


def test_a_folder_a_missing_and_an_unreadable_file_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    desk.register = tmp_path
    desk.refuses(str(tmp_path), "文件夹")
    desk.register = tmp_path / "nothing.csv"
    desk.refuses("nothing.csv", "没有这个文件")
    if os.geteuid() != 0:
        desk.register = tmp_path / "secret.csv"
        desk.register.touch(mode=0o000)
        desk.refuses("secret.csv", "权限")
