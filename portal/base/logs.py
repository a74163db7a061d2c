"""One line of JSON for each thing worth knowing, on standard error; never a name, a number, an address or a query."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{6,17}[\dXx](?![0-9A-Za-z])")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
SECRET_NAMES = re.compile(r"password|token|secret|cookie|id_number|phone|mail", re.IGNORECASE)


def redacted(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out what looks like personal data, should it ever get here (structlog's processor)."""
    for name, value in event.items():
        if SECRET_NAMES.search(name):
            event[name] = "…"
        elif isinstance(value, str):
            event[name] = without_personal_data(value)
    return event


def without_personal_data(text: str) -> str:
    """Blank out long numbers (identity, telephone, card) and mail addresses."""
    return MAIL.sub("…@…", LONG_NUMBER.sub("…", text))


def configure(level: int = logging.INFO) -> None:
    """Set the logs of this process up."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redacted,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
