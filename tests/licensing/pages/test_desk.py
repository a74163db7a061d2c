"""What the bureau's pages spare their readers: lost words, lost places, cases that nobody sees, links that lead nowhere."""

import re
from datetime import date, timedelta

import pytest

from portal.base import clock, db
from portal.base.actor import Actor
from portal.districts import service as districts
from portal.licensing.present.desk import ACTS
from portal.licensing.present.following import left
from portal.licensing.routes import NOTICES
from portal.licensing.service import desk, examination
from portal.licensing.states import State
from portal.licensing.store import cases, clocks
from schemas.licensing import orders
from tests.factories.browsing import an_account, browser
from tests.factories.licensing import CLERK, NOON, a_recommended, a_submitted, an_accepted, once, state, version
from tests.licensing.pages.test_review import an_officer


async def taken(case_id: int, examiner: Actor) -> None:
    await desk.take_over(
        orders.TakeOver(case_id=case_id, version=await version(case_id)), actor=examiner, now=NOON
    )  # fmt: skip


async def an_examined(examiner: Actor) -> int:
    case_id = await an_accepted(examiner=examiner)
    await examination.examine(orders.Examine(**await once(case_id)), actor=examiner, now=NOON)
    return case_id


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 24), "还有 1 个工作日"),
        (date(2026, 11, 23), "今天到期"),
        (date(2026, 11, 20), "已超期 1 个工作日"),
        (date(2026, 11, 16), "已超期 5 个工作日"),
    ],
)
async def test_a_limit_says_how_many_working_days_are_left_or_have_passed(
    database: str, due: date, words: str
) -> None:  # fmt: skip
    await districts.ensure_seed()
    assert left(NOON.date(), due, await districts.calendar()) == words


