"""What the commands of one run share: settings, wording, and the doors to the library."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from assistant.settings import LoadedSettings, Settings
    from assistant.wording import Wording


@dataclass
class Session:
    """State of one run of ``pba``.

    Attributes:
        config: the settings file named by ``--config``.
        verbose: whether errors come with their traceback.
    """

    config: Path | None = None
    verbose: bool = False

    @cached_property
    def loaded(self) -> LoadedSettings:
        """Settings with the origin of each value."""
        from assistant.settings import load_settings

        return load_settings(self.config)

    @property
    def settings(self) -> Settings:
        """The effective settings."""
        return self.loaded.settings

    @property
    def words(self) -> Wording:
        """The wording of the language that is set."""
        from assistant.wording import wording

        return wording(self.settings.language)


def session_of(context: typer.Context) -> Session:
    """The session that ``main`` gave this run."""
    return context.ensure_object(Session)
