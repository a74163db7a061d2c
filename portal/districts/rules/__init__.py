"""What may be entered: codes of authorities, days of the calendar, values of the policy, schools that are the same."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from portal.districts.rules.promises import is_law, span_words
from portal.kernel.calendar import TimeLimit, Unit, WorkingCalendar
from portal.kernel.errors import Missing
from portal.kernel.ids import credit_code
from portal.kernel.limits import Limit, Value
from portal.kernel.names import comparable_name, without_spaces
from portal.kernel.programmes import STAGES
from portal.policy.values import STATUTORY, Policy
from schemas.districts import AuthorityFields, SchoolFields

KINDS: Mapping[str, str] = {"holiday": "放假", "makeup": "上班（调休）", "ordinary": "按平常日子算"}
LONGEST_HOLIDAY = 15
FRIDAY = 5
NOVEMBER = 11
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_DAY = r"(?:(?P<y{0}>\d{{4}})[-/.年])?(?:(?P<m{0}>\d{{1,2}})[-/.月])?(?P<d{0}>\d{{1,2}})[日号]?"
_LINE = re.compile(
    r"(?P<name>[^\d:]*?)[\s:]*"
    + _DAY.format(1).replace("[-/.月])?(?P<d1>", "[-/.月])(?P<d1>")
    + r"(?:至"
    + _DAY.format(2)
    + r")?(?:\s*(?:放假|上班|休息|调休).*)?"
)


_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
LONGEST_MONTHS = 36
_SPAN = re.compile(r"([1-9]\d{0,2})(?:个?(工作日|月)|([天日]))?")
_UNITS: Mapping[str, Unit] = {"工作日": "working_days", "月": "months", "天": "days", "日": "days"}
_SHARE = re.compile(r"([1-9]\d{0,2})/([1-9]\d{0,2})")


@dataclass(frozen=True, slots=True)
class Written:
    """A school as it is written into the list, with its name in the form in which names are compared."""

    name: str
    name_key: str
    code: str
    credit_code: str
    premises: str
    stages: tuple[str, ...]


def school_key(name: str) -> str:
    """A school's name as two lists compare it: full width, spaces, brackets and case play no part."""
    return comparable_name(name).translate(str.maketrans("", "", "()[]【】")).casefold()


def code_key(code: str) -> str:
    """A school's or company's code as it is compared: half width, no spaces, capital letters."""
    return comparable_name(code).upper()


def value_of(text: str, like: Limit) -> Value | None:
    """Read a value of the same sort as the shipped one; nothing where it can't be one."""
    text = without_spaces(text) if not isinstance(like.value, tuple) else text.strip()
    if isinstance(like.value, TimeLimit):
        return _span_of(text, like, like.value)
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


def _span_of(text: str, like: Limit, shipped: TimeLimit) -> TimeLimit | None:
    """A time limit: a promise counts in the unit of the shipped one, the law in a unit that is written beside it."""
    found = _SPAN.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    unit = _UNITS.get(found[2] or found[3] or "")
    if like.unit != STATUTORY:
        return TimeLimit(shipped.unit, int(found[1])) if unit in {None, shipped.unit} else None
    return (
        None
        if unit is None or (unit == "months" and int(found[1]) > LONGEST_MONTHS)
        else TimeLimit(unit, int(found[1]))
    )


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
    if isinstance(value, TimeLimit):
        return span_words(value)
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


def own_code_fault(code: str, standard: frozenset[str]) -> str:
    """What is wrong with the code that the city defines for an authority without one of the standard."""
    if code in standard:
        return "这个代码已属于国家标准里的区县。换一个，例如 500904"
    return "" if code[4:] != "00" else "末两位不能是 00，那是整个城市的代码"


def written_school(given: SchoolFields) -> Written:
    """A school as it is written into the list."""
    stages = tuple(stage for stage in STAGES if stage in given.stages)
    return Written(given.name, school_key(given.name), given.code, given.credit_code, given.premises, stages)


