"""Rules as such: days in force, packs, limits of the day, three kinds of outcome, wording."""

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal

from portal.kernel.limits import Limit, Limits, plain
from portal.kernel.rule import Answer, Held, Hit, Unjudged, assess, eras, judge, rule
from portal.policy import shipped
from portal.policy.values import Pack, Policy

BEGAN, DAY = date(2018, 12, 28), date(2026, 11, 23)


@rule(
    "floor-area",
    title="建筑面积不低于规定",
    cites="plan-7",
    since="2018-12-28",
    until="2029-12-31",
    needs=("premises-area-m2",),
    says="建筑面积 {measured} m²，少于 {limit} m²",
    holds="建筑面积 {measured} m²，不少于 {limit} m²",
)
def floor_area(area: Decimal | None, limits: Limits) -> Iterator[Answer]:
    """The premises have so many square metres."""
    least = limits.number("premises-area-m2")
    if area is None:
        yield Unjudged("没有填写建筑面积")
    else:
        yield Hit(measured=area, limit=least) if area < least else Held(measured=area, limit=least)


@rule("silent", title="什么也没说", cites="plan-7", since="2018-12-28", says="不会出现")
def silent(_: Decimal | None, __: Limits) -> Iterator[Answer]:
    """A rule that answers nothing."""
    yield from ()


@rule("optional", title="另一组规则", cites="plan-7", since="2018-12-28", says="{limit}", pack="national-2021")
def optional(_: Decimal | None, __: Limits) -> Iterator[Answer]:
    """A rule of a pack that ships switched off."""
    yield Hit(limit="命中")


def own(value: int, since: date, until: date | None = None) -> Limit:
    """Give a bureau's own floor area."""
    return Limit("premises-area-m2", "建筑面积下限", value, "m2", since, "bureau-own", DAY, until)


def statuses(area: Decimal | None, policy: Policy, on: date = DAY) -> list[str]:
    return [outcome.status for outcome in assess((floor_area, silent), area, policy, on=on)]


def test_every_rule_in_force_has_an_outcome_and_silence_is_no_pass() -> None:
    policy = shipped.policy()
    assert statuses(Decimal(300), policy) == ["passed", "unjudged"]
    assert statuses(Decimal("299.99"), policy) == ["failed", "unjudged"]
    assert statuses(None, policy) == ["unjudged", "unjudged"]
    assert statuses(Decimal(1), policy, on=date(2018, 12, 27)) == []


def test_an_outcome_carries_value_limit_wording_and_article() -> None:
    (passed,) = assess((floor_area,), Decimal("320.50"), shipped.policy(), on=DAY)
    assert (passed.measured, passed.limit, passed.messages) == (
        Decimal("320.50"),
        Decimal(300),
        ("建筑面积 320.5 m²，不少于 300 m²",),
    )
    assert passed.citation == "《重庆市进一步推进中小学生减负工作实施方案》第7项"


def test_without_a_value_to_judge_by_nothing_passes_and_nothing_is_found() -> None:
    bare = Policy(shipped.policy().citations, ((),), ((),), shipped.policy().pack_rows)
    (outcome,) = assess((floor_area,), Decimal(300), bare, on=DAY)
    assert outcome.status == "unjudged"
    assert judge((floor_area,), Decimal(1), bare, on=DAY) == []


def test_what_could_not_be_judged_is_never_lost_among_findings() -> None:
    (finding,) = judge((floor_area,), None, shipped.policy(), on=DAY)
    assert (finding.verdict, finding.message) == ("unjudged", "没有填写建筑面积")


def test_the_limit_of_the_day_judges() -> None:
    policy = shipped.policy().overlaid([own(400, date(2026, 1, 1), until=date(2026, 12, 31))])
    for day, breaks in ((date(2025, 12, 31), False), (DAY, True), (date(2027, 1, 1), False)):
        assert bool(judge((floor_area,), Decimal(350), policy, on=day)) is breaks


def test_a_pack_is_off_until_the_day_from_which_it_is_switched_on() -> None:
    on = Pack("national-2021", date(2026, 9, 1), "bureau-own", DAY, until=date(2026, 9, 30))
    policy = shipped.policy().overlaid(packs=[on])
    assert judge((optional,), None, shipped.policy(), on=DAY) == []
    found = [bool(judge((optional,), None, policy, on=date(2026, month, 1))) for month in (8, 9, 10)]
    assert found == [False, True, False]


def test_days_are_cut_where_rules_packs_or_values_change() -> None:
    policy = shipped.policy().overlaid([own(400, date(2026, 1, 1), until=date(2026, 6, 30))])
    assert eras((floor_area, silent), policy, date(2018, 12, 1), date(2026, 12, 31)) == [
        (date(2018, 12, 1), date(2018, 12, 27)),
        (BEGAN, date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 12, 31)),
    ]
    assert eras((floor_area,), policy, BEGAN, BEGAN) == [(BEGAN, BEGAN)]


def test_values_are_written_for_people() -> None:
    values = (time(20, 30), Decimal("70.00"), Decimal("2.5"), Decimal(0), Decimal(300), DAY, ("甲", "乙"), 3)
    assert [plain(value) for value in values] == ["20:30", "70", "2.5", "0", "300", "2026-11-23", "甲、乙", "3"]
    assert plain(Decimal("1E+999999")) == "1.00E+999999"
