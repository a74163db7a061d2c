"""Who leads it: organisers, legal representative, principal, board."""

from collections.abc import Iterator
from fractions import Fraction

from portal.kernel import ids
from portal.kernel.limits import Limits
from portal.kernel.rule import Answer, Held, Hit, Unjudged, rule
from portal.licensing.facts import Application
from portal.licensing.rules.answers import hits_or_held

EXPERIENCED_YEARS = 5
ADULT = 18


@rule(
    "id-numbers",
    title="举办者、法定代表人、校长的身份证号有效",
    cites="private-education-law-10",
    since="2018-12-29",
    says="{who}的身份证号无效",
    holds="身份证号都有效",
)
def id_numbers(facts: Application, _: Limits) -> Iterator[Answer]:
    """Each leading person's number has 18 characters, the right check digit and a real birth date."""
    people = leading_people(facts)
    if not people:
        yield Unjudged("人员信息还没有填写")
        return
    wrong = [who for who, number in people if ids.id_number(number, facts.today) is None]
    yield from hits_or_held(Hit(words={"who": who}) for who in wrong)


def leading_people(facts: Application) -> list[tuple[str, str]]:
    """Give who is asked for a number, and the number; whom nobody has entered is left out."""
    people = [
        ("举办者", row.id_number)
        for row in (facts.organisers.organisers if facts.organisers else ())
        if row.kind == "person"
    ]
    if facts.legal_representative:
        people.append(("法定代表人", facts.legal_representative.id_number))
    if facts.principal:
        people.append(("校长", facts.principal.id_number))
    return people


@rule(
    "organiser-adult",
    title="个人举办者具有完全民事行为能力（年满 18 周岁）",
    cites="private-education-law-10",
    since="2018-12-29",
    says="有个人举办者未满 {limit} 周岁",
    holds="个人举办者都已满 {limit} 周岁",
)
def organiser_adult(facts: Application, _: Limits) -> Iterator[Answer]:
    """A person who organises is of full age; an organisation has no age."""
    rows = facts.organisers.organisers if facts.organisers else ()
    if not rows:
        yield Unjudged("举办者还没有填写")
        return
    numbers = [ids.id_number(row.id_number, facts.today) for row in rows if row.kind == "person"]
    if None in numbers:
        yield Unjudged("举办者的身份证号无效，无法判断年龄")
        return
    births = [ids.birth_date(number) for number in numbers if number]
    minors = [
        day
        for day in births
        if (facts.today.year - day.year) - ((facts.today.month, facts.today.day) < (day.month, day.day)) < ADULT
    ]
    yield (Hit if minors else Held)(limit=ADULT)


@rule(
    "board-size",
    title="决策机构不少于规定人数",
    cites="private-education-law-21",
    since="2018-12-29",
    needs=("board-members-least",),
    says="决策机构 {measured} 人，少于 {limit} 人",
    holds="决策机构 {measured} 人，不少于 {limit} 人",
)
def board_size(facts: Application, limits: Limits) -> Iterator[Answer]:
    """The board has enough members."""
    if facts.board is None or not facts.board.members:
        yield Unjudged("决策机构还没有填写")
        return
    count, least = len(facts.board.members), limits.whole("board-members-least")
    yield (Held if count >= least else Hit)(measured=count, limit=least)


@rule(
    "board-experience",
    title="决策机构三分之一以上成员有五年以上教育教学经验",
    cites="private-education-law-21",
    since="2018-12-29",
    needs=("board-experienced-share",),
    says="{all} 人中有 {measured} 人满五年，不足 {limit}",
    holds="{all} 人中有 {measured} 人满五年，达到 {limit}",
)
def board_experience(facts: Application, limits: Limits) -> Iterator[Answer]:
    """A third of the board has five years of teaching experience."""
    members = facts.board.members if facts.board else ()
    if not members or any(row.teaching_years is None for row in members):
        yield Unjudged("成员的教育教学年数还没有填全")
        return
    able = sum((row.teaching_years or 0) >= EXPERIENCED_YEARS for row in members)
    share = limits.share("board-experienced-share")
    words = {"all": len(members)}
    yield (Held if Fraction(able, len(members)) >= share else Hit)(measured=able, limit=str(share), words=words)


@rule(
    "board-chair",
    title="决策机构负责人是在中国境内定居的中国公民",
    cites="private-education-rules-25",
    since="2021-09-01",
    says="申报的负责人不是在中国境内定居的中国公民",
    holds="申报的负责人是在中国境内定居的中国公民",
)
def board_chair(facts: Application, _: Limits) -> Iterator[Answer]:
    """The head of the board is a Chinese national who lives in China."""
    if facts.board is None or facts.board.is_chair_resident_citizen is None:
        yield Unjudged("还没有填写负责人情况")
    else:
        yield Held() if facts.board.is_chair_resident_citizen == "yes" else Hit()


@rule(
    "charter",
    title="章程载明法定九项内容",
    cites="private-education-rules-19",
    since="2021-09-01",
    says="申报的章程没有写全法定九项内容",
    holds="申报的章程已写明法定九项内容，以上传的章程为准",
)
def charter(facts: Application, _: Limits) -> Iterator[Answer]:
    """The charter says the nine things that the law asks."""
    if facts.board is None or facts.board.charter_is_complete is None:
        yield Unjudged("还没有填写章程情况")
    else:
        yield Held() if facts.board.charter_is_complete == "yes" else Hit()


PEOPLE = (id_numbers, organiser_adult, board_size, board_experience, board_chair, charter)
