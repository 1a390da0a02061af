"""``pba study``: teaching material from the library: make, look at, write as files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.filters import From, Issuers, Kinds, Numbers, Provinces, To, filters
from assistant.cli.help import brief
from assistant.cli.opening import open_assistant, open_library
from assistant.cli.output import write_output
from assistant.cli.progress import clock
from assistant.cli.session import Session, session_of
from assistant.cli.show import line, note, show_json, table
from assistant.errors import BadOption

if TYPE_CHECKING:
    from assistant.study.drafts import Drafts, SavedDraft
    from assistant.study.making import Progress, Step
    from assistant.study.types import Draft
    from assistant.wording import Wording


class Who(StrEnum):
    """Audiences as they are typed."""

    SYMPATHISER = "sympathiser"
    PROBATIONARY = "probationary"
    CELL_OFFICER = "cell-officer"


class What(StrEnum):
    """Parts as they are typed."""

    PLAN = "plan"
    HANDOUT = "handout"
    QUIZ = "quiz"
    FLASHCARDS = "flashcards"
    SLIDES = "slides"


class Items(StrEnum):
    """Kinds of quiz items as they are typed."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true-false"
    FILL = "fill"
    MATCH = "match"
    ORDER = "order"
    SHORT = "short"


class Tongue(StrEnum):
    VI = "vi"
    EN = "en"


Named = Annotated[str, typer.Argument(metavar="ID", help=brief("option.draft"))]
Version = Annotated[int | None, typer.Option("--version", min=1, help=brief("option.draft_version"))]
AsJson = Annotated[bool, typer.Option("--json", help=brief("option.json"))]


def make(
    context: typer.Context,
    topic: Annotated[str, typer.Argument(help=brief("option.topic"))] = "",
    audience: Annotated[Who, typer.Option("--audience", help=brief("option.audience"))] = Who.SYMPATHISER,
    lessons: Annotated[int, typer.Option("--lessons", help=brief("option.lessons"))] = 1,
    minutes: Annotated[int, typer.Option("--minutes", help=brief("option.minutes"))] = 90,
    part: Annotated[list[What] | None, typer.Option("--part", help=brief("option.part"))] = None,
    items: Annotated[int, typer.Option("--items", help=brief("option.items"))] = 30,
    item_kind: Annotated[
        list[Items] | None, typer.Option("--item-kind", help=brief("option.item_kind"))
    ] = None,
    slides: Annotated[int, typer.Option("--slides", help=brief("option.slides"))] = 12,
    language: Annotated[Tongue | None, typer.Option("--language", help=brief("option.framing"))] = None,
    seed: Annotated[int, typer.Option("--seed", help=brief("option.seed"))] = 101,
    document: Annotated[
        list[str] | None, typer.Option("--document", help=brief("option.of_document"))
    ] = None,
    province: Provinces = None,
    kind: Kinds = None,
    number: Numbers = None,
    issuer: Issuers = None,
    issued_from: From = None,
    issued_to: To = None,
    as_json: AsJson = False,
) -> None:
    from dataclasses import replace

    from assistant.conversations import SINGLE_USER
    from assistant.study.types import Audience, Part, QuizKind, Wish

    session = session_of(context)
    chosen = filters(province, kind, number, issuer, issued_from, issued_to)
    wish = Wish(
        topic=topic,
        audience=Audience[audience.name],
        lessons=lessons,
        minutes=minutes,
        parts=tuple(Part[entry.name] for entry in part) if part else tuple(Part),
        quiz_items=items,
        kinds=tuple(QuizKind[entry.name] for entry in item_kind or ()),
        slides=slides,
        language=(language or Tongue(session.settings.language)).value,
        seed=seed,
    )
    with open_assistant(session) as assistant:
        ids = tuple(assistant.library.find_document(name).id for name in document or ())
        wish = replace(wish, filters=replace(chosen, document_ids=ids))
        with _progress(session.words) as progress:
            draft = assistant.desk.make(wish, progress=progress)
        drafts = assistant.archive.drafts
        saved = drafts.add(SINGLE_USER, draft) if drafts.can_save else None
    _print(draft, saved, session.words, as_json=as_json)
    told = session.words.study
    for entry in draft.dropped:
        note(
            told["dropped"].format(
                count=entry.count, why=told[f"fault.{entry.fault.value}"], example=entry.example
            )
        )
    note(told["saved"].format(id=saved.id, title=saved.title) if saved else told["not_saved"])


def show_topics(
    context: typer.Context,
    province: Provinces = None,
    kind: Kinds = None,
    number: Numbers = None,
    issuer: Issuers = None,
    issued_from: From = None,
    issued_to: To = None,
    k: Annotated[int, typer.Option("-k", min=1, max=200, help=brief("option.topics"))] = 30,
    as_json: AsJson = False,
) -> None:
    from assistant.study.topics import topics

    session = session_of(context)
    chosen = filters(province, kind, number, issuer, issued_from, issued_to)
    with open_library(session, reading=True) as library:
        found = topics(library, chosen, most=k)
    words = session.words
    if as_json:
        show_json([{"topic": t.text, "documents": t.documents, "source": t.source.value} for t in found])
    elif not found:
        note(words.library_empty)
    else:
        headings = [words.columns[name] for name in ("topic", "documents", "source")]
        table(
            headings, [(t.text, str(t.documents), words.study[t.source.value]) for t in found], numeric=(1,)
        )


