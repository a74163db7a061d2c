"""The engine and the slow, obvious second reading agree; what an alternative proposes is really lawful."""

from datetime import date, time
from decimal import Decimal
from fractions import Fraction

import pytest

from portal.kernel.limits import Limit, Value
from portal.policy import shipped
from portal.policy.values import Policy
from tests.factories.schedules import a_random_request
from tests.schedules.asking import answer, edited, keys
from tests.schedules.second_reading import Thresholds, second_reading

CHANGES = ("2018-12-31", "2026-09-15", "2026-12-28")


class Changing(Thresholds):
    """A bureau that is stricter or milder from some days on."""

    def latest_end(self, on: str) -> str:
        return "19:00" if CHANGES[1] <= on < CHANGES[2] else "20:30"

    def area(self, on: str) -> Fraction:
        return Fraction(5, 2) if on >= CHANGES[1] else Fraction(3)

    def months(self, on: str) -> Fraction:
        return Fraction(1) if on >= CHANGES[0] else Fraction(3)


def changing() -> Policy:
    return shipped.policy().overlaid(
        [
            row("latest-end", time(19), CHANGES[1], until="2026-12-27"),
            row("area-per-student-m2", Decimal("2.5"), CHANGES[1]),
            row("prepaid-months", 1, CHANGES[0]),
        ]
    )


def row(name: str, value: Value, since: str, until: str | None = None) -> Limit:
    return Limit(
        name=name,
        title=name,
        value=value,
        unit="",
        since=date.fromisoformat(since),
        cite="bureau-own",
        checked_on=date(2026, 11, 23),
        until=date.fromisoformat(until) if until else None,
    )


def agree(seed: int, policy: Policy, limits: Thresholds) -> None:
    request = a_random_request(seed)
    assert keys(answer(request, policy)["findings"]) == second_reading(request, limits), seed


def alternatives_are_lawful(seed: int, policy: Policy, limits: Thresholds) -> int:
    request = a_random_request(seed)
    findings = answer(request, policy)["findings"]
    before = set(keys(findings))
    proposed = [
        (key, found["alternative"])
        for key, found in zip(keys(findings), findings, strict=True)
        if "alternative" in found
    ]
    for key, alternative in proposed:
        after = set(second_reading(edited(request, alternative["edits"]), limits))
        assert after <= before - {key}, (seed, key, alternative)
    return len(proposed)


@pytest.mark.parametrize("block", range(20))
def test_both_readings_agree(block: int) -> None:
    for seed in range(block * 20, block * 20 + 20):
        agree(seed, shipped.policy(), Thresholds())


@pytest.mark.parametrize("block", range(10))
def test_both_readings_agree_where_thresholds_change_within_a_class(block: int) -> None:
    policy = changing()
    for seed in range(10_000 + block * 20, 10_000 + block * 20 + 20):
        agree(seed, policy, Changing())


@pytest.mark.parametrize("block", range(10))
def test_an_alternative_clears_its_finding_and_adds_none(block: int) -> None:
    seeds = range(20_000 + block * 15, 20_000 + block * 15 + 15)
    assert sum(alternatives_are_lawful(seed, shipped.policy(), Thresholds()) for seed in seeds)
    assert sum(alternatives_are_lawful(seed, changing(), Changing()) for seed in seeds)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_both_readings_agree_on_twenty_thousand_filings() -> None:
    policy = changing()
    for seed in range(100_000, 115_000):
        agree(seed, shipped.policy(), Thresholds())
        alternatives_are_lawful(seed, shipped.policy(), Thresholds())
    for seed in range(200_000, 210_000):
        agree(seed, policy, Changing())
        alternatives_are_lawful(seed, policy, Changing())
