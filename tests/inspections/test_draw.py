"""The draw: the published example, a second reading, and the properties that people rely on."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.inspections import draw, record
from portal.inspections.canonical import canonical_json
from schemas import inspections
from tests.factories.draws import draw_inputs
from tests.inspections import second_reading

EXAMPLE = json.loads((Path(__file__).parent / "example.json").read_text())


def computed(inputs: dict[str, Any]) -> dict[str, Any] | None:
    """The whole record by our engine, or nothing where too few inspectors are free."""
    asked = inspections.read(inspections.DrawGiven, inputs)
    plan = record.planned(record.terms_of(asked), draw.commitment(asked.nonce))
    try:
        return record.shown(record.completed(plan, asked.nonce, asked.public_entropy))
    except draw.TooFewInspectors:
        return None


def first(published: dict[str, Any]) -> str | None:
    place = record.first_that_does_not_hold(inspections.read(inspections.RecordGiven, published))
    return None if place is None else record.pointer(place)


def test_the_published_example_is_computed_and_holds() -> None:
    assert computed(EXAMPLE) == EXAMPLE
    assert list(computed(EXAMPLE) or ()) == list(EXAMPLE)
    assert first(EXAMPLE) is None


@pytest.mark.parametrize("seed", range(300))
def test_a_second_reading_draws_the_same(seed: int) -> None:
    inputs = draw_inputs(seed)
    assert computed(inputs) == second_reading.second_reading(inputs)


@pytest.mark.long
@pytest.mark.parametrize("thousand", range(1, 21))
def test_a_second_reading_draws_the_same_twenty_thousand_times(thousand: int) -> None:
    for seed in range(thousand * 1_000, thousand * 1_000 + 1_000):
        inputs = draw_inputs(seed)
        assert computed(inputs) == second_reading.second_reading(inputs), seed


WORDS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(WORDS | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner))


@given(VALUES)
def test_canonical_json_is_what_a_writer_by_hand_writes(value: Any) -> None:
    assert canonical_json(value).decode() == second_reading.canonical(value)
    assert json.loads(canonical_json(value)) == value


def test_keys_are_in_code_point_order_and_not_in_that_of_utf_16() -> None:
    assert canonical_json({"\U00020bb7": 1, "\uff61": 2}).decode() == '{"\uff61":2,"\U00020bb7":1}'


def test_only_what_json_requires_is_escaped() -> None:
    assert (
        canonical_json('\x00\x08\t\n\x0c\r\x1f"\\/\x7f\u2028é')
        == '"\\u0000\\b\\t\\n\\f\\r\\u001f\\"\\\\/\x7f\u2028é"'.encode()
    )


@pytest.mark.parametrize("value", [1.0, None, True, {1: "x"}, ["\ud800"]])
def test_what_has_no_single_form_is_not_written(value: Any) -> None:
    with pytest.raises((TypeError, UnicodeEncodeError)):
        canonical_json(value)


def test_a_stratum_smaller_than_its_quota_is_drawn_whole_and_one_without_quota_not_at_all() -> None:
    inputs = {**EXAMPLE, "quotas": {"high": 99, "nobody": 3}, "selected": None, "seed": None, "plan_sha256": None}
    drawn = (computed(inputs) or {})["selected"]
    assert sorted(one["id"] for one in drawn) == ["150010370000031", "150010370000061", "150010370000091"]
    assert [one["score"] for one in drawn] == sorted(one["score"] for one in drawn)


def test_the_order_in_which_inputs_come_changes_nothing() -> None:
    shuffled = {**EXAMPLE, "population": EXAMPLE["population"][::-1], "inspectors": EXAMPLE["inspectors"][::-1]}
    shuffled["inspectors"] = [{**one, "conflicts": one["conflicts"][::-1]} for one in shuffled["inspectors"]]
    assert computed(shuffled) == EXAMPLE


def test_visits_are_shared_out_evenly() -> None:
    inputs = {**EXAMPLE, "per_visit": 1, "quotas": {"high": 3, "normal": 6}}
    inputs["inspectors"] = [{"id": name, "conflicts": []} for name in ("甲", "乙", "丙")]
    visits = [name for one in (computed(inputs) or {})["selected"] for name in one["inspectors"]]
    assert sorted(map(visits.count, ("甲", "乙", "丙"))) == [3, 3, 3]


CHANGES: tuple[tuple[tuple[str | int, ...], Any, str], ...] = (
    (("district",), "500112", "/plan_sha256"),
    (("period",), "2026-12", "/plan_sha256"),
    (("population",), EXAMPLE["population"][::-1], "/population"),
    (("population", 0, "stratum"), "high", "/population_sha256"),
    (("quotas", "high"), 2, "/plan_sha256"),
    (("inspectors",), EXAMPLE["inspectors"][::-1], "/inspectors"),
    (("inspectors", 0, "conflicts"), ["150010370000061", "150010370000021"], "/inspectors/0/conflicts"),
    (("inspectors", 0, "conflicts"), [], "/plan_sha256"),
    (("per_visit",), 1, "/plan_sha256"),
    (("entropy_source",), "", "/plan_sha256"),
    (("population_sha256",), "", "/population_sha256"),
    (("population_sha256",), EXAMPLE["population_sha256"].upper(), "/population_sha256"),
    (("commitment",), "0" * 64, "/commitment"),
    (("plan_sha256",), "0" * 64, "/plan_sha256"),
    (("nonce",), "0" * 64, "/commitment"),
    (("public_entropy",), "", "/seed"),
    (("seed",), "0" * 64, "/seed"),
    (("selected", 0, "id"), "150010370000061", "/selected/0/id"),
    (("selected", 1, "stratum"), "high", "/selected/1/stratum"),
    (("selected", 2, "score"), "0" * 64, "/selected/2/score"),
    (("selected", 1, "inspectors", 1), "督学丙", "/selected/1/inspectors/1"),
    (("selected", 1, "inspectors"), ["督学甲"], "/selected/1/inspectors"),
    (("selected", 1, "inspectors"), ["督学甲", "督学乙", "督学丙"], "/selected/1/inspectors"),
    (("selected",), EXAMPLE["selected"][::-1], "/selected/0/id"),
    (("selected",), EXAMPLE["selected"][:2], "/selected"),
    (("selected",), [*EXAMPLE["selected"], EXAMPLE["selected"][0]], "/selected/3"),
)


def changed(place: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    copy = json.loads(json.dumps(EXAMPLE))
    *way, last = place
    target = copy
    for part in way:
        target = target[part]
    target[last] = value
    assert isinstance(copy, dict)
    return copy


@pytest.mark.parametrize(("place", "value", "said"), CHANGES)
def test_the_first_value_that_does_not_hold_is_named(place: tuple[str | int, ...], value: Any, said: str) -> None:
    assert first(changed(place, value)) == said


@pytest.mark.parametrize(("selected", "said"), [(EXAMPLE["selected"], "/selected/0/inspectors"), ([], "/selected")])
def test_a_draw_with_too_few_inspectors_does_not_hold(selected: list[Any], said: str) -> None:
    asked = inspections.read(inspections.DrawGiven, {**EXAMPLE, "per_visit": 4})
    plan = record.planned(record.terms_of(asked), draw.commitment(asked.nonce))
    seed = draw.seed(plan.plan_sha256, asked.nonce, asked.public_entropy)
    assert first({**EXAMPLE, **record.shown_plan(plan), "seed": seed, "selected": selected}) == said


def test_a_draw_with_too_few_inspectors_is_not_held_and_names_the_institution() -> None:
    asked = inspections.read(inspections.DrawGiven, {**EXAMPLE, "per_visit": 4})
    plan = record.planned(record.terms_of(asked), draw.commitment(asked.nonce))
    with pytest.raises(draw.TooFewInspectors, match=r"1500103700000[0-9]1"):
        record.completed(plan, asked.nonce, asked.public_entropy)
