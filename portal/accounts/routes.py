"""Where the pages of accounts are, and what their paths name."""

from collections.abc import Mapping

from starlette.routing import Route

from portal.accounts import service
from portal.accounts.pages import administering, entering, own
from portal.base.access import Loader

routes: list[Route] = [
    Route("/login", entering.login, name="accounts.login", methods=["GET"]),
    Route("/login", entering.sign_in, name="accounts.login", methods=["POST"]),
    Route("/login/second-factor", entering.second_factor, name="accounts.second_factor", methods=["GET"]),
    Route("/login/second-factor", entering.confirm_second_factor, name="accounts.second_factor", methods=["POST"]),
    Route("/logout", entering.logout, name="accounts.logout", methods=["POST"]),
    Route("/account/register", entering.register, name="accounts.register", methods=["GET"]),
    Route("/account/register", entering.send_registration, name="accounts.register", methods=["POST"]),
    Route("/account/confirm", entering.confirm, name="accounts.confirm", methods=["GET"]),
    Route("/account/confirm", entering.send_confirmation, name="accounts.confirm", methods=["POST"]),
    Route("/account/confirm/again", entering.send_again, name="accounts.confirm_again", methods=["POST"]),
    Route("/account/reset/again", entering.send_again, name="accounts.reset_again", methods=["POST"]),
    Route("/account/forgotten", entering.forgotten, name="accounts.forgotten", methods=["GET"]),
    Route("/account/forgotten", entering.ask_for_reset, name="accounts.forgotten", methods=["POST"]),
    Route("/account/reset", entering.reset, name="accounts.reset", methods=["GET"]),
    Route("/account/reset", entering.send_reset, name="accounts.reset", methods=["POST"]),
    Route("/account", own.account, name="accounts.account", methods=["GET"]),
    Route("/account/name", own.rename, name="accounts.rename", methods=["POST"]),
    Route("/account/password", own.password, name="accounts.password", methods=["GET"]),
    Route("/account/password", own.change_password, name="accounts.password", methods=["POST"]),
    Route("/account/sessions/end", own.end_sessions, name="accounts.end_sessions", methods=["POST"]),
    Route("/account/colleagues", own.colleagues, name="accounts.colleagues", methods=["GET"]),
    Route("/account/colleagues/join", own.join, name="accounts.join", methods=["POST"]),
    Route("/account/invitations", own.invite, name="accounts.invite", methods=["POST"]),
    Route(
        "/account/colleagues/{colleague_id:int}/remove",
        own.remove_colleague,
        name="accounts.remove_colleague",
        methods=["POST"],
    ),
    Route("/account/mailbox", own.mailbox, name="accounts.mailbox", methods=["GET"]),
    Route("/admin/users", administering.users, name="accounts.users", methods=["GET"]),
    Route("/admin/users/new", administering.new_user, name="accounts.user_new", methods=["GET"]),
    Route("/admin/users/new", administering.add_user, name="accounts.user_new", methods=["POST"]),
    Route("/admin/users/{account_id:int}", administering.user, name="accounts.user", methods=["GET"]),
    Route("/admin/users/{account_id:int}/role", administering.change_role, name="accounts.user_role", methods=["POST"]),
    Route(
        "/admin/users/{account_id:int}/close", administering.change_access, name="accounts.user_close", methods=["POST"]
    ),
    Route(
        "/admin/users/{account_id:int}/reopen",
        administering.change_access,
        name="accounts.user_reopen",
        methods=["POST"],
    ),
    Route(
        "/admin/users/{account_id:int}/second-factor",
        administering.change_access,
        name="accounts.user_second_factor",
        methods=["POST"],
    ),
]

SUBJECTS: Mapping[str, Loader] = {"account_id": service.subject, "colleague_id": service.subject}

NOTICES: Mapping[str, str] = {
    "registered": "注册完成，你已登录。",
    "code-sent-again": "验证码已重新发出。以最新的一条为准，原来的不能再用。",
    "password-set": "新密码已设好。用它登录。",
    "password-changed": "密码已改，其他设备已退出登录。",
    "signed-out-everywhere": "所有设备都已退出登录。",
    "invited": "邀请码已生成，7 天内有效。把它发给同事。",
    "colleague-removed": "已移除。这位同事不能再办理本机构的事项。",
    "user-added": "账户已开通，设置密码的说明已发出。",
    "user-changed": "已保存，从下一次操作起生效。",
    "user-closed": "账户已停用，对方马上退出登录。",
    "user-reopened": "账户已恢复使用。",
    "second-factor-reset": "第二步验证已重置，对方下次登录时重新绑定。",
}
