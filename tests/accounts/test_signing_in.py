"""Log-in, the second factor, log-out: who gets in, who doesn't, and what a stranger can tell."""

import asyncio
from datetime import datetime, timedelta

import pytest

from portal.accounts import passwords, service, store
from portal.base import clock, db, sessions
from portal.base.clock import SHANGHAI
from portal.base.sessions import Visit
from portal.kernel.errors import Busy, Invalid, NotSignedIn, TooMany
from schemas.accounts import SecondFactor, SignIn
from tests.factories.accounts import ADDRESS, PASSWORD, an_account, app_code, entries

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)


async def sign_in(login, password=PASSWORD, *, at=NOON, address=ADDRESS, visit=None):
    with clock.at(at):
        order = SignIn(login=login, password=password, next="/review")
        return await service.sign_in(order, visit=visit or Visit(), address=address, now=at)


async def give(visit, code, *, at=NOON):
    with clock.at(at):
        return await service.confirm_second_factor(SecondFactor(code=code), visit=visit, now=at)


async def test_a_clerk_is_in_with_name_and_password(database):
    await an_account("clerk", login="li@example.com")
    visit = await sign_in(" LI@Example.com ")
    assert visit.is_confirmed
    assert await entries("account.login") == 1


async def test_staff_are_in_only_after_the_second_factor(database):
    someone = await an_account("examiner", login="chen@example.com")
    half = await sign_in("chen@example.com")
    assert not half.is_confirmed
    whole = await give(half, app_code(at=NOON))
    assert (whole.is_confirmed, whole.account_id, whole.notes["next"]) == (True, someone.account_id, "/review")
    assert whole.token != half.token
    assert await sessions.find(half.token, NOON) is None


async def test_a_code_of_the_app_works_once(database):
    await an_account("examiner", login="chen@example.com")
    await give(await sign_in("chen@example.com"), app_code(at=NOON))
    again = await sign_in("chen@example.com")
    for code in (app_code(at=NOON), app_code(at=NOON - timedelta(seconds=30))):
        with pytest.raises(Invalid):
            await give(again, code)
    assert await entries("account.second-factor-failed") == 2


async def test_two_who_use_one_code_at_once_are_one_who_gets_in(database):
    await an_account("examiner", login="chen@example.com")
    visits = [await sign_in("chen@example.com") for _ in range(5)]
    outcomes = await asyncio.gather(*(give(visit, app_code(at=NOON)) for visit in visits), return_exceptions=True)
    assert sum(isinstance(outcome, Visit) for outcome in outcomes) == 1


