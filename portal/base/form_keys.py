"""The key that a form carries, so that sending it twice acts once (`idempotency.py` keeps the keys)."""

import hashlib
import secrets
from collections.abc import Mapping


def new_key() -> str:
    """A key for a form that is about to be shown."""
    return secrets.token_urlsafe(18)


def key_of(posted: Mapping[str, object]) -> str:
    """The key that a posted form carries; one of its own where it carries none, so that nothing is taken for it."""
    return str(posted.get("idempotency_key") or new_key())[:64]


def keyed(key: str, content: str) -> str:
    """The key of a form together with what was typed: the same page sent with something else is another order."""
    return hashlib.sha256(f"{key}\n{content}".encode()).hexdigest()
