"""The bureau's queue as a page shows it: by due date, with who holds each case and what the checks say."""

from datetime import date
from typing import Any

from portal.kernel.calendar import WorkingCalendar
from portal.licensing.present.following import ClockView, state, view
from portal.licensing.states import ENDED, WORDS, State
from portal.licensing.store.cases import Case
from portal.licensing.store.clocks import Running

PAGE = 20
TABS = (("mine", "待我办"), ("free", "无人经办"), ("all", "全区"), ("overdue", "已超期"))
STATES = [(one.value, WORDS[one]) for one in State if one != State.DRAFT]
FOR_ME = frozenset({"examiner", "approver"})
WITHOUT_LIMIT = {State.CORRECTION: "等申请人补正"}


def tabs(role: str) -> list[tuple[str, str]]:
    """The tabs of a role: who has no desk of their own sees no "mine"; who can't hold or give cases, no "nobody's"."""
    hidden = {"mine"} - ({"mine"} if role in FOR_ME else set())
    hidden |= {"free"} if role in {"approver", "auditor"} else set()
    everywhere = "全区" if role not in {"city-admin", "auditor"} else "全市"
    return [(name, everywhere if name == "all" else words) for name, words in TABS if name not in hidden]


def rows(
    found: list[Case], names: dict[int, str], tallies: dict[int, tuple[int, int]], limits: dict[int, Running],
    today: date, days: WorkingCalendar,
) -> list[dict[str, Any]]:  # fmt: skip
    """One row a case."""
    return [
        {
            "case": case,
            "state": state(case.state),
            "holder": names.get(case.examiner_id, "") if case.examiner_id else "无人经办",
            "clock": running(case, limits, today, days),
            "without": WITHOUT_LIMIT.get(case.state, "已办结" if case.state in ENDED else "没有期限"),
            "failed": tallies.get(case.id, (0, 0))[0],
            "unjudged": tallies.get(case.id, (0, 0))[1],
        }
        for case in found
    ]


def running(case: Case, limits: dict[int, Running], today: date, days: WorkingCalendar) -> ClockView | None:
    """The limit that runs for a case, with its promise and its pause; none once the case has ended."""
    found = limits.get(case.id)
    return view(found, today, days) if found is not None and case.state not in ENDED else None


def handed_over(given: list[Case]) -> list[dict[str, Any]]:
    """The cases that go to a colleague, the most urgent first."""
    ordered = sorted(given, key=lambda case: (case.due_on or date.max, case.id))
    return [
        {"number": case.number, "name": case.name, "state": state(case.state), "due_on": case.due_on}
        for case in ordered
    ]
