"""Teachers, people in service, and the tables in which they are handed in. Every person here is invented."""

import csv
import io
from pathlib import Path
from typing import Any

import xlsxwriter
from stdnum.cn import ric

ROSTER_COLUMNS = ("name", "id_number", "school", "school_district", "start", "end")
REGISTER_COLUMNS = (
    *("name", "id_number", "subject", "stage", "certificate_number"),
    *("contract_from", "contract_to", "nationality"),
)
CHINESE = {
    "name": "姓名",
    "id_number": "身份证号",
    "school": "学校",
    "school_district": "区县",
    "start": "入职日期",
    "end": "离职日期",
    "subject": "任教学科",
    "stage": "学段",
    "certificate_number": "教师资格证号",
    "contract_from": "合同起",
    "contract_to": "合同止",
    "nationality": "国籍",
}
# Numbers of nobody: the birth year 1900 is the mark of an invented person.
NUMBER = "50010319000101001X"
OTHER_NUMBER = "500112190001010024"
CERTIFICATE = "20155000332123456"


def a_number(born: str, serial: int = 1, place: str = "500103") -> str:
    """A number with the right check digit for a day of birth, written YYYYMMDD."""
    plain = f"{place}{born}{serial:03d}"
    return plain + ric.calc_check_digit(plain + "0")


def in_service(**changes: Any) -> dict[str, Any]:
    """A row of a roster: somebody in service since 2020."""
    row = {"name": "王五", "id_number": OTHER_NUMBER, "school": "某小学", "school_district": "500103"}
    return {**row, "start": "2020-09-01", "end": "", **changes}


def a_teacher(**changes: Any) -> dict[str, Any]:
    """A row of a register: a teacher of primary maths with whom all is well."""
    row = {"name": "李四", "id_number": NUMBER, "subject": "maths", "stage": "primary"}
    papers = {"certificate_number": CERTIFICATE, "contract_from": "2024-09-01", "contract_to": "", "nationality": ""}
    return {**row, **papers, **changes}


def as_csv(rows: list[dict[str, Any]], columns: tuple[str, ...], headers: dict[str, str] | None = None) -> str:
    """The rows as CSV under English headers, or under those given."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([(headers or {}).get(column, column) for column in columns])
    writer.writerows([row[column] for column in columns] for row in rows)
    return text.getvalue()


def as_xlsx(path: Path, rows: list[list[Any]]) -> Path:
    """The rows, header included, as the first sheet of a workbook; days become date cells."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy/m/d"}) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path
