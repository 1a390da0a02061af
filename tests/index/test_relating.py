"""Relations come from the texts, whichever document is stored first, and follow every change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from handmade import HashingEmbedder, make_document, make_file, make_passages

import index.ingestion
from index.ingestion import ingest
from index.library import Library
from index.records import RelationKind
from index.relating import standing
from ingest.types import Kind, Status

OLD = "Hướng dẫn của khóa trước về kết nạp đảng viên."
NEW = "Hướng dẫn này thay thế Hướng dẫn số 01-HD/TW, ngày 28/9/2021 của Ban Bí thư."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", embedder=HashingEmbedder()) as opened:
        yield opened


def store(library: Library, name: str, text: str, number: str, issued: date | None, **values: object) -> None:
    facts = {"kind": Kind.GUIDANCE, **values}
    document = make_document(name, text, number=number, issued_on=issued, **facts)
    with library.transaction() as tx:
        tx.add_or_replace(document, make_passages(document), file=make_file(f"/d/{name}", text))


def old(library: Library) -> None:
    store(library, "old.txt", OLD, "01-HD/TW", date(2021, 9, 28))


def older(library: Library) -> None:
    store(library, "older.txt", OLD + " Bản đầu.", "01-HD/TW", date(2016, 9, 20))


def new(library: Library) -> None:
    store(library, "new.txt", NEW, "01-HD/TW", date(2026, 3, 2))


def targets(library: Library, name: str = "new.txt") -> list[str | None]:
    return [relation.target_id for relation in library.relations(name) if relation.document_id == name]


@pytest.mark.parametrize("order", [(old, older, new), (new, older, old), (older, new, old)])
def test_the_one_of_that_date_is_meant_whichever_comes_first(library: Library, order: tuple) -> None:  # type: ignore[type-arg]
    for put in order:
        put(library)
    (relation,) = library.relations("old.txt")
    assert (relation.document_id, relation.kind) == ("new.txt", RelationKind.REPLACES)
    assert NEW[relation.start : relation.end] == NEW
    assert library.relations("older.txt") == []


def test_a_target_that_is_not_there_is_named_all_the_same(library: Library) -> None:
    new(library)
    older(library)
    (relation,) = library.relations("new.txt")
    assert (relation.number, relation.target_id) == ("01-HD/TW", None)


def test_removal_and_return_are_followed(library: Library) -> None:
    old(library)
    new(library)
    with library.transaction() as tx:
        tx.remove("old.txt")
    assert targets(library) == [None]
    old(library)
    assert targets(library) == ["old.txt"]
    with library.transaction() as tx:
        tx.remove("new.txt")
    assert library.relations("old.txt") == []


def test_storing_anew_neither_loses_nor_doubles_a_relation(library: Library) -> None:
    old(library)
    new(library)
    old(library)
    new(library)
    assert targets(library) == ["old.txt"]
    store(library, "new.txt", "Hướng dẫn này có hiệu lực từ ngày ký.", "01-HD/TW", date(2026, 3, 2))
    assert library.relations("old.txt") == []


def test_a_number_corrected_ties_and_unties(library: Library) -> None:
    store(library, "old.txt", OLD, "11-HD/TW", date(2021, 9, 28))
    new(library)
    assert targets(library) == [None]
    store(library, "old.txt", OLD, "01-HD/TW", date(2021, 9, 28))
    assert targets(library) == ["old.txt"]
    store(library, "old.txt", OLD, "11-HD/TW", date(2021, 9, 28))
    assert targets(library) == [None]


def test_copies_of_what_is_replaced_are_all_told(library: Library) -> None:
    old(library)
    store(library, "scan.txt", OLD + " (bản quét)", "01-HD/TW", date(2021, 9, 28))
    new(library)
    assert sorted(targets(library)) == ["old.txt", "scan.txt"]  # type: ignore[type-var]
    with library.transaction() as tx:
        tx.remove("scan.txt")
    assert targets(library) == ["old.txt"]


def test_without_a_date_the_one_that_came_before_is_meant_if_there_is_only_one(library: Library) -> None:
    text = "Hướng dẫn này thay thế Hướng dẫn số 01-HD/TW của Ban Bí thư."
    old(library)
    store(library, "later.txt", OLD + " Bản sau.", "01-HD/TW", date(2027, 1, 5))
    store(library, "new.txt", text, "09-HD/TW", date(2026, 3, 2))
    assert targets(library) == ["old.txt"]
    older(library)
    assert targets(library) == [None]


def test_the_same_number_of_another_province_is_another_document(library: Library) -> None:
    province = {"kind": Kind.REGULATION, "issuer": "Tỉnh ủy Hà Giang", "province": "tỉnh Hà Giang"}
    other = {"kind": Kind.REGULATION, "issuer": "Tỉnh ủy Lào Cai", "province": "tỉnh Lào Cai"}
    text = "Quy định này thay thế Quy định số 12-QĐ/TU của Tỉnh ủy."
    store(library, "ha-giang.txt", OLD, "12-QĐ/TU", date(2015, 5, 1), **province)
    store(library, "lao-cai.txt", OLD + " Bản khác.", "12-QĐ/TU", date(2016, 6, 1), **other)
    store(library, "new.txt", text, "40-QĐ/TU", date(2021, 3, 5), **province)
    assert targets(library) == ["ha-giang.txt"]


def test_a_merged_province_may_replace_by_name_what_its_part_issued(library: Library) -> None:
    text = "Quy định này thay thế Quy định số 12-QĐ/TU ngày 01/5/2015 của Tỉnh ủy Hà Giang."
    store(
        library,
        "old.txt",
        OLD,
        "12-QĐ/TU",
        date(2015, 5, 1),
        issuer="Tỉnh ủy Hà Giang",
        province="tỉnh Hà Giang",
    )
    store(
        library,
        "new.txt",
        text,
        "3-QĐ/TU",
        date(2025, 9, 5),
        kind=Kind.REGULATION,
        issuer="Tỉnh ủy Tuyên Quang",
        province="tỉnh Tuyên Quang",
    )
    assert targets(library) == ["old.txt"]


def test_the_library_tells_the_standing_of_all_its_documents_at_once(library: Library) -> None:
    old(library)
    new(library)
    store(library, "ended.txt", "Kế hoạch đã xong.", "05-KH/TU", date(2019, 1, 1), status=Status.ENDED)
    found = standing(library.catalogue)
    assert found.told == {"old.txt": tuple(library.relations("old.txt"))}
    assert found.statuses == {"ended.txt": Status.ENDED}
    assert found.generation == library.generation


def test_a_library_of_before_catches_up(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    head = "---\nnumber: {}\nkind: hướng dẫn\nissued_on: {}\n---\n\n{}\n"
    (folder / "old.md").write_text(head.format("01-HD/TW", "2021-09-28", OLD), encoding="utf-8")
    (folder / "new.md").write_text(head.format("01-HD/TW", "2026-03-02", NEW), encoding="utf-8")
    with monkeypatch.context() as before:
        before.setattr(index.ingestion, "RECIPE", 1)
        before.setattr("index.relating.acts", lambda document: ())
        ingest(library, [folder])
    assert library.relations("old.md") == []
    report = ingest(library, [folder])
    assert (report.replaced, report.embedded) == (2, 0)
    assert targets(library, "new.md") == ["old.md"]
    assert ingest(library, [folder]).unchanged == 2
