"""A ready profile that a repository adopts becomes the text of its own: it shows what can be changed."""

from collections.abc import Iterator

from incidentdocs.profiles.loading import built_in
from incidentdocs.profiles.profile import Profile, SectionProfile


def adopted_profile(name: str) -> str:
    """Return the text of a `profile.toml` that extends `name`, one of READY.

    Every other line is a comment. One that begins with a lower-case letter or a bracket is TOML: without
    its sign it is a change that may be made, alone or with the others of its paragraph.
    """
    profile = built_in(name)
    paragraphs = [_head(name), _document(profile), *_changes(profile.sections), _own(profile)]
    return "\n".join(f"{paragraph}\n" for paragraph in paragraphs)


def _head(name: str) -> str:
    return (
        f'# The ready profile {name}. Take the "# " from a line below, or write your own, to change it;\n'
        f"# `incidentdocs schema profile` tells every key.\n"
        f'extends = "{name}"'
    )


def _document(profile: Profile) -> str:
    folders = ", ".join(f'"{folder}"' for folder in profile.folders)
    return (
        f"# Where the documents are, how a file is called, and whether sections keep their order:\n"
        f"# folders = [{folders}]\n"
        f'# filename = "{profile.filename}"\n'
        f"# ordered = {str(profile.ordered).lower()}"
    )


def _changes(sections: tuple[SectionProfile, ...]) -> Iterator[str]:
    """Yield a change for each section: most teams want one more title, or one section less."""
    yield "# The sections, with what they are called and whether they must be there:"
    for section in sections:
        yield "\n".join(_change(section))


def _change(section: SectionProfile) -> Iterator[str]:
    titles = ", ".join(f'{language} = "{title}"' for language, title in section.title.items())
    yield "# [[sections]]"
    yield f'# id = "{section.id}"'
    yield f"# title = {{ {titles} }}"
    yield f"# required = {str(section.required).lower()}"
    if section.contains == "action-items":
        asks = ", ".join(f'"{ask}"' for ask in section.asks)
        yield f"# asks = [{asks}] # of checkbox, number, owner, due"


def _own(profile: Profile) -> str:
    return (
        "# A section of your own:\n"
        "# [[sections]]\n"
        '# id = "customers"\n'
        '# title = { en = "Customers", fr = "Clients" }\n'
        f'# after = "{profile.sections[0].id}"'
    )
