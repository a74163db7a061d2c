"""Can what is encrypted be read with the keys that are here: a lost or foreign keys' file is found before it hurts."""

from typing import Any

from portal.accounts.sealed import SEALED as ACCOUNTS
from portal.base import crypto, db
from portal.base.rotation import Sealed
from portal.base.settings import Settings, settings
from portal.kernel.errors import PortalError
from portal.licensing.sealed import SEALED as LICENSING

SEALED: tuple[Sealed, ...] = (*ACCOUNTS, *LICENSING)
BATCH = 500


async def refuse_lost_keys(of: Settings) -> None:
    """Refuse to start with other keys than the data was encrypted with, and never make new ones beside such data."""
    file = crypto.keys_file(of)
    found = [(column, row) for column in SEALED if (row := await newest(column)) is not None]
    if found and not file.exists():
        raise PortalError(f"The database holds encrypted data, and its keys are missing: put them back as {file}")
    try:
        is_fit = all(is_readable(column, row) for column, row in found)
    except (ValueError, KeyError, TypeError, AssertionError):
        raise PortalError(
            f"This is no file of keys for personal data: {file}; put back the one of the backup"
        ) from None
    if not is_fit:
        raise PortalError(f"The keys in {file} aren't those of this database: put back the file that belongs to it")


async def newest(column: Sealed) -> dict[str, Any] | None:
    """The last row of a table that holds something encrypted."""
    return await db.row(
        f"SELECT * FROM {column.table} WHERE {column.column} <> '' ORDER BY id DESC LIMIT 1"  # noqa: S608 our own names
    )


async def unreadable() -> list[str]:
    """Name each row whose encrypted text these keys can't read."""
    found: list[str] = []
    for column in SEALED:
        last = 0
        sql = f"SELECT * FROM {column.table} WHERE {column.column} <> '' AND id > $1 ORDER BY id LIMIT $2"  # noqa: S608 our own names
        while batch := await db.rows(sql, last, BATCH):
            found += [f"{column.table}:{row['id']}" for row in batch if not is_readable(column, row)]
            last = batch[-1]["id"]
    return found


def is_readable(column: Sealed, row: dict[str, Any]) -> bool:
    """Tell whether one value can be read where it stands. The keys are asked for after the row: a rotation changes both."""
    if not crypto.keys_file(settings()).exists():  # asking for lost keys would make new ones
        return False
    try:
        crypto.keys().decrypt(row[column.column], place=column.place(row))
    except crypto.Undecipherable:
        return False
    return True
