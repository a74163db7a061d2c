"""Does every row of a file have its bytes, unchanged, and every file of the folder its row."""

import asyncio
import hashlib

from portal.base import db, files

BATCH = 500
SWEPT_SECONDS = 24 * files.SETTLED_SECONDS  # the clock has been round several times by then


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
    """Name each file that no row knows and that the clock should have removed by now."""
    return [path.name for path in await files.unknown(SWEPT_SECONDS)]
