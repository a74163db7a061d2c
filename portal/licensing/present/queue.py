"""The bureau's queue as a page shows it: by due date, with who holds each case and what the checks say."""

from datetime import date
from typing import Any

from portal.kernel.calendar import WorkingCalendar
from portal.licensing.present.following import left, state
from portal.licensing.states import ENDED, WORDS, State
from portal.licensing.store.cases import Case

PAGE = 20
TABS = (("mine", "待我办"), ("all", "全区"), ("overdue", "已超期"))
STATES = [(one.value, WORDS[one]) for one in State if one != State.DRAFT]
FOR_ME = frozenset({"examiner", "approver"})


def rows(
    found: list[Case], names: dict[int, str], tallies: dict[int, tuple[int, int]], today: date, days: WorkingCalendar
) -> list[dict[str, Any]]:  # fmt: skip
    """One row a case."""
    return [
        {
            "case": case,
            "state": state(case.state),
            "holder": names.get(case.examiner_id, "") if case.examiner_id else "无人经办",
            "left": left(today, case.due_on, days) if case.due_on and case.state not in ENDED else "",
            "is_overdue": bool(case.due_on and case.due_on < today and case.state not in ENDED),
            "failed": tallies.get(case.id, (0, 0))[0],
            "unjudged": tallies.get(case.id, (0, 0))[1],
        }
        for case in found
    ]
