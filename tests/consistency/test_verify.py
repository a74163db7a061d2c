"""Each planted defect is found, by the name of its question; a sound installation has none."""

import hashlib
import os
from collections.abc import Iterator

import pytest

from portal.base import db, files
from portal.consistency import checking, numbering
from portal.licensing.service import ticking
from tests.factories.licensing import a_decided, a_draft, a_recommended, a_submitted
from tests.licensing.standing import LATER

WHOLE = b"%PDF-1.7 a paper"
MAKE_PAPERS = (
    "UPDATE document SET state = 'made', made_at = now(), signed_sha256 = $1::text,"
    " file_id = (SELECT id FROM stored_file WHERE sha256 = $1::text) WHERE state = 'promised'"
)

# Each defect: which question finds it, and the statements that plant it past every trigger of the database.
DEFECTS: tuple[tuple[str, str], ...] = (
    ("licence-numbers", "DELETE FROM licence"),
    ("licence-numbers", "UPDATE counter SET reached = reached + 1 WHERE series = 'licence:500103'"),
    ("licence-numbers", "UPDATE licence SET number = '150010370000031'"),
    ("licence-districts", "UPDATE licence SET number = '150011270000011'"),
    ("one-licence", "UPDATE application SET licence_number = NULL WHERE state = 'issued'"),
    ("one-licence", "UPDATE application SET licence_number = '150010370000011' WHERE state = 'submitted'"),
    ("a-case-for-each-licence", "UPDATE application SET licence_number = NULL WHERE state = 'issued'"),
    ("certificates", "DELETE FROM document WHERE kind = 'certificate'"),
    ("certificates", "UPDATE document SET number = '教民150010370000021号' WHERE kind = 'duplicate'"),
    ("two-people", "UPDATE application SET decided_by = examiner_id WHERE state = 'issued'"),
    ("papers-to-make", "DELETE FROM outbox_job WHERE topic = 'document.issue' AND done_at IS NULL"),
    ("made-papers", "UPDATE document SET signed_sha256 = repeat('0', 64) WHERE kind = 'grant'"),
    ("limits", "UPDATE application_clock SET ended_on = NULL"),
    ("limits", "UPDATE application SET due_on = due_on + 1 WHERE state = 'submitted'"),
    ("audited", "UPDATE application SET state = 'withdrawn' WHERE state = 'submitted'"),
    ("uploads", "UPDATE application_material SET file_id = 999999 WHERE id = (SELECT min(id) FROM application_material)"),
    ("submissions", "DELETE FROM application_submission WHERE application_id = (SELECT max(application_id) FROM application_submission)"),
    ("dead-jobs", "UPDATE outbox_job SET dead_at = now() WHERE done_at IS NULL"),
    ("late-jobs", "UPDATE outbox_job SET ready_at = now() - interval '1 hour' WHERE done_at IS NULL"),
    ("leases", "UPDATE outbox_job SET lease_until = now() - interval '1 hour' WHERE done_at IS NULL"),
    ("letter-numbers", "DELETE FROM document WHERE kind = 'receipt' AND id = (SELECT min(id) FROM document)"),
    ("letter-numbers", "UPDATE counter SET reached = reached - 1 WHERE series LIKE 'letter:%'"),
    ("letter-numbers", "UPDATE application SET number = '渝中教许收〔2026〕9号' WHERE state = 'submitted'"),
    ("audit-chain", "UPDATE audit_entry SET actor = 'approver:999' WHERE id = (SELECT min(id) + 3 FROM audit_entry)"),
    ("audit-chain", "DELETE FROM audit_entry WHERE id = (SELECT min(id) + 3 FROM audit_entry)"),
    ("files", "UPDATE stored_file SET size = size + 1"),
    ("sealed", "UPDATE application_section SET sealed = 'k9' || substr(sealed, 3) WHERE id = (SELECT min(id) FROM application_section)"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def own_files() -> Iterator[None]:
    """Each test keeps its files in its own folder."""
    files.store.cache_clear()
    yield
    files.store.cache_clear()


@pytest.fixture
async def sound(database: str) -> str:
    """One issued licence with its papers, one application on the desk, one draft."""
    await files.keep(WHOLE, "application/pdf")
    issued = await a_decided()
    await db.execute(MAKE_PAPERS, hashlib.sha256(WHOLE).hexdigest())
    await db.execute("UPDATE outbox_job SET done_at = now()")
    await ticking.issued(issued, LATER)
    await a_submitted()
    await a_recommended()
    await a_draft()
    return database


async def found() -> dict[str, int]:
    """Which questions are contradicted, and how often."""
    return {answer.name: answer.count for answer in await checking.check() if answer.count}


async def test_a_sound_installation_has_nothing_to_name(sound: str) -> None:
    assert await found() == {}
    assert dict(await checking.waiting())["document.issue"] == 3


@pytest.mark.parametrize(("name", "defect"), DEFECTS, ids=[f"{n}-{i}" for i, (n, _) in enumerate(DEFECTS)])
async def test_a_planted_defect_is_found(sound: str, name: str, defect: str) -> None:
    async with db.tx():
        await db.execute("SET LOCAL session_replication_role = replica")  # past every trigger and foreign key
        assert await db.execute(defect) >= 1
    assert name in await found()


async def test_a_changed_a_lost_and_an_unknown_file_are_found(sound: str) -> None:
    store = files.store()
    assert isinstance(store, files.Folder)
    paper = store.path(hashlib.sha256(WHOLE).hexdigest())
    paper.write_bytes(WHOLE.replace(b"paper", b"PAPER"))
    assert await found() == {"files": 1}
    paper.unlink()
    assert await found() == {"files": 1}
    unknown = store.path("0" * 64)
    unknown.parent.mkdir(exist_ok=True)
    unknown.write_bytes(b"?")
    assert await found() == {"files": 1}  # a moment old: its transaction may be open
    os.utime(unknown, (0, 0))
    assert await found() == {"files": 1, "orphan-files": 1}


def test_a_row_of_numbers_is_broken_by_a_gap_a_repeat_and_a_number_nobody_gave() -> None:
    assert numbering.broken({"a": [1, 2, 3]}, {"a": 3}) == []
    for used, reached in (([1, 3], 3), ([1, 1, 2], 2), ([1, 2], 1), ([], 1), ([0, 1], 1)):
        assert numbering.broken({"a": used}, {"a": reached}) == ["a"]
