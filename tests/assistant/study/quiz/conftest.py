"""The sample library, read once: what quizzes are made of in these tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import ingest.sample_corpus
from assistant.study.gather import Line, Material, everything, gather
from assistant.study.types import Wish
from index.ingestion import ingest as read_into
from index.library import Library
from index.types import Embedder

DOCUMENTS = Path(ingest.sample_corpus.__file__).parent / "documents"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("sample"), embedder=embedder) as opened:
        report = read_into(opened, [DOCUMENTS])
        assert (report.added, report.failures) == (12, ())
        yield opened


@pytest.fixture(scope="session")
def material_for(sample: Library) -> Callable[[Wish], Material]:
    return lambda wish: gather(sample, wish)


@pytest.fixture(scope="session")
def line_with(sample: Library) -> Callable[[str], Line]:
    """The first line of the sample that has some words."""
    lines = everything(sample)

    def find(words: str) -> Line:
        return next(line for line in lines if words in line.text)

    return find
