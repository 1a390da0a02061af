"""Opens the library, the embedding model and the assistant as the settings say."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.show import note

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from assistant.cli.session import Session
    from assistant.holdings import Holdings
    from assistant.settings import Settings
    from index.library import Library
    from index.types import Embedder
    from ingest.options import ReadOptions


def open_library(session: Session, directory: Path | None = None, *, reading: bool = False) -> Library:
    """The library of the settings, or a SQLite one in ``directory``. Loads no model yet.

    Args:
        reading: nothing will be stored, so that a library nobody may write to serves as well.
    """
    from index.library import Library, is_frozen

    settings = session.settings
    url = settings.library.database_url if directory is None else None
    folder = directory or settings.library_directory
    return Library.open(
        folder,
        embedder=lambda: embedder(settings),
        database_url=url.get_secret_value() if url else None,
        read_only=reading and url is None and is_frozen(folder),
    )


@contextmanager
def open_assistant(
    session: Session, *, library: Library | None = None, top_k: int | None = None
) -> Iterator[Assistant]:
    """An assistant over ``library``, or over the library of the settings, which is closed afterwards."""
    from assistant.answer import Assistant
    from assistant.extract import Limits
    from assistant.fluent import Writing
    from assistant.llm.opening import model_of
    from assistant.llm.outcome import Mode
    from assistant.retrieve import Retrieval

    settings = session.settings
    opened = library or open_library(session, reading=True)
    try:
        yield Assistant(
            opened,
            retrieval=Retrieval(
                top_k=top_k or settings.retrieval.top_k,
                pool=settings.retrieval.pool,
                weight_dense=settings.retrieval.weight_dense,
                reranker=settings.retrieval.reranker,
            ),
            limits=Limits(words=settings.answer.max_words, statements=settings.answer.max_statements),
            llm=model_of(settings),
            writing=Writing(
                mode=Mode(settings.llm.verification),
                rewrite=settings.llm.rewrite,
                translate=settings.llm.translate,
                kept_in=settings.cache_directory if settings.llm.cache else None,
            ),
        )
    finally:
        if library is None:
            opened.close()


@contextmanager
def open_holdings(session: Session, library: Library, folder: Path, *, host: str) -> Iterator[Holdings]:
    """The documents of ``library``, to be changed where the settings and the disk allow it.

    Args:
        folder: where files that are handed in are kept.
        host: that the page listens on.
    """
    from assistant.holdings import Holdings
    from index.errors import LibraryBusy
    from index.library import is_frozen

    settings = session.settings
    wanted = settings.server.edit_documents
    allowed = is_loopback(host) if wanted is None else wanted
    limits: dict[str, Any] = {
        "options": read_options(settings),
        "max_tokens": settings.embedding.max_passage_tokens,
    }
    into = folder if allowed and not is_frozen(library.directory) else None
    try:
        holdings = Holdings(library, into, **limits)
    except LibraryBusy as error:
        # Another page takes in the documents; this one shows them.
        note(str(error))
        holdings = Holdings(library, None, **limits)
    try:
        holdings.start()
        yield holdings
    finally:
        holdings.close()


def is_loopback(host: str) -> bool:
    """Whether an address is one of this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def embedder(settings: Settings) -> Embedder:
    """The embedding model of the settings. Raises ``ModelMissing``."""
    from index.embedding import open_embedder

    chosen = settings.embedding
    return open_embedder(
        chosen.model,
        cache_folder=settings.cache_directory,
        base_url=chosen.base_url,
        api_key=chosen.api_key.get_secret_value() if chosen.api_key else None,
        batch_size=chosen.batch_size,
        threads=chosen.threads,
        device=chosen.device,
        query_prefix=chosen.query_prefix,
        passage_prefix=chosen.passage_prefix,
    )


def read_options(settings: Settings) -> ReadOptions:
    """The limits for reading files that the settings give."""
    from ingest.options import ReadOptions

    chosen = settings.ingest
    options = ReadOptions(
        max_bytes=chosen.max_bytes,
        max_characters=chosen.max_characters,
        max_pages=chosen.max_pages,
        timeout_seconds=chosen.timeout_seconds,
        ocr=chosen.ocr,
        ocr_language=chosen.ocr_language,
    )
    return options if chosen.ocr_workers is None else replace(options, ocr_workers=chosen.ocr_workers)
