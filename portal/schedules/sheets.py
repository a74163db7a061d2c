"""A filing as one table, a lesson a row: the template to fill in, and a filled-in one as the JSON that is judged.

What a class, a room or a teacher is stands in each of its rows; rows that disagree about it are refused by row.
"""

import io
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.base.sheets.columns import Column, Kind
from portal.kernel.errors import FieldError, Invalid
from schemas.schedule_form import STAGE_OF_WORD, clock, plain, programmes, subject

COLUMNS = (
    Column("class", "班级"),
    Column("stage", "学段"),
    Column("subject", "科目"),
    Column("grade", "年级", Kind.CODE),
    Column("from", "开课日期", Kind.DAY),
    Column("to", "结课日期", Kind.DAY),
    Column("students", "学生人数", Kind.CODE),
    Column("weekday", "星期", Kind.CODE),
    Column("start", "上课时间"),
    Column("end", "下课时间"),
    Column("room", "教室", Kind.CODE),
    Column("room_area", "教室面积", Kind.CODE),
    Column("teacher", "教师"),
    Column("registered", "教师已登记"),
    Column("certificates", "教师资格"),
    Column("homework", "留作业"),
    Column("contest", "竞赛"),
    Column("fee_months", "一次收费月数", Kind.CODE),
    Column("fee_hours", "一次收费课时", Kind.CODE),
)
EXAMPLE = (
    "三年级数学一班", "小学", "数学", "3", "2026-09-07", "2026-12-31", "20", "周三", "18:30", "20:00", "A101", "70",
    "王老师", "是", "小学数学", "否", "否", "3", "60",
)  # fmt: skip
MEANINGS: Mapping[str, str] = {
    "班级": "一行写一次课。同一个班每周上几次，就写几行，班级的其他内容各行相同",
    "学段": "学前、小学、初中或高中",
    "科目": "例如 数学、美术",
    "年级": "数字，例如 3；七年级写 7",
    "星期": "周一到周日，或 1 到 7",
    "上课时间": "24 小时制，例如 18:30",
    "教室面积": "平方米，例如 70 或 70.5。没有固定教室的，教室和面积都留空",
    "教师已登记": "是或否：这名教师是否在本机构的教师名册里",
    "教师资格": "学段加科目，用顿号隔开，例如 小学数学、初中数学",
    "留作业": "是或否，空着是否",
    "竞赛": "是或否，空着是否",
    "一次收费月数": "一次收取几个月的费用，和课时一起填；不填就不核对",
}
WEEKDAYS = {f"{head}{day}": number for head in ("周", "星期") for number, day in enumerate("一二三四五六日", 1)} | {
    "周天": 7, "星期天": 7, **{str(number): number for number in range(1, 8)},
}  # fmt: skip
YES_NO = {"是": True, "否": False, "": False}
MOST_ROWS = 2_000


def document(rows: Iterable[tuple[int, list[str]]], district: str, licence: list[dict[str, str]]) -> dict[str, Any]:
    """Make the JSON of a table's rows; raises Invalid with the rows to mend."""
    filing = _Filing()
    for number, cells in rows:
        filing.add(number, dict(zip((column.name for column in COLUMNS), cells, strict=True)))
    filing.refuse()
    return {"district": district, "licence": {"programmes": licence}, **filing.made()}


def named(error: FieldError, made: dict[str, Any]) -> FieldError:
    """An error of the JSON, told by the class, room or teacher that a person finds in the table."""
    place = re.match(r"\$\.(classes|rooms|teachers)\[(\d+)\]", error.path)
    if place is None:
        return FieldError("file", error.message)
    return FieldError("file", f"“{made[place[1]][int(place[2])]['id']}”：{error.message}")


class _Filing:
    """Classes, rooms and teachers as the rows tell of them."""

    def __init__(self) -> None:
        self.kinds: dict[str, dict[str, dict[str, Any]]] = {"classes": {}, "rooms": {}, "teachers": {}}
        self.faults: list[FieldError] = []

    def add(self, number: int, row: dict[str, str]) -> None:
        """Take one lesson, or note what is wrong with its row."""
        try:
            cells = {name: _value(name, cell) for name, cell in row.items()}
            room, teacher = cells["room"], cells["teacher"]
            if room:
                self._same("rooms", {"id": room, "area": _number(cells["room_area"], "教室面积")})
            shown = {"id": teacher, "registered": cells["registered"], "certificates": cells["certificates"]}
            self._same("teachers", shown)
            meeting = {name: cells[name] for name in ("weekday", "start", "end", "teacher")}
            planned = self._same("classes", _class(cells))
            planned.setdefault("meetings", []).append(meeting | ({"room": room} if room else {}))
        except ValueError as error:
            self.faults.append(FieldError("file", f"第 {number} 行：{error}"))

    def refuse(self) -> None:
        """Raise what is wrong with the rows."""
        if not self.faults and not self.kinds["classes"]:
            self.faults.append(FieldError("file", "文件里没有班级。从第二行起，一行写一次课"))
        if self.faults:
            raise Invalid(self.faults[:20])

    def made(self) -> dict[str, Any]:
        """Give everything as lists."""
        return {kind: list(found.values()) for kind, found in self.kinds.items()}

    def _same(self, kind: str, told: dict[str, Any]) -> dict[str, Any]:
        known = self.kinds[kind].setdefault(told["id"], told)
        if {name: value for name, value in known.items() if name != "meetings"} != told:
            raise ValueError(f"“{told['id']}”在前面的行里写得不一样。各行写成相同的")
        return known


