"""Registering, forgotten passwords, colleagues: codes that come back, and what a stranger can't learn."""

import asyncio
import json
from datetime import datetime, timedelta

import pytest

from portal.accounts import codes, service, store
from portal.base import clock, db, mail, sessions
from portal.base.actor import Actor
from portal.base.clock import SHANGHAI
from portal.base.form_keys import new_key
from portal.base.sessions import Visit
from portal.base.settings import settings
from portal.kernel.errors import Conflict, Invalid, Missing, NotAllowed, TooMany
from schemas.accounts import ChangePassword, Confirm, Forgotten, Join, Register, Reset
from tests.factories.accounts import ADDRESS, PASSWORD, an_account, entries, sent_code, waiting
from workers.accounts import send_code, send_message

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)
NEW = "Copper-Window-91"


@pytest.fixture(autouse=True)
def demo(environment):
    environment.setenv("PORTAL_DEMO", "1")
    settings.cache_clear()
    with clock.at(NOON):
        yield


async def register(login="wang@example.com", *, organisation="渝中明德培训学校", invitation="", password=PASSWORD):
    order = Register(login=login, name="王芳", organisation=organisation, invitation=invitation, password=password)
    return await service.register(order, key=new_key(), visit=Visit(), address=ADDRESS, now=NOON)


async def confirm(visit, code=None, at=NOON):
    return await service.confirm(Confirm(code=code or await sent_code(visit)), visit=visit, now=at)


async def registered(login="wang@example.com", **more):
    visit = await confirm(await register(login, **more))
    return await service.actor(visit.account_id)


async def invited(actor):
    await service.invite(key=new_key(), actor=actor, now=NOON)
    found = await service.colleagues(actor, NOON)
    return service.invitation_codes(found.invitations)[-1]


async def ask(login="wang@example.com"):
    return await service.ask_for_reset(Forgotten(login=login), key=new_key(), visit=Visit(), address=ADDRESS, now=NOON)


async def run_jobs():
    for job in await waiting("account.code"):
        await send_code(**json.loads(job["body"]) if isinstance(job["body"], str) else job["body"])
    for job in await waiting("account.message"):
        await send_message(**json.loads(job["body"]) if isinstance(job["body"], str) else job["body"])
    return mail.newest(settings(), 50)


async def test_the_code_opens_the_account_and_signs_its_clerk_in(database):
    visit = await register()
    begun = await confirm(visit)
    clerk = await service.actor(begun.account_id)
    assert (begun.is_confirmed, clerk.role) == (True, "clerk")
    assert await service.organisation_name(clerk.institution_id) == "渝中明德培训学校"
    assert await entries("account.register") == 1


async def test_no_account_exists_before_its_code_came_back(database):
    await register()
    assert await store.by_login("wang@example.com") is None


async def test_a_known_address_is_shown_nothing_else_than_an_unknown_one(database):
    await an_account("clerk", login="wang@example.com")
    known, unknown = await register(), await register("new@example.com")
    assert [job["topic"] for job in await waiting("account.code")] == ["account.code"] * 2
    for visit, code in ((known, await sent_code(known)), (unknown, "000000")):
        with pytest.raises(Invalid) as refused:
            await confirm(visit, code)
        assert "验证码不对" in refused.value.message
    texts = {sent.message.to: sent.message.text for sent in await run_jobs()}
    assert "已有账户" in texts["wang@example.com"]
    assert await sent_code(unknown) in texts["new@example.com"]


async def test_five_tries_are_all_that_a_code_has(database):
    visit = await register()
    right = await sent_code(visit)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(5):
        with pytest.raises(Invalid):
            await confirm(visit, wrong)
    with pytest.raises(Invalid):
        await confirm(visit, right)


@pytest.mark.parametrize(("minutes", "is_good"), [(19, True), (20, False)])
async def test_a_code_lasts_twenty_minutes(database, minutes, is_good):
    visit = await register()
    at = NOON + timedelta(minutes=minutes)
    if is_good:
        assert (await confirm(visit, at=at)).account_id
    else:
        with pytest.raises(Invalid):
            await confirm(visit, at=at)


async def test_one_who_sends_the_code_twice_has_one_account(database):
    visit = await register()
    outcomes = await asyncio.gather(confirm(visit), confirm(visit), return_exceptions=True)
    assert sum(isinstance(outcome, Visit) for outcome in outcomes) == 1
    assert len(await db.rows("SELECT 1 FROM account")) == len(await db.rows("SELECT 1 FROM organisation")) == 1


async def test_two_who_register_one_address_have_one_account(database):
    visits = [await register(), await register()]
    await confirm(visits[0])
    with pytest.raises(Conflict):
        await confirm(visits[1])
    assert len(await db.rows("SELECT 1 FROM organisation")) == 1


