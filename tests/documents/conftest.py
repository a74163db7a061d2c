"""What is kept for a whole process is forgotten between tests that have their own data folders."""

import pytest

from portal.base import files
from portal.documents import making, press


@pytest.fixture(autouse=True)
def forget_kept_things():
    """Keys, the file store and the press are read once a process; each test has its own."""
    for kept in (files.store, press.shared, making.signer):
        kept.cache_clear()
