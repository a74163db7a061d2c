"""A new key for personal data while the portal runs: nothing unreadable at any point, nothing lost, no old key left."""

import asyncio
import json
import os
import signal
import subprocess
import sys

import pytest

from portal.accounts import codes
from portal.accounts.sealed import SEALED as ACCOUNTS
from portal.base import audit, clock, crypto, db, rotation, schema
from portal.base.failpoints import VARIABLE
from portal.base.settings import ROOT, settings
from portal.kernel.errors import Conflict, PortalError
from portal.licensing.sealed import SEALED as LICENSING
from portal.licensing.store import answers
from tests.factories.accounts import SECRET, an_account, entries

COLUMNS = (*ACCOUNTS, *LICENSING)
CASES = range(1, 251)  # more than one batch
EVERY_SEALED_COLUMN = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND (column_name = 'sealed' OR column_name LIKE '%\\_sealed')
"""
ONE_RUN = """
import asyncio
from portal.base import db, rotation
from tests.base.test_rotation import COLUMNS
async def run():
    await db.connect()
    await rotation.rotate(COLUMNS, rest_seconds=0)
    await db.disconnect()
asyncio.run(run())
"""


async def kept() -> str:
    """Something encrypted in each table; gives the login of an account with a second factor."""
    someone = await an_account("examiner", login="chen@example.com")
    for case in CASES:
        await answers.save_section(
            case, "people", {"number": f"50010319900101{case}"}, is_complete=True, at=clock.now()
        )
    await answers.keep_submission(1, 1, {"people": {"number": "500103199001011"}}, clock.now())
    await db.execute("INSERT INTO organisation (id, name, created) VALUES (1, '甲', now())")
    await db.execute(
        "INSERT INTO invitation (id, institution_id, code_hash, code_sealed, created_by, created, expires)"
        " VALUES (7, 1, 'h', $1, $2, now(), now())",
        codes.seal_invitation("ABCD2345", 7), someone.account_id,
    )  # fmt: skip
    return "chen@example.com"


async def is_readable(login: str = "chen@example.com") -> bool:
    """Everything reads as it was kept."""
    account = await db.row("SELECT totp_sealed FROM account WHERE login = $1", login)
    invitation = await db.row("SELECT code_sealed FROM invitation WHERE id = 7")
    for case in CASES:
        assert (await answers.sections(case))["people"].answers == {"number": f"50010319900101{case}"}
    assert await answers.submissions(1) == {1: {"people": {"number": "500103199001011"}}}
    assert codes.read_invitation(invitation["code_sealed"], 7).replace("-", "") == "ABCD2345"
    return codes.read_secret(account["totp_sealed"], login) == SECRET


def names() -> list[str]:
    return sorted(json.loads(crypto.keys_file(settings()).read_text())["ciphers"])


def run_elsewhere(dies_at: str = "") -> int:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), VARIABLE: dies_at}
    return subprocess.run([sys.executable, "-c", ONE_RUN], env=environment, check=False).returncode


async def test_every_encrypted_column_takes_part(database):
    found = {(row["table_name"], row["column_name"]) for row in await db.rows(EVERY_SEALED_COLUMN)}
    assert found == {(column.table, column.column) for column in COLUMNS}


async def test_after_a_rotation_everything_reads_and_nothing_has_the_old_key(database):
    await kept()
    before = crypto.keys()
    done = await rotation.rotate(COLUMNS, rest_seconds=0)
    assert (done.current, done.dropped, done.values) == ("k2", ["k1"], len(CASES) + 3)
    assert names() == ["k2"]
    assert crypto.keys_file(settings()).stat().st_mode & 0o777 == 0o600
    assert crypto.keys().finder == before.finder
    assert await is_readable()
    assert (await entries("keys.rotate"), await entries("keys.drop")) == (1, 1)
    assert (await audit.verify()).broken is None


@pytest.mark.parametrize("place", ["rotation.begun", "rotation.locked", "rotation.batch", "rotation.noted"])
async def test_a_rotation_killed_anywhere_leaves_all_readable_and_is_gone_on_with(own_database, place):
    await db.connect()
    try:
        await kept()
        assert run_elsewhere(place) == -signal.SIGKILL
        assert names() == ["k1", "k2"]
        assert await is_readable()
        assert run_elsewhere() == 0
        assert names() == ["k2"]
        assert await is_readable()
    finally:
        await db.disconnect()


async def test_what_is_saved_meanwhile_is_never_overwritten(database):
    await kept()

    async def save(case: int) -> None:
        for turn in range(20):
            await answers.save_section(case, "people", {"turn": turn}, is_complete=True, at=clock.now())

    await asyncio.gather(rotation.rotate(COLUMNS, rest_seconds=0), *(save(case) for case in (1, 125, 250)))
    for case in (1, 125, 250):
        assert (await answers.sections(case))["people"].answers == {"turn": 19}
    assert not any([await rotation.is_left(column, "k2") for column in COLUMNS])


async def test_a_save_under_the_old_key_that_commits_late_is_encrypted_anew(database):
    await kept()
    late = crypto.keys().encrypt('{"late": true}', place="application_section:9:people")
    other = await schema.connection(settings())
    saving = other.transaction()
    await saving.start()
    await other.execute("UPDATE application_section SET sealed = $1 WHERE application_id = 9", late)
    rotating = asyncio.create_task(rotation.rotate(COLUMNS, rest_seconds=0))
    while await rotation.is_left(ACCOUNTS[0], "k2"):
        assert names() != ["k2"]
    await saving.commit()
    await other.close()
    await rotating
    assert (await answers.sections(9))["people"].answers == {"late": True}
    assert names() == ["k2"]


async def test_a_value_that_no_key_can_read_keeps_the_old_key_and_is_named(database):
    await kept()
    await db.execute("UPDATE application_section SET sealed = 'k0.AAAA' WHERE application_id = 3")
    row = await db.row("SELECT id FROM application_section WHERE application_id = 3")
    with pytest.raises(PortalError, match=f"application_section {row['id']}"):
        await rotation.rotate(COLUMNS, rest_seconds=0)
    assert names() == ["k1", "k2"]


async def test_two_rotations_at_once_are_one(database):
    before = crypto.keys()
    held = await schema.connection(settings())
    await held.execute("SELECT pg_advisory_lock($1)", rotation.LOCK)
    with pytest.raises(Conflict):
        await rotation.rotate(COLUMNS, rest_seconds=0)
    await held.close()
    assert crypto.keys() == before


def test_keys_that_are_lost_while_the_portal_runs_are_not_made_anew(environment):
    crypto.keys()
    crypto.keys_file(settings()).unlink()
    with pytest.raises(FileNotFoundError):
        crypto.keys()
