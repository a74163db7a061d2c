"""For every check of an application: answers that break it and answers that don't, on days before and after its first.

A case is the rule's id, the day, how the application differs from one with which all is well, and whether it is broken.
"""

from datetime import date, timedelta
from typing import Any

from portal.licensing.facts import Application, Standing, application
from portal.licensing.rules import RULES
from portal.licensing.samples import answers, changed

TODAY = "2026-11-23"
PLAN = date(2018, 12, 28)  # the first day of the pack that holds every check
YOUTH = "500103200811240016"  # born 2008-11-24: of age on that day of 2026
CHILD = "500103201511240019"  # born 2015-11-24: a child on every day of the cases


def person(**changes: Any) -> dict[str, Any]:
    """One organiser who holds everything."""
    return {"kind": "person", "name": "林秋", "id_number": "", "credit_code": "", "share": "100", **changes}


def people(*shares: str) -> dict[str, Any]:
    """Organisers with these shares."""
    return {"organisers": [person(name=f"股东{order}", share=share) for order, share in enumerate(shares)]}


def board(*years: int) -> dict[str, Any]:
    """A board whose members have taught for so many years."""
    members = [
        {"name": f"成员{order}", "position": "成员", "teaching_years": f"{year}"} for order, year in enumerate(years)
    ]
    return {"members": members}


def teacher(**changes: Any) -> dict[str, Any]:
    """One teacher with whom all is well on every day of the cases, but for the changes."""
    return {
        "name": "顾青", "nationality": "中国", "id_number": "50010319000101001X", "subject": "art", "stage": "primary",
        "certificate_number": "", "contract_from": "2015-09-01", "contract_to": "", **changes,
    }  # fmt: skip


def rooms(*areas: str) -> dict[str, Any]:
    """Premises of 300 square metres with teaching rooms of these areas."""
    return {"floor_area_m2": "300", "rooms": [{"name": f"A{i}", "area_m2": area} for i, area in enumerate(areas)]}


def of(section: str, **content: Any) -> dict[str, Any]:
    """Say how one section differs."""
    return {"section": section, "content": content}


def known(**standing: Any) -> dict[str, Any]:
    """Say how the portal's own records differ."""
    return {"standing": standing}


def facts(day: str, change: dict[str, Any]) -> Application:
    """An application with which all is well, but for the change."""
    whole = answers("渝中区", "重庆春芽艺术培训有限公司")
    if "section" in change:
        whole = changed(whole, change["section"], **change["content"])
    clear: dict[str, Any] = {
        "schools": (), "is_name_searched": True, "bans": (), "in_service": (), "district_name": "渝中区",
    }  # fmt: skip
    standing = Standing(**{**clear, **change.get("standing", {})})
    return application(whole, date.fromisoformat(day), standing, **change.get("slots", {}))


SCHOOL = known(schools=("重庆市渝中区人民小学",))
ACADEMIC = {"subject": "maths", "stage": "primary"}
ART, DANCE = {"subject": "art", "stage": "primary"}, {"subject": "dance", "stage": "junior"}

