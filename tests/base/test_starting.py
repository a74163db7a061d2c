"""A production start refuses what only a trial may have, in one line, before it serves anybody."""

import asyncio
import json
import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from portal.accounts import service as accounts
from portal.accounts import store
from portal.base import clock, crypto, db, schema, starting
from portal.base.settings import ROOT, read, settings
from portal.documents import authority
from portal.kernel.errors import PortalError

FIT = {"BASE_URL": "https://portal.example", "DATABASE_URL": "postgres://portal:9fK2xQ@db/portal"}
UNFIT = [
    ({"BASE_URL": ""}, "BASE_URL"),
    ({"PORTAL_SECRET": "short"}, "PORTAL_SECRET"),
    ({"PORTAL_SECRET": "change-me-change-me-change-me-change-me"}, "PORTAL_SECRET"),
    ({"DATABASE_URL": "postgres://portal:CHANGE-ME@127.0.0.1/portal"}, "DATABASE_URL"),
    ({"REDIS_URL": "redis://:changeme@127.0.0.1/0"}, "REDIS_URL"),
    ({"PORTAL_MAIL_URL": "smtp://portal:CHANGE-ME@mail.example:587"}, "PORTAL_MAIL_URL"),
    ({"PORTAL_TRUSTED_PROXY": "*"}, "PORTAL_TRUSTED_PROXY"),
    ({"PORTAL_PERSONAL_DATA_KEYS": "/nowhere/keys.json"}, "PORTAL_PERSONAL_DATA_KEYS"),
    ({"DATABASE_URL": "mysql://portal@db/portal"}, "DATABASE_URL"),
    ({"DATABASE_URL": "postgres://portal@db/portal?sslmode=verify-full"}, "PGSSLMODE"),
    ({"DATABASE_READ_URL": "postgres://portal:CHANGE-ME@replica/portal"}, "DATABASE_READ_URL"),
    ({"REDIS_URL": "http://127.0.0.1"}, "REDIS_URL"),
    ({"REDIS_URL": "redis://127.0.0.1/0"}, "REDIS_URL"),
    ({"FILES_URL": "/srv/files"}, "FILES_URL"),
    ({"FILES_URL": "file:///srv/files"}, "FILES_URL"),
    ({"PORTAL_TRUSTED_PROXY": "nginx"}, "PORTAL_TRUSTED_PROXY"),
    ({"PORTAL_DATA": "/etc/hostname/data"}, "PORTAL_DATA"),
]
UNREADABLE = [
    ({"PORT": "99999"}, "PORT: give a number"),
    ({"PORTAL_POOL_SIZE": "many"}, "PORTAL_POOL_SIZE: give a number"),
    ({"PORTAL_DEMO": "maybe"}, "PORTAL_DEMO: give 1"),
    ({"PORTAL_METRICS_FROM": "everybody"}, "PORTAL_METRICS_FROM: give addresses"),
    ({"BASE_URL": "http://portal.example"}, "https"),
    ({"BASE_URL": "portal.example"}, "BASE_URL"),
]


def installed(folder, **changes):
    return read({**FIT, "PORTAL_DATA": str(folder), **changes})


@pytest.mark.parametrize(("changes", "named"), UNREADABLE)
def test_a_setting_that_cannot_be_read_is_refused_by_name(tmp_path, changes, named):
    with pytest.raises(PortalError) as refused:
        installed(tmp_path, **changes)
    assert named in refused.value.message
    assert "pydantic" not in refused.value.message


@pytest.mark.parametrize(("changes", "named"), UNFIT)
def test_unfit_settings_are_refused_by_name(tmp_path, changes, named):
    with pytest.raises(PortalError) as refused:
        starting.refuse_unfit_settings(installed(tmp_path, **changes))
    assert named in refused.value.message
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(("changes", "named"), UNFIT)
def test_the_demo_may_have_all_of_it(tmp_path, changes, named):
    starting.refuse_unfit_settings(installed(tmp_path, PORTAL_DEMO="1", **changes))


def test_fit_settings_start(tmp_path):
    starting.refuse_unfit_settings(installed(tmp_path, PORTAL_SECRET="4vN8Zq1LrT7mXc2YwK5pHd9GbJ3sFuE6"))


def test_keys_that_others_may_read_are_refused(tmp_path):
    of = installed(tmp_path)
    crypto.ensure_keys(of).chmod(0o644)
    with pytest.raises(PortalError, match="chmod 600"):
        starting.refuse_unfit_settings(of)


def test_a_public_address_needs_a_seal_of_the_operator_or_their_word(tmp_path):
    with pytest.raises(PortalError, match="PORTAL_OWN_AUTHORITY"):
        authority.refuse_unfit_seal(installed(tmp_path))
    authority.refuse_unfit_seal(installed(tmp_path, PORTAL_OWN_AUTHORITY="1"))
    authority.refuse_unfit_seal(installed(tmp_path, BASE_URL="http://127.0.0.1:8000"))


