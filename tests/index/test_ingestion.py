from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from handmade import HashingEmbedder

from index.checkup import check
from index.errors import EmbeddingFailed, LibraryBusy
from index.ingestion import IngestReport, ingest
from index.library import Library
from index.progress import IngestEvent, Stage
from ingest.units import units

REPORT = """# Báo cáo công tác phát triển đảng viên

Trong năm, các chi bộ vùng cao đã kết nạp 214 đảng viên, trong đó có 96 đảng viên nữ.

Huyện ủy giao chỉ tiêu cho từng chi bộ và kiểm tra hằng quý.
"""
PLAN = """# Kế hoạch luân chuyển cán bộ

Luân chuyển 15 cán bộ trẻ về các xã biên giới trong hai năm.
"""


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def library(tmp_path: Path, embedder: HashingEmbedder) -> Iterator[Library]:
    with Library.open(tmp_path / "library", embedder=embedder) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    (made / "sub").mkdir(parents=True)
    (made / "report.md").write_text(REPORT, "utf-8")
    (made / "sub" / "plan.md").write_text(PLAN, "utf-8")
    return made


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.replaced, report.unchanged, report.duplicates


def texts_of(library: Library) -> set[str]:
    """What vectors are made of."""
    found: set[str] = set()
    for summary in library.documents():
        document = library.document(summary.id)
        for passage in library.passages(summary.id):
            found |= {passage.text, *(unit.meaning for unit in units(document, passage))}
    return found


def test_a_folder_becomes_a_library_that_answers(library: Library, folder: Path) -> None:
    report = ingest(library, [folder])
    assert counts(report) == (2, 0, 0, 0)
    assert report.failures == ()
    assert report.passages == library.stats().passages
    # Every passage and every sentence that can be quoted, each text once.
    assert report.embedded == library.stats().vectors == len(texts_of(library))
    assert report.embedded > report.passages
    assert report.seconds >= report.encoder_seconds > 0
    hit = library.search("kết nạp bao nhiêu đảng viên nữ")[0]
    assert hit.document.id == "report.md"
    assert "96" in hit.passage.text


def test_nothing_is_read_or_embedded_again_when_nothing_changed(
    library: Library, folder: Path, embedder: HashingEmbedder
) -> None:
    ingest(library, [folder])
    generation = library.generation
    embedder.embedded.clear()
    events: list[IngestEvent] = []
    assert counts(ingest(library, [folder], on_event=events.append)) == (0, 0, 2, 0)
    assert embedder.embedded == []
    assert Stage.READ not in {event.stage for event in events}
    assert library.generation == generation


def test_a_touched_file_is_unchanged(library: Library, folder: Path) -> None:
    ingest(library, [folder])
    generation = library.generation
    os.utime(folder / "report.md", (1, 1))
    assert counts(ingest(library, [folder])) == (0, 0, 2, 0)
    assert library.generation == generation


def test_a_changed_file_is_replaced_and_only_its_new_passages_embedded(
    library: Library, folder: Path, embedder: HashingEmbedder
) -> None:
    ingest(library, [folder])
    embedder.embedded.clear()
    (folder / "report.md").write_text(REPORT.replace("214", "318"), "utf-8")
    assert counts(ingest(library, [folder])) == (0, 1, 1, 0)
    assert all("318" in text for text in embedder.embedded)
    assert "318" in library.search("kết nạp đảng viên vùng cao")[0].passage.text
    assert not any("214" in hit.passage.text for hit in library.search("kết nạp 214 đảng viên", k=20))


def test_a_metadata_file_that_comes_changes_or_goes_is_a_change(library: Library, folder: Path) -> None:
    ingest(library, [folder])
    sidecar = folder / "report.md.meta.toml"
    sidecar.write_text('title = "Báo cáo năm"\n', "utf-8")
    assert counts(ingest(library, [folder])) == (0, 1, 1, 0)
    assert library.document("report.md").title == "Báo cáo năm"
    sidecar.write_text('title = "Báo cáo quý"\n', "utf-8")
    assert counts(ingest(library, [folder])) == (0, 1, 1, 0)
    sidecar.unlink()
    assert counts(ingest(library, [folder])) == (0, 1, 1, 0)
    assert library.document("report.md").title == "Báo cáo công tác phát triển đảng viên"
    assert counts(ingest(library, [folder])) == (0, 0, 2, 0)


def test_the_same_text_under_two_names_is_stored_once(library: Library, folder: Path) -> None:
    shutil.copy(folder / "report.md", folder / "zcopy.md")
    report = ingest(library, [folder])
    assert counts(report) == (2, 0, 0, 1)
    assert library.document("report.md").names == ("report.md", "zcopy.md")
    assert counts(ingest(library, [folder])) == (0, 0, 3, 0)
    (folder / "report.md").unlink()
    assert ingest(library, [folder], prune=True).pruned == ()
    assert library.document("report.md").names == ("zcopy.md",)


