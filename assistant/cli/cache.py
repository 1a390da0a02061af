"""``pba cache``: the answers that are kept for when the same is asked again."""

from __future__ import annotations

import typer

from assistant.cli.session import session_of
from assistant.cli.show import note


def clear_cache(context: typer.Context) -> None:
    from assistant.llm.cache import FILE_NAME, AnswerCache

    session = session_of(context)
    folder = session.settings.cache_directory
    count = AnswerCache(folder).clear() if (folder / FILE_NAME).exists() else 0
    note(session.words.cache_cleared.format(count=count))
