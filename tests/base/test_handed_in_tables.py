"""A table that somebody hands in is read by the limited child, as rows of text; what is too much is refused in words."""

import io
import json
from datetime import date

import pytest
import xlsxwriter

from portal.base import inspecting, uploads
from portal.base.sheets.columns import Column, Kind
from portal.kernel.errors import Invalid

COLUMNS = (Column("name", "名称"), Column("since", "起", Kind.DAY), Column("grade", "年级", Kind.CODE))


@pytest.fixture
async def child():
    yield
    await uploads.close()


def a_workbook(*rows: tuple[object, ...]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([("name", "起", "年级"), *rows]):
            sheet.write_row(at, 0, row)
    return out.getvalue()


async def test_cells_come_as_text_whatever_they_were(child):
    found = await uploads.table(a_workbook(("甲", date(2026, 9, 1), 3), ("乙", "", "")), COLUMNS, 10)
    assert found == [(2, ["甲", "2026-09-01", "3"]), (3, ["乙", "", ""])]


async def test_a_csv_is_read_the_same_way(child):
    found = await uploads.table("名称,年级,起\n甲,3,2026-09-01\n".encode("gb18030"), COLUMNS, 10)
    assert found == [(2, ["甲", "2026-09-01", "3"])]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("甲", "9 月", 3)], "单元格 B2：since（起）不是日期"),
        ([("甲", "", 3), ("乙", "", 3), ("丙", "", 3)], "一次最多 2 行"),
        ([("长" * 32_000, "", 3)] * 2, "文字太多"),
    ],
)
def test_what_can_not_be_taken_is_told_by_its_place(rows, words, monkeypatch):
    monkeypatch.setattr(inspecting, "MOST_CHARACTERS", 50_000)
    order = json.dumps({"columns": [(one.name, one.chinese, one.kind) for one in COLUMNS], "most": 2})
    with pytest.raises(Invalid, match=words):
        inspecting.table(order.encode() + b"\n" + a_workbook(*rows))


async def test_a_broken_table_leaves_the_child_ready_for_the_next(child):
    with pytest.raises(Invalid, match="不是完好的 xlsx"):
        await uploads.table(b"PK\x03\x04broken", COLUMNS, 10)
    assert await uploads.table(a_workbook(("甲", "", "")), COLUMNS, 10) == [(2, ["甲", "", ""])]
