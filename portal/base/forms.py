"""From what a browser sends to what a schema asks for, and back into the fields, so that nothing typed is lost.

Names follow the schema: `name`, of a nested model `organiser-name`, of the rows of a list `rooms-0-area_m2`.
A day is three fields: `valid_from-year`, `valid_from-month`, `valid_from-day`. A list of single values repeats its
name. Rows left wholly empty don't count; the others are numbered anew from 0, so that rows may be missing between.
Words of our own, never fields: `csrf_token`, `idempotency_key`, `then` (the pressed button: `form.then`),
`seen` (which state of the thing the page showed: `form.seen`),
`add` (value `rooms`) and `remove` (value `rooms-1`), which need no script: `form.is_reshaped` is true for them,
the row has been added or taken away, and the page is shown again without errors.
Figures may be full-width and grouped (１２，０００); spaces around any value fall away; an empty value is none at all.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile

from portal.base import form_keys
from portal.base.form_names import (
    field_at,
    flat,
    is_day,
    is_secret,
    model_at,
    nested,
    positions,
    renumbered,
    shaped,
    title,
)
from portal.kernel.errors import FieldError
from schemas.messages import in_chinese

M = TypeVar("M", bound=BaseModel)
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
OURS = {"csrf_token", "idempotency_key", "then", "seen", "add", "remove"}
UNSEEN = {"version", "seen"}  # what a page carries along and nobody types
MOST_ROWS = 500
STALE = "这一页已更新。重新打开后再填写。"
TICKED = {"yes", "on", "true", "True", "1"}


class Form(Generic[M]):
    """One form as it is shown and as it was sent."""

    def __init__(self, model: type[M], typed: Mapping[str, Sequence[str]] | None = None) -> None:
        self.model = model
        self.typed: dict[str, list[str]] = {name: list(values) for name, values in (typed or {}).items()}
        self.uploads: dict[str, list[UploadFile]] = {}
        self.errors: list[FieldError] = []
        self.key = form_keys.new_key()
        self.then = ""
        self.seen = ""
        self.is_reshaped = False
        self._data: M | None = None

    @property
    def data(self) -> M:
        """What the schema made of it; only for a form without errors."""
        if self._data is None:
            raise RuntimeError("look at form.errors before form.data")
        return self._data

    def accept(self, data: M) -> None:
        """Keep what the schema made."""
        self._data = data

    def value(self, name: str) -> str:
        """What stands in the field."""
        values = self.typed.get(name, ())
        return values[-1] if values else ""

    def values(self, name: str) -> list[str]:
        """Every value of a name that repeats."""
        return self.typed.get(name, [])

    def is_ticked(self, name: str) -> bool:
        """A single box is ticked."""
        return self.value(name) in TICKED

    def error(self, name: str) -> str:
        """What is wrong with the field, if anything."""
        return next((error.message for error in self.errors if error.path == name), "")

    def fail(self, path: str, message: str) -> None:
        """Add what a use case found wrong."""
        self.errors.append(FieldError(path, message))

    def anchor(self, path: str) -> str:
        """The element that a line of the error summary leads to."""
        return f"{path}-year" if is_day(self.model, path) else path

    def rows(self, name: str, least: int = 1) -> list[str]:
        """The names' beginnings of the rows of a list: `rooms-0`, `rooms-1`."""
        count = max([least, *(index + 1 for index in positions(self.typed, name))])
        return [f"{name}-{index}" for index in range(count)]

    def add(self, name: str) -> None:
        """Show one empty row more."""
        count = len(self.rows(name))
        if count < MOST_ROWS:
            self.typed[f"{name}-{count}-"] = [""]

    def remove(self, row: str) -> None:
        """Take a row away; those after it move up."""
        self.typed = {name: values for name, values in self.typed.items() if not name.startswith(f"{row}-")}
        self.typed = renumbered(self.typed)

    def rest(self) -> M | None:
        """What the schema makes of the right answers alone: gaps beside a wrong answer can be told with it."""
        wrong = tuple(error.path for error in self.errors if error.path)
        typed = {name: [""] if name.startswith(wrong) else values for name, values in self.typed.items()}
        try:
            return self.model.model_validate(shaped(self.model, nested(typed)))
        except ValidationError:
            return None

    def files(self, name: str) -> list[UploadFile]:
        """The files chosen for a field."""
        return self.uploads.get(name, [])

    def shown(self) -> list[tuple[str, str]]:
        """What was typed, by the fields' titles and without secrets, for a page that gives it back."""
        typed = {name: values for name, values in self.typed.items() if name not in UNSEEN}
        pairs = [(name, "、".join(value for value in values if value)) for name, values in typed.items()]
        return [(title(self.model, name), text) for name, text in pairs if text and not is_secret(self.model, name)]


def blank(model: type[M], values: Mapping[str, Any] | BaseModel | None = None) -> Form[M]:
    """A form to be filled in, with what is known already."""
    known = values.model_dump() if isinstance(values, BaseModel) else dict(values or {})
    return Form(model, dict(flat(known)))


def storable(posted: FormData) -> FormData:
    """Leave out what nobody types and no database keeps: NUL, and half characters that a made-up charset yields."""
    return FormData(
        [(UNSTORABLE.sub("", name), UNSTORABLE.sub("", value) if isinstance(value, str) else value)
         for name, value in posted.multi_items()]
    )  # fmt: skip


def sent(model: type[M], posted: FormData, *, files: Iterable[str] = (), **extra: Any) -> Form[M]:
    """Judge what was sent. `extra` comes from the path or the session and can't be overridden by a field."""
    form = Form(model, renumbered(texts(posted)))
    for name, value in posted.multi_items():
        if isinstance(value, UploadFile) and (value.filename or value.size):
            form.uploads.setdefault(name, []).append(value)
    form.key = form_keys.key_of(posted)
    form.then = str(posted.get("then", ""))
    form.seen = str(posted.get("seen", ""))
    if posted.get("add") or posted.get("remove"):
        reshape(form, str(posted.get("add", "")), str(posted.get("remove", "")))
        return form
    tree = nested(form.typed)
    if set(tree) & set(extra) or set(form.uploads) - set(files):
        form.fail("", STALE)
    try:
        form.accept(model.model_validate({**shaped(model, tree), **extra}))
    except ValidationError as failure:
        form.errors += known_places(in_chinese(failure, model), model)
    return form


def known_places(errors: Iterable[FieldError], model: type[BaseModel]) -> list[FieldError]:
    """Errors at fields that the page has; those at names it doesn't know become one line without a link."""
    known = [error for error in errors if field_at(model, error.path) is not None or not error.path]
    strange = any(field_at(model, error.path) is None and error.path for error in errors)
    return [*known, FieldError("", STALE)] if strange else known


def reshape(form: Form[Any], added: str, removed: str) -> None:
    """Add or take away a row as the pressed button says; only lists of the schema have rows."""
    form.is_reshaped = True
    if added and model_at(form.model, added) is not None:
        form.add(added)
    if re.fullmatch(r"[a-z_0-9-]+-\d{1,3}", removed):
        form.remove(removed)


def texts(posted: FormData) -> dict[str, list[str]]:
    """The typed values by name, our own words left out."""
    found: dict[str, list[str]] = {}
    for name, value in posted.multi_items():
        if isinstance(value, str) and name not in OURS:
            found.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return found
