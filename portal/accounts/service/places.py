"""What the districts are called. They belong to a feature above this one, which says so when the portal starts."""

from collections.abc import Awaitable, Callable, Mapping

Districts = Callable[[], Awaitable[Mapping[str, str]]]
_asked: list[Districts] = []


def know_districts(question: Districts) -> None:
    """Ask `question` from now on: names of the districts by code."""
    _asked[:] = [question]


async def known_districts() -> Mapping[str, str]:
    """Names by code, in the order in which a list shows them; nothing before somebody has told."""
    return await _asked[0]() if _asked else {}
