"""An application from the first draft to the decision, as the four people do it, without pages."""

from datetime import date, timedelta

from portal.base import audit, db
from portal.base.clock import SHANGHAI
from portal.licensing.service import questions
from portal.licensing.states import State
from tests.factories.districts import NEIGHBOUR, a_school
from tests.factories.licensing import APPROVER, CLERK, EXAMINER, NOON, a_decided, a_draft, a_submitted, found, state


async def test_a_complete_draft_passes_every_check_a_machine_can_make(database: str) -> None:
    case_id = await a_draft()
    await a_school()
    file = await questions.file(CLERK, case_id, today=NOON.date())
    assert {check.rule for check in file.checks if check.status != "passed"} == {"teachers-not-in-service"}


async def organiser_check(case_id: int) -> str:
    file = await questions.file(CLERK, case_id, today=NOON.date())
    return next(check.status for check in file.checks if check.rule == "organiser-no-school")


async def test_an_organiser_is_not_cleared_by_a_list_of_schools_that_nobody_has_entered(database: str) -> None:
    case_id = await a_draft()
    await a_school("重庆市渝北区人民小学校", actor=NEIGHBOUR)
    assert await organiser_check(case_id) == "unjudged"
    await a_school()
    assert await organiser_check(case_id) == "passed"


async def test_an_organiser_with_a_schools_code_of_another_district_is_found_without_a_list_of_ones_own(
    database: str,
) -> None:
    company = {
        "kind": "organisation",
        "name": "重庆渝北育才有限公司",
        "credit_code": "52500112MJ0000000B",
        "share": "100",
    }
    case_id = await a_draft(organisers={"organisers": [company]})
    await a_school("重庆市渝北区育才小学校", actor=NEIGHBOUR, credit_code="52500112MJ0000000B")
    assert await organiser_check(case_id) == "failed"


async def test_a_granted_application_has_a_licence_and_every_paper(database: str) -> None:
    case_id = await a_decided()
    assert await state(case_id) == State.GRANTED
    case = await found(case_id)
    assert case.licence_number == "150010370000011"
    kinds = [paper["kind"] for paper in await db.rows("SELECT kind FROM document ORDER BY id")]
    assert kinds == ["receipt", "acceptance", "grant", "certificate", "duplicate"]
    assert (await audit.verify()).broken is None


async def test_a_refused_application_has_a_letter_and_no_licence(database: str) -> None:
    case_id = await a_decided(outcome="refuse")
    assert await state(case_id) == State.REFUSED
    assert (await found(case_id)).licence_number is None


async def test_the_bureau_and_the_clerk_see_the_same_case_but_opinions_are_the_bureaus(database: str) -> None:
    case_id = await a_decided()
    today = (NOON + timedelta(days=1)).date()
    assert (await questions.file(CLERK, case_id, today=today)).opinions == []
    assert len((await questions.file(EXAMINER, case_id, today=today)).opinions) == 2
    assert (await questions.file(APPROVER, case_id, today=today)).case.state == State.GRANTED


async def test_a_closed_case_keeps_its_checks_as_they_stood_on_its_last_day(database: str) -> None:
    case_id = await a_decided()
    closed = await questions.file(EXAMINER, case_id, today=NOON.date())
    assert closed.checks_kept_on == closed.case.decided_at.astimezone(SHANGHAI).date()
    years_later = date(2035, 1, 8)  # the lease and the teachers' contracts are over by then
    file = await questions.file(EXAMINER, case_id, today=years_later)
    assert [(one.rule, one.status, one.messages) for one in file.checks] == [
        (one.rule, one.status, one.messages) for one in closed.checks
    ]
    assert await questions.tally(file.case, years_later) == (0, 2)


async def test_an_open_case_is_judged_as_of_today(database: str) -> None:
    case_id = await a_submitted()
    file = await questions.file(EXAMINER, case_id, today=date(2035, 1, 8))
    assert file.checks_kept_on is None
    assert {"lease", "teachers-papers"} <= {one.rule for one in file.checks if one.status == "failed"}
