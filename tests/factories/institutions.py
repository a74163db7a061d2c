"""Licences as grants leave them, with what may be laid over them, for tests of the registry."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from portal.base import db
from portal.base.clock import SHANGHAI
from portal.institutions import service

AT = datetime(2026, 11, 23, 9, tzinfo=SHANGHAI)
TODAY = AT.date()
FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)


async def a_licence(name: str = "重庆春芽美术培训有限公司", **changes: Any) -> str:
    """A licence in force; returns its number."""
    facts = {
        "district": "500103", "institution_id": None, "name": name, "address": "重庆市渝中区中山四路36号2层",
        "organisers": ("重庆春芽文化有限公司",), "legal_representative": "林秋", "principal": "周宁",
        "programmes": (("art", "primary"),), "floor_area_m2": Decimal(320), "credit_code": "",
        "valid_from": FIRST, "valid_to": LAST, **changes,
    }  # fmt: skip
    async with db.tx():
        return (await service.grant(service.Granted(**facts), at=AT)).number


async def ended(number: str, how: str, on: date) -> None:
    """End a licence by an act."""
    await db.execute("UPDATE licence SET ending = $2, ended_on = $3 WHERE number = $1", number, how, on)


async def restricted(number: str, kind: str, since: date, until: date | None = None) -> None:
    """Lay a measure over a licence."""
    await db.execute(
        "INSERT INTO licence_restriction (licence_id, kind, decision, since, until, text)"
        " SELECT id, $2, '渝中教责改〔2026〕1号', $3, $4, '消防通道被占用' FROM licence WHERE number = $1",
        number, kind, since, until,
    )  # fmt: skip
