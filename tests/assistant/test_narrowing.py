"""A question is narrowed to some documents, part by part, and what it names is offered."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from assistant.answer import Assistant
from assistant.deserialise import filters_from_text, filters_to_text
from assistant.errors import BadOption
from assistant.narrowing import Field, Filters, Part, added, dropped, parts
from assistant.types import AnswerStatus
from ingest.types import Kind

EVERY = (
    Part(Field.PLACE, "tỉnh Lào Cai"),
    Part(Field.KIND, "báo cáo"),
    Part(Field.ISSUER, "Thành ủy Lào Cai"),
    Part(Field.NUMBER, "12-QĐ/TU"),
    Part(Field.DOCUMENT, "hoi-dap"),
    Part(Field.FROM, "2019-01-01"),
    Part(Field.TO, "2021-12-31"),
)


def filters_of(*wanted: Part) -> Filters:
    filters = Filters()
    for part in wanted:
        filters = added(filters, part)
    return filters


def test_filters_are_made_and_unmade_part_by_part() -> None:
    filters = filters_of(*EVERY)
    assert parts(filters) == EVERY
    assert filters.kinds == (Kind.REPORT,)
    assert (filters.issued_from, filters.issued_to) == (date(2019, 1, 1), date(2021, 12, 31))
    for part in EVERY:
        assert parts(dropped(filters, part)) == tuple(other for other in EVERY if other != part)
        filters = added(dropped(filters, part), part)
    assert parts(filters) == EVERY
    assert added(filters, EVERY[0]) == filters


def test_filters_are_kept_whole() -> None:
    filters = filters_of(*EVERY)
    assert filters_from_text(filters_to_text(filters)) == filters


def test_a_new_date_takes_the_place_of_the_old_one() -> None:
    filters = filters_of(Part(Field.FROM, "2019-01-01"), Part(Field.FROM, "2020-01-01"))
    assert parts(filters) == (Part(Field.FROM, "2020-01-01"),)


@pytest.mark.parametrize(
    "part",
    [Part(Field.KIND, "bài thơ"), Part(Field.FROM, "hôm qua"), Part(Field.TO, "2018-12-31")],
    ids=["kind", "date", "period"],
)
def test_what_cannot_be_is_refused(part: Part) -> None:
    with pytest.raises(BadOption, match=part.value.split()[0]):
        added(filters_of(Part(Field.FROM, "2019-01-01")), part)


def test_the_library_says_what_can_be_chosen(assistant: Assistant) -> None:
    choices = assistant.offers.choices
    assert {"tỉnh Lào Cai", "thành phố Lào Cai"} <= set(choices.places)
    assert "báo cáo" in choices.kinds
    assert "Thành ủy Lào Cai" in choices.issuers
    assert (choices.first, choices.last) == (date(2019, 12, 5), date(2023, 11, 20))
    assert choices.title("gone") == "gone"


def test_documents_are_found_by_words_without_marks(assistant: Assistant) -> None:
    assert [entry.title for entry in assistant.offers.documents("chuyen sinh hoat dang", 5)] == [
        "Hỏi đáp về chuyển sinh hoạt đảng"
    ]


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("Năm 2023 tỉnh Lào Cai kết nạp bao nhiêu đảng viên?", [Part(Field.PLACE, "tỉnh Lào Cai")]),
        ("nam 2023 tinh lao cai ket nap bao nhieu dang vien?", [Part(Field.PLACE, "tỉnh Lào Cai")]),
        ("Quy định 12-QĐ/TU nói về việc gì?", [Part(Field.NUMBER, "12-QĐ/TU")]),
        ("Báo cáo nêu có mấy lớp bồi dưỡng?", [Part(Field.KIND, "báo cáo")]),
        ("Tỉnh Cà Mau kết nạp bao nhiêu đảng viên?", []),
        ("Nghị quyết 99-NQ/TW nói gì?", []),
        ("Lớp bồi dưỡng kéo dài mấy ngày?", []),
    ],
)
def test_what_a_question_names_is_offered_where_the_library_has_it(
    assistant: Assistant, question: str, offered: list[Part]
) -> None:
    assert list(assistant.offers.narrowings(question)) == offered


def test_what_is_narrowed_already_is_not_offered(assistant: Assistant) -> None:
    question = "Tỉnh Lào Cai kết nạp bao nhiêu đảng viên?"
    (place,) = assistant.offers.narrowings(question)
    assert assistant.offers.narrowings(question, filters=added(Filters(), place)) == ()
    only = Filters(document_ids=tuple(h.document.id for h in assistant.search(question, k=1)))
    assert assistant.offers.narrowings(question, filters=only) == ()


def test_an_issuer_restricts_what_is_quoted(assistant: Assistant) -> None:
    question = "Năm 2023 tỉnh Lào Cai kết nạp bao nhiêu đảng viên?"
    assert assistant.ask(question, filters=Filters(issuers=("báo vùng cao",))).status is AnswerStatus.GROUNDED
    other = assistant.ask(question, filters=Filters(issuers=("Thành ủy Lào Cai",)))
    assert all("1.846" not in citation.quote for citation in other.citations)
    assert {hit.document.issuer for hit in other.hits} <= {"Thành ủy Lào Cai"}


# ---- exactly as typed


def test_a_question_is_read_exactly_as_typed(assistant: Assistant) -> None:
    typed = "nam 2023 tinh lao cai ket nap bao nhieu dang vien?"
    assert assistant.ask(typed).standalone != typed
    assert assistant.ask(typed, literal=True).standalone == typed


def test_a_literal_question_is_no_followup(assistant: Assistant) -> None:
    history = ["Năm 2021 Đảng bộ Khối Doanh nghiệp tỉnh Yên Bái kết nạp bao nhiêu đảng viên?"]
    typed = "Còn năm 2022?"
    assert "Yên Bái" in assistant.ask(typed, history=history).standalone
    literal = assistant.ask(typed, history=history, literal=True)
    assert literal.standalone == typed
    assert not literal.understood


# ---- what else can be asked


def test_followups_are_answered_by_the_documents_cited_and_say_something_new(assistant: Assistant) -> None:
    asked = ["Thành ủy Lào Cai mở bao nhiêu lớp bồi dưỡng?"]
    answer = assistant.ask(asked[0])
    cited = {citation.document_id for citation in answer.citations}
    said = {(citation.document_id, citation.start) for citation in answer.citations}
    offered = assistant.offers.followups(asked)
    assert offered
    assert len(offered) <= 3
    assert asked[0] not in offered
    for question in offered:
        first = assistant.ask(question, history=asked).citations[0]
        assert first.document_id in cited
        assert (first.document_id, first.start) not in said
    assert len(assistant.offers.followups(asked, n=1)) == 1


def test_an_answer_without_a_source_is_followed_by_nothing(assistant: Assistant) -> None:
    assert assistant.offers.followups(["Thủ đô nước Pháp tên gì?"]) == ()
    assert assistant.offers.followups([]) == ()


def test_offers_follow_the_answer_that_was_given_not_what_it_would_be_now(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = "thanh uy lao cai mo bao nhieu lop boi duong?"
    literal = assistant.ask(typed, literal=True)
    asked = []
    ask = assistant.ask
    monkeypatch.setattr(
        assistant, "ask", lambda question, **options: asked.append(question) or ask(question, **options)
    )
    offered = assistant.offers.followups([typed], literal=True)
    assert typed not in asked, "the last question is not asked again, and so not read otherwise"
    said = {(citation.document_id, citation.start) for citation in literal.citations}
    for question in offered:
        first = ask(question).citations[0]
        assert (first.document_id, first.start) not in said
    asked.clear()
    assert assistant.offers.followups([typed], literal=True) == offered
    assert asked == [], "what was worked out once costs nothing"


def test_a_question_asked_as_typed_is_narrowed_by_what_was_typed(assistant: Assistant) -> None:
    history = ["Năm 2023 tỉnh Lào Cai kết nạp bao nhiêu đảng viên?"]
    typed = "Còn năm 2022?"
    assert Part(Field.PLACE, "tỉnh Lào Cai") in assistant.offers.narrowings(typed, history=history)
    assert assistant.offers.narrowings(typed, history=history, literal=True) == ()


def test_offers_wait_for_those_who_wait_for_an_answer(assistant: Assistant) -> None:
    asked = ["Thành ủy Lào Cai mở bao nhiêu lớp bồi dưỡng?"]
    assistant.ask(asked[0])
    offered: list[tuple[str, ...]] = []
    with assistant.busy.answering():
        waiting = threading.Thread(target=lambda: offered.append(assistant.offers.followups(asked)))
        waiting.start()
        waiting.join(0.5)
        assert offered == []
    waiting.join(60)
    assert offered
    assert offered[0]
