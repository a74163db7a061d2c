"""The two tables of a screening as institutions and districts hand them in: columns, words, what is refused."""

from collections.abc import Iterator
from typing import BinaryIO

from portal.base.sheets.columns import Column, Kind
from portal.base.sheets.reading import opened
from portal.kernel.programmes import ACADEMIC
from portal.teachers.candidate import STAGE_WORDS
from portal.teachers.roster import Service
from portal.teachers.screening import Registered

# A whole number is refused where it may have lost digits, and taken where it is judged like any other words.
ROSTER = (
    Column("name", "姓名"),
    Column("id_number", "身份证号"),
    Column("school", "学校", Kind.CODE),
    Column("school_district", "区县", Kind.CODE),
    Column("start", "入职日期", Kind.DAY),
    Column("end", "离职日期", Kind.DAY),
)
REGISTER = (
    Column("name", "姓名"),
    Column("id_number", "身份证号"),
    Column("subject", "任教学科", Kind.CODE),
    Column("stage", "学段"),
    Column("certificate_number", "教师资格证号"),
    Column("contract_from", "合同起", Kind.DAY),
    Column("contract_to", "合同止", Kind.DAY),
    Column("nationality", "国籍", Kind.CODE),
)
NAME, STAGE, START = 0, 3, 4
_STAGES = {word: code for code, words in STAGE_WORDS.items() for word in (code, words)}
_SUBJECTS = {words: code for code, words in ACADEMIC.items()} | {"政治": "politics", "道德与法治": "politics"}


def services(file: BinaryIO) -> Iterator[Service]:
    """The rows of a district's register of in-service teachers."""
    with opened(file, ROSTER) as sheet:
        for number, values in sheet.rows():
            name, id_number, _, _, start, end = values
            if not name.strip():
                raise sheet.refuse(number, NAME, "是空的，请填写姓名")
            if start is None:
                raise sheet.refuse(number, START, "是空的，请填写入职日期")
            yield Service(name, id_number, start, end)


def registered(file: BinaryIO) -> Iterator[Registered]:
    """The rows of an institution's register of teachers, subject and stage as codes."""
    with opened(file, REGISTER) as sheet:
        for number, values in sheet.rows():
            name, id_number, subject, stage, *others = values
            if not name.strip():
                raise sheet.refuse(number, NAME, "是空的，请填写姓名")
            code = _STAGES.get(stage) or _STAGES.get(stage.strip())
            if code is None:
                raise sheet.refuse(number, STAGE, f"不认识。填写 {'、'.join(STAGE_WORDS.values())} 之一")
            yield Registered(name, id_number, _subject(subject), code, *others)


def _subject(written: str) -> str:
    """The code of a subject, or its own words where there is none: then it is non-academic."""
    word = written.strip()
    return _SUBJECTS.get(word, word)
