# ruff: noqa: INP001 a script, not a package
"""Writes docs/rules.md anew: every rule with article, values, dates and pack. Run after a rule or a value changed."""

import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from portal.figures.listing import document  # noqa: E402 after the path
from portal.policy import shipped  # noqa: E402

if __name__ == "__main__":
    (ROOT / "docs/rules.md").write_text(document(shipped.policy(), date.today()) + "\n", encoding="utf-8")  # noqa: DTZ011
