"""A paper that stopped: its reason stands on it, and once that is mended it is made by whoever works on the case."""

import pytest

from portal.base import clock, db, outbox
from portal.base.actor import Actor
from portal.base.form_keys import new_key
from portal.documents import making, press, service, store
from portal.kernel.errors import Conflict, Missing
from tests.factories.documents import NOON, some_facts
from workers.documents import issue

SUBJECT = "application:12"
EXAMINER = Actor("examiner", 201, "周审", district="500103")
CITY = Actor("city-admin", 401, "何市")
ELSEWHERE = Actor("examiner", 202, "郑审", district="500112")


@pytest.fixture
async def papers(database, environment):
    """The database, with a press that is closed at the end."""
    environment.setenv("PORTAL_DEMO", "1")
    yield
    await press.shared().close()


async def a_paper() -> int:
    async with db.tx():
        made = await service.promise(
            "grant", some_facts("grant"), subject=SUBJECT, district="500103", institution_id=7, at=NOON, is_demo=True
        )
    return made.id


async def a_stopped_paper() -> int:
    document_id = await a_paper()
    await issued_jobs_done()
    await store.stop(document_id, "字体里没有这个字")
    return document_id


async def issued_jobs_done() -> None:
    await db.execute("UPDATE outbox_job SET done_at = now() WHERE topic = 'document.issue'")


async def state(document_id: int) -> tuple[str, str]:
    [found] = [paper for paper in await service.papers(SUBJECT) if paper.id == document_id]
    return found.state, found.stopped_reason


async def retry(document_id: int, actor: Actor = EXAMINER, key: str = "") -> str:
    return await service.retry(document_id, key=key or new_key(), actor=actor, now=clock.now())


async def entries() -> int:
    row = await db.row("SELECT count(*) AS n FROM audit_entry WHERE action = 'document.retry'")
    assert row is not None
    return int(row["n"])


@pytest.mark.parametrize("actor", [EXAMINER, CITY])
async def test_a_stopped_paper_is_promised_again_with_its_job_and_its_audit_entry_and_then_made(papers, actor):
    document_id = await a_stopped_paper()
    assert await retry(document_id, actor) == SUBJECT
    assert await state(document_id) == ("promised", "")
    assert ([topic for _, topic in await outbox.due()], await entries()) == (["document.issue"], 1)
    await issue(document_id)
    assert (await state(document_id))[0] == "made"


async def test_another_districts_paper_and_an_unknown_one_are_missing(papers):
    document_id = await a_stopped_paper()
    for actor, wanted in ((ELSEWHERE, document_id), (EXAMINER, document_id + 1)):
        with pytest.raises(Missing):
            await retry(wanted, actor)
    assert (await state(document_id), await entries()) == (("stopped", "字体里没有这个字"), 0)


async def test_the_same_form_sent_twice_asks_once_and_a_second_person_loses_the_race(papers):
    document_id, key = await a_stopped_paper(), new_key()
    assert [await retry(document_id, key=key) for _ in range(2)] == [SUBJECT, SUBJECT]
    with pytest.raises(Conflict, match="再试一次"):
        await retry(document_id)
    assert (len(await outbox.due()), await entries()) == (1, 1)


@pytest.mark.parametrize("is_made", [False, True])
async def test_a_paper_that_is_not_stopped_is_not_made_again(papers, is_made):
    document_id = await a_paper()
    if is_made:
        await issue(document_id)
    with pytest.raises(Conflict):
        await retry(document_id)
    assert await entries() == 0


async def test_a_retried_paper_is_made_with_the_fonts_of_today_and_what_it_says_stays(papers):
    document_id = await a_paper()
    await db.execute("UPDATE document SET state = 'stopped', stopped_reason = 'x' WHERE id = $1", document_id)
    await db.execute("UPDATE document SET fonts_version = 'f0' WHERE id = $1", document_id)
    before = await store.one(document_id)
    await retry(document_id)
    after = await store.one(document_id)
    assert before is not None
    assert after is not None
    assert (before.fonts_version, after.fonts_version) == ("f0", "f1")
    assert (before.facts, before.number, before.code) == (after.facts, after.number, after.code)


async def test_a_job_that_was_given_up_stops_its_paper_once_and_no_alarm_stays(papers):
    document_id, other = await a_paper(), await a_paper()
    await db.execute("UPDATE outbox_job SET dead_at = now() WHERE key = $1", f"document:{document_id}")
    assert [await making.stop_given_up() for _ in range(2)] == [1, 0]
    assert (await state(document_id), await state(other)) == (("stopped", making.GIVEN_UP), ("promised", ""))
    assert (await outbox.unfinished())["dead"] == 0
    await retry(document_id)
    assert await making.stop_given_up() == 0
    await issue(document_id)
    assert (await state(document_id))[0] == "made"


async def test_a_made_paper_whose_file_is_lost_says_who_brings_it_back(papers):
    from portal.base import files

    document_id = await a_paper()
    await issue(document_id)
    row = await db.row("SELECT signed_sha256 FROM document WHERE id = $1", document_id)
    assert row is not None
    kept = files.store()
    assert isinstance(kept, files.Folder)
    kept.path(row["signed_sha256"]).unlink()
    with pytest.raises(Conflict, match="备份"):
        await service.paper_file(document_id)


async def test_that_a_paper_stopped_stands_in_the_audit_log_once(papers):
    document_id = await a_paper()
    await db.execute("UPDATE outbox_job SET dead_at = now() WHERE topic = 'document.issue'")
    assert [await making.stop_given_up() for _ in range(2)] == [1, 0]
    found = await db.rows("SELECT subject FROM audit_entry WHERE action = 'document.stop'")
    assert [row["subject"] for row in found] == [f"document:{document_id}"]
