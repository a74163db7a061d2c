"""The permission table is whole: every route and method has a row, every row its route. test_access_walk.py walks it."""

import csv

from portal import app
from portal.base.access import TABLE, table
from tests.guards.everything import ROLES

RELATIONS = {"any", "own", "district", "holder"}
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def offered() -> dict[str, set[str]]:
    """Each named route of the application with its methods."""
    found: dict[str, set[str]] = {}
    for route in app.ROUTES:
        found.setdefault(route.name, set()).update((route.methods or set()) - {"HEAD"})
    return found


def test_every_route_and_method_has_a_row_and_every_row_its_route() -> None:
    rows = {name: set().union(*(row.methods for row in grants)) for name, grants in table().items()}
    assert rows == offered()


def test_every_row_speaks_of_known_roles_relations_and_states() -> None:
    for row in ROWS:
        assert row["role"] in {*ROLES, "*"}, row
        assert row["relation"] in RELATIONS, row
        if row["relation"] != "any":
            assert any("{" in route.path for route in app.ROUTES if route.name == row["route"]), row


def test_no_row_stands_twice() -> None:
    keys = [tuple(row.values()) for row in ROWS]
    assert len(keys) == len(set(keys))
