"""Settings: defaults, then one ``pba.toml``, then ``PBA_*`` variables of the environment.

The file is the first of: the one named by ``--config``, ``pba.toml`` in the working directory,
``pba.toml`` in the home folder. A variable is named after its setting, sections joined by two
underscores: ``retrieval.top_k`` is ``PBA_RETRIEVAL__TOP_K``. Anything that is no setting is refused.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from assistant.errors import SettingsError
from assistant.naming import suggestion
from assistant.setting_sections import (
    AnswerSettings,
    EmbeddingSettings,
    IngestSettings,
    LibrarySettings,
    LlmSettings,
    RetrievalSettings,
    Section,
    ServerSettings,
)

__all__ = [
    "AnswerSettings",
    "Effective",
    "EmbeddingSettings",
    "IngestSettings",
    "LibrarySettings",
    "LlmSettings",
    "LoadedSettings",
    "RetrievalSettings",
    "ServerSettings",
    "Settings",
    "Source",
    "load_settings",
    "setting_field",
    "setting_names",
    "variable_name",
]

PREFIX = "PBA_"
NESTED = "__"
FILE_NAME = "pba.toml"
#: Settings whose values no message shows: an address may carry a password where it should not.
_SECRET = ("api_key", "database_url", "llm.base_url")


def default_home() -> Path:
    """The platform's folder for data of this program and user."""
    return platformdirs.user_data_path("party-building-assistant", appauthor=False)


class Settings(BaseSettings):
    """Every setting with its effective value."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=NESTED,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    home: Path = Field(
        default_factory=default_home, description="Folder for everything the program keeps: library, caches."
    )
    language: Literal["vi", "en"] = Field("vi", description="Language of what the program prints.")
    library: LibrarySettings = LibrarySettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    ingest: IngestSettings = IngestSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    answer: AnswerSettings = AnswerSettings()
    llm: LlmSettings = LlmSettings()
    server: ServerSettings = ServerSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, whose values are given at construction."""
        return env_settings, init_settings

    @field_validator("home")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @property
    def library_directory(self) -> Path:
        """The folder of the library, given or derived from ``home``."""
        return self.library.directory or self.home / "library"

    @property
    def cache_directory(self) -> Path:
        """Where what can be made again is kept."""
        return self.home / "cache"


class Source(StrEnum):
    """Where an effective value came from."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Effective:
    """One setting as it is in force.

    Attributes:
        name: dotted, e.g. ``retrieval.top_k``.
        value: as text or a JSON scalar; a secret is shown as ``********``.
        where: the file or the variable that set it; empty for a default.
    """

    name: str
    value: str | int | float | bool | None
    source: Source
    where: str


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings with the origin of every value.

    Attributes:
        file: the settings file that was read, if there was one.
        origins: dotted name → (source, file or variable), for what is not a default.
    """

    settings: Settings
    file: Path | None
    origins: Mapping[str, tuple[Source, str]]

    def effective(self) -> Iterator[Effective]:
        """Every setting, in the order of the documentation; secrets masked."""
        for name in setting_names():
            value: Any = self.settings
            for part in name.split("."):
                value = getattr(value, part)
            source, where = self.origins.get(name, (Source.DEFAULT, ""))
            yield Effective(name, _shown(value), source, where)


def setting_names() -> list[str]:
    """Dotted names of all settings, in the order of the documentation."""
    sections = _sections()
    names = []
    for name in Settings.model_fields:
        names += [f"{name}.{key}" for key in sections[name].model_fields] if name in sections else [name]
    return names


def setting_field(name: str) -> FieldInfo:
    """Default, limits and description of a setting, by dotted name."""
    section, _, key = name.rpartition(".")
    return _sections()[section].model_fields[key] if section else Settings.model_fields[key]


def _sections() -> dict[str, type[Section]]:
    return {
        name: field.annotation
        for name, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section)
    }


