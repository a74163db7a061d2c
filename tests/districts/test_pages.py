"""Administrators' pages in the whole application, without script."""

import pytest

from portal.base import db
from portal.districts import service
from tests.factories.browsing import an_account, browser
from tests.factories.districts import NEIGHBOUR, a_school, the_districts

PAGES = {
    "district-admin": ["/admin", "/admin/schools", "/admin/schools/new", "/admin/schools/imports/new",
                       "/admin/schools/template.csv", "/admin/schools/export.csv", "/admin/calendar",
                       "/admin/policy", "/admin/policy/latest-end", "/admin/policy/new.decide.promised",
                       "/admin/policy/statutory/new.decide", "/law", "/law/plan-9"],
    "city-admin": ["/admin", "/admin/districts", "/admin/districts/new", "/admin/districts/500103", "/admin/schools",
                   "/admin/calendar", "/admin/calendar?year=2027", "/admin/calendar/day", "/admin/calendar/year",
                   "/admin/policy", "/admin/policy/start-up-capital-fen", "/admin/policy/statutory/hearing.hold", "/admin/audit",
                   "/law"],
    "auditor": ["/admin", "/admin/districts", "/admin/schools", "/admin/calendar", "/admin/policy", "/admin/audit"],
}  # fmt: skip


async def signed_in(role, district=None):
    return await an_account(role, district=district)


@pytest.mark.parametrize("role", PAGES)
async def test_every_page_of_an_administrator_opens(database, role):
    await the_districts()
    district = "500103" if role == "district-admin" else None
    async with browser(await signed_in(role, district)) as someone:
        for path in PAGES[role]:
            assert (await someone.get(path)).status_code == 200, path


@pytest.mark.parametrize("role", ["examiner", "approver", "inspector", "clerk"])
async def test_others_do_not_see_that_administration_exists(database, role):
    await the_districts()
    district = "500103" if role != "clerk" else None
    async with browser(await an_account(role, district=district, institution_id=1 if role == "clerk" else None)) as one:
        for path in (
            "/admin",
            "/admin/schools",
            "/admin/calendar",
            "/admin/policy",
            "/admin/audit",
            "/admin/districts",
        ):
            assert (await one.get(path)).status_code == 404, path


async def test_a_district_puts_a_school_on_its_list_and_takes_it_off(database):
    await the_districts()
    async with browser(await signed_in("district-admin", "500103")) as someone:
        typed = {"name": "重庆市渝中区 <b>人民小学校", "stages": ["primary", "junior"]}
        assert (await someone.post("/admin/schools/new", typed)).headers["location"] == "/admin/schools"
        listed = (await someone.get("/admin/schools", q="<b>人民")).text
        assert "&lt;b&gt;人民小学校" in listed
        assert "<b>人民" not in listed
        school = await service.is_school("500103", "重庆市渝中区<b>人民小学校")
        page = f"/admin/schools/{school.id}"
        assert (await someone.post(f"{page}/close", {}, page=page)).status_code == 303
        assert await service.is_school("500103", school.name) is None
        assert (await someone.post(f"{page}/reopen", {}, page=page)).status_code == 303
        assert await service.is_school("500103", school.name) == await service.is_school("500103", school.name)


async def test_a_wrong_school_is_said_at_the_field_and_nothing_typed_is_lost(database):
    await the_districts()
    async with browser(await signed_in("district-admin", "500103")) as someone:
        done = await someone.post("/admin/schools/new", {"name": "人民小学", "credit_code": "52500112MJ0000000C"})
        assert done.status_code == 422
        assert all(words in done.text for words in ("人民小学", "至少选一个学段", "52500112MJ0000000C", "错误："))
        done = await someone.post(
            "/admin/schools/new", {"name": "人民小学", "credit_code": "52500112MJ0000000C", "stages": "primary"}
        )
        assert "校验位不对" in done.text


async def test_another_districts_school_is_not_there(database):
    await the_districts()
    school = await a_school(actor=NEIGHBOUR)
    async with browser(await signed_in("district-admin", "500103")) as someone:
        assert (await someone.get(f"/admin/schools/{school.id}")).status_code == 404
        assert school.name not in (await someone.get("/admin/schools")).text


