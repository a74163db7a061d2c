"""Reads clock times and lengths, and computes when a class ends; the limit itself is policy data (20:30)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.advertising.numbers import NUMBER, value
from portal.advertising.reading.page import Page, Span

NOON = 12 * 60
DAY = 24 * 60
PERIOD = "凌晨|清早|早上|早晨|上午|中午|下午|午后|傍晚|晚上|晚间|晚饭后|夜里|夜间|今晚|每晚|当晚|周[一二三四五六日末]晚|晚|夜|早|放学后"
SPOKEN = re.compile(
    rf"(?P<period>{PERIOD})?的?(?:[一-龥]{{0,2}}?)?(?P<hour>[0-9]{{1,2}}|二十[一二三]?|十[一二]?|[一二两三四五六七八九])点(?!心|评|赞|名|击|子|滴|点|拨|对点)"
    r"(?P<half>半|整|钟|(?P<quarter>[一三])刻|(?:过|零)?(?P<minute>[0-5]?[0-9]|[二三四五肆伍]?[十拾][一二三四五六七八九伍陆]?|[零〇]?[一二三四五六七八九伍陆])分?)?"
)
ENGLISH = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:：](?P<minute>[0-5][0-9]))?\s?[pP]\.?\s?[mM]\.?")
COLON = re.compile(rf"(?P<period>{PERIOD})?[一-龥]{{0,2}}?(?P<hour>[0-2]?[0-9])[:：](?P<minute>[0-5][0-9])(?![0-9])")
OLD = re.compile("(?P<old>[酉戌亥子])时(?:(?P<quarter>[一二三四])刻)?")
OLD_HOURS = {"酉": 17, "戌": 19, "亥": 21, "子": 23}
DOTTED = re.compile(r"(?P<hour>1[89]|2[0-3])[.．](?P<minute>[0-5][0-9])(?![0-9元%万分折])")
LENGTH = re.compile(
    rf"(?:(?P<hours>{NUMBER})(?P<half>个半)?(?:个)?(?:小时|钟头)(?P<more>半)?|(?P<quarter>[一三])刻钟|(?P<minutes>{NUMBER})分钟?)"
)
LESSONS = re.compile(
    rf"(?P<count>{NUMBER})节(?:课)?[^。；]{{0,8}}?(?:每节|各|每堂|一节)?[^，。；]{{0,3}}?(?P<minutes>{NUMBER})分"
)
UNTIL = re.compile(r"\s?(?:[-—–~～→]+|到|至|上到|止|直到|、|\s)\s?")
ENDS = re.compile(
    r"下课|结束|放学|散场|散|收尾|收工|放人|为止|才走|才散|才放|截止|离开|接|收场|才下|止|打烊|落课|关门|关灯|熄灯|毕"
)
STARTS = re.compile(
    r"开始|开课|上课|开讲|开班|起|开场|入座|开播|开练|见|集合|点火|准时|直播|上线|开|上|连麦|补|第[一二三四]节|有课"
)
CLASS = re.compile(
    r"课|班|自习|辅导|讲|学|训练|练|答疑|直播|刷题|营|作业|托管|上|开|补|老师|场|组|教|读|听|题|娃|小时|晚间|集训|加餐|晚修|训"
)
OFFICE = re.compile(
    r"书店|商场|台球|超市|小卖|快递|咨询|电话|接待|接听|前台|客服|热线|家长(?!可|在|请|自|们?来接|接|到|楼|准时|提前|按时)|大人|成人|成年|那边|夜校|教师(?:培训|例会|教研)|教研|例会|员工|录播|回放|回看|营业|"
    r"开放时间|停车|门禁|保洁|上班族|爸爸|妈妈课|瑜伽|广场舞|教职工|大学生|考研|值班|备课|老师们|开放至|开馆|阅览|接单|回复|报名|发货"
    r"|随时(?:可)?看|录像|录好|关闭|锁门|睡|洗漱|直播间抽奖|抢购|开抢|店员|店里人|盘点|讲座给|夜跑|宵夜|老板"
)
EVENING = re.compile("晚|夜|放学后|傍晚|自习")
MORNING = re.compile("签到|早|午休|上午")
EVENING_HOURS = range(5, 12)


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time in minutes of the day, and where it stands."""

    minutes: int
    span: Span
    is_evening: bool


def clocks(text: str, sentence: Span) -> list[Clock]:
    """Find the clock times of a sentence; hours from 1 to 12 are read by the words around them."""
    found: dict[int, Clock] = {}
    for shape in (ENGLISH, COLON, DOTTED, SPOKEN, OLD):
        for match in shape.finditer(text, sentence.start, sentence.end):
            around = text[max(0, match.start() - 24) : match.end() + 8]
            clock = _clock(
                match, bool(EVENING.search(around)) and not MORNING.search(text, match.end(), match.end() + 8)
            )
            if clock is not None and not any(
                c.span.start < match.end() and match.start() < c.span.end for c in found.values()
            ):
                found[match.start()] = clock
    ordered = [found[start] for start in sorted(found)]
    return _carried(ordered)


