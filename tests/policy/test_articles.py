"""What an article's row says of itself is true: word for word or in our words, in force from when, with the numbers in it."""

import re
from collections import defaultdict
from datetime import date, time
from decimal import Decimal
from itertools import pairwise

import pytest
from cn2an import an2cn

from portal.kernel.calendar import TimeLimit
from portal.kernel.limits import Citation, Limit
from portal.policy import shipped
from portal.policy.values import LegalTime

POLICY = shipped.policy()
TODAY = date(2026, 11, 27)
EVERY = [pytest.param(each, id=f"{each.key}:{each.since}") for each in POLICY.citations]
DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
FULL = re.compile(rf"原文，[^，\d]+(?:、[^，\d]+)*{DAY}(?:修订|修正|通过)?(?:公布|印发)文本(?:，{DAY}起施行)?")
PLAN = "原文，方案公开文本"
OURS = re.compile(r"待核对|主管部门(?:登记|确认|核对)|本平台|本系统|默认|[#*<>|]|  ")
HALF_WIDTH = re.compile(r"[一-鿿][,:;?()]|[()][一-鿿]")
UNITS = {
    "months": "个月",
    "days": "日",
    "years": "年",
    "minutes": "分钟",
    "class-hours": "课时",
    "floors": "楼层",
    "m2": "平方米",
    "count": "",
}
ITEM = re.compile(r"（([一二三四五六七八九十]+)）")
# The article asks for it without a number or a list: ours, for a bureau to set.
WITHOUT_NUMBER = {"teachers-least", "name-words-forbidden"} | {
    f"keep-{what}-days" for what in ("draft", "unused-upload", "reporter-contact", "photograph", "register", "log")
}
ROWS = [
    pytest.param(row, id=row.name)
    for row in POLICY.limit_layers[0]
    if row.cite != "bureau-own" and row.name not in WITHOUT_NUMBER and not isinstance(row.value, TimeLimit)
]
TIMES = [pytest.param(row, id=f"{row.kind}:{row.step}") for row in POLICY.time_layers[0] if row.cite != "bureau-own"]


def is_full(citation: Citation) -> bool:
    """Whether a row holds the article itself."""
    return citation.source.startswith("原文，")


def a_day(year: str, month: str, day: str) -> date:
    return date(int(year), int(month), int(day))


def counted(number: int) -> set[str]:
    """A number as a law may write it."""
    characters = an2cn(number)
    return {str(number), characters, characters.removeprefix("一") if 10 <= number < 20 else characters} | (
        {"两"} if number == 2 else set()
    )


def written(row: Limit) -> set[str]:
    """A value as its article may write it."""
    value = row.value
    if isinstance(value, time):
        return {f"{value:%H:%M}", f"{value:%H∶%M}", f"{value.hour}点"}
    if isinstance(value, str):
        above, below = map(int, value.split("/"))
        return {f"{an2cn(below)}分之{an2cn(above)}", f"{100 * above // below}%"}
    assert isinstance(value, int | Decimal)
    if row.unit == "fen":
        return {f"{value // 100}元", f"{value // 1_000_000}万元"}
    if row.unit == "months" and value % 12 == 0:
        return {f"{word}年" for word in counted(int(value) // 12)} | ({"每年"} if value == 12 else set())
    return {f"{word}{UNITS[row.unit]}" for word in counted(int(value))}


def span(limit: TimeLimit) -> set[str]:
    """A time limit as its article may write it."""
    ends = ("个月",) if limit.unit == "months" else ("日", "个工作日")
    return {f"{word}{end}" for word in counted(limit.count) for end in ends}


@pytest.mark.parametrize("citation", EVERY)
def test_an_article_says_whether_it_is_word_for_word(citation: Citation) -> None:
    kinds = {
        "原文": is_full(citation),
        "要点": "待主管部门核对" in citation.source,
        "本系统默认": citation.key == "bureau-own",
    }
    kind = citation.source.partition("，")[0]
    assert kinds.get(kind), citation.source


@pytest.mark.parametrize("citation", EVERY)
def test_an_article_word_for_word_names_its_publisher_and_begins_on_its_day(citation: Citation) -> None:
    if not is_full(citation) or citation.source == PLAN:
        return
    found = FULL.fullmatch(citation.source)
    assert found, citation.source
    published, in_force = found.groups()[:3], found.groups()[3:]
    assert citation.since == a_day(*(in_force if in_force[0] else published))


@pytest.mark.parametrize("citation", EVERY)
def test_an_article_word_for_word_has_nothing_of_ours_and_all_its_items(citation: Citation) -> None:
    if not is_full(citation):
        return
    assert not OURS.search(citation.text + citation.article)
    assert citation.source == PLAN or not HALF_WIDTH.search(citation.text)
    lines = citation.text.split("\n")
    assert all(line == line.strip() and line[-1] in "。；：" for line in lines)
    numbers = [found[1] for line in lines if (found := ITEM.match(line))]
    assert numbers == [an2cn(count).removeprefix("一") if count in range(10, 20) else an2cn(count)
                       for count in range(1, len(numbers) + 1)]  # fmt: skip
    assert all(before[-1] == "：" for before, after in pairwise(lines) if after.startswith("（一）"))


def test_a_later_version_begins_after_the_earlier_has_ended() -> None:
    versions = defaultdict(list)
    for citation in POLICY.citations:
        versions[citation.key].append(citation)
    for key, rows in versions.items():
        ordered = sorted(rows, key=lambda row: row.since)
        assert ordered[-1].until is None, key
        for earlier, later in pairwise(ordered):
            assert earlier.since <= (earlier.until or date.max) < later.since, key


def test_an_article_of_an_earlier_day_is_read_in_its_version() -> None:
    earlier, later = (POLICY.citation("minors-law-62", date(2024, 4, day)) for day in (25, 26))
    assert ("2020年10月17日" in earlier.source, "2024年4月26日" in later.source) == (True, True)


@pytest.mark.parametrize("row", ROWS)
def test_a_value_stands_in_its_article(row: Limit) -> None:
    text = POLICY.citation(row.cite, TODAY).text
    assert any(word in text for word in written(row)), (row.value, text)


@pytest.mark.parametrize("row", TIMES)
def test_a_time_limit_stands_in_its_article(row: LegalTime) -> None:
    text = POLICY.citation(row.cite, TODAY).text
    assert any(word in text for word in span(row.statutory)), (row.statutory, text)
