"""How long work shows that it moves: a bar on a terminal; of an ingestion, a line a file elsewhere.

Both go to standard error, so that standard output holds the result alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.cli.show import inert, note

if TYPE_CHECKING:
    from assistant.wording import Wording
    from index.progress import IngestEvent

Listener = Callable[["IngestEvent"], None]


@contextmanager
def progress(words: Wording) -> Iterator[Listener]:
    """A listener for the events of an ingestion, shown for the length of the block."""
    if sys.stderr.isatty():
        with _bar(words) as listener:
            yield listener
    else:
        yield lambda event: _plain(event, words)


@contextmanager
def counting(label: str, total: int, *, done: int = 0) -> Iterator[Callable[[], None]]:
    """What to call for each piece of work that is done; a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    shown = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True, highlight=False),
        transient=True,
    )
    with shown:
        task = shown.add_task(label, total=total, completed=done)
        yield lambda: shown.advance(task)


def plain_line(event: IngestEvent, words: Wording) -> str | None:
    """The line for an event that ends a file; ``None`` for the others."""
    result = _result(event, words)
    if result is None:
        return None
    return words.ingest_file.format(
        done=event.files_done, total=event.files_total, file=event.path, result=result
    )


def _result(event: IngestEvent, words: Wording) -> str | None:
    from index.progress import Stage

    if event.stage is Stage.STORED:
        return words.ingest_stored.format(passages=event.passages)
    if event.stage is Stage.UNCHANGED:
        return words.ingest_unchanged
    if event.stage is Stage.DUPLICATE:
        return words.ingest_duplicate.format(id=event.document_id)
    if event.stage is Stage.FAILED and event.error is not None:
        return words.ingest_failed.format(label=event.error.label)
    return None


def _plain(event: IngestEvent, words: Wording) -> None:
    text = plain_line(event, words)
    if text is not None:
        note(text)


@contextmanager
def _bar(words: Wording) -> Iterator[Listener]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from index.progress import Stage

    shown = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}", markup=False),
        TextColumn("{task.fields[left]}", markup=False),
        TextColumn("{task.fields[file]}", markup=False, style="dim"),
        console=Console(stderr=True, highlight=False),
        transient=True,
    )
    with shown:
        task = shown.add_task(words.ingest_reading, total=None, speed=words.ingest_loading, left="", file="")

        def listen(event: IngestEvent) -> None:
            name = inert(event.path.name) if event.path else ""
            if event.stage is Stage.PAGE:
                name = f"{name} {event.page}/{event.pages}"
            shown.update(
                task,
                completed=event.files_done,
                total=event.files_total,
                speed=words.ingest_passages.format(
                    passages=event.passages_done, rate=event.passages_per_second
                ),
                left=clock(event.seconds_left),
                file=name[-40:],
            )

        yield listen


def clock(seconds: float | None) -> str:
    """Seconds as ``1:02:03`` or ``2:03``; empty while nothing is known."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
