"""Many people at once: one wins, numbers have no gap, nothing is done twice."""

import asyncio
import json
from collections.abc import Coroutine
from contextvars import copy_context
from typing import Any

import pytest

from portal.base import audit, db, postgres
from portal.base.actor import Actor
from portal.districts import service as districts
from portal.districts.service import days
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.licensing.service import decision, desk, drafting, numbers, ticking
from portal.licensing.states import State
from schemas.districts import EnterDay
from schemas.licensing import orders
from tests.factories import licensing as make
from tests.factories.accounts import an_account, app_code
from tests.factories.licensing import APPROVER, CLERK, EXAMINER, NOON
from tests.licensing.standing import GRANTED_FOR, LATER, order, paper_kinds

CITY = Actor("city-admin", 501, "市管")
TEN = [Actor("approver", 300 + number, f"批{number}", district="500103") for number in range(10)]
GRANTS, ROLLED_BACK = 200, 20
UNPRINTABLE = "\U0002fa1d"  # a character that no font of the papers has: its letter can't be promised


async def test_ten_approvers_decide_at_once_and_one_wins(database: str) -> None:
    case_id = await make.a_recommended()
    seen = await make.version(case_id)
    given = [grant({"case_id": case_id, "version": seen, "key": make.a_key()}) for _ in TEN]
    found = await asyncio.gather(
        *(decision.decide(form, actor=actor, now=LATER) for form, actor in zip(given, TEN, strict=True)),
        return_exceptions=True,
    )  # fmt: skip
    lost = [one for one in found if isinstance(one, Conflict)]
    assert (found.count(None), len(lost)) == (1, 9)
    winner = TEN[found.index(None)]
    assert {one.winner for one in lost} == {winner.reference}
    assert (await make.found(case_id)).decided_by == winner.account_id
    assert await paper_kinds(case_id) == sorted(["receipt", "acceptance", "grant", "certificate", "duplicate"])
    assert len(await db.rows("SELECT id FROM licence")) == 1
    assert (await audit.verify()).broken is None


async def test_a_form_sent_ten_times_at_once_acts_once(database: str) -> None:
    case_id = await make.a_draft()
    form = orders.Submit(declares="yes", **await make.once(case_id))
    found = await asyncio.gather(
        *(drafting.submit(form, actor=CLERK, now=NOON) for _ in range(10)), return_exceptions=True
    )
    assert found == [None] * 10
    assert await paper_kinds(case_id) == ["receipt"]


async def test_ten_begin_the_same_application_at_once_and_all_are_led_to_one_draft(database: str) -> None:
    await districts.ensure_seed()
    colleagues = [Actor("clerk", 110 + number, "同事", institution_id=1) for number in range(10)]
    found = await asyncio.gather(*(
        drafting.start(orders.Start(district="500103", key=make.a_key()), actor=one, now=NOON) for one in colleagues
    ))  # fmt: skip
    assert [row["id"] for row in await db.rows("SELECT id FROM application")] == [found[0]] == list(set(found))
    assert len(await db.rows("SELECT id FROM audit_entry WHERE action = 'application.start'")) == 1


async def test_an_approver_decides_while_the_clerk_takes_back_and_one_of_both_holds(database: str) -> None:
    case_id = await make.a_recommended()
    once = [{"case_id": case_id, "version": await make.version(case_id), "key": make.a_key()} for _ in range(2)]
    found = await asyncio.gather(
        decision.decide(grant(once[0]), actor=APPROVER, now=LATER),
        drafting.withdraw(orders.Withdraw(**once[1]), actor=CLERK, now=LATER),
        return_exceptions=True,
    )
    assert found.count(None) == 1
    assert sum(isinstance(one, Conflict) for one in found) == 1
    licences = await db.rows("SELECT id FROM licence")
    assert (await make.state(case_id), len(licences)) in {(State.GRANTED, 1), (State.WITHDRAWN, 0)}


async def test_200_grants_at_once_of_which_20_are_rolled_back_give_the_numbers_1_to_180(
    database: str, environment: pytest.MonkeyPatch
) -> None:
    environment.setattr(postgres, "ACQUIRE_SECONDS", 120)  # how busy this machine is must not decide who is turned away
    await districts.ensure_seed()
    cases = [await make.a_recommended() for _ in range(GRANTS)]
    forms = [grant(await make.once(one), opinion(serial)) for serial, one in enumerate(cases)]
    found = await asyncio.gather(
        *(decision.decide(form, actor=APPROVER, now=LATER) for form in forms), return_exceptions=True
    )
    assert sum(isinstance(one, Invalid) for one in found) == ROLLED_BACK
    assert found.count(None) == GRANTS - ROLLED_BACK
    licences = await db.rows("SELECT number FROM licence ORDER BY number")
    assert [int(row["number"][8:14]) for row in licences] == list(range(1, GRANTS - ROLLED_BACK + 1))
    for kind in ("grant", "certificate", "duplicate"):
        numbers = await db.rows("SELECT number FROM document WHERE kind = $1", kind)
        assert len({row["number"] for row in numbers}) == GRANTS - ROLLED_BACK
    assert (await audit.verify()).broken is None
    assert db.held() == 0


