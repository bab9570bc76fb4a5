"""Hooks are put at the end of a pre-commit configuration, or not at all."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.authoring.workflow import hook_ids, with_hook

ENTRY = "- repo: local\n  hooks:\n    - id: incidentdocs-lint\n      entry: incidentdocs lint\n"

REPOSITORY = [
    "{0}- repo: https://git.example.org/hooks # theirs",
    "{0}  rev: v1",
    "{0}  hooks:",
    "{0}    - id: a",
]


@given(
    st.sampled_from(["", "  ", "    "]),
    st.lists(st.sampled_from(["# a comment", "exclude: ^old/", "fail_fast: true"]), unique=True),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n", "\n\n"]),
)
def test_a_hook_is_added_and_every_line_kept(indent: str, above: list[str], end: str, tail: str) -> None:
    lines = [*above, "repos:", *(line.format(indent) for line in REPOSITORY)]
    config = end.join(lines) + tail
    extended = with_hook(config, ENTRY)
    assert extended is not None
    assert extended.startswith(config.rstrip())
    before, after = yaml.safe_load(config), yaml.safe_load(extended)
    assert after == {**before, "repos": [*before["repos"], *yaml.safe_load(ENTRY)]}
    assert hook_ids(extended) == {"a", "incidentdocs-lint"}
    assert ("\r\n" in extended) == (end == "\r\n")


@pytest.mark.parametrize(
    "config",
    [
        "",
        "repos: [",
        "- a\n",
        "repos: []\n",
        "repos: [{repo: local, hooks: []}]\n",
        "repos:\n- repo: local\n  hooks: []\nci:\n  skip: []\n",
        "a: &a [1]\nrepos:\n- *a\n",
        "repos:\n- repo: local\n  hooks: []\n...\n",
        "day: 2026-99-99\nrepos:\n- a\n",
    ],
)
def test_what_cannot_be_extended_is_left(config: str) -> None:
    assert with_hook(config, ENTRY) is None


@given(
    st.recursive(
        st.none() | st.text(max_size=3),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["repos", "hooks", "id"]), inner),
    )
)
def test_any_other_configuration_has_no_hooks_that_make_it_fail(value: object) -> None:
    hook_ids(yaml.safe_dump(value))
    with_hook(yaml.safe_dump(value), ENTRY)
