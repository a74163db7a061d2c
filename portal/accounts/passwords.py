"""Argon2id beside the event loop: two threads of its own, a short queue, the same work for names nobody has."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.kernel.errors import Busy

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
MOST_WAITING = 40
FULL = "现在登录的人很多。等几秒钟再试。"


class Threads:
    """Two threads for hashing; whoever comes when the queue is full is sent away at once."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(2, thread_name_prefix="argon2")
        self.waiting = 0

    async def run(self, password: str, password_hash: str | None) -> str | bool:
        """Hash a new password, or compare one with its hash."""
        if self.waiting >= MOST_WAITING:
            raise Busy(FULL)
        self.waiting += 1
        loop = asyncio.get_running_loop()
        try:
            if password_hash is None:
                return await loop.run_in_executor(self.pool, HASHER.hash, password)
            return await loop.run_in_executor(self.pool, compare, password, password_hash)
        finally:
            self.waiting -= 1


THREADS = Threads()


def compare(password: str, password_hash: str) -> bool:
    """Tell whether this is the password."""
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def nobodys() -> str:
    """A hash that no password fits: compared with where there is no account, so that both take as long."""
    return HASHER.hash("nobody has this account")


async def hashed(password: str) -> str:
    """The hash under which a new password is kept."""
    return str(await THREADS.run(password, None))


async def matches(password: str, password_hash: str) -> bool:
    """Tell whether the password fits; an empty hash (no account, no password yet) costs the same and never fits."""
    is_right = await THREADS.run(password, password_hash or nobodys())
    return bool(password_hash) and bool(is_right)
