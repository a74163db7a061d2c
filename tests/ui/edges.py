"""A small application behind the real edge, for the tests of this folder."""

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg
from pydantic import BaseModel, ConfigDict, Field, SecretStr
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from portal.base.actor import ANONYMOUS, Actor
from portal.base.edge import edge
from portal.base.samples import Sample
from portal.base.web import ask_again, confirmed, page, read, see_other
from portal.kernel.errors import Busy, Conflict, Invalid, Missing, NotAllowed, NotSignedIn, TooMany

WINNER = "陈明在 14:05 已作出决定。"


class Note(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(title="意见", min_length=2)
    password: SecretStr = Field(default=SecretStr(""), title="密码")


@dataclass
class Visiting:
    token: str = ""
    csrf: str = ""


class AsSomebody:
    """Stands where sessions are looked up: everybody is the one who is named in a header."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        role = dict(scope["headers"]).get(b"x-role", b"").decode()
        scope["user"] = Actor(role, 1, "李华") if role else ANONYMOUS
        scope["visit"] = Visiting("visit", "token-of-the-session") if role else Visiting()
        await self.app(scope, receive, send)


ERRORS = {
    "missing": Missing(),
    "conflict": Conflict(winner=WINNER),
    "state": NotAllowed("现在的办理状态不允许这一步。"),
    "login": NotSignedIn(),
    "many": TooMany("操作太频繁。", retry_after=30),
    "busy": Busy(),
    "invalid": Invalid({"name": "名称已有人用，换一个名称"}),
    "restart": asyncpg.CannotConnectNowError("the database system is starting up"),
    "bug": ValueError("身份证 500103199001011234"),
}


async def fails(request: Request) -> Response:
    if request.method == "POST":
        form = await read(request, Note)
        if refused := ask_again(request, "ui/samples.html", form):
            return refused
    raise ERRORS[request.path_params["how"]]


async def sample(request: Request) -> Response:
    form = await read(request, Sample, files=("charter",))
    return JSONResponse({"errors": [[error.path, error.message] for error in form.errors]})


async def home(request: Request) -> Response:
    from portal.base.problems import Answer

    return page(request, "errors/error.html", answer=Answer(200, "首页", "正文"))


async def done(request: Request) -> Response:
    await confirmed(request)
    return see_other(request, "public.home", notice="saved")


async def careless(_request: Request) -> Response:
    return Response(status_code=204)


async def claims(_request: Request) -> Response:
    raise Invalid({"name": "名称已有人用，换一个名称"})


ROUTES = (
    Route("/", home, name="public.home"),
    Route("/login", home, name="accounts.login"),
    Route("/fails/{how}", fails, methods=["GET", "POST"], name="fails"),
    Route("/api/v1/fails/{how}", fails, name="api.fails"),
    Route("/api/v1/claims", claims, methods=["POST"], name="api.claims"),
    Route("/done", done, methods=["POST"], name="done"),
    Route("/careless", careless, methods=["POST"], name="careless"),
    Route("/sample", sample, methods=["POST"], name="sample", max_body_size=4 * 1024 * 1024),
)


def application(*, is_https: bool = False, routes: Sequence[Route] = ROUTES) -> Starlette:
    return edge(
        routes,
        hosts=["testserver", "127.0.0.1"],
        is_https=is_https,
        is_demo=True,
        secret=b"a secret of the tests",
        visits=Middleware(AsSomebody),
    )


def client(*, is_https: bool = False) -> TestClient:
    scheme = "https" if is_https else "http"
    return TestClient(application(is_https=is_https), base_url=f"{scheme}://testserver", follow_redirects=False)