def test_the_seal_of_a_demo_signs_nothing_real(tmp_path):
    authority.seal(installed(tmp_path, PORTAL_DEMO="1"))
    with pytest.raises(PortalError, match="演示"):
        authority.refuse_unfit_seal(installed(tmp_path, PORTAL_OWN_AUTHORITY="1"))


def start(words: list[str], **changed: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "BASE_URL": "http://127.0.0.1", "REDIS_URL": "redis://127.0.0.1:1/0", **changed}
    return subprocess.run(
        [sys.executable, "-m", "portal", *words], cwd=ROOT, env=environment, check=False, capture_output=True,
        text=True, timeout=60,
    )  # fmt: skip


async def a_demo_account() -> None:
    await db.connect()
    await store.add("examiner@demo.example", "甲", "city-admin", clock.now(), is_demo=True)
    await db.disconnect()


@pytest.mark.parametrize("words", [["serve"], ["worker"], ["worker", "quick"], ["worker", "documents"]])
def test_a_start_with_demo_accounts_is_refused_in_one_line(own_database, words):
    asyncio.run(a_demo_account())
    done = start(words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [accounts.demo.REFUSED]


@pytest.mark.parametrize("words", [["serve"], ["worker"], ["up"]])
def test_a_start_without_an_address_is_refused_in_one_line(own_database, words):
    done = start(words, BASE_URL="")
    assert (done.returncode, done.stdout) == (2, "")
    assert "BASE_URL" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "changed", "named"),
    [
        (["serve"], {"DATABASE_URL": ""}, "set DATABASE_URL"),
        (["worker", "quick"], {"REDIS_URL": ""}, "set REDIS_URL"),
        (["serve"], {"BASE_URL": "https://portal.example"}, "PORTAL_TRUSTED_PROXY"),
        (["serve"], {"BASE_URL": "https://portal.example", "PORTAL_TRUSTED_PROXY": "unix"}, "with --socket"),
        (
            ["serve", "--socket", "s"],
            {"BASE_URL": "https://portal.example", "PORTAL_TRUSTED_PROXY": "10.0.0.1"},
            "unix",
        ),
    ],
)
def test_a_start_without_what_it_needs_is_refused_in_one_line(own_database, words, changed, named):
    done = start(words, **changed)
    assert (done.returncode, done.stdout) == (2, "")
    assert named in done.stderr
    assert done.stderr.count("\n") == 1


async def test_a_missing_database_is_refused_with_the_command_that_makes_it(own_database):
    missing = urlsplit(own_database)._replace(path="/not_there").geturl()
    with pytest.raises(PortalError, match="createdb --owner"):
        await schema.connection(read({"DATABASE_URL": missing}))


async def test_a_database_that_does_not_answer_is_worth_another_try(tmp_path):
    away = read({"DATABASE_URL": "postgres://portal@127.0.0.1:1/portal"})
    with pytest.raises(schema.NoAnswer, match="DATABASE_URL"):
        await schema.connection(away)


async def test_tables_that_lack_a_migration_are_waited_for(own_database):
    held = await schema.connection(settings())
    await held.execute("DELETE FROM tortoise_migrations WHERE app = 'licensing'")
    await held.close()
    done = await asyncio.to_thread(start, ["serve"])
    assert done.returncode == 3
    assert "python -m portal migrate" in done.stderr


async def a_sealed_secret(of):
    await db.connect(of)
    account = await store.add("a@portal.example", "甲", "city-admin", clock.now())
    sealed = crypto.keys().encrypt("JBSWY3DPEHPK3PXP", place="account.totp_sealed:a@portal.example")
    await db.execute("UPDATE account SET totp_sealed = $2 WHERE id = $1", account, sealed)
    await db.disconnect()


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        (lambda file: file.unlink(), "are missing"),
        (lambda file: file.write_text("{}"), "no file of keys"),
        (lambda file: file.write_text(json.dumps(crypto.fresh())), "aren't those"),
    ],
    ids=["lost", "broken", "foreign"],
)
async def test_a_start_without_the_keys_of_its_data_is_refused(own_database, harm, named):
    await a_sealed_secret(settings())
    file = crypto.keys_file(settings())
    harm(file)
    done = await asyncio.to_thread(start, ["worker", "quick"], BASE_URL="http://127.0.0.1")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert named in done.stderr
    assert str(file) in done.stderr
    judged = await asyncio.to_thread(start, ["verify"])
    assert "account:1" in judged.stdout or named == "no file of keys"
    assert file.exists() == (named != "are missing"), "new keys must never be made beside encrypted data"


async def test_a_database_that_cannot_tell_chinese_letters_is_refused(databases, environment):
    await databases.statement(
        "CREATE DATABASE plain TEMPLATE template0 LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'"
    )
    environment.setenv("DATABASE_URL", databases.server.url("plain"))
    settings.cache_clear()
    with pytest.raises(PortalError, match=r"C\.UTF-8"):
        await starting.refuse_wrong_database(settings())
    await databases.statement("DROP DATABASE plain")
