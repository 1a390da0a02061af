"""``pba feedback``: list, and export as questions to evaluate on."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.help import brief
from assistant.cli.opening import open_library
from assistant.cli.output import write_output
from assistant.cli.session import Session, session_of
from assistant.cli.show import line, note, show_json, table

if TYPE_CHECKING:
    from assistant.opinions import Feedback
    from assistant.wording import Wording


class Shown(StrEnum):
    """Ratings as they are typed."""

    UP = "up"
    DOWN = "down"


Only = Annotated[Shown | None, typer.Option("--rating", help=brief("option.rating"))]
Since = Annotated[
    datetime | None,
    typer.Option(
        "--since", metavar="DATE", formats=["%Y-%m-%d", "%d/%m/%Y", "%Y"], help=brief("option.since")
    ),
]

_LISTED = ("given_at", "user", "rating", "reason", "question", "comment")


def list_feedback(
    context: typer.Context,
    rating: Only = None,
    since: Since = None,
    as_json: Annotated[bool, typer.Option("--json", help=brief("option.json"))] = False,
) -> None:
    from assistant.opinions import to_json

    session = session_of(context)
    found = _found(session, rating, since)
    words = session.words
    if as_json:
        show_json([to_json(entry) for entry in found])
    elif not found:
        note(words.feedback["none"])
    else:
        table([words.columns[name] for name in _LISTED], [_row(entry, words) for entry in found])


def export_feedback(
    context: typer.Context,
    rating: Only = None,
    since: Since = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help=brief("option.jsonl"))] = None,
) -> None:
    from assistant.opinions import to_case, to_jsonl

    session = session_of(context)
    words = session.words
    found = _found(session, rating, since)
    if not found:
        note(words.feedback["none"])
        return
    text = to_jsonl(to_case(entry) for entry in found)
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_output(output, text.encode())
        line(words.feedback["exported"].format(count=len(found), file=output))
    note(words.feedback["fill"])


def _found(session: Session, rating: Shown | None, since: datetime | None) -> tuple[Feedback, ...]:
    from assistant.opinions import FeedbackBook, Rating

    moment = since.astimezone() if since else None
    with open_library(session, reading=True) as library:
        return FeedbackBook(library).listed(rating=Rating[rating.name] if rating else None, since=moment)


def _row(entry: Feedback, words: Wording) -> tuple[str, ...]:
    opinion = entry.opinion
    return (
        f"{entry.given_at.astimezone():%Y-%m-%d %H:%M}",
        entry.user,
        opinion.rating.name.lower(),
        words.feedback[opinion.reason.value] if opinion.reason else "",
        entry.question,
        opinion.comment,
    )