async def test_a_code_is_not_in_the_database(database):
    visit = await register()
    code = await sent_code(visit)
    dump = str(await db.rows("SELECT * FROM confirmation")) + str(await db.rows("SELECT body, key FROM outbox_job"))
    assert code not in dump
    assert PASSWORD not in str(await db.rows("SELECT * FROM registration"))


async def test_one_address_gets_five_codes_an_hour(database):
    for _ in range(5):
        await register()
    with pytest.raises(TooMany):
        await register()
    with pytest.raises(TooMany):
        await ask()


@pytest.mark.parametrize(
    ("organisation", "invitation", "field"),
    [("", "", "organisation"), ("甲校", "ABCDEFGHJK", "organisation"), ("", "ABCDEFGHJK", "invitation")],
)
async def test_a_clerk_names_an_institution_or_brings_an_invitation(database, organisation, invitation, field):
    with pytest.raises(Invalid) as refused:
        await register(organisation=organisation, invitation=invitation)
    assert [error.path for error in refused.value.errors] == [field]


async def test_a_colleague_joins_by_invitation_once(database):
    first = await registered()
    code = await invited(first)
    second = await registered("zhao@example.com", organisation="", invitation=code)
    assert second.institution_id == first.institution_id
    assert {clerk.account_id for clerk in await service.clerks(first.institution_id)} == {
        first.account_id,
        second.account_id,
    }
    with pytest.raises(Invalid):
        await register("third@example.com", organisation="", invitation=code)


