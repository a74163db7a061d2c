"""A second reading of the screening: slow, row against row, written from the rules' text and not from our code."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Any

WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
ACADEMIC = ["chinese", "maths", "english", "physics", "chemistry", "biology", "politics", "history", "geography"]
ACADEMIC += ["语文", "数学", "英语", "物理", "化学", "生物", "政治", "道德与法治", "历史", "地理"]
LEVEL = {"preschool": 0, "幼儿园": 0, "primary": 1, "小学": 1, "junior": 2, "初中": 2, "senior": 3, "高中": 3}
KIND = {"1": 0, "2": 1, "3": 2, "4": 3, "5": 3, "7": 3}


def valid_number(written: str, today: date) -> str | None:
    text = unicodedata.normalize("NFKC", written).upper()
    text = re.sub(r"\s|[-\u2010\u2011\u2013\u2014]", "", text)
    if re.fullmatch("[0-9]{15}", text):
        text = text[:6] + "19" + text[6:]
        text += check_digit(text)
    if not re.fullmatch("[0-9]{17}[0-9X]", text) or check_digit(text[:17]) != text[17]:
        return None
    day = date(1, 1, 1)
    wanted = f"{text[6:10]}-{text[10:12]}-{text[12:14]}"
    try:
        day = date.fromisoformat(wanted)
    except ValueError:
        return None
    return text if day <= today else None


def check_digit(seventeen: str) -> str:
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS, strict=True)) % 11]


def same_name(one: str, other: str) -> bool:
    def plain(name: str) -> str:
        name = unicodedata.normalize("NFKC", name)
        for dot in "•・‧･":
            name = name.replace(dot, "·")
        return re.sub(r"\s", "", name)

    return plain(one) == plain(other)


def works(row: dict[str, Any], today: date) -> bool:
    end = row["end"].strip()
    return date.fromisoformat(row["start"]) <= today and (not end or date.fromisoformat(end) > today - timedelta(1))


def second_reading(  # noqa: C901 one rule after the other, as they are written down
    roster: list[dict[str, Any]], teacher: dict[str, Any], today: date
) -> tuple[str, list[str]]:
    """Give the verdict and the rules that one teacher breaks."""
    number = valid_number(teacher["id_number"], today)
    working = [(row, valid_number(row["id_number"], today)) for row in roster if works(row, today)]
    nation = unicodedata.normalize("NFKC", teacher["nationality"]).strip()
    foreign = nation not in {"", "中国", "中华人民共和国"} and nation.lower() not in {"china", "cn", "chn"}
    academic = teacher["subject"].strip() in ACADEMIC
    paper = teacher["certificate_number"].strip()
    begins, ends = teacher["contract_from"].strip(), teacher["contract_to"].strip()
    same = [theirs for _, theirs in working if number and theirs == number]
    alike = [row for row, theirs in working if same_name(row["name"], teacher["name"]) and not (theirs and number)]
    found = []
    if same:
        found.append("in-service")
    elif alike:
        found.append("in-service-possible")
    if not foreign:
        if not number:
            found.append("id-invalid")
        if academic and not paper:
            found.append("certificate-missing")
        if paper and paper_is_wrong(paper, number, academic, LEVEL[teacher["stage"].strip()], today):
            found.append("certificate-invalid")
    if not begins:
        found.append("contract-missing")
    elif ends and date.fromisoformat(ends) < today:
        found.append("contract-expired")
    if foreign:
        found.append("foreign-documents")
    if set(found) - {"in-service-possible", "foreign-documents"}:
        return "blocked", found
    return ("review" if found else "eligible"), found


def paper_is_wrong(paper: str, number: str | None, academic: bool, level: int, today: date) -> bool:
    if not re.fullmatch("[0-9]{17}", paper):
        return True
    if int(paper[:4]) > today.year or (number is not None and int(paper[:4]) - int(number[6:10]) < 18):
        return True
    return academic and KIND.get(paper[9], -1) < level
