"""Random rosters and registers in which people, spellings and days meet often."""

import random
from datetime import date, timedelta
from typing import Any

from tests.factories.teachers import a_number

TODAY = date(2026, 11, 23)
NAMES = ["张三", "张 三", "张\u3000三", "李四", "阿依·古丽", "阿依•古丽", "阿依･古丽", "Ann", "ANN", "Ａｎｎ", "王五"]
BIRTHS = ["19900101", "19851231", "20081123", "19680229"]
SUBJECTS = ["maths", "语文", "道德与法治", "政治", "art", "Maths", "", "编程", " english "]
STAGES = ["preschool", "primary", "junior", "senior", "幼儿园", "小学", "初中", "高中", " 初中 "]
NATIONS = ["", "", "", "中国", "china", "ＣＮ", " CHN ", "中华人民共和国", "USA", "英国"]


def a_written_number(chance: random.Random) -> str:
    number = a_number(chance.choice(BIRTHS), chance.randrange(1, 3))
    forms = [number, number.lower(), f"{number[:6]} {number[6:14]}-{number[14:]}", f"{number[:6]}{number[8:17]}"]
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in number)
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    future = a_number("20261124", 1)
    return chance.choice(
        [*forms, *forms, wide, wrong, future, a_number("20261123", 1), "", "x", "5001031990023100X", "19900101"]
    )


def a_day(chance: random.Random, empty: float = 0.3) -> str:
    if chance.random() < empty:
        return chance.choice(["", " "])
    return (TODAY + timedelta(chance.choice([-400, -1, 0, 1, 400]))).isoformat()


def a_paper(chance: random.Random) -> str:
    year = chance.choice([1980, 2002, 2003, 2008, 2009, 2026, 2027])
    number = f"{year}50003{chance.choice('0123456789')}{chance.randrange(10**7):07d}"
    return chance.choice([number, number, number, f" {number} ", number[:16], number + "1", "", " ", "无"])


def a_roster(chance: random.Random) -> list[dict[str, Any]]:
    return [
        {
            "name": chance.choice(NAMES),
            "id_number": a_written_number(chance),
            "school": "",
            "school_district": "",
            "start": a_day(chance, empty=0),
            "end": a_day(chance, empty=0.6),
        }
        for _ in range(chance.randrange(5))
    ]


def a_register(chance: random.Random) -> list[dict[str, Any]]:
    return [
        {
            "name": chance.choice(NAMES),
            "id_number": a_written_number(chance),
            "subject": chance.choice(SUBJECTS),
            "stage": chance.choice(STAGES),
            "certificate_number": a_paper(chance),
            "contract_from": a_day(chance),
            "contract_to": a_day(chance),
            "nationality": chance.choice(NATIONS),
        }
        for _ in range(chance.randrange(1, 6))
    ]
