"""JSON read strictly: one text has one meaning, or it is refused with a line that says where and why.

Refused beyond what JSON itself refuses: a key twice in one object (two readers could see different values), NaN and
Infinity, lone surrogates, nesting deeper than anybody needs, numbers too long to be meant. Numbers with a fraction
or an exponent become `Decimal`, so that 41.99 stays 41.99 and 3.0 is never taken for the integer 3.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from portal.kernel.errors import PortalError

DEPTH = 64
DIGITS = 1_000
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SIMPLE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_BESIDES_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[^\[\]{}"]+')
_SPACE = " \t\r\n"
_TOO_DEEP = f"括号嵌套超过 {DEPTH} 层，请减少嵌套"


class NotJson(PortalError):
    """The text is no strict JSON. `place` is a line or a JSON path, `message` says what to mend there."""

    def __init__(self, message: str, *, place: str = "") -> None:
        super().__init__(message)
        self.place = place


@dataclass(frozen=True, slots=True)
class _Odd:
    """Stands in the parsed value where something was refused, so that its path can be told."""

    message: str


def decode(raw: bytes) -> str:
    """Read bytes as UTF-8, with or without a byte order mark."""
    try:
        return raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NotJson("不是 UTF-8 编码，请另存为 UTF-8 后再试", place=f"第 {line} 行") from None


def loads(raw: bytes | str) -> object:
    """Read one JSON document; whatever is wrong is raised as `NotJson` with its place."""
    text = decode(raw) if isinstance(raw, bytes) else raw
    reader = _Reader()
    try:
        value = reader.decoder.decode(text.strip(_SPACE))
    except json.JSONDecodeError as error:
        raise _broken(text, error) from None
    except RecursionError:
        raise NotJson(_TOO_DEEP, place="$") from None
    if _is_too_deep(text):
        raise NotJson(_TOO_DEEP, place="$")
    if reader.found_odd or _SURROGATE_ESCAPE.search(text) or not _is_text(text):
        _refuse_odd(value)
    return value


def lines(raw: bytes | str) -> Iterator[tuple[int, object]]:
    """Read JSON Lines: the number of each line (from 1) with its value; blank lines are skipped."""
    text = decode(raw) if isinstance(raw, bytes) else raw
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip(_SPACE):
            continue
        try:
            yield number, loads(line)
        except NotJson as error:
            place = f"第 {number} 行" + (f" {error.place}" if error.place.startswith("$") else "")
            raise NotJson(error.message, place=place) from None


def path(parts: tuple[str | int, ...]) -> str:
    """Write a place in a document as a JSON path, for example `$.classes[3].to`."""
    written = "$"
    for part in parts:
        if isinstance(part, int):
            written += f"[{part}]"
        elif _SIMPLE_KEY.fullmatch(part):
            written += f".{part}"
        else:
            written += f"[{json.dumps(part[:80])}]"
    return written


class _Reader:
    """One decoder for one text; it notes whether anything odd was met."""

    def __init__(self) -> None:
        self.found_odd = False
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_constant=lambda _: self._odd("不能用 NaN 或 Infinity，请填写数字"),
            parse_float=self._number(Decimal),
            parse_int=self._number(int),
        )

    def _odd(self, message: str) -> _Odd:
        self.found_odd = True
        return _Odd(message)

    def _object(self, pairs: list[tuple[str, object]]) -> object:
        value = dict(pairs)
        if len(value) == len(pairs):
            return value
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                break
            seen.add(key)
        return self._odd(f"同一个对象里 {json.dumps(key[:80], ensure_ascii=True)} 出现了两次，只保留一个")

    def _number(self, kind: Callable[[str], object]) -> Callable[[str], object]:
        def read(digits: str) -> object:
            if len(digits) > DIGITS:
                return self._odd(f"数字超过 {DIGITS} 位，请填写实际的数字")
            try:
                return kind(digits)
            except InvalidOperation:
                return self._odd("数字的指数太大，请填写实际的数字")

        return read


def _is_too_deep(text: str) -> bool:
    """Whether the brackets of a text that was parsed nest deeper than the limit: innermost pairs go first, by round."""
    if text.count("[") + text.count("{") <= DEPTH:
        return False
    brackets = _BESIDES_BRACKETS.sub("", text).replace("{", "[").replace("}", "]")
    for _ in range(DEPTH):
        if not brackets:
            return False
        brackets = brackets.replace("[]", "")
    return bool(brackets)


def _refuse_odd(value: object) -> None:
    """Walk the whole value without recursion; name the first place that is refused, in the order of the document."""
    waiting: list[tuple[tuple[str | int, ...], object]] = [((), value)]
    while waiting:
        where, item = waiting.pop()
        if isinstance(item, _Odd):
            raise NotJson(item.message, place=path(where))
        if isinstance(item, str) and not _is_text(item):
            raise NotJson("含有不成对的代理字符（\\ud800–\\udfff），请改成完整的字符", place=path(where))
        if isinstance(item, list):
            waiting.extend(((*where, index), part) for index, part in reversed(list(enumerate(item))))
        elif isinstance(item, dict):
            for key in item:
                if not _is_text(key):
                    raise NotJson("键名含有不成对的代理字符，请改成完整的字符", place=path(where))
            waiting.extend(((*where, key), part) for key, part in reversed(list(item.items())))


def _is_text(words: str) -> bool:
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _broken(text: str, error: json.JSONDecodeError) -> NotJson:
    """Say where a text stops being JSON; the position counts in the text as sent."""
    position = error.pos + len(text) - len(text.lstrip(_SPACE))
    line = text.count("\n", 0, position) + 1
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    if not text.strip(_SPACE):
        return NotJson("内容是空的，请给一个 JSON 文件", place=f"第 {line} 行")
    return NotJson("不是 JSON，请检查这里的括号、引号和逗号", place=f"第 {line} 行第 {column} 列")
