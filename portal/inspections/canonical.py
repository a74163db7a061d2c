"""Canonical JSON: the one way to write a value, so that everybody who hashes it gets the same digest.

UTF-8, keys in code point order, no spaces, no escapes but those that JSON requires.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Canonical: TypeAlias = "str | int | Sequence[Canonical] | Mapping[str, Canonical]"

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def canonical_json(value: Canonical) -> bytes:
    """The bytes of a value made of words, whole numbers, lists and objects; fractions and null have no place here."""
    _refuse_others(value)
    return _ENCODER.encode(value).encode("utf-8")


def _refuse_others(value: Canonical) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            if type(key) is not str:
                raise TypeError(f"{type(key).__name__} is no key of canonical JSON")
            _refuse_others(item)
    elif isinstance(value, list):
        for item in value:
            _refuse_others(item)
    elif type(value) not in {str, int}:
        raise TypeError(f"{type(value).__name__} has no canonical form here")
