"""What pages, the API and other features ask about advertisements; nothing here is stored."""

import asyncio
from collections.abc import Mapping, Sequence

from portal.advertising import licensed, rules
from portal.advertising.lexicon import Category, lexicon
from portal.advertising.rules import Result
from portal.kernel import strict_json
from portal.kernel.errors import FieldError, Invalid
from portal.kernel.strict_json import NotJson
from schemas import advertising

__all__ = ["Category", "categories", "check", "check_json"]


async def check_json(raw: bytes) -> Result:
    """Check a text in JSON; raises Invalid with each place to mend."""
    try:
        request = advertising.read_request(await asyncio.to_thread(strict_json.loads, raw))
    except NotJson as error:
        raise Invalid([FieldError(error.place, error.message)]) from error
    programmes = None if request.licence is None else [each.model_dump() for each in request.licence.programmes]
    return await check(request.text, programmes)


async def check(text: str, programmes: Sequence[Mapping[str, str]] | None = None) -> Result:
    """Find the forbidden passages of a text, in a thread: a long one takes a while, and others are waiting."""
    found = await asyncio.to_thread(rules.check, text)
    return found if programmes is None else {**found, "notes": list(licensed.notes(text, programmes))}


def categories() -> Mapping[str, Category]:
    """Every kind of forbidden passage, by its name."""
    return lexicon().categories
