"""Reads what one payment covers, and compares it with the limits of policy data (3 months, 60 lessons)."""

import re
from collections.abc import Iterator

from portal.advertising.numbers import NUMBER, value
from portal.advertising.reading.page import Page, Span

LESSONS = re.compile(rf"(?P<count>{NUMBER})(?:个)?(?P<unit>课时|节课|节|次课|次|堂课|堂|讲|\\s?[lL]essons?)(?!卡)?")
MONTHS = re.compile(rf"(?P<count>{NUMBER})个(?P<half>半)?月(?!前|底|初|[0-9一二三]|份|日|票)(?P<more>半)?")
LONG = re.compile(
    r"(?<!半)(?<![0-9一二两三四五六七八九十近这每那])(?:[一两二三整全][整个]?|[1-9])(?:个)?学?年(?!级|来|前|后|龄|多前|以来|都|中|底|老|开)|半年(?!前|后|来|考|期间?里)|一?(?:整个|一个|整|每|个|本)?学期(?!末|中|初|考|前|后|开|里|结|已|学|的(?:知识|内容|旧))|半载|[一三]载|年卡|半年卡|学期卡|学年卡|终身卡?|永久卡|全年(?!营业|无休|开放|都|招)|全学年|年费|半年费|学期费|年付|半年付|[两三四]个学期|春秋(?:两季|连报)|四季连报|秋季和?春季|寒暑秋春"
)
PAYING = re.compile(
    r"一次(?:性)?(?:就)?(?:把)?[^，。；]{0,4}?(?:付|交|缴|结|收|买|划|清|报)|一口气|一口价|一起(?:买|交|付|报|缴)|一趟|一并|一笔|一把交|打包|套餐|全款|交齐|缴清|付清|交清|结清|缴齐|到位|预存|预交|预付|预缴|储值|充值|买断|起售|起报|起购|年付|不分期|只卖|立减|特价|一单|合计|学费|费用|收费|[0-9一二三四五六七八九十百千万]+(?:元|块|万)|¥|￥|缴费|交费|报名费|买|购|赠|送|办卡|价|付款|缴纳|打[0-9一二三四五六七八九]{1,2}折|[0-9一二三四五六七八九]折|划算|实惠|优惠|锁|卡|交|付|缴|续|团|包年|包学期|付讫|一口清|下单|掏|月卡|并成|合一张|合成一|特惠|会员|捆"
)
PARTS = re.compile(
    r"(?<![不无])(?<!不[设可能许])分(?:期|两|二|三|四|五|六|七|八|十|[0-9]+)(?:次|期|个|笔|段)?|按月|按季|按次|按周|按课|月付(?!没有|不)|季付|月缴|季缴|每月交|每季交|每次(?:交|缴|收)?[^，。]{0,6}(?:课时|节|个月)|一期一|上完(?:再|了再|一期|一个|结)|学完(?:再|一期)|逐月|逐期|每(?:上完|满|期|三个月|两个月|个月|季|月|十|二十)|随报随学|月结|次结|一月一|分次|分段|不超过|最多|不卖|不打包|照月|按月算|最长只|行不通|先上后付|一个月一|续一季|上一(?:期|月|次)(?:交|付|缴|结)"
)
GIFT = re.compile(rf"(?:[送赠加]|再得|加赠|赠送)(?P<count>{NUMBER})(?:个)?(?:课时|节课|节|次课|次|堂)")
FROM_TO = re.compile(
    "(?P<first>1?[0-9]|十[一二]?|[一二三四五六七八九])月[^，。；月]{0,8}(?:至|到|—|-|~)[^，。；月]{0,6}?(?P<last>1?[0-9]|十[一二]?|[一二三四五六七八九])月"
)
HOLIDAY = re.compile(r"暑假|寒假|暑期|寒期|暑假班|冬令营|夏令营")


def prepaid_passages(page: Page, months: float, lessons: float) -> Iterator[tuple[int, Span]]:
    """Give the passages that say that one payment covers more than the limits."""
    for index, sentence in enumerate(page.sentences):
        text = page.text[sentence.start : sentence.end]
        if not PAYING.search(text) or PARTS.search(text):
            continue
        span = _lessons(text, lessons) or _months(text, months)
        if span is not None:
            yield index, Span(sentence.start + span.start, sentence.start + span.end)


def _lessons(text: str, limit: float) -> Span | None:
    gift = GIFT.search(text)
    given = value(gift["count"]) if gift else 0.0
    for match in LESSONS.finditer(text):
        count = value(match["count"])
        if match["unit"] == "次" and re.match("[数性]", text[match.end() :]):
            continue
        if gift and re.search("[合总共]计?$|共$", text[: match.start()]):
            given = 0.0
        if gift and gift.start() <= match.start() < gift.end():
            continue
        if count + given > limit and count < 2000:
            return _with_payment(text, match.start(), max(match.end(), gift.end() if gift else 0))
    return None


def _months(text: str, limit: float) -> Span | None:
    for match in MONTHS.finditer(text):
        if value(match["count"]) + (0.5 if match["half"] or match["more"] else 0) > limit and not _ago(text, match):
            return _with_payment(text, match.start(), match.end())
    for match in FROM_TO.finditer(text):
        if (value(match["last"]) - value(match["first"])) % 12 + 1 > limit + 0.5 and "课" not in match[0]:
            return _with_payment(text, match.start(), match.end())
    for match in LONG.finditer(text):
        if (match[0].startswith(("终身", "永久")) or not _ago(text, match)) and not HOLIDAY.search(
            text[max(0, match.start() - 4) : match.start()]
        ):
            return _with_payment(text, match.start(), match.end())
    return None


def _ago(text: str, match: re.Match[str]) -> bool:
    after, before = text[match.end() : match.end() + 3], text[max(0, match.start() - 4) : match.start()]
    return bool(
        re.match("前|来|以上教龄|教龄|经验|历史|里|后|内|期满|有效", after)
        or re.search("开办|办学|成立|从教|有效期|教了|开了|近|连续|保修|质保", before)
    )


def _with_payment(text: str, start: int, end: int) -> Span:
    """Underline the amount together with the nearest words of payment."""
    near = [match for match in PAYING.finditer(text) if match.end() <= start or match.start() >= end]
    if not near:
        return Span(start, end)
    best = min(near, key=lambda match: max(match.start() - end, start - match.end()))
    return Span(min(start, best.start()), max(end, best.end()))
