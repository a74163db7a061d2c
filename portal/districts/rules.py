"""What may be entered: codes of authorities, days of the calendar, values of the policy, schools that are the same."""

import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.errors import Missing
from portal.kernel.limits import Limit, Value
from portal.kernel.names import comparable_name, without_spaces
from portal.policy.values import Policy

KINDS: Mapping[str, str] = {"holiday": "放假", "makeup": "上班（调休）", "ordinary": "按平常日子算"}
LONGEST_VALUE = 400
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
_SHARE = re.compile(r"([1-9]\d{0,2})/([1-9]\d{0,2})")


def school_key(name: str) -> str:
    """A school's name as two lists compare it: full width, spaces, brackets and case play no part."""
    return comparable_name(name).translate(str.maketrans("", "", "()[]【】")).casefold()


def code_key(code: str) -> str:
    """A school's or company's code as it is compared: half width, no spaces, capital letters."""
    return comparable_name(code).upper()


def value_of(text: str, like: Limit) -> Value | None:
    """Read a value of the same sort as the shipped one; nothing where it can't be one."""
    text = without_spaces(text) if not isinstance(like.value, tuple) else text.strip()
    if isinstance(like.value, time):
        found = _CLOCK.fullmatch(text)
        return time(int(found[1]), int(found[2])) if found else None
    if isinstance(like.value, tuple):
        words = tuple(dict.fromkeys(part for part in re.split(r"[\s、,，;；]+", text) if part))
        return words or None
    if like.unit == "share":
        found = _SHARE.fullmatch(text)
        return text if found and Fraction(text) <= 1 else None
    return _number(text, like)


def _number(text: str, like: Limit) -> int | Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0 or number > 10**12 or number != number.quantize(Decimal("0.01")):
        return None
    if number == number.to_integral_value():
        return int(number)
    return number if like.unit == "m2" else None


def written(value: Value) -> str:
    """Write a value so that `value_of` reads it back."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "、".join(value) if isinstance(value, tuple) else str(value)


def calendar_of(shipped: WorkingCalendar, days: Mapping[date, str], years: frozenset[int]) -> WorkingCalendar:
    """The calendar that deadlines are counted by: the shipped one, and the city's own days over it."""
    named: dict[str, list[date]] = {kind: [day for day, given in days.items() if given == kind] for kind in KINDS}
    return shipped.overlaid(
        holidays=named["holiday"], makeup_days=named["makeup"], ordinary=named["ordinary"], years=years
    )


def shipped_like(policy: Policy, name: str) -> Limit:
    """The shipped value of a name: it says of which sort and unit a bureau's own must be."""
    rows = [row for row in policy.limit_layers[0] if row.name == name]
    if not rows:
        raise Missing
    return rows[-1]
