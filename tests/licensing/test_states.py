"""The full table: each state × event × role, in the table itself and through the use cases people order by."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from portal.base import audit, db
from portal.kernel.errors import Missing, NotAllowed
from portal.licensing.service import ticking
from portal.licensing.states import EVENTS, MOVES, ROLES, UNDECIDED, WORDS, Move, State, move
from tests.factories.licensing import NOON, state
from tests.licensing.standing import BY_ROLE, IN, LATER, ORDERS, order, paper_kinds

ALL_ROLES = (*ROLES, "district-admin", "city-admin", "auditor", "inspector", "anonymous")


@pytest.mark.parametrize("state_", State)
@pytest.mark.parametrize("event", EVENTS)
def test_only_the_rows_of_the_table_move(state_: State, event: str) -> None:
    for role in ALL_ROLES:
        row = MOVES.get((state_, event))
        if row is not None and row.by == role:
            assert move(state_, event, role) is row
            continue
        with pytest.raises(NotAllowed) as refusal:
            move(state_, event, role)
        assert WORDS[state_] in str(refusal.value)


def test_an_ended_case_moves_no_more_and_every_other_one_can_still_end() -> None:
    sources = {source for source, _ in MOVES}
    assert sources == {State.DRAFT, State.GRANTED, *UNDECIDED}
    assert set(WORDS) == set(State)


async def kept(case_id: int) -> tuple[object, ...]:
    """Everything that an order of a case could leave behind."""
    case = await db.row("SELECT * FROM application WHERE id = $1", case_id)
    counts = await db.row(
        "SELECT (SELECT count(*) FROM document) d, (SELECT count(*) FROM audit_entry) a,"
        " (SELECT count(*) FROM application_event) e, (SELECT count(*) FROM outbox_job) o,"
        " (SELECT count(*) FROM application_opinion) n, (SELECT sum(reached) FROM counter) c"
    )
    assert case is not None
    assert counts is not None
    return (*case.values(), *counts.values())


@pytest.mark.parametrize("standing", State)
async def test_a_refused_order_leaves_nothing_behind(database: str, standing: State) -> None:
    case_id = await IN[standing]()
    assert await state(case_id) == standing
    before = await kept(case_id)
    for event in ORDERS:
        for role, actor in BY_ROLE.items():
            row = MOVES.get((standing, event))
            if row is None or row.by != role:
                with pytest.raises((NotAllowed, Missing)):
                    await order(event, case_id, actor)
    assert await kept(case_id) == before


@pytest.mark.parametrize("row", MOVES.values(), ids=lambda row: f"{row.source}-{row.event}")
async def test_each_move_reaches_its_state_with_its_papers_its_clock_and_its_entry(database: str, row: Move) -> None:
    case_id = await IN[row.source]()
    before = await paper_kinds(case_id)
    await happen(row, case_id)
    assert await state(case_id) == row.target
    expected = sorted([*before, *row.issues])
    assert await paper_kinds(case_id) == expected
    clocks = await db.rows("SELECT step FROM application_clock WHERE application_id = $1 AND ended_on IS NULL", case_id)
    if row.clock or (row.target != row.source and row.event in {"withdraw", "refuse", "issue", "return"}):
        assert [clock["step"] for clock in clocks] == ([row.clock] if row.clock else [])
    last = await db.row("SELECT action, subject FROM audit_entry ORDER BY id DESC LIMIT 1")
    assert last == {"action": f"application.{row.event}", "subject": f"application:{case_id}"}
    assert (await audit.verify()).broken is None


async def happen(row: Move, case_id: int) -> None:
    """Let the row's own role do it."""
    by_clock: dict[str, Callable[[], Awaitable[object]]] = {
        "lapse": lambda: ticking.lapse(case_id, NOON + timedelta(days=9)),
        "issue": lambda: ticking.issued(case_id, LATER),
    }
    await (by_clock[row.event]() if row.event in by_clock else order(row.event, case_id, BY_ROLE[row.by]))
