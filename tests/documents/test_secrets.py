"""Secrets are known by their shape; what only shows the shape is none. None is written whole in this file."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.secrets import read_secrets

ANY = string.ascii_letters + string.digits


def made(length: int, characters: str = ANY, seed: int = 7) -> str:
    return "".join(random.Random(seed).choices(characters, k=length))


TOKENS = (
    "AKIA" + made(16, string.ascii_uppercase + string.digits),
    "ghp" + "_" + made(36),
    "github" + "_pat_" + made(82),
    "glpat" + "-" + made(20),
    "xoxb" + "-" + made(12, string.digits) + "-" + made(24),
    "hooks.slack.com" + "/services/T" + made(8) + "/B" + made(8) + "/" + made(24),
    "sk" + "_live_" + made(24),
    "AIza" + made(35),
    "npm" + "_" + made(36),
    "pypi" + "-AgEI" + made(80),
    "SG" + "." + made(22) + "." + made(43),
    "dop" + "_v1_" + made(64, "0123456789abcdef"),
    "hvs" + "." + made(90),
)


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token[:4])
def test_a_token_is_found_where_it_stands_and_never_told_whole(token: str) -> None:
    (found,) = read_secrets(("first", f"export KEY={token}."))
    line, start, _, end = found.span
    assert (line, f"export KEY={token}."[start - 1 : end - 1].rstrip(".")) == (2, token)
    assert len(found.begins) < len(token) / 2


@pytest.mark.parametrize(
    "line",
    [
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp" + "_" + "x" * 36,
        "ghp" + "_" + "1234567890abcdefghij1234567890abcdefgh",
        "glpat" + "-" + "<token>",
        "sk" + "_test_" + made(24),
        "password=hunter2",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "the digest " + made(40, "0123456789abcdef"),
    ],
)
def test_what_only_shows_the_shape_is_no_secret(line: str) -> None:
    assert not list(read_secrets((line, "…", "-----END OPENSSH PRIVATE KEY-----")))


def test_a_private_key_is_one_where_its_text_follows() -> None:
    (found,) = read_secrets(("   -----BEGIN RSA PRIVATE KEY-----", f"   {made(64)}"))
    assert (found.kind, found.span) == ("a private key", (1, 4, 1, 35))


@given(st.lists(st.text(alphabet="AKI-ghp_SG.x09\n BEGIN", max_size=80), max_size=20))
def test_any_lines_are_read(lines: list[str]) -> None:
    for found in read_secrets(tuple(lines)):
        assert found.span.end_column <= len(lines[found.span.line - 1]) + 1
