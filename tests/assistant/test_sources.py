"""What the source viewer shows: the stored text around a place, and the original file as it is now."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import NoSuchPlace, OriginalChanged, OriginalMissing, UnknownDocument
from assistant.originals import OriginalState
from assistant.page_pictures import PagePictures
from assistant.source_blocks import blocks_of
from assistant.sources import Place, Sources, check_of
from assistant.validity import Validity
from index.ingestion import ingest
from index.library import Library
from index.originals import listed_files
from index.types import Embedder
from ingest.sample_corpus import folder
from ingest.types import Document, Page

PDF = "khoi-doanh-nghiep-ha-tinh-2022.pdf"
TEXT = "thanh-pho-bac-ninh-2024.txt"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("library")
    files = home / "files"
    files.mkdir()
    for name in (PDF, TEXT):
        shutil.copy(folder() / name, files)
    with Library.open(home / "library", embedder=embedder) as library:
        assert ingest(library, [files]).added == 2
        yield library


@pytest.fixture
def sources(library: Library) -> Sources:
    return Sources(library, Validity(library))


@pytest.fixture
def file(library: Library, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The text's file, put back as it was after the test."""
    (listed,) = listed_files(library, TEXT)
    content, times = listed.path.read_bytes(), listed.path.stat()
    yield listed.path
    listed.path.unlink(missing_ok=True)
    listed.path.write_bytes(content)
    os.utime(listed.path, ns=(times.st_atime_ns, times.st_mtime_ns))


def place_of(library: Library, name: str, quote: str) -> Place:
    start = library.document(name).text.index(quote)
    return Place(name, start, start + len(quote), check_of(quote))


@pytest.mark.parametrize(
    "path", sorted(p for p in folder().iterdir() if ".meta." not in p.name), ids=lambda p: p.name
)
def test_the_blocks_of_a_document_hold_all_of_its_text_once(path: Path) -> None:
    from ingest.load import load

    document = load(path)
    blocks = blocks_of(document)
    assert all(document.text[block.start : block.end] == block.text for block in blocks)
    assert "".join("".join(block.text for block in blocks).split()) == "".join(document.text.split())
    for block in blocks:
        page = document.page_at(block.start)
        assert block.page == (page.number if page else None)
        assert page is None or block.end <= page.end


def test_a_paragraph_that_goes_on_on_the_next_page_is_cut_there() -> None:
    text = "Chi bộ họp mỗi tháng một lần vào ngày đầu tháng."
    document = Document("a.pdf", "0" * 64, "A", text, pages=(Page(1, 0, 20), Page(2, 20, len(text))))
    blocks = blocks_of(document)
    assert [(block.page, block.text) for block in blocks] == [(1, text[:20].rstrip()), (2, text[20:])]


def test_a_view_marks_the_stored_offsets(library: Library, sources: Sources) -> None:
    place = place_of(library, TEXT, "Phụ nữ chiếm 438 người, tương đương 67%.")
    view = sources.view(place)
    assert view.span == (place.start, place.end)
    assert not view.before
    assert not view.after
    assert view.original is not None
    assert view.original.state is OriginalState.SAME


def test_other_words_at_the_place_of_a_link_are_not_marked(library: Library, sources: Sources) -> None:
    place = place_of(library, TEXT, "Phụ nữ chiếm 438 người, tương đương 67%.")
    assert sources.view(Place(TEXT, place.start + 1, place.end + 1, place.check)).span is None
    assert sources.view(Place(TEXT, 10**9, 10**9 + 5, place.check)).span is None
    assert sources.view(Place(TEXT, place.start, place.end)).span == (place.start, place.end)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (0, 10**9)])
def test_offsets_that_no_text_has_are_refused(sources: Sources, start: int, end: int) -> None:
    with pytest.raises(NoSuchPlace):
        sources.view(Place(TEXT, start, end))


def test_a_document_that_is_not_there_is_told(sources: Sources) -> None:
    for ask in (lambda: sources.view(Place("khong-co.txt", 0, 5)), lambda: sources.open_original("../x")):
        with pytest.raises(UnknownDocument):
            ask()


