"""Where a rule's page is: at the address that a team has for them, else in this project."""

_PAGES = "docs/rules/{rule}.md"
"""Where the pages are, relative to the project's root, as long as no site serves them."""

_SCHEMES = ("https://", "http://")


def rule_url(name: str, pages: str = "") -> str:
    """Return where the page of the rule called `name` is; in `pages` `{rule}` stands for the name."""
    return (pages or _PAGES).replace("{rule}", name)


def has_address(pages: str) -> bool:
    """Return whether `pages` is an address that a reader anywhere can follow."""
    return pages.startswith(_SCHEMES)
