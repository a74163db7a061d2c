"""Personal data at rest: AES-256-GCM with the key's id, bound to where it stands; found by a keyed hash.

One small interface, so that a deployment can put SM4 and SM3 in its place.
"""

import hashlib
import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.base.settings import Settings, settings

NONCE_BYTES = 12
KEY_BYTES = 32


class Undecipherable(Exception):
    """The text was not made by these keys, or not for this place."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys for personal data: `current` encrypts, all of `ciphers` decrypt, `finder` makes the search hashes."""

    current: str
    ciphers: dict[str, bytes]
    finder: bytes

    def encrypt(self, text: str, *, place: str) -> str:
        """Encrypt `text` for one `place` (table, row, column); anywhere else it can't be read."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(self.ciphers[self.current]).encrypt(nonce, text.encode(), f"{place}|{self.current}".encode())
        return f"{self.current}.{b64encode(nonce + sealed).decode()}"

    def decrypt(self, sealed: str, *, place: str) -> str:
        """Give back what `encrypt` took, or raise Undecipherable; never a part of it."""
        name, _, body = sealed.partition(".")
        if name not in self.ciphers:
            raise Undecipherable
        raw = b64decode(body)
        try:
            text = AESGCM(self.ciphers[name]).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], f"{place}|{name}".encode())
        except InvalidTag as error:
            raise Undecipherable from error
        return text.decode()

    def find(self, text: str, *, kind: str) -> str:
        """The keyed hash under which a value of this `kind` is found again."""
        return hmac.new(self.finder, f"{kind}\n{text}".encode(), hashlib.sha256).hexdigest()


def fresh() -> dict[str, object]:
    """Make a new set of keys, in the form of the keys' file."""
    cipher, finder, secret_ = (b64encode(secrets.token_bytes(KEY_BYTES)).decode() for _ in range(3))
    return {"current": "k1", "ciphers": {"k1": cipher}, "finder": finder, "secret": secret_}


def keys_file(of: Settings) -> Path:
    """Where the keys lie: apart from the data where an operator says so, else in the data folder."""
    return of.personal_data_keys or of.data / "keys" / "personal-data.json"


def ensure_keys(of: Settings) -> Path:
    """Make the keys' file at first start, readable by its owner alone. An operator's own path is never written."""
    path = keys_file(of)
    if of.personal_data_keys is None and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            json.dump(fresh(), out)
        try:
            os.link(partial, path)
        except FileExistsError:
            pass  # another process of the same start was first; its keys count
        finally:
            partial.unlink()
    return path


@lru_cache(maxsize=1)
def _stored() -> dict[str, object]:
    path = ensure_keys(settings())
    found = json.loads(path.read_text())
    assert isinstance(found, dict)
    return found


@lru_cache(maxsize=1)
def keys() -> Keys:
    """The keys of this installation."""
    found = _stored()
    ciphers = found["ciphers"]
    assert isinstance(ciphers, dict)
    return Keys(
        str(found["current"]),
        {name: b64decode(value) for name, value in ciphers.items()},
        b64decode(str(found["finder"])),
    )


def secret() -> bytes:
    """The installation's secret for form tokens: set by the operator, else made with the keys."""
    own = settings().secret.get_secret_value()
    return own.encode() if own else b64decode(str(_stored()["secret"]))
