"""``pba ingest``: files into the library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from assistant.cli.help import brief
from assistant.cli.opening import open_library, read_options
from assistant.cli.progress import progress
from assistant.cli.session import Session, session_of
from assistant.cli.show import line, table

if TYPE_CHECKING:
    from assistant.wording import Wording
    from index.ingestion import IngestReport
    from index.library import Library


def ingest(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help=brief("option.paths"))],
    prune: Annotated[bool, typer.Option("--prune", help=brief("option.prune"))] = False,
) -> None:
    session = session_of(context)
    with open_library(session) as library:
        report = ingest_into(session, library, paths, prune=prune)
    for text in summary_lines(report, session.words):
        line(text)
    show_failures(report, session.words)
    if report.failures:
        raise typer.Exit(1)


def ingest_into(
    session: Session, library: Library, paths: Sequence[str], *, prune: bool = False
) -> IngestReport:
    """Ingest with the limits of the settings, showing progress on standard error."""
    from index.ingestion import ingest

    with progress(session.words) as listener:
        return ingest(
            library,
            paths,
            read_options=read_options(session.settings),
            max_tokens=session.settings.embedding.max_passage_tokens,
            prune=prune,
            on_event=listener,
        )


def summary_lines(report: IngestReport, words: Wording) -> list[str]:
    """What an ingestion did, without its failures."""
    rate = report.embedded / report.seconds if report.seconds else 0.0
    lines = [
        words.ingest_summary.format(
            added=report.added,
            changed=report.replaced,
            unchanged=report.unchanged,
            passages=report.passages,
            seconds=report.seconds,
            rate=rate,
        )
    ]
    if report.duplicates:
        lines.append(words.ingest_merged.format(count=report.duplicates))
    if report.pruned:
        lines.append(words.ingest_pruned.format(count=len(report.pruned), names=", ".join(report.pruned)))
    return lines


def show_failures(report: IngestReport, words: Wording, *, to: TextIO | None = None) -> None:
    """The table of files that could not be ingested, if there are any."""
    if not report.failures:
        return
    table(
        [words.columns[name] for name in ("file", "label", "reason", "fix")],
        [(str(failure.path), failure.label, failure.reason, failure.fix) for failure in report.failures],
        title=words.ingest_failures.format(count=len(report.failures)),
        to=to,
    )
