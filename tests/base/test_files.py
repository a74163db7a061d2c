"""Files by content: what has a row stays, what nobody knows is removed, and the same bytes handed in again are safe."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from portal.base import files

CONTENT = "办学许可证申请书".encode()
HELD = hashlib.sha256(CONTENT).hexdigest()
LONG_AGO = (0, 0)


@pytest.fixture
def folder(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> files.Folder:
    """A folder of this test alone, as the store of files."""
    kept = files.Folder(tmp_path / "files")
    monkeypatch.setattr(files, "store", lambda: kept)
    return kept


async def test_a_file_with_a_row_is_kept_however_old(folder: files.Folder) -> None:
    file_id = await files.keep(CONTENT, "application/pdf")
    os.utime(folder.path(HELD), LONG_AGO)
    assert await files.sweep() == 0
    assert await files.content(file_id) == (CONTENT, "application/pdf")


async def test_what_a_killed_upload_left_is_removed_when_it_has_settled(folder: files.Folder) -> None:
    folder.write(HELD, CONTENT)
    half = folder.path(HELD).with_name(f".{HELD}.1.1")
    half.write_bytes(CONTENT[:3])
    assert await files.sweep() == 0, "its transaction may still be open"
    for path in (folder.path(HELD), half):
        os.utime(path, LONG_AGO)
    assert await files.sweep() == 2
    assert not folder.holds(HELD)
    assert not half.exists()


async def test_bytes_handed_in_again_are_young_again(folder: files.Folder) -> None:
    folder.write(HELD, CONTENT)
    os.utime(folder.path(HELD), LONG_AGO)
    folder.write(HELD, CONTENT)
    assert await files.sweep() == 0
    assert folder.read(HELD) == CONTENT


async def test_bytes_handed_in_again_after_the_sweep_has_listed_them_stay(folder: files.Folder) -> None:
    folder.write(HELD, CONTENT)
    os.utime(folder.path(HELD), LONG_AGO)
    [listed] = await files.unknown(files.SETTLED_SECONDS)
    folder.write(HELD, CONTENT)
    assert not folder.remove_settled(listed, files.SETTLED_SECONDS)
    assert folder.read(HELD) == CONTENT


async def test_bytes_handed_in_again_in_the_moment_of_their_removal_stay(folder: files.Folder) -> None:
    folder.write(HELD, CONTENT)
    with ThreadPoolExecutor(1) as hands:
        with folder.alone():  # the sweep has seen how old the file is
            writing = hands.submit(folder.write, HELD, CONTENT)
            assert not wait([writing], timeout=0.3).done
            folder.path(HELD).unlink()
        writing.result()
    assert folder.read(HELD) == CONTENT
