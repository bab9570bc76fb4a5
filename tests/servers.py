"""Servers on this machine that keep what they are sent: one for mail, one for HTTP."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


class Mailbox:
    """A mail server's messages, with who they are from and to, and the replies that it begins with."""

    def __init__(self, *replies: str) -> None:
        self.messages: list[Message] = []
        self.envelopes: list[tuple[str | None, tuple[str, ...]]] = []
        self.tries = 0
        self.port = 0
        self._replies = list(replies)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a message, or refuse it with the next of the replies."""
        self.tries += 1
        if self._replies:
            return self._replies.pop(0)
        content = envelope.original_content or b""
        self.messages.append(message_from_bytes(content, policy=default))
        self.envelopes.append((envelope.mail_from, tuple(map(str, envelope.rcpt_tos))))
        return "250 OK"


@contextmanager
def mail_server(*replies: str) -> Iterator[Mailbox]:
    """Run a mail server on a free port, which answers the first messages with `replies`."""
    mailbox = Mailbox(*replies)
    with socket.create_server(("127.0.0.1", 0)) as free:
        mailbox.port = free.getsockname()[1]
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=mailbox.port,
        authenticator=lambda *_: AuthResult(success=True),
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


class Webhook:
    """What a web server was sent: paths and bodies; it answers the first requests with `statuses`."""

    def __init__(self, *statuses: int) -> None:
        self.requests: list[tuple[str, bytes]] = []
        self.port = 0
        self.statuses = list(statuses)


@contextmanager
def webhook(*statuses: int) -> Iterator[Webhook]:
    """Run a web server on a free port, which answers the first requests with `statuses`, then with 200."""
    hook = Webhook(*statuses)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            hook.requests.append((self.path, body))
            self.send_response(hook.statuses.pop(0) if hook.statuses else 200)
            self.end_headers()

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
