"""The links at the top of every page, by role; a link whose feature isn't installed is left out."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.routing import Match, NoMatchFound, Route

from portal.base.actor import ANONYMOUS, Actor

STAFF = frozenset({"examiner", "approver", "district-admin", "city-admin", "auditor"})
ADMINISTRATORS = frozenset({"district-admin", "city-admin"})
PUBLIC = frozenset({"anonymous"})
EVERYBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """One entry: its words, where it leads, who sees it (nobody named: everybody)."""

    words: str
    route: str
    roles: frozenset[str] = EVERYBODY


LINKS = (
    Link("我的申请", "apply.home", frozenset({"clerk"})),
    Link("待办案件", "review.queue", STAFF - ADMINISTRATORS - {"auditor"}),
    Link("案件", "review.queue", ADMINISTRATORS | {"auditor"}),
    Link("检查任务", "inspect.roster", frozenset({"inspector"})),
    Link("管理", "admin.home", ADMINISTRATORS | {"auditor"}),
    Link("用户", "accounts.users", ADMINISTRATORS),
    Link("查询机构", "registry.search"),
    Link("核验证书", "registry.verify_form", PUBLIC | {"clerk"}),
    Link("通告广告自查", "checks.advertisement", PUBLIC | {"clerk"}),
    Link("课表自查", "checks.schedule", PUBLIC | {"clerk"}),
    Link("我要办证", "apply.start", PUBLIC),
)


def links(request: Request) -> list[dict[str, object]]:
    """What this person sees, with the entry of the page they are on."""
    actor: Actor = request.scope.get("user", ANONYMOUS)
    here = getattr(request.scope.get("route"), "name", "")
    state = request.app.state
    if not hasattr(state, "linked"):
        state.linked = [(link, path_of(request, link.route)) for link in LINKS]
    return [
        {"words": link.words, "href": address, "current": here == link.route}
        for link, address in state.linked
        if address and (not link.roles or actor.role in link.roles)
    ]


def address(request: Request, route: str, **parameters: object) -> str:
    """A route's address by its name; NoMatchFound where there is none. A page asks dozens of times, so by a table."""
    state = request.app.state
    if not hasattr(state, "named"):
        state.named = {one.name: one for one in reversed(request.app.routes) if isinstance(one, Route)}
    found: Route | None = state.named.get(route)
    if found is None:
        raise NoMatchFound(route, parameters)
    if parameters.keys() != found.param_convertors.keys():
        raise NoMatchFound(route, parameters)
    path = found.path_format
    for name, value in parameters.items():
        path = path.replace(f"{{{name}}}", found.param_convertors[name].to_string(value))
    return path


def has(request: Request, route: str) -> bool:
    """Whether there is such a route, whatever its address has to name."""
    return any(isinstance(one, Route) and one.name == route for one in request.app.routes)


def above(request: Request) -> str:
    """The nearest page above this one: of a step of a case the case itself."""
    path = str(request.scope["path"])
    while path := path.rpartition("/")[0]:
        wanted = {**request.scope, "path": path, "root_path": "", "method": "GET"}
        if any(route.matches(wanted)[0] == Match.FULL for route in request.app.routes):
            return path
    return ""


def path_of(request: Request, route: str) -> str:
    """A route's address, or nothing where there is no such route."""
    try:
        return address(request, route)
    except NoMatchFound:
        return ""
