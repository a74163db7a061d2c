"""What commands print: one JSON object a line, and nothing at all when the input turns out to be bad."""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

KEPT_IN_MEMORY = 16 * 1024 * 1024


@contextmanager
def all_or_nothing() -> Iterator[Callable[[object], None]]:
    """Collect results as JSON line by line; print them together once every one is there."""
    with all_or_no_lines() as put_line:

        def put(result: object) -> None:
            put_line(json.dumps(result, ensure_ascii=False, separators=(", ", ": ")) + "\n")

        yield put


@contextmanager
def all_or_no_lines() -> Iterator[Callable[[str], object]]:
    """Collect finished lines; print them together once every one is there."""
    with tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY, mode="w+", encoding="utf-8", newline="\n") as spool:
        yield spool.write
        spool.seek(0)
        shutil.copyfileobj(spool, sys.stdout)
        sys.stdout.flush()
