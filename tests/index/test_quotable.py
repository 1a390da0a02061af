"""Vectors of the sentences that can be quoted are kept as long as a document needs them, and no longer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from alembic import command
from alembic.config import Config
from handmade import HashingEmbedder, make_document, make_file, make_passages
from sqlalchemy import create_engine, inspect, select, text

from index.catalogue import Catalogue, text_hash
from index.checkup import check
from index.ingestion import ingest
from index.library import Library
from index.migrations import SCRIPTS, current_revision
from index.records import Outcome
from index.schema import REVISION, units, vectors

HIGHLANDS = "Chi bộ vùng cao kết nạp 12 đảng viên.\nBản xa nhất cách trung tâm 60 km."
OWN, SHARED, OTHER = "Câu chỉ ở tài liệu này.", "Câu ở cả hai tài liệu.", "Câu của tài liệu kia."


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def library(tmp_path: Path, embedder: HashingEmbedder) -> Iterator[Library]:
    with Library.open(tmp_path / "library", embedder=embedder) as opened:
        yield opened


def store(library: Library, path: str, body: str, quotable: list[str]) -> Outcome:
    document = make_document(Path(path).name, body)
    with library.transaction() as tx:
        return tx.add_or_replace(
            document, make_passages(document), file=make_file(path, body), quotable=quotable
        )[1]


def kept(library: Library) -> set[str]:
    """Which of the sentences have a vector."""
    return set(library.stored_vectors([OWN, SHARED, OTHER]))


def rows(library: Library) -> int:
    with library.catalogue.read() as connection:
        return len(connection.execute(select(units.c.text_sha256)).all())


def test_stored_vectors_are_those_that_were_made_and_no_others(
    library: Library, embedder: HashingEmbedder
) -> None:
    assert library.stored_vectors([OWN]) == {}
    store(library, "/d/a.txt", HIGHLANDS, [OWN, SHARED, OWN])
    line = HIGHLANDS.split("\n")[0]
    found = library.stored_vectors([OWN, OTHER, line, OWN])
    assert set(found) == {OWN, line}
    for sentence, vector in found.items():
        np.testing.assert_allclose(vector, embedder.query(sentence), atol=2e-3)
    assert library.stored_vectors([]) == {}
    assert rows(library) == 2
    assert library.stats().unused_vectors == 0


def test_sentences_are_no_passages(library: Library) -> None:
    store(library, "/d/a.txt", HIGHLANDS, [OWN, SHARED])
    assert library.stats().passages == 2
    hits = library.search(OWN, lexical_text="")
    assert {hit.passage.text for hit in hits} == set(HIGHLANDS.split("\n"))
    assert [finding.what for finding in check(library.directory)] == ["files"]  # of which there is none


def test_a_sentence_goes_with_the_last_document_that_has_it(library: Library) -> None:
    store(library, "/d/a.txt", HIGHLANDS, [OWN, SHARED])
    store(library, "/d/b.txt", "Thành phố họp bàn.", [SHARED, OTHER])
    assert kept(library) == {OWN, SHARED, OTHER}
    with library.transaction() as tx:
        tx.remove("a.txt")
    assert kept(library) == {SHARED, OTHER}
    assert rows(library) == 2
    with library.transaction() as tx:
        tx.remove("b.txt")
    assert kept(library) == set()
    assert rows(library) == 0
    assert library.stats().vectors == 0


def test_a_sentence_that_is_a_passage_elsewhere_keeps_its_vector(library: Library) -> None:
    store(library, "/d/a.txt", HIGHLANDS, [SHARED])
    store(library, "/d/b.txt", SHARED, [])
    with library.transaction() as tx:
        tx.remove("a.txt")
    assert kept(library) == {SHARED}
    assert library.stats().unused_vectors == 0


def test_a_document_that_changes_needs_other_sentences_and_may_come_back(
    library: Library, embedder: HashingEmbedder
) -> None:
    store(library, "/d/a.txt", HIGHLANDS, [OWN])
    assert store(library, "/d/a.txt", "Nay đã khác hẳn.", [OTHER]) is Outcome.REPLACED
    assert rows(library) == 1
    assert kept(library) == {OWN, OTHER}
    embedder.embedded.clear()
    store(library, "/d/a.txt", HIGHLANDS, [OWN])
    assert embedder.embedded == []


def test_ingestion_keeps_every_sentence_and_removal_leaves_none(library: Library, tmp_path: Path) -> None:
    for name, heading in (("a.md", "Một"), ("b.md", "Hai")):
        body = (
            f"# Bản tin số {heading}\n\n## Việc đã làm\n\nChi bộ họp mồng ba. Bà con xã {heading} rất vui.\n"
        )
        (tmp_path / name).write_text(body, "utf-8")
    ingest(library, [tmp_path / "a.md", tmp_path / "b.md"])
    sentence = "Việc đã làm: Chi bộ họp mồng ba."
    alone = ["Việc đã làm: Bà con xã Một rất vui.", "Việc đã làm: Bà con xã Hai rất vui."]
    assert set(library.stored_vectors([sentence, *alone])) == {sentence, *alone}
    with library.catalogue.read() as connection:
        assert connection.execute(
            select(units.c.document_key).where(units.c.text_sha256 == text_hash(sentence))
        ).scalars().all() == [1, 2]
    with library.transaction() as tx:
        tx.remove("a.md")
    assert set(library.stored_vectors([sentence, *alone])) == {sentence, alone[1]}
    (tmp_path / "a.md").unlink()
    (tmp_path / "b.md").unlink()
    ingest(library, [tmp_path], prune=True)
    assert (library.stats().documents, library.stats().vectors, rows(library)) == (0, 0, 0)


# ---- the migration


def at_revision(folder: Path, revision: str) -> None:
    """Make the catalogue of ``folder`` one of an older revision of the code."""
    engine = create_engine(f"sqlite:///{folder / 'catalogue.sqlite3'}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()


def test_a_library_of_before_gets_the_table_keeps_its_documents_and_catches_up(
    tmp_path: Path, embedder: HashingEmbedder
) -> None:
    folder, file = tmp_path / "library", tmp_path / "a.md"
    file.write_text("Mở đầu bản tin.\n\nChi bộ họp vào mồng ba.\n", "utf-8")
    with Library.open(folder, embedder=embedder) as library:
        ingest(library, [file])
    at_revision(folder, "0001")
    engine = create_engine(f"sqlite:///{folder / 'catalogue.sqlite3'}")
    with engine.begin() as connection:
        assert "units" not in inspect(connection).get_table_names()
        connection.execute(text("UPDATE files SET recipe = 'older'"))
        connection.execute(text("DELETE FROM vectors"))
        connection.execute(text("UPDATE meta SET value = '0001' WHERE name = 'schema'"))
    engine.dispose()
    catalogue = Catalogue.open(folder)
    with catalogue.read() as connection:
        assert current_revision(connection) == REVISION
        assert connection.execute(select(units.c.text_sha256)).all() == []
        assert connection.execute(select(vectors.c.text_sha256)).all() == []
    catalogue.close()
    with Library.open(folder, embedder=embedder) as library:
        assert [summary.id for summary in library.documents()] == ["a.md"]
        assert ingest(library, [file]).replaced == 1  # what is read out of a text is more than before
        assert set(library.stored_vectors(["Chi bộ họp vào mồng ba."])) == {"Chi bộ họp vào mồng ba."}