async def test_a_list_is_looked_at_before_it_is_taken_over(database):
    await the_districts()
    content = "学校名称,学校标识码,统一社会信用代码,地址,学段\n人民小学,2150000001,,=1+1,小学\n巴蜀中学,,,,初中、高中\n"
    async with browser(await signed_in("district-admin", "500103")) as someone:
        page = "/admin/schools/imports/new"
        sent = await someone.post(page, files={"file": ("名单.csv", content.encode("gb18030"), "text/csv")})
        shown = sent.headers["location"]
        assert "人民小学" in (await someone.get(shown)).text
        assert await service.has_schools("500103") is False
        assert (await someone.post(shown, {})).headers["location"] == "/admin/schools"
        assert (await service.is_school("500103", "巴蜀中学")).stages == ("junior", "senior")
        exported = (await someone.get("/admin/schools/export.csv")).content.decode("utf-8-sig")
        assert ",'=1+1," in exported
        again = await someone.post(page, files={"file": ("名单.csv", exported.encode(), "text/csv")})
        assert "不用导入" in (await someone.get(again.headers["location"])).text


async def test_rows_that_are_wrong_are_named_and_nothing_is_taken_over(database):
    await the_districts()
    content = (
        "学校名称,学校标识码,统一社会信用代码,地址,学段\n,1,,,小学\n甲小学,,,,大学\n乙小学,,,,小学\n乙 小学,,,,小学\n"
    )
    async with browser(await signed_in("district-admin", "500103")) as someone:
        page = "/admin/schools/imports/new"
        sent = await someone.post(page, files={"file": ("a.csv", content.encode(), "text/csv")})
        shown = (await someone.get(sent.headers["location"])).text
        assert all(
            words in shown
            for words in (
                "第 2 行",
                "第 3 行",
                "第 5 行",
                "学段写成学前、小学、初中、高中",
                "和第 4 行是同一所学校",
                "不能导入",
            )
        )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff\xfe\x00a", b"name\nx", "学校名称\n".encode()])
async def test_what_is_no_list_of_schools_is_refused(database, content):
    await the_districts()
    async with browser(await signed_in("district-admin", "500103")) as someone:
        sent = await someone.post("/admin/schools/imports/new", files={"file": ("a.csv", content, "text/csv")})
        assert sent.status_code == 422


async def test_the_city_enters_a_year_and_open_deadlines_are_counted_anew(database):
    await the_districts()
    async with browser(await signed_in("city-admin")) as someone:
        typed = {"year": "2027", "holidays": "元旦 1月1日至1月3日\n春节 2-5 至 2-11", "makeup_days": "2月14日",
                 "cite": "国办发明电〔2026〕7号"}  # fmt: skip
        done = await someone.post("/admin/calendar/year", typed)
        assert done.headers["location"] == "/admin/calendar?year=2027", done.text
        assert "春节" in (await someone.get("/admin/calendar?year=2027")).text
    assert len(await db.rows("SELECT id FROM outbox_job WHERE topic = 'calendar.changed'")) == 1


async def test_lines_of_the_calendar_that_make_no_sense_are_named(database):
    await the_districts()
    async with browser(await signed_in("city-admin")) as someone:
        typed = {
            "year": "2027",
            "holidays": "元旦 13月1日\n春节",
            "makeup_days": "2月15日",
            "cite": "国办发明电〔2026〕7号",
        }
        done = await someone.post("/admin/calendar/year", typed)
        assert done.status_code == 422
        assert all(words in done.text for words in ("第 1 行读不懂", "第 2 行读不懂", "本来就是工作日"))


async def test_the_city_changes_one_day(database):
    await the_districts()
    async with browser(await signed_in("city-admin")) as someone:
        typed = {"day-year": "2026", "day-month": "11", "day-day": "27", "kind": "holiday", "name": "停课",
                 "cite": "渝府办〔2026〕1号"}  # fmt: skip
        assert (await someone.post("/admin/calendar/day", typed)).status_code == 303
        assert "停课" in (await someone.get("/admin/calendar?year=2026")).text