async def test_a_verdict_without_a_remark_comes_back_open_with_what_was_chosen(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await a_submitted()
    await taken(case_id, examiner)
    async with browser(examiner.account_id) as visitor:
        path = f"/review/{case_id}/materials/charter"
        answer = await visitor.post(path, {"verdict": "defective", "remark": ""}, page=f"/review/{case_id}")
    assert answer.status_code == 422
    assert 'href="#remark"' in answer.text
    assert answer.text.count('id="remark"') == 1
    chosen = re.search(r'<input[^>]*id="verdict-defective"[^>]*>', answer.text)
    assert chosen is not None
    assert " checked" in chosen[0]
    assert re.search(r"<details[^>]* open", answer.text)


async def test_a_judgement_on_a_check_without_a_choice_keeps_the_reason(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await a_submitted()
    await taken(case_id, examiner)
    async with browser(examiner.account_id) as visitor:
        path = f"/review/{case_id}/checks/teachers-not-in-service"
        answer = await visitor.post(path, {"reason": "已向人事科核对"}, page=f"/review/{case_id}")
        assert answer.status_code == 422
        assert 'href="#holds"' in answer.text
        assert answer.text.count('id="holds"') == 1
        assert "已向人事科核对</textarea>" in answer.text
        kept = await visitor.post(path, {"holds": "no", "reason": "已向人事科核对"}, page=f"/review/{case_id}")
        shown = await visitor.get(f"/review/{case_id}")
    assert kept.headers["location"].endswith("#judged-teachers-not-in-service")
    assert "不成立：已向人事科核对" in shown.text


async def test_a_verdict_leads_back_to_its_material(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await a_submitted()
    await taken(case_id, examiner)
    async with browser(examiner.account_id) as visitor:
        path = f"/review/{case_id}/materials/charter"
        answer = await visitor.post(path, {"verdict": "in-order"}, page=f"/review/{case_id}")
        assert answer.headers["location"].endswith(f"/review/{case_id}#slot-charter")
        assert 'id="slot-charter"' in (await visitor.get(f"/review/{case_id}")).text


async def test_a_case_that_nobody_holds_stands_in_a_tab_of_its_own(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await a_submitted(name="重庆无主艺术培训有限公司")
    async with browser(examiner.account_id) as visitor:
        assert "重庆无主" in (await visitor.get("/review", tab="free")).text
        assert "先点“由我经办”" in (await visitor.get(f"/review/{case_id}")).text
        await taken(case_id, examiner)
        assert "重庆无主" not in (await visitor.get("/review", tab="free")).text
        assert "重庆无主" in (await visitor.get("/review")).text


async def test_the_queue_shows_the_promised_day_beside_the_day_that_the_law_sets(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await an_accepted(examiner=examiner)
    [running] = [one for one in await clocks.of_case(case_id) if one.ended_on is None]
    async with browser(examiner.account_id) as visitor:
        shown = (await visitor.get("/review")).text
    assert running.promised_on is not None
    assert f">{running.due_on}</time>" in shown
    assert f">{running.promised_on}</time>" in shown


async def test_an_overdue_case_says_for_how_long_and_what_the_law_makes_of_it(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await an_accepted(examiner=examiner, now=clock.now() - timedelta(days=200))
    async with browser(examiner.account_id) as visitor:
        shown = (await visitor.get(f"/review/{case_id}")).text
    assert re.search(r"已超期 \d+ 个工作日", shown)
    assert "超期不等于准予" in shown


async def test_an_approver_reads_proposal_reasons_and_open_checks_before_the_claims(database: str) -> None:
    examiner, approver = await an_officer("examiner"), await an_officer("approver", name="吴批")
    case_id = await a_recommended(examiner=examiner)
    async with browser(approver.account_id) as visitor:
        shown = (await visitor.get(f"/review/{case_id}")).text
    before = shown[: shown.index('id="facts"')]
    assert "申请材料齐全，符合民办学校的设立条件和设置标准" in before
    assert "没有聘用在职中小学教师" in before
    assert len(re.findall(r'id="check-teachers-not-in-service"', shown)) == 1


@pytest.mark.parametrize("role", ["district-admin", "city-admin", "auditor"])
async def test_who_may_not_open_uploads_is_offered_no_link_to_them(database: str, role: str) -> None:
    await districts.ensure_seed()
    account_id = await an_account(role, district="500103" if role == "district-admin" else None)
    case_id = await a_submitted()
    async with browser(account_id) as visitor:
        shown = (await visitor.get(f"/review/{case_id}")).text
    assert "charter.pdf" in shown or "章程" in shown
    assert "/review/evidence/" not in shown


async def test_the_page_of_a_limit_leads_back_to_its_case(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await a_submitted()
    [running] = await clocks.of_case(case_id)
    async with browser(examiner.account_id) as visitor:
        address = re.search(r'href="(/[^"]*' + running.code + ')"', (await visitor.get(f"/review/{case_id}")).text)
        assert address is not None
        assert f'href="/review/{case_id}"' in (await visitor.get(address[1])).text


async def test_going_back_from_the_letter_keeps_what_was_written(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await a_submitted()
    await taken(case_id, examiner)
    async with browser(examiner.account_id) as visitor:
        path = f"/review/{case_id}/acts/not-required"
        preview = await visitor.post(path, {"reason": "只面向成年人，不是校外培训。"})
        assert 'value="edit"' in preview.text
        again = await visitor.post(path, {"reason": "只面向成年人，不是校外培训。", "then": "edit"})
    assert again.status_code == 200
    assert "只面向成年人，不是校外培训。</textarea>" in again.text
    assert await state(case_id) == State.SUBMITTED


HOURS = {
    "visited_on-year": "2026",
    "visited_on-month": "11",
    "visited_on-day": "23",
    "began": "9：30",
    "ended": "10:15",
}
VISIT = {**HOURS, "officers": "周审、何敏", "present": "林秋", "found": "场所与申报一致。", "agrees": "yes"}
PAUSE = {"ground": "expert-review", "starts-year": "2027", "starts-month": "1", "starts-day": "4",
         "ends-year": "2027", "ends-month": "1", "ends-day": "8"}  # fmt: skip


@pytest.mark.parametrize(
    ("act", "typed", "shown", "papers"),
    [
        ("visit", VISIT, "9时30分至10时15分", ["site-visit"]),
        ("pause", PAUSE, "2027年1月8日", ["special-procedure"]),
    ],
)
async def test_a_paper_that_cannot_be_taken_back_is_read_before_it_goes_out(
    database: str, act: str, typed: dict[str, str], shown: str, papers: list[str]
) -> None:
    examiner = await an_officer("examiner")
    case_id = await an_examined(examiner)
    sent = "SELECT kind FROM document WHERE kind IN ('site-visit', 'special-procedure')"
    async with browser(examiner.account_id) as visitor:
        preview = await visitor.post(f"/review/{case_id}/acts/{act}", typed)
        assert shown in preview.text
        assert await db.rows(sent) == []
        done = await visitor.post(f"/review/{case_id}/acts/{act}", {**typed, "then": "confirm"})
        assert done.status_code == 303
    assert [row["kind"] for row in await db.rows(sent)] == papers


async def test_the_notice_of_a_pause_names_the_day_that_the_pause_leads_to(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await an_examined(examiner)
    async with browser(examiner.account_id) as visitor:
        preview = (await visitor.post(f"/review/{case_id}/acts/pause", PAUSE)).text
        await visitor.post(f"/review/{case_id}/acts/pause", {**PAUSE, "then": "confirm"})
    [running] = [one for one in await clocks.of_case(case_id) if one.ended_on is None]
    assert f"{running.due_on.year}年{running.due_on.month}月{running.due_on.day}日" in preview


async def test_an_extension_is_read_before_it_goes_out(database: str) -> None:
    examiner, approver = await an_officer("examiner"), await an_officer("approver", name="吴批")
    case_id = await an_examined(examiner)
    async with browser(approver.account_id) as visitor:
        preview = await visitor.post(f"/review/{case_id}/acts/extend", {"reason": "等消防部门答复。"})
        assert "延期" in preview.text
        assert "等消防部门答复。" in preview.text
        assert await db.rows("SELECT 1 FROM document WHERE kind = 'extension'") == []


@pytest.mark.parametrize(
    ("began", "ended", "field"), [("25:00", "10:00", "began"), ("9:30", "十点", "ended"), ("9:30", "9:00", "ended")]
)
async def test_a_visit_needs_a_true_beginning_and_end(database: str, began: str, ended: str, field: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await an_examined(examiner)
    async with browser(examiner.account_id) as visitor:
        answer = await visitor.post(f"/review/{case_id}/acts/visit", {**VISIT, "began": began, "ended": ended})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


async def test_a_measured_area_stands_with_the_officers_finding_not_as_something_unchecked(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await an_examined(examiner)
    async with browser(examiner.account_id) as visitor:
        preview = (await visitor.post(f"/review/{case_id}/acts/visit", {**VISIT, "floor_area_m2": "360"})).text
    assert "实测建筑面积 360 平方米" in preview
    assert "未查" not in preview


async def test_an_act_out_of_turn_is_told_before_anything_is_written(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await a_submitted()
    async with browser(examiner.account_id) as visitor:
        assert "还没有人经办" in (await visitor.get(f"/review/{case_id}/acts/accept")).text
        await taken(case_id, examiner)
        assert "不能办这一步" in (await visitor.get(f"/review/{case_id}/acts/visit")).text
        assert "不能办这一步" not in (await visitor.get(f"/review/{case_id}/acts/accept")).text


async def test_a_first_notice_asks_for_no_reason_of_a_later_one_and_links_what_is_left(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await a_submitted()
    await taken(case_id, examiner)
    async with browser(examiner.account_id) as visitor:
        shown = (await visitor.get(f"/review/{case_id}/acts/return")).text
    assert 'name="later_reason"' not in shown
    assert f'href="/review/{case_id}#slot-charter"' in shown


async def test_a_stale_form_names_the_colleague_to_the_bureau_and_the_office_to_the_applicant(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await a_submitted()
    await taken(case_id, examiner)
    async with browser(examiner.account_id) as visitor:
        stale = {"reason": "只面向成年人。", "version": "1", "then": "confirm"}
        answer = await visitor.post(f"/review/{case_id}/acts/not-required", stale)
    assert answer.status_code == 409
    assert f"审查人员 {examiner.name}在" in answer.text
    assert "只面向成年人。" in answer.text
    assert examiner.reference not in answer.text
    assert ">version<" not in answer.text
    assert examiner.name not in str(await cases.lost(case_id, CLERK))


async def test_a_promise_that_has_passed_is_not_prolonged_into_the_past(database: str) -> None:
    examiner, approver = await an_officer("examiner"), await an_officer("approver", name="吴批")
    case_id = await an_accepted(examiner=examiner, now=clock.now() - timedelta(days=80))
    await examination.examine(orders.Examine(**await once(case_id)), actor=examiner, now=NOON)
    async with browser(approver.account_id) as visitor:
        path = f"/review/{case_id}/acts/extend"
        assert "已经过了，不能再延长" in (await visitor.get(path)).text
        answer = await visitor.post(path, {"reason": "等消防部门答复。", "then": "confirm"})
    assert answer.status_code == 409
    assert "已经过了，不能再延长" in answer.text


async def test_a_pause_that_begins_after_the_limit_has_ended_is_refused(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await an_examined(examiner)
    late = {**PAUSE, "starts-year": "2028", "ends-year": "2028", "then": "confirm"}
    async with browser(examiner.account_id) as visitor:
        answer = await visitor.post(f"/review/{case_id}/acts/pause", late)
    assert answer.status_code == 422
    assert 'href="#starts-year"' in answer.text


def test_every_act_says_what_was_done() -> None:
    assert {f"done-{name}" for name in ACTS} == {code for code in NOTICES if code.startswith("done-")}
