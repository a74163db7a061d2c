"""A session that ends under somebody's hands, and strangers who would use that."""

import re

import pytest

from portal.base import sessions
from portal.base.settings import settings
from tests.factories.accounts import PASSWORD, an_account
from tests.factories.browsing import TOKEN, Browser, browser

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
OURS = {"sec-fetch-site": "same-origin"}


def again(page: str) -> dict[str, str]:
    """The form that a page which lost its session gives back."""
    return dict(HIDDEN.findall(page))


async def lost(visitor: Browser, name: str) -> dict[str, str]:
    """Type a name after the session has ended; gives the form that comes back."""
    token = TOKEN.findall((await visitor.get("/account")).text)[-1]
    visitor.client.cookies.delete(sessions.cookie_name())
    refused = await visitor.client.post("/account/name", data={"csrf_token": token, "name": name}, headers=OURS)
    assert refused.status_code == 401
    assert name in refused.text
    return again(refused.text)


async def test_what_was_typed_when_the_session_ended_is_sent_once_more_after_log_in(database: str) -> None:
    clerk = await an_account("clerk", login="li@example.com")
    async with browser(clerk.account_id) as visitor:
        kept = await lost(visitor, "李四光")
        await visitor.post("/login", {"login": "li@example.com", "password": PASSWORD})
        done = await visitor.client.post("/account/name", data=kept, headers=OURS)
        assert done.status_code == 303
        assert "李四光" in (await visitor.get("/account")).text


@pytest.mark.parametrize(
    "headers", [{}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"},
                {"origin": "null"}, {"sec-fetch-site": "none"}],
)  # fmt: skip
async def test_a_visitors_token_opens_no_session_where_the_browser_does_not_say_it_is_our_page(
    database: str, headers: dict[str, str]
) -> None:
    clerk = await an_account("clerk", login="li@example.com")
    async with browser(clerk.account_id) as visitor:
        kept = await lost(visitor, "李四光")
        await visitor.post("/login", {"login": "li@example.com", "password": PASSWORD})
        answer = await visitor.client.post("/account/name", data=kept, headers=headers)
        assert answer.status_code == 403


async def test_a_visitors_token_of_another_browser_is_worth_nothing(database: str) -> None:
    clerk = await an_account("clerk", login="li@example.com")
    async with browser() as other:
        stolen = TOKEN.findall((await other.get("/login")).text)[-1]
    async with browser(clerk.account_id) as visitor:
        answer = await visitor.client.post("/account/name", data={"csrf_token": stolen, "name": "甲"}, headers=OURS)
        assert answer.status_code == 403


async def test_a_session_that_somebody_planted_is_not_the_one_that_log_in_begins(database: str) -> None:
    await an_account("clerk", login="li@example.com")
    planted = await sessions.start(None, is_confirmed=False, notes={"next": "//evil.example"})
    async with browser() as visitor:
        visitor.client.cookies.set(sessions.cookie_name(), planted.token)
        done = await visitor.post("/login", {"login": "li@example.com", "password": PASSWORD})
        assert done.headers["location"] == "/apply"
        visitor.client.cookies.clear()
        visitor.client.cookies.set(sessions.cookie_name(), planted.token)
        assert (await visitor.get("/account")).status_code == 303


@pytest.mark.parametrize(
    "header", ["x-forwarded-for", "x-real-ip", "x-original-url", "x-rewrite-url", "x-http-method-override", "forwarded"]
)
async def test_a_header_changes_neither_the_page_nor_how_often_a_name_is_tried(database: str, header: str) -> None:
    await an_account("clerk", login="li@example.com")
    async with browser() as visitor:
        visitor.client.headers[header] = "/admin/users"
        assert (await visitor.get("/login")).status_code == 200
        for number in range(10):
            visitor.client.headers[header] = f"203.0.113.{number}"
            assert (await visitor.post("/login", {"login": "li@example.com", "password": "x"})).status_code == 422
        last = await visitor.post("/login", {"login": "li@example.com", "password": PASSWORD})
        assert last.status_code == 429
        assert int(last.headers["retry-after"]) > 0
        assert "li@example.com" in last.text


async def test_a_forged_host_gets_no_link_to_itself(database: str) -> None:
    async with browser() as visitor:
        answer = await visitor.client.get("/account/forgotten", headers={"host": "evil.example"})
        assert "evil.example" not in answer.text
        assert settings().public_url not in {"https://evil.example", "http://evil.example"}


@pytest.mark.parametrize(
    ("referer", "leads"),
    [("{host}/account/confirm?x=1", 'href="/account/confirm"'), ("{host}//evil.example", ""), ("{host}/\\evil", ""),
     ("https://evil.example/account", ""), ("javascript:alert(1)", "")],
)  # fmt: skip
async def test_a_refusal_leads_back_to_our_own_page_alone(database: str, referer: str, leads: str) -> None:
    async with browser() as visitor:
        typed = {"login": "a@example.com", "name": "甲", "organisation": "新校", "password": PASSWORD}
        await visitor.post("/account/register", typed)
        visitor.client.headers["referer"] = referer.format(host=settings().public_url)
        answer = await visitor.post("/account/confirm/again", page="/account/confirm")
        assert answer.status_code == 429
        assert "秒后可以再要一个" in answer.text
        assert ("回到上一页" in answer.text) == bool(leads)
        assert leads in answer.text
        assert "evil" not in answer.text
