"""``pba serve`` and ``pba demo``: the chat page."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.help import brief
from assistant.cli.opening import open_assistant, open_holdings, open_library
from assistant.cli.session import Session, session_of
from assistant.cli.show import line, note
from assistant.errors import AssistantError, PagesMissing

if TYPE_CHECKING:
    from assistant.answer import Assistant

log = logging.getLogger(__name__)

#: Entry points that serve a page; the package that holds one registers it, and is not imported here.
PAGES = "pba.pages"

Host = Annotated[str | None, typer.Option("--host", help=brief("option.host"))]
Port = Annotated[int | None, typer.Option("--port", min=0, max=65535, help=brief("option.port"))]
Open = Annotated[bool | None, typer.Option("--open/--no-open", help=brief("option.open"))]


def serve(context: typer.Context, host: Host = None, port: Port = None, open_browser: Open = None) -> None:
    session = session_of(context)
    with open_assistant(session) as assistant:
        if assistant.library_is_empty:
            note(session.words.library_empty)
        _serve(session, assistant, session.settings.home / "documents", host, port, open_browser)


def demo(context: typer.Context, host: Host = None, port: Port = None, open_browser: Open = None) -> None:
    from assistant.cli.ingest import ingest_into, show_failures
    from ingest.sample_corpus import documents

    session = session_of(context)
    with open_library(session, session.settings.home / "demo") as library:
        report = ingest_into(session, library, [str(path) for path in documents()])
        show_failures(report, session.words, to=sys.stderr)
        stats = library.stats()
        note(session.words.demo_ready.format(documents=stats.documents, passages=stats.passages))
        with open_assistant(session, library=library) as assistant:
            folder = session.settings.home / "demo" / "documents"
            _serve(session, assistant, folder, host, port, open_browser)


def _serve(
    session: Session,
    assistant: Assistant,
    folder: Path,
    host: str | None,
    port: int | None,
    open_browser: bool | None,
) -> None:
    def ready(address: str) -> None:
        line(session.words.serving.format(address=address))
        note(session.words.serving_stop)
        Thread(target=_prepare, args=(assistant,), name="prepare", daemon=True).start()

    from assistant.evaluate.suggest.desk import QuestionDesk
    from assistant.study.studio import Studio

    server = session.settings.server
    where = server.host if host is None else host
    with open_holdings(session, assistant.library, folder, host=where) as holdings:
        _page()(
            assistant,
            host=where,
            port=server.port if port is None else port,
            open_browser=bool(open_browser),
            on_ready=ready,
            language=session.settings.language,
            holdings=holdings,
            studio=Studio(assistant),
            question_desk=QuestionDesk(assistant),
            api_key=server.api_key.get_secret_value() if server.api_key else None,
        )


def _prepare(assistant: Assistant) -> None:
    """So that whoever asks first waits no longer than others. What fails here is told to who asks."""
    try:
        assistant.prepare()
    except AssistantError as error:
        log.info("Not prepared: %s", error)


def _page() -> Callable[..., Any]:
    for entry in entry_points(group=PAGES, name="chat"):
        page: Callable[..., Any] = entry.load()
        return page
    raise PagesMissing("The chat page is not installed. Install party-building-assistant again.")
