"""An institution's clerk at the pages: begin, fill in, upload, check, hand in, follow, take back."""

import io

import pikepdf

from portal.base import db
from portal.base.actor import Actor
from portal.base.form_names import flat
from portal.districts import service as districts
from portal.licensing import samples
from portal.licensing.states import State
from portal.policy.materials import materials
from schemas.licensing.sections import SECTIONS
from tests.factories.browsing import Browser, an_account, browser
from tests.factories.licensing import a_draft, a_submitted, state


def a_pdf(pages: int = 1) -> bytes:
    """A PDF of empty pages."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(out)
    return out.getvalue()


async def a_clerk(institution_id: int = 1) -> tuple[int, Actor]:
    await districts.ensure_seed()
    account_id = await an_account("clerk", institution_id=institution_id)
    return account_id, Actor("clerk", account_id, "甲", institution_id=institution_id)


async def fill_in(visitor: Browser, case_id: int) -> None:
    whole = samples.answers("渝中区", "重庆春芽艺术培训有限公司", 7)
    for section, content in whole.items():
        typed = dict(flat(SECTIONS[section].model_validate(content).model_dump()))
        answer = await visitor.post(f"/apply/{case_id}/sections/{section}", {k: v[0] for k, v in typed.items()})
        assert answer.status_code == 303, answer.text
    for kind in materials("new"):
        if not kind.optional:
            files = {"file": ("材料.pdf", a_pdf(2), "application/pdf")}
            answer = await visitor.post(f"/apply/{case_id}/materials/{kind.slot}", files=files)
            assert answer.status_code == 303, answer.text


async def test_a_clerk_fills_in_and_hands_in_an_application_by_its_pages(database: str) -> None:
    account_id, _ = await a_clerk()
    async with browser(account_id) as visitor:
        assert "还没有申请" in (await visitor.get("/apply")).text
        begun = await visitor.post("/apply/start/district", {"district": "500103"})
        case_id = int(begun.headers["location"].rsplit("/", 1)[-1])
        assert "场所与教室" in (await visitor.get(f"/apply/{case_id}")).text
        await fill_in(visitor, case_id)
        assert "提交申请" in (await visitor.get(f"/apply/{case_id}/check")).text
        sent = await visitor.post(f"/apply/{case_id}/check", {"declares": "yes"})
        assert sent.headers["location"] == f"/apply/{case_id}/receipt"
        assert "申请已提交" in (await visitor.get(f"/apply/{case_id}/receipt")).text
        followed = await visitor.get(f"/apply/{case_id}/follow")
        assert "还有 5 个工作日" in followed.text or "个工作日" in followed.text
        assert await state(case_id) == State.SUBMITTED
        deadline = followed.text.split('href="/deadlines/')[1].split('"')[0]
        assert "怎么算" in (await visitor.get(f"/deadlines/{deadline}")).text


async def test_a_submit_button_pressed_twice_hands_in_once(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_draft(clerk=clerk)
    async with browser(account_id) as visitor:
        page = (await visitor.get(f"/apply/{case_id}/check")).text
        from tests.factories.browsing import KEY, TOKEN, VERSION

        form = {"declares": "yes", "csrf_token": TOKEN.findall(page)[-1], "idempotency_key": KEY.findall(page)[-1],
                "version": VERSION.findall(page)[-1]}  # fmt: skip
        answers = [await visitor.client.post(f"/apply/{case_id}/check", data=form) for _ in range(2)]
        assert [answer.headers.get("location") for answer in answers] == [f"/apply/{case_id}/receipt"] * 2
        assert len(await db.rows("SELECT 1 FROM document")) == 1


async def test_a_section_with_a_gap_says_what_to_do_and_keeps_what_was_typed(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_draft(clerk=clerk)
    async with browser(account_id) as visitor:
        answer = await visitor.post(f"/apply/{case_id}/sections/principal", {"name": "江予", "id_number": "123"})
        assert answer.status_code == 422
        assert "错误：" in answer.text
        assert 'value="江予"' in answer.text
        assert 'value="123"' in answer.text
        kept = await visitor.post(f"/apply/{case_id}/sections/principal", {"name": "江予", "then": "later"})
        assert kept.status_code == 303


async def test_an_upload_is_told_by_its_content_not_its_name(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_draft(clerk=clerk)
    async with browser(account_id) as visitor:
        files = {"file": ("章程.pdf", b"MZ not a pdf at all", "application/pdf")}
        answer = await visitor.post(f"/apply/{case_id}/materials/charter", files=files)
        assert answer.status_code == 422
        assert "只收 PDF、JPEG、PNG" in answer.text


async def test_another_institutions_case_looks_like_none(database: str) -> None:
    _, clerk = await a_clerk()
    case_id = await a_submitted(clerk=clerk)
    other, _ = await a_clerk(institution_id=2)
    async with browser(other) as visitor:
        theirs, nobodys = await visitor.get(f"/apply/{case_id}/follow"), await visitor.get("/apply/999999/follow")
        assert (theirs.status_code, nobodys.status_code) == (404, 404)


async def test_a_clerk_takes_an_application_back(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_submitted(clerk=clerk)
    async with browser(account_id) as visitor:
        assert (await visitor.post(f"/apply/{case_id}/withdraw", {"reason": ""})).status_code == 303
        assert await state(case_id) == State.WITHDRAWN
        assert "已撤回" in (await visitor.get(f"/apply/{case_id}/follow")).text
