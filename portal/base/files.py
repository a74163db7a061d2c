"""Files by content: written once under their SHA-256, outside any served folder; local or S3-compatible."""

import asyncio
import contextlib
import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from portal.base import clock, db
from portal.base.settings import settings

SETTLED_SECONDS = 3_600


class Store(Protocol):
    """Where bytes lie. `write` is safe to repeat and never leaves half a file under its name."""

    def write(self, sha256: str, content: bytes) -> None: ...

    def read(self, sha256: str) -> bytes: ...

    def holds(self, sha256: str) -> bool: ...


class Folder:
    """A local folder, two levels deep by the hash's first digits."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256

    def write(self, sha256: str, content: bytes) -> None:
        """Write beside, flush to the disk, rename: a killed process leaves no half file under the name."""
        path = self.path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(FileNotFoundError), self.alone():
            os.utime(path)  # younger than what `sweep` takes away
            return
        partial = path.parent / f".{sha256}.{os.getpid()}.{id(content)}"
        try:
            with partial.open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            partial.replace(path)
            _flush(path.parent)
        finally:
            partial.unlink(missing_ok=True)

    def read(self, sha256: str) -> bytes:
        return self.path(sha256).read_bytes()

    def holds(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def remove_settled(self, path: Path, seconds: float) -> bool:
        """Remove a file that still lies untouched: the same bytes may have been handed in again since it was listed."""
        with self.alone():
            if not path.is_file() or path.stat().st_mtime >= time.time() - seconds:
                return False
            path.unlink()
            return True

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other process look at a file's age or renew it meanwhile: what is found to be there stays there."""
        descriptor = os.open(self.root / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def settled(self, seconds: float, part: str = "*") -> list[Path]:
        """List what has lain untouched for so long: no transaction that wrote it can still be open."""
        before = time.time() - seconds
        return [path for path in self.root.glob(f"{part}/*") if path.is_file() and path.stat().st_mtime < before]


def _flush(folder: Path) -> None:
    """Make a new name in a folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Bucket:
    """An S3-compatible store, by `obstore`."""

    def __init__(self, url: str) -> None:
        import obstore.store

        self.store: Any = obstore.store.from_url(url)

    def write(self, sha256: str, content: bytes) -> None:
        self.store.put(sha256, content)

    def read(self, sha256: str) -> bytes:
        return bytes(self.store.get(sha256).bytes())

    def holds(self, sha256: str) -> bool:
        try:
            self.store.head(sha256)
        except FileNotFoundError:
            return False
        return True


@lru_cache(maxsize=1)
def store() -> Store:
    """The store that the settings name."""
    url = settings().files_url
    return Bucket(url) if "://" in url and not url.startswith("file://") else Folder(settings().data / "files")


def try_out() -> None:
    """Keep a few bytes and read them again, or raise: the same few each time, so that nothing gathers."""
    content = b"portal"
    sha256 = hashlib.sha256(content).hexdigest()
    store().write(sha256, content)
    if store().read(sha256) != content:
        raise OSError("other bytes came back than were kept")


async def keep(content: bytes, media_type: str) -> int:
    """Store the bytes, then the row; return the row's id. The same content is one row and one file."""
    sha256 = hashlib.sha256(content).hexdigest()
    await asyncio.to_thread(store().write, sha256, content)
    found = await db.row(
        "INSERT INTO stored_file (sha256, size, media_type, created) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (sha256) DO UPDATE SET size = EXCLUDED.size RETURNING id",
        sha256, len(content), media_type, clock.now(),
    )  # fmt: skip
    assert found is not None
    return int(found["id"])


async def unknown(seconds: float, part: str = "*") -> list[Path]:
    """List the settled files of the local folder that no row knows; a bucket's listing is its operator's matter.

    A killed process or a refused transaction leaves them: bytes are written before their row.
    """
    kept = store()
    if not isinstance(kept, Folder):
        return []
    lying = await asyncio.to_thread(kept.settled, seconds, part)
    rows = await db.rows("SELECT sha256 FROM stored_file WHERE sha256 = ANY($1)", [path.name for path in lying])
    known = {row["sha256"] for row in rows}
    return sorted(path for path in lying if path.name not in known)


async def sweep(part: str = "*") -> int:
    """Remove the settled files that no row knows, of all or of the part whose hashes begin so; return how many."""
    kept = store()
    if not isinstance(kept, Folder):
        return 0
    found = await unknown(SETTLED_SECONDS, part)
    return sum([await asyncio.to_thread(kept.remove_settled, path, SETTLED_SECONDS) for path in found])


async def content(file_id: int) -> tuple[bytes, str]:
    """Read a file's bytes and media type by its row."""
    found = await db.row("SELECT sha256, media_type FROM stored_file WHERE id = $1", file_id)
    if found is None:
        raise FileNotFoundError(file_id)
    return await asyncio.to_thread(store().read, found["sha256"]), found["media_type"]