def test_one_bad_file_never_stops_the_others(library: Library, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 this is none")
    (folder / "plan.md.meta.toml").write_text("", "utf-8")
    (folder / "report.md.meta.toml").write_text('tittle = "x"\n', "utf-8")
    report = ingest(library, [folder, folder / "absent.txt"])
    assert {failure.path.name for failure in report.failures} == {
        "empty.txt",
        "bad.pdf",
        "report.md.meta.toml",
        "absent.txt",
    }
    assert all("\n" not in str(failure) for failure in report.failures)
    assert [document.id for document in library.documents()] == ["plan.md"]
    assert check(library.directory) == []
    (folder / "report.md.meta.toml").unlink()
    assert counts(ingest(library, [folder])) == (1, 0, 1, 0)


def test_a_file_that_becomes_bad_keeps_what_was_stored(library: Library, folder: Path) -> None:
    ingest(library, [folder])
    (folder / "report.md").write_bytes(b"")
    report = ingest(library, [folder])
    assert len(report.failures) == 1
    assert "214" in library.document("report.md").text


def test_an_error_nobody_foresaw_is_one_file_s_failure(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = HashingEmbedder.count_tokens

    def stumble(self: HashingEmbedder, text: str) -> int:
        if "Luân chuyển" in text:
            raise MemoryError("no room")
        return count(self, text)

    monkeypatch.setattr(HashingEmbedder, "count_tokens", stumble)
    report = ingest(library, [folder])
    (failure,) = report.failures
    assert "MemoryError: no room" in str(failure)
    assert [document.id for document in library.documents()] == ["report.md"]


def test_prune_removes_documents_whose_files_are_gone_from_the_given_folders_only(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "else.md").write_text("# Khác\n\nMột việc khác hẳn.\n", "utf-8")
    ingest(library, [folder, other])
    (folder / "report.md").unlink()
    (other / "else.md").unlink()
    assert ingest(library, [folder]).pruned == ()
    assert ingest(library, [folder], prune=True).pruned == ("report.md",)
    assert {document.id for document in library.documents()} == {"plan.md", "else.md"}
    shutil.rmtree(folder / "sub")
    assert ingest(library, [str(folder / "**" / "*.md")], prune=True).pruned == ("plan.md",)


def test_prune_takes_nothing_from_a_folder_that_is_itself_absent(library: Library, folder: Path) -> None:
    ingest(library, [folder])
    folder.rename(folder.with_name("unmounted"))
    report = ingest(library, [folder], prune=True)
    assert report.pruned == ()
    assert len(report.failures) == 1
    assert library.stats().documents == 2


def test_prune_of_one_named_file_that_is_gone(library: Library, folder: Path) -> None:
    ingest(library, [folder])
    (folder / "report.md").unlink()
    report = ingest(library, [folder / "report.md"], prune=True)
    assert report.pruned == ("report.md",)
    assert report.failures == ()


def test_the_path_may_be_written_in_any_way(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(library, [folder])
    monkeypatch.chdir(folder)
    assert counts(ingest(library, ["."])) == (0, 0, 2, 0)
    assert counts(ingest(library, ["sub/../report.md"])) == (0, 0, 1, 0)


def test_another_passage_length_splits_again(library: Library, folder: Path) -> None:
    first = ingest(library, [folder])
    second = ingest(library, [folder], max_tokens=16)
    assert counts(second) == (0, 2, 0, 0)
    assert library.stats().passages > first.passages


def test_the_events_tell_a_progress_bar_all_it_needs(library: Library, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    events: list[IngestEvent] = []
    ingest(library, [folder], on_event=events.append)
    assert {event.files_total for event in events} == {3}
    done = [event.files_done for event in events]
    assert done == sorted(done)
    assert done[-1] == 3
    steps = [event for event in events if event.stage not in (Stage.STARTED, Stage.READ)]
    ends = {event.path.name: event for event in steps if event.path}
    assert {name: event.stage for name, event in ends.items()} == {
        "report.md": Stage.STORED,
        "plan.md": Stage.STORED,
        "empty.txt": Stage.FAILED,
    }
    assert ends["empty.txt"].error is not None
    assert ends["report.md"].document_id == "report.md"
    embedded = [event for event in events if event.stage is Stage.EMBEDDED]
    assert embedded[-1].passages_done == library.stats().vectors
    assert embedded[-1].passages_waiting == 0
    assert embedded[-1].passages_per_second > 0
    assert events[-1].seconds_left == 0


def test_an_interruption_stores_whole_documents_only(library: Library, folder: Path) -> None:
    def interrupt(event: IngestEvent) -> None:
        if event.stage is Stage.STORED:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(library, [folder], on_event=interrupt)
    assert check(library.directory) == []
    assert counts(ingest(library, [folder])) == (1, 0, 1, 0)


def test_a_model_that_answers_wrongly_ends_the_ingestion_and_stores_nothing(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path / "library", embedder=HashingEmbedder(dimension=64)) as library:
        right = HashingEmbedder.passages
        monkeypatch.setattr(HashingEmbedder, "passages", lambda self, texts: right(self, texts)[:, :10])
        with pytest.raises(EmbeddingFailed, match="shape"):
            ingest(library, [folder])
        assert library.documents() == []


def test_two_ingestions_at_once_are_refused(tmp_path: Path, folder: Path) -> None:
    with (
        Library.open(tmp_path / "library", embedder=HashingEmbedder()) as one,
        Library.open(tmp_path / "library", embedder=HashingEmbedder(), lock_timeout=0.1) as two,
        one.writing(),
        pytest.raises(LibraryBusy),
    ):
        ingest(two, [folder])
