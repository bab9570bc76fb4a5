"""Values of histories as bytes: small enough to hold many, and the same for another process or run."""

from functools import cache
from typing import Any

import msgspec


class NotMeant(ValueError):
    """Bytes that are no value of the type which is asked for."""


def encoded(value: object) -> bytes:
    """Return a value, made of tuples, texts, numbers and dates, as bytes."""
    return msgspec.json.encode(value)


def decoded(value: bytes, type: Any) -> Any:
    """Return the value of a `type` that `encoded` gave as bytes; NotMeant where they are no such value."""
    try:
        return _decoder(type).decode(value)
    except (msgspec.MsgspecError, TypeError, ValueError, RecursionError) as error:
        raise NotMeant(str(error)) from error


@cache
def _decoder(type: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(type)