def test_a_long_document_comes_in_parts_that_leave_nothing_out(
    library: Library, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.sources.AROUND", 150)
    whole = blocks_of(library.document(PDF))
    place = place_of(library, PDF, "373 đảng viên")
    for start in (place, Place(PDF, 0, 5)):
        blocks = sources.view(start)
        found, first = list(blocks.blocks), blocks.first
        while first > 0:
            part = sources.more(start, first, down=False)
            assert part.blocks
            found, first = [*part.blocks, *found], part.first
        while len(found) < blocks.total:
            part = sources.more(start, len(found), down=True)
            assert part.blocks
            found += part.blocks
        assert found == list(whole)


def test_an_original_that_was_only_touched_is_the_same(
    library: Library, sources: Sources, file: Path
) -> None:
    os.utime(file)
    found, content, size = sources.open_original(TEXT)
    with content:
        assert content.read() == file.read_bytes()
    assert found.state is OriginalState.SAME
    assert size == file.stat().st_size


def test_an_original_of_other_content_is_told(library: Library, sources: Sources, file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"438", b"439"))
    found, content, _ = sources.open_original(TEXT)
    content.close()
    assert found.state is OriginalState.CHANGED
    original = sources.view(Place(TEXT, 0, 5)).original
    assert original is not None
    assert original.state is OriginalState.CHANGED


def test_an_original_that_changed_behind_equal_size_and_time_is_told_on_opening(
    library: Library, sources: Sources, file: Path
) -> None:
    times = file.stat()
    file.write_bytes(file.read_bytes().replace(b"438", b"439"))
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    found, content, _ = sources.open_original(TEXT)
    content.close()
    assert found.state is OriginalState.CHANGED


def test_an_original_that_is_gone_is_told(library: Library, sources: Sources, file: Path) -> None:
    file.unlink()
    with pytest.raises(OriginalMissing):
        sources.open_original(TEXT)
    file.mkdir()
    try:
        with pytest.raises(OriginalMissing):
            sources.open_original(TEXT)
    finally:
        file.rmdir()


def test_a_page_is_drawn_once_and_kept(library: Library, sources: Sources) -> None:
    place = place_of(library, PDF, "Doanh nghiệp cổ phần và tư nhân chỉ có 8 tổ chức đảng, 373 đảng viên.")
    (page,) = sources.boxes(place)
    assert page.page == 1
    assert len(page.boxes) == 2
    picture = sources.picture(PDF, 1)
    assert picture.read_bytes().startswith(b"\x89PNG")
    drawn = picture.stat().st_ino
    assert Sources(library, Validity(library)).picture(PDF, 1).stat().st_ino == drawn


def test_a_damaged_note_of_a_page_is_made_anew(library: Library, sources: Sources) -> None:
    picture = sources.picture(PDF, 1)
    picture.with_suffix(".json").write_text('{"width": 5')
    place = place_of(library, PDF, "373 đảng viên")
    assert sources.boxes(place)[0].boxes
    assert sources.picture(PDF, 1).is_file()


def test_the_folder_of_pictures_stays_within_its_bounds(library: Library, tmp_path: Path) -> None:
    (file,) = listed_files(library, PDF)
    pictures = PagePictures(tmp_path / "pages", budget=1)
    for number in (1, 2):
        pictures.picture(file, number)
    assert {path.name for path in (tmp_path / "pages").iterdir()} == {
        f"{file.sha256}-2.png",
        f"{file.sha256}-2.json",
    }


def test_only_a_file_that_is_still_the_same_is_drawn(library: Library, sources: Sources) -> None:
    (listed,) = listed_files(library, PDF)
    times = listed.path.stat()
    content = listed.path.read_bytes()
    try:
        listed.path.write_bytes(content + b"\n%")
        with pytest.raises(OriginalChanged):
            sources.picture(PDF, 1)
        assert not sources.view(Place(PDF, 0, 5)).drawn
    finally:
        listed.path.write_bytes(content)
        os.utime(listed.path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert sources.view(Place(PDF, 0, 5)).drawn
    with pytest.raises(OriginalMissing):
        sources.picture(TEXT, 1)
