"""Every form of the application acts once however often it is sent: by its key, or for a reason that stands here."""

import ast
from collections.abc import Iterator

import pytest

from portal import app
from tests.guards import house

CHECK = "stores nothing"
SAME = "writes what was typed: twice is the same as once"
VERSION = "carries the version that the page was made of: the second is told that it changed"
ENDS = "what it ends is gone for the second"
WITHOUT_A_KEY = {
    "accounts.login": "begins one session and ends the one before",
    "accounts.second_factor": "a code works once (RFC 6238 5.2)",
    "accounts.confirm": "a code works once",
    "accounts.reset": "a code works once",
    "accounts.confirm_again": "claims the name of its route, whichever it is",
    "accounts.reset_again": "claims the name of its route, whichever it is",
    "accounts.logout": ENDS,
    "accounts.end_sessions": ENDS,
    "accounts.remove_colleague": ENDS,
    "accounts.password": "asks for the present password, which the first has changed",
    "accounts.rename": SAME,
    "apply.question": CHECK,
    "apply.section": SAME,
    "apply.discard": ENDS,
    "apply.check": "hands in under the key of apply.submit",
    "review.act": "each act claims its own name, such as review.accept",
    "review.numbers": "each look is a look of its own, and written down",
    "review.take_over": VERSION,
    "review.assign": VERSION,
    "review.judge_material": VERSION,
    "review.judge_check": VERSION,
    "admin.district": VERSION,
    "admin.school": VERSION,
    "admin.school_close": VERSION,
    "admin.school_reopen": VERSION,
    "admin.school_import": "a list that was taken over waits no more",
    "admin.calendar_day": VERSION,
    "admin.calendar_year": VERSION,
    "admin.policy_value": VERSION,
    "admin.statutory": VERSION,
    "checks.schedule": CHECK,
    "checks.schedule_file": CHECK,
    "checks.advertisement": CHECK,
    "api.check_schedule": CHECK,
    "api.check_advertisement": CHECK,
}


def claimed() -> Iterator[str]:
    """The names under which use cases claim a form's key."""
    for path in house.sources("portal"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLAIMS:
                yield from (str(part.value) for part in node.args if isinstance(part, ast.Constant))


CLAIMS = {"claim", "once"}
FORMS = sorted({route.name for route in app.ROUTES if "POST" in (route.methods or ())})


@pytest.mark.parametrize("route", FORMS)
def test_a_form_claims_its_key_or_says_why_it_needs_none(route: str) -> None:
    assert (route in set(claimed())) != (route in WITHOUT_A_KEY)


def test_no_reason_speaks_of_a_form_that_is_gone() -> None:
    assert set(WITHOUT_A_KEY) <= set(FORMS)
    assert {"apply.submit", "review.accept"} <= set(claimed())
