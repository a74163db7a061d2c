"""A clerk who answers a correction notice, checks and comes back, and what the case's pages say afterwards."""

from datetime import timedelta

from tests.factories.browsing import browser
from tests.factories.licensing import NOON, a_draft, a_submitted, teller
from tests.licensing.pages.test_apply import a_clerk


async def test_what_the_notice_does_not_name_is_not_offered_for_writing(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_submitted(clerk=clerk)
    await teller(case_id, clerk=clerk).send_back_for_correction(NOON)
    async with browser(account_id) as visitor:
        assert (await visitor.get(f"/apply/{case_id}/sections/capital")).status_code == 200
        for path in ("sections/board", "materials/fire-safety"):
            closed = await visitor.get(f"/apply/{case_id}/{path}")
            assert closed.status_code == 409
            assert "补正通知没有要求改这一项" in closed.text
            assert f'href="/apply/{case_id}">查看现在的情况</a>' in closed.text


async def test_a_part_saved_as_it_was_says_so_before_it_is_handed_in_again(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_submitted(clerk=clerk)
    await teller(case_id, clerk=clerk).send_back_for_correction(NOON)
    told = "保存过，但内容和上次提交的一样"
    async with browser(account_id) as visitor:
        path = f"/apply/{case_id}/sections/capital"
        await visitor.post(path, {"amount_yuan": "600000", "proof": "银行存款证明"})
        assert told in (await visitor.get(f"/apply/{case_id}")).text
        await visitor.post(path, {"amount_yuan": "600000", "proof": "银行存款证明，渝中支行"})
        assert told not in (await visitor.get(f"/apply/{case_id}")).text


async def test_a_signed_in_clerk_is_not_asked_to_register(database: str) -> None:
    account_id, _ = await a_clerk()
    async with browser(account_id) as visitor:
        onward = await visitor.get("/account/register")
    assert (onward.status_code, onward.headers["location"]) == (303, "/apply")


async def test_a_second_handing_in_is_told_as_such_and_the_old_notice_is_over(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_submitted(clerk=clerk)
    people = teller(case_id, clerk=clerk)
    await people.send_back_for_correction(NOON)
    async with browser(account_id) as visitor:
        assert "需要补正，请查看补正告知书" in (await visitor.get("/apply")).text
        await people.correct(NOON + timedelta(hours=1))
        assert "补正后重新提交" in (await visitor.get(f"/apply/{case_id}/follow")).text
        assert "需要补正，请查看补正告知书" not in (await visitor.get("/apply")).text


async def test_a_change_from_the_check_leads_back_to_the_check(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_draft(clerk=clerk)
    path = f"/apply/{case_id}/sections/capital?from=check"
    async with browser(account_id) as visitor:
        assert f'href="{path}"' in (await visitor.get(f"/apply/{case_id}/check")).text
        saved = await visitor.post(path, {"amount_yuan": "700000", "proof": "存款证明"})
        assert saved.headers["location"] == f"/apply/{case_id}/check"
        slot = (await visitor.get(f"/apply/{case_id}/materials/charter?from=check")).text
        assert f'action="/apply/{case_id}/materials/charter?from=check"' in slot
        assert "返回核对" in slot
