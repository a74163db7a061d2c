"""Who applies, under which name, with which money and papers."""

from collections.abc import Iterator
from decimal import Decimal

from portal.kernel.limits import Limits
from portal.kernel.rule import Answer, Held, Hit, Unjudged, rule
from portal.licensing.facts import Application
from portal.licensing.rules.answers import hits_or_held
from portal.policy.materials import materials

TITLES = {kind.slot: kind.title for kind in materials("new")}


@rule(
    "organiser-no-school",
    title="举办者不是中小学校，也没有中小学校参与举办",
    cites="plan-7",
    since="2018-12-28",
    says={"": "申报为由中小学校举办或参与举办", "listed": "举办者“{name}”在本区县学校名单中"},
    holds="申报不是，学校名单中也没有同名或同代码的学校",
)
def organiser_no_school(facts: Application, _: Limits) -> Iterator[Answer]:
    """No primary or secondary school runs it or takes part, by declaration and by the district's list of schools."""
    if facts.organisers is None or facts.organisers.is_run_by_school is None:
        yield Unjudged("举办者还没有填写")
    elif facts.organisers.is_run_by_school == "yes":
        yield Hit()
    elif facts.standing.schools is None:
        yield Unjudged("区县还没有录入学校名单，请人工核对举办者是不是学校")
    elif facts.standing.schools:
        yield from (Hit(words={"name": name}, variant="listed") for name in facts.standing.schools)
    else:
        yield Held()


@rule(
    "organisers-few",
    title="举办者个数不超过许可证可载明的个数",
    cites="licence-form-2008",
    since="2018-12-28",
    needs=("organisers-most",),
    says="有 {measured} 名举办者，最多 {limit} 名",
    holds="有 {measured} 名举办者，最多 {limit} 名",
)
def organisers_few(facts: Application, limits: Limits) -> Iterator[Answer]:
    """At most as many organisers as a certificate can name."""
    if facts.organisers is None or not facts.organisers.organisers:
        yield Unjudged("举办者还没有填写")
        return
    count, most = len(facts.organisers.organisers), limits.whole("organisers-most")
    yield (Held if count <= most else Hit)(measured=count, limit=most)


@rule(
    "organisers-shares",
    title="举办者出资比例合计为 100%",
    cites="private-education-law-13",
    since="2018-12-29",
    says="出资比例合计 {measured}%，应为 {limit}%",
    holds="出资比例合计 {measured}%",
)
def organisers_shares(facts: Application, _: Limits) -> Iterator[Answer]:
    """The organisers' shares make up the whole."""
    rows = facts.organisers.organisers if facts.organisers else ()
    shares = [row.share for row in rows if row.share is not None]
    if not rows or len(shares) < len(rows):
        yield Unjudged("出资比例还没有填全")
        return
    whole = sum(shares, Decimal(0))
    yield (Held if whole == 100 else Hit)(measured=f"{whole.normalize():f}", limit="100")


@rule(
    "organiser-not-banned",
    title="举办者没有在禁止申请的期限内",
    cites=("licensing-law-79", "licensing-law-78"),
    since="2004-07-01",
    says="{reason}",
    holds="没有查到禁止申请的记录",
)
def organiser_not_banned(facts: Application, _: Limits) -> Iterator[Answer]:
    """No open ban on an organiser (a revoked licence, a blacklist, a false application)."""
    if facts.standing.bans is None:
        yield Unjudged("还没有查询禁止申请的记录")
    elif facts.standing.bans:
        yield from (Hit(words={"reason": reason}) for reason in facts.standing.bans)
    else:
        yield Held()


@rule(
    "name-unused",
    title="名称没有被本区县在册机构使用",
    cites="private-education-rules-name",
    since="2018-12-28",
    says="名称与在册机构（许可证号 {number}）相同",
    holds="没有查到同名的在册机构",
)
def name_unused(facts: Application, _: Limits) -> Iterator[Answer]:
    """No licensed institution of the district bears the name."""
    if facts.institution is None or not facts.institution.name or not facts.standing.is_name_searched:
        yield Unjudged("机构名称还没有填写")
    elif facts.standing.licence_with_name:
        yield Hit(words={"number": facts.standing.licence_with_name})
    else:
        yield Held()


@rule(
    "name-words",
    title="名称中没有培训机构不得使用的字样",
    cites="private-education-rules-name",
    since="2018-12-28",
    needs=("name-words-forbidden",),
    says="名称中有“{word}”，培训机构不得使用",
    holds="名称中没有不得使用的字样",
)
def name_words(facts: Application, limits: Limits) -> Iterator[Answer]:
    """The name uses no word that is kept for others."""
    if facts.institution is None or not facts.institution.name:
        yield Unjudged("机构名称还没有填写")
        return
    words = [word for word in limits.words("name-words-forbidden") if word in facts.institution.name]
    yield from hits_or_held(Hit(words={"word": word}) for word in words)


@rule(
    "capital",
    title="开办资金不低于下限",
    cites=("chongqing-capital", "private-education-rules-21"),
    since="2018-12-28",
    needs=("start-up-capital-fen",),
    says="开办资金 {measured} 元，少于 {limit} 元",
    holds="开办资金 {measured} 元，不少于 {limit} 元",
)
def capital(facts: Application, limits: Limits) -> Iterator[Answer]:
    """The start-up capital reaches the floor."""
    if facts.capital is None or facts.capital.amount_yuan is None:
        yield Unjudged("开办资金还没有填写")
        return
    least = limits.number("start-up-capital-fen") / 100
    given = facts.capital.amount_yuan
    yield (Held if given >= least else Hit)(measured=f"{given:,.2f}", limit=f"{least:,.2f}")


@rule(
    "materials-there",
    title="公布的必交材料齐全",
    cites="licensing-law-32",
    since="2004-07-01",
    says="还缺：{title}",
    holds="必交材料都已上传",
)
def materials_there(facts: Application, _: Limits) -> Iterator[Answer]:
    """Every required slot holds a file."""
    yield from hits_or_held(Hit(words={"title": TITLES[slot]}) for slot in facts.slots_lacking)


@rule(
    "materials-readable",
    title="材料可以打开和阅读",
    cites="licensing-law-32",
    since="2004-07-01",
    says="打不开或没有页面：{title}",
    holds="上传的材料都能打开",
)
def materials_readable(facts: Application, _: Limits) -> Iterator[Answer]:
    """Every uploaded file opens and has pages."""
    yield from hits_or_held(Hit(words={"title": TITLES[slot]}) for slot in facts.slots_unreadable)


ORGANISATION = (
    organiser_no_school,
    organisers_few,
    organisers_shares,
    organiser_not_banned,
    name_unused,
    name_words,
    capital,
    materials_there,
    materials_readable,
)
