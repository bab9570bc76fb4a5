"""What a repository decides for itself, read from its files: its root, its configuration, its profiles."""

import os
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from pathlib import Path

from incidentdocs import clock
from incidentdocs.config import CONFIG_FILE, PYPROJECT, Config, holds_config, read_config
from incidentdocs.config.mistakes import Around
from incidentdocs.config.process import severity_words
from incidentdocs.errors import ConfigError, together
from incidentdocs.profiles.loading import BUILT_IN, READY, Tables, built_in, read_profile
from incidentdocs.profiles.profile import FieldProfile, Profile
from incidentdocs.settings.mistakes import Mistake, SettingsFile
from incidentdocs.settings.toml import decode_toml, parse_toml

PROFILES = ".incidentdocs/profiles"


def find_root(start: Path) -> Path:
    """Return the nearest folder at or above `start` that is a git checkout or holds a configuration.

    Without any, `start` itself.
    """
    start = start.resolve()
    homes = (start, *start.parents)
    checkout = next((home for home in homes if (home / ".git").exists()), None)
    return checkout or next((home for home in homes if (home / CONFIG_FILE).is_file()), start)


def is_config(path: str, content: bytes) -> bool:
    """Return whether `content`, of a file at `path`, holds a configuration that can be used."""
    try:
        return holds_config(decode_toml(content, path=path), path=path)
    except ConfigError:  # what could not be used then decided nothing
        return False


def config_of(root: Path, config: Path | None) -> Config:
    """Return the configuration of the repository at `root`, or that of the file `config`.

    ConfigError for one that cannot be used.
    """
    around = Around(clock.today(clock.zone("UTC")), lambda folder: (root / folder).is_dir())
    if config is not None:
        return read_config(settings_text(config, str(config)), path=str(config), around=around)
    for name in (CONFIG_FILE, PYPROJECT):
        if os.path.lexists(root / name):
            text = settings_text(_regular(root / name, name), name)
            if holds_config(text, path=name):
                return read_config(text, path=name, around=around)
    return Config()


def _regular(file: Path, path: str) -> Path:
    if not file.is_file():
        hint = f"put the configuration itself at {path}, or remove what is there"
        raise ConfigError("this is no file", path=path, hint=hint)
    return file


def settings_text(file: Path, path: str) -> str:
    """Return the text of a settings file, which messages call `path`; ConfigError where it cannot be read."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"{error.strerror}", path=path, hint="check the path and its permissions"
        ) from error
    return decode_toml(content, path=path)


def profile_texts(root: Path) -> dict[str, str]:
    """Return the texts of the repository's own profiles, by kind."""
    folder = root / PROFILES
    if not folder.is_dir():
        return {}
    files = sorted(file for file in folder.glob("*/profile.toml") if file.is_file())
    _refuse_lonely_templates(folder, {file.parent for file in files})
    return {file.parent.name: settings_text(file, profile_path(file.parent.name)) for file in files}


def _refuse_lonely_templates(folder: Path, profiles: Set[Path]) -> None:
    """Raise ConfigError where templates stand without the profile that would have them used."""
    for template in sorted(folder.glob("*/template.*.md.j2")):
        if template.parent not in profiles:
            kind = template.parent.name
            base = kind if kind in BUILT_IN else "post-mortem"
            raise ConfigError(
                "this template belongs to no profile",
                path=f"{PROFILES}/{kind}/{template.name}",
                hint=f'write `extends = "{base}"` into {profile_path(kind)}',
            )


def profile_path(kind: str) -> str:
    """Return where the repository's own profile of `kind` stands, relative to its root."""
    return f"{PROFILES}/{kind}/profile.toml"


def profiles_of(texts: Mapping[str, str], config: Config) -> dict[str, Profile]:
    """Return the profiles that are in force: those of `texts`, by kind, and the built-in ones beside them.

    Documents may name the failure modes and the severities also as `config` calls them. ConfigError for a
    profile that cannot be used.
    """
    tables = {kind: parse_toml(text, path=profile_path(kind)) for kind, text in texts.items()}
    for kind, text in texts.items():
        _refuse_borrowed_folders(kind, tables, text)
    own: dict[str, Profile] = {}
    errors = []
    for kind, text in texts.items():
        try:
            own[kind] = read_profile(text, kind=kind, path=profile_path(kind), bases=tables)
        except ConfigError as error:
            errors.append(error)
    if errors:
        raise together(errors)
    known = own | {kind: built_in(kind) for kind in BUILT_IN if kind not in own}
    return {kind: _with_own_words(profile, config) for kind, profile in known.items()}


def _with_own_words(profile: Profile, config: Config) -> Profile:
    severities, modes = severity_words(config), config.failure_modes
    if not (severities or modes):
        return profile
    metadata = (_field_with_own_words(field, severities, modes) for field in profile.metadata)
    return replace(profile, metadata=tuple(metadata))


def _field_with_own_words(
    field: FieldProfile, severities: Mapping[str, str], modes: Iterable[str]
) -> FieldProfile:
    if field.id == "failure-mode" and field.values:
        return replace(field, values=tuple(dict.fromkeys((*field.values, *modes))))
    return replace(field, words={**severities, **field.words}) if field.type == "severity" else field


def _refuse_borrowed_folders(kind: str, tables: Tables, text: str) -> None:
    """Refuse a kind beside the one that it extends which would silently claim all of that one's documents."""
    table = tables[kind]
    base = table.get("extends")
    owner = _owner_of_folders(kind, base, tables) if isinstance(base, str) else None
    if owner not in (None, kind) and "folders" not in table:
        hint = f'write folders = ["docs/{kind}"]; to change the kind {owner} itself, name the profile {owner}'
        mistake = Mistake(("extends",), f"it would claim the folders of {base}, which it extends", hint)
        raise SettingsFile(profile_path(kind), text).error([mistake])


def _owner_of_folders(kind: str, base: str, tables: Tables) -> str | None:
    """Return the kind whose folders `kind` has from its `base`, None where no profile is called so."""
    if base in tables and base != kind:
        return base
    return READY.get(base, base if base in BUILT_IN else None)
