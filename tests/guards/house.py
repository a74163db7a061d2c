"""The house's own lint: what no general linter knows. Each rule gives the lines that break it."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from portal.base.settings import ROOT

MOST_LINES = 300
SQL = re.compile(r"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
FEATURES = ("accounts", "districts", "documents", "institutions", "teachers", "licensing", "schedules", "advertising",
            "inspections", "registry", "figures")  # fmt: skip
SHARED = "portal.institutions.searching."  # pure: names are folded alike by who writes the index and who asks it
Fault = tuple[int, str]


def sources(*folders: str, kind: str = "py") -> list[Path]:
    """The files of the house, without what tools generate."""
    found = [path for folder in folders for path in (ROOT / folder).rglob(f"*.{kind}")]
    return sorted(path for path in found if "__pycache__" not in path.parts)


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call with the last part of the name that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield node, name


def bare_transactions(tree: ast.AST) -> list[Fault]:
    """`in_transaction` leaks a connection when it is cancelled; `.save()` writes over what others changed."""
    return [
        (call.lineno, name)
        for call, name in calls(tree)
        if name == "in_transaction" or (name == "save" and not call.args and not call.keywords)
    ]


def tasks_in_transactions(tree: ast.AST) -> list[Fault]:
    """A task that outlives the transaction would write into a connection that somebody else has by then."""
    return [
        (call.lineno, name)
        for block in ast.walk(tree)
        if isinstance(block, ast.AsyncWith) and any(opens_transaction(item.context_expr) for item in block.items)
        for call, name in calls(block)
        if name in {"create_task", "ensure_future", "gather", "TaskGroup"}
    ]


def opens_transaction(expression: ast.expr) -> bool:
    """Tell whether this is `tx()` or `db.tx()`."""
    return any(name == "tx" for _, name in calls(expression))


def sql_with_values(tree: ast.AST) -> list[Fault]:
    """SQL by f-string may hold our own column names and numbered places, never a value in quotation marks."""
    return [
        (node.lineno, "f-string")
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and begins_sql(node) and quotes_a_value(node)
    ]


def begins_sql(node: ast.JoinedStr) -> bool:
    """Tell whether an f-string begins like a statement."""
    first = node.values[0] if node.values else None
    return isinstance(first, ast.Constant) and isinstance(first.value, str) and bool(SQL.match(first.value))


def quotes_a_value(node: ast.JoinedStr) -> bool:
    """Tell whether a value is put between quotation marks or after a comparison."""
    before = ""
    for part in node.values:
        if isinstance(part, ast.FormattedValue) and re.search(r"('|=\s*|LIKE\s+)$", before):
            return True
        before = part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else ""
    return False


def foreign_rooms(tree: ast.AST, feature: str) -> list[Fault]:
    """One feature asks another only through its `service`."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        for name in [f"{node.module}.{one.name}" for one in node.names]:
            parts = name.split(".")
            if name.startswith(SHARED):
                continue
            if parts[0] == "portal" and parts[1] in FEATURES and parts[1] != feature and parts[2] != "service":
                found.append((node.lineno, name))
    return found


BARRED = {
    "|safe": re.compile(r"\|\s*safe\b"),
    "style=": re.compile(r"\sstyle\s*="),
    "on*=": re.compile(r"\son(?:click|load|error|submit|change|input|focus|blur|key\w+|mouse\w+|touch\w+)\s*="),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
}


def barred_in_templates(text: str) -> list[Fault]:
    """What the content security policy forbids, and what would print text as markup."""
    return [
        (number, name)
        for number, line in enumerate(text.splitlines(), start=1)
        for name, pattern in BARRED.items()
        if pattern.search(line)
    ]


def too_long(text: str) -> list[Fault]:
    """A file that passes the limit becomes a folder."""
    lines = text.count("\n") + 1
    return [(lines, "lines")] if lines > MOST_LINES else []


IN_CODE: tuple[Callable[[ast.AST], list[Fault]], ...] = (bare_transactions, tasks_in_transactions, sql_with_values)
