"""A clerk in the middle of the form: what the pages say before, at and after a slip."""

import re

from portal.base.actor import Actor
from portal.licensing.states import State
from tests.factories.browsing import Browser, browser
from tests.factories.licensing import NOON, a_decided, a_draft, a_submitted, found, state, teller
from tests.licensing.pages.test_apply import a_clerk, a_pdf

SEEN = re.compile(r'name="seen" value="([^"]+)"')


async def a_new_draft(visitor: Browser) -> int:
    begun = await visitor.post("/apply/start/district", {"district": "500103"})
    return int(begun.headers["location"].rsplit("/", 1)[-1])


async def test_what_is_wrong_and_what_is_missing_are_told_at_once_in_the_order_of_the_page(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_draft(clerk=clerk)
    async with browser(account_id) as visitor:
        typed = {"members-0-name": "林秋", "members-1-position": "董事", "members-1-teaching_years": "三年"}
        answer = await visitor.post(f"/apply/{case_id}/sections/board", typed)
    told = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', answer.text)
    assert told == [
        ("members-0-position", "第 1 名成员：填写职务，例如 董事长"),
        ("members-0-teaching_years", "第 1 名成员：填写教育教学年数，没有填 0"),
        ("members-1-name", "第 2 名成员：填写成员姓名"),
        ("members-1-teaching_years", "第 2 名成员：只写数字，不写单位。填写教育教学年数，没有填 0"),
        ("is_chair_resident_citizen", "选择负责人是否为在中国境内定居的中国公民"),
        ("charter_is_complete", "选择章程是否已写明法定九项内容"),
    ]


async def test_a_name_that_is_too_long_is_counted_in_letters(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_draft(clerk=clerk)
    async with browser(account_id) as visitor:
        answer = await visitor.post(f"/apply/{case_id}/sections/institution", {"name": "春" * 61})
    assert "机构名称最多写 60 个字" in answer.text


async def test_the_limits_in_force_stand_beside_the_questions(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_draft(clerk=clerk)
    async with browser(account_id) as visitor:
        premises = (await visitor.get(f"/apply/{case_id}/sections/premises")).text
        capital = (await visitor.get(f"/apply/{case_id}/sections/capital")).text
        board = (await visitor.get(f"/apply/{case_id}/sections/board")).text
    assert "不少于 300 平方米。" in premises
    assert "教室面积合计不少于建筑面积的 2/3。" in premises
    assert "不少于 500,000 元。" in capital
    assert "不少于 5 人，其中不少于 1/3 有 5 年以上教育教学经验。" in board


async def test_a_section_that_breaks_a_rule_shows_in_the_task_list_and_keeps_nobody_from_handing_in(
    database: str,
) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_draft(clerk=clerk, capital={"amount_yuan": "400000"})
    async with browser(account_id) as visitor:
        assert "1 处不符合规定" in (await visitor.get(f"/apply/{case_id}")).text
        check = (await visitor.get(f"/apply/{case_id}/check")).text
        assert f'href="/apply/{case_id}/sections/capital?from=check">去修改</a>' in check
        assert "提交申请" in check


async def test_two_windows_never_overwrite_each_other_unseen(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_draft(clerk=clerk)
    path = f"/apply/{case_id}/sections/capital"
    async with browser(account_id) as visitor:
        seen = SEEN.findall((await visitor.get(path)).text)[0]
        first = {"amount_yuan": "700000", "proof": "存款证明", "seen": seen}
        assert (await visitor.post(path, first)).status_code == 303
        assert (await visitor.post(path, first)).status_code == 303  # the same button twice is no second window
        late = await visitor.post(path, {"amount_yuan": "900000", "proof": "验资报告", "seen": seen})
        assert late.status_code == 409
        assert "验资报告" in late.text
        assert 'value="700000"' in (await visitor.get(path)).text


async def test_what_was_said_at_registration_is_not_asked_again(database: str) -> None:
    account_id, _ = await a_clerk()
    async with browser(account_id) as visitor:
        case_id = await a_new_draft(visitor)
        page = (await visitor.get(f"/apply/{case_id}/sections/institution")).text
    assert 'value="重庆春芽"' in page
    assert 'value="甲"' in page


async def test_every_broken_file_is_named(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_draft(clerk=clerk)
    files = [
        ("file", ("好.pdf", a_pdf(), "application/pdf")),
        ("file", ("坏.pdf", b"%PDF-1.7 1 0 obj", "application/pdf")),
        ("file", ("说明.docx", b"PK\x03\x04 not a picture", "application/octet-stream")),
    ]
    async with browser(account_id) as visitor:
        answer = await visitor.post(f"/apply/{case_id}/materials/charter", files=files)
        assert answer.status_code == 422
        assert "坏.pdf：这个 PDF 打不开" in answer.text
        assert "说明.docx：只收 PDF、JPEG、PNG" in answer.text
        assert "其他文件也没有保存" in answer.text


async def test_a_link_to_a_step_that_is_over_leads_to_where_the_case_is_now(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_submitted(clerk=clerk)
    async with browser(account_id) as visitor:
        answer = await visitor.get(f"/apply/{case_id}/sections/capital")
        assert answer.status_code == 409
        assert f'href="/apply/{case_id}">查看现在的情况</a>' in answer.text


async def test_the_applicant_reads_what_was_handed_in_with_masked_numbers(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_submitted(clerk=clerk)
    async with browser(account_id) as visitor:
        page = (await visitor.get(f"/apply/{case_id}/answers")).text
    assert "600,000 元" in page
    assert "********" in page
    assert "下载 章程.pdf" in page


async def test_what_the_bureau_proposes_stays_inside_until_it_is_decided(database: str) -> None:
    account_id, clerk = await a_clerk()
    for outcome, target in (("refuse", State.FOR_REFUSAL), ("grant", State.FOR_GRANT)):
        case_id = await recommended(clerk, outcome)
        assert await state(case_id) == target
        async with browser(account_id) as visitor:
            pages = [(await visitor.get(path)).text for path in ("/apply", f"/apply/{case_id}/follow")]
        for page in pages:
            assert "审查完毕，待决定" in page
            assert "拟不予" not in page
            assert "拟准予" not in page


async def recommended(clerk: Actor, outcome: str) -> int:
    case_id = await a_submitted(clerk=clerk)
    people = teller(case_id, clerk=clerk)
    await people.accept(NOON)
    await people.examine(NOON)
    await people.recommend(NOON, outcome)
    return case_id


async def test_a_refused_applicant_is_told_where_to_appeal_and_how_to_begin_again(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_decided(outcome="refuse", clerk=clerk)
    async with browser(account_id) as visitor:
        page = (await visitor.get(f"/apply/{case_id}/follow")).text
    assert "收到决定书之日起 60 日内" in page
    assert "6 个月内" in page
    assert 'href="/apply/start">重新申请</a>' in page


async def test_back_from_a_question_leads_to_the_one_before(database: str) -> None:
    account_id, _ = await a_clerk()
    async with browser(account_id) as visitor:
        assert 'href="/apply/start/school"' in (await visitor.get("/apply/start/academic")).text
        assert 'href="/apply/start/premises"' in (await visitor.get("/apply/start/district")).text
        nowhere = await visitor.post("/apply/start/district", {"district": ""})
        assert "选择场所所在的区县" in nowhere.text


async def test_a_session_that_ended_gives_back_what_was_written_and_the_way_it_came(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_draft(clerk=clerk)
    path = f"/apply/{case_id}/sections/capital?from=check"
    async with browser(account_id) as visitor:
        seen = SEEN.findall((await visitor.get(path)).text)[0]
        visitor.client.cookies.clear()
        lost = await visitor.client.post(path, data={"amount_yuan": "700000", "seen": seen, "then": "continue"})
    assert lost.status_code == 401
    assert f'action="{path}"' in lost.text
    assert '<li class="kept__value">700000</li>' in lost.text
    assert f'<li class="kept__value">{seen}</li>' not in lost.text


async def test_files_that_went_with_a_session_are_chosen_again_on_their_page(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_draft(clerk=clerk)
    path = f"/apply/{case_id}/materials/charter"
    async with browser(account_id) as visitor:
        visitor.client.cookies.clear()
        lost = await visitor.client.post(path, data={"idempotency_key": "x"}, files={"file": ("章程.pdf", a_pdf())})
    assert lost.status_code == 401
    assert "选择的文件没有保留" in lost.text
    assert f'href="{path}"' in lost.text
    assert "再提交一次" not in lost.text


async def test_a_lost_form_shows_the_words_that_were_written_and_keeps_what_was_chosen(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_draft(clerk=clerk)
    async with browser(account_id) as visitor:
        visitor.client.cookies.clear()
        typed = {"members-0-name": "林秋", "charter_is_complete": "yes"}
        lost = (await visitor.client.post(f"/apply/{case_id}/sections/board", data=typed)).text
    assert '<li class="kept__value">林秋</li>' in lost
    assert '<li class="kept__value">yes</li>' not in lost
    assert '<input type="hidden" name="charter_is_complete" value="yes">' in lost


async def test_who_goes_back_and_starts_again_finds_the_empty_draft_and_no_second_one(database: str) -> None:
    account_id, _ = await a_clerk()
    async with browser(account_id) as visitor:
        first = await a_new_draft(visitor)
        assert await a_new_draft(visitor) == first
        await visitor.post(f"/apply/{first}/sections/capital", {"amount_yuan": "600000", "then": "later"})
        assert await a_new_draft(visitor) != first


async def test_the_list_of_ones_own_applications_says_whose_turn_it_is_and_until_when(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_submitted(clerk=clerk)
    async with browser(account_id) as visitor:
        await a_new_draft(visitor)
        shown = re.sub("<[^>]+>", "", (await visitor.get("/apply")).text)
    assert "你填完后提交" in shown
    assert f"审批机关，最迟 {(await found(case_id)).due_on}" in shown or "审批机关，已超过期限" in shown


async def test_nobody_is_sent_to_apply_again_for_what_needs_no_licence(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_submitted(clerk=clerk)
    await teller(case_id, clerk=clerk).turn_away(NOON)
    async with browser(account_id) as visitor:
        page = (await visitor.get(f"/apply/{case_id}/follow")).text
    assert "这件事不需要办学许可" in page
    assert "重新申请</a>" not in page


async def test_a_declaration_left_open_says_to_tick_it(database: str) -> None:
    account_id, clerk = await a_clerk()
    case_id = await a_draft(clerk=clerk)
    async with browser(account_id) as visitor:
        refused = await visitor.post(f"/apply/{case_id}/check")
    assert "确认内容真实后，勾选这一项再提交" in refused.text
