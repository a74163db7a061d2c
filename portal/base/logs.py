"""One line of JSON for each thing worth knowing, on standard error; never a name, a number, an address or a query."""

import logging
import re
import sys
from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

import structlog

LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{6,17}[\dXx](?![0-9A-Za-z])")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
SECRET_NAMES = re.compile(r"password|token|secret|cookie|id_number|phone|mail", re.IGNORECASE)
SHORTEST = 7  # of what is taken for a number of a person


def redacted(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out what looks like personal data, should it ever get here (structlog's processor)."""
    for name, value in event.items():
        if is_secret(name):
            event[name] = "…"
        elif isinstance(value, str) and len(value) >= SHORTEST:
            event[name] = without_personal_data(value)
    return event


@lru_cache(maxsize=256)
def is_secret(name: str) -> bool:
    """Whether a field of this name is never written."""
    return SECRET_NAMES.search(name) is not None


def without_personal_data(text: str) -> str:
    """Blank out long numbers (identity, telephone, card) and mail addresses."""
    text = LONG_NUMBER.sub("…", text)
    return MAIL.sub("…@…", text) if "@" in text else text


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
