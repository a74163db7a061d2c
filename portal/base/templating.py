"""How pages are written: one strict Jinja environment, our macros as `ui`, names of files that carry their hash."""

import functools
import hashlib
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined, Undefined
from jinja2.runtime import Macro
from markupsafe import Markup

from portal.base import form_keys
from portal.base.clock import SHANGHAI
from portal.base.settings import ROOT

TEMPLATES = ROOT / "templates"
STATIC = ROOT / "portal" / "static"
FAMILIES = ("forms", "words", "lists", "states", "findings", "tables", "feature")

form_token: ContextVar[Callable[[], str]] = ContextVar("form_token", default=lambda: "")
"""Gives the token that a form of this request must carry; the middleware of `csrf.py` sets it."""


class Careful(StrictUndefined):
    """Strict, except for what the component package leaves out: a key of a plain dict, `caller`."""

    __slots__ = ()

    def _soft(self) -> bool:
        return isinstance(self._undefined_obj, dict) or self._undefined_name == "caller"

    def __bool__(self) -> bool:  # type: ignore[override]
        return False if self._soft() else bool(super().__bool__())

    def __str__(self) -> str:  # type: ignore[override]
        return "" if self._soft() else super().__str__()

    def __iter__(self) -> Any:
        return iter(()) if self._soft() else super().__iter__()

    def __eq__(self, other: object) -> bool:  # type: ignore[override]
        return other is None or isinstance(other, Undefined) if self._soft() else super().__eq__(other)

    def __ne__(self, other: object) -> bool:  # type: ignore[override]
        return not self == other

    __hash__ = StrictUndefined.__hash__  # type: ignore[assignment]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Careful(obj={}, name=name) if self._soft() else super().__getattr__(name)

    __getitem__ = __getattr__


class Macros:
    """The macros of `templates/ui/`, whatever family file they are in: `ui.text(…)`, `ui.timeline(…)`."""

    def fill(self, environment: Environment) -> None:
        """Read the family files; they know each other by `ui` too, so that name must stand before."""
        for family in FAMILIES:
            module = environment.get_template(f"ui/{family}.html").module
            for name, macro in vars(module).items():
                if isinstance(macro, Macro) and not name.startswith("govuk"):
                    setattr(self, name, macro)


@functools.lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment of this process. Escaping is always on; a name that doesn't exist is an error."""
    found = Environment(
        loader=ChoiceLoader([
            FileSystemLoader(TEMPLATES),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]),
        autoescape=True,
        undefined=Careful,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.do"],
    )  # fmt: skip
    found.filters.update(day=day, short_day=short_day, moment=moment, clock=clock_time, grouped=grouped, masked=masked)
    found.globals.update(undefined=Undefined(), null=None, static=static_url, form_token=token_of_this_request, fen=fen)
    found.globals["new_key"] = form_keys.new_key
    found.globals["options"] = options
    macros = Macros()
    found.globals["ui"] = macros
    macros.fill(found)
    return found


def token_of_this_request() -> str:
    """The token that a form printed now must carry."""
    return form_token.get()()


def render(template: str, **context: Any) -> str:
    """Print one page."""
    return environment().get_template(template).render(context)


@functools.lru_cache(maxsize=512)
def digest(path: Path, changed: int, size: int) -> str:
    """The name part that says which bytes a file holds; read again only when the file was changed."""
    del changed, size
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def file_hash(path: Path) -> str:
    """The hash of a file as it is now."""
    status = path.stat()
    return digest(path, status.st_mtime_ns, status.st_size)


@functools.lru_cache(maxsize=256)
def static_url(name: str) -> str:
    """The address of `portal/static/<name>`: it changes with the bytes, so browsers may keep it for a year.

    Worked out once a process, as templates are read once: a new version of the portal is a new process.
    """
    return f"/static/{file_hash(STATIC / name)}/{name}"


def options(choices: Iterable[tuple[object, object]], chosen: object) -> Markup:
    """The entries of a list to choose from."""
    return written_options(tuple([(str(code), str(words)) for code, words in choices]), str(chosen))


@functools.lru_cache(maxsize=512)
def written_options(choices: tuple[tuple[str, str], ...], chosen: str) -> Markup:
    """The same lists are shown to everybody, so each is written once."""
    is_chosen = {True: Markup(" selected"), False: Markup()}
    entry = Markup('<option value="{}"{}>{}</option>')
    return Markup().join(entry.format(code, is_chosen[code == chosen], words) for code, words in choices)


def local(value: date | datetime) -> date | datetime:
    """A moment as people in Chongqing read it; a day stays what it is."""
    return value.astimezone(SHANGHAI) if isinstance(value, datetime) else value


def day(value: date | datetime) -> str:
    """2026 年 11 月 30 日."""
    value = local(value)
    return f"{value.year} 年 {value.month} 月 {value.day} 日"


def short_day(value: date | datetime) -> str:
    """2026-11-30, for tables."""
    return local(value).strftime("%Y-%m-%d")


def moment(value: datetime) -> str:
    """2026 年 11 月 30 日 14:05."""
    return f"{day(value)} {clock_time(value)}"


def clock_time(value: datetime) -> str:
    """14:05, in Shanghai."""
    return local(value).strftime("%H:%M")


def grouped(value: Decimal | float | str) -> str:
    """12,345.6: figures in groups of three, without zeros at the end."""
    number = Decimal(str(value))
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def fen(value: int) -> str:
    """Money in fen as yuan: 50000000 gives 500,000."""
    return grouped(Decimal(value) / 100)


def masked(value: str) -> str:
    """An ID number as everybody may see it: 110101********1234. What is masked already stays as it is."""
    if "*" in value or len(value) < 11:
        return value
    return value[:6] + "*" * (len(value) - 10) + value[-4:]
