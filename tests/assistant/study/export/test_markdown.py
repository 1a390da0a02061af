"""All parts as Markdown with footnotes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant.errors import PartMissing
from assistant.study.export.documents import to_markdown
from assistant.study.types import Draft

from ..drafts import full_draft


@pytest.fixture(scope="module")
def text() -> str:
    return to_markdown(full_draft()).decode()


def test_every_reference_has_its_note_in_order(text: str) -> None:
    body, *_ = text.split("\n[^1]: ")
    referred = re.findall(r"\[\^(\d+)\]", body)
    defined = re.findall(r"^\[\^(\d+)\]: “.+” — .+\.", text, re.MULTILINE)
    assert list(dict.fromkeys(referred)) == defined == [str(n) for n in range(1, len(defined) + 1)]
    assert len(defined) == len(full_draft().citations)


def test_all_parts_are_there(text: str) -> None:
    assert re.findall(r"^# (.+)$", text, re.MULTILINE) == [
        "GIÁO ÁN",
        "TÀI LIỆU PHÁT TAY",
        "BÀI KIỂM TRA",
        "ĐÁP ÁN VÀ MINH CHỨNG",
        "Thẻ ghi nhớ",
        "Bài trình chiếu",
    ]
    assert "| Huyện Mường Nhé | 221,6% |" in text
    assert re.search(r"^\*\*1\\?\. Thời kỳ dự bị kéo dài bao lâu\?\*\*$", text, re.MULTILINE)


def test_tables_have_as_many_cells_in_each_row(text: str) -> None:
    tables = re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE)
    assert len(tables) >= 6
    for table in tables:
        rows = [re.split(r"(?<!\\)\|", row)[1:-1] for row in table.strip().split("\n")]
        assert len({len(row) for row in rows}) == 1, table
        assert set(rows[1]) == {" --- "}


def test_what_there_is_is_written() -> None:
    draft: Draft = replace(full_draft(), lessons=(), handout=None, quiz=(), slides=())
    assert to_markdown(draft).decode().startswith("# Thẻ ghi nhớ\n")
    with pytest.raises(PartMissing):
        to_markdown(replace(draft, flashcards=()))
