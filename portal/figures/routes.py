"""Where the public pages about the whole are."""

from starlette.routing import Route

from portal.figures import pages

routes: list[Route] = [Route("/rules", pages.rules, name="rules.list", methods=["GET"])]
