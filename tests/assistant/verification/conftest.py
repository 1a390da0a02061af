"""The verifier as it is used, over a library that embeds what it is asked about."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.verification.verifier import Verifier, verifier_of
from index.library import Library
from index.types import Embedder

sys.path.insert(0, str(Path(__file__).parent))  # the corpus and its sentences are modules beside the tests


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Library]:
    """An empty library with the bundled model.

    The sentences of the corpus are embedded when they are first compared, a few of them, rather than all of
    them at ingestion.
    """
    with Library.open(tmp_path_factory.mktemp("library"), embedder=embedder) as opened:
        yield opened


@pytest.fixture(scope="session")
def verifier(library: Library) -> Verifier:
    """The verifier as it is used."""
    return verifier_of(library)
