"""Every rule as the public page lists it: what it asks, on which article, by which value, from when, in which pack."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.advertising.service import Category
from portal.kernel.limits import Limit, plain
from portal.kernel.rule import Rule
from portal.policy.values import Policy

PACKS = {"plan": "重庆市减负实施方案", "national-2021": "国家 2021 年意见"}
UNITS = {
    "m2": "平方米", "months": "个月", "class-hours": "课时", "minutes": "分钟", "days": "天", "years": "年", "floors": "层",
}  # fmt: skip
PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Shown:
    """One rule."""

    id: str
    title: str
    articles: list[tuple[str, str]]
    limits: list[tuple[str, str]]
    since: date
    until: date | None
    pack: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The rules of one matter."""

    id: str
    words: str
    rules: list[Shown]


def of_rules(rules: Iterable[Rule[Any]], policy: Policy, today: date) -> list[Shown]:
    """Give a feature's rules, in its own order."""
    return [
        Shown(
            id=rule.id,
            title=rule.title,
            articles=articles(rule.cites, policy, today),
            limits=list(limits(rule.needs, policy, today)),
            since=rule.since,
            until=rule.until,
            pack=PACKS[rule.pack],
            is_on=rule.is_in_force(policy, today),
        )
        for rule in rules
    ]


def of_categories(categories: Mapping[str, Category], policy: Policy, today: date) -> list[Shown]:
    """Give the kinds of passages that may not stand in an advertisement."""
    return [
        Shown(
            id=name,
            title=f"{kind.title}：{kind.message}",
            articles=articles(kind.cites, policy, today),
            limits=[],
            since=kind.since,
            until=None,
            pack=PACKS[PLAN],
            is_on=kind.since <= today,
        )
        for name, kind in categories.items()
    ]


def articles(cites: Iterable[str], policy: Policy, today: date) -> list[tuple[str, str]]:
    """Give the key and the label of each article."""
    return [(key, policy.citation(key, today).label) for key in cites]


def limits(needs: Iterable[str], policy: Policy, today: date) -> Iterator[tuple[str, str]]:
    """Give each value by which a rule judges; one that nobody has entered is said to be missing."""
    for name in needs:
        limit = policy.limit(name, today)
        yield (limit.title, written(limit)) if limit else (name, "没有登记数值")


def written(limit: Limit) -> str:
    """A value with its unit, money in yuan."""
    if limit.unit == "fen" and isinstance(limit.value, int):
        return f"{limit.value / 100:,.0f} 元"
    unit = UNITS.get(limit.unit, "")
    return f"{plain(limit.value)} {unit}" if unit else plain(limit.value)
