"""What commands read: a file or standard input (`-`), whole, with one clear line where that can't be."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.kernel import strict_json
from portal.kernel.errors import BadInput, Invalid

LIMIT = 64 * 1024 * 1024


def shown(file: str) -> str:
    """Name a file in a message: `-` is standard input."""
    return "标准输入" if file == "-" else file


def read_bytes(file: str, *, limit: int = LIMIT) -> bytes:
    """Read the whole file, or say in one line why not."""
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(file).open("rb") as opened:
                raw = opened.read(limit + 1)
    except FileNotFoundError:
        raise BadInput("没有这个文件，请检查路径", file=shown(file)) from None
    except IsADirectoryError:
        raise BadInput("这是文件夹，请给出其中的文件", file=shown(file)) from None
    except PermissionError:
        raise BadInput("没有读取权限，请先修改文件权限", file=shown(file)) from None
    except (OSError, ValueError) as error:
        raise BadInput(f"读不出来（{error}），请换一个文件", file=shown(file)) from None
    if len(raw) > limit:
        raise BadInput(f"超过 {limit // 1024 // 1024} MB，请拆成几个文件", file=shown(file))
    return raw


def read_document(file: str, *, limit: int = LIMIT) -> object:
    """Read a file as one strict JSON document."""
    raw = read_bytes(file, limit=limit)
    with _naming(file):
        return strict_json.loads(raw)


def read_lines(file: str) -> Iterator[tuple[int, object]]:
    """Read a file as strict JSON Lines: the number of each line with its value."""
    raw = read_bytes(file)
    with _naming(file):
        yield from strict_json.lines(raw)


@contextmanager
def judging(file: str, line: int | None = None) -> Iterator[None]:
    """Turn what a schema refuses into one line that names the file, the line, the path and the field."""
    try:
        yield
    except Invalid as error:
        first, *more = error.errors
        place = first.path if line is None else f"第 {line} 行 {first.path}"
        rest = f"（另有 {len(more)} 处要改）" if more else ""
        raise BadInput(first.message + rest, file=shown(file), place=place) from None


@contextmanager
def _naming(file: str) -> Iterator[None]:
    """Turn what strict JSON refuses into bad input that names the file."""
    try:
        yield
    except strict_json.NotJson as error:
        raise BadInput(error.message, file=shown(file), place=error.place) from None
