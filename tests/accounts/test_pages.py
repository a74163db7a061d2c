"""The pages of accounts in the whole application: the way in, on and out, as a browser without script goes it."""

import pytest

from portal.accounts import service
from portal.base import clock
from portal.base.settings import settings
from tests.factories.accounts import PASSWORD, an_account, app_code, newest_code
from tests.factories.browsing import browser


@pytest.fixture(autouse=True)
def demo(environment):
    environment.setenv("PORTAL_DEMO", "1")
    settings.cache_clear()


async def test_a_clerk_registers_and_is_in(database):
    async with browser() as someone:
        typed = {"login": "wang@example.com", "name": "王芳", "organisation": "渝中明德培训学校", "password": PASSWORD}
        sent = await someone.post("/account/register", typed)
        assert (sent.status_code, sent.headers["location"]) == (303, "/account/confirm")
        done = await someone.post("/account/confirm", {"code": await newest_code()})
        assert (done.status_code, done.headers["location"]) == (303, "/apply")
        assert "渝中明德培训学校" in (await someone.get("/account")).text


async def test_a_member_of_staff_signs_in_with_two_factors_and_goes_on_to_the_page_asked_for(database):
    await an_account("district-admin", login="he@example.com")
    async with browser() as someone:
        away = await someone.get("/admin/users", q="张")
        assert (away.status_code, away.headers["location"]) == (
            303,
            "/login?next=%2Fadmin%2Fusers%3Fq%3D%25E5%25BC%25A0",
        )
        half = await someone.post("/login", {"login": "he@example.com", "password": PASSWORD, "next": "/admin/users"})
        assert half.headers["location"] == "/login/second-factor"
        assert (await someone.get("/admin/users")).status_code == 303
        whole = await someone.post("/login/second-factor", {"code": app_code()})
        assert whole.headers["location"] == "/admin/users"
        assert "张三" in (await someone.get("/admin/users")).text


async def test_the_page_that_shows_a_second_factors_secret_is_stored_nowhere(database):
    await an_account("approver", login="zhou@example.com", has_app=False)
    async with browser() as someone:
        await someone.post("/login", {"login": "zhou@example.com", "password": PASSWORD})
        shown = await someone.get("/login/second-factor")
        assert 'id="secret"' in shown.text
        assert shown.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("wanted", ["//evil.example", "/\\evil.example", "https://evil.example"])
async def test_log_in_leads_to_no_other_site(database, wanted):
    await an_account("clerk", login="li@example.com")
    async with browser() as someone:
        done = await someone.post("/login", {"login": "li@example.com", "password": PASSWORD, "next": wanted})
        assert done.headers["location"] == "/apply"


async def test_a_wrong_password_says_what_to_do_and_keeps_the_name(database):
    async with browser() as someone:
        answer = await someone.post("/login", {"login": "li@example.com", "password": "wrong-wrong"})
        assert answer.status_code == 422
        assert "<title>错误：登录" in answer.text
        assert 'value="li@example.com"' in answer.text
        assert "wrong-wrong" not in answer.text


async def test_known_and_unknown_names_get_the_same_page(database):
    await an_account("clerk", login="li@example.com")
    answers = []
    for login in ("li@example.com", "no@example.com"):
        async with browser() as someone:
            refused = await someone.post("/login", {"login": login, "password": "wrong-wrong"})
            answers.append((refused.status_code, len(refused.content)))
    assert answers[0] == answers[1]


async def test_log_out_ends_the_session_and_clears_the_cookie(database):
    clerk = await an_account("clerk")
    async with browser(clerk.account_id) as someone:
        old = dict(someone.client.cookies)
        done = await someone.post("/logout", page="/account")
        assert done.headers["location"] == "/login"
        someone.client.cookies.update(old)
        assert (await someone.get("/account")).status_code == 303


