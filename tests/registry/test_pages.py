"""The public's pages: what a parent reads."""

import html
from datetime import date, timedelta

import pytest

from portal.base import clock, db
from portal.base.actor import Actor
from portal.districts import service as districts
from portal.districts.service import authorities
from portal.documents import service as documents
from schemas.districts import AuthorityFields, ChangeAuthority
from tests.factories.browsing import browser
from tests.factories.documents import some_facts
from tests.factories.institutions import AT, a_licence, ended, restricted


@pytest.fixture(autouse=True)
async def then(database):
    with clock.at(AT):
        await districts.ensure_seed()
        yield


async def text(path: str, status: int = 200) -> str:
    async with browser() as visitor:
        answer = await visitor.get(path)
        assert answer.status_code == status
        return answer.text


async def test_the_home_page_leads_to_what_one_can_do():
    page = await text("/")
    assert 'action="/registry"' in page
    assert 'href="/verify"' in page


async def test_a_result_tells_status_in_words_and_what_follows():
    number = await a_licence()
    await restricted(number, "stop-enrol", date(2026, 10, 12))
    page = await text("/registry?q=春芽")
    assert f'href="/registry/{number}"' in page
    assert "有效，受限制" in page
    assert "2026-10-12 起责令停止招收学员" in page
    assert "美术（小学）" in page
    assert "数据截至" in page


async def test_nothing_found_says_what_that_means_and_what_to_do():
    page = await text("/registry?q=没有这家&district=500103")
    assert "没有查到" in page
    assert "不要交费" in page
    assert 'href="/registry?q=' in page


async def test_every_page_of_results_is_one_step_from_the_last_and_the_first():
    for index in range(25):
        await a_licence(f"春芽{index:02}")
    page = await text("/registry?q=春芽&stage=primary")
    following = html.unescape(page.split('rel="next"')[0].rsplit('href="', 1)[-1].split('"')[0])
    page = await text(following)
    assert "春芽24" in page
    assert "春芽19" not in page
    assert "回到第一页" in page


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("q=" + "春" * 61, "春" * 61),
        ("q=" + "春" * 5000, "春" * 240),
        ("q=甲&district=1", "甲"),
        ("q=甲&status=x", "甲"),
    ],
)
async def test_a_search_that_is_not_understood_says_why_and_keeps_the_words(query, kept):
    page = await text(f"/registry?{query}", 422)
    assert f'value="{kept}"' in page
    assert "错误：" in page


async def test_names_are_shown_as_letters_whatever_they_hold():
    number = await a_licence("<script>alert(1)</script>春芽", address='"><img src=x onerror=alert(1)>')
    for path in ("/registry?q=春芽", f"/registry/{number}", "/registry?q=<script>"):
        page = await text(path)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


async def test_an_institutions_page_tells_what_it_may_teach_and_what_happened():
    number = await a_licence(programmes=(("maths", "senior"),))
    await ended(number, "revoked", date(2026, 11, 1))
    page = await text(f"/registry/{number}")
    for words in ("已吊销", "2026-11-01", "数学", "学科类", "高中", f"教民{number}号", "设立，取得办学许可证"):
        assert words in page
    assert "已吊销" in await text(f"/registry/教民{number}号")


async def test_an_ended_licence_does_not_say_that_anything_may_be_taught_now():
    number = await a_licence()
    assert "只能教下面这些内容" in await text(f"/registry/{number}")
    await ended(number, "revoked", date(2026, 11, 1))
    page = await text(f"/registry/{number}")
    assert "只能教下面这些内容" not in page
    assert "现在都不能再教" in page


async def test_the_organisers_credit_code_is_not_called_the_institutions_own():
    number = await a_licence(credit_code="91500103MA5U0000X1")
    page = await text(f"/registry/{number}")
    assert "举办者统一社会信用代码" in page
    assert ">统一社会信用代码<" not in page


async def test_what_narrows_a_search_is_cleared_with_one_link():
    await a_licence()
    assert "清空条件" in await text("/registry?stage=primary")
    assert "清空条件" not in await text("/registry")


async def test_a_number_that_nobody_has_says_so():
    assert "没有这个许可证号" in await text("/registry/150010379999991", 404)


async def test_a_made_up_code_says_what_that_means():
    page = await text("/verify/ABCD-<b>", 404)
    assert "本平台没有签发过" in page
    assert "<b>" not in page


async def a_code(kind: str, days_ago: int = 0, **changes: str) -> str:
    async with db.tx():
        return (
            await documents.promise(
                kind, some_facts(kind, **changes), subject="application:1", district="500103", institution_id=None,
                at=AT - timedelta(days=days_ago), is_demo=False,
            )
        ).code  # fmt: skip


async def test_a_certificates_code_tells_what_is_in_force_now():
    number = await a_licence()
    code = await a_code("certificate", licence_number=number)
    page = await text(f"/verify/{code.lower()}")
    for words in ("有效", "可以招生、上课", "重庆春芽美术培训有限公司", f"教民{number}号", "和手里的纸对一遍"):
        assert words in page
    await ended(number, "revoked", date(2026, 11, 1))
    assert "已吊销" in await text(f"/verify/{code}")


async def test_a_certificate_that_was_replaced_says_so():
    number = await a_licence()
    old = await a_code("certificate", days_ago=30, licence_number=number)
    await a_code("certificate", licence_number=number)
    assert "旧证，已换发" in await text(f"/verify/{old}")


async def test_a_letters_code_is_known_too():
    page = await text(f"/verify/{await a_code('acceptance')}")
    assert "文书属实" in page


async def test_a_typed_code_leads_to_its_answer():
    async with browser() as visitor:
        led = await visitor.get("/verify?code=abcd efgh")
        assert (led.status_code, led.headers["location"]) == (303, "/verify/abcd%20efgh")
        assert "核验码" in (await visitor.get("/verify")).text


async def test_a_district_that_is_renamed_has_its_new_name_at_once():
    await a_licence()
    assert "渝中区" in await text("/registry?q=春芽")
    before = await districts.district("500103")
    given = {name: getattr(before, name) for name in AuthorityFields.model_fields}
    order = ChangeAuthority.model_validate({**given, "code": "500103", "version": before.version, "name": "新渝中区"})
    actor = Actor("city-admin", 1)
    await authorities.change_authority(order, actor=actor, now=AT)
    assert "新渝中区" in await text("/registry?q=春芽")
