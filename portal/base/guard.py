"""Asks the permission table before a handler runs, with what the path names."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from portal.base import access
from portal.base.access import Loader, Subject
from portal.base.actor import ANONYMOUS
from portal.kernel.errors import Missing, NotSignedIn


class Guarded(Route):
    """A route that nobody passes unless the table lets them."""

    subjects: Mapping[str, Loader] = {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look up what the path names, ask the table, then go on as any route does."""
        if self.methods is None or scope["method"] in self.methods:
            scope["route"] = self
            subject = await self._subject(Request(scope))
            access.permit(self.name, scope["method"], scope.get("user", ANONYMOUS), subject)
        try:
            await super().handle(scope, receive, send)
        finally:
            if "posted" in scope:
                await scope["posted"].close()  # uploads lie in temporary files until then

    async def _subject(self, request: Request) -> Subject | None:
        for name, value in request.path_params.items():
            if name in self.subjects:
                found = await self.subjects[name](str(value))
                if found is None:
                    raise self._absent(request)
                return found
        return None

    def _absent(self, request: Request) -> Missing | NotSignedIn:
        """What isn't there looks like what isn't allowed: a stranger can't tell by log-in which numbers exist."""
        is_stranger = request.scope.get("user", ANONYMOUS).role == ANONYMOUS.role
        return NotSignedIn() if is_stranger and not access.is_public(self.name, request.method) else Missing()


def guarded(routes: list[Route], subjects: Mapping[str, Loader]) -> list[Route]:
    """Put the guard before each route."""
    for route in routes:
        route.__class__ = Guarded
        assert isinstance(route, Guarded)
        route.subjects = subjects
    return routes
