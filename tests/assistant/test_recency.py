"""A question about the present is answered by the newest document in force that answers it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.recency import newest_first, recencies
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder
from ingest.types import Document, Status

REPORT = """\
HUYỆN ỦY MÙ CANG CHẢI
Số {number}-BC/HU
Mù Cang Chải, ngày 4 tháng 12 năm {year}

BÁO CÁO
về công tác đảng viên

Đảng bộ huyện có {members} đảng viên, sinh hoạt ở 61 chi bộ.

Mức trợ cấp xăng xe cho bí thư chi bộ bản xa là {allowance} nghìn đồng mỗi tháng.
"""
#: Name → number, year, members, allowance.
REPORTS = {
    "2012.txt": (88, 2012, "1.904", 110),
    "2018.txt": (31, 2018, "2.317", 150),
    "2024.txt": (57, 2024, "2.786", 240),
}
DAY = date(2020, 5, 1)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("reports")
    for name, (number, year, members, allowance) in REPORTS.items():
        text = REPORT.format(number=number, year=year, members=members, allowance=allowance)
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(tmp_path_factory.mktemp("library"), embedder=embedder) as library:
        assert ingest(library, [folder]).added == len(REPORTS)
        yield Assistant(library)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Hiện nay Đảng bộ huyện có bao nhiêu đảng viên?", "2.786"),
        ("Mức trợ cấp xăng xe mới nhất cho bí thư chi bộ bản xa là bao nhiêu?", "240"),
        ("How many party members does the district party organization have now?", "2.786"),
    ],
)
def test_the_newest_document_answers_how_things_are_now(
    reports: Assistant, question: str, figure: str
) -> None:
    (first, *_) = reports.ask(question).citations
    assert first.document_id == "2024.txt"
    assert figure in first.quote


def test_a_document_that_is_named_is_stronger_than_now(reports: Assistant) -> None:
    (first, *_) = reports.ask("Báo cáo số 88-BC/HU hiện nay ghi huyện có bao nhiêu đảng viên?").citations
    assert first.document_id == "2012.txt"


def document(name: str, day: date | None, status: Status = Status.UNKNOWN) -> Document:
    return Document(id=name, sha256=name, title=name, text=name, issued_on=day, status=status)


def test_what_has_no_date_or_is_no_longer_in_force_is_not_recent() -> None:
    documents = [
        document("first", DAY),
        document("second", DAY.replace(year=2021)),
        document("undated", None),
        document("ended", DAY.replace(year=2022), Status.ENDED),
        document("superseded", DAY.replace(year=2023)),
    ]
    values = recencies(documents, {"superseded"})
    assert values == {"first": 0.5, "second": 1.0, "undated": 0.0, "ended": 0.0, "superseded": 0.0}
    assert newest_first([]) == []
