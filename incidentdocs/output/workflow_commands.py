"""Commands that a build server reads in its log, written so that no text can end one or begin another."""

from collections.abc import Mapping

from incidentdocs.output.terminal import visible

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def command(name: str, properties: Mapping[str, object], message: str) -> str:
    """Return `::name key=value,…::message`; of what is invisible only ends of lines in `message` are kept."""
    told = ",".join(f"{key}={visible(str(value)).translate(_PROPERTY)}" for key, value in properties.items())
    lines = "\n".join(map(visible, message.split("\n")))
    return f"::{name} {told}::{lines.translate(_DATA)}"
