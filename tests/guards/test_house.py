"""The house keeps its own rules; each rule is shown an example that breaks it, so that none sleeps."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import workers
from portal.__main__ import COMMANDS
from portal.base.settings import NAMES, ROOT
from tests.guards import house
from workers.registry import JOBS

OURS = house.sources("portal", "schemas", "workers")
PAGES = house.sources("templates", kind="html")
TRANSACTION_ITSELF = {ROOT / "portal/base/db.py"}
PUTS = re.compile(r"outbox\.put\(\s*\"([a-z.-]+)\"")
BROKEN = (
    (house.bare_transactions, "async def f():\n    async with in_transaction():\n        pass"),
    (house.bare_transactions, "async def f(case):\n    await case.save()"),
    (house.tasks_in_transactions, "async def f():\n    async with db.tx():\n        asyncio.create_task(g())"),
    (house.sql_with_values, "def f(name):\n    return f\"SELECT 1 FROM licence WHERE name = '{name}'\""),
    (house.sql_with_values, "def f(number):\n    return f'DELETE FROM licence WHERE id = {number}'"),
)


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_of_ours_breaks_a_rule_of_the_house(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    faults = [fault for rule in house.IN_CODE for fault in rule(tree)]
    assert (faults if path not in TRANSACTION_ITSELF else []) == []
    if "migrations" not in path.parts:
        assert house.too_long(text) == []


@pytest.mark.parametrize("feature", house.FEATURES)
def test_a_feature_asks_another_only_through_its_service(feature: str) -> None:
    found = {
        str(path.relative_to(ROOT)): faults
        for path in house.sources(f"portal/{feature}")
        if (faults := house.foreign_rooms(ast.parse(path.read_text(encoding="utf-8")), feature))
    }
    assert found == {}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_of_ours_breaks_a_rule_of_the_house(path: Path) -> None:
    assert house.barred_in_templates(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("rule", "example"), BROKEN)
def test_each_rule_of_code_finds_its_example(rule: Callable[[ast.AST], list[house.Fault]], example: str) -> None:
    assert len(rule(ast.parse(example))) == 1


@pytest.mark.parametrize("example", ["{{ name | safe }}", "{{ name|safe }}", '<p style="color:red">', "<p onclick='x'>",
                                     "<script>alert(1)</script>"])  # fmt: skip
def test_the_rules_of_templates_find_their_examples(example: str) -> None:
    assert len(house.barred_in_templates(example)) == 1


def test_a_file_over_its_size_and_a_question_at_the_back_door_are_found() -> None:
    assert house.too_long("x\n" * house.MOST_LINES)
    assert not house.too_long("x\n" * (house.MOST_LINES - 1))
    assert house.foreign_rooms(ast.parse("from portal.districts.store import days"), "licensing")
    assert not house.foreign_rooms(ast.parse("from portal.districts import service"), "licensing")


def test_every_topic_of_the_outbox_has_its_job_and_every_job_its_topic() -> None:
    for module in pkgutil.iter_modules(workers.__path__):
        if module.name != "settings":
            importlib.import_module(f"workers.{module.name}")
    put = {topic for path in OURS for topic in PUTS.findall(path.read_text(encoding="utf-8"))}
    assert put == set(JOBS)


@pytest.mark.parametrize("name", sorted({*NAMES.values(), *COMMANDS}))
def test_the_readme_names_every_setting_and_command(name: str) -> None:
    assert re.search(rf"`{name}\b", (ROOT / "README.md").read_text(encoding="utf-8"))
