"""A bureau lays its own dated values over the shipped ones, each with the article it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from portal.accounts import service as accounts
from portal.base import audit, clock, db
from portal.base.actor import Actor
from portal.districts import rules
from portal.districts.rules import promises
from portal.districts.service import questions
from portal.districts.store import authorities, values
from portal.districts.store.values import ValueEntry
from portal.kernel.calendar import TimeLimit, WorkingCalendar
from portal.kernel.errors import Conflict, Invalid, Missing
from portal.kernel.limits import Limit
from portal.policy import shipped
from portal.policy.values import Policy
from schemas.districts import EnterValue

CHANGED = "你打开这一页以后，这个项目有了新数值。看过再填"
PASSED = "写今天或以后的日子：已经开始的期限不会改变"
CITY_WIDE = "法定期限全市一样，不按区县登记"


@dataclass(frozen=True, slots=True)
class Plan:
    """An entry that waits to be confirmed, and the policy of its territory without it and with it."""

    entry: ValueEntry
    limit: Limit
    before: Policy
    after: Policy
    untouched: list[str]  # districts whose own values win over the city's
    overtaken: list[str | None]  # whose promise would be longer than the law; None is the city's


def territory(actor: Actor, name: str, asked: str) -> str | None:
    """For whom a value holds: a district's administrator sets the district's, the city's any or the whole city's.

    What the law gives is entered by the city alone, for everybody.
    """
    if actor.role == "district-admin" and asked in {"", actor.district} and not promises.is_law(name):
        return actor.district
    if actor.role != "city-admin":
        raise Missing
    if asked and promises.is_law(name):
        raise Invalid({"district": CITY_WIDE})
    return asked or None


def may_enter(actor: Actor, name: str) -> bool:
    """Whether this administrator may enter a value of the name."""
    return actor.role == "city-admin" or (actor.role == "district-admin" and not promises.is_law(name))


def shipped_limit(name: str) -> Limit:
    """The shipped value of a name: it says of which sort and unit a bureau's own must be."""
    return rules.shipped_like(shipped.policy(), name)


async def history(name: str, *, actor: Actor) -> list[tuple[ValueEntry, Limit]]:
    """The bureaus' own values of one name, the newest first; a district sees its own and the city's."""
    found = reversed(await values.entries(name))
    seen = [entry for entry in found if actor.role != "district-admin" or entry.district in {None, actor.district}]
    return [(entry, questions.limit_of(entry)) for entry in seen]


async def authors(entries: Iterable[tuple[ValueEntry, Limit]]) -> dict[int, str]:
    """The names of those who entered values."""
    numbers = {entry.entered_by.partition(":")[2] for entry, _ in entries}
    return await accounts.names(sorted(int(number) for number in numbers if number.isdecimal()))


async def says(name: str, actor: Actor) -> str:
    """How a value of the name is written, and for a promise how long it may be as the law stands today."""
    like, today = shipped_limit(name), clock.today()
    if not promises.is_time(name) or promises.is_law(name):
        return rules.value_says(like)
    law = (await questions.policy(today, actor.district)).value(promises.law_of(name), today)
    return f"{rules.value_says(like)}。{promises.most_words(law, await questions.calendar())}"


async def version() -> int:
    """The values' version, for the form that adds one."""
    return await values.version()


async def enter_value(order: EnterValue, *, actor: Actor, now: datetime) -> None:
    """Enter a value that holds from a day on; what held before stays readable."""
    async with db.tx():
        await values.lock()
        entry = await judged(order, actor=actor, now=now)
        known = [found for found in await values.entries(order.name) if found.district == entry.district]
        if known and said(known[-1]) == said(entry):
            return
        if known and known[-1].id > order.version:
            raise Conflict(CHANGED, winner=f"{known[-1].since} 起为 {known[-1].value}")
        number = await values.add(entry)
        await audit.record(
            actor, "policy.value", f"policy:{order.name}", now, row=number, district=entry.district, since=str(entry.since),
            value=entry.value, cite=entry.cite,
        )  # fmt: skip


async def looked_at(order: EnterValue, *, actor: Actor, now: datetime) -> Plan:
    """What an entry would change, before anybody confirms it; nothing is written."""
    entry = await judged(order, actor=actor, now=now)
    owner, entered = entry.district, await values.entries()
    own = {one.district for one in entered if one.name == entry.name and one.district and covers(one, entry.since)}
    return Plan(
        entry,
        questions.limit_of(entry),
        questions.laid_over(tuple(entered), owner),
        questions.laid_over((*entered, entry), owner),
        sorted(own) if owner is None else [],
        overtaken((*entered, entry), entry, await questions.calendar()) if promises.is_law(entry.name) else [],
    )


def covers(entry: ValueEntry, day: date) -> bool:
    """Whether an entry holds on a day or later."""
    return entry.until is None or entry.until >= day


def overtaken(entered: tuple[ValueEntry, ...], law: ValueEntry, calendar: WorkingCalendar) -> list[str | None]:
    """Whose promise would be longer than what the law gives from now on: it counts no more, the law does."""
    promise = promises.promise_of(law.name)
    owners = [None, *sorted({one.district for one in entered if one.name == promise and one.district})]
    policies = {owner: questions.laid_over(entered, owner) for owner in owners}
    return [
        owner
        for owner, policy in policies.items()
        if promises.is_outgrown(promise, law.since, law.until, policy, calendar)
    ]


def said(entry: ValueEntry) -> tuple[object, ...]:
    """What a value says, whoever entered it and when."""
    return entry.value, entry.since, entry.until, entry.cite, entry.reason


async def judged(order: EnterValue, *, actor: Actor, now: datetime) -> ValueEntry:
    """Read the value as the shipped one is read, or refuse with everything that is to be mended."""
    owner = territory(actor, order.name, order.district)
    value = rules.value_of(order.value, like := shipped_limit(order.name))
    faults = {"value": "" if value is not None else rules.value_says(like)}
    faults["cite"] = "" if order.cite in citation_keys() else "从列表中选择条文"
    is_known = owner is None or await authorities.district(owner) is not None
    faults["district"] = "" if is_known else "从列表中选择区县"
    if promises.is_time(order.name):
        faults["since"] = PASSED if order.since < now.date() else ""
    if isinstance(value, TimeLimit) and not promises.is_law(order.name):
        faults["value"] = await outlasts(value, order, owner, now.date())
    if any(faults.values()) or value is None:
        raise Invalid({field: text for field, text in faults.items() if text})
    return ValueEntry(
        0, order.name, rules.written(value), owner, order.since, order.until, order.cite, order.reason, now.date(), now,
        actor.reference,
    )  # fmt: skip


async def outlasts(promise: TimeLimit, order: EnterValue, owner: str | None, today: date) -> str:
    """Why a promise is longer than what the law gives, if it is on any of its days."""
    policy, calendar = await questions.policy(None, owner), await questions.calendar()
    return promises.promise_fault(promise, order.name, max(order.since, today), order.until, policy, calendar)


def citation_keys() -> set[str]:
    """The articles that a value may rest on."""
    return {citation.key for citation in shipped.policy().citations}


def articles(on: date | None = None) -> list[tuple[str, str]]:
    """The articles to choose from, by document."""
    policy, day = shipped.policy(), on or clock.today()
    return sorted(((key, policy.citation(key, day).label) for key in citation_keys()), key=lambda pair: pair[1])
