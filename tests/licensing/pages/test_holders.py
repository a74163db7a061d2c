"""Who holds the cases: everything of somebody who leaves goes to a colleague; reviewers read what they were told."""

import pytest

from portal.base import audit, clock, db
from portal.licensing.service import questions, ticking
from portal.licensing.states import State
from portal.licensing.store import clocks, record
from tests.factories.browsing import browser
from tests.factories.licensing import NOON, a_decided, a_submitted, an_accepted, found, teller
from tests.licensing.pages.test_review import an_officer


async def test_all_open_cases_of_somebody_who_leaves_go_to_a_colleague_with_the_reason(database: str) -> None:
    leaves, stays = await an_officer("examiner"), await an_officer("examiner", name="何敏")
    admin = await an_officer("district-admin", name="郑管")
    one, two = await an_accepted(examiner=leaves), await an_accepted(examiner=leaves)
    other, ended = await an_accepted(examiner=stays), await a_decided(examiner=leaves)
    async with browser(admin.account_id) as visitor:
        shown = (await visitor.get("/review", tab="all", holder=str(leaves.account_id))).text
        assert "周审（2 件）" in shown
        form = {"holder_id": leaves.account_id, "examiner_id": stays.account_id, "reason": "周审休假"}
        asked = await visitor.post("/review", form, page=f"/review?tab=all&holder={leaves.account_id}")
        assert asked.status_code == 200
        assert all(
            words in asked.text for words in ("确认：2 件案件改由别人经办", "何敏", (await found(two)).number or "")
        )
        assert (await found(other)).number not in asked.text
        assert (await found(one)).examiner_id == leaves.account_id, "nothing moves before it is confirmed"
        done = await visitor.post("/review", form | confirmed(2), page=f"/review?tab=all&holder={leaves.account_id}")
        assert done.status_code == 303, done.text
        assert "周审休假" in (await visitor.get(f"/review/{one}")).text
    assert {(await found(case)).examiner_id for case in (one, two, other)} == {stays.account_id}
    assert (await found(ended)).examiner_id == leaves.account_id
    assert (await audit.verify()).broken is None


def confirmed(seen: int) -> dict[str, object]:
    """What the page that asks once more adds to the form."""
    return {"then": "confirm", "seen_cases": seen}


async def test_a_confirmation_of_other_cases_than_were_shown_moves_nothing_and_says_so(database: str) -> None:
    leaves, stays = await an_officer("examiner"), await an_officer("examiner", name="何敏")
    admin = await an_officer("district-admin", name="郑管")
    case_id = await an_accepted(examiner=leaves)
    form = {"holder_id": leaves.account_id, "examiner_id": stays.account_id, "reason": "周审休假"}
    queue = f"/review?tab=all&holder={leaves.account_id}"
    async with browser(admin.account_id) as visitor:
        answer = await visitor.post("/review", form | confirmed(3), page=queue)
        unseen = await visitor.post("/review", form | {"then": "confirm"}, page=queue)
        back = await visitor.post("/review", form | {"then": "edit"}, page=queue)
    assert (answer.status_code, unseen.status_code) == (409, 409)
    assert "现在是 1 件" in answer.text
    assert "周审休假" in back.text, "what was written is still there"
    assert (await found(case_id)).examiner_id == leaves.account_id


@pytest.mark.parametrize("typed", [{"reason": ""}, {"examiner_id": ""}, {"examiner_id": "1"}])
async def test_reassigning_needs_a_colleague_of_the_district_and_a_reason(
    database: str, typed: dict[str, str]
) -> None:  # fmt: skip
    leaves, stays = await an_officer("examiner"), await an_officer("examiner", name="何敏")
    await an_officer("examiner", district="500112", name="外区")
    admin = await an_officer("district-admin", name="郑管")
    case_id = await an_accepted(examiner=leaves)
    form = {"holder_id": leaves.account_id, "examiner_id": stays.account_id, "reason": "周审休假", **typed}
    async with browser(admin.account_id) as visitor:
        answer = await visitor.post("/review", form, page=f"/review?tab=all&holder={leaves.account_id}")
    assert answer.status_code == 422
    assert "填写改由谁经办" not in answer.text
    assert (await found(case_id)).examiner_id == leaves.account_id


@pytest.mark.parametrize("holder", ["", "abc", "１２", "9" * 18, "9" * 19, "9" * 40, "-1"])
async def test_a_holder_that_nobody_can_be_is_refused_in_words_and_nothing_moves(database: str, holder: str) -> None:
    leaves, stays = await an_officer("examiner"), await an_officer("examiner", name="何敏")
    admin = await an_officer("district-admin", name="郑管")
    case_id = await an_accepted(examiner=leaves)
    form = {"holder_id": holder, "examiner_id": stays.account_id, "reason": "周审休假", "idempotency_key": "b" * 32}
    async with browser(admin.account_id) as visitor:
        answer = await visitor.post("/review", form, page="/review?tab=all")
    assert answer.status_code in {409, 422}
    assert (await found(case_id)).examiner_id == leaves.account_id


async def test_an_administrator_of_another_district_moves_nothing(database: str) -> None:
    leaves = await an_officer("examiner")
    stranger = await an_officer("examiner", district="500112", name="外区")
    admin = await an_officer("district-admin", district="500112", name="郑管")
    case_id = await an_accepted(examiner=leaves)
    async with browser(admin.account_id) as visitor:
        form = {
            "holder_id": leaves.account_id,
            "examiner_id": stranger.account_id,
            "reason": "周审休假",
            "idempotency_key": "a" * 32,
        }
        answer = await visitor.post("/review", form, page="/review?tab=all")
    assert answer.status_code == 409
    assert "没有未办结的案件" in answer.text
    assert (await found(case_id)).examiner_id == leaves.account_id


async def test_a_reviewer_reads_in_queue_and_case_that_the_calendar_moved_a_limit(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await an_accepted(examiner=examiner)
    [running] = [one for one in await clocks.of_case(case_id) if one.ended_on is None]
    await db.execute("UPDATE application_clock SET due_on = due_on - 1 WHERE id = $1", running.id)
    assert await ticking.recount_all(clock.now()) == 1
    assert len(await record.notices([case_id], "bureau")) == 1
    async with browser(examiner.account_id) as visitor:
        for page in ("/review", f"/review/{case_id}"):
            assert "工作日历有变动，办理期限由" in (await visitor.get(page)).text


async def test_what_was_told_long_ago_is_no_longer_said_in_the_queue(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await an_accepted(examiner=examiner)
    await record.notify("old", case_id, "bureau", "reminder", "已过半", NOON.replace(year=2020))
    assert await questions.reminders(examiner, NOON) == []


async def test_only_open_cases_count_as_held(database: str) -> None:
    examiner = await an_officer("examiner")
    await a_submitted()
    await a_decided(examiner=examiner)
    held = await an_accepted(examiner=examiner)
    assert await questions.holders("500103") == {examiner.account_id: 1}
    assert (await found(held)).state == State.ACCEPTED


async def test_the_queue_lists_what_waits_for_the_applicant_before_what_has_ended(database: str) -> None:
    ended, open_, waits = await a_decided(outcome="refuse"), await an_accepted(), await a_submitted()
    await teller(waits).send_back_for_correction(NOON)
    async with browser((await an_officer("district-admin")).account_id) as visitor:
        shown = (await visitor.get("/review", tab="all")).text
    places = [shown.index(f'href="/review/{case_id}"') for case_id in (open_, waits, ended)]
    assert places == sorted(places)
