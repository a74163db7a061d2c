"""What a script reads from a command that can't hand over its results: never "does not hold", one line, no complaint."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

QUESTION = json.dumps({"event": "2025-09-26", "limit": {"working_days": 5}}).encode() + b"\n"
RECORD = Path(__file__).parents[1] / "inspections" / "example.json"
PORTAL = (sys.executable, "-m", "portal")


def a_pipe_that_nobody_reads() -> int:
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def a_full_disk() -> int:
    return os.open("/dev/full", os.O_WRONLY)


@pytest.mark.parametrize("output", [a_pipe_that_nobody_reads, a_full_disk])
@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        (("deadline", "-"), QUESTION),
        (("deadline", "-"), QUESTION * 500),
        (("draw", "verify", str(RECORD)), b""),
        (("draw", "verify", "-"), RECORD.read_bytes().replace(b'"seed": "3', b'"seed": "4')),
        (("--help",), b""),
    ],
)
def test_results_that_do_not_arrive_are_a_failure(
    output: Callable[[], int], arguments: tuple[str, ...], stdin: bytes
) -> None:
    descriptor = output()
    try:
        done = subprocess.run(
            [*PORTAL, *arguments], input=stdin, stdout=descriptor, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(descriptor)
    assert (done.returncode, done.stderr.count(b"\n")) == (3, 1), done.stderr.decode()


def test_without_standard_error_nothing_lands_among_the_results() -> None:
    command = 'exec "$@" 2>&-'
    done = subprocess.run(
        ["/bin/sh", "-c", command, "sh", *PORTAL, "deadline", "/nowhere"], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")
