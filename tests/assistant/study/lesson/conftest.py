"""The sample library, read once, and drafts made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

import ingest.sample_corpus
from assistant.study.making import make_draft
from assistant.study.types import Draft, Part, Wish
from index.ingestion import ingest as read_into
from index.library import Library
from index.types import Embedder

DOCUMENTS = Path(ingest.sample_corpus.__file__).parent / "documents"
#: All parts but the quiz, which has tests of its own.
PARTS = (Part.PLAN, Part.HANDOUT, Part.FLASHCARDS, Part.SLIDES)
TOPIC = "kết nạp đảng viên"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("sample"), embedder=embedder) as opened:
        report = read_into(opened, [DOCUMENTS])
        assert (report.added, report.failures) == (12, ())
        yield opened


@pytest.fixture(scope="session")
def drafted(sample: Library) -> Callable[[Wish], Draft]:
    return cache(lambda wish: make_draft(sample, wish))


@pytest.fixture(scope="session")
def lesson(drafted: Callable[[Wish], Draft]) -> Draft:
    """Ninety minutes on the topic, without a quiz."""
    return drafted(Wish(TOPIC, parts=PARTS))


@pytest.fixture(scope="session")
def whole(drafted: Callable[[Wish], Draft]) -> Draft:
    """The same with a few quiz items."""
    return drafted(Wish(TOPIC, quiz_items=5))
