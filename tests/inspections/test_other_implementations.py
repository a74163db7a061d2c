"""The script and the page that people recompute a draw with agree with the portal, also about what doesn't hold."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.factories.draws import draw_inputs
from tests.inspections.test_draw import CHANGES, EXAMPLE, changed, computed, first

STATIC = Path(__file__).parents[2] / "portal" / "static"
NODE = shutil.which("node")
ASK = """
import { readFileSync } from "node:fs";
import { first } from "./draw.js";
for (const text of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  try { console.log(JSON.stringify({ first: await first(text) })); }
  catch (error) { console.log(JSON.stringify({ refused: error.constructor.name })); }
}
"""


def by_script(path: Path, published: dict[str, Any]) -> int:
    path.write_text(json.dumps(published))
    command = [sys.executable, "-I", str(STATIC / "draw" / "recompute.py"), str(path)]
    return subprocess.run(command, check=False, capture_output=True, timeout=60).returncode


def by_browser(folder: Path, texts: list[str]) -> list[dict[str, Any]]:
    """Ask the page's own script, run by Node with its WebCrypto, about each text."""
    assert NODE is not None
    for name in ("draw.js", "strict-json.js"):
        shutil.copy(STATIC / "js" / name, folder)
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "ask.js").write_text(ASK)
    (folder / "texts.json").write_text(json.dumps(texts))
    done = subprocess.run([NODE, "ask.js", "texts.json"], cwd=folder, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def records(seeds: range) -> list[dict[str, Any]]:
    return [held for held in (computed(draw_inputs(seed)) for seed in seeds) if held is not None]


def test_the_script_finds_the_example_and_random_records_to_hold(tmp_path: Path) -> None:
    for published in [EXAMPLE, *records(range(12))]:
        assert by_script(tmp_path / "record.json", published) == 0


@pytest.mark.parametrize(("place", "value", "_said"), CHANGES)
def test_the_script_finds_what_does_not_hold(
    tmp_path: Path, place: tuple[str | int, ...], value: Any, _said: str
) -> None:
    assert by_script(tmp_path / "record.json", changed(place, value)) == 1


def test_the_script_stays_short_and_needs_the_standard_library_alone() -> None:
    script = (STATIC / "draw" / "recompute.py").read_text()
    assert len(script.splitlines()) <= 50
    assert "portal" not in script


browser = pytest.mark.skipif(NODE is None, reason="not run: no Node on this machine")


@browser
def test_the_page_finds_the_same_records_to_hold(tmp_path: Path) -> None:
    published = [EXAMPLE, *records(range(300))]
    assert by_browser(tmp_path, [json.dumps(one) for one in published]) == [{"first": None}] * len(published)


@browser
def test_the_page_names_the_same_first_value_that_does_not_hold(tmp_path: Path) -> None:
    published = [changed(place, value) for place, value, _ in CHANGES]
    answers = by_browser(tmp_path, [json.dumps(one, ensure_ascii=False) for one in published])
    assert [answer.get("first") for answer in answers] == [first(one) for one in published]


@browser
def test_the_page_refuses_what_the_command_refuses(tmp_path: Path) -> None:
    text = json.dumps(EXAMPLE)
    broken = [
        *("", "[]", "{", text + "x", text[:-1], "[" * 100_000, text.replace("{", '{"version": "draw/1", ', 1)),
        *(text.replace("draw/1", "draw/2", 1), text.replace('"per_visit": 2', '"per_visit": 2.0')),
        *(
            text.replace('"per_visit": 2', '"per_visit": NaN'),
            text.replace("2026-11", "\\ud800"),
            text.replace("{", "{,", 1),
        ),
        *(json.dumps(changed(("nonce",), "A" * 64)), json.dumps(changed(("public_entropy",), "a\nb"))),
        *(json.dumps(changed(("population", 1, "id"), "150010370000011")), json.dumps(changed(("quotas", "high"), -1))),
    ]
    assert by_browser(tmp_path, broken) == [{"refused": "BadRecord"}] * len(broken)


@browser
@pytest.mark.long
def test_the_page_agrees_on_twenty_thousand_records(tmp_path: Path) -> None:
    published = records(range(1_000, 29_000))
    assert len(published) >= 20_000
    assert by_browser(tmp_path, [json.dumps(one) for one in published]) == [{"first": None}] * len(published)
