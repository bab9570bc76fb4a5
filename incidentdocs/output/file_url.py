"""Where a file of the repository can be read: at the address that a team has for its files' pages."""

from urllib.parse import quote


def file_url(pages: str, path: str, line: int | None = None) -> str | None:
    """Return the address of the page of `path` at `line`; None where `pages`, the pattern, is empty.

    In `pages` `{path}` stands for the path and `{line}` for the line; without a line its anchor is left out.
    """
    if not pages:
        return None
    if line is None:
        pages = pages.partition("#")[0] if "{line}" in pages.partition("#")[2] else pages
    numbered = pages.replace("{line}", str(line or 1))
    return numbered.replace("{path}", quote(path, errors="surrogatepass"))