def _class(cells: dict[str, Any]) -> dict[str, Any]:
    made = {"id": cells["class"], "name": cells["class"]}
    made |= {name: cells[name] for name in ("subject", "stage", "grade", "from", "to", "students")}
    made |= {"homework": cells["homework"], "contest": cells["contest"]}
    fee = {"months": cells["fee_months"], "hours": cells["fee_hours"]}
    if any(fee.values()):
        made["fee"] = {"months": _number(fee["months"], "一次收费月数"), "hours": _number(fee["hours"], "一次收费课时")}
    return made


def _value(name: str, cell: str) -> Any:
    """One cell as the JSON has it; what must be there and isn't, or makes no sense, is a ValueError."""
    title = next(column.chinese for column in COLUMNS if column.name == name)
    written = cell.strip()
    if name in {"from", "to"}:
        return _required(written, title)
    if name in {"grade", "students"}:
        return int(_number(written, title, whole=True))
    if name in {"start", "end"}:
        return clock(_required(written, title))
    if name == "certificates":
        return [{"subject": what, "stage": stage} for stage, what in programmes(written)]
    if name in _KNOWN:
        if written not in _KNOWN[name]:
            raise ValueError(f"{title}填写 {'、'.join(word for word in _KNOWN[name] if word)} 之一")
        return _KNOWN[name][written]
    if name in {"class", "subject", "teacher"}:
        return subject(_required(written, title)) if name == "subject" else _required(written, title)
    return written


_KNOWN: Mapping[str, Mapping[str, Any]] = {
    "stage": STAGE_OF_WORD, "weekday": WEEKDAYS, "registered": YES_NO, "homework": YES_NO, "contest": YES_NO,
}  # fmt: skip


def _required(written: str, title: str) -> str:
    if not written:
        raise ValueError(f"填写{title}")
    return written


def _number(written: str, title: str, *, whole: bool = False) -> Any:
    try:
        found = Decimal(plain(_required(written, title)))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0 or abs(found) > 1_000_000 or (whole and found % 1):
        raise ValueError(f"{title}写成{'整数' if whole else '数字'}，例如 12")
    return found


def template() -> bytes:
    """The workbook to fill in: text cells, lists to choose from, and a second sheet that explains each column."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        _fill_in(book)
        _explanations(book)
    return out.getvalue()


def _fill_in(book: Any) -> None:
    sheet, text = book.add_worksheet("课表"), book.add_format({"num_format": "@"})
    head = book.add_format({"bold": True, "bg_color": "#eef3f4", "bottom": 1, "num_format": "@"})
    sheet.set_column(0, len(COLUMNS) - 1, 12, text)
    sheet.freeze_panes(1, 1)
    lists = {"学段": ["学前", "小学", "初中", "高中"], "星期": [f"周{day}" for day in "一二三四五六日"]}
    lists |= {name: ["是", "否"] for name in ("教师已登记", "留作业", "竞赛")}
    for at, column in enumerate(COLUMNS):
        sheet.write_string(0, at, column.chinese, head)
        if column.chinese in lists:
            choices = {"validate": "list", "source": lists[column.chinese]}
            sheet.data_validation(1, at, MOST_ROWS, at, choices)


def _explanations(book: Any) -> None:
    sheet, head = book.add_worksheet("填写说明"), book.add_format({"bold": True, "bg_color": "#eef3f4"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, 16)
    sheet.set_column(2, 2, 60, wrapped)
    for at, words in enumerate(("列", "例如", "说明")):
        sheet.write_string(0, at, words, head)
    for row, (column, example) in enumerate(zip(COLUMNS, EXAMPLE, strict=True), 1):
        for at, words in enumerate((column.chinese, example, MEANINGS.get(column.chinese, ""))):
            sheet.write_string(row, at, words)
