"""How commands open a sheet: a file, a pipe or standard input, with one clear line where it can't be read."""

import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from portal.base.sheets.cells import BadSheet
from portal.commands.inputs import shown
from portal.kernel.errors import BadInput

LIMIT = 2 << 30
PIECE = 1 << 20


@contextmanager
def opened_sheet(file: str) -> Iterator[BinaryIO]:
    """Open a sheet so that it can be read twice; whatever is wrong inside becomes bad input that names the file."""
    try:
        with _seekable(file) as opened:
            yield opened
    except BadSheet as error:
        raise BadInput(error.message, file=shown(file), place=error.place) from None
    except FileNotFoundError:
        raise BadInput("没有这个文件，请检查路径", file=shown(file)) from None
    except IsADirectoryError:
        raise BadInput("这是文件夹，请给出其中的文件", file=shown(file)) from None
    except PermissionError:
        raise BadInput("没有读取权限，请先修改文件权限", file=shown(file)) from None


@contextmanager
def _seekable(file: str) -> Iterator[BinaryIO]:
    """The file itself where it is a regular one; a copy of what comes through a pipe or standard input."""
    if file != "-" and stat.S_ISREG(Path(file).stat().st_mode):
        with Path(file).open("rb") as opened:
            yield opened
        return
    with tempfile.TemporaryFile() as copy:
        if file == "-":
            _copy(sys.stdin.buffer, copy)
        else:
            with Path(file).open("rb") as opened:
                _copy(opened, copy)
        copy.seek(0)
        yield copy


def _copy(source: BinaryIO, target: BinaryIO) -> None:
    while piece := source.read(PIECE):
        target.write(piece)
        if target.tell() > LIMIT:
            raise BadSheet(f"超过 {LIMIT >> 30} GB，请拆成几个文件")
