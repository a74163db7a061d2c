"""Requests that no page of ours sends: they are refused in words, and nothing fails behind them."""

import pytest

from portal.districts import service as districts
from schemas.licensing.sections import LegalRepresentative
from tests.factories.browsing import TOKEN, an_account, browser
from tests.factories.districts import the_districts
from tests.factories.licensing import EXAMINER, a_draft, an_accepted

HUGE = "99999999999999999999999"
PATHS = ("/deadlines/a%00b", "/static/0/a%00.css", "/static/0/" + "a" * 3000, "/law/%00", "/verify/%00")


@pytest.mark.parametrize("path", PATHS)
async def test_an_address_that_can_name_nothing_is_not_found(database: str, path: str) -> None:
    async with browser() as visitor:
        answer = await visitor.get(path)
        assert answer.status_code == 404
        assert "找不到这一页" in answer.text


@pytest.mark.parametrize(
    ("path", "methods"),
    [("/login", "GET, HEAD, POST"), ("/registry", "GET, HEAD"), ("/api/v1/registry", "GET, HEAD"),
     ("/api/v1/checks/schedule", "POST"), ("/checks/advertisement", "GET, HEAD, POST")],
)  # fmt: skip
async def test_a_wrong_method_is_told_every_right_one(database: str, path: str, methods: str) -> None:
    async with browser() as visitor:
        answer = await visitor.client.put(path)
        assert (answer.status_code, answer.headers["allow"]) == (405, methods)


async def test_a_search_for_a_nul_is_refused_and_not_asked_of_the_database(database: str) -> None:
    async with browser() as visitor:
        assert (await visitor.client.get("/registry?q=a%00b")).status_code == 400


async def test_what_no_database_keeps_is_left_out_of_a_form(database: str) -> None:
    account_id = await an_account("clerk", institution_id=1)
    async with browser(account_id) as visitor:
        answer = await visitor.post("/account/name", {"name": "张\0三"}, page="/account")
        assert answer.status_code == 303
        assert "张三" in (await visitor.get("/account")).text


async def test_half_a_character_in_a_made_up_charset_is_refused_in_words(database: str) -> None:
    async with browser() as visitor:
        token = TOKEN.findall((await visitor.get("/account/register")).text)[-1]
        parts = [("csrf_token", token.encode()), ("name", b"+2AA-")]
        body = b"".join(
            b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (n.encode(), v) for n, v in parts
        )
        headers = {"content-type": "multipart/form-data; boundary=x; charset=utf-7"}
        sent = await visitor.client.post("/account/register", content=body + b"--x--\r\n", headers=headers)
        assert sent.status_code == 422


@pytest.mark.parametrize(
    ("section", "field"),
    [("capital", "amount_yuan"), ("premises", "floor_area_m2"), ("principal", "teaching_years")],
)
async def test_a_number_may_be_left_empty_in_a_draft(database: str, section: str, field: str) -> None:
    account_id = await an_account("clerk", institution_id=1)
    case_id = await a_draft()
    async with browser(account_id) as visitor:
        answer = await visitor.post(f"/apply/{case_id}/sections/{section}", {field: ""})
        assert answer.status_code in {303, 422}


async def test_a_visit_without_a_measured_area_is_taken(database: str) -> None:
    await districts.ensure_seed()
    examiner = await an_account("examiner", district="500103")
    case_id = await an_accepted(examiner=EXAMINER)
    async with browser(examiner) as visitor:
        answer = await visitor.post(f"/review/{case_id}/acts/visit", {"floor_area_m2": "", "found": "属实"})
        assert answer.status_code in {303, 409, 422}


async def test_a_draft_has_no_course_to_follow_yet(database: str) -> None:
    account_id = await an_account("clerk", institution_id=1)
    case_id = await a_draft()
    async with browser(account_id) as visitor:
        answer = await visitor.get(f"/apply/{case_id}/follow")
        assert answer.status_code == 409
        assert "还没有提交" in answer.text


async def test_a_version_that_no_page_carries_is_refused(database: str) -> None:
    await the_districts()
    account_id = await an_account("city-admin")
    async with browser(account_id) as visitor:
        answer = await visitor.post("/admin/districts/500103", {"version": HUGE})
        assert answer.status_code == 422


def test_a_rare_character_in_a_name_is_no_invisible_one() -> None:
    for name in ("𠮷田", "王𰻞", "王\U000323af"):
        assert LegalRepresentative(name=name).name == name
    with pytest.raises(ValueError, match="看不见"):
        LegalRepresentative(name="王\u202e")


async def test_a_text_far_too_long_comes_back_with_a_word(database: str) -> None:
    account_id = await an_account("clerk", institution_id=1)
    case_id = await a_draft()
    async with browser(account_id) as visitor:
        answer = await visitor.post(f"/apply/{case_id}/sections/institution", {"name": "长" * 30_000})
        assert answer.status_code == 422
        assert "60" in answer.text


@pytest.mark.parametrize("as_files", [False, True])
async def test_a_form_of_far_too_many_fields_is_refused_in_words(database: str, as_files: bool) -> None:
    account_id = await an_account("clerk", institution_id=1)
    async with browser(account_id) as visitor:
        many = {f"x{number}": "1" for number in range(5_001)}
        files = {"file": ("a.pdf", b"x")} if as_files else None
        answer = await visitor.client.post("/account/name", data=many, files=files)
        assert answer.status_code == 413
        assert "5000 项" in answer.text
