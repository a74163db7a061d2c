"""Reads school grades, and finds pupils of one grade who are taught the content of a later one."""

import re
from collections.abc import Iterator

from portal.advertising.numbers import value
from portal.advertising.reading.page import Page, Span

GRADE = re.compile(
    "(?P<year>[一二三四五六七八九1-9])年级|(?P<stage>[初高小])(?P<of>[一二三四五六1-6])(?!班|时|次|点)|(?P<next>[一二三四五六七八九])升(?P<to>[一二三四五六七八九])"
)
CONTENT = re.compile(
    "[上下]册|的?(?:数学|语文|英语|物理|化学|几何|代数|小数|分数|方程|函数|课本|教材|内容|知识|课程|题|试卷|卷子|计算|单词|必修|课文|书|文言|有理数|一元|古诗|作文|单元|难题|新课|声光|力学|电学)|必修|的课"
)
TAUGHT = re.compile(
    "学|讲|教|攻|啃|装|预习|翻|拿下|解|刷|做|先|上完|背|直奔|钻|走一趟|入门|开讲|开课|进入|吃透|一网打尽|搞定"
)
LISTED = re.compile("[、和与及或/至到\\-—~～]{1,2}$|学过|复习|回顾|巩固|以下|以上")
FIRST_OF_STAGE = {"小": 0, "初": 6, "高": 9}
REACH = 26


def older_content(page: Page) -> Iterator[tuple[int, Span]]:
    """Give the passages in which content of a later grade is taught to pupils of an earlier one."""
    for index, sentence in enumerate(page.sentences):
        before: tuple[int, int, int] | None = None
        for match in GRADE.finditer(page.text, sentence.start, sentence.end):
            low, high = _levels(match)
            after = page.text[match.end() : min(sentence.end, match.end() + 14)]
            if before and high > before[0] and match.start() - before[2] <= REACH:
                between = page.text[before[2] : match.start()]
                if CONTENT.match(after) and TAUGHT.search(between + after) and not LISTED.search(between):
                    yield index, Span(before[1], match.end() + len(CONTENT.match(after)[0]))  # type: ignore[index]
            before = (low, match.start(), match.end())


def _levels(match: re.Match[str]) -> tuple[int, int]:
    """Give the grade that the pupils are in and the grade that is named, counted from the first of primary school."""
    if match["year"]:
        year = int(value(match["year"]))
        return year, year
    if match["stage"]:
        year = FIRST_OF_STAGE[match["stage"]] + int(value(match["of"]))
        return year, year
    return int(value(match["next"])), int(value(match["to"]))
