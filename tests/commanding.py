"""Running a command in this process as the shell would: arguments and standard input in, exit code and texts out."""

import io
import sys
from dataclasses import dataclass

import pytest

from portal.__main__ import main


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    error: str


class Shell:
    """Runs `python -m portal …`."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def run(self, *arguments: str, stdin: bytes = b"") -> Outcome:
        """Run one command to its end."""
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(list(arguments))
        said = self._capsys.readouterr()
        return Outcome(code, said.out, said.err)

    def refuses(self, *arguments: str, naming: tuple[str, ...], stdin: bytes = b"") -> None:
        """Run a command on bad input: exit 2, nothing printed, one line that names the place."""
        outcome = self.run(*arguments, stdin=stdin)
        assert (outcome.code, outcome.out) == (2, ""), outcome
        assert outcome.error.count("\n") == 1
        assert "Traceback" not in outcome.error
        for name in naming:
            assert name in outcome.error
