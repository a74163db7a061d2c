"""A new key for personal data while the portal runs: the keys' file first, then row after row, then the old key goes.

Where a rotation stands is in the keys' file itself (a second key) and in each row (the name of its key), so that a
run that was killed anywhere is gone on with. The key that makes search hashes stays: a new one would find nothing.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from portal.base import audit, clock, crypto, db, schema
from portal.base.actor import CLOCK
from portal.base.failpoints import failpoint
from portal.base.settings import settings
from portal.kernel.errors import Conflict, PortalError

log = structlog.get_logger("rotation")
LOCK = 0x6B657973  # "keys": one rotation at a time, on whichever machine
BATCH = 200
REST_SECONDS = 120.0  # longer than a transaction may idle (60) and a statement may run (30): see `rotate`


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column of encrypted text. `place` names where a value stands, as its feature does when it encrypts."""

    table: str
    column: str
    place: Callable[[dict[str, Any]], str]


@dataclass(slots=True)
class Rotated:
    """What a run did: the key that encrypts now, those that are gone, and how many values were encrypted anew."""

    current: str
    dropped: list[str]
    values: int = 0
    is_rested: bool = False


def begin() -> str:
    """Add a key and make it the current one, unless a rotation is under way already; return its name."""
    found = crypto.stored()
    ciphers = dict(_ciphers(found))
    if len(ciphers) > 1:
        return str(found["current"])
    name = _next_name(ciphers)
    ciphers[name] = crypto.fresh_cipher()
    _write({**found, "current": name, "ciphers": ciphers})
    return name


def drop_old() -> list[str]:
    """Take every key but the current one out of the keys' file; return their names."""
    found = crypto.stored()
    current, ciphers = str(found["current"]), _ciphers(found)
    _write({**found, "ciphers": {current: ciphers[current]}})
    return sorted(set(ciphers) - {current})


async def rotate(columns: Sequence[Sealed], *, rest_seconds: float = REST_SECONDS) -> Rotated:
    """Encrypt every value of `columns` with a new key, and drop the old one when nothing needs it any more.

    A transaction that encrypted with the old key just before may still commit: after each pass we rest longer than
    such a transaction can live, and look again; only a look after a rest that finds nothing ends the rotation.
    """
    held = await schema.connection(settings())
    try:
        if not await held.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
            raise Conflict("另一个进程正在更换密钥。等它结束，再看是否还需要更换。")
        done = Rotated(current=begin(), dropped=[])
        failpoint("rotation.begun")
        await _note("keys.rotate", done)
        while await _encrypt_all(columns, done) or not done.is_rested:
            done.is_rested = True
            await asyncio.sleep(rest_seconds)
        await _note("keys.drop", done)
        failpoint("rotation.noted")
        done.dropped = drop_old()
    finally:
        await held.close()
    return done


async def _encrypt_all(columns: Sequence[Sealed], done: Rotated) -> bool:
    """Go through all columns once; tell whether anything had an older key. A value that nobody can read stops it."""
    before, unreadable = done.values, list[str]()
    for column in columns:
        last = 0
        while batch := await encrypt_batch(column, done.current, last, unreadable):
            last, done.values = batch[-1], done.values + len(batch)
            failpoint("rotation.batch")
    if unreadable:
        raise PortalError(
            f"有 {len(unreadable)} 处密文用现有密钥解不开，旧密钥保留未删：{'、'.join(unreadable[:20])}。"
            "先找回这些密文的密钥，再运行一次。"
        )
    return done.values > before or any([await is_left(column, done.current) for column in columns])


async def is_left(column: Sealed, current: str) -> bool:
    """Is there a value of this column that another key than `current` encrypted?"""
    sql = f"SELECT 1 AS one FROM {column.table} WHERE {_older(column)} LIMIT 1"  # noqa: S608 our own names
    return await db.row(sql, f"{current}.") is not None


async def encrypt_batch(column: Sealed, current: str, after: int, unreadable: list[str]) -> list[int]:
    """Encrypt some values anew, under the rows' locks; rows that somebody is saving are left for the next pass."""
    async with db.tx():
        found = await db.rows(
            f"SELECT * FROM {column.table} WHERE {_older(column)} AND id > $2"  # noqa: S608 our own names
            " ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED",
            f"{current}.", after, BATCH,
        )  # fmt: skip
        again = [(row["id"], row[column.column], _again(column, row, unreadable)) for row in found]
        failpoint("rotation.locked")
        await db.execute_many(
            f"UPDATE {column.table} SET {column.column} = $3 WHERE id = $1 AND {column.column} = $2",  # noqa: S608 our own names
            [values for values in again if values[2]],
        )
    return [row["id"] for row in found]


def _older(column: Sealed) -> str:
    return f"{column.column} <> '' AND left({column.column}, length($1)) <> $1"


def _again(column: Sealed, row: dict[str, Any], unreadable: list[str]) -> str:
    """Encrypt one value with the current key; where it can't be read, note its row and give nothing."""
    keys, place = crypto.keys(), column.place(row)
    try:
        return keys.encrypt(keys.decrypt(row[column.column], place=place), place=place)
    except (crypto.Undecipherable, ValueError):
        unreadable.append(f"{column.table} {row['id']}")
        return ""


async def _note(action: str, done: Rotated) -> None:
    """Audited before it happens: a run that is killed in between does it again and is noted again."""
    async with db.tx():
        await audit.record(CLOCK, action, f"key:{done.current}", clock.now(), values=done.values)
    log.info(action, key=done.current, values=done.values)


def _ciphers(found: dict[str, object]) -> dict[str, str]:
    ciphers = found["ciphers"]
    assert isinstance(ciphers, dict)
    return ciphers


def _next_name(ciphers: Iterable[str]) -> str:
    return f"k{max((int(name[1:]) for name in ciphers if name[1:].isdecimal()), default=0) + 1}"


def _write(content: dict[str, object]) -> None:
    try:
        crypto.write_keys(crypto.keys_file(settings()), content)
    except OSError as error:
        raise PortalError(
            f"密钥文件写不进去（{error.strerror}）。用能写这个文件和它所在文件夹的账户运行本命令。"
        ) from None
