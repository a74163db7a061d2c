"""Where applications keep encrypted text, for a change of keys."""

from portal.base.rotation import Sealed

SEALED = (
    Sealed("application_section", "sealed", lambda row: f"application_section:{row['application_id']}:{row['name']}"),
    Sealed(
        "application_submission", "sealed", lambda row: f"application_submission:{row['application_id']}:{row['round']}"
    ),
    Sealed("application_outcome", "sealed", lambda row: f"application_outcome:{row['application_id']}"),
)
