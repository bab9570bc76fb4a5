"""Messages leave for the places that a team has named, each by the service that it is: apprise's one door."""

import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from incidentdocs.errors import UsageError

if TYPE_CHECKING:
    from apprise import NotifyBase

LONGEST_WAIT = 30.0
"""Seconds between two attempts at most."""

_SHORTEST_SECRET = 4
"""Characters: what is shorter in an address is no secret, and would blot out words."""


class Message(NamedTuple):
    """One message in the three forms of which each service takes one."""

    title: str
    text: str
    markdown: str
    html: str


class Outcome(NamedTuple):
    """How often a message was sent to a target, and what that said where it never took it.

    `refusal` holds no part of the target's address.
    """

    attempts: int
    refusal: str | None = None


class Target:
    """A place for messages: its name, which may be shown, and its address, which never is."""

    def __init__(self, name: str, address: str) -> None:
        """UsageError for an address that no service has."""
        self.name = name
        self._service = _service(name, address)
        self._secrets = _secrets(address)

    @property
    def where(self) -> str:
        """What service it is, and for e-mail to whom: what may be shown of it."""
        service = str(self._service.service_name)
        to = getattr(self._service, "targets", None) if service == "E-Mail" else None
        people = ", ".join(pair[1] for pair in to or () if isinstance(pair, tuple | list))
        return f"{service} to {people}" if people else service

    @property
    def form(self) -> str:
        """Which form of a message it takes best: `text`, `markdown` or `html`."""
        wanted: Any = self._service.notify_format
        first = wanted[0] if isinstance(wanted, tuple | list) else wanted
        return str(getattr(first, "value", first))

    def deliver(self, message: Message, *, attempts: int, wait: float) -> Outcome:
        """Send `message`, at most `attempts` times, and return how that went.

        Between two attempts pass `wait` seconds, then twice as many, and so on.
        """
        said = ""
        for attempt in range(1, attempts + 1):
            taken, said = self._attempt(message)
            if taken:
                return Outcome(attempt)
            if attempt < attempts:
                time.sleep(min(wait * 2 ** (attempt - 1), LONGEST_WAIT))
        return Outcome(attempts, said)

    def _attempt(self, message: Message) -> tuple[bool, str]:
        import apprise

        sender = apprise.Apprise()
        sender.add(self._service)
        body = getattr(message, self.form, message.text)
        with _heard() as heard:
            taken = sender.notify(body=body, title=message.title, body_format=self.form)
        return bool(taken), self._told(heard)

    def _told(self, heard: list[str]) -> str:
        """Return the last that the service said, without what must not be shown."""
        said = " ".join(heard[-1].split()) if heard else "it did not say why"
        for secret in self._secrets:
            said = said.replace(secret, "****")
        return said[:300]


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Collect what apprise logs meanwhile, and let it write nowhere."""
    said: list[str] = []
    logger = logging.getLogger("apprise")
    handler = _Listener(said)
    before = logger.propagate, logger.level
    logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.propagate, logger.level = before


class _Listener(logging.Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__()
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        self._said.append(record.getMessage())


def _service(name: str, address: str) -> "NotifyBase":
    try:
        import apprise
    except ImportError as error:
        hint = "install it with the program: pip install 'incidentdocs[notify]'"
        raise UsageError("messages are sent by apprise, which is not installed", hint=hint) from error
    with _heard():
        service = apprise.Apprise.instantiate(address)
    if service is None:
        hint = "write one as apprise has it, such as mailto://…, slack://…, msteams://… or jsons://…"
        raise UsageError(f"{name} is no address of a service that messages can be sent to", hint=hint)
    return service


def _secrets(address: str) -> list[str]:
    """Return every part of an address that may be a secret, the longest first: all but its scheme."""
    pieces = re.split(r"[/:@?&=#,\s]+", address.partition("://")[2])
    parts = {address, *pieces, *map(unquote, pieces)}
    return sorted((part for part in parts if len(part) >= _SHORTEST_SECRET), key=len, reverse=True)
