"""The figures for operators: what waits, what died, who is there; and nobody else may read them."""

import httpx2 as httpx
import pytest

from portal.app import create, lifespan
from portal.base import clock, db, outbox, sessions
from portal.base.settings import settings

HERE, AWAY = ("127.0.0.1", 40_000), ("203.0.113.9", 40_000)


async def asked(application, sender=HERE, **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=application, client=sender)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        return await client.get("/metrics", headers=headers)


@pytest.fixture
async def opened(database, queue):
    await db.disconnect()
    application = create()
    async with lifespan(application):
        yield application


async def test_what_waits_what_died_and_who_is_there_is_counted(opened):
    async with db.tx():
        await outbox.put("document.issue", key="waits")
        await outbox.put("document.issue", key="died")
    await db.execute("UPDATE outbox_job SET dead_at = now() WHERE key = 'died'")
    await sessions.start(1, is_confirmed=True)
    await sessions.start(None, is_confirmed=False)
    figures = (await asked(opened)).text.splitlines()
    assert 'portal_outbox_jobs{state="waiting"} 1.0' in figures
    assert 'portal_outbox_jobs{state="dead"} 1.0' in figures
    assert 'portal_documents{state="promised"} 0.0' in figures
    assert 'portal_documents{state="stopped"} 0.0' in figures
    assert "portal_sessions 1.0" in figures
    assert any(line.startswith("portal_database_connections_held ") for line in figures)


async def test_the_figures_are_for_this_machine_alone(opened):
    assert (await asked(opened)).status_code == 200
    assert (await asked(opened, AWAY)).status_code == 404


async def test_a_forwarded_request_could_come_from_anywhere(opened):
    assert (await asked(opened, **{"x-forwarded-for": "203.0.113.9"})).status_code == 404


async def test_an_operator_can_name_who_else_reads_the_figures(opened, environment):
    environment.setenv("PORTAL_METRICS_FROM", "10.0.0.0/8, 203.0.113.9")
    settings.cache_clear()
    assert (await asked(opened, AWAY)).status_code == 200
    assert (await asked(opened)).status_code == 404


async def test_an_application_without_a_database_asks_none_whatever_ran_in_its_process_before(opened):
    await db.disconnect()
    try:
        assert "portal_requests_total" in (await asked(create())).text
    finally:
        await db.connect()


async def test_a_session_that_is_over_is_not_counted(opened):
    await sessions.start(1, is_confirmed=True)
    assert await sessions.signed_in(clock.now() + sessions.IDLE * 2) == 0
