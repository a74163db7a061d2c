"""Codes: the six digits sent to an address, an invitation's letters, the second factor's secret and its QR code."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
import segno

from portal.base import crypto

STEP_SECONDS = 30
ISSUER = "校外培训机构登记平台"
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def six_digits(salt: str) -> str:
    """The code of a salt; the server's secret is needed to know it, so the database alone doesn't give it away."""
    mixed = hmac.new(crypto.secret(), f"confirmation/1\n{salt}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(mixed[:8]) % 1_000_000:06d}"


def is_code(salt: str, given: str) -> bool:
    """Tell whether these are the six digits, in a time that doesn't tell how many are right."""
    return hmac.compare_digest(six_digits(salt).encode(), given.encode())


def salt() -> str:
    """A salt for a new code."""
    return secrets.token_hex(16)


def invitation() -> str:
    """Ten letters and figures that can't be mistaken for one another: 50 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(10))


def invitation_hash(code: str) -> str:
    """How an invitation is found again."""
    return crypto.keys().find(code, kind="invitation")


def seal_invitation(code: str, invitation_id: int) -> str:
    """Encrypt an invitation's code for its row."""
    return crypto.keys().encrypt(code, place=f"invitation.code_sealed:{invitation_id}")


def read_invitation(sealed: str, invitation_id: int) -> str:
    """The code as people copy it: ABCDE-FGHJK."""
    code = crypto.keys().decrypt(sealed, place=f"invitation.code_sealed:{invitation_id}")
    return f"{code[:5]}-{code[5:]}"


def new_secret(login: str, *, is_demo: bool) -> str:
    """A second factor's secret, encrypted for its account: random, in the demo always the same."""
    return seal_secret(demo_secret(login) if is_demo else pyotp.random_base32(), login)


def demo_secret(login: str) -> str:
    """The demo's second factor: always the same for the same account, so that it can be printed."""
    return base64.b32encode(hashlib.sha256(f"demo\n{login}".encode()).digest()[:20]).decode()


def seal_secret(secret: str, login: str) -> str:
    """Encrypt a second factor's secret; the login is its place, since it is sealed before the row has a number."""
    return crypto.keys().encrypt(secret, place=f"account.totp_sealed:{login}")


def read_secret(sealed: str, login: str) -> str:
    """The second factor's secret."""
    return crypto.keys().decrypt(sealed, place=f"account.totp_sealed:{login}")


def step_of(secret: str, given: str, at: datetime) -> int | None:
    """The time step whose code was given: now, the one before or the one after; nothing for any other code."""
    now = int(at.timestamp()) // STEP_SECONDS
    expected = pyotp.TOTP(secret)
    for step in (now, now - 1, now + 1):
        if hmac.compare_digest(expected.generate_otp(step).encode(), given.encode()):
            return step
    return None


def code_at(secret: str, at: datetime) -> str:
    """The code that the app shows: printed on the demo's own page, for people without an app."""
    return pyotp.TOTP(secret).generate_otp(int(at.timestamp()) // STEP_SECONDS)


def picture(secret: str, login: str) -> str:
    """The QR code that an authenticator app reads, as an address that carries the picture itself."""
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)
    return str(segno.make(address, error="m").png_data_uri(scale=5, border=4))
