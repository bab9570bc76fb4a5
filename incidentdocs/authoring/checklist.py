"""The steps of handling an incident become the Markdown of its checklist."""

from collections.abc import Iterable, Iterator

from incidentdocs.process.steps import Step

OUTPUT = {"fr": "Output : ", "en": "Output: "}
"""What begins the line of what a step must bring, in each language."""


def checklist(steps: Iterable[Step], language: str) -> str:
    """Return the Markdown of `steps`, numbered from 1, with every box still to be ticked."""
    written = (_written(number, step, language) for number, step in enumerate(steps, start=1))
    return "\n\n".join("\n".join(rows) for rows in written)


def _written(number: int, step: Step, language: str) -> Iterator[str]:
    yield f"### [{number}] {step.title}"
    for check in step.checks:
        first, *others = check.splitlines()
        yield f"- [ ] {first}"
        yield from (f"  - {other}" for other in others)
    if step.output:
        yield f"- [ ] {OUTPUT[language]}{step.output}"
