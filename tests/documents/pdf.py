"""A rendered paper for tests that need one, made as the press makes it."""

import asyncio

from portal.documents import press, rules
from tests.factories.documents import frozen


def a_pdf(kind="grant"):
    """One unsigned paper."""

    async def made():
        workshop = press.workshop()
        try:
            return await workshop.do(press.order(kind, frozen(kind), rules.TEMPLATES, rules.FONTS))
        finally:
            await workshop.close()

    return asyncio.run(made())
