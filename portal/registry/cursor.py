"""The next page's address: where the last one ended, bound to the search that it belongs to."""

import base64
import binascii
import hmac
import json

from portal.base import crypto
from portal.kernel.errors import Invalid
from portal.registry.search import Place, Wanted

SIGN_BYTES = 8
WRONG = "翻页的地址不对。从第一页重新查询"


def _sign(body: bytes, wanted: Wanted) -> bytes:
    return hmac.digest(crypto.secret(), body + b"\n" + repr(wanted.question).encode(), "sha256")[:SIGN_BYTES]


def write(place: Place, wanted: Wanted) -> str:
    """Write a place as one word."""
    body = json.dumps([place.ended, place.tier, place.folded, place.id], ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(_sign(body, wanted) + body).decode().rstrip("=")


def read(word: str, wanted: Wanted) -> Place:
    """Read it back; one that we didn't write for this search is refused."""
    try:
        raw = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
    except (binascii.Error, ValueError):
        raise Invalid({"cursor": WRONG}) from None
    sign, body = raw[:SIGN_BYTES], raw[SIGN_BYTES:]
    if not hmac.compare_digest(sign, _sign(body, wanted)):
        raise Invalid({"cursor": WRONG})
    ended, tier, folded, row_id = json.loads(body)
    return Place(ended, tier, folded, row_id)
