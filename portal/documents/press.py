"""The child process that makes PDFs, and the way to it. `python -m portal.documents.press` is the child."""

import functools
import json
from collections.abc import Callable

from portal.base.confined import Limits, serve
from portal.base.render import Workshop
from portal.documents import coverage

LIMITS = Limits()


def workshop() -> Workshop:
    """A press of its own: a child that sees no font but ours and keeps no cache of fonts."""
    fonts = {"FONTCONFIG_FILE": str(coverage.FOLDER / "fonts.conf")}
    return Workshop("portal.documents.press", LIMITS, fonts)


@functools.lru_cache(maxsize=1)
def shared() -> Workshop:
    """The press of this worker."""
    return workshop()


def order(kind: str, frozen: str, template_version: str, fonts_version: str) -> bytes:
    """Write an order as the child reads it."""
    return json.dumps([kind, frozen, template_version, fonts_version], ensure_ascii=False).encode()


async def pdf(kind: str, frozen: str, template_version: str, fonts_version: str) -> bytes:
    """Have a PDF made by this worker's press."""
    return await shared().do(order(kind, frozen, template_version, fonts_version))


def prepare() -> Callable[[bytes], bytes]:
    """Load everything before the first order, so that each order only pays for itself."""
    from portal.base import pango

    pango.load()
    import weasyprint  # noqa: F401 loaded here so that a machine without its libraries fails at once

    from portal.documents.typesetting import render

    return lambda given: render(*json.loads(given))


if __name__ == "__main__":
    serve(prepare, LIMITS)