async def test_an_invitation_used_by_two_at_once_lets_one_in(database):
    code = await invited(await registered())
    visits = [await register(f"{name}@example.com", organisation="", invitation=code) for name in "ab"]
    outcomes = await asyncio.gather(*(confirm(visit) for visit in visits), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Visit"]


async def test_an_invitation_is_kept_sealed(database):
    code = (await invited(await registered())).replace("-", "")
    assert code not in str(await db.rows("SELECT * FROM invitation"))


async def test_five_invitations_may_wait(database):
    clerk = await registered()
    for _ in range(5):
        await service.invite(key=new_key(), actor=clerk, now=NOON)
    with pytest.raises(NotAllowed):
        await service.invite(key=new_key(), actor=clerk, now=NOON)


async def test_a_removed_colleague_is_out_at_the_next_request_and_may_join_elsewhere(database):
    first = await registered()
    second = await registered("zhao@example.com", organisation="", invitation=await invited(first))
    visit = await sessions.start(second.account_id, is_confirmed=True)
    await service.remove_colleague(second.account_id, actor=first, now=NOON)
    assert await sessions.find(visit.token, NOON) is None
    alone = await service.actor(second.account_id)
    assert alone.institution_id is None
    await service.join(Join(organisation="新校"), key=new_key(), actor=alone, address=ADDRESS, now=NOON)
    assert (await service.actor(second.account_id)).institution_id not in {None, first.institution_id}


async def test_nobody_removes_themselves_or_a_stranger(database):
    first, stranger = await registered(), await registered("other@example.com")
    with pytest.raises(NotAllowed):
        await service.remove_colleague(first.account_id, actor=first, now=NOON)
    with pytest.raises(Missing):
        await service.remove_colleague(stranger.account_id, actor=first, now=NOON)


async def test_a_new_password_ends_every_session(database):
    clerk = await registered()
    other = await sessions.start(clerk.account_id, is_confirmed=True)
    visit = await ask()
    await service.reset(Reset(code=await sent_code(visit), password=NEW), visit=visit, now=NOON)
    assert await sessions.find(other.token, NOON) is None
    assert await entries("account.password-reset") == 1
    assert any("刚刚改了" in sent.message.text for sent in await run_jobs())


async def test_a_reset_code_works_once(database):
    await registered()
    visit = await ask()
    order = Reset(code=await sent_code(visit), password=NEW)
    await service.reset(order, visit=visit, now=NOON)
    with pytest.raises(Invalid):
        await service.reset(order, visit=visit, now=NOON)


async def test_asking_for_an_unknown_address_sends_nothing_and_shows_nothing(database):
    visit = await ask("nobody@example.com")
    assert await run_jobs() == []
    with pytest.raises(Invalid):
        await service.reset(Reset(code=await sent_code(visit), password=NEW), visit=visit, now=NOON)


async def test_a_code_for_one_thing_is_none_for_another(database):
    clerk = await registered()
    asked, joining = await ask(), await register("new@example.com")
    with pytest.raises(Invalid):
        await confirm(asked)
    with pytest.raises(Invalid):
        await service.reset(Reset(code=await sent_code(joining), password=NEW), visit=joining, now=NOON)
    assert (await store.by_id(clerk.account_id)).version == 1


async def test_changing_the_password_needs_the_present_one(database):
    clerk = await registered()
    visit = await sessions.start(clerk.account_id, is_confirmed=True)
    with pytest.raises(Invalid):
        await service.change_password(ChangePassword(present="wrong", password=NEW), actor=clerk, visit=visit, now=NOON)
    anew = await service.change_password(
        ChangePassword(present=PASSWORD, password=NEW), actor=clerk, visit=visit, now=NOON
    )
    assert await sessions.find(visit.token, NOON) is None
    assert (await sessions.find(anew.token, NOON)).account_id == clerk.account_id


async def test_a_message_job_that_runs_twice_sends_one_code(database):
    await register()
    await run_jobs()
    assert len(await run_jobs()) == 1


async def test_what_was_never_confirmed_is_forgotten_after_a_day(database):
    await register()
    await service.sweep(NOON + timedelta(days=1, minutes=21))
    assert await db.rows("SELECT 1 FROM registration") == await db.rows("SELECT 1 FROM failure") == []


def test_codes_have_six_digits_and_differ(environment):
    some = {codes.six_digits(codes.salt()) for _ in range(200)}
    assert all(len(code) == 6 and code.isdigit() for code in some)
    assert len(some) > 190


async def test_an_invitation_button_that_is_pressed_twice_makes_one_invitation(database):
    clerk, key = await registered(), new_key()
    await asyncio.gather(*(service.invite(key=key, actor=clerk, now=NOON) for _ in range(3)))
    assert len((await service.colleagues(clerk, NOON)).invitations) == 1


async def test_a_registration_that_is_sent_twice_sends_one_code_and_both_wait_for_it(database):
    order = Register(login="wang@example.com", name="王芳", organisation="渝中明德培训学校", password=PASSWORD)
    key = new_key()
    visits = await asyncio.gather(
        *(service.register(order, key=key, visit=Visit(), address=ADDRESS, now=NOON) for _ in range(2))
    )
    assert len(await waiting("account.code")) == 1
    assert len({visit.notes["confirmation"] for visit in visits}) == 1
    assert len({visit.token for visit in visits}) == 2


async def test_the_same_page_sent_with_another_address_is_another_registration(database):
    key = new_key()
    for login in ("wagn@example.com", "wang@example.com"):
        order = Register(login=login, name="王芳", organisation="渝中明德培训学校", password=PASSWORD)
        await service.register(order, key=key, visit=Visit(), address=ADDRESS, now=NOON)
    assert len(await waiting("account.code")) == 2


async def test_a_forgotten_password_asked_for_twice_sends_one_code(database):
    key = new_key()
    for _ in range(2):
        await service.ask_for_reset(Forgotten(login="a@example.com"), key=key, visit=Visit(), address=ADDRESS, now=NOON)
    assert len(await db.rows("SELECT id FROM confirmation")) == 1


async def test_joining_twice_by_one_form_is_joining_once(database):
    clerk = await registered()
    alone = Actor("clerk", await store.add("solo@example.com", "独", "clerk", NOON))
    key = new_key()
    for _ in range(2):
        await service.join(Join(organisation="新校"), key=key, actor=alone, address=ADDRESS, now=NOON)
    assert (await service.actor(alone.account_id)).institution_id not in {None, clerk.institution_id}


async def again(visit, after=60, key=None):
    now = NOON + timedelta(seconds=after)
    with clock.at(now):
        await service.send_again(visit, key=key or new_key(), route="accounts.confirm_again", address=ADDRESS, now=now)


async def test_a_code_is_sent_again_after_a_minute_and_the_old_one_holds_no_more(database):
    visit = await register()
    old = await sent_code(visit)
    with pytest.raises(TooMany) as refused:
        await again(visit, after=59)
    assert refused.value.retry_after == 1
    await again(visit)
    new = await sent_code(visit)
    with pytest.raises(Invalid):
        await confirm(visit, code="000000" if new == old else old)
    assert (await confirm(visit, code=new)).account_id is not None


async def test_pressing_send_again_twice_sends_one_code(database):
    visit, key = await register(), new_key()
    await again(visit, key=key)
    await again(visit, key=key)
    assert len(await waiting("account.code")) == 2


async def test_nobody_is_flooded_by_send_again(database):
    visit = await register()
    for turn in range(1, 5):
        await again(visit, after=61 * turn)
    with pytest.raises(TooMany, match="验证码要得太多"):
        await again(visit, after=61 * 5)


async def test_who_waits_for_no_code_gets_none(database):
    with pytest.raises(NotAllowed):
        await again(Visit())
