"""The few commands that people and build servers rely on keep their names and do what they say."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TARGETS = ("setup", "run", "test", "bench", "lint")


def recipe(target: str) -> str:
    """What make would run, without running it."""
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def names_in_makefile() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_each_promised_target(target: str) -> None:
    assert target in names_in_makefile()


@pytest.mark.parametrize("target", ["run", "test", "bench", "lint"])
def test_each_target_sets_up_first(target: str) -> None:
    assert re.search(rf"^{target}: setup\b", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_make_run_takes_another_port() -> None:
    done = subprocess.run(["make", "-n", "run", "PORT=8123"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "PORT=8123" in done.stdout
    assert "up --demo" in done.stdout


def test_make_test_leaves_the_long_suites_out() -> None:
    assert "not long" in recipe("test")


def test_the_build_server_runs_make_test() -> None:
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert re.search(r"^exec make test$", script.read_text(), re.MULTILINE)


def test_help_names_every_promised_target() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert all(re.search(rf"^{target}\s", said, re.MULTILINE) for target in TARGETS)
