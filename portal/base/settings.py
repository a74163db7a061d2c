"""What an operator sets, by environment alone; README.md lists every name with its meaning."""

import functools
import os
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from portal.kernel.errors import PortalError

ROOT = Path(__file__).resolve().parents[2]


class Settings(BaseModel):
    """One frozen reading of the environment. A name is the field's name in capitals, as `NAMES` says."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    data: Path = Path("var")
    database_url: str = ""
    database_read_url: str = ""
    redis_url: str = ""
    files_url: str = ""
    port: int = Field(default=8000, ge=1, le=65535)
    base_url: str = ""
    trusted_hosts: tuple[str, ...] = ()
    trusted_proxy: str = ""
    demo: bool = False
    secret: SecretStr = SecretStr("")
    personal_data_keys: Path | None = None
    certificate_key: Path | None = None
    certificate_chain: Path | None = None
    mail_url: SecretStr = SecretStr("")
    mail_from: str = "noreply@localhost"
    sms_url: SecretStr = SecretStr("")
    pool_size: int = Field(default=10, ge=2, le=200)
    own_authority: bool = False
    metrics_from: tuple[IPv4Network | IPv6Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))

    @model_validator(mode="after")
    def _https_beyond_loopback(self) -> "Settings":
        address = urlsplit(self.public_url)
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise ValueError("BASE_URL: give the public address, for example https://portal.example")
        if address.scheme == "http" and not is_loopback(address.hostname):
            raise ValueError("BASE_URL: any address but a loopback one needs https")
        return self

    @property
    def public_url(self) -> str:
        """The address people use, without a slash at its end; links in letters and QR codes start with it."""
        return (self.base_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @property
    def is_https(self) -> bool:
        """Cookies are marked secure and HSTS is sent."""
        return self.public_url.startswith("https://")

    @property
    def hosts(self) -> list[str]:
        """The names that a request's Host may have."""
        own = urlsplit(self.public_url).hostname or ""
        local = ["localhost", "127.0.0.1", "[::1]"] if is_loopback(own) else []
        return sorted({own, *self.trusted_hosts, *local})


NAMES = {
    "data": "PORTAL_DATA",
    "database_url": "DATABASE_URL",
    "database_read_url": "DATABASE_READ_URL",
    "redis_url": "REDIS_URL",
    "files_url": "FILES_URL",
    "port": "PORT",
    "base_url": "BASE_URL",
    "trusted_hosts": "PORTAL_TRUSTED_HOSTS",
    "trusted_proxy": "PORTAL_TRUSTED_PROXY",
    "demo": "PORTAL_DEMO",
    "secret": "PORTAL_SECRET",
    "personal_data_keys": "PORTAL_PERSONAL_DATA_KEYS",
    "certificate_key": "PORTAL_CERTIFICATE_KEY",
    "certificate_chain": "PORTAL_CERTIFICATE_CHAIN",
    "mail_url": "PORTAL_MAIL_URL",
    "mail_from": "PORTAL_MAIL_FROM",
    "sms_url": "PORTAL_SMS_URL",
    "pool_size": "PORTAL_POOL_SIZE",
    "own_authority": "PORTAL_OWN_AUTHORITY",
    "metrics_from": "PORTAL_METRICS_FROM",
}
MEANT = {
    "port": "a number from 1 to 65535",
    "pool_size": "a number from 2 to 200",
    "demo": "1, or leave it out",
    "own_authority": "1, or leave it out",
    "metrics_from": "addresses or networks, by commas: 10.0.0.5,10.1.0.0/16",
}


def is_loopback(host: str) -> bool:
    """Tell whether `host` can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def read(environment: dict[str, str] | None = None) -> Settings:
    """Read the environment, or refuse it in one line that names each wrong setting and what it takes."""
    environment = dict(os.environ) if environment is None else environment
    found: dict[str, object] = {field: environment[name] for field, name in NAMES.items() if environment.get(name)}
    for several in ("trusted_hosts", "metrics_from"):
        if several in found:
            found[several] = tuple(str(found[several]).replace(" ", "").split(","))
    found["data"] = Path(str(found.get("data", ROOT / "var"))).resolve()
    try:
        return Settings.model_validate(found)
    except ValidationError as failure:
        raise PortalError("; ".join(wrong_settings(failure))) from None


def wrong_settings(failure: ValidationError) -> list[str]:
    """Name each setting that can't be read, never with its value: it may hold a password."""
    said = []
    for error in failure.errors(include_input=False, include_url=False):
        field = str(error["loc"][0]) if error["loc"] else ""
        text = error["msg"].removeprefix("Value error, ")
        said.append(f"{NAMES[field]}: give {MEANT.get(field, text)}" if field else text)
    return list(dict.fromkeys(said))


@functools.lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return read()
