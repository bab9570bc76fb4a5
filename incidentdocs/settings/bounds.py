"""How far a setting's values may go, which its field declares and every reader of settings holds to."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Bounds(NamedTuple):
    """What a field's metadata declares of its values, None for what is open.

    A number is at least `least`, `above` another, and at most `most`. A list has at least `fewest` items.
    With `filled` a text, and each text of a list, holds more than blanks.
    """

    least: float | None = None
    above: float | None = None
    most: float | None = None
    fewest: int | None = None
    filled: bool = False

    def hold(self, value: Any) -> bool:
        """Return whether `value`, of the field's type, lies within the bounds."""
        if isinstance(value, tuple):
            return len(value) >= (self.fewest or 0) and not (self.filled and any(map(_is_blank, value)))
        if isinstance(value, str):
            return not (self.filled and _is_blank(value))
        least, above, most = self.least, self.above, self.most
        return (
            (least is None or value >= least)
            and (above is None or value > above)
            and (most is None or value <= most)
        )

    @property
    def numbers(self) -> str:
        """Which numbers lie within the bounds, in words; empty where all do."""
        if self.above is not None:
            return (
                f"above {self.above} and up to {self.most}"
                if self.most is not None
                else f"above {self.above}"
            )
        if self.least is not None:
            return f"from {self.least} to {self.most}" if self.most is not None else f"from {self.least} on"
        return "" if self.most is None else f"up to {self.most}"

    @property
    def words(self) -> str:
        """What lies within the bounds, in words; empty where everything does."""
        parts = [self.numbers, "not blank" if self.filled else ""]
        parts.append("" if self.fewest is None else f"at least {self.fewest} of them")
        return ", ".join(filter(None, parts))


def bounds_of(metadata: Mapping[Any, Any]) -> Bounds:
    """Return the bounds that a field's `metadata` declares."""
    return Bounds(**{name: metadata[name] for name in Bounds._fields if name in metadata})


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()
