"""Does every row of a file have its bytes, unchanged, and every file of the folder its row."""

import asyncio
import hashlib
import time
from pathlib import Path

from portal.base import db, files

BATCH = 500
SETTLED_SECONDS = 3_600  # a younger file may belong to a transaction that is still open


async def changed() -> list[str]:
    """Name each row whose bytes are gone, or aren't those that were kept."""
    last = 0
    found: list[str] = []
    sql = "SELECT id, sha256, size FROM stored_file WHERE id > $1 ORDER BY id LIMIT $2"
    while batch := await db.rows(sql, last, BATCH):
        found += [
            f"file:{row['id']}" for row in batch if not await asyncio.to_thread(holds, row["sha256"], row["size"])
        ]
        last = batch[-1]["id"]
    return found


def holds(sha256: str, size: int) -> bool:
    """Tell whether the store gives these very bytes."""
    if not files.store().holds(sha256):
        return False
    content = files.store().read(sha256)
    return len(content) == size and hashlib.sha256(content).hexdigest() == sha256


async def orphans() -> list[str]:
    """Name each file of the local folder that no row knows; a bucket's own listing is its operator's matter."""
    store = files.store()
    if not isinstance(store, files.Folder):
        return []
    lying = await asyncio.to_thread(settled, store.root)
    known = await db.rows("SELECT sha256 FROM stored_file WHERE sha256 = ANY($1)", lying)
    return sorted(set(lying) - {row["sha256"] for row in known})


def settled(root: Path) -> list[str]:
    """Name the files that have lain for a while."""
    before = time.time() - SETTLED_SECONDS
    return [path.name for path in root.glob("*/*") if path.is_file() and path.stat().st_mtime < before]
