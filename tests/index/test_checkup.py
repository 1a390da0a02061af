from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from handmade import HashingEmbedder, make_document, make_file, make_passages

from index.catalogue import FILE_NAME, text_hash
from index.checkup import Finding, Level, check, repair
from index.errors import LibraryError, ModelMismatch
from index.library import Library

TEXT = "Chi bộ họp hằng tháng.\nĐảng phí được thu đúng hạn.\nNghị quyết được học tập."


@pytest.fixture
def place(tmp_path: Path) -> Path:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf-8")
    document = make_document("a.txt", TEXT)
    with (
        Library.open(tmp_path / "library", embedder=HashingEmbedder()) as library,
        library.transaction() as tx,
    ):
        tx.add_or_replace(document, make_passages(document), file=make_file(str(file), TEXT))
    return tmp_path / "library"


def tamper(place: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(place / "catalogue.sqlite3") as connection:
        connection.execute(statement, values)
    connection.close()


def what(findings: list[Finding]) -> list[str]:
    return [finding.what for finding in findings]


def test_a_sound_library_has_no_findings(place: Path) -> None:
    assert check(place, embedder=HashingEmbedder()) == []


def test_there_must_be_a_library_to_check(tmp_path: Path) -> None:
    for run in (check, repair):
        with pytest.raises(LibraryError, match="No library"):
            run(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_another_model_is_an_error(place: Path) -> None:
    with pytest.raises(ModelMismatch):
        check(place, embedder=lambda: HashingEmbedder(name="other"))


@pytest.mark.parametrize(
    ("pattern", "part"),
    [("vectors.faiss", "vectors"), ("lexical.json", "lexical"), ("lexical-*/*.term", "lexical")],
)
@pytest.mark.parametrize("harm", ["lost", "cut", "flipped"])
def test_a_damaged_cache_is_found_and_rebuilt_without_embedding(
    place: Path, pattern: str, part: str, harm: str
) -> None:
    (path,) = (place / "cache").glob(pattern)
    data = path.read_bytes()
    if harm == "lost":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(data[:-1])
    else:
        path.write_bytes(data[:-5] + bytes([data[-5] ^ 1]) + data[-4:])
    found = check(place)
    assert what(found) == [part]
    assert found[0].level is Level.ERROR
    assert "repair" in found[0].repair
    embedder = HashingEmbedder()
    assert repair(place, embedder=embedder) == []
    assert embedder.embedded == []
    assert check(place) == []


def test_a_cache_that_shows_another_passage_s_vector_is_found_and_rebuilt(place: Path) -> None:
    with Library.open(place, embedder=HashingEmbedder()) as library:
        vectors = library.index.vectors  # type: ignore[attr-defined]
        first, second = vectors.vector(1), vectors.vector(2)
        from index.types import IndexEntry

        vectors.add([IndexEntry(1, "", "", "", None, second), IndexEntry(2, "", "", "", None, first)])
        vectors.commit(library.generation)
    assert what(check(place)) == ["vectors"]
    assert repair(place) == []


def test_a_cache_that_lacks_a_passage_is_found_and_rebuilt(place: Path) -> None:
    with Library.open(place, embedder=HashingEmbedder()) as library:
        words = library.index.words  # type: ignore[attr-defined]
        words.remove([2])
        words.commit(library.generation)
    (finding,) = check(place)
    assert (finding.what, "2 passages, not the 3" in finding.detail) == ("lexical", True)
    assert repair(place) == []


def test_a_cache_that_is_merely_behind_is_no_finding(place: Path) -> None:
    shutil.copytree(place / "cache", place / "older")
    document = make_document("b.txt", "Việc mới.")
    with Library.open(place, embedder=HashingEmbedder()) as library, library.transaction() as tx:
        tx.add_or_replace(document, make_passages(document))
    shutil.rmtree(place / "cache")
    (place / "older").rename(place / "cache")
    assert check(place) == []


@pytest.mark.parametrize(
    ("statement", "detail"),
    [
        ("UPDATE passages SET start = start + 1 WHERE ordinal = 2", "passage 2 is not characters"),
        ("UPDATE passages SET end = 100000 WHERE ordinal = 3", "passage 3 is not characters"),
        ("UPDATE documents SET text = text || '!'", "fingerprint"),
        ("DELETE FROM passages WHERE ordinal = 2", "passage 2 is missing"),
        ("INSERT INTO pages VALUES (1, 1, 0, 99999, NULL)", "page 1"),
    ],
)
def test_a_document_that_does_not_hold_is_found_and_read_again(
    place: Path, statement: str, detail: str
) -> None:
    from index.ingestion import ingest

    tamper(place, statement)
    findings = check(place)
    assert detail in findings[0].detail
    assert findings[0].what == "a.txt"
    assert "a.txt" in what(repair(place, embedder=HashingEmbedder()))
    with Library.open(place, embedder=HashingEmbedder()) as library:
        report = ingest(library, [place.parent / "a.txt"])
        assert (report.replaced, report.failures) == (1, ())
    assert check(place) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM vectors WHERE rowid = 2",
        "UPDATE vectors SET vector = substr(vector, 1, 20) WHERE rowid = 1",
        "UPDATE vectors SET vector = zeroblob(128) WHERE rowid = 3",
    ],
)
def test_a_missing_or_damaged_vector_is_found_and_only_that_one_made(place: Path, statement: str) -> None:
    tamper(place, statement)
    assert what(check(place)) == ["vectors in the catalogue"]
    assert what(repair(place)) == ["vectors in the catalogue"], "without a model it stays"
    embedder = HashingEmbedder()
    assert repair(place, embedder=embedder) == []
    assert len(embedder.embedded) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM vectors WHERE text_sha256 = ?",
        "UPDATE vectors SET vector = substr(vector, 1, 20) WHERE text_sha256 = ?",
        "UPDATE vectors SET vector = zeroblob(128) WHERE text_sha256 = ?",
    ],
)
def test_a_missing_or_damaged_vector_of_a_sentence_is_found_and_only_that_one_made(
    tmp_path: Path, statement: str
) -> None:
    from index.ingestion import ingest

    sentences = ["Chi bộ thôn Hạ họp ngày mùng năm.", "Suối cạn vào mùa khô hằng năm."]
    (tmp_path / "b.md").write_text(" ".join(sentences) + "\n", "utf-8")
    with Library.open(tmp_path / "library", embedder=HashingEmbedder()) as library:
        ingest(library, [tmp_path / "b.md"])
    tamper(tmp_path / "library", statement, text_hash(sentences[1]))
    (finding,) = check(tmp_path / "library")
    assert (finding.what, finding.detail) == (
        "vectors in the catalogue",
        "1 sentences have no vector, or a damaged one",
    )
    assert what(repair(tmp_path / "library")) == ["vectors in the catalogue"], "without a model it stays"
    embedder = HashingEmbedder()
    assert repair(tmp_path / "library", embedder=embedder) == []
    assert embedder.embedded == [sentences[1]]
    with Library.open(tmp_path / "library", embedder=HashingEmbedder()) as library:
        assert set(library.stored_vectors(sentences)) == set(sentences)


