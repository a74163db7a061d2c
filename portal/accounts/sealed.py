"""Where accounts keep encrypted text, for a change of keys."""

from portal.base.rotation import Sealed

SEALED = (
    Sealed("account", "totp_sealed", lambda row: f"account.totp_sealed:{row['login']}"),
    Sealed("invitation", "code_sealed", lambda row: f"invitation.code_sealed:{row['id']}"),
)