def list_drafts(context: typer.Context, as_json: AsJson = False) -> None:
    from assistant.conversations import SINGLE_USER

    session = session_of(context)
    with _drafts(session) as drafts:
        found = drafts.listed(SINGLE_USER)
    words = session.words
    if as_json:
        show_json([_to_json(entry) for entry in found])
    elif not found:
        note(words.study["none"])
    else:
        headings = [words.columns[name] for name in ("id", "title", "versions", "updated_at")]
        rows = [
            (e.id, e.title, str(e.versions), f"{e.updated_at.astimezone():%Y-%m-%d %H:%M}") for e in found
        ]
        table(headings, rows, numeric=(2,))


def show_draft(
    context: typer.Context, draft_id: Named, version: Version = None, as_json: AsJson = False
) -> None:
    from assistant.conversations import SINGLE_USER

    session = session_of(context)
    with _drafts(session) as drafts:
        saved = drafts.find(SINGLE_USER, draft_id)
        draft = drafts.load(SINGLE_USER, draft_id, version)
    _print(draft, saved, session.words, as_json=as_json)


def export_draft(
    context: typer.Context,
    draft_id: Named,
    format_name: Annotated[str, typer.Argument(metavar="FORMAT", help=brief("option.format"))],
    output: Annotated[Path | None, typer.Option("--output", "-o", help=brief("option.file"))] = None,
    version: Version = None,
) -> None:
    from assistant.conversations import SINGLE_USER
    from assistant.file_names import clean_name
    from assistant.study.export import FORMATS

    session = session_of(context)
    chosen = FORMATS.get(format_name)
    if chosen is None:
        raise BadOption(f"There is no format {format_name!r}. Choose one of: {', '.join(FORMATS)}.")
    with _drafts(session) as drafts:
        saved = drafts.find(SINGLE_USER, draft_id)
        draft = drafts.load(SINGLE_USER, draft_id, version)
    data = chosen.write(draft)
    path = output or Path(clean_name(f"{saved.title}{chosen.suffix}"))
    write_output(path, data)
    line(session.words.study["exported"].format(file=path, size=len(data)))


def duplicate_draft(
    context: typer.Context,
    draft_id: Named,
    title: Annotated[str, typer.Option("--title", help=brief("option.draft_title"))] = "",
) -> None:
    from assistant.conversations import SINGLE_USER

    session = session_of(context)
    with _drafts(session, writing=True) as drafts:
        saved = drafts.duplicate(SINGLE_USER, draft_id, title=title)
    line(session.words.study["saved"].format(id=saved.id, title=saved.title))


def delete_draft(context: typer.Context, draft_id: Named) -> None:
    from assistant.conversations import SINGLE_USER

    session = session_of(context)
    with _drafts(session, writing=True) as drafts:
        saved = drafts.find(SINGLE_USER, draft_id)
        drafts.delete(SINGLE_USER, draft_id)
    line(session.words.study["deleted"].format(id=saved.id, title=saved.title))


@contextmanager
def _drafts(session: Session, *, writing: bool = False) -> Iterator[Drafts]:
    from assistant.study.drafts import Drafts

    with open_library(session, reading=not writing) as library:
        yield Drafts(library)


def _print(draft: Draft, saved: SavedDraft | None, words: Wording, *, as_json: bool) -> None:
    if as_json:
        from assistant.study.serialise import draft_to_json

        show_json({"id": saved.id if saved else None, **draft_to_json(draft)})
        return
    from assistant.study.printing import lines_of

    for text in lines_of(draft):
        line(text)


def _to_json(saved: SavedDraft) -> dict[str, Any]:
    return {
        "id": saved.id,
        "title": saved.title,
        "versions": saved.versions,
        "created_at": saved.created_at.isoformat(),
        "updated_at": saved.updated_at.isoformat(),
    }


@contextmanager
def _progress(words: Wording) -> Iterator[Progress]:
    """A bar on a terminal, a line a part elsewhere; on standard error."""
    if not sys.stderr.isatty():
        yield lambda step: note(_told(step, words)) if not step.wanted and step.done < step.total else None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    shown = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
        console=Console(stderr=True, highlight=False),
        transient=True,
    )
    with shown:
        task = shown.add_task(clock(None), total=1.0)

        def listen(step: Step) -> None:
            share = step.items / step.wanted if step.wanted else 0.0
            shown.update(
                task, completed=min(1.0, (step.done + share) / step.total), description=_told(step, words)
            )

        yield listen


def _told(step: Step, words: Wording) -> str:
    name = words.study[f"part.{step.part.value}"] if step.part else words.study["reading"]
    return f"{name} {step.items}/{step.wanted}" if step.wanted else name
