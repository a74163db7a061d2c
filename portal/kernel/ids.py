"""Numbers that name a person, an organisation, a licence or a teacher's certificate: their one written form, or none.

Check digits and birth dates come from python-stdnum. Place codes are not judged: they change, and living people
keep the one they were born with.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from portal.kernel.names import without_spaces

_NO_HYPHENS = dict.fromkeys(map(ord, "-‐‑–—"))
_LICENCE_NUMBER = re.compile(r"(?:教民)?([0-9]{15})号?")
_CERTIFICATE_NUMBER = re.compile(r"[0-9]{17}")


def id_number(written: str, today: date) -> str | None:
    """The resident's number in 18 characters, or None where `written` is no valid one on the day `today`."""
    number = written
    if not (number.isascii() and number.isalnum()):
        number = without_spaces(unicodedata.normalize("NFKC", number).upper()).translate(_NO_HYPHENS)
    if len(number) == 15 and number.isascii() and number.isdigit():
        number = f"{number[:6]}19{number[6:]}"
        number += ric.calc_check_digit(f"{number}0")
    number = number.upper()
    if not (len(number) == 18 and number.isascii() and number[:17].isdigit()):
        return None
    born = _real_date(number[6:14])
    if born is None or born > today or ric.calc_check_digit(number) != number[17]:
        return None
    return number


def birth_date(number: str) -> date:
    """The day of birth that a valid number of 18 characters tells."""
    born = _real_date(number[6:14])
    assert born is not None
    return born


@lru_cache(maxsize=65_536)
def _real_date(digits: str) -> date | None:
    """Eight digits as a day of the calendar, or None; cached, because people share far fewer birthdays than names."""
    try:
        return ric.get_birth_date(f"000000{digits}0000")
    except ValidationError:
        return None


def masked_id_number(number: str) -> str:
    """The form in which pages show a number: place and last four characters, the birth date hidden."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"


def credit_code(written: str) -> str | None:
    """The unified social credit code in 18 characters, or None where `written` is no valid one."""
    try:
        return uscc.validate(unicodedata.normalize("NFKC", written))
    except ValidationError:
        return None


def licence_number(written: str) -> str | None:
    """The 15 digits of a licence number, written with or without 教民…号; any 15 digits are taken."""
    plain = without_spaces(unicodedata.normalize("NFKC", written))
    found = _LICENCE_NUMBER.fullmatch(plain)
    return found[1] if found else None


def new_licence_number(district: str, serial: int) -> str:
    """The 15 digits of the district's licence number `serial`: authority 1, district, institution 7, serial, 1."""
    if not (len(district) == 6 and district.isascii() and district.isdigit()):
        raise ValueError("a district code has six digits")
    if not 1 <= serial <= 999_999:
        raise ValueError("a district has 999,999 licence numbers")
    return f"1{district}7{serial:06d}1"


def licence_title(digits: str) -> str:
    """The number as it stands on paper, for example 教民150010370000021号."""
    return f"教民{digits}号"


def certificate_number(written: str) -> str | None:
    """The 17 digits of a teacher-qualification certificate, or None where `written` has another form."""
    number = written.strip()
    return number if _CERTIFICATE_NUMBER.fullmatch(number) else None
