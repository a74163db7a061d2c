"""Full ID numbers: masked everywhere, shown once to a case's reviewers for a reason that the audit log keeps."""

import json
import re

import pytest

from portal.base import db
from portal.districts import service as districts
from portal.kernel.errors import Missing
from portal.licensing.service import numbers
from schemas.licensing import orders
from tests.factories.browsing import an_account, browser
from tests.factories.licensing import APPROVER, CLERK, EXAMINER, NOON, a_draft, a_submitted
from tests.guards.everything import ELSEWHERE, OWN

WHOLE = re.compile(r"(?<!\d)\d{17}[0-9X](?!\d)")


async def looks() -> list[dict[str, object]]:
    rows = await db.rows("SELECT details FROM audit_entry WHERE action = 'application.reveal-numbers'")
    return [json.loads(row["details"]) if isinstance(row["details"], str) else row["details"] for row in rows]


@pytest.mark.parametrize("role", ["examiner", "approver"])
async def test_a_reviewer_sees_the_numbers_once_and_each_look_is_written_down(database: str, role: str) -> None:
    await districts.ensure_seed()
    case_id = await a_submitted()
    async with browser(await an_account(role, district=OWN)) as visitor:
        path = f"/review/{case_id}/numbers"
        assert not WHOLE.findall((await visitor.get(f"/review/{case_id}")).text)
        refused = await visitor.post(path)
        assert (refused.status_code, WHOLE.findall(refused.text), await looks()) == (422, [], [])
        shown = await visitor.post(path, {"reason": "original"})
        assert len(WHOLE.findall(shown.text)) >= 3
        assert shown.headers["cache-control"] == "no-store"
        assert not WHOLE.findall((await visitor.get(path, reason="original")).text)
    [look] = await looks()
    assert look["reason"] == "original"
    assert not WHOLE.findall(json.dumps(look))


async def test_a_reviewer_who_looks_too_often_in_a_day_is_stopped(database: str) -> None:
    await districts.ensure_seed()
    case_id = await a_submitted()
    async with browser(await an_account("examiner", district=OWN)) as visitor:
        answers = [await visitor.post(f"/review/{case_id}/numbers", {"reason": "original"}) for _ in range(51)]
    assert [answer.status_code for answer in answers] == [200] * 50 + [429]
    assert len(await looks()) == 50


@pytest.mark.parametrize(("role", "district"), [("examiner", ELSEWHERE), ("auditor", None), ("city-admin", None)])
async def test_nobody_else_sees_them(database: str, role: str, district: str | None) -> None:
    await districts.ensure_seed()
    case_id = await a_submitted()
    async with browser(await an_account(role, district=district)) as visitor:
        assert (await visitor.get(f"/review/{case_id}/numbers")).status_code == 404
    assert await looks() == []


async def test_the_use_case_itself_asks_who_looks(database: str) -> None:
    case_id, draft = await a_submitted(), await a_draft()
    for number, actor in ((case_id, CLERK), (draft, EXAMINER), (draft, APPROVER)):
        with pytest.raises(Missing):
            await numbers.reveal(orders.Reveal(case_id=number, reason="original"), actor=actor, now=NOON)
    assert await looks() == []
