"""Where a published draw is recomputed."""

from starlette.routing import Route

from portal.inspections import pages

routes: list[Route] = [Route("/draws/verify", pages.verify, name="draws.verify", methods=["GET"])]
