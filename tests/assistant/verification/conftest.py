"""One library of the sample corpus, ingested with the bundled model, for all checks of sentences."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.verification.verifier import Verifier, verifier_of
from index.embedding import open_embedder
from index.ingestion import ingest
from index.library import Library

sys.path.insert(0, str(Path(__file__).parent))  # the corpus and its sentences are modules beside the tests

from corpus import DOCUMENTS


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The sample corpus as a library."""
    embedder = open_embedder(cache_folder=tmp_path_factory.mktemp("cache"))
    with Library.open(tmp_path_factory.mktemp("library"), embedder=embedder) as library:
        ingest(library, [DOCUMENTS])
        yield library


@pytest.fixture(scope="session")
def verifier(sample_library: Library) -> Verifier:
    """The verifier as it is used."""
    return verifier_of(sample_library)
