"""Every rule of every feature rests on an article, has its days, and two dated cases that its tests run.

The cases stand in tests/<feature>/dated_cases.py as CASES: rule, day, facts, whether they break it.
"""

import importlib
import pkgutil
from datetime import date
from typing import Any

import pytest

import portal
from portal.kernel.rule import Rule
from portal.policy import shipped


def rules() -> list[tuple[str, Rule[Any]]]:
    """Give each feature's rules: what `portal/<feature>/rules` calls RULES."""
    found = []
    for package in pkgutil.iter_modules(portal.__path__):
        if package.ispkg and importlib.util.find_spec(f"portal.{package.name}.rules"):
            module = importlib.import_module(f"portal.{package.name}.rules")
            found += [(package.name, rule) for rule in getattr(module, "RULES", ())]
    return found


EVERY = [pytest.param(feature, rule, id=f"{feature}:{rule.id}") for feature, rule in rules()]


@pytest.mark.parametrize(("feature", "rule"), EVERY)
def test_a_rule_rests_on_an_article_that_was_looked_up(feature: str, rule: Rule[Any]) -> None:
    assert rule.cites
    for key in rule.cites:
        article = shipped.policy().citation(key, date.today())
        assert article.document
        assert article.text
        assert article.source


@pytest.mark.parametrize(("feature", "rule"), EVERY)
def test_a_rule_says_in_chinese_what_is_broken_and_since_when_it_holds(feature: str, rule: Rule[Any]) -> None:
    assert rule.title
    assert rule.since >= date(2000, 1, 1)
    assert rule.until is None or rule.since <= rule.until
    for wording in rule.says.values():
        assert wording.startswith("{") or any("一" <= letter <= "鿿" for letter in wording)


@pytest.mark.parametrize(("feature", "rule"), EVERY)
def test_a_rule_finds_its_limits_in_the_policy_from_its_first_day(feature: str, rule: Rule[Any]) -> None:
    for name in rule.needs:
        limit = shipped.policy().value(name, rule.since)
        assert shipped.policy().citation(limit.cite, rule.since).text


@pytest.mark.parametrize(("feature", "rule"), EVERY)
def test_a_rule_has_two_dated_cases_on_either_side(feature: str, rule: Rule[Any]) -> None:
    cases = importlib.import_module(f"tests.{feature}.dated_cases").CASES
    own = [(day, breaks) for name, day, _, breaks in cases if name == rule.id]
    assert {breaks for _, breaks in own} == {True, False}
    assert len({day for day, _ in own}) >= 2


def test_no_two_rules_of_a_feature_share_an_id() -> None:
    names = [(feature, rule.id) for feature, rule in rules()]
    assert len(names) == len(set(names))
    assert len(names) >= 14
