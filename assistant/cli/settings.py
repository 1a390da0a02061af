"""``pba settings``: every setting, its value and where that came from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from assistant.cli.help import brief
from assistant.cli.session import session_of
from assistant.cli.show import line, show_json, table


def show_settings(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help=brief("option.json"))] = False,
) -> None:
    session = session_of(context)
    loaded, words = session.loaded, session.words
    effective = list(loaded.effective())
    if as_json:
        show_json(
            {
                "file": str(loaded.file) if loaded.file else None,
                "settings": [asdict(setting) for setting in effective],
            }
        )
        return
    line(words.settings_file.format(file=loaded.file) if loaded.file else words.settings_no_file)
    table(
        [words.columns[name] for name in ("name", "value", "source", "where")],
        [
            (
                setting.name,
                "–" if setting.value is None else _shown(setting.value),
                words.sources[setting.source],
                setting.where,
            )
            for setting in effective
        ],
    )


def _shown(value: str | int | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
