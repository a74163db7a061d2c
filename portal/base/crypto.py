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


def fresh_cipher() -> str:
    """Make one more key that encrypts, in the form of the keys' file."""
    return b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def keys_file(of: Settings) -> Path:
    """Where the keys lie: apart from the data where an operator says so, else in the data folder."""
    return of.personal_data_keys or of.data / "keys" / "personal-data.json"


def ensure_keys(of: Settings) -> Path:
    """Make the keys' file at first start, readable by its owner alone. An operator's own file is never made by us."""
    return _ensure(keys_file(of), is_ours=of.personal_data_keys is None)


def _ensure(path: Path, *, is_ours: bool) -> Path:
    if is_ours and not path.exists():
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


def write_keys(path: Path, content: dict[str, object]) -> None:
    """Put `content` in the keys' file: whole or not at all, on the disk before anybody encrypts with it."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        owner = path.stat()
        if os.geteuid() == 0:
            os.fchown(out.fileno(), owner.st_uid, owner.st_gid)  # the portal's own user goes on reading it
        json.dump(content, out)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


_ensured = lru_cache(maxsize=8)(_ensure)  # once a process: keys that are lost later must never be made anew


def _made(of: Settings) -> Path:
    return _ensured(keys_file(of), is_ours=of.personal_data_keys is None)


def stored() -> dict[str, object]:
    """What the keys' file holds now; another process may have changed it a moment ago."""
    path = _made(settings())
    mark = path.stat()
    return _read(path, mark.st_ino, mark.st_mtime_ns)


@lru_cache(maxsize=1)
def _read(path: Path, _number: int, _changed: int) -> dict[str, object]:
    found = json.loads(path.read_text())
    assert isinstance(found, dict)
    return found


def keys() -> Keys:
    """The keys of this installation. Ask each time, and after reading what is to be decrypted: they change."""
    path = _made(settings())
    mark = path.stat()
    return _keys(path, mark.st_ino, mark.st_mtime_ns)


@lru_cache(maxsize=1)
def _keys(path: Path, number: int, changed: int) -> Keys:
    found = _read(path, number, changed)
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
    return own.encode() if own else b64decode(str(stored()["secret"]))