# Both sides of each rule: what breaks it by the least that can, and what just doesn't.
BREAKS: dict[str, tuple[dict[str, Any], ...]] = {
    "organiser-no-school": (SCHOOL, of("organisers", is_run_by_school="yes")),
    "organisers-few": (of("organisers", **people("25", "25", "25", "25")),),
    "organisers-shares": (of("organisers", **people("50", "49.99")), of("organisers", **people("100", "0.01"))),
    "organiser-not-banned": (known(bans=("禁止申请至 2027-01-01",)),),
    "name-unused": (known(licence_with_name="150010370000018"),),
    "name-words": (of("institution", name="重庆大学春芽培训有限公司"), of("institution", name="中国春芽培训有限公司")),
    "capital": (of("capital", amount_yuan="499999.99"),),
    "materials-there": ({"slots": {"lacking": ("charter",)}},),
    "materials-readable": ({"slots": {"unreadable": ("charter",)}},),
    "id-numbers": (of("principal", id_number=""), of("legal-representative", id_number="")),
    "organiser-adult": (of("organisers", organisers=[person(id_number=CHILD)]),),
    "board-size": (of("board", **board(9, 9, 9, 9)),),
    "board-experience": (of("board", **board(5, 4, 4, 4, 4)), of("board", **board(5, 5, 4, 4, 4, 4, 0))),
    "board-chair": (of("board", is_chair_resident_citizen="no"),),
    "charter": (of("board", charter_is_complete="no"),),
    "premises-in-district": (of("premises", address="重庆市江北区和平路 12 号"),),
    "premises-area": (of("premises", floor_area_m2="299.99"),),
    "premises-one-floor": (of("premises", floors="2"), of("premises", floors="0")),
    "premises-use": (of("premises", use="dwelling"), of("premises", use="basement")),
    "teaching-rooms": (of("premises", **rooms("100", "99.99")),),
    "area-per-pupil": (of("premises", **rooms("100", "100"), capacity="67"),),
    "lease": (),
    "no-new-academic": (of("programmes", programmes=[ART, ACADEMIC]),),
    "teachers-enough": (of("teachers", teachers=[teacher(), teacher()]),),
    "teachers-cover": (of("teachers", teachers=[teacher()]), of("programmes", programmes=[{**ART, "subject": "chess"}])),
    "teachers-papers": (
        of("teachers", teachers=[teacher(contract_from="")]),
        of("teachers", teachers=[teacher(id_number="")]),
    ),
    "teachers-not-in-service": (known(in_service=("顾青",)),),
}  # fmt: skip
HOLDS: dict[str, tuple[dict[str, Any], ...]] = {
    "organiser-no-school": (of("organisers", is_run_by_school="no"),),
    "organisers-few": (of("organisers", **people("40", "30", "30")),),
    "organisers-shares": (of("organisers", **people("33.34", "33.33", "33.33")),),
    "organiser-not-banned": (known(bans=()),),
    "name-unused": (known(licence_with_name=None),),
    "name-words": (of("institution", name="重庆春芽艺术培训有限公司"),),
    "capital": (of("capital", amount_yuan="500000"),),
    "materials-there": ({"slots": {"unreadable": ("charter",)}},),
    "materials-readable": ({"slots": {"lacking": ("charter",)}},),
    "id-numbers": (of("principal", id_number="50010319000101001X"),),
    "organiser-adult": (of("organisers", organisers=[person(id_number="50010319000101001X")]),),
    "board-size": (of("board", **board(0, 0, 0, 0, 0)),),
    "board-experience": (of("board", **board(5, 5, 0, 0, 0)), of("board", **board(5, 5, 0, 0, 0, 0))),
    "board-chair": (of("board", is_chair_resident_citizen="yes"),),
    "charter": (of("board", charter_is_complete="yes"),),
    "premises-in-district": (of("premises", address="重庆市渝中区和平路 12 号"), of("premises", address="渝中区和平路")),
    "premises-area": (of("premises", floor_area_m2="300"),),
    "premises-one-floor": (of("premises", floors="1"),),
    "premises-use": (of("premises", use="commercial"), of("premises", use="education")),
    "teaching-rooms": (of("premises", **rooms("100", "100")),),
    "area-per-pupil": (of("premises", **rooms("100", "101"), capacity="67"),),
    "lease": (of("premises", tenure="owned", lease_to=""),),
    "no-new-academic": (of("programmes", programmes=[ART, DANCE]),),
    "teachers-enough": (of("teachers", teachers=[teacher(), teacher(), teacher()]),),
    "teachers-cover": (of("teachers", teachers=[teacher(), teacher(subject="dance")]),),
    "teachers-papers": (of("teachers", teachers=[teacher(), teacher(contract_to="2026-11-23")]),),
    "teachers-not-in-service": (known(in_service=()),),
}  # fmt: skip
FIRST = {each.id: max(each.since, PLAN) for each in RULES}
DAY = timedelta(days=1)

CASES: tuple[tuple[str, str, dict[str, Any], bool], ...] = (
    *((rule, f"{FIRST[rule] - DAY}", change, False) for rule, found in BREAKS.items() for change in found),
    *((rule, f"{FIRST[rule]}", change, True) for rule, found in BREAKS.items() for change in found),
    *((rule, TODAY, change, True) for rule, found in BREAKS.items() for change in found),
    *((rule, f"{FIRST[rule]}", change, False) for rule, found in HOLDS.items() for change in found),
    *((rule, TODAY, change, False) for rule, found in HOLDS.items() for change in found),
    ("lease", "2018-12-27", of("premises", lease_to="2019-01-01"), False),
    ("lease", "2018-12-28", of("premises", lease_to="2021-12-26"), True),
    ("lease", "2018-12-28", of("premises", lease_to="2021-12-27"), False),
    ("lease", TODAY, of("premises", lease_to="2029-11-21"), True),
    ("lease", TODAY, of("premises", lease_to="2029-11-22"), False),
    ("organiser-adult", TODAY, of("organisers", organisers=[person(id_number=YOUTH)]), True),
    ("organiser-adult", "2026-11-24", of("organisers", organisers=[person(id_number=YOUTH)]), False),
)
