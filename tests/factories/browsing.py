"""Somebody at a browser: signed in by a session of the server, with forms sent as a page would send them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2 as httpx

from portal.app import create
from portal.base import clock, db, sessions, uploads
from portal.base.settings import settings

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
KEY = re.compile(r'name="idempotency_key" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="([^"]+)"')


async def an_account(
    role: str, *, district: str | None = None, institution_id: int | None = None, name: str = "甲"
) -> int:
    """An account in the database, with its organisation; nobody knows its password."""
    if institution_id is not None:
        await db.execute(
            "INSERT INTO organisation (id, name, created) VALUES ($1, '重庆春芽', now()) ON CONFLICT DO NOTHING",
            institution_id,
        )
    row = await db.row(
        "INSERT INTO account (login, name, role, district, institution_id, created)"
        " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        f"{role}-{name}-{district}-{institution_id}@test.example", name, role, district, institution_id, clock.now(),
    )  # fmt: skip
    assert row is not None
    return int(row["id"])


class Browser:
    """An httpx client that fills in what a page's hidden fields carry."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self.client.get(path, params=query or None)

    async def post(self, path: str, fields: dict[str, Any] | None = None, *, page: str | None = None,
                   files: Any = None) -> httpx.Response:  # fmt: skip
        """Open the page that holds the form, then send it with its token, key and version."""
        opened = (await self.client.get(page or path)).text
        carried = {
            "csrf_token": TOKEN.findall(opened)[-1],
            "idempotency_key": (KEY.findall(opened) or [""])[-1],
            **({"version": VERSION.findall(opened)[-1]} if VERSION.findall(opened) else {}),
        }
        return await self.client.post(path, data={**carried, **(fields or {})}, files=files)


@asynccontextmanager
async def browser(account_id: int | None = None) -> AsyncIterator[Browser]:
    """A browser, of somebody who is signed in if an account is given; the whole application answers it."""
    transport = httpx.ASGITransport(app=create())
    async with httpx.AsyncClient(transport=transport, base_url=settings().public_url) as client:
        if account_id is not None:
            visit = await sessions.start(account_id, is_confirmed=True)
            client.cookies.set(sessions.cookie_name(), visit.token)
        yield Browser(client)
    await uploads.close()
