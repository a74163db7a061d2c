"""Gateways: the demo's folder, a mail server, short messages; none is silently skipped."""

import asyncio
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from portal.base import mail
from portal.base.mail import Message, ShortMessages, Smtp, Unconfigured, gateway
from portal.base.settings import read

LETTER = Message("wang@example.com", "验证码", "你的验证码是 123456。")


async def test_a_mail_server_gets_the_letter_whole():
    heard = []

    async def answer(reader, writer):
        writer.write(b"220 test\r\n")
        is_body = False
        while line := await reader.readline():
            heard.append(line.decode())
            if is_body and line != b".\r\n":
                continue
            is_body = line.upper().startswith(b"DATA")
            writer.write(b"354 go\r\n" if is_body else b"221 bye\r\n" if line.startswith(b"QUIT") else b"250 ok\r\n")
            await writer.drain()
            if line.upper().startswith(b"QUIT"):
                break
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        await Smtp(f"smtp://127.0.0.1:{port}", "noreply@example.com").send(LETTER)
    text = "".join(heard)
    assert "RCPT TO:<wang@example.com>" in text
    assert "Auto-Submitted: auto-generated" in text


async def test_a_short_message_is_posted_as_json():
    taken = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self):
            taken.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Taker)
    thread = Thread(target=server.handle_request)
    thread.start()
    await ShortMessages(f"http://127.0.0.1:{server.server_port}/send").send(Message("13800001111", "", "验证码"))
    thread.join()
    server.server_close()
    assert taken == [{"to": "13800001111", "text": "验证码"}]


async def test_the_demos_messages_lie_in_a_folder_newest_first(tmp_path):
    of = read({"PORTAL_DATA": str(tmp_path), "PORTAL_DEMO": "1"})
    for number in range(3):
        await gateway(of, "x").send(Message(f"{number}@example.com", "", "x"))
    assert [sent.message.to for sent in mail.newest(of, 2)] == ["2@example.com", "1@example.com"]


@pytest.mark.parametrize(
    ("to", "url"),
    [("a@example.com", {}), ("13800001111", {}), ("13800001111", {"PORTAL_SMS_URL": "http://gateway.example"}),
     ("13800001111", {"PORTAL_MAIL_URL": "smtp://mail.example"})],
)  # fmt: skip
def test_without_a_gateway_a_message_fails_loudly(to, url, tmp_path):
    with pytest.raises(Unconfigured):
        gateway(read({"PORTAL_DATA": str(tmp_path), **url}), to)


def test_each_kind_of_address_has_its_gateway(tmp_path):
    of = read({"PORTAL_MAIL_URL": "smtps://mail.example", "PORTAL_SMS_URL": "https://gateway.example/x"})
    assert isinstance(gateway(of, "a@example.com"), Smtp)
    assert isinstance(gateway(of, "13800001111"), ShortMessages)