def school_fault(school: Written) -> dict[str, str]:
    """What is wrong with a school's entry beyond its form: a credit code's check digit, a name without letters."""
    faults = {}
    if school.credit_code and credit_code(school.credit_code) is None:
        faults["credit_code"] = "统一社会信用代码的校验位不对，核对后再填"
    if len(school.name_key) < 2:
        faults["name"] = "填写学校全称，例如 渝中区人民小学"
    return faults


def days_written(text: str, year: int) -> tuple[dict[date, str], list[str]]:
    """Read lines such as `春节 2月15日 至 2月23日`: days with their names, and what can't be read, line by line."""
    found: dict[date, str] = {}
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = _LINE.fullmatch(comparable_line(line))
        span = _span(parts, year) if parts else None
        if span is None:
            faults.append(f"第 {number} 行读不懂。写成“春节 2月15日 至 2月23日”，日期要在 {year} 年内")
            continue
        found |= dict.fromkeys(span, (parts["name"] or "").strip()[:40] if parts else "")
    return found, faults


def comparable_line(line: str) -> str:
    """A line of the calendar with one sort of spaces, dashes and figures, without remarks in brackets."""
    plain = re.sub(r"\([^()]*\)", "", unicodedata.normalize("NFKC", line)).strip()
    return re.sub(r"\s*(至|到|~|—+|–)\s*", "至", plain)


def _span(parts: re.Match[str], year: int) -> list[date] | None:
    """Every day from the first to the last that the line names, or nothing where one doesn't exist."""
    try:
        first = date(int(parts["y1"] or year), int(parts["m1"]), int(parts["d1"]))
        month = int(parts["m2"] or first.month)
        last = date(int(parts["y2"] or year), month, int(parts["d2"])) if parts["d2"] else first
    except ValueError:
        return None
    if first > last or first.year != year or last.year != year or (last - first).days > LONGEST_HOLIDAY:
        return None
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in FORMULA_STARTS else text


def without_guard(text: str) -> str:
    """What a cell held before it was made safe, so that an exported list can be handed in again."""
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in FORMULA_STARTS else text


def stage_words(stages: Iterable[str]) -> str:
    """The stages in words, as lists and files write them."""
    return "、".join(STAGES[stage] for stage in stages if stage in STAGES)


def stages_written(text: str) -> tuple[str, ...]:
    """Read stages as lists write them: 小学、初中; words that are none stay, so that the form refuses them."""
    known = {words: code for code, words in STAGES.items()} | {"幼儿园": "preschool"}
    parts = [part for part in re.split(r"[\s、,，;；/]+", unicodedata.normalize("NFKC", text)) if part]
    return tuple(dict.fromkeys(known.get(part, part) for part in parts))


def day_fault(day: date, kind: str) -> str:
    """Only a Saturday or Sunday can be made up for; a workday is worked already."""
    return (
        "这一天是周一至周五，本来就上班。放假的周末才需要调休"
        if kind == "makeup" and day.isoweekday() <= FRIDAY
        else ""
    )


def value_says(like: Limit) -> str:
    """How a value of this sort is written."""
    if isinstance(like.value, TimeLimit):
        return "写数字和单位，例如 20 个工作日、30 天、3 个月" if is_law(like.name) else "写一个整数，例如 15"
    if isinstance(like.value, time):
        return "写成 24 小时制的时间，例如 20:30"
    if isinstance(like.value, tuple):
        return "写一个或几个词，用顿号隔开"
    if like.unit == "share":
        return "写成不大于 1 的分数，例如 2/3"
    if like.unit == "fen":
        return "以分为单位写整数，例如 500 元写 50000"
    return "写一个数字，例如 3" + (" 或 3.5" if like.unit == "m2" else "")


def missing_year(calendar: WorkingCalendar, today: date, *, ahead: bool = False) -> int | None:
    """The year whose calendar is to be entered: this one, and from November on (or when asked) the next."""
    wanted = [today.year, *([today.year + 1] if ahead or today.month >= NOVEMBER else [])]
    return next((year for year in wanted if year not in calendar.years), None)


def fields_of(district: object) -> dict[str, object]:
    """An authority's fields for the form that changes it."""
    return {name: getattr(district, name) for name in ("version", *AuthorityFields.model_fields)}
