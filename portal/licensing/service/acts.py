"""Which use case carries out which order."""

from collections.abc import Awaitable, Callable
from typing import Any

from portal.licensing.service import decision, desk, examination
from schemas.licensing import orders

DO: dict[type[orders.Once], Callable[..., Awaitable[Any]]] = {
    orders.Accept: desk.accept,
    orders.Return: desk.return_for_correction,
    orders.NotRequired: desk.not_required,
    orders.WrongAuthority: desk.wrong_authority,
    orders.Examine: examination.examine,
    orders.Visit: examination.visit,
    orders.Pause: examination.pause,
    orders.Extend: examination.extend,
    orders.Recommend: examination.recommend,
    orders.SendBack: decision.send_back,
    orders.Decide: decision.decide,
}
