"""The rule blameless-mention."""

from collections.abc import Iterator

from incidentdocs.documents.document import Document
from incidentdocs.documents.moving import sections_in_a_row
from incidentdocs.documents.sections import Section
from incidentdocs.documents.titles import fold
from incidentdocs.editing.edits import Edit
from incidentdocs.library.finding import Finding, Fix
from incidentdocs.markdown.blocks import Paragraph, Text, walk
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.places import Span
from incidentdocs.rules.rule import DocumentRule, Example

FEWEST_WORDS = 5
ALIKE = 0.6
"""The share of the template's words that a text must hold to be recognisably the template's."""

_EN = "# Post-mortem: API down\n\n## Blameless statement\n"
_FR = "# Post-mortem : panne de l'API\n\n## Mention blameless\n"


class BlamelessMention(DocumentRule):
    """The post-mortem says that the incident is nobody's fault, in the words of the template.

    People who fear blame leave things out, and what is left out comes back. The same words every time
    show that it is a rule and no courtesy. A text of one's own is a warning; under five words say nothing.

    Copy the template's text; sentences of your own may follow it. `--fix --unsafe` puts it above them: read
    whether the two still fit together.
    """

    name = "blameless-mention"
    fixable = True
    completeness = True
    valid = (
        Example(
            f"{_FR}Cet incident n'est pas la faute d'une personne. C'est un manque de garde-fous système. "
            "Les AIs ci-dessus visent à ajouter ces garde-fous.\n"
        ),
        Example(
            f"{_EN}This incident is not the fault of one person: it is a lack of safeguards in the system. "
            "The action items above aim to add those safeguards. Thanks to all who helped at night.\n"
        ),
    )
    invalid = (
        Example(
            f"{_FR}Personne.\n",
            ("Personne.",),
            fixed=f"{_FR}Cet incident n'est pas la faute d'une personne. C'est un manque de garde-fous systeme. "
            "AIs au-dessus visent a ajouter ces garde-fous.\n\nPersonne.\n",
        ),
        Example(
            f"{_EN}Nobody did anything wrong on that night.\n",
            ("Nobody did anything wrong on that night.",),
            fixed=f"{_EN}This incident is not the fault of one person. It is a lack of safeguards in the system. "
            "The AIs above aim to add those safeguards.\n\nNobody did anything wrong on that night.\n",
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each mention that is too short to be one, or is not the template's."""
        for section in document.sections:
            texts = _texts(section) if section.profile and section.profile.mention else ()
            if texts and not any(document.holds_placeholder(text.span()) for text in texts):
                yield from self._mention(document, section, texts)

    def _mention(self, document: Document, section: Section, texts: tuple[Text, ...]) -> Iterator[Finding]:
        mention = section.profile.mention if section.profile else {}
        words = fold(" ".join(plain(text.source) for text in texts)).split()
        hint = f"write `{document.in_language(mention)}`"
        span = texts[0].span()
        if len(words) < FEWEST_WORDS:
            message = f"the section `{section.visible}` says less than five words"
            yield self.finding(document, span, message, hint, fix=_above(document, section))
        elif not any(_alike(words, fold(template).split()) for template in mention.values()):
            message = f"the section `{section.visible}` is not the template's text"
            fix = _above(document, section)
            yield self.finding(document, span, message, hint, severity="warning", fix=fix)


def _above(document: Document, section: Section) -> Fix | None:
    """Return how the template's text comes to stand above what the section says."""
    mention = document.to_be_written(section.profile.mention) if section.profile else None
    if mention is None or section not in sections_in_a_row(document):
        return None
    line = section.blocks[0].first
    return Fix((Edit(Span(line, 1, line, 1), f"{mention}\n\n"),), safe=False)


def _texts(section: Section) -> tuple[Text, ...]:
    paragraphs = (block for block in walk(section.blocks) if isinstance(block, Paragraph))
    return tuple(block.text for block in paragraphs if block.text.source.strip())


def _alike(words: list[str], template: list[str]) -> bool:
    return len(set(words) & set(template)) >= ALIKE * len(set(template))