def variable_name(name: str) -> str:
    """The environment variable of a setting: ``retrieval.top_k`` → ``PBA_RETRIEVAL__TOP_K``."""
    return PREFIX + name.replace(".", NESTED).upper()


def load_settings(config: Path | None = None) -> LoadedSettings:
    """Read the settings that are in force now.

    Args:
        config: the settings file to use; it must exist. ``None`` looks for one.

    Raises:
        SettingsError: a file that cannot be read, an unknown key or variable, a value that
            does not fit; the message names it, its origin and what would fit.
    """
    variables = _variables()
    file = _find_file(config)
    values = _read_file(file) if file else {}
    origins: dict[str, tuple[Source, str]] = {}
    for name in _names_in(values):
        origins[name] = (Source.FILE, str(file))
    for name, variable in variables.items():
        origins[name] = (Source.ENVIRONMENT, variable)
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise SettingsError(_first_problem(error, origins, file)) from None
    return LoadedSettings(settings, file, origins)


def _variables() -> dict[str, str]:
    """Setting name → variable, for the ``PBA_*`` variables that are set and not empty."""
    names = {variable_name(name): name for name in setting_names()}
    found = {}
    for variable, value in os.environ.items():
        if not variable.upper().startswith(PREFIX):
            continue
        name = names.get(variable.upper())
        if name is None:
            raise SettingsError(
                f"Unknown variable {variable} in the environment.{suggestion(variable.upper(), names)}"
            )
        if value:
            found[name] = variable
    return found


def _find_file(config: Path | None) -> Path | None:
    if config is not None:
        return config
    home = os.environ.get(PREFIX + "HOME")
    for folder in (Path(), Path(home).expanduser() if home else default_home()):
        file = folder / FILE_NAME
        if file.is_file():
            return file.absolute()
    return None


def _read_file(file: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"Settings file {file}: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise SettingsError(f"Settings file {file}: not UTF-8 text. Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"Settings file {file}: not valid TOML: {error}.") from None
    known = setting_names()
    for name in _names_in(values):
        if name in _sections():
            raise SettingsError(f"Settings file {file}: {name} is a section; write [{name}] above its keys.")
        if name not in known:
            raise SettingsError(f"Unknown setting {name} in {file}.{suggestion(name, known)}")
    _resolve_paths(values, file.absolute().parent)
    return values


def _resolve_paths(values: dict[str, Any], folder: Path) -> None:
    """Paths written in a file are relative to that file, wherever the program is started."""
    library, llm = values.get("library", {}), values.get("llm", {})
    for section, key in ((values, "home"), (library, "directory"), (llm, "api_key_file")):
        if isinstance(section.get(key), str):
            section[key] = str(folder / Path(section[key]).expanduser())


def _names_in(values: Mapping[str, Any]) -> Iterator[str]:
    """Dotted names of what a settings file sets."""
    for key, value in values.items():
        if key in _sections() and isinstance(value, dict):
            yield from (f"{key}.{inner}" for inner in value)
        else:
            yield key


def _first_problem(
    error: ValidationError, origins: Mapping[str, tuple[Source, str]], file: Path | None
) -> str:
    problem = error.errors(include_url=False)[0]
    name = ".".join(str(part) for part in problem["loc"])
    source, where = origins.get(name, (Source.DEFAULT, str(file or "")))
    message = problem["msg"].removeprefix("Value error, ")
    place = f"variable {where}" if source is Source.ENVIRONMENT else f"setting {name} in {where}"
    if name in _sections() and problem["type"] == "value_error":
        # The values of a section do not fit together; the message names them, and shows no secret of theirs.
        return f"Bad settings: {message}."
    shown = "" if name.endswith(_SECRET) else f" (it is {problem['input']!r})"
    return f"Bad value for {place}: {message[:1].lower()}{message[1:]}{shown}."


def _shown(value: object) -> str | int | float | bool | None:
    if isinstance(value, SecretStr):
        return "********"
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
