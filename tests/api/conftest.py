"""A library of sample documents, the real assistant on it, and its server on 127.0.0.1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openai import OpenAI

from assistant.answer import Assistant
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder
from ingest.sample_corpus import folder

#: Enough to answer from, few enough to embed in seconds.
FILES = (
    "tom-luoc-chi-thi-28.md",
    "ke-hoach-lop-boi-duong-2024.txt",
    "tinh-bac-ninh-lang-nghe-2019.html",
    "thanh-pho-bac-ninh-2024.txt",
    "dien-bien-2006-2010.rtf",
)


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    home: Path = tmp_path_factory.mktemp("library")
    with Library.open(home / "library", embedder=embedder) as library:
        report = ingest(library, [folder() / name for name in FILES])
        assert not report.failures
        assert report.added == len(FILES)
        yield Assistant(library)


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Serve an assistant on a free port until the tests end; gives the address on this machine."""
    from ui.launch import launch

    running = []

    def start(assistant: Any, **options: Any) -> str:
        serving = launch(assistant, port=0, block=False, on_ready=lambda address: None, **options)
        running.append(serving)
        return f"http://127.0.0.1:{serving.address.rsplit(':', 1)[1]}"

    yield start
    for serving in running:
        serving.close()


@pytest.fixture(scope="session")
def address(serve: Callable[..., str], assistant: Assistant) -> str:
    return serve(assistant)


@pytest.fixture
def client(address: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0, timeout=60) as made:
        yield made
