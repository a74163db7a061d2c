"""What refuses a start in production: settings that only a trial may have. One line tells the operator everything."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from portal.base import crypto, schema
from portal.base.settings import Settings
from portal.kernel.errors import PortalError

SHORTEST_SECRET = 32
OTHERS_MAY_READ = 0o007


def refuse_unfit_settings(of: Settings) -> None:
    """Refuse what the settings alone show to be unfit for real applicants; the demo may have all of it."""
    if not of.demo and (found := list(unfit(of))):
        raise PortalError("The portal doesn't start in production: " + "; ".join(found))


async def refuse_wrong_database(of: Settings) -> None:
    """Refuse a database in which searching Chinese names would find nothing."""
    held = await schema.connection(of)
    try:
        await schema.refuse_wrong_locale(held)
    finally:
        await held.close()


def unfit(of: Settings) -> Iterator[str]:
    """Name what must be set otherwise."""
    if not of.base_url:
        yield "set BASE_URL to the address people use; it is printed in letters and QR codes"
    secret = of.secret.get_secret_value()
    if secret and (len(secret) < SHORTEST_SECRET or is_placeholder(secret)):
        yield f"PORTAL_SECRET needs {SHORTEST_SECRET} random characters or more, or leave it out to have one made"
    mail = of.mail_url.get_secret_value()
    for name, address in (
        ("DATABASE_URL", of.database_url),
        ("REDIS_URL", of.redis_url),
        ("PORTAL_MAIL_URL", mail),
    ):
        if is_placeholder(unquote(urlsplit(address).password or "-")):
            yield f"{name} still has the password of the example"
    if "*" in of.trusted_proxy:
        yield "PORTAL_TRUSTED_PROXY must name the proxy's address: with * anybody could claim any address"
    keys = crypto.keys_file(of)
    if of.personal_data_keys and not keys.exists():
        yield f"PORTAL_PERSONAL_DATA_KEYS names no file: {keys}"
    elif keys.exists() and keys.stat().st_mode & OTHERS_MAY_READ:
        yield f"others may read the keys for personal data: chmod 600 {keys}"


def is_placeholder(value: str) -> bool:
    """Tell whether a secret is what the example puts in its place, or no secret at all."""
    return "changeme" in "".join(filter(str.isalpha, value.lower())) or (len(value) > 1 and len(set(value)) == 1)
