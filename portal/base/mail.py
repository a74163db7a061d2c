"""Messages to people: by e-mail or as a short message to a mobile, each through a gateway that the operator names.

The demo's gateway writes files under the data folder, which its mailbox page shows; no message leaves the machine.
"""

import asyncio
import json
import secrets
import urllib.request
from dataclasses import asdict, dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from portal.base import clock
from portal.base.settings import Settings, settings

SECONDS = 20


class Unconfigured(Exception):
    """No gateway is named for this kind of address."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message. A short message has no subject; the text must be understood without it."""

    to: str
    subject: str
    text: str


class Gateway(Protocol):
    """What takes messages out of the house."""

    async def send(self, message: Message) -> None:
        """Hand one message over, or raise."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The demo's gateway: one file a message."""

    path: Path

    async def send(self, message: Message) -> None:
        """Write the message whole or not at all."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        at = clock.now()
        name = f"{at:%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}.json"
        partial = self.path / f".{name}"
        partial.write_text(json.dumps({**asdict(message), "sent": at.isoformat()}, ensure_ascii=False))
        partial.rename(self.path / name)


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server: `smtp://user:password@host:587` (STARTTLS where offered) or `smtps://…:465`."""

    url: str
    sender: str

    async def send(self, message: Message) -> None:
        """Send one e-mail."""
        address = urlsplit(self.url)
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.sender, message.to, message.subject
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        is_tls = address.scheme == "smtps"
        await aiosmtplib.send(
            mail,
            hostname=address.hostname or "localhost",
            port=address.port or (465 if is_tls else 587),
            username=unquote(address.username) if address.username else None,
            password=unquote(address.password) if address.password else None,
            use_tls=is_tls,
            timeout=SECONDS,
        )


@dataclass(frozen=True, slots=True)
class ShortMessages:
    """A gateway for short messages: takes `{"to", "text"}` by POST over https; the address holds its own secret."""

    url: str

    async def send(self, message: Message) -> None:
        """Send one short message."""
        await asyncio.to_thread(self.post, json.dumps({"to": message.to, "text": message.text}).encode())

    def post(self, body: bytes) -> None:
        """Post the message and wait for the gateway's yes."""
        request = urllib.request.Request(self.url, body, {"Content-Type": "application/json"})  # noqa: S310 the operator's own https address, judged in `gateway`
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310 as above
            pass


def folder(of: Settings) -> Path:
    """Where the demo's messages lie."""
    return of.data / "mail"


def gateway(of: Settings, to: str) -> Gateway:
    """The gateway for an address."""
    if of.demo:
        return Folder(folder(of))
    if "@" in to and of.mail_url.get_secret_value():
        return Smtp(of.mail_url.get_secret_value(), of.mail_from)
    short = of.sms_url.get_secret_value()
    if "@" not in to and short.startswith("https://"):
        return ShortMessages(short)
    raise Unconfigured("e-mail" if "@" in to else "short messages")


async def send(to: str, subject: str, text: str) -> None:
    """Send one message to an e-mail address or a mobile number."""
    await gateway(settings(), to).send(Message(to, subject, text))


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the demo's gateway took."""

    message: Message
    at: datetime


def newest(of: Settings, count: int) -> list[Sent]:
    """The demo's latest messages, the newest first."""
    found = []
    for file in sorted(folder(of).glob("[0-9]*.json"), reverse=True)[:count]:
        entry = json.loads(file.read_text())
        found.append(Sent(Message(entry["to"], entry["subject"], entry["text"]), datetime.fromisoformat(entry["sent"])))
    return found
