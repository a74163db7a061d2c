"""What came of an advertisement check as a page shows it: the text cut where passages begin and end, and the notes.

Overlapping passages are cut into pieces that each carry their numbers; a number is shown where its passage ends.
Characters that nobody sees, or that turn the direction of writing, are shown as words.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from portal.advertising.lexicon import Category
from portal.advertising.rules import Finding, Result
from portal.policy import citing

LONGEST_EXCERPT = 60
MOST_MARKED = 200
SEEN = {"\n", "\t", " ", "\u3000"}
INVISIBLE = {"Cc", "Cf", "Co", "Cn", "Zl", "Zp", "Zs"}
FILLERS = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800", "\u034f", "\u17b4", "\u17b5"}
NAMES = {
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字",
    "\u200d": "零宽连字",
    "\u2060": "零宽连接",
    "\ufeff": "零宽空白",
    "\u00ad": "软连字符",
    "\u00a0": "不换行空格",
    "\u200e": "左至右标记",
    "\u200f": "右至左标记",
    "\u202a": "左至右嵌入",
    "\u202b": "右至左嵌入",
    "\u202c": "方向结束",
    "\u202d": "强制左至右",
    "\u202e": "强制右至左",
    "\u2066": "左至右隔离",
    "\u2067": "右至左隔离",
    "\u2068": "方向隔离",
    "\u2069": "隔离结束",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the page shows of a check."""

    words: str
    text: str
    tone: str
    pieces: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    count: int
    remarks: list[str]


def shown(text: str, result: Result, categories: Mapping[str, Category]) -> Shown:
    """Make page objects of a text and its answer."""
    found = result["findings"]
    marked = found[:MOST_MARKED]
    kinds = "、".join(categories[name].title for name in result["categories"])
    return Shown(
        words=f"有 {len(found)} 处要修改" if found else "没有发现禁止的内容",
        text=f"涉及：{kinds}。" if found else "这次检查没有发现问题。发布前再核对价格、日期和机构名称。",
        tone="stop" if found else "good",
        pieces=list(pieces(text, marked)),
        notes=[note(number, finding, categories) for number, finding in enumerate(marked, 1)],
        count=len(found),
        remarks=[each["message"] for each in result["notes"]],
    )


def note(number: int, finding: Finding, categories: Mapping[str, Category]) -> dict[str, Any]:
    """One passage's note: what is wrong with it, on which article that rests, what to say instead."""
    title = categories[finding["category"]].title
    wrong, _, cure = finding["message"].removeprefix(f"{title}：").partition("。")
    excerpt = finding["excerpt"]
    return {
        "number": number,
        "title": title,
        "excerpt": visible(excerpt if len(excerpt) <= LONGEST_EXCERPT else excerpt[:LONGEST_EXCERPT] + "…"),
        "message": f"{wrong}。",
        "cure": cure,
        "citation": {"pieces": citing.pieces(finding["citation"])},
    }


def pieces(text: str, found: list[Finding]) -> Iterator[dict[str, Any]]:
    """Cut the text wherever a passage begins or ends and wherever characters are not to be seen."""
    ends = Counter(finding["end"] for finding in found)
    edges = sorted({0, len(text), *ends, *(finding["start"] for finding in found)})
    for start, end in pairwise(edges):
        marks = [at for at, one in enumerate(found, 1) if one["start"] <= start and end <= one["end"]]
        closing = [at for at in marks if found[at - 1]["end"] == end]
        yield from runs(text[start:end], start, marks, closing)


def runs(text: str, start: int, marks: list[int], closing: list[int]) -> Iterator[dict[str, Any]]:
    """Part what is seen from what isn't; the last run carries the numbers of the passages that end there."""
    found = [("".join(group), hidden) for hidden, group in groupby(text, key=hidden_name)]
    at = start
    for index, (written, hidden) in enumerate(found):
        is_last = index == len(found) - 1
        yield {
            "text": "" if hidden else written,
            "hidden": f"{hidden}×{len(written)}" if hidden and len(written) > 1 else hidden,
            "marks": marks,
            "numbers": closing if is_last else [],
            "at": at,
        }
        at += len(written)


def hidden_name(letter: str) -> str:
    """What to call a character that nobody sees; nothing for one that is seen."""
    if letter in SEEN:
        return ""
    if unicodedata.category(letter) in INVISIBLE or letter in FILLERS or "\ufe00" <= letter <= "\ufe0f":
        return NAMES.get(letter, f"U+{ord(letter):04X}")
    return ""


def visible(text: str) -> str:
    """A passage as a note quotes it: without the characters that nobody sees, in one line."""
    return " ".join("".join(letter for letter in text if not hidden_name(letter)).split())