@pytest.mark.parametrize(("seconds", "is_in"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
async def test_the_apps_clock_may_be_half_a_minute_off(database, seconds, is_in):
    await an_account("examiner", login="chen@example.com")
    half = await sign_in("chen@example.com")
    code = app_code(at=NOON + timedelta(seconds=seconds))
    if is_in:
        assert (await give(half, code)).is_confirmed
    else:
        with pytest.raises(Invalid):
            await give(half, code)


async def test_the_app_is_set_up_at_the_first_log_in_and_its_secret_shown_no_more(database):
    await an_account("approver", login="zhou@example.com", has_app=False)
    half = await sign_in("zhou@example.com")
    offered = await service.enrolment(half)
    assert offered is not None
    assert offered.picture.startswith("data:image/png;base64,")
    await give(half, app_code(offered.secret.replace(" ", ""), at=NOON))
    assert await service.enrolment(await sign_in("zhou@example.com")) is None


async def test_a_secret_that_was_offered_stays_until_it_is_used(database):
    await an_account("approver", login="zhou@example.com", has_app=False)
    first = await service.enrolment(await sign_in("zhou@example.com"))
    second = await service.enrolment(await sign_in("zhou@example.com"))
    assert first.secret == second.secret


async def test_the_second_factor_is_asked_of_nobody_without_a_right_password(database):
    for visit in (Visit(), await sessions.start(None, is_confirmed=False)):
        with pytest.raises(NotSignedIn):
            await service.enrolment(visit)


async def test_unknown_name_wrong_password_and_closed_account_look_alike(database):
    closed = await an_account("clerk", login="closed@example.com")
    await db.execute("UPDATE account SET is_active = false WHERE id = $1", closed.account_id)
    await an_account("clerk", login="li@example.com")
    said = set()
    for login, password in (
        ("nobody@example.com", PASSWORD),
        ("li@example.com", "x"),
        ("closed@example.com", PASSWORD),
    ):
        with pytest.raises(Invalid) as refused:
            await sign_in(login, password)
        said.add(refused.value.errors)
    assert len(said) == 1
    assert await entries("account.login-failed") == 3


@pytest.mark.parametrize("login", ["li@example.com", "nobody@example.com", "not an address"])
async def test_the_eleventh_try_in_a_quarter_of_an_hour_is_refused_whoever_it_is(database, login):
    await an_account("clerk", login="li@example.com")
    for second in range(10):
        with pytest.raises(Invalid):
            await sign_in(login, "wrong", at=NOON + timedelta(seconds=second), address=f"203.0.113.{second}")
    with pytest.raises(TooMany) as refused:
        await sign_in(login, PASSWORD, at=NOON + timedelta(seconds=10))
    assert refused.value.message == "尝试次数太多。15 分钟后再试。忘记密码可以重设。"
    assert refused.value.retry_after == 890
    with pytest.raises(Invalid):
        await sign_in(login, "wrong", at=NOON + timedelta(minutes=15, seconds=1))


async def test_fifty_failures_from_one_address_close_it_for_every_name(database):
    await an_account("clerk", login="li@example.com")
    for number in range(50):
        with pytest.raises(Invalid):
            await sign_in(f"nobody{number}@example.com", "wrong")
    with pytest.raises(TooMany):
        await sign_in("li@example.com")
    assert (await sign_in("li@example.com", address="198.51.100.2")).is_confirmed


async def test_log_ins_that_succeed_are_no_failures(database):
    await an_account("clerk", login="li@example.com")
    for _ in range(12):
        await sign_in("li@example.com")
    assert await db.rows("SELECT 1 FROM failure") == []


async def test_twenty_tries_at_once_are_ten_tries(database):
    await an_account("clerk", login="li@example.com")
    outcomes = await asyncio.gather(*(sign_in("li@example.com", "wrong") for _ in range(20)), return_exceptions=True)
    assert sum(isinstance(outcome, Invalid) for outcome in outcomes) == 10
    assert sum(isinstance(outcome, TooMany) for outcome in outcomes) == 10


async def test_the_count_names_nobody(database):
    with pytest.raises(Invalid):
        await sign_in("nobody@example.com", "wrong")
    kept = str(await db.rows("SELECT * FROM failure")) + str(await db.rows("SELECT * FROM audit_entry"))
    assert "nobody@" not in kept
    assert ADDRESS not in kept


async def test_a_session_of_before_log_in_is_never_carried_over(database):
    await an_account("clerk", login="li@example.com")
    with clock.at(NOON):
        planted = await sessions.start(None, is_confirmed=False)
    visit = await sign_in("li@example.com", visit=planted)
    assert visit.token != planted.token
    assert await sessions.find(planted.token, NOON) is None


async def test_a_session_is_dead_after_log_out(database):
    someone = await an_account("clerk", login="li@example.com")
    visit = await sign_in("li@example.com")
    await service.sign_out(visit, actor=someone, now=NOON)
    assert await sessions.find(visit.token, NOON) is None
    assert await entries("account.logout") == 1


async def test_hashing_more_than_the_queue_takes_is_refused_at_once(environment):
    some = passwords.Threads()
    waiting = [asyncio.ensure_future(some.run("x", passwords.nobodys())) for _ in range(passwords.MOST_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await some.run("x", passwords.nobodys())
    await asyncio.gather(*waiting)
    assert await some.run("x", passwords.nobodys()) is False


async def test_a_password_is_kept_as_argon2id_of_19_mib(environment):
    assert (await passwords.hashed(PASSWORD)).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_an_account_without_a_password_is_opened_by_none(database):
    await store.add("new@example.com", "甲", "auditor", NOON)
    for password in ("x", "nobody has this account"):
        with pytest.raises(Invalid):
            await sign_in("new@example.com", password)
