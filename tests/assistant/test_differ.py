"""Two documents that differ on the same thing are both shown with their dates; nothing else is an alarm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import differ
from assistant.answer import Assistant
from assistant.candidates import candidates
from assistant.reading import read
from assistant.scoring import Scored
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder
from ingest.types import Kind


@pytest.fixture
def entries(hits_of: Callable) -> Callable:  # type: ignore[type-arg]
    """The first sentences of two documents as candidates of equal standing."""

    def make(first: str, second: str, **facts: str | Kind | None) -> tuple[Scored, Scored]:
        found = candidates(hits_of(first, second, **facts))
        chosen = {entry.document.id: entry for entry in reversed(found)}
        left, right = (Scored(chosen[name], 1.0, 0.9, 0.9, 1.0, 0.9, (), None) for name in ("1.md", "2.md"))
        return left, right

    return make


MEMBERS = "Đảng bộ tỉnh Sơn La có bao nhiêu đảng viên?"
PLACE = {"province": "tỉnh Sơn La"}


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (
            MEMBERS,
            "Tính đến 30/11/2019, Đảng bộ tỉnh Sơn La có 81.204 đảng viên.",
            "Đến 31/12/2023, Đảng bộ tỉnh Sơn La có 92.617 đảng viên sinh hoạt ở các chi bộ.",
        ),
        (
            "Năm 2022, Đảng bộ tỉnh Sơn La kết nạp bao nhiêu đảng viên?",
            "Năm 2022, Đảng bộ tỉnh Sơn La kết nạp được 2.310 đảng viên mới.",
            "Trong năm 2022 Đảng bộ tỉnh Sơn La đã kết nạp 2.298 đảng viên, vượt kế hoạch.",
        ),
        (
            "Tổng số đảng viên của Đảng bộ tỉnh Sơn La là bao nhiêu?",
            "Tổng số đảng viên của Đảng bộ tỉnh Sơn La là 81.204.",
            "Toàn tỉnh Sơn La hiện có 92.617 đảng viên.",
        ),
        (
            "Tỷ lệ đảng viên nữ của Đảng bộ tỉnh Sơn La là bao nhiêu?",
            "Tỷ lệ đảng viên nữ của Đảng bộ tỉnh Sơn La là 31,2%.",
            "Tỷ lệ đảng viên nữ của Đảng bộ tỉnh Sơn La đạt 34,5%.",
        ),
        (
            "Đảng bộ tỉnh Sơn La mở đợt thi tìm hiểu Điều lệ khi nào?",
            "Đợt thi tìm hiểu Điều lệ của Đảng bộ tỉnh Sơn La mở ngày 12/4/2022.",
            "Đợt thi tìm hiểu Điều lệ của Đảng bộ tỉnh Sơn La mở ngày 20/4/2022.",
        ),
    ],
)
def test_another_figure_or_date_for_the_same_thing_is_a_difference(
    entries: Callable,  # type: ignore[type-arg]
    question: str,
    first: str,
    second: str,
) -> None:
    left, right = entries(first, second, **PLACE)
    reading = read(question)
    assert differ.differs(reading, left, right)
    assert differ.rivals(reading, left, [left, right]) == [right]


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        pytest.param(
            MEMBERS,
            "Đảng bộ tỉnh Sơn La có 81.204 đảng viên.",
            "Toàn Đảng bộ tỉnh Sơn La có 81204 đảng viên.",
            id="the same figure, written otherwise",
        ),
        pytest.param(
            MEMBERS,
            "Đảng bộ tỉnh Sơn La có 81.204 đảng viên.",
            "Đảng bộ tỉnh Sơn La có 25.310 đảng viên nữ.",
            id="a part of those counted",
        ),
        pytest.param(
            MEMBERS,
            "Đảng bộ tỉnh Sơn La có 81.204 đảng viên.",
            "Đảng bộ huyện Mộc Châu có 7.204 đảng viên.",
            id="another place",
        ),
        pytest.param(
            MEMBERS,
            "Đảng bộ tỉnh Sơn La có 81.204 đảng viên.",
            "Chi bộ Văn phòng Tỉnh ủy ở tỉnh Sơn La có 31 đảng viên.",
            id="another level",
        ),
        pytest.param(
            MEMBERS,
            "Đảng bộ tỉnh Sơn La có 81.204 đảng viên.",
            "Đảng bộ tỉnh Sơn La có gần 82.000 đảng viên.",
            id="about the same",
        ),
        pytest.param(
            MEMBERS,
            "Đảng bộ tỉnh Sơn La có 81.204 đảng viên.",
            "Đảng bộ tỉnh Sơn La kết nạp 2.310 đảng viên.",
            id="another doing",
        ),
        pytest.param(
            "Đảng bộ tỉnh Sơn La kết nạp bao nhiêu đảng viên?",
            "Năm 2021, Đảng bộ tỉnh Sơn La kết nạp 2.155 đảng viên.",
            "Năm 2022, Đảng bộ tỉnh Sơn La kết nạp 2.310 đảng viên.",
            id="another year",
        ),
        pytest.param(
            "Năm 2019 Đảng bộ tỉnh Sơn La có bao nhiêu đảng viên?",
            "Đến 30/11/2019, Đảng bộ tỉnh Sơn La có 81.204 đảng viên.",
            "Đến 31/12/2023, Đảng bộ tỉnh Sơn La có 92.617 đảng viên.",
            id="a year that was not asked about",
        ),
        pytest.param(
            "So sánh số đảng viên của tỉnh Sơn La năm 2019 và 2023 là bao nhiêu?",
            "Đến 30/11/2019, Đảng bộ tỉnh Sơn La có 81.204 đảng viên.",
            "Đến 31/12/2023, Đảng bộ tỉnh Sơn La có 92.617 đảng viên.",
            id="a comparison asks for two figures",
        ),
        pytest.param(
            "Vì sao Đảng bộ tỉnh Sơn La kết nạp ít đảng viên?",
            "Năm 2022, Đảng bộ tỉnh Sơn La kết nạp 2.310 đảng viên do thiếu nguồn.",
            "Năm 2022, Đảng bộ tỉnh Sơn La kết nạp 2.298 đảng viên do đi làm ăn xa.",
            id="no figure was asked for",
        ),
        pytest.param(
            "Hội nghị của Đảng bộ tỉnh Sơn La họp khi nào?",
            "Hội nghị tổng kết công tác dân vận của Đảng bộ tỉnh Sơn La họp ngày 12/4/2022.",
            "Hội nghị quán triệt chỉ thị mới họp sáng 20/6/2022 tại Đảng bộ tỉnh Sơn La, có ba báo cáo viên.",
            id="another event",
        ),
    ],
)
def test_what_is_not_the_same_thing_is_no_difference(
    entries: Callable,  # type: ignore[type-arg]
    question: str,
    first: str,
    second: str,
) -> None:
    left, right = entries(first, second, **PLACE)
    assert not differ.differs(read(question), left, right)


def test_documents_of_different_places_never_differ(
    entries: Callable,  # type: ignore[type-arg]
) -> None:
    from dataclasses import replace

    left, right = entries("Đảng bộ có 812 đảng viên.", "Đảng bộ có 927 đảng viên.", **PLACE)
    elsewhere = replace(
        right,
        candidate=replace(
            right.candidate, document=replace(right.candidate.document, province="tỉnh Lai Châu")
        ),
    )
    question = read("Đảng bộ có bao nhiêu đảng viên?")
    assert differ.differs(question, left, right)
    assert not differ.differs(question, left, elsewhere)


OLDER = """\
---
title: Số liệu tổ chức đảng tỉnh Sơn La
kind: báo cáo
province: tỉnh Sơn La
issuer: Tỉnh ủy Sơn La
issued_on: 2019-12-10
---