async def test_an_administrator_changes_a_role_and_the_person_is_out(database):
    admin, other = await an_account("district-admin"), await an_account("examiner")
    address = f"/admin/users/{other.account_id}"
    async with browser(admin.account_id) as boss, browser(other.account_id) as person:
        assert (await person.get("/account")).status_code == 200
        typed = {"role": "approver", "district": "500103"}
        done = await boss.post(f"{address}/role", typed, page=address)
        assert (done.status_code, done.headers["location"]) == (303, address)
        stale = await boss.client.post(f"{address}/close", data={"csrf_token": "wrong", "version": "1"})
        assert stale.status_code == 403
        assert (await person.get("/account")).status_code == 303


async def test_another_districts_account_looks_like_none(database):
    admin, other = await an_account("district-admin"), await an_account("examiner", district="500112")
    async with browser(admin.account_id) as boss:
        foreign, none = await boss.get(f"/admin/users/{other.account_id}"), await boss.get("/admin/users/99999999999")
        assert (
            (foreign.status_code, len(foreign.content))
            == (none.status_code, len(none.content))
            == (404, len(none.content))
        )
        assert (await boss.get(f"/admin/users/{'9' * 40}")).status_code == 404


async def test_the_mailbox_is_the_demos_alone(database, environment):
    await service.demo_accounts()
    async with browser() as someone:
        shown = (await someone.get("/account/mailbox")).text
        assert "examiner.yuzhong@demo.example" in shown
        environment.delenv("PORTAL_DEMO")
        settings.cache_clear()
        assert (await someone.get("/account/mailbox")).status_code == 404


@pytest.mark.parametrize(
    "address", ["/login", "/account/register", "/account/confirm", "/account/forgotten", "/account/reset"]
)
async def test_a_page_for_getting_in_is_open_to_everybody(database, address):
    async with browser() as someone:
        assert (await someone.get(address)).status_code == 200


async def test_colleagues_are_invited_and_removed_on_their_page(database):
    first = await an_account("clerk")
    second = await an_account("clerk", institution_id=first.institution_id)
    async with browser(first.account_id) as someone:
        assert (await someone.post("/account/invitations", page="/account/colleagues")).status_code == 303
        assert "前有效" in (await someone.get("/account/colleagues")).text
        gone = await someone.post(f"/account/colleagues/{second.account_id}/remove", page="/account/colleagues")
        assert gone.status_code == 303
    assert [clerk.account_id for clerk in await service.clerks(first.institution_id)] == [first.account_id]


async def test_the_second_factor_page_shows_a_picture_only_while_none_is_set_up(database):
    await an_account("auditor", login="sun@example.com", has_app=False)
    async with browser() as someone:
        await someone.post("/login", {"login": "sun@example.com", "password": PASSWORD})
        assert "data:image/png;base64," in (await someone.get("/login/second-factor")).text
    assert clock.now().tzinfo is not None


async def test_a_registration_is_told_every_slip_at_once_and_that_the_password_is_to_be_typed_again(database):
    async with browser() as someone:
        empty = await someone.post("/account/register", {"login": "1380013800", "password": PASSWORD})
        assert empty.status_code == 422
        for slip in ("填写邮箱或 11 位手机号码", "填写姓名", "填写机构名称；同事给了你邀请码的话，改填邀请码"):
            assert slip in empty.text
        assert "密码没有保留，再填一次。" in empty.text
        assert PASSWORD not in empty.text


async def test_whoever_waits_for_a_code_sees_where_it_went_and_afterwards_that_it_worked(database):
    async with browser() as someone:
        assert "现在没有等你填的验证码" in (await someone.get("/account/confirm")).text
        typed = {"login": "138 0001 3800", "name": "王芳", "organisation": "渝中明德培训学校", "password": PASSWORD}
        await someone.post("/account/register", typed)
        assert "<strong>13800013800</strong>" in (await someone.get("/account/confirm")).text
        await someone.post("/account/confirm", {"code": await newest_code()})
        assert "注册完成，你已登录。" in (await someone.get("/apply")).text
