"""Where each page of the site is, and how one leads to another: by relative addresses, for any place."""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from hashlib import sha256
from urllib.parse import quote, unquote

from incidentdocs.documents.anchors import anchor_key

LONGEST_NAME = 180
"""Bytes of a file's name; a longer one is shortened, as file systems refuse it."""

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp")
"""Kinds of pictures that hold nothing that acts; an SVG may hold a script."""

_ANCHOR = "doc-"
"""Before the anchors of documents, so that none takes the name of a part of the page."""


@cache
def page_of(document: str) -> str:
    """Return the path of a document's page; every document has one of its own."""
    return f"documents/{'/'.join(map(_name, document.split('/')))}.html"


def picture_of(path: str) -> str:
    """Return the path at which the site has a picture of the repository."""
    return f"pictures/{'/'.join(map(_name, path.split('/')))}"


def _name(name: str) -> str:
    """Return a name that any file system takes, the same for the same name."""
    safe = re.sub(r'[\x00-\x1f\x7f<>:"\\|?*]', "_", name)
    if safe in ("", ".", "..") or safe != name or len(safe.encode()) > LONGEST_NAME:
        stem = safe.encode()[: LONGEST_NAME - 20].decode("utf-8", "ignore")
        return f"{stem}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}{_extension(safe)}"
    return safe


def _extension(name: str) -> str:
    extension = posixpath.splitext(name)[1]
    return extension if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", extension) else ""


def address(page: str, target: str, anchor: str = "") -> str:
    """Return how the page `page` leads to the file `target` of the site, and to an anchor in it."""
    return f"{root_of(page)}{quote(target)}{f'#{quote(anchor)}' if anchor else ''}"


def root_of(page: str) -> str:
    """Return how the page `page` leads to the site's own folder, with a slash at its end.

    It begins with `./`, which keeps a name such as `javascript:x` from being read as a scheme.
    """
    return "./" + "../" * page.count("/")


def anchor_of(anchor: str) -> str:
    """Return the id in a document's page to which `#anchor` leads, however a forge makes anchors."""
    return f"{_ANCHOR}{anchor_key(anchor)}"


class Anchors:
    """The ids of one document's headings, each given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, title: str) -> str:
        """Return the id of the next heading called `title`."""
        key = anchor_of(title)
        # Forges number those that come again from 1 on.
        candidates: Iterator[str] = (f"{key}{number or ''}" for number in range(len(self._given) + 1))
        id = next(candidate for candidate in candidates if candidate not in self._given)
        self._given.add(id)
        return id


class Leading:
    """Where the addresses in one document lead, from its page.

    `documents` are the paths of all documents, `pictures` the site's paths of the repository's pictures, and
    `used` those that were asked for.
    """

    def __init__(self, document: str, documents: Collection[str], pictures: Mapping[str, str]) -> None:
        self._document = document
        self._documents = documents
        self._pictures = pictures
        self.used: set[str] = set()

    def link(self, url: str) -> str | None:
        """Return where a link leads: to a page of the site, elsewhere, or nowhere (None)."""
        if is_elsewhere(url):
            return url
        if url.startswith("#"):
            return f"#{quote(anchor_of(unquote(url[1:])))}" if url[1:] else None
        path, anchor = inside(url, self._document)
        if path not in self._documents:
            return None
        return address(page_of(self._document), page_of(path), anchor_of(anchor) if anchor else "")

    def picture(self, url: str) -> str | None:
        """Return where a picture of the repository is on the site, None for any other."""
        path, _ = inside(url, self._document)
        if path not in self._pictures:
            return None
        self.used.add(path)
        return address(page_of(self._document), self._pictures[path])


def is_elsewhere(url: str) -> bool:
    """Return whether an address leads to the network, or to a mailbox, and nothing else."""
    return re.match(r"(?:https?://|mailto:)[^\s\x00-\x1f]", url, re.IGNORECASE) is not None


def inside(url: str, document: str) -> tuple[str, str]:
    """Return the path in the repository, empty elsewhere, and the anchor that a document's address means."""
    raw, _, anchor = url.partition("#")
    raw = unquote(raw.partition("?")[0])
    if not raw or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\", raw):
        return "", unquote(anchor)
    folder = "" if raw.startswith("/") else posixpath.dirname(document)
    path = posixpath.normpath(posixpath.join(folder, raw.lstrip("/")))
    return ("" if path.startswith("..") else path), unquote(anchor)
