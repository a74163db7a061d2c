"""How often somebody may try: counted in the queue's store, in this process's memory while that is away."""

import hashlib
import hmac
import time
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Network, ip_address

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from starlette.requests import HTTPConnection, Request

from portal.kernel.errors import TooMany

log = structlog.get_logger("portal")
AWAY = 10.0
SHARED_BITS = 64

# Log-in, registration and codes are counted in the database (accounts/tries.py): by account and by address.
LIMITS: Mapping[str, str] = {
    "check": "60/minute",
    "search": "60/minute",
    "id-numbers": "50/day",
    "upload": "120/10 minutes",
    "verify": "120/minute",
}
# A demonstration is looked at by a class of people behind one address, and walked through by scripts.
DEMO_LIMITS: Mapping[str, str] = {**LIMITS, "search": "600/minute", "verify": "600/minute", "check": "300/minute"}


class Rates:
    """Counts tries by kind and by who tries; who it is is kept only as a keyed hash."""

    def __init__(self, address: str, secret: bytes, limits: Mapping[str, str] = LIMITS) -> None:
        self.limits: dict[str, RateLimitItem] = {name: parse(text) for name, text in limits.items()}
        self.secret = secret
        self.shared = storage(address)
        self.own: Storage = MemoryStorage()
        self.away_until = 0.0

    async def take(self, kind: str, who: str) -> None:
        """Count one try; raises TooMany, with the seconds to wait, when there were too many."""
        limit, key = self.limits[kind], self.hidden(kind, who)
        keeper = self.keeper()
        try:
            await self.judge(keeper, limit, key)
        except (StorageError, OSError):
            self.away_until = time.monotonic() + AWAY
            log.warning("rates-in-memory")
            await self.judge(self.own, limit, key)

    async def judge(self, keeper: Storage, limit: RateLimitItem, key: str) -> None:
        """Count one try in one store."""
        window = MovingWindowRateLimiter(keeper)
        if not await window.hit(limit, key):
            statistics = await window.get_window_stats(limit, key)
            wait = max(1, round(statistics.reset_time - time.time()))
            raise TooMany(f"操作太频繁。{waiting(wait)}后再试。", retry_after=wait)

    async def close(self) -> None:
        """Let the connections go, at the end of the process."""
        if isinstance(self.shared, RedisStorage):
            await self.shared.bridge.storage.aclose()  # type: ignore[attr-defined]  # its client

    def keeper(self) -> Storage:
        """The shared store, or this process's own while that is away."""
        return self.own if self.shared is None or time.monotonic() < self.away_until else self.shared

    def hidden(self, kind: str, who: str) -> str:
        """The key of a count: nobody can read from it who it was."""
        return hmac.new(self.secret, f"{kind}\n{who}".encode(), hashlib.sha256).hexdigest()[:32]


def storage(address: str) -> Storage | None:
    """The queue's store by its address (`redis://…`, `rediss://…`, `unix://…`); none where there is none."""
    if not address:
        return None
    scheme, rest = address.split("://", 1)
    prefix = "async+redis+unix" if scheme == "unix" else f"async+{scheme}"
    return RedisStorage(
        f"{prefix}://{rest}", wrap_exceptions=True, implementation="redispy", key_prefix="rates",
        socket_timeout=0.5, socket_connect_timeout=0.5,
    )  # fmt: skip


def waiting(seconds: int) -> str:
    """How long to wait, in words."""
    return f" {seconds} 秒" if seconds < 120 else f" {-(-seconds // 60)} 分钟"


def address_of(connection: HTTPConnection) -> str:
    """Where a request comes from; the server before us has set it (never a header that the visitor wrote)."""
    return place_of(connection.client.host) if connection.client else "local"


def place_of(host: str) -> str:
    """What tries are counted by: an IPv4 address; of IPv6 the /64, of which one household has every address."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Network((address, SHARED_BITS), strict=False))


async def limit(request: Request, kind: str) -> None:
    """Count one try of whoever sent this request, by address; raises TooMany (429) when there were too many."""
    counts: Rates = request.app.state.rates
    await counts.take(kind, address_of(request))


async def limit_account(request: Request, kind: str) -> None:
    """Count one try of the account that is signed in, wherever it is; raises TooMany (429) like `limit`."""
    counts: Rates = request.app.state.rates
    await counts.take(kind, str(request.user.account_id))