def test_a_sentence_that_its_document_does_not_have_is_forgotten(place: Path) -> None:
    tamper(place, "INSERT INTO units VALUES (1, ?)", text_hash("Câu lạ."))
    assert what(check(place)) == ["vectors in the catalogue"]
    embedder = HashingEmbedder()
    assert repair(place, embedder=embedder) == []
    assert embedder.embedded == []


def test_files_that_are_gone_are_a_warning(place: Path) -> None:
    (place.parent / "a.txt").unlink()
    (finding,) = check(place)
    assert finding.level is Level.WARNING
    assert "--prune" in finding.repair


def test_a_damaged_database_is_refused_in_one_line(place: Path) -> None:
    path = place / "catalogue.sqlite3"
    data = bytearray(path.read_bytes())
    for page in range(3, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(data)
    with pytest.raises(LibraryError, match=r"cannot be used: .*malformed.*backup") as caught:
        check(place)
    assert "\n" not in str(caught.value)


def test_a_row_that_points_at_nothing_is_a_finding(place: Path) -> None:
    tamper(place, "UPDATE passages SET document_key = 77 WHERE ordinal = 3")
    (finding,) = check(place)
    assert (finding.what, finding.level) == ("catalogue", Level.ERROR)


def test_a_library_killed_before_its_tables_were_made_is_sound(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    assert check(tmp_path, embedder=HashingEmbedder()) == []
