"""The rule runbook-name."""

from collections.abc import Iterator, Sequence

from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding
from incidentdocs.process.failure_modes import FAILURE_MODES
from incidentdocs.profiles.roles import role_of
from incidentdocs.rules.rule import DocumentRule, Example
from incidentdocs.similarity.naming import key_of, runbook_key
from incidentdocs.similarity.vocabulary import OPERATIONAL, phrases
from incidentdocs.similarity.words import terms_in

_PATH = "docs/runbooks/runbook-disk-full.md"
_DOWN = "docs/runbooks/runbook-wiki-down.md"
_EN = "---\nservices: [wiki]\nfailure-mode: {}\n---\n# Runbook: {}\n"
_FR = "---\nservices: [wiki]\nfailure-mode: {}\n---\n# Runbook : {}\n"


class RunbookName(DocumentRule):
    """The file name, the title and the failure mode of a runbook speak of one thing.

    A runbook is found by its file name and trusted by its title. Where one was copied from another and only half
    renamed, the person on call reads the wrong one, or passes the right one by. Only what cannot both be true is
    told: a name in one language and a title in the other are compared by what they mean.

    Rename the file, or mend the title or the failure mode.
    """

    name = "runbook-name"
    valid = (
        Example(_EN.format("disk-full", "Disk full"), path=_PATH),
        Example(_EN.format("disk-full", "No space left on device"), path=_PATH),
        Example(_EN.format("service-down", "The wiki does not answer"), path=_DOWN),
        Example(_EN.format("db-corruption", "Wiki down"), path=_DOWN),
        Example(_EN.format("disk-full", "Make room"), path=_PATH),
        Example(_FR.format("disk-full", "disque plein"), path=_PATH),
        Example(_FR.format("disk-full", "plus de place sur le volume"), path=_PATH),
        Example(_FR.format("other", "espace de stockage saturé"), path=_PATH),
    )
    invalid = (
        Example(_EN.format("service-down", "Disk full"), ("service-down",), _PATH),
        Example(
            _EN.format("disk-full", "Rotate the certificates"), ("Runbook: Rotate the certificates",), _PATH
        ),
        Example(
            _EN.replace("wiki", "shop").format("service-down", "Shop down"), ("Runbook: Shop down",), _DOWN
        ),
        Example(_FR.format("disk-full", "fuite de mémoire"), ("Runbook : fuite de mémoire",), _PATH),
        Example(_FR.format("compromise", "disque plein"), ("compromise",), _PATH),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding where the failure mode or the title contradicts the file's name."""
        if role_of(document.profile) != "runbook":
            return
        slug = runbook_key(document.path).removeprefix("runbook-")
        yield from self._failure_mode(document, slug)
        title = document.subject
        if title and contradicts_file(document):
            message = f"the file is called `{slug}`, and its title says `{title}`"
            hint = f"call the file `runbook-{key_of(title)}.md`, or the runbook what its file says"
            yield self.finding(document, document.title_span(), message, hint)

    def _failure_mode(self, document: Document, slug: str) -> Iterator[Finding]:
        """Yield a finding where the file's name says a failure mode, and the field another."""
        named = [mode for mode in FAILURE_MODES if _holds(slug, mode) and mode != "other"]
        for value in document.metadata:
            said = key_of(str(value.field.value)) if value.id == "failure-mode" and not value.problem else ""
            contradicts = said in FAILURE_MODES and said != "other" and named and said not in named
            if contradicts and not document.holds_placeholder(value.field.span):
                message = f"the file is called `{slug}`, and its failure mode is `{said}`"
                hint = f"write `{named[0]}`, or rename the file"
                yield self.finding(document, value.field.span, message, hint)


def contradicts_file(document: Document) -> bool:
    """Return whether a runbook's title cannot be true of what its file is called."""
    slug, title = runbook_key(document.path).removeprefix("runbook-"), document.subject
    if not title or document.holds_placeholder(document.title_span()):
        return False
    return _about_other_things(slug, title) or _about_another_service(slug, title, document)


def _holds(slug: str, words: str) -> bool:
    return f"-{words}-" in f"-{slug}-"


def _about_other_things(slug: str, title: str) -> bool:
    """Return whether both say only what operators have one term for in both languages, and nothing in common."""
    of_slug, of_title = _terms(slug.replace("-", " ")), _terms(title)
    known = [term for term in of_slug if term.startswith(OPERATIONAL)]
    other = [term for term in of_title if term.startswith(OPERATIONAL)]
    return len(known) == len(of_slug) > 1 and len(other) > 1 and not set(of_slug) & set(of_title)


def _terms(text: str) -> Sequence[str]:
    return list(terms_in([text], phrases()))


def _about_another_service(slug: str, title: str, document: Document) -> bool:
    """Return whether the name says that one service is down, and title and front matter speak of another."""
    if not slug.endswith("-down"):
        return False
    service, titled = slug.removesuffix("-down"), key_of(title)
    services = {key for word in document.words("services") if (key := key_of(word))}
    others = [other for other in services if not _holds(service, other) and not _holds(other, service)]
    return (
        bool(services)
        and others == list(services)
        and any(_holds(titled, other) for other in others)
        and not (_holds(titled, service))
    )
