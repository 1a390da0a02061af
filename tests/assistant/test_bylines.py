"""Who wrote an article: the question, the line that answers it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.bylines import authorship_asked, is_byline
from index.ingestion import ingest
from index.library import Library

ARTICLE = """\
Phiên chợ sách ở bản xa

Sáng chủ nhật, thanh niên trong bản mở phiên chợ sách đầu tiên bên bờ suối. Ai cũng được mượn hai cuốn.

Các cụ già kể chuyện cũ, trẻ con ngồi nghe đến trưa mới về.

Lan Thảo - Minh Khuê
"""


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Ai viết bài về phiên chợ sách?", True),
        ("Bài báo về phiên chợ sách do ai viết?", True),
        ("Bức ảnh phiên chợ của ai?", True),
        ("Tác giả bài viết về chợ sách là ai?", True),
        ("Who wrote the article on the book fair?", True),
        ("Ai viết lý lịch cho người vào Đảng?", False),
        ("Bài thu hoạch phải nộp khi nào?", False),
    ],
)
def test_questions_for_a_writer_are_known(question: str, asked: bool) -> None:
    assert authorship_asked(question) is asked


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Lan Thảo - Minh Khuê", True),
        ("Bài và ảnh: Lan Thảo", True),
        ("Ảnh: Khuê", True),
        ("Lan Thảo (TTXVN)", True),
        ("Quang cảnh hội nghị.", False),
        ("Lai Châu", False),
        ("Phản hồi", False),
        ("Lan Thảo kể chuyện cũ.", False),
    ],
)
def test_a_byline_is_names_alone(line: str, names: bool) -> None:
    assert is_byline(line) is names


def test_the_writer_is_quoted_from_the_end_of_the_article(tmp_path: Path, library: Library) -> None:
    (tmp_path / "cho-sach.txt").write_text(ARTICLE, encoding="utf-8")
    with Library.open(tmp_path / "library", embedder=library.embedder) as fresh:
        ingest(fresh, [tmp_path / "cho-sach.txt"])
        assistant = Assistant(fresh)
        answer = assistant.ask("Ai viết bài về phiên chợ sách ở bản xa?")
        assert answer.statements[0].citations[0].quote == "Lan Thảo - Minh Khuê"
        # Asked for anything else, a line of names answers nothing.
        other = assistant.ask("Thanh niên mở phiên chợ sách ở đâu?")
        assert "Minh Khuê" not in " ".join(statement.text for statement in other.statements)


def test_the_line_of_names_is_found_however_far_down_it_stands(tmp_path: Path, library: Library) -> None:
    days = "\n\n".join(
        f"Ngày thứ {day} của phiên chợ sách, bản {day * 7} mang tới {day * 3} cuốn và kể chuyện bên bờ suối. "
        * 4
        for day in range(1, 60)
    )
    body, names = ARTICLE.rsplit("Lan Thảo", 1)
    (tmp_path / "cho-sach.txt").write_text(f"{body}{days}\n\nLan Thảo{names}", encoding="utf-8")
    with Library.open(tmp_path / "library", embedder=library.embedder) as fresh:
        ingest(fresh, [tmp_path / "cho-sach.txt"])
        assistant = Assistant(fresh)
        assert len(fresh.passages("cho-sach.txt")) > 2 * len(assistant.ask("Chợ sách họp ở đâu?").hits)
        answer = assistant.ask("Ai viết bài về phiên chợ sách ở bản xa?")
        assert answer.statements[0].citations[0].quote == "Lan Thảo - Minh Khuê"
