"""Days in letters and lists are days in Chongqing, also for what happens between midnight and eight in the morning."""

from datetime import date, timedelta

from portal.licensing import papers
from tests.factories.browsing import browser
from tests.factories.licensing import NOON, a_submitted, found
from tests.licensing.pages.test_review import an_officer

AFTER_MIDNIGHT = (NOON + timedelta(days=1)).replace(hour=0, minute=5)


async def test_what_is_handed_in_after_midnight_came_in_on_that_day(database: str) -> None:
    case_id = await a_submitted(now=AFTER_MIDNIGHT)
    assert papers.received_on(await found(case_id)) == date(2026, 11, 24)


async def test_the_queue_and_the_papers_show_that_day(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await a_submitted(now=AFTER_MIDNIGHT)
    async with browser(examiner.account_id) as visitor:
        for page in (await visitor.get("/review", tab="all"), await visitor.get(f"/review/{case_id}")):
            assert ">2026-11-24</time>" in page.text
            assert ">2026-11-23</time>" not in page.text
