"""What a page says once after a step was done. The address never carries the words: a cookie carries the code."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

NOTICES: Mapping[str, str] = {
    "saved": "已保存。",
    "saved-draft": "草稿已保存，可以随时回来接着填。",
    "removed": "已删除。",
    "uploaded": "文件已上传。",
    "signed-out": "已退出登录。",
    "signed-in": "已登录。",
}


def cookie_name(request: Request) -> str:
    """`__Host-` binds the cookie to this host over https."""
    return "__Host-notice" if request.app.state.is_https else "notice"


def leave(request: Request, response: Response, code: str) -> None:
    """Let the next page say this; a code that the table doesn't know is a slip of ours."""
    if code not in request.app.state.notices:
        raise KeyError(code)
    response.set_cookie(
        cookie_name(request), code, max_age=60, httponly=True, samesite="lax", secure=request.app.state.is_https
    )


def take(request: Request) -> str:
    """What this page is to say, if anything."""
    return str(request.app.state.notices.get(request.cookies.get(cookie_name(request), ""), ""))


def forget(request: Request, response: Response) -> None:
    """It was said."""
    if cookie_name(request) in request.cookies:
        response.delete_cookie(cookie_name(request), httponly=True, samesite="lax", secure=request.app.state.is_https)
