"""How a TOML table becomes a frozen value: built when it is right, named with its line when it is not."""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any, TypeVar

from incidentdocs.settings.building import build
from incidentdocs.settings.mistakes import ENOUGH, Mistake, SettingsFile

T = TypeVar("T")
Sense = Callable[[T], Iterable[Mistake]]
"""What yields the mistakes in a value that is of the right form and cannot be meant all the same."""


def read(
    cls: type[T],
    data: Mapping[str, Any],
    file: SettingsFile,
    sense: Sense[T] = lambda value: (),
    advice: Callable[[Mistake], str] = lambda mistake: mistake.hint,
) -> T:
    """Return `data`, settings that `file` holds, as a value of the dataclass `cls`.

    The quick constructor refuses exactly what the model refuses, so pydantic is imported only to explain a
    refusal. ConfigError then names every mistake with its line, those of form and those that `sense` finds,
    each with what `advice` makes of its hint.
    """
    try:
        value = build(cls, data)
    except (TypeError, ValueError):
        from incidentdocs.settings.checking import all_mistakes

        mistakes = all_mistakes(cls, data, sense)
        if not mistakes:
            raise
    else:
        mistakes = list(islice(sense(value), ENOUGH))
        if not mistakes:
            return value
    told = [mistake._replace(hint=advice(mistake)) for mistake in mistakes]
    raise file.error(told, data) from None