async def test_a_district_enters_its_own_value(database):
    await the_districts()
    async with browser(await signed_in("district-admin", "500103")) as someone:
        typed = {"value": "8:30", "since-year": "2026", "since-month": "12", "since-day": "1", "cite": "plan-9",
                 "reason": "渝中教〔2026〕9号"}  # fmt: skip
        page = "/admin/policy/latest-end"
        assert (await someone.post(page, {**typed, "value": "二十点"})).status_code == 422
        looked_at = await someone.post(page, typed)
        assert all(words in looked_at.text for words in ("还没有登记", "20:30", "08:30", "渝中教〔2026〕9号"))
        assert "08:30" not in (await someone.get(page)).text
        assert (await someone.post(page, {**typed, "then": "confirm"})).status_code == 303
        assert "08:30" in (await someone.get(page)).text


async def test_the_city_lets_an_authority_of_its_own_decide(database):
    await the_districts()
    async with browser(await signed_in("city-admin")) as someone:
        typed = {"code": "500904", "name": "双桥经开区", "authority": "重庆双桥经济技术开发区教育局", "mark": "双桥教",
                 "court": "重庆市大足区人民法院", "review_authority": "重庆市人民政府"}  # fmt: skip
        assert (await someone.post("/admin/districts/new", {**typed, "code": "500103"})).status_code == 422
        assert (await someone.post("/admin/districts/new", typed)).headers["location"] == "/admin/districts"
        assert (await service.office("500904")).mark == "双桥教"
        page = "/admin/districts/500904"
        assert (await someone.post(page, {**typed, "telephone": "023-63000000", "code": "500105"})).status_code == 422
        del typed["code"]
        assert (await someone.post(page, {**typed, "telephone": "023-63000000"})).status_code == 303
        assert (await service.office("500904")).telephone == "023-63000000"


async def test_the_log_is_read_by_filters_and_shows_its_head(database):
    await the_districts()
    await a_school()
    async with browser(await signed_in("auditor")) as someone:
        shown = (await someone.get("/admin/audit", action="school")).text
        assert "school.add" in shown
        assert "district.seed" not in shown
        head = await db.row("SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1")
        assert head["hash"] in shown
        assert "增加学校" in shown
        misread = await someone.get("/admin/audit", first="昨天", before="-1")
        assert misread.status_code == 200
        assert "条件看不懂" in misread.text
        assert "条件看不懂" not in shown
        assert (await someone.get("/admin/audit", first="0001-01-01", last="9999-12-31")).status_code == 200


async def test_everybody_reads_the_cited_article(database):
    async with browser() as someone:
        shown = (await someone.get("/law/plan-9")).text
        assert all(words in shown for words in ("20∶30", "第9项", "原文", "2018 年 12 月 28 日"))
        assert "培训最晚结束时间" in shown
        assert "plan-9" in (await someone.get("/law", q="减负")).text
        assert (await someone.get("/law/nothing")).status_code == 404


async def test_an_article_is_shown_word_for_word_line_by_line_or_says_that_it_is_not(database):
    note = "不是原文"
    async with browser() as someone:
        shown = (await someone.get("/law/licensing-law-32")).text
        assert '<p class="govuk-body statute__item">（四）申请材料不齐全或者不符合法定形式的' in shown
        assert '<p class="govuk-body">行政机关受理或者不予受理行政许可申请' in shown
        assert "全国人大常委会2019年4月23日修正公布文本" in shown
        assert note not in shown
        assert note in (await someone.get("/law/training-opinion-premises")).text
        assert "全文</a>（要点）" in (await someone.get("/law")).text


async def test_an_earlier_version_of_an_article_stands_below_the_one_in_force(database):
    async with browser() as someone:
        shown = (await someone.get("/law/minors-law-62")).text
    now, earlier = shown.index("2024年4月26日修正公布文本"), shown.index("2020年10月17日修订公布文本")
    assert now < shown.index("2024 年 4 月 25 日 止") < earlier