def grant(once: dict[str, Any], words: str = "") -> orders.Decide:
    """The form that grants."""
    return orders.Decide(outcome="grant", reasons=GRANTED_FOR, opinion=words, confirmed="yes", **once)


def opinion(serial: int) -> str:
    """What the approver writes; in each tenth case something that no letter can print, found after the minting."""
    return UNPRINTABLE if serial % (GRANTS // ROLLED_BACK) == 0 else ""


async def test_two_examiners_take_a_case_at_once_and_one_holds_it(database: str) -> None:
    case_id = await make.a_submitted()
    seen = await make.version(case_id)
    others = [EXAMINER, Actor("examiner", 202, "何敏", district="500103")]
    found = await asyncio.gather(
        *(
            desk.take_over(orders.TakeOver(case_id=case_id, version=seen), actor=one, now=NOON)
            for one in others
        ),
        return_exceptions=True,
    )  # fmt: skip
    assert found.count(None) == 1
    assert (await make.found(case_id)).examiner_id == others[found.index(None)].account_id


async def test_a_stale_form_leaves_nothing_behind_and_names_who_was_faster(database: str) -> None:
    case_id = await make.an_accepted()
    stale = {**await make.once(case_id), "version": await make.version(case_id) - 1}
    with pytest.raises(Conflict) as lost:
        await desk.accept(orders.Accept(**stale), actor=EXAMINER, now=LATER)
    assert lost.value.winner == EXAMINER.reference
    await order("examine", case_id, EXAMINER)
    assert await paper_kinds(case_id) == ["acceptance", "receipt"]


TAKEN_BACK = "UPDATE application SET state = 'withdrawn', version = version + 1, due_on = NULL"
LIMIT_ENDED = "UPDATE application_clock SET ended_on = '2026-11-24'"


async def overtaken(act: Coroutine[Any, Any, Any], *moves: str) -> Any:
    """Let somebody act while another transaction is moving the case; that one commits first. Gives what came of it."""
    outside = copy_context()
    async with db.tx():
        for move in moves:
            await db.execute(move)
        acting = asyncio.create_task(act, context=outside)
        while not acting.done() and not await db.rows("SELECT 1 AS one FROM pg_locks WHERE NOT granted"):
            continue
    [found] = await asyncio.gather(acting, return_exceptions=True)
    return found


async def test_no_verdict_is_kept_for_a_case_that_was_moved_meanwhile(database: str) -> None:
    case_id = await make.a_submitted()
    await desk.take_over(
        orders.TakeOver(case_id=case_id, version=await make.version(case_id)), actor=EXAMINER, now=NOON
    )
    seen = await make.version(case_id)
    verdict = orders.Judge(case_id=case_id, version=seen, slot="charter", verdict="missing", remark="没有章程。")
    found = await overtaken(desk.judge_material(verdict, actor=EXAMINER, now=LATER), TAKEN_BACK)
    assert isinstance(found, NotAllowed)
    assert await db.rows("SELECT id FROM application_judgement") == []


async def test_a_look_at_numbers_is_written_down_with_the_state_that_the_case_has(database: str) -> None:
    case_id, examiner = await make.a_submitted(), await an_account("examiner")
    sent = orders.Reveal(case_id=case_id, reason="original", code=app_code(at=LATER))
    look = numbers.reveal(sent, actor=examiner, now=LATER)
    await overtaken(look, TAKEN_BACK)
    entry = await db.row("SELECT details FROM audit_entry WHERE action = 'application.reveal-numbers'")
    assert entry is not None
    assert json.loads(entry["details"])["state"] == "withdrawn"


async def test_a_limit_that_ended_meanwhile_is_not_counted_anew(database: str) -> None:
    case_id = await make.a_submitted()
    due = (await make.found(case_id)).due_on
    assert due is not None
    day = EnterDay(day=due, kind="holiday", name="临时放假", cite="市政府通知", version=await days.version())
    await days.enter_day(day, actor=CITY, now=NOON)
    assert await overtaken(ticking.recount_all(LATER), TAKEN_BACK, LIMIT_ENDED) == 0
    assert (await make.found(case_id)).due_on is None
