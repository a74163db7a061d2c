"""`python -m portal draw plan|compute|verify`: what is printed, with which exit code, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commanding import Shell

EXAMPLE = json.loads((Path(__file__).parent / "example.json").read_text())
DERIVED = ("population_sha256", "commitment", "plan_sha256", "seed", "selected")
PUBLISHED_FIRST = list(EXAMPLE)[: list(EXAMPLE).index("nonce")]


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(capsys, monkeypatch)


def raw(document: Any) -> bytes:
    return json.dumps(document).encode()


def without(*keys: str, **changes: Any) -> dict[str, Any]:
    return {key: value for key, value in EXAMPLE.items() if key not in keys} | changes


def test_the_record_follows_from_its_inputs_in_one_line(shell: Shell) -> None:
    outcome = shell.run("draw", "compute", "-", stdin=raw(without(*DERIVED)))
    assert (outcome.code, outcome.out.count("\n"), json.loads(outcome.out)) == (0, 1, EXAMPLE)
    assert list(json.loads(outcome.out)) == list(EXAMPLE)


def test_a_whole_record_and_null_for_what_is_derived_are_taken_too(shell: Shell) -> None:
    for inputs in (EXAMPLE, EXAMPLE | dict.fromkeys(DERIVED), EXAMPLE | {"unknown": [1.5, None]}):
        assert json.loads(shell.run("draw", "compute", "-", stdin=raw(inputs)).out) == EXAMPLE


@pytest.mark.parametrize(
    "inputs", [EXAMPLE, without(*DERIVED, "public_entropy"), without("nonce", "public_entropy", "seed", "selected")]
)
def test_the_plan_is_what_is_published_first_and_keeps_the_nonce_back(shell: Shell, inputs: dict[str, Any]) -> None:
    outcome = shell.run("draw", "plan", "-", stdin=raw(inputs))
    assert list(json.loads(outcome.out)) == PUBLISHED_FIRST
    assert json.loads(outcome.out) == {key: EXAMPLE[key] for key in PUBLISHED_FIRST}
    assert EXAMPLE["nonce"] not in outcome.out


def test_verify_tells_by_exit_code_whether_a_record_holds(shell: Shell) -> None:
    outcome = shell.run("draw", "verify", "-", stdin=b"\xef\xbb\xbf" + raw(EXAMPLE))
    assert (outcome.code, json.loads(outcome.out)) == (0, {"holds": True, "first": None})
    outcome = shell.run("draw", "verify", "-", stdin=raw({**EXAMPLE, "seed": "x"}))
    assert (outcome.code, json.loads(outcome.out)) == (1, {"holds": False, "first": "/seed"})


@pytest.mark.parametrize("derived", ["population_sha256", "commitment", "plan_sha256", "seed"])
def test_a_derived_value_that_differs_ends_a_computation(shell: Shell, derived: str) -> None:
    shell.refuses("draw", "compute", "-", naming=(f"$.{derived}",), stdin=raw({**EXAMPLE, derived: "0" * 64}))


def test_visits_that_differ_end_a_computation(shell: Shell) -> None:
    inputs = {**EXAMPLE, "selected": EXAMPLE["selected"][1:]}
    shell.refuses("draw", "compute", "-", naming=("$.selected",), stdin=raw(inputs))


def test_a_commitment_to_another_nonce_makes_no_plan(shell: Shell) -> None:
    inputs = {**EXAMPLE, "commitment": "0" * 64}
    shell.refuses("draw", "plan", "-", naming=("$.commitment",), stdin=raw(inputs))


@pytest.mark.parametrize("commitment", ["", "x", "0" * 63, "A" * 64, "0" * 64 + "\n"])
def test_what_is_no_digest_commits_nobody(shell: Shell, commitment: str) -> None:
    inputs = without("nonce", "public_entropy", *DERIVED, commitment=commitment)
    shell.refuses("draw", "plan", "-", naming=("$.commitment",), stdin=raw(inputs))


def test_too_few_inspectors_publish_nothing_and_name_the_institution(shell: Shell) -> None:
    inputs = without(*DERIVED, per_visit=3)
    shell.refuses("draw", "compute", "-", naming=("标准输入", "150010370000"), stdin=raw(inputs))


INSTITUTION, INSPECTOR = {"id": "a", "stratum": "high"}, {"id": "x", "conflicts": []}
BAD: tuple[tuple[dict[str, Any], str], ...] = (
    *(({key: None}, f"$.{key}") for key in ("version", "district", "period", "population", "quotas")),
    *(({key: None}, f"$.{key}") for key in ("inspectors", "per_visit", "entropy_source", "nonce")),
    ({"version": "draw/2"}, "$.version"),
    ({"district": 500103}, "$.district"),
    ({"population": {}}, "$.population"),
    ({"population": [INSTITUTION, INSTITUTION]}, "$.population[1].id"),
    ({"population": [INSTITUTION, {"id": "a", "stratum": "low"}]}, "$.population[1].id"),
    ({"population": ["a"]}, "$.population[0]"),
    ({"population": [{"id": "a"}]}, "$.population[0].stratum"),
    ({"population": [{"id": 1, "stratum": "a"}]}, "$.population[0].id"),
    ({"population": [INSTITUTION, {"id": "a\tb", "stratum": "a"}]}, "$.population[1].id"),
    ({"population": [{"id": "a", "stratum": "a\nb"}]}, "$.population[0].stratum"),
    ({"quotas": []}, "$.quotas"),
    ({"quotas": {"high": -1}}, "$.quotas.high"),
    ({"quotas": {"high": True}}, "$.quotas.high"),
    ({"quotas": {"high": 1.0}}, "$.quotas.high"),
    ({"quotas": {"high": "1"}}, "$.quotas.high"),
    ({"quotas": {"high\t": 1}}, '$.quotas["high\\t"]：'),
    ({"inspectors": [INSPECTOR, INSPECTOR]}, "$.inspectors[1].id"),
    ({"inspectors": [{"id": "x\n", "conflicts": []}]}, "$.inspectors[0].id"),
    ({"inspectors": [{"id": "x"}]}, "$.inspectors[0].conflicts"),
    ({"inspectors": [{"id": "x", "conflicts": ["a", "a"]}]}, "$.inspectors[0].conflicts[1]"),
    ({"inspectors": [{"id": "x", "conflicts": ["a\t"]}]}, "$.inspectors[0].conflicts[0]"),
    *(({"per_visit": value}, "$.per_visit") for value in (0, -1, True, "2", 2.0)),
    ({"entropy_source": 7}, "$.entropy_source"),
    *(({"nonce": value}, "$.nonce") for value in ("0" * 63, "A" * 64, "g" * 64, "0" * 65, "0" * 64 + "\n", 0)),
)
BAD_LATER = tuple(({"public_entropy": value}, "$.public_entropy") for value in (None, 7, "a\n", "a\rb", "a\u2028b"))


@pytest.mark.parametrize("verb", ["compute", "plan", "verify"])
@pytest.mark.parametrize(("changes", "place"), BAD)
def test_what_is_no_draw_is_named_by_path(shell: Shell, verb: str, changes: dict[str, Any], place: str) -> None:
    inputs = EXAMPLE | changes
    if verb != "verify":
        inputs = {key: value for key, value in inputs.items() if key not in DERIVED}
    shell.refuses("draw", verb, "-", naming=("标准输入", place), stdin=raw(inputs))


@pytest.mark.parametrize("verb", ["compute", "verify"])
@pytest.mark.parametrize(("changes", "place"), BAD_LATER)
def test_what_the_source_said_is_one_line(shell: Shell, verb: str, changes: dict[str, Any], place: str) -> None:
    shell.refuses("draw", verb, "-", naming=(place,), stdin=raw(EXAMPLE | changes))


@pytest.mark.parametrize("missing", DERIVED)
def test_a_record_that_lacks_a_value_is_no_record(shell: Shell, missing: str) -> None:
    shell.refuses("draw", "verify", "-", naming=(f"$.{missing}",), stdin=raw(without(missing)))


@pytest.mark.parametrize(
    "selected",
    [{}, [1], [{"id": "a", "stratum": "b", "score": "c"}], [{"id": 1, "stratum": "b", "score": "c", "inspectors": []}]],
)
def test_visits_of_another_form_are_no_record(shell: Shell, selected: Any) -> None:
    shell.refuses("draw", "verify", "-", naming=("$.selected",), stdin=raw(without(selected=selected)))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"", "标准输入"),
        (b"[]", "$"),
        (b"{", "第 1 行"),
        (b'{"version": "draw/1", "version": "draw/1"}', "version"),
        (b'{"version": NaN}', "$.version"),
        (b'{"version": "\\ud800"}', "$.version"),
        (b'{"version": "\xff"}', "第 1 行"),
        (b"[" * 100_000, "标准输入"),
        (b"[" * 100_000 + b"]" * 100_000, "标准输入"),
    ],
)
def test_what_is_no_strict_json_is_refused(shell: Shell, text: bytes, place: str) -> None:
    for verb in ("compute", "plan", "verify"):
        shell.refuses("draw", verb, "-", naming=(place,), stdin=text)


def test_a_folder_and_a_missing_file_are_told_apart(shell: Shell, tmp_path: Path) -> None:
    shell.refuses("draw", "verify", str(tmp_path), naming=("文件夹",))
    shell.refuses("draw", "verify", str(tmp_path / "none.json"), naming=("none.json", "没有这个文件"))
