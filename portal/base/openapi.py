"""The API's description (OpenAPI 3.1), made from the models that the handlers themselves read and answer with.

A feature describes each of its `/api/v1` routes once, beside the routes, and `portal/app.py` puts the lists together:

    OPERATIONS = [
        Operation("api.check_schedule", "Check a class schedule; nothing is stored.", answer=Checked, body=Filing,
                  problems=(413, 422, 429)),
    ]

`route` is the route's name (address and method come from the route). `query` is a flat model read by `read_query`;
`body` the model of a POSTed JSON document; `answer` the model of the 200 answer; `path` says what the address's
parameters must look like (name → JSON schema). Models may be strict input models: their JSON schema is enough.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal.base.web import answer_json
from portal.kernel.errors import Invalid
from schemas.messages import in_chinese

PROBLEMS = {
    400: "The request itself can't be read, for example an address with a NUL.",
    403: "The request was sent from another site's page.",
    404: "There is no such thing.",
    413: "The document is too large.",
    422: "Something is to be mended; `errors` says where and how.",
    429: "Too many requests; `Retry-After` says when to come again.",
    503: "Busy; `Retry-After` says when to come again.",
}
REFERENCE = "#/components/schemas/{model}"
M = TypeVar("M", bound=BaseModel)


class ErrorPlace(BaseModel):
    """One thing to mend."""

    model_config = ConfigDict(extra="forbid")
    path: str
    message: str


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[ErrorPlace] = []


@dataclass(frozen=True, slots=True)
class Operation:
    """What one route of the API takes and gives."""

    route: str
    summary: str
    answer: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    path: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    problems: tuple[int, ...] = ()
    is_cached: bool = False


def read_query(request: Request, model: type[M]) -> M:
    """Read the address's query into a flat model. Unknown and empty names are left aside; of two equal names the last."""
    given = {name: value for name, value in request.query_params.items() if value}
    try:
        return model.model_validate(given)
    except ValidationError as failure:
        raise Invalid(in_chinese(failure, model, separator="/")) from failure


def document(routes: Iterable[Route], operations: Iterable[Operation]) -> dict[str, Any]:
    """Put the whole description together."""
    known = {route.name: route for route in routes}
    listed = list(operations)
    schemas, parts = _schemas(listed)
    paths: dict[str, dict[str, Any]] = {}
    for one in listed:
        route = known[one.route]
        method = "post" if one.body else "get"
        paths.setdefault(route.path_format, {})[method] = _operation(one, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "校外培训机构办学许可与登记平台 API",
            "version": "1",
            "description": "Public registry of licensed training institutions, and checks that store nothing.",
        },
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": parts},
    }


Named = Mapping[tuple[Any, Any], Mapping[str, Any]]


def _schemas(operations: list[Operation]) -> tuple[Named, dict[str, Any]]:
    wanted: dict[tuple[Any, Any], None] = dict.fromkeys(
        [(Problem, "serialization")]
        + [(one.answer, "serialization") for one in operations if one.answer]
        + [(one.body, "validation") for one in operations if one.body]
    )
    schemas, whole = models_json_schema(list(wanted), by_alias=True, ref_template=REFERENCE)
    return schemas, whole.get("$defs", {})


def _operation(one: Operation, schemas: Named) -> dict[str, Any]:
    """Describe one route."""
    found: dict[str, Any] = {
        "operationId": one.route,
        "summary": one.summary,
        "parameters": [*_in_path(one), *_in_query(one)],
        "responses": _responses(one, schemas),
    }
    if one.body:
        found["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schemas[one.body, "validation"]}},
        }
    return found


def _in_path(one: Operation) -> list[dict[str, Any]]:
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name, schema in one.path.items()]


def _in_query(one: Operation) -> list[dict[str, Any]]:
    if one.query is None:
        return []
    schema = one.query.model_json_schema(ref_template=REFERENCE)
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": part}
        for name, part in schema["properties"].items()
    ]


def _responses(one: Operation, schemas: Named) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "The answer."}
    schema = schemas[one.answer, "serialization"] if one.answer else {"type": "object"}
    good["content"] = {"application/json": {"schema": schema}}
    found: dict[str, Any] = {"200": good}
    if one.is_cached:
        good["headers"] = {"ETag": {"schema": {"type": "string"}}}
        found["304"] = {"description": "Not changed since the ETag that was sent."}
    problem = {"application/problem+json": {"schema": schemas[Problem, "serialization"]}}
    for status in (400, *one.problems):
        found[str(status)] = {"description": PROBLEMS[status], "content": problem}
    return found


async def show(request: Request) -> Response:
    """Give the description of this very application."""
    routes = [route for route in request.app.routes if isinstance(route, Route)]
    return answer_json(document(routes, request.app.state.operations), headers={"cache-control": "public, max-age=60"})
