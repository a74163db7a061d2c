"""Workbooks are read as people see them, or refused with the cell's name; a hostile one costs little."""

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from portal.base.sheets.cells import BadSheet
from portal.base.sheets.columns import Column, Kind
from portal.base.sheets.reading import opened
from tests.factories.teachers import as_xlsx

COLUMNS = (Column("name", "姓名"), Column("district", "区县", Kind.CODE), Column("start", "入职日期", Kind.DAY))
HEADER = ["name", "other", "district", "start"]


def read(source: Path | bytes) -> list[tuple[int, list[Any]]]:
    with (
        io.BytesIO(source if isinstance(source, bytes) else source.read_bytes()) as file,
        opened(file, COLUMNS) as sheet,
    ):
        return list(sheet.rows())


def refusal(source: Path | bytes) -> str:
    with pytest.raises(BadSheet) as raised:
        read(source)
    return f"{raised.value.place}|{raised.value.message}"


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    return lambda *rows: as_xlsx(tmp_path / "book.xlsx", [HEADER, *rows])


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The same workbook with its parts changed, left out (None) or added."""
    with zipfile.ZipFile(path) as old, io.BytesIO() as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                part = change(name, old.read(name))
                if part is not None:
                    new.writestr(name, part)
            for name, part in more.items():
                new.writestr(name, part)
        return raw.getvalue()


def in_sheet(path: Path, old: bytes, new: bytes) -> bytes:
    return rewritten(path, lambda name, part: part.replace(old, new) if name.endswith("sheet1.xml") else part)


def test_rows_keep_their_numbers_and_empty_ones_are_skipped(tmp_path: Path) -> None:
    path = as_xlsx(tmp_path / "gaps.xlsx", [[], HEADER, [], ["张三", 1, "", date(2026, 9, 1)], ["", " "], ["", 2]])
    assert read(path) == [(4, ["张三", "", date(2026, 9, 1)]), (6, ["", "", None])]


def test_days_are_read_whether_typed_as_text_or_as_date(book: Callable[..., Path]) -> None:
    days = ["2026-09-01", date(2026, 9, 1), datetime(2026, 9, 1, 13, 30)]
    assert [values[2] for _, values in read(book(*(["张三", "", "", day] for day in days)))] == [date(2026, 9, 1)] * 3


@pytest.mark.parametrize("pattern", ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]d-mmm-yy;@", "m/d/yyyy h:mm"])
def test_a_day_is_told_by_its_number_format(tmp_path: Path, pattern: str) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "day.xlsx")) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write(1, 3, 46_266, workbook.add_format({"num_format": pattern}))
    assert read(tmp_path / "day.xlsx") == [(2, ["", "", date(2026, 9, 1)])]


@pytest.mark.parametrize("pattern", ["General", "0.00", '"yes"0', "[Red]0", "0.00E+00", r"0\d", "#,##0_d"])
def test_a_number_in_another_format_is_no_day(tmp_path: Path, pattern: str) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "day.xlsx")) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write(1, 3, 46_266, workbook.add_format({"num_format": pattern}))
    assert refusal(tmp_path / "day.xlsx").startswith("单元格 D2|start")


def test_days_counted_from_1904_are_the_same_days(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "mac.xlsx"), {"date_1904": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_datetime(1, 3, datetime(2026, 9, 1), workbook.add_format({"num_format": "yyyy-mm-dd"}))
    assert read(tmp_path / "mac.xlsx")[0][1][2] == date(2026, 9, 1)


@pytest.mark.parametrize("cell", [60.0, 0.5, -1, 2_958_466])
def test_a_day_that_never_was_is_refused(tmp_path: Path, cell: float) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "day.xlsx")) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_number(1, 3, cell, workbook.add_format({"num_format": "yyyy-mm-dd"}))
    assert "单元格 D2" in refusal(tmp_path / "day.xlsx")


@pytest.mark.parametrize("cell", [123456789012345678, 1.5, True, date(2026, 9, 1), time(8, 30), "=1+1"])
def test_what_is_no_text_is_refused_where_text_belongs(book: Callable[..., Path], cell: object) -> None:
    assert refusal(book(["张三", "", "", ""], [cell, "", "", ""])).startswith("单元格 A3|name（姓名）")


def test_a_code_may_be_a_whole_number(book: Callable[..., Path]) -> None:
    assert read(book(["张三", "", 500_103, ""]))[0][1][1] == "500103"
    assert "单元格 C2" in refusal(book(["张三", "", 500.5, ""]))


def test_formulas_and_odd_cells_in_other_columns_are_left_aside(book: Callable[..., Path]) -> None:
    assert read(book(["张三", "=1/0", "", ""], ["李四", True, "", ""]))[1] == (3, ["李四", "", None])


@pytest.mark.parametrize(
    ("merged", "is_refused"), [("A2:A3", True), ("B2:C2", True), ("B2:B3", False), ("E1:F9", False)]
)
def test_merged_cells_are_refused_only_among_the_wanted_columns(tmp_path: Path, merged: str, is_refused: bool) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "merged.xlsx")) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate([HEADER, ["张三"], ["李四"]]):
            sheet.write_row(number, 0, row)
        sheet.merge_range(merged, "合并")
    if is_refused:
        assert merged in refusal(tmp_path / "merged.xlsx")
    else:
        assert len(read(tmp_path / "merged.xlsx")) >= 2


def test_only_the_first_sheet_is_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "two.xlsx")) as workbook:
        workbook.add_worksheet("second").write_row(0, 0, [*HEADER])
        workbook.add_worksheet("first").write_row(0, 0, ["x"])
    assert read(tmp_path / "two.xlsx") == []


def test_a_chart_in_first_place_is_no_table(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "chart.xlsx")) as workbook:
        chart = workbook.add_chart({"type": "bar"})
        workbook.add_chartsheet().set_chart(chart)
        chart.add_series({"values": "=Sheet2!$A$1:$A$2"})
        workbook.add_worksheet("Sheet2")
    assert "第一张" in refusal(tmp_path / "chart.xlsx")


def test_a_workbook_of_another_program_is_read_alike(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(HEADER)
    workbook.active.append(["张\n三_x0041_", None, "500103", date(2026, 9, 1)])
    workbook.save(tmp_path / "other.xlsx")
    assert read(tmp_path / "other.xlsx") == [(2, ["张\n三A", "500103", date(2026, 9, 1)])]


def test_rich_text_is_joined_and_its_reading_aid_left_out(book: Callable[..., Path]) -> None:
    rich = b"<si><r><t>\xe5\xbc\xa0</t></r><r><t>\xe4\xb8\x89</t></r><rPh sb='0' eb='1'><t>zhang</t></rPh></si>"
    raw = rewritten(
        book(["张三", "", "", ""]),
        lambda name, part: part.replace("<si><t>张三</t></si>".encode(), rich) if "shared" in name else part,
    )
    assert read(raw)[0][1][0] == "张三"


def test_tags_with_a_prefix_are_the_same_tags(book: Callable[..., Path]) -> None:
    def prefixed(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return part
        part = part.replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:").replace(b"<x:?", b"<?")
        return part.replace(b"xmlns=", b"xmlns:x=")

    assert read(rewritten(book(["张三", "", "", ""]), prefixed))[0][1][0] == "张三"


@pytest.mark.parametrize("seed", range(40))
def test_a_random_workbook_is_read_as_a_known_library_reads_it(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    texts = ["张三", " 李 四 ", "a&b<c>", "_x0041_", "", "x" * 200, "多\n行", "𠮷"]
    rows = [
        [
            chance.choice(texts),
            chance.choice(["", 1.5, "x"]),
            chance.choice(["", "500103"]),
            chance.choice(["", date(2026, 9, 1)]),
        ]
        for _ in range(chance.randrange(1, 30))
    ]
    path = as_xlsx(tmp_path / "random.xlsx", [HEADER, *rows])
    sheet = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python(skip_empty_area=False)[1:]
    theirs = [[row[0], row[2], row[3] or None] for row in sheet if any(str(cell).strip() for cell in row)]
    assert [values for _, values in read(path)] == theirs


def test_a_workbook_with_macros_is_refused(book: Callable[..., Path]) -> None:
    assert "宏" in refusal(rewritten(book(), lambda _, part: part, **{"xl/vbaProject.bin": b"x"}))


def test_a_workbook_with_a_password_is_refused(book: Callable[..., Path]) -> None:
    assert "密码" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_096))
    raw = bytearray(book().read_bytes())
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    assert "密码" in refusal(bytes(raw))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(book: Callable[..., Path]) -> None:
    assert "太大" in refusal(rewritten(book(), lambda _, part: part, **{"xl/bomb.xml": bytes(100 << 20)}))


def test_a_zip_bomb_that_hides_its_size_is_refused(book: Callable[..., Path]) -> None:
    raw = in_sheet(book(), b"<sheetData>", b"<sheetData>" + b" " * (80 << 20))
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        size = package.getinfo("xl/worksheets/sheet1.xml").file_size
    assert "不是完好" in refusal(raw.replace(size.to_bytes(4, "little"), (5_000).to_bytes(4, "little")))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b'<row r="2"', b'<row r="2000000"', "1,048,576 行"),
        (b'<row r="2"', b'<row r="1"', "不是完好"),
        (b'r="A2"', b'r="XFE2"', "不是完好"),
        (b'r="A2"', b'r="AAAA2"', "不是完好"),
        (b"<v>4</v>", b"<v>4000</v>", "不是完好"),
        (b"<v>4</v>", b"<v>x</v>", "不是完好"),
        (b"</sheetData>", b"", "不是完好"),
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', "不是完好"),
    ],
)
def test_a_damaged_or_endless_sheet_is_refused(book: Callable[..., Path], old: bytes, new: bytes, said: str) -> None:
    path = book(["张三", "", "", ""])
    assert in_sheet(path, old, new) != path.read_bytes()
    assert said in refusal(in_sheet(path, old, new))


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "far.xlsx")) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1_048_575, 0, ["张三", *[""] * 10])
        sheet.write(1_048_575, 16_383, "x")
    assert read(tmp_path / "far.xlsx") == [(1_048_576, ["张三", "", None])]


def test_a_cell_with_more_text_than_a_spreadsheet_takes_is_refused(book: Callable[..., Path]) -> None:
    raw = in_sheet(book(["张三"]), b't="s"><v>4</v>', b't="str"><v>' + b"x" * 40_000 + b"</v>")
    assert "32767 字" in refusal(raw)


@pytest.mark.parametrize(
    "missing", ["_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"]
)
def test_a_package_without_one_of_its_parts_is_no_workbook(book: Callable[..., Path], missing: str) -> None:
    assert "xlsx" in refusal(rewritten(book(["张三"]), lambda name, part: None if name == missing else part))


def test_another_package_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "不是 xlsx" in refusal(tmp_path / "other.zip")


@pytest.mark.parametrize("seed", range(60))
def test_a_workbook_with_flipped_bytes_is_read_or_refused(book: Callable[..., Path], seed: int) -> None:
    chance = random.Random(seed)
    raw = bytearray(book(["张三", 1, "500103", date(2026, 9, 1)]).read_bytes())
    for _ in range(chance.randrange(1, 6)):
        raw[chance.randrange(4, len(raw))] = chance.randrange(256)
    with suppress(BadSheet):
        read(bytes(raw[: chance.randrange(100, len(raw))] if chance.random() < 0.3 else raw))
