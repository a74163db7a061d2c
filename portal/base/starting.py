"""What refuses a start in production: settings that only a trial may have. One line tells the operator everything."""

import asyncio
import os
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from portal.base import crypto, files, schema
from portal.base.engines.running import with_database
from portal.base.settings import Settings
from portal.kernel.errors import PortalError

SHORTEST_SECRET = 32
OTHERS_MAY_READ = 0o007
DATABASES = {"postgres", "postgresql", "asyncpg"}
PROXY_AT_SOCKET = "unix"
QUEUES = {"redis", "rediss", "unix"}


def refuse_unfit_settings(of: Settings) -> None:
    """Refuse what the settings alone show to be unfit for real applicants; the demo may have all of it."""
    if not of.demo:
        refuse([*unfit_addresses(of), *unfit_secrets(of), *unfit_folders(of)])


def refuse_missing_engines(of: Settings) -> None:
    """Refuse to serve or work without knowing where the engines are; `up` has its own."""
    found = []
    if not with_database(of).database_url:
        found.append("set DATABASE_URL to PostgreSQL's address")
    if not of.redis_url and not of.demo:
        found.append("set REDIS_URL to the address of Valkey or Redis")
    refuse(found)


def refuse_unnamed_proxy(of: Settings, *, is_at_socket: bool) -> None:
    """Behind a proxy that isn't named all visitors have one address, and one person's tries count for all."""
    if of.is_https and (not of.trusted_proxy or is_at_socket != (of.trusted_proxy == PROXY_AT_SOCKET)):
        refuse(
            [f"set PORTAL_TRUSTED_PROXY to the proxy's address, or with --socket, and then alone, to {PROXY_AT_SOCKET}"]
        )


def refuse(found: list[str]) -> None:
    """Say everything at once, in one line."""
    if found:
        raise PortalError("The portal doesn't start in production: " + "; ".join(found))


async def refuse_wrong_database(of: Settings) -> None:
    """Refuse a database in which searching Chinese names would find nothing."""
    held = await schema.connection(of)
    try:
        await schema.refuse_wrong_locale(held)
    finally:
        await held.close()


async def refuse_unreachable_files(of: Settings) -> None:
    """Refuse a bucket in which nothing can be kept and found again: uploads would fail one by one."""
    if not of.files_url:
        return
    try:
        await asyncio.to_thread(files.try_out)
    except Exception as error:  # noqa: BLE001 the store's library has a family of errors of its own
        word = next(iter(str(error).splitlines()), "")[:200]
        raise ConnectionError(  # worth another try: after a power cut the store may come up later than we do
            f"FILES_URL: nothing can be kept there ({type(error).__name__}: {word}); look at AWS_ENDPOINT, AWS_REGION,"
            " AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and the bucket"
        ) from None


def unfit_addresses(of: Settings) -> Iterator[str]:
    """Name the addresses that must be set otherwise."""
    if not of.base_url:
        yield "set BASE_URL to the address people use; it is printed in letters and QR codes"
    for name, address in (("DATABASE_URL", of.database_url), ("DATABASE_READ_URL", of.database_read_url)):
        if address and (urlsplit(address).scheme not in DATABASES or set(parse_qs(urlsplit(address).query)) - {"host"}):
            yield f"{name}: give postgres://user:password@host/database with nothing but ?host=/folder (TLS: PGSSLMODE)"
    queue = urlsplit(of.redis_url)
    if of.redis_url and (queue.scheme not in QUEUES or (queue.scheme != "unix" and not queue.port)):
        yield "REDIS_URL: give redis://host:6379/0, rediss://host:6379/0 or unix:///path?db=0"
    if of.files_url and urlsplit(of.files_url).scheme != "s3":
        yield "FILES_URL: give s3://bucket, or leave it out to keep files in PORTAL_DATA/files"
    if "*" in of.trusted_proxy:
        yield "PORTAL_TRUSTED_PROXY must name the proxy's address: with * anybody could claim any address"
    elif of.trusted_proxy and not all(is_network(part) for part in of.trusted_proxy.split(",")):
        yield "PORTAL_TRUSTED_PROXY: give addresses or networks by commas, not names"


def unfit_secrets(of: Settings) -> Iterator[str]:
    """Name the secrets that must be set otherwise."""
    secret = of.secret.get_secret_value()
    if secret and (len(secret) < SHORTEST_SECRET or is_placeholder(secret)):
        yield f"PORTAL_SECRET needs {SHORTEST_SECRET} random characters or more, or leave it out to have one made"
    for name, address in (
        ("DATABASE_URL", of.database_url),
        ("DATABASE_READ_URL", of.database_read_url),
        ("REDIS_URL", of.redis_url),
        ("PORTAL_MAIL_URL", of.mail_url.get_secret_value()),
    ):
        if is_placeholder(unquote(urlsplit(address).password or "-")):
            yield f"{name} still has the password of the example"


def unfit_folders(of: Settings) -> Iterator[str]:
    """Name the folder and the keys' file where they can't be used, or by too many."""
    keys = crypto.keys_file(of)
    try:
        is_there = keys.exists()
        if is_there and keys.stat().st_mode & OTHERS_MAY_READ:
            yield f"others may read the keys for personal data: chmod 600 {keys}"
    except PermissionError:
        yield f"the portal's user can't read the keys for personal data: {keys}"
        return
    if of.personal_data_keys and not is_there:
        yield f"PORTAL_PERSONAL_DATA_KEYS names no file: {keys}"
    if not is_writable(of.data):
        yield f"PORTAL_DATA: the portal's user can't write in {of.data}"


def is_writable(folder: Path) -> bool:
    """Tell whether the portal's user can make files there, or make the folder itself."""
    try:
        there = next(place for place in (folder, *folder.parents) if place.exists())
    except PermissionError:
        return False
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def is_network(text: str) -> bool:
    """Tell whether this is an address, a network of addresses, or our own socket."""
    if text == PROXY_AT_SOCKET:
        return True
    try:
        ip_network(text.strip())
    except ValueError:
        return False
    return True


def is_placeholder(value: str) -> bool:
    """Tell whether a secret is what the example puts in its place, or no secret at all."""
    return "changeme" in "".join(filter(str.isalpha, value.lower())) or (len(value) > 1 and len(set(value)) == 1)
