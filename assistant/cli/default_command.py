"""A group of commands one of which is meant where none is named: ``evaluate FACTS`` runs ``evaluate run``."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

_HELP = {"-h", "--help"}


class DefaultsToRun(TyperGroup):
    """Puts ``run`` before arguments that begin with no command of the group."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments as the group parses them; without any, or asked for help, they are left alone."""
        if args and args[0] not in self.commands and args[0] not in _HELP:
            args = ["run", *args]
        return list(super().parse_args(ctx, args))
