"""How a TOML table becomes a frozen value: built when it is right, named with its line when it is not."""

from collections.abc import Mapping
from typing import Any, TypeVar

from incidentdocs.settings.building import build
from incidentdocs.settings.mistakes import SettingsFile

T = TypeVar("T")


def read(cls: type[T], data: Mapping[str, Any], file: SettingsFile) -> T:
    """Return `data`, settings that `file` holds, as a value of the dataclass `cls`.

    The quick constructor refuses exactly what the model refuses, so pydantic is imported only to
    explain a refusal: ConfigError then names every mistake with its line.
    """
    try:
        return build(cls, data)
    except (TypeError, ValueError):
        from incidentdocs.settings.checking import mistakes_in

        found = mistakes_in(cls, data)
        if not found:
            raise
        raise file.error(found, data) from None
