"""docs/rules.md lists the rules as they are."""

from datetime import date
from pathlib import Path

from portal.figures.listing import document
from portal.policy import shipped

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/rules.md"


def test_the_document_of_rules_is_the_one_that_the_rules_make() -> None:
    made = document(shipped.policy(), date(2026, 11, 24))
    assert DOCUMENT.read_text(encoding="utf-8") == made + "\n", "run: python tools/make_rules_document.py"
