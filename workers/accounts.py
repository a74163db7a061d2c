"""Codes and messages of accounts, by mail or to a mobile."""

from portal.accounts import service
from workers.registry import job


@job("account.code", timeout=30)
async def send_code(confirmation_id: int) -> None:
    """Send a code."""
    await service.send_code(confirmation_id)


@job("account.message", timeout=30)
async def send_message(account_id: int, kind: str) -> None:
    """Tell an account's holder what happened to it."""
    await service.send_message(account_id, kind)
