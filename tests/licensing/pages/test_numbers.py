"""Full ID numbers: masked everywhere, shown once to a case's reviewers for a reason that the audit log keeps."""

import asyncio
import json
import re
from datetime import timedelta

import pytest

from portal.accounts import tries
from portal.accounts.service import second_factor
from portal.base import clock, db
from portal.districts import service as districts
from portal.kernel.errors import Missing, TooMany
from portal.licensing.service import numbers
from schemas.licensing import orders
from tests.factories.accounts import an_account, app_code, entries
from tests.factories.browsing import browser
from tests.factories.licensing import CLERK, NOON, a_draft, a_submitted
from tests.guards.everything import ELSEWHERE, OWN

WHOLE = re.compile(r"(?<!\d)\d{17}[0-9X](?!\d)")


async def looks() -> list[dict[str, object]]:
    rows = await db.rows("SELECT details FROM audit_entry WHERE action = 'application.reveal-numbers'")
    return [json.loads(row["details"]) if isinstance(row["details"], str) else row["details"] for row in rows]


@pytest.mark.parametrize("role", ["examiner", "approver"])
async def test_a_reviewer_sees_the_numbers_once_and_each_look_is_written_down(database: str, role: str) -> None:
    await districts.ensure_seed()
    case_id = await a_submitted()
    async with browser((await an_account(role, district=OWN)).account_id) as visitor:
        path = f"/review/{case_id}/numbers"
        assert not WHOLE.findall((await visitor.get(f"/review/{case_id}")).text)
        refused = await visitor.post(path)
        assert (refused.status_code, WHOLE.findall(refused.text), await looks()) == (422, [], [])
        shown = await visitor.post(path, {"reason": "original", "code": app_code()})
        assert len(WHOLE.findall(shown.text)) >= 3
        assert shown.headers["cache-control"] == "no-store"
        assert not WHOLE.findall((await visitor.get(path, reason="original")).text)
    [look] = await looks()
    assert (look["reason"], look["proof"]) == ("original", "second-factor")
    assert not WHOLE.findall(json.dumps(look))


async def test_a_reviewer_who_looks_too_often_in_a_day_is_stopped(database: str) -> None:
    await districts.ensure_seed()
    case_id = await a_submitted()
    async with browser((await an_account("examiner", district=OWN)).account_id) as visitor:
        answers = []
        for minute in range(51):
            with clock.at(NOON + timedelta(minutes=minute)):
                sent = {"reason": "original", "code": app_code()}
                answers.append(await visitor.post(f"/review/{case_id}/numbers", sent))
    assert [answer.status_code for answer in answers] == [200] * 50 + [429]
    assert len(await looks()) == 50


@pytest.mark.parametrize(("role", "district"), [("examiner", ELSEWHERE), ("auditor", None), ("city-admin", None)])
async def test_nobody_else_sees_them(database: str, role: str, district: str | None) -> None:
    await districts.ensure_seed()
    case_id = await a_submitted()
    async with browser((await an_account(role, district=district)).account_id) as visitor:
        assert (await visitor.get(f"/review/{case_id}/numbers")).status_code == 404
    assert await looks() == []


async def test_the_use_case_itself_asks_who_looks(database: str) -> None:
    case_id, draft = await a_submitted(), await a_draft()
    examiner, approver = await an_account("examiner"), await an_account("approver")
    code = app_code(at=NOON)
    for number, actor in ((case_id, CLERK), (draft, examiner), (draft, approver)):
        with pytest.raises(Missing):
            await numbers.reveal(orders.Reveal(case_id=number, reason="original", code=code), actor=actor, now=NOON)
    assert await looks() == []


async def test_each_look_asks_for_a_code_that_was_never_used(database: str) -> None:
    await districts.ensure_seed()
    case_id, code = await a_submitted(), app_code(at=NOON)
    with clock.at(NOON):
        async with browser((await an_account("examiner", district=OWN)).account_id) as visitor:
            path = f"/review/{case_id}/numbers"
            shown = await visitor.post(path, {"reason": "original", "code": f"{code[:3]} {code[3:]}"})
            again = await visitor.post(path, {"reason": "original", "code": code})
    assert shown.status_code == 200
    assert (again.status_code, WHOLE.findall(again.text)) == (422, [])
    assert second_factor.WRONG_CODE in again.text
    assert re.search(r'value="original"\s+checked', again.text)  # the reason need not be chosen anew
    assert (len(await looks()), await entries("account.second-factor-failed")) == (1, 1)


async def test_two_looks_at_once_with_one_code_are_one_look(database: str) -> None:
    case_id, examiner = await a_submitted(), await an_account("examiner")
    order = orders.Reveal(case_id=case_id, reason="original", code=app_code(at=NOON))
    found = await asyncio.gather(
        *(numbers.reveal(order, actor=examiner, now=NOON) for _ in range(5)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in found) == ["Invalid"] * 4 + ["list"]
    assert len(await looks()) == 1


async def test_wrong_codes_end_in_a_wait_that_holds_for_log_in_too(database: str) -> None:
    await districts.ensure_seed()
    case_id, examiner = await a_submitted(), await an_account("examiner", district=OWN)
    assert examiner.account_id is not None
    wrong, right = app_code(at=NOON + timedelta(hours=1)), app_code(at=NOON)
    with clock.at(NOON):
        async with browser(examiner.account_id) as visitor:
            path = f"/review/{case_id}/numbers"
            answers = [
                await visitor.post(path, {"reason": "original", "code": code}) for code in [*[wrong] * 10, right]
            ]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    with pytest.raises(TooMany):
        await tries.count(tries.of_second_factor(examiner.account_id), NOON)
    assert await looks() == []
