"""What stands around a passage: denial and what it governs, rules quoted, warnings, other people, ended practice."""

import re

from portal.advertising.reading.page import Page, Span

CLAUSE_END = re.compile(r"[，,。！？!?；;：:\n…（）()]")
TURN = re.compile(r"但是?|不过(?!线|关)|而是|只是|却|反而|可是|然而|照样|照旧|依旧|我们敢|我们可以|懂的|私聊|照收|例外")
NOT_A_DENIAL = re.compile(
    r"不布|不排|不设|不谈|不仅|不但|不只|不光|不单|不止|不限|不用|不必|不愁|不怕|不难|不错|不久|不断|不同|不再(?:是|愁|怕|为|难|担心)|不满意"
    r"|不到|不满|不得不|不见不散|不管|不论|不是问题|不成问题|不在话下|不二|不等|不就|不许错过|不要错过|不容错过|别错过"
    r"|无论|无忧|无敌|无双|无与伦比|无人能及|无一|无所不|无缝|无限|非常|非凡|非他|非我|没问题|没有问题|没商量|莫愁|莫慌|莫急|莫担心|莫错过"
    r"|别担心|别急|别愁|别慌|别等|别人|别家|别处|别的|别墅|别出|特别|区别|级别|类别|个别|差别|性别|分别|不解释|不夸张|不吹|不骗|不含糊|不客气|拒绝平庸"
)
DENIAL = re.compile(
    r"不布|不排|不设|不谈|不得|不能|不会|不可|不准|不许|不作|不做|不搞|不办|不设|不收|不招|不聘|不请|不发|不教|不讲|不学|不带|不留|不布置|不比|不排|不组|不参|不卖|不签"
    r"|不承诺|不保证|不打|不开|不进|不上|不接|不推荐|不评|不以|不与|不把|不拿|不要求|不需要|不代|不提供|不涉及|不存在|不安排|不赶|不抢|不超|不强制|不统一"
    r"|从不|从没|从未|从来没|从来不|绝不|决不|概不|均不|都不|也不|并不|并非|并没有|没有|没得|未曾|未|无|没|非|禁止|严禁|谢绝|拒绝|杜绝|抵制|反对|取消|停办|停止|停掉"
    r"|别|勿|莫|休想|免谈|不|不再|告别|远离|避免|抛开"
)
AFTERWARDS = re.compile(
    r"(?![，、]?[^，。]{0,8}不[^，。]{0,4}[就便])(?![^。]{0,14}(?:懂的|照样|照旧))[^。！？!?\n]{0,16}?(?:一概没有|一律没有|都没有|都不|也没有|我们不|本[店校园机构中心]{0,4}不|不做|不搞|没得|没有了|不沾|不碰|不存在"
    r"|停办|停了|停掉|取消|关了|已经不|早就不|不再(?:办|开|招|做|用|卖)|违规|违法|不允许|不合规|不可能|是假的|上当|不会写|一个都不|一张也不|一个也不|的名字|名字，|外号|谢绝|回绝|恕不|婉拒|一律不|概不|别急|无关|没有这种|不是我们的|划掉|拆了|结束了|撤下|一份也不|答案是不能|小学的事|请留步|段子|听听就好|不认识|不靠谱|要小心|请举报|莫信|别信|不信|不得|禁止|一个都没有|删掉|撤掉)"
)
RULES = re.compile(
    r"规定|广告法|条例|法律|法规|政策|通知要求|文件|明令|三令五申|禁止|严禁|不得|不允许|违规|违法|按照[^，。]{0,12}要求|减负|双减|教委要求|教育部要求"
)
WARNING = re.compile(
    r"举报|上当|受骗|莫信|别信|勿信|不要相信|请勿相信|别听信|别相信|警惕|谨防|当心|小心|提防|骗|冒充|传言|谣言|多个心眼|掂量|要绕道|远离|投诉|忽悠|套路|不靠谱|凡是|引以为戒|被罚|罚款|罚了|通报|约谈|轻信|留心|打个问号|冒用|冤枉钱|无科学依据|没有科学依据|这类说法|假单子|段子|听听就好|请留步|12315|12345|撕了|检讨|婉拒|骗子|莫问我们|想当然"
)
OTHERS = re.compile(
    r"有些(?:地方|机构|人|家)|有的(?:机构|地方|家长)|个别机构|别的机构|隔壁|遇到|遇见|碰到|要是有人|如果有人|凡是|某些|外头|街上|市面上|听说有"
)
ENDED = re.compile(
    r"停办|停了|停掉|停止|取消了|已取消|关了|关停|撤销了|已经撤|不再(?!是|愁|怕|为|难)|早就(?:不|停|收|撤|关)|(?:去年|前年|以前|从前|过去)[^。]{0,24}(?:停|取消|关|收回|撤)|如今改|改成了|改教|涂去|解除合作|现提前|已拆分|均已|离职手续|致歉|请撤回|另寻他处|一张也不|也不发了|停卖|停招|划掉|拆了|撤下|全部撤|就结束了|拆掉|原来的[^。]{0,10}撤"
)
ANSWERED = re.compile(r"[？?][”」』]?[^。！？?\n]{0,14}?(?:不|没|无|否|免谈|莫)")
BOAST = re.compile(r"别家不敢|别人不敢|别家没有|他们不|人家不敢|同行不敢|谁都不敢")
DOUBLE = re.compile(
    r"(?:没有|没|无|从无|没得|不存在)(?:一个|一位|哪个|哪一|谁|任何|一名)[^，。！？；\n]{0,14}?(?:不|没|落榜|落空|掉队|例外|失手)|没得考不|无一|从无失手"
)


def is_denied(page: Page, sentence: Span, span: Span, parts: tuple[Span, ...] = ()) -> bool:
    """Whether a passage is denied, forbidden, warned of, answered with no, ended, or other people's practice."""
    text = page.text
    whole = text[sentence.start : sentence.end]
    denied = _is_governed(text, sentence, parts or (span,))
    if not denied and TURN.search(text, span.start, min(len(text), span.end + 40)):
        return False
    if BOAST.search(whole) or DOUBLE.search(text[max(sentence.start, span.start - 8) : span.end + 4]):
        return False
    if denied or AFTERWARDS.match(text, span.end):
        return True
    if WARNING.search(whole) or (RULES.search(whole) and DENIAL.search(whole)) or ENDED.search(whole):
        return True
    if OTHERS.search(text, sentence.start, span.end):
        return True
    return bool(ANSWERED.match(text, _question_mark(text, span, sentence)))


def _question_mark(text: str, span: Span, sentence: Span) -> int:
    found = text.find("？", span.end, sentence.end)
    return found if found >= 0 else span.end


def _is_governed(text: str, sentence: Span, parts: tuple[Span, ...]) -> bool:
    """Whether a denial stands before a part of the passage in the same clause, with no turn (但…) in between."""
    for part in parts:
        start = sentence.start
        for match in CLAUSE_END.finditer(text, max(sentence.start, part.start - 60), part.start):
            start = match.end()
        before = NOT_A_DENIAL.sub(_blank, text[start : part.start])
        for other in parts:
            if start <= other.start < part.start:
                before = before[: other.start - start] + "＿" * (other.end - other.start) + before[other.end - start :]
        found = DENIAL.search(before)
        if found is not None and not TURN.search(before, found.end()):
            return True
    return False


def _blank(match: re.Match[str]) -> str:
    return "＿" * len(match[0])
