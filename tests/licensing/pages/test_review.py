"""The bureau at its pages: queue, case, verdicts, correction, acceptance, recommendation, decision."""

from portal.base.actor import Actor
from portal.districts import service as districts
from portal.licensing.service import desk
from portal.licensing.states import State
from portal.policy.materials import materials
from schemas.licensing import orders
from tests.factories.browsing import an_account, browser
from tests.factories.licensing import NOON, a_recommended, a_submitted, state, version


async def an_officer(role: str, *, district: str = "500103", name: str = "周审") -> Actor:
    await districts.ensure_seed()
    account_id = await an_account(role, district=district, name=name)
    return Actor(role, account_id, name, district=district)  # type: ignore[arg-type]


async def test_an_examiner_takes_a_case_judges_every_material_and_returns_it_once(database: str) -> None:
    examiner = await an_officer("examiner")
    case_id = await a_submitted()
    async with browser(examiner.account_id) as visitor:
        assert "重庆春芽" in (await visitor.get("/review", tab="all")).text
        taken = await visitor.post(f"/review/{case_id}/holder", page=f"/review/{case_id}")
        assert taken.status_code == 303
        early = await visitor.post(f"/review/{case_id}/acts/return")
        assert early.status_code == 409
        for kind in materials("new"):
            verdict = (
                {"verdict": "defective", "remark": "缺签字页"} if kind.slot == "charter" else {"verdict": "in-order"}
            )
            path = f"/review/{case_id}/materials/{kind.slot}"
            judged = await visitor.post(path, verdict, page=f"/review/{case_id}")
            assert judged.status_code == 303, judged.text
        preview = await visitor.post(f"/review/{case_id}/acts/return", {})
        assert "补正" in preview.text
        assert "缺签字页" in preview.text
        sent = await visitor.post(f"/review/{case_id}/acts/return", {"then": "confirm"})
        assert sent.status_code == 303
    assert await state(case_id) == State.CORRECTION


async def test_whoever_examined_a_case_cannot_decide_it_and_another_can(database: str) -> None:
    examiner, approver = await an_officer("examiner"), await an_officer("approver", name="吴批")
    case_id = await a_recommended(examiner=examiner)
    async with browser(examiner.account_id) as visitor:
        assert (await visitor.get(f"/review/{case_id}/acts/decide")).status_code == 200
        refused = await visitor.post(
            f"/review/{case_id}/acts/decide", {"outcome": "grant", "reasons": "meets-conditions", "then": "confirm"}
        )
        assert refused.status_code == 409
    async with browser(approver.account_id) as visitor:
        assert "审查意见" in (await visitor.get(f"/review/{case_id}")).text
        form = {"outcome": "grant", "reasons": "meets-conditions"}
        preview = await visitor.post(f"/review/{case_id}/acts/decide", form)
        assert "准予" in preview.text
        assert (await state(case_id)) == State.FOR_GRANT
        sent = await visitor.post(f"/review/{case_id}/acts/decide", {**form, "then": "confirm"})
        assert sent.status_code == 303, sent.text
    assert await state(case_id) == State.GRANTED


async def test_a_stale_form_says_who_was_faster_and_keeps_the_text(database: str) -> None:
    first, second = await an_officer("examiner"), await an_officer("examiner", name="郑审")
    case_id = await a_submitted()
    await desk.take_over(orders.TakeOver(case_id=case_id, version=await version(case_id)), actor=first, now=NOON)
    async with browser(first.account_id) as visitor:
        opened = await visitor.get(f"/review/{case_id}/acts/not-required")
        order = orders.TakeOver(case_id=case_id, version=await version(case_id), reason="原经办人休假")
        await desk.take_over(order, actor=second, now=NOON)
        await desk.take_over(
            orders.TakeOver(case_id=case_id, version=await version(case_id), reason="已经回来"), actor=first, now=NOON
        )
        from tests.factories.browsing import KEY, TOKEN, VERSION

        form = {"csrf_token": TOKEN.findall(opened.text)[-1], "idempotency_key": KEY.findall(opened.text)[-1],
                "version": VERSION.findall(opened.text)[-1], "reason": "本次活动不属培训", "then": "confirm"}  # fmt: skip
        answer = await visitor.client.post(f"/review/{case_id}/acts/not-required", data=form)
    assert answer.status_code == 409
    assert "本次活动不属培训" in answer.text
    assert await state(case_id) == State.SUBMITTED


async def test_another_districts_case_is_missing_and_so_is_a_draft(database: str) -> None:
    stranger = await an_officer("examiner", district="500112")
    case_id = await a_submitted()
    async with browser(stranger.account_id) as visitor:
        assert (await visitor.get(f"/review/{case_id}")).status_code == 404
        assert (await visitor.get("/review/424242")).status_code == 404