Tính đến 30/11/2019, Đảng bộ tỉnh Sơn La có 81.204 đảng viên.

Các chi bộ bản họp vào buổi tối để bà con đi nương về kịp dự.
"""
LATER = """\
---
title: Tỉnh Sơn La nâng chất lượng chi bộ
kind: báo cáo
province: tỉnh Sơn La
issuer: Tỉnh ủy Sơn La
issued_on: 2024-01-15
---

Đến 31/12/2023, Đảng bộ tỉnh Sơn La có 92.617 đảng viên.

Mỗi chi bộ bản có một tổ loa lưu động.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("texts")
    (folder / "2019.md").write_text(OLDER, encoding="utf-8")
    (folder / "2023.md").write_text(LATER, encoding="utf-8")
    with Library.open(tmp_path_factory.mktemp("library"), embedder=embedder) as library:
        ingest(library, [folder])
        yield Assistant(library)


def test_both_are_quoted_and_the_note_gives_each_its_date_and_document(assistant: Assistant) -> None:
    answer = assistant.ask(MEMBERS)
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert "81.204" in quotes
    assert "92.617" in quotes
    (note,) = answer.notes
    assert note.startswith("Các tài liệu nêu khác nhau: ")
    assert "81.204 đảng viên (Tính đến 30/11/2019; Số liệu tổ chức đảng tỉnh Sơn La, ngày 10/12/2019)" in note
    assert "92.617 đảng viên (Đến 31/12/2023; Tỉnh Sơn La nâng chất lượng chi bộ, ngày 15/1/2024)" in note


def test_an_english_question_gets_an_english_note(assistant: Assistant) -> None:
    answer = assistant.ask("How many party members does Sơn La province have?")
    assert [note.split(":")[0] for note in answer.notes] == ["The documents differ"]


def test_a_question_that_only_one_answers_gets_no_note(assistant: Assistant) -> None:
    assert assistant.ask("Các chi bộ bản ở Sơn La họp vào lúc nào?").notes == ()
