"""`portal audit verify`: whole is 0, broken is 1 and names the entry."""

import asyncio

import asyncpg

from portal.__main__ import main
from portal.base import db
from portal.districts import service
from tests.factories.districts import a_school


async def a_log():
    await db.connect()
    try:
        await service.ensure_seed()
        await a_school()
    finally:
        await db.disconnect()


async def forged(url):
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_keep")
        await connection.execute("UPDATE audit_entry SET subject = 'school:999' WHERE action = 'school.add'")
        return await connection.fetchval("SELECT id FROM audit_entry WHERE action = 'school.add'")
    finally:
        await connection.close()


def test_a_log_that_nobody_touched_is_whole(own_database, capsys):
    asyncio.run(a_log())
    assert main(["audit", "verify"]) == 0
    assert "共 2 条" in capsys.readouterr().out


def test_a_changed_entry_is_named(own_database, capsys):
    asyncio.run(a_log())
    broken = asyncio.run(forged(own_database))
    assert main(["audit", "verify"]) == 1
    assert f"第 {broken} 条" in capsys.readouterr().out
