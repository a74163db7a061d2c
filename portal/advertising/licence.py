"""Compares what an advertisement offers with the licensed programmes: notes for the reader, never part of the verdict."""

import re
from collections.abc import Iterator, Mapping, Sequence

from portal.advertising.reading.page import Page, Span

SUBJECTS = {
    "语文": "chinese",
    "作文": "chinese",
    "数学": "maths",
    "英语": "english",
    "物理": "physics",
    "化学": "chemistry",
    "生物": "biology",
    "政治": "politics",
    "历史": "history",
    "地理": "geography",
}
STAGES = {"小学": "primary", "初中": "junior", "高中": "senior", "初一": "junior", "初二": "junior", "初三": "junior"}
STAGES |= {"高一": "senior", "高二": "senior", "高三": "senior"} | {f"{year}年级": "primary" for year in "一二三四五六"}
STAGES |= {f"{year}年级": "junior" for year in "七八九"}
OFFERED = re.compile(f"(?P<stage>{'|'.join(STAGES)})[^，。！？；\n]{{0,4}}?(?P<subject>{'|'.join(SUBJECTS)})")


def outside(page: Page, programmes: Sequence[Mapping[str, str]]) -> Iterator[tuple[Span, str]]:
    """Give each offer of an academic subject at a stage that the licence doesn't hold (Plan 9: 按许可证开设课程)."""
    licensed = {(programme["subject"], programme["stage"]) for programme in programmes}
    for match in OFFERED.finditer(page.text):
        if (SUBJECTS[match["subject"]], STAGES[match["stage"]]) not in licensed:
            where = page.sent(match.start(), match.end())
            yield where, f"办学许可证没有“{match['stage']}{match['subject']}”，请核对许可证上的培训项目"
