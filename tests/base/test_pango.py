"""The libraries for PDFs are found, and broken ones stop nothing but documents."""

from pathlib import Path

import pytest

from portal.base import pango


def test_what_cannot_be_loaded_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libbroken.so.1").write_text("not a library")
    monkeypatch.setattr(pango, "UNPACKED", tmp_path)
    pango.load_unpacked()
    assert not pango.can_load(str(tmp_path / "libbroken.so.1"))


def test_without_the_libraries_documents_wait_and_nothing_is_raised(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pango, "UNPACKED", tmp_path)
    monkeypatch.setattr(pango, "NEEDED", ("libnowhere.so.0",))
    assert pango.load() is False


def test_the_advice_is_the_line_that_setup_runs() -> None:
    script = (Path(__file__).parents[2] / "deploy/pdf-libraries.sh").read_text()
    assert all(package in script for package in pango.INSTALL.split()[4:])
