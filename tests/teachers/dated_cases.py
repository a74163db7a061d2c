"""For every rule of hiring: cases that break it and cases that don't, before the rules began and after.

A case is the rule's id, the day, how the candidate differs from one with whom all is well, and whether it is broken.
"""

from datetime import date
from typing import Any

from portal.teachers.candidate import Candidate
from tests.factories.teachers import CERTIFICATE, NUMBER

BEFORE, AFTER, TODAY = "2018-12-27", "2018-12-28", "2026-11-23"


def candidate(day: str, changes: dict[str, Any]) -> Candidate:
    """A teacher of primary maths with whom all is well on the day, but for the changes."""
    well = Candidate(
        today=date.fromisoformat(day),
        number=NUMBER,
        is_foreign=False,
        is_in_service=False,
        has_namesake_in_service=False,
        is_academic=True,
        stage="primary",
        certificate=CERTIFICATE,
        contract_from=date(2015, 9, 1),
        contract_to=None,
    )
    return well._replace(**changes)


BREAKS: dict[str, dict[str, Any]] = {
    "in-service": {"is_in_service": True},
    "in-service-possible": {"has_namesake_in_service": True},
    "id-invalid": {"number": None},
    "certificate-missing": {"certificate": "  "},
    "certificate-invalid": {"certificate": "2015500033212345"},
    "contract-missing": {"contract_from": None},
    "contract-expired": {"contract_to": date(2018, 12, 26)},
    "foreign-documents": {"is_foreign": True},
}
HOLDS: dict[str, dict[str, Any]] = {
    "in-service": {"has_namesake_in_service": True},
    "in-service-possible": {"is_in_service": True, "has_namesake_in_service": True},
    "id-invalid": {"is_foreign": True, "number": None},
    "certificate-missing": {"is_academic": False, "certificate": ""},
    "certificate-invalid": {"certificate": ""},
    "contract-missing": {"contract_to": date(2018, 12, 26)},
    "contract-expired": {"contract_from": None, "contract_to": date(2018, 12, 26)},
    "foreign-documents": {"number": None},
}

CASES: tuple[tuple[str, str, dict[str, Any], bool], ...] = (
    *((rule, BEFORE, changes, False) for rule, changes in BREAKS.items()),
    *((rule, AFTER, changes, True) for rule, changes in BREAKS.items()),
    *((rule, TODAY, changes, False) for rule, changes in HOLDS.items()),
    ("contract-expired", TODAY, {"contract_to": date(2026, 11, 23)}, False),
    ("contract-expired", TODAY, {"contract_to": date(2026, 11, 22)}, True),
)