def _clock(match: re.Match[str], evening: bool) -> Clock | None:
    groups = match.groupdict()
    if groups.get("old"):
        quarters = int(value(groups["quarter"])) if groups["quarter"] else 0
        return Clock(OLD_HOURS[groups["old"]] * 60 + 15 * quarters, Span(*match.span()), is_evening=True)
    hour = int(value(groups["hour"]))
    if hour > 24:
        return None
    minute = 30 if groups.get("half") == "半" else 0
    if groups.get("quarter"):
        minute = int(value(groups["quarter"])) * 15
    elif groups.get("minute"):
        minute = int(value(groups["minute"]))
    period = groups.get("period") or ""
    late = bool(re.search("晚|夜|傍", period)) or (match.re is ENGLISH)
    if hour < 12 and (
        late or re.search("下午|午后|放学", period) or (evening and not period and hour in EVENING_HOURS)
    ):
        hour += 12
        late = True
    return Clock(hour * 60 + minute, Span(*match.span()), late or hour >= 17)


def _carried(ordered: list[Clock]) -> list[Clock]:
    """An end is read after its start: `晚七点到九点`, `傍晚六点四十…到九点整`."""
    result: list[Clock] = []
    for clock in ordered:
        before = result[-1] if result else None
        minutes = clock.minutes
        if (
            before
            and before.is_evening
            and minutes < before.minutes
            and minutes + NOON > before.minutes
            and minutes < NOON
        ):
            minutes += NOON
        result.append(Clock(minutes, clock.span, clock.is_evening or minutes >= 17 * 60))
    return result


def late_passages(page: Page, limit: int) -> Iterator[tuple[int, Span]]:
    """Give the passages that say that a class for pupils ends after the limit, or starts at or after it."""
    for index, sentence in enumerate(page.sentences):
        times = clocks(page.text, sentence)
        for place, clock in enumerate(times):
            if not _is_class(page, sentence, clock):
                continue
            following = times[place + 1] if place + 1 < len(times) else None
            end = _end(page, sentence, clock, following)
            if (clock.minutes > limit and clock.minutes < DAY) or (
                clock.minutes == limit and _begins(page, sentence, clock, following)
            ):
                yield index, clock.span
            elif end is not None and end[0] > limit and clock.minutes < DAY:
                yield index, Span(clock.span.start, end[1])


def _begins(page: Page, sentence: Span, clock: Clock, following: Clock | None) -> bool:
    after = page.text[clock.span.end : min(sentence.end, clock.span.end + 6)]
    before = page.text[max(sentence.start, clock.span.start - 3) : clock.span.start]
    if following and UNTIL.fullmatch(page.text[clock.span.end : following.span.start]):
        return True
    if re.search("[-—–~～到至前]$", before) or ENDS.search(after):
        return False
    return bool(STARTS.match(after)) or (bool(STARTS.search(after)) and not ENDS.search(after))


def _is_class(page: Page, sentence: Span, clock: Clock) -> bool:
    start = max(page.text.rfind(mark, sentence.start, clock.span.start) for mark in "；;。\n") + 1
    around = page.text[max(sentence.start, start, clock.span.start - 28) : min(sentence.end, clock.span.end + 14)]
    near = page.text[max(sentence.start, start, clock.span.start - 14) : min(sentence.end, clock.span.end + 10)]
    return bool(
        CLASS.search(around) or CLASS.search(page.text, max(0, sentence.start - 20), sentence.end)
    ) and not OFFICE.search(near)


def _end(page: Page, sentence: Span, clock: Clock, following: Clock | None) -> tuple[int, int] | None:
    """Add all lengths and breaks that follow a start (before the next clock time) to it."""
    stop = min(following.span.start if following else len(page.text), sentence.end + 40, clock.span.end + 60)
    if clock.minutes < 15 * 60 or (
        ENDS.search(page.text, clock.span.end, min(len(page.text), clock.span.end + 10))
        or re.search("至|到|[-—~～]$", page.text[max(0, clock.span.start - 1) : clock.span.start + 1])
    ):
        return None
    stretch = page.text[clock.span.end : max(clock.span.end, stop)]
    lessons = LESSONS.search(stretch)
    total, last = 0.0, 0
    for match in LENGTH.finditer(stretch):
        if re.search(r"(?:每隔|提前|步行|走路|车程|前|不到|共计)[^，。]{0,2}$", stretch[: match.start()]):
            continue
        minutes = _length(match)
        if lessons and lessons.start() <= match.start() < lessons.end():
            minutes *= max(1.0, value(lessons["count"]))
        total += minutes
        last = match.end()
    return (clock.minutes + round(total), clock.span.end + last) if 0 < total <= 5 * 60 else None


def _length(match: re.Match[str]) -> float:
    if match["hours"]:
        return value(match["hours"]) * 60 + (30 if match["half"] or match["more"] else 0)
    return value(match["quarter"]) * 15 if match["quarter"] else value(match["minutes"])
