"""The embedded Valkey: wakes workers and counts requests; nothing in it can't be lost."""

import shutil
import time

import redis

from portal.base.engines.children import Child
from portal.base.engines.places import EngineError, Places, make_folder


class Valkey:
    """One server with its append-only file in `places.engines/valkey`."""

    def __init__(self, places: Places) -> None:
        self.places, self.folder, self.socket = places, places.engines / "valkey", places.sockets / "valkey.sock"
        command = [
            str(places.valkey_program), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700",
            "--dir", str(self.folder), "--appendonly", "yes", "--appendfsync", "everysec", "--save", "",
            "--maxmemory-policy", "noeviction", "--loglevel", "warning",
        ]  # fmt: skip
        self.child = Child("Valkey", command, log=places.logs / "valkey.log", user=places.user, is_ready=self.is_ready)

    @property
    def url(self) -> str:
        """The address for REDIS_URL."""
        return f"unix://{self.socket}"

    def prepare(self) -> None:
        """End a server that outlived its supervisor: we hold the installation's lock, so nobody uses it."""
        if self.answers():
            with self.client() as client:
                client.shutdown()
        until = time.monotonic() + 15
        while self.answers():
            if time.monotonic() > until:
                raise EngineError(f"an older Valkey still answers at {self.socket} and doesn't end")
            time.sleep(0.05)

    def start(self) -> None:
        """Start the server; when its file is broken, put it aside and start empty: the database knows all jobs."""
        self.child.start()
        try:
            self.child.wait_until_ready()
        except EngineError:
            broken = self.folder.with_name("valkey.broken")
            shutil.rmtree(broken, ignore_errors=True)
            self.folder.rename(broken)
            make_folder(self.folder, mode=0o700, user=self.places.user)
            self.child.start()
            self.child.wait_until_ready()

    def is_ready(self, process: int) -> bool:
        """Tell whether the server answers."""
        return process > 0 and self.answers()

    def answers(self) -> bool:
        """Tell whether anybody answers at the socket."""
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def client(self) -> redis.Redis:
        """Open a client of this server."""
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=2)
