"""The services that a file of Docker Compose names."""

import yaml

_UNREADABLE = (
    yaml.YAMLError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    TypeError,
    RecursionError,
)

LONGEST = 1_000_000
"""A longer file is not read."""


def services_in(text: str) -> frozenset[str] | None:
    """Return the services that `text` names, None where it cannot be read or includes others."""
    if len(text) > LONGEST:
        return None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except _UNREADABLE:
        return None
    if not isinstance(node, yaml.MappingNode):
        return None
    tables = {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    services = tables.get("services")
    if "include" in tables or not isinstance(services, yaml.MappingNode):
        return None
    return frozenset(key.value for key, _ in services.value if isinstance(key, yaml.ScalarNode))
