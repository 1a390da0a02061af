"""Facts of a sentence and the questions that ask for them, in the words of the document."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.study.asking import Asked, asked_of
from assistant.study.citing import asked_of_reference
from assistant.study.facts import FactKind, facts
from assistant.study.gather import Line
from assistant.study.quiz.wording import answered, bare, stem_of
from assistant.study.references import references

LineWith = Callable[[str], Line]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Đến ngày 30/11/2019, toàn Đảng bộ tỉnh có 57.763 đảng viên.", FactKind.COUNT, ["57.763"]),
        ("Cả tỉnh kết nạp 794 đảng viên, bằng 39,7% kế hoạch năm.", FactKind.PERCENT, ["39,7%"]),
        ("Dự toán 36 triệu đồng cho cả hai lớp.", FactKind.MONEY, ["36 triệu đồng"]),
        ("Thời kỳ dự bị kéo dài mười hai tháng.", FactKind.DURATION, ["mười hai"]),
        ("Thường lệ mỗi tháng một lần.", FactKind.FREQUENCY, ["mỗi tháng một lần"]),
        ("Khi có ít nhất hai phần ba tổng số tán thành.", FactKind.SHARE, ["hai phần ba"]),
        ("Quy định số 29-QĐ/TW ngày 25/7/2016.", FactKind.NUMBER, ["29-QĐ/TW"]),
        ("Quy định số 29-QĐ/TW ngày 25/7/2016.", FactKind.DATE, ["25/7/2016"]),
        ("Lớp từ ngày 12/5/2025 đến ngày 17/5/2025.", FactKind.PERIOD, ["ngày 12/5/2025 đến ngày 17/5/2025"]),
        ("Chỉ thị do Ban Bí thư ban hành.", FactKind.BODY, ["Ban Bí thư"]),
        ("Người chủ trì là ông Trần Hồng Quảng.", FactKind.PERSON, ["Trần Hồng Quảng"]),
        ("Một số nơi có hai mặt của một vấn đề, Điều 8 và Câu 10 nêu rõ.", FactKind.COUNT, []),
    ],
)
def test_facts_are_found_by_kind(text: str, kind: FactKind, found: list[str]) -> None:
    own = [fact for fact in facts(text) if fact.kind is kind]
    assert [fact.text for fact in own] == found
    assert all(text[fact.start : fact.end] == fact.text for fact in own)


def asked(line: Line, key: str) -> Asked:
    return next(entry for entry in asked_of(line) if entry.key == key)


@pytest.mark.parametrize(
    ("words", "key", "stem"),
    [
        (
            "57.763 đảng viên",
            "57.763",
            "Đến ngày 30/11/2019, toàn Đảng bộ tỉnh Bắc Ninh có bao nhiêu đảng viên?",
        ),
        (
            "do Ban Bí thư ban hành ngày 21/01/2019",
            "Ban Bí thư",
            "Chỉ thị số 28-CT/TW do cơ quan nào ban hành ngày 21/01/2019?",
        ),
        (
            "ít nhất 3 đảng viên chính thức",
            "3",
            "Theo tài liệu “Hỏi - đáp dùng cho lớp bồi dưỡng nhận thức về Đảng”, muốn lập tổ chức cơ sở đảng ở xã, "
            "phường, thị trấn phải có ít nhất bao nhiêu đảng viên chính thức?",
        ),
        (
            "Khi có từ 9 đảng viên",
            "9",
            "Theo tài liệu “Hỏi - đáp dùng cho lớp bồi dưỡng nhận thức về Đảng”, chi bộ có chi ủy khi có từ bao nhiêu "
            "đảng viên chính thức trở lên?",
        ),
        (
            "Dự toán 36 triệu đồng",
            "36 triệu đồng",
            "Theo Kế hoạch số 12-KH/ĐU của Đảng ủy xã A, mục “Kinh phí”, dự toán bao nhiêu tiền cho cả hai lớp?",
        ),
        (
            "bí thư chi bộ nêu nhiệm vụ",
            "bí thư chi bộ",
            "Theo Hướng dẫn số 02-HD/ĐU của Đảng ủy xã A, mục “Lễ kết nạp”, ai nêu nhiệm vụ và phân công đảng viên "
            "giúp đỡ?",
        ),
    ],
)
def test_a_question_stands_alone(line_with: LineWith, words: str, key: str, stem: str) -> None:
    assert stem_of(asked(line_with(words), key), "vi") == stem


def test_the_answer_in_its_question_is_what_the_document_says(line_with: LineWith) -> None:
    entry = asked(line_with("57.763 đảng viên"), "57.763")
    assert answered(stem_of(entry, "vi"), "57.763") == entry.claim
    assert entry.told("8.418").endswith("có 8.418 đảng viên")
    assert (
        bare("Theo tài liệu “A, B”, mục “C”, thời kỳ dự bị kéo dài bao lâu?")
        == "thời kỳ dự bị kéo dài bao lâu?"
    )


@pytest.mark.parametrize(
    "words",
    ["Phụ nữ chiếm 438 người", "cứ mười đảng viên làm trong", "Kế hoạch đặt mục tiêu", "Thôn Đông | 34"],
)
def test_what_cannot_be_understood_alone_is_not_asked(line_with: LineWith, words: str) -> None:
    assert not [entry for entry in asked_of(line_with(words)) if stem_of(entry, "vi")]


def test_one_figure_of_two_that_share_what_is_said_is_no_question(line_with: LineWith) -> None:
    entries = {entry.key: entry.question for entry in asked_of(line_with("65 chi bộ cơ sở và 10"))}
    assert entries["65"] == ""  # "có bao nhiêu chi bộ cơ sở" would be another question
    assert entries["10"].endswith("và bao nhiêu đảng bộ cơ sở đã hết nguồn để kết nạp")


def test_cited_documents_are_read(line_with: LineWith) -> None:
    (first, *_) = references(line_with("Nghị quyết số 07-NQ/TU ngày"))
    assert (first.said(first.named), first.said(first.date)) == ("Nghị quyết số 07-NQ/TU", "27/4/2018")
    assert first.said(first.body) == "Ban Thường vụ Tỉnh ủy"
    assert first.said(first.about) == "công tác xây dựng Đảng và đoàn thể trong doanh nghiệp"
    questions = {entry.key: entry.question for entry in asked_of_reference(first)}
    assert questions["27/4/2018"] == (
        "Nghị quyết số 07-NQ/TU của Ban Thường vụ Tỉnh ủy Hà Tĩnh về công tác xây dựng Đảng và đoàn thể trong "
        "doanh nghiệp được ban hành ngày nào"
    )
    (newer, *_) = references(line_with("Quy định số 232-QĐ/TW ngày 20/01/2025 thay thế"))
    assert newer.said(newer.replaced) == "Quy định số 24-QĐ/TW"
