"""A paper that stopped, at the pages of both sides: the bureau reads why and has it made again, the applicant waits."""

from datetime import timedelta

import pytest

from portal.base import clock, db
from portal.districts import service as districts
from portal.documents import service as documents
from portal.documents import store
from portal.licensing.store import clocks
from tests.factories.browsing import an_account, browser
from tests.factories.licensing import CLERK, NOON, a_decided, a_submitted, teller

REASON = "字体里没有“某字”，文书印不出来。"


async def a_case_with_a_stopped_receipt() -> tuple[int, int]:
    await districts.ensure_seed()
    case_id = await a_submitted()
    [paper] = await documents.papers(f"application:{case_id}")
    await store.stop(paper.id, REASON)
    return case_id, paper.id


async def state(case_id: int) -> str:
    [paper] = await documents.papers(f"application:{case_id}")
    return paper.state


@pytest.mark.parametrize("role", ["examiner", "approver", "district-admin", "city-admin"])
async def test_the_bureau_reads_the_reason_and_has_the_paper_made_again(database: str, role: str) -> None:
    case_id, document_id = await a_case_with_a_stopped_receipt()
    officer = await an_account(role, district=None if role == "city-admin" else "500103")
    async with browser(officer) as visitor:
        shown = (await visitor.get(f"/review/{case_id}")).text
        assert REASON in shown
        assert "收件回执没有做成" in shown
        sent = await visitor.post(f"/review/papers/{document_id}/retry", page=f"/review/{case_id}")
        assert (sent.status_code, sent.headers["location"]) == (303, f"/review/{case_id}")
        again = (await visitor.get(f"/review/{case_id}")).text
        assert "已安排重新制作" in again
        assert "再试一次" not in again
        assert "正在制作" in again
        late = await visitor.post(f"/review/papers/{document_id}/retry", page=f"/review/{case_id}")
        assert late.status_code == 409
        assert "返回案件" in late.text
    assert await state(case_id) == "promised"


async def test_an_auditor_and_another_district_cannot_have_it_made_again(database: str) -> None:
    case_id, document_id = await a_case_with_a_stopped_receipt()
    for role, district in (("auditor", None), ("examiner", "500112"), ("inspector", "500103")):
        async with browser(await an_account(role, district=district)) as visitor:
            opened = await visitor.get(f"/review/{case_id}")
            assert "/review/papers/" not in opened.text
            sent = await visitor.post(f"/review/papers/{document_id}/retry", page="/account")
            assert sent.status_code == 404
    assert await state(case_id) == "stopped"


async def test_the_applicant_reads_that_the_bureau_sees_to_it(database: str) -> None:
    case_id, _ = await a_case_with_a_stopped_receipt()
    async with browser(await an_account("clerk", institution_id=CLERK.institution_id)) as visitor:
        for path in (f"/apply/{case_id}/follow", f"/apply/{case_id}/receipt"):
            shown = (await visitor.get(path)).text
            assert "暂时没有做成，审批机关会处理" in shown
            assert REASON not in shown
            assert "再试一次" not in shown
    row = await db.row("SELECT count(*) AS n FROM audit_entry WHERE action = 'document.retry'")
    assert row is not None
    assert row["n"] == 0


async def a_grant_of_long_ago() -> tuple[int, int]:
    await districts.ensure_seed()
    case_id = await a_decided(now=clock.now() - timedelta(days=60))
    papers = await documents.papers(f"application:{case_id}")
    return case_id, next(paper.id for paper in papers if paper.kind == "certificate")


async def test_a_certificate_that_was_not_delivered_in_time_makes_its_case_overdue(database: str) -> None:
    case_id, certificate = await a_grant_of_long_ago()
    async with browser(await an_account("approver", district="500103")) as visitor:
        for cause in ("nobody made it", "it can't be made"):
            if cause == "it can't be made":
                await store.stop(certificate, REASON)
            assert f"/review/{case_id}" in (await visitor.get("/review", tab="overdue")).text
            assert "决定已经生效，证书仍要送达" in (await visitor.get(f"/review/{case_id}")).text


async def test_the_receipt_tells_of_the_answer_to_come_only_until_it_has_come(database: str) -> None:
    await districts.ensure_seed()
    case_id = await a_submitted()
    async with browser(await an_account("clerk", institution_id=CLERK.institution_id)) as visitor:
        assert "决定是否受理" in (await visitor.get(f"/apply/{case_id}/receipt")).text
        await teller(case_id).accept(NOON)
        assert "决定是否受理" not in (await visitor.get(f"/apply/{case_id}/receipt")).text


async def test_a_limit_that_has_ended_says_when_and_presses_nobody(database: str) -> None:
    case_id, _ = await a_grant_of_long_ago()
    first = (await clocks.of_case(case_id))[0]
    async with browser(await an_account("approver", district="500103")) as visitor:
        shown = (await visitor.get(f"/deadlines/{first.code}")).text
    assert "这一步已在" in shown
    assert "已超期" not in shown
