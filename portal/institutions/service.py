"""What other features ask about licences, and the act that makes one."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from portal.base import numbers
from portal.institutions import store
from portal.kernel import ids
from portal.kernel.errors import Missing


@dataclass(frozen=True, slots=True)
class Granted:
    """A new licence as it was decided. `programmes` are (subject, stage); areas in m²."""

    district: str
    institution_id: int
    name: str
    address: str
    organisers: tuple[str, ...]
    legal_representative: str
    principal: str
    programmes: tuple[tuple[str, str], ...]
    floor_area_m2: Decimal | None
    credit_code: str
    valid_from: date
    valid_to: date
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence by its 15 digits and its days."""

    number: str
    valid_from: date
    valid_to: date


async def grant(facts: Granted, *, at: datetime) -> Licence:
    """Mint the district's next number and write the licence. Runs inside the caller's transaction."""
    serial = await numbers.following(f"licence:{facts.district}")
    number = ids.new_licence_number(facts.district, serial)
    await store.add(number, facts, at)
    return Licence(number, facts.valid_from, facts.valid_to)


async def licence(number: str) -> Licence:
    """Find a licence by its digits."""
    found = await store.by_number(number)
    if found is None:
        raise Missing
    return Licence(found["number"], found["valid_from"], found["valid_to"])


async def name_in_use(district: str, name: str) -> str | None:
    """Give the number of the district's licence in force that has this name, if one has."""
    return await store.number_by_name(district, name)


async def banned(name: str, finder: str, on: date) -> str | None:
    """Give the reason why an organiser may not apply on a day, if there is one."""
    return await store.ban(name, finder, on)


async def count_pieces() -> None:
    """Count how common each piece of the search index is, where the registry has grown since; for the clock."""
    if not await store.is_counted_enough():
        await store.refresh_holders()
