"""Where the public's pages and the registry's API are."""

from starlette.routing import Route

from portal.base import openapi
from portal.registry import api, pages
from portal.registry.api import OPERATIONS

__all__ = ["OPERATIONS", "routes"]

routes: list[Route] = [
    Route("/", pages.home, name="public.home", methods=["GET"]),
    Route("/registry", pages.search, name="registry.search", methods=["GET"]),
    Route("/registry/{licence_number}", pages.institution, name="registry.institution", methods=["GET"]),
    Route("/verify", pages.verify_form, name="registry.verify_form", methods=["GET"]),
    Route("/verify/{code}", pages.verify, name="registry.verify", methods=["GET"]),
    Route("/api/v1/registry", api.search, name="api.registry", methods=["GET"]),
    Route("/api/v1/registry/{licence_number}", api.licence, name="api.licence", methods=["GET"]),
    Route("/api/v1/verify/{code}", api.verify, name="api.verify", methods=["GET"]),
    Route("/api/v1/openapi.json", openapi.show, name="api.openapi", methods=["GET"]),
]
