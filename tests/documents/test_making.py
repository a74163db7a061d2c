"""From promise to file: numbers without gaps, frozen facts, one file however often the job runs."""

import hashlib
import json

import asyncpg
import pytest

from portal.base import db, files
from portal.documents import press, service
from portal.documents.authority import trusted_roots
from portal.documents.verification import verify
from portal.kernel.errors import Conflict, Invalid, Missing
from tests.factories.documents import NOON, some_facts
from workers.documents import issue

SUBJECT = "application:12"


@pytest.fixture
async def papers(database, environment):
    """The database, with a press that is closed at the end."""
    environment.setenv("PORTAL_DEMO", "1")
    yield
    await press.shared().close()


async def promise(kind="grant", subject=SUBJECT, at=NOON, **changes):
    async with db.tx():
        return await service.promise(
            kind, some_facts(kind, **changes), subject=subject, district="500103", institution_id=7, at=at, is_demo=True
        )


async def one(sql, *values):
    found = await db.row(sql, *values)
    assert found is not None
    return found


async def test_a_promise_mints_number_and_code_and_asks_for_the_job(papers):
    first, second = await promise(), await promise()
    assert [first.number, second.number] == ["渝中教准〔2026〕1号", "渝中教准〔2026〕2号"]
    assert first.code != second.code
    job = await one("SELECT topic, body FROM outbox_job WHERE key = $1", f"document:{first.id}")
    body = job["body"] if isinstance(job["body"], dict) else json.loads(job["body"])
    assert (job["topic"], body) == ("document.issue", {"document_id": first.id})


async def taken_back():
    async with db.tx():
        await service.promise(
            "grant", some_facts("grant"), subject=SUBJECT, district="500103", institution_id=7, at=NOON, is_demo=True
        )
        raise LookupError


async def test_a_decision_that_is_rolled_back_leaves_no_paper_and_no_gap(papers):
    with pytest.raises(LookupError):
        await taken_back()
    assert await service.papers(SUBJECT) == []
    assert (await promise()).number.endswith("〔2026〕1号")


async def test_both_ways_of_non_acceptance_share_one_row_of_numbers(papers):
    numbers = [(await promise(kind)).number for kind in ("not-required", "wrong-authority", "refusal")]
    assert numbers == ["渝中教不受〔2026〕1号", "渝中教不受〔2026〕2号", "渝中教不准〔2026〕1号"]


async def test_a_character_that_no_font_has_stops_the_decision_by_name(papers):
    with pytest.raises(Invalid, match=r"“𱍐”（U\+31350）"):
        await promise(institution="重庆𱍐学校")
    assert await service.papers(SUBJECT) == []


async def test_the_paper_is_made_once_signed_and_verifies(papers):
    from portal.base.settings import settings

    paper = await promise("certificate")
    for _ in range(2):
        await issue(paper.id)
    [found] = await service.papers(SUBJECT)
    pdf, name = await service.paper_file(paper.id)
    verdict = await verify(pdf, trusted_roots(settings()))
    assert (found.state, found.title) == ("made", "民办学校办学许可证（正本）")
    assert (verdict.holds, name) == (True, "民办学校办学许可证（正本）-教民150010370000021号.pdf")
    row = await one("SELECT unsigned_sha256, signed_sha256 FROM document WHERE id = $1", paper.id)
    assert row["signed_sha256"] == hashlib.sha256(pdf).hexdigest()
    unsigned = pdf[: pdf.index(b"%%EOF") + 6]
    assert hashlib.sha256(unsigned).hexdigest() == row["unsigned_sha256"]
    assert (await one("SELECT count(*) AS n FROM audit_entry WHERE action = 'document.made'"))["n"] == 1


async def test_a_second_maker_attaches_nothing(papers):
    from portal.documents import making, store

    paper = await promise()
    row = await store.one(paper.id)
    await issue(paper.id)
    before = await service.paper_file(paper.id)
    await making._attach(row, b"%PDF-other", b"%PDF-other signed")
    assert await service.paper_file(paper.id) == before


async def test_the_case_is_issued_when_original_and_duplicate_are_made(papers):
    original, duplicate = await promise("certificate"), await promise("duplicate")
    issued = "SELECT count(*) AS n FROM outbox_job WHERE topic = 'application.issued'"
    await issue(duplicate.id)
    assert (await one(issued))["n"] == 0
    await issue(original.id)
    assert (await one(issued))["n"] == 1


async def test_a_paper_that_does_not_fit_stops_with_the_reason(papers):
    paper = await promise("certificate", institution="长" * 120, address="址" * 120, organisers="人" * 120,
                          legal_representative="名" * 120, principal="校" * 120)  # fmt: skip
    await issue(paper.id)
    [found] = await service.papers(SUBJECT)
    assert (found.state, "放不进" in found.stopped_reason) == ("stopped", True)


async def test_a_paper_is_found_by_its_code_as_people_type_it(papers):
    paper = await promise()
    found = await service.by_code(" " + paper.code.lower().replace("-", " "))
    assert found is not None
    assert found.id == paper.id
    assert await service.by_code("0" * 5000) is None


async def test_a_newer_certificate_replaces_the_older_one(papers):
    old = await promise("certificate")
    assert await service.replaced_at(old.id) is None
    new = await promise("certificate", issue=2)
    assert await service.replaced_at(old.id) == NOON
    assert await service.replaced_at(new.id) is None


async def test_frozen_facts_cannot_be_changed_or_deleted(papers):
    paper = await promise()
    with pytest.raises(asyncpg.RaiseError, match="frozen"):
        await db.execute("UPDATE document SET facts = '{}' WHERE id = $1", paper.id)
    with pytest.raises(asyncpg.RaiseError, match="stays"):
        await db.execute("DELETE FROM document WHERE id = $1", paper.id)


async def test_a_paper_that_is_not_made_yet_says_so_and_none_is_missing(papers):
    paper = await promise()
    with pytest.raises(Conflict):
        await service.paper_file(paper.id)
    with pytest.raises(Missing):
        await service.paper_file(paper.id + 1)


async def test_the_preview_escapes_what_people_typed_and_mints_nothing(papers):
    shown = await service.preview("refusal", some_facts("refusal", addressee="<b>甲</b>"))
    assert "&lt;b&gt;甲&lt;/b&gt;" in shown
    assert "<b>" not in shown
    assert (await promise("refusal")).number.endswith("1号")


async def test_a_subject_of_the_permission_table_tells_whose_paper_it_is(papers):
    paper = await promise()
    found = await service.subject_of(str(paper.id))
    assert found is not None
    assert (found.district, found.institution_id) == ("500103", 7)
    assert await service.subject_of("9" * 40) is None
    assert files.store().__class__.__name__ == "Folder"


async def test_a_machine_without_the_libraries_asks_again_later(papers, monkeypatch):
    paper = await promise()
    monkeypatch.setattr("portal.base.pango.NEEDED", ("libnothing-of-that-name.so.0",))
    await issue(paper.id)
    [found] = await service.papers(SUBJECT)
    assert found.state == "promised"
    later = await one("SELECT count(*) AS n FROM outbox_job WHERE ready_at > now() + interval '4 minutes'")
    assert later["n"] == 1
    monkeypatch.undo()
