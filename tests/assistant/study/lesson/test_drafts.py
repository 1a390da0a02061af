"""Drafts that last: versions, copies, and what became of their documents meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import UnknownDraft, UnreadableDraft
from assistant.study.drafts import LONGEST_TITLE, Drafts
from assistant.study.editing import Editor
from assistant.study.making import make_draft
from assistant.study.tree import item, items
from assistant.study.types import Draft, Fault, Part, Wish
from index.drafts import DraftStore
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder

RULE = """QUY ĐỊNH
về sinh hoạt chi bộ

Điều 1. Thời gian sinh hoạt chi bộ

1. Chi bộ sinh hoạt thường kỳ mỗi tháng một lần vào ngày 5.

2. Bí thư chi bộ gửi tài liệu sinh hoạt chi bộ cho đảng viên trước buổi họp ít nhất 3 ngày.

Điều 2. Biên bản sinh hoạt chi bộ

1. Biên bản sinh hoạt chi bộ được lưu 12 năm tại văn phòng đảng ủy.
"""
WISH = Wish("sinh hoạt chi bộ", parts=(Part.PLAN,), minutes=20)


@pytest.fixture
def own(tmp_path: Path, embedder: Embedder) -> Iterator[Library]:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "quy-dinh.txt").write_text(RULE, encoding="utf-8")
    with Library.open(tmp_path / "library", embedder=embedder) as library:
        assert ingest(library, [tmp_path / "documents"]).added == 1
        yield library


def test_versions_are_kept_restored_and_copied(own: Library) -> None:
    drafts, editor = Drafts(own), Editor(own)
    first = make_draft(own, WISH)
    saved = drafts.add("an", first, note="soạn")
    point = next(p for s in first.lessons[0].sections for p in s.points)
    second = editor.remove(first, point.id)
    assert drafts.save("an", saved.id, second, note="bỏ một ý").versions == 2
    assert drafts.load("an", saved.id) == second
    assert drafts.load("an", saved.id, 1) == first
    assert drafts.restore("an", saved.id, 1, note="lấy lại").versions == 3
    assert drafts.load("an", saved.id) == first
    assert [v.note for v in drafts.versions("an", saved.id)] == ["soạn", "bỏ một ý", "lấy lại"]
    copy = drafts.duplicate("an", saved.id, title="Bản khác")
    assert (copy.title, copy.versions) == ("Bản khác", 1)
    drafts.delete("an", saved.id)
    assert drafts.load("an", copy.id) == first
    assert [entry.id for entry in drafts.listed("an")] == [copy.id]


def test_a_title_is_the_owners(own: Library) -> None:
    drafts = Drafts(own)
    saved = drafts.add("an", make_draft(own, WISH))
    assert saved.title == "Sinh hoạt chi bộ"
    assert drafts.rename("an", saved.id, "  Bài   một ").title == "Bài một"
    assert drafts.rename("an", saved.id, " ").title == "Bài một"
    assert len(drafts.rename("an", saved.id, "x" * 500).title) == LONGEST_TITLE
    with pytest.raises(UnknownDraft):
        drafts.load("bình", saved.id)


def test_a_draft_says_what_became_of_its_documents(own: Library, tmp_path: Path) -> None:
    drafts = Drafts(own)
    saved = drafts.add("an", make_draft(own, WISH))
    rule = tmp_path / "documents" / "quy-dinh.txt"
    rule.write_text(RULE.replace("12 năm", "15 năm"), encoding="utf-8")
    ingest(own, [tmp_path / "documents"])
    loaded = drafts.load("an", saved.id)
    changed = [entry for entry in items(loaded) if getattr(entry, "faults", ())]
    assert [entry.faults for entry in changed] == [(Fault.QUOTE,)]
    assert "12 năm" in changed[0].text
    with own.transaction() as tx:
        tx.remove("quy-dinh.txt")
    loaded = drafts.load("an", saved.id)
    points = [p for s in loaded.lessons[0].sections for p in s.points]
    assert points
    assert all(point.faults == (Fault.QUOTE,) for point in points)


def test_what_another_version_stored_is_refused(own: Library) -> None:
    drafts = Drafts(own)
    DraftStore(own.catalogue).add("an", "d", "Tên", '{"form": 9, "draft": {}}', "")
    with pytest.raises(UnreadableDraft, match="form 9"):
        drafts.load("an", "d")


def test_an_item_keeps_its_name_through_a_save(own: Library) -> None:
    drafts = Drafts(own)
    made = make_draft(own, WISH)
    saved = drafts.add("an", made)
    loaded: Draft = drafts.load("an", saved.id)
    for entry in items(made):
        assert item(loaded, entry.id) == entry
