"""A YAML file, such as another program's configuration, becomes plain values."""

import yaml

_UNREADABLE = (
    yaml.YAMLError,
    ValueError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
)
"""What a hostile text makes the reader raise."""


def yaml_file(text: str, *, aliases: bool) -> object:
    """Return what a YAML file with the text `text` says: mappings, lists, texts, numbers and the like.

    ValueError, with the place, for what is no YAML, and without `aliases` for those: what they stand for can
    be endless, so that whoever compares what was read must not read them.
    """
    try:
        if not aliases and any(
            isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)
        ):
            raise ValueError("it holds aliases")
        return yaml.safe_load(text)
    except _UNREADABLE as error:
        raise ValueError(" ".join(str(error).split())) from error
