"""A bureau lays its own dated values over the shipped ones, each with the article it rests on."""

from datetime import date, datetime

from portal.base import audit, clock, db
from portal.base.actor import Actor
from portal.districts import rules
from portal.districts.store import authorities, values
from portal.districts.store.values import ValueEntry
from portal.kernel.errors import Conflict, Invalid, Missing
from portal.kernel.limits import Limit
from portal.policy import shipped
from schemas.districts import EnterValue

CHANGED = "你打开这一页以后，这个项目有了新数值。看过再填"


def territory(actor: Actor, asked: str) -> str | None:
    """For whom a value holds: a district's administrator sets the district's, the city's any or the whole city's."""
    if actor.role == "district-admin":
        return actor.district
    if actor.role != "city-admin":
        raise Missing
    return asked or None


def shipped_limit(name: str) -> Limit:
    """The shipped value of a name: it says of which sort and unit a bureau's own must be."""
    return rules.shipped_like(shipped.policy(), name)


async def history(name: str, *, actor: Actor) -> list[ValueEntry]:
    """The bureaus' own values of one name, the newest first; a district sees its own and the city's."""
    found = reversed(await values.entries(name))
    return [entry for entry in found if actor.role != "district-admin" or entry.district in {None, actor.district}]


async def version() -> int:
    """The values' version, for the form that adds one."""
    return await values.version()


async def enter_value(order: EnterValue, *, actor: Actor, now: datetime) -> None:
    """Enter a value that holds from a day on; what held before stays readable."""
    owner = territory(actor, order.district)
    entry = judged(order, owner, actor, now)
    async with db.tx():
        await values.lock()
        if owner is not None and await authorities.district(owner) is None:
            raise Invalid({"district": "从列表中选择区县"})
        known = [found for found in await values.entries(order.name) if found.district == owner]
        if known and said(known[-1]) == said(entry):
            return
        if known and known[-1].id > order.version:
            raise Conflict(CHANGED, winner=f"{known[-1].since} 起为 {known[-1].value}")
        number = await values.add(entry)
        await audit.record(
            actor, "policy.value", f"policy:{order.name}", now, row=number, district=owner, since=str(order.since)
        )


def said(entry: ValueEntry) -> tuple[object, ...]:
    """What a value says, whoever entered it and when."""
    return entry.value, entry.since, entry.until, entry.cite, entry.reason


def judged(order: EnterValue, owner: str | None, actor: Actor, now: datetime) -> ValueEntry:
    """Read the value as the shipped one is read, or refuse with what to do."""
    value = rules.value_of(order.value, like := shipped_limit(order.name))
    faults = {"value": "" if value is not None else rules.value_says(like)}
    faults["cite"] = "" if order.cite in citation_keys() else "从列表中选择条文"
    if any(faults.values()) or value is None:
        raise Invalid({field: text for field, text in faults.items() if text})
    return ValueEntry(
        0, order.name, rules.written(value), owner, order.since, order.until, order.cite, order.reason, now.date(), now,
        actor.reference,
    )  # fmt: skip


def citation_keys() -> set[str]:
    """The articles that a value may rest on."""
    return {citation.key for citation in shipped.policy().citations}


def articles(on: date | None = None) -> list[tuple[str, str]]:
    """The articles to choose from, by document."""
    policy, day = shipped.policy(), on or clock.today()
    return sorted(((key, policy.citation(key, day).label) for key in citation_keys()), key=lambda pair: pair[1])


async def all_own() -> list[ValueEntry]:
    """Every value that a bureau has entered."""
    return await values.entries()
