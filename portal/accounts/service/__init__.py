"""What accounts do for everybody else: the use cases, and questions that read as such."""

from portal.accounts.service.administering import (
    Listed,
    add_operator,
    add_user,
    change_role,
    close,
    find_users,
    reopen,
    reset_second_factor,
    user,
)
from portal.accounts.service.colleagues import Colleagues, colleagues, invitation_codes, invite, join, remove_colleague
from portal.accounts.service.demo import DemoAccount, demo_accounts, demo_codes, refuse_demo_accounts
from portal.accounts.service.messages import awaited, send_again, send_code, send_message, tell
from portal.accounts.service.own import change_password, end_sessions, own_account, rename
from portal.accounts.service.places import know_districts, known_districts
from portal.accounts.service.questions import actor, clerks, names, organisation_name, staff, subject
from portal.accounts.service.registering import confirm, register
from portal.accounts.service.resetting import ask_for_reset, reset
from portal.accounts.service.second_factor import prove
from portal.accounts.service.signing_in import Enrolment, confirm_second_factor, enrolment, sign_in, sign_out
from portal.accounts.store_codes import sweep

__all__ = [
    "Colleagues",
    "DemoAccount",
    "Enrolment",
    "Listed",
    "actor",
    "add_operator",
    "add_user",
    "ask_for_reset",
    "awaited",
    "change_password",
    "change_role",
    "clerks",
    "close",
    "colleagues",
    "confirm",
    "confirm_second_factor",
    "demo_accounts",
    "demo_codes",
    "end_sessions",
    "enrolment",
    "find_users",
    "invitation_codes",
    "invite",
    "join",
    "know_districts",
    "known_districts",
    "names",
    "organisation_name",
    "own_account",
    "prove",
    "refuse_demo_accounts",
    "register",
    "remove_colleague",
    "rename",
    "reopen",
    "reset",
    "reset_second_factor",
    "send_again",
    "send_code",
    "send_message",
    "sign_in",
    "sign_out",
    "staff",
    "subject",
    "sweep",
    "tell",
    "user",
]
