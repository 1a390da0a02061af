"""The whole engine on a small library of real files: the right sentence, exactly quoted, or none."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Assistant
from assistant.citations import ELISION
from assistant.errors import BadQuestion
from assistant.extract import Limits
from assistant.types import Answer, AnswerStatus, Delta, Done, Retrieved, Verdict
from assistant.understanding import clean_question
from assistant.verification.quotes import without_markers
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder, Filters
from ingest.sentences import sentences
from ingest.types import Kind

PROVINCE_COUNT = (
    "Năm 2023, Đảng bộ tỉnh Lào Cai kết nạp được 1.846 đảng viên mới, vượt chỉ tiêu nghị quyết đề ra."
)
CITY_COUNT = (
    "Năm 2019, Đảng bộ thành phố Lào Cai kết nạp được 253 đảng viên mới, phần lớn là giáo viên "
    "và cán bộ phường."
)
CLASSES = "Thành ủy Lào Cai mở 6 lớp bồi dưỡng nhận thức về Đảng cho 417 quần chúng ưu tú."
CHAIR = (
    "Đồng chí Giàng Thị Mẩy, Trưởng ban Tổ chức Tỉnh ủy, chủ trì hội nghị tổng kết công tác phát triển đảng."
)
CAUSE = (
    "Nguyên nhân nguồn kết nạp giảm là do nhiều thanh niên rời bản đi làm ăn xa ở các khu công "
    "nghiệp miền xuôi."
)
MEASURES = [
    "- Lập tổ loa kéo đi từng phiên chợ, nói bằng tiếng của đồng bào.",
    "- Mời già làng và nghệ nhân khèn kể chuyện gương người tốt.",
    "- In tờ gấp có tranh vẽ phát cho học sinh mang về đọc cùng cha mẹ.",
    "- Chiếu phim tư liệu vào tối thứ Bảy ở nhà văn hóa thôn.",
]
NOT_FOUND = "Không tìm thấy trong tài liệu"

#: Question, the quote that must come first, its document.
ANSWERABLE = [
    ("Năm 2023 Đảng bộ tỉnh Lào Cai kết nạp được bao nhiêu đảng viên mới?", PROVINCE_COUNT, "vung-cao.md"),
    (
        "Năm 2019 Đảng bộ thành phố Lào Cai kết nạp được bao nhiêu đảng viên mới?",
        CITY_COUNT,
        "thanh-pho.md",
    ),
    ("Thành phố Lào Cai mở mấy lớp bồi dưỡng nhận thức về Đảng?", CLASSES, "thanh-pho.md"),
    ("Ai chủ trì hội nghị tổng kết công tác phát triển đảng của tỉnh Lào Cai?", CHAIR, "vung-cao.md"),
    (
        "Hội nghị tổng kết công tác phát triển đảng họp ngày nào?",
        "Hội nghị họp ngày 14/11/2023 tại hội trường Tỉnh ủy.",
        "vung-cao.md",
    ),
    ("Vì sao nguồn kết nạp đảng viên ở tỉnh Lào Cai giảm?", CAUSE, "vung-cao.md"),
    ("Nêu các giải pháp tuyên truyền lưu động", MEASURES[0], "tuyen-truyen.md"),
    (
        "Quy định số 12-QĐ/TU quy định về việc gì?",
        "Quy định số 12-QĐ/TU quy định về sinh hoạt chuyên đề của chi bộ ở thôn, bản, tổ dân phố "
        "trong toàn tỉnh.",
        "quy-dinh-12.txt",
    ),
    (
        "Sinh hoạt chuyên đề là gì?",
        "1. Sinh hoạt chuyên đề là buổi họp chi bộ dành riêng để bàn sâu một nội dung đã chọn từ trước.",
        "quy-dinh-12.txt",
    ),
    (
        "Trách nhiệm của bí thư chi bộ là gì?",
        "Bí thư chi bộ duyệt nội dung, điều hành thảo luận và ký biên bản của buổi sinh hoạt chuyên đề.",
        "quy-dinh-12.txt",
    ),
    (
        "Đảng viên đi làm xa bao lâu thì phải chuyển sinh hoạt đảng tạm thời?",
        "Trả lời: Đảng viên rời nơi cư trú từ 3 tháng đến dưới 12 tháng thì chuyển sinh hoạt đảng "
        "tạm thời đến "
        "nơi ở mới, trừ trường hợp đi theo đoàn công tác của cơ quan.",
        "hoi-dap.html",
    ),
    (
        "Vì sao hồ sơ chuyển sinh hoạt phải niêm phong?",
        "Trả lời: Hồ sơ được niêm phong vì bên trong có lý lịch và bản kiểm điểm, nếu thất lạc sẽ "
        "lộ thông tin "
        "cá nhân.",
        "hoi-dap.html",
    ),
    (
        "Tỷ lệ nộp đảng phí đúng hạn là bao nhiêu phần trăm?",
        "Tỷ lệ nộp đúng hạn đạt 98,6%, cao hơn khi còn thu bằng tiền mặt.",
        "dang-phi.txt",
    ),
    (
        "Đảng phí được thu bằng cách nào?",
        "Từ năm 2020, đảng phí được thu qua ứng dụng trên điện thoại, kế toán đảng ủy đối soát vào "
        "ngày 25 hằng "
        "tháng.",
        "dang-phi.txt",
    ),
]

#: Question, and what the message must say.
UNANSWERABLE = [
    ("Tỉnh Cà Mau kết nạp bao nhiêu đảng viên?", "tỉnh Cà Mau"),
    ("Năm 2015 tỉnh Lào Cai kết nạp được bao nhiêu đảng viên mới?", NOT_FOUND),
    ("Tỉnh Lào Cai mở mấy lớp bồi dưỡng nhận thức về Đảng?", NOT_FOUND),
    ("Chỉ thị số 77-CT/TW quy định về việc gì?", "77-CT/TW"),
    ("Giá vàng hôm nay bao nhiêu một lượng?", NOT_FOUND),
    ("Ai phát minh ra bóng đèn điện?", NOT_FOUND),
    ("Thủ đô của nước Pháp là gì?", NOT_FOUND),
    ("Cách nấu phở bò như thế nào?", NOT_FOUND),
    ("Viết cho tôi một bài thơ về hoa sen", NOT_FOUND),
    ("What is the capital of France?", "Nothing in the loaded documents"),
]


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


def check_citations(answer: Answer, library: Library) -> None:
    """What holds for every answer, whatever was asked."""
    assert (answer.status is AnswerStatus.NOT_FOUND) == (not answer.statements)
    assert not (answer.statements and answer.nearest)
    assert [citation.marker for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    shown = [
        int(marker) for statement in answer.statements for marker in re.findall(r"\[(\d+)\]", statement.text)
    ]
    assert shown == [citation.marker for citation in answer.citations]
    for citation in (*answer.citations, *answer.nearest):
        document, passage = library.document(citation.document_id), library.passage(citation.passage_id)
        assert citation.quote
        assert document.text[citation.start : citation.end] == citation.quote
        assert passage.document_id == document.id
        assert passage.start <= citation.start < citation.end <= passage.end
        assert citation.label
    for statement in answer.statements:
        (citation,) = statement.citations
        document, passage = library.document(citation.document_id), library.passage(citation.passage_id)
        (sentence,) = [
            (start, end)
            for start, end in sentences(document.text, passage.start, passage.end)
            if start <= citation.start < end
        ]
        assert statement.verdict is Verdict.VERBATIM
        said = without_markers(statement.text).split()
        before, after = [ELISION] * (citation.start > sentence[0]), [ELISION] * (citation.end < sentence[1])
        assert said == [*before, *citation.quote.split(), *after]
    if not answer.statements:
        assert answer.message
        assert all(
            citation.passage_id in {hit.passage.id for hit in answer.hits} for citation in answer.nearest
        )


def untimed(answer: Answer) -> Answer:
    return replace(answer, timings={})


# ---- the right sentence


@pytest.mark.parametrize(("question", "quote", "document_id"), ANSWERABLE)
def test_the_sentence_that_answers_comes_first_and_is_exact(
    assistant: Assistant, library: Library, question: str, quote: str, document_id: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status is AnswerStatus.GROUNDED
    assert answer.language == "vi"
    assert answer.message == ""
    first = answer.citations[0]
    assert (first.quote, first.document_id) == (quote, document_id)
    assert answer.statements[0].text == f"{quote} [1]"
    check_citations(answer, library)


@pytest.mark.parametrize(
    ("typed", "quote"),
    [
        ("nam 2023 dang bo tinh lao cai ket nap duoc bao nhieu dang vien moi", PROVINCE_COUNT),
        ("thanh uy lao cai mo may lop boi duong nhan thuc ve dang", CLASSES),
        ("ai chu tri hoi nghi tong ket cong tac phat trien dang", CHAIR),
    ],
)
def test_a_question_without_diacritics_is_read_with_them(
    assistant: Assistant, typed: str, quote: str
) -> None:
    answer = assistant.ask(typed)
    assert answer.question == typed
    assert answer.standalone != typed
    assert quotes(answer)[0] == quote


def test_a_decomposed_question_is_the_same_question(assistant: Assistant) -> None:
    question = ANSWERABLE[0][0]
    decomposed = unicodedata.normalize("NFD", question)
    assert decomposed != question
    assert untimed(assistant.ask(f"  {decomposed}\n\u200b")) == untimed(assistant.ask(question))


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("How many new party members did Lao Cai province admit in 2023?", PROVINCE_COUNT),
        ("Who chaired the conference on party member development in Lào Cai province?", CHAIR),
    ],
)
def test_an_english_question_is_framed_in_english_around_vietnamese_quotes(
    assistant: Assistant, library: Library, question: str, quote: str
) -> None:
    answer = assistant.ask(question)
    assert answer.language == "en"
    assert answer.message.startswith("The documents say")
    assert quotes(answer)[0] == quote
    check_citations(answer, library)


def test_a_list_is_quoted_whole_in_the_order_of_the_document(assistant: Assistant) -> None:
    assert quotes(assistant.ask("Nêu các giải pháp tuyên truyền lưu động")) == MEASURES
    difficulties = quotes(assistant.ask("Những khó khăn trong công tác tuyên truyền là gì?"))
    assert [quote[:6] for quote in difficulties] == ["- Sóng", "- Nhiề", "- Cán "]


def test_a_reason_brings_what_follows_from_it(assistant: Assistant) -> None:
    answer = assistant.ask("Vì sao nguồn kết nạp đảng viên ở tỉnh Lào Cai giảm?")
    assert quotes(answer)[1].startswith("Vì vậy, nhiều thôn bản")


def test_a_name_that_two_places_share_is_answered_for_both(assistant: Assistant) -> None:
    answer = assistant.ask("Lào Cai kết nạp được bao nhiêu đảng viên mới?")
    assert {PROVINCE_COUNT, CITY_COUNT} <= set(quotes(answer))


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [("tỉnh Lào Cai", "vung-cao.md"), ("thành phố Lào Cai", "thanh-pho.md")],
)
@pytest.mark.parametrize(
    "question",
    [
        "{} kết nạp được bao nhiêu đảng viên mới?",
        "Ở {} ai là người chủ trì hội nghị?",
        "{} mở mấy lớp bồi dưỡng nhận thức về Đảng?",
        "Vì sao nguồn kết nạp ở {} giảm?",
        "{} có bao nhiêu quần chúng ưu tú học lớp bồi dưỡng?",
    ],
)
def test_province_and_city_of_one_name_are_never_mixed(
    assistant: Assistant, question: str, asked: str, allowed: str
) -> None:
    answer = assistant.ask(question.format(asked))
    assert {citation.document_id for citation in answer.citations} <= {allowed}


# ---- comparisons


def test_a_comparison_quotes_both_sides_in_the_order_asked(assistant: Assistant, library: Library) -> None:
    answer = assistant.ask("So sánh số đảng viên mới kết nạp của tỉnh Lào Cai và thành phố Lào Cai")
    assert answer.status is AnswerStatus.GROUNDED
    found = quotes(answer)
    assert found.index(PROVINCE_COUNT) < found.index(CITY_COUNT)
    check_citations(answer, library)


def test_a_comparison_with_a_side_that_is_absent_says_which(assistant: Assistant, library: Library) -> None:
    answer = assistant.ask("So sánh số đảng viên kết nạp của tỉnh Lào Cai và tỉnh Cà Mau")
    assert answer.status is AnswerStatus.PARTLY_GROUNDED
    assert PROVINCE_COUNT in quotes(answer)
    assert "tỉnh Cà Mau" in answer.message
    assert "Lào Cai" not in answer.message
    check_citations(answer, library)


def test_a_comparison_of_two_absent_things_is_not_found(assistant: Assistant, library: Library) -> None:
    answer = assistant.ask("So sánh số đảng viên kết nạp của tỉnh Cà Mau và tỉnh Bạc Liêu")
    assert answer.status is AnswerStatus.NOT_FOUND
    check_citations(answer, library)


# ---- nothing found


@pytest.mark.parametrize(("question", "said"), UNANSWERABLE)
def test_what_the_documents_do_not_say_is_not_found(
    assistant: Assistant, library: Library, question: str, said: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert answer.statements == ()
    assert said in answer.message
    assert NOT_FOUND in answer.message or "77-CT/TW" in said
    assert 1 <= len(answer.nearest) <= 3
    check_citations(answer, library)


def test_the_nearest_passages_are_the_best_hits(assistant: Assistant) -> None:
    answer = assistant.ask("Tỉnh Cà Mau kết nạp bao nhiêu đảng viên?")
    assert [citation.quote for citation in answer.nearest] == [
        hit.passage.text for hit in answer.hits[: len(answer.nearest)]
    ]


def test_an_empty_library_says_how_to_fill_it(tmp_path: Path, embedder: Embedder) -> None:
    with Library.open(tmp_path, embedder=embedder) as empty:
        assistant = Assistant(empty)
        assert assistant.library_is_empty
        for question in (
            "Tỉnh Lào Cai có bao nhiêu đảng viên?",
            "dang vien la gi",
            "Chỉ thị 28-CT/TW nói gì?",
        ):
            answer = assistant.ask(question)
            assert answer.status is AnswerStatus.NOT_FOUND
            assert "pba ingest" in answer.message
            assert (answer.nearest, answer.hits) == ((), ())
        english = assistant.ask("How many members are there in the province?")
        assert english.language == "en"
        assert "pba ingest" in english.message
        assert assistant.examples() == ()


def test_a_library_with_documents_is_not_empty(assistant: Assistant) -> None:
    assert not assistant.library_is_empty


# ---- follow-ups


@pytest.mark.parametrize(
    ("history", "question", "quote"),
    [
        (
            ["Tỉnh Lào Cai kết nạp được bao nhiêu đảng viên mới?"],
            "Còn thành phố Lào Cai thì sao?",
            CITY_COUNT,
        ),
        (["tinh lao cai ket nap duoc bao nhieu dang vien moi"], "con thanh pho lao cai thi sao", CITY_COUNT),
        (
            ["Thành phố Lào Cai năm 2020 kết nạp bao nhiêu đảng viên mới?", "Còn năm 2018?"],
            "Thế năm 2019?",
            CITY_COUNT,
        ),
        (
            ["Năm 2023 Đảng bộ tỉnh Lào Cai kết nạp được bao nhiêu đảng viên mới?"],
            "Trong đó có bao nhiêu nữ?",
            "Trong số này, 912 người là nữ và 1.105 người là dân tộc thiểu số.",
        ),
        (
            ["Ai chủ trì hội nghị tổng kết công tác phát triển đảng của tỉnh Lào Cai?"],
            "Họp ngày nào?",
            "Hội nghị họp ngày 14/11/2023 tại hội trường Tỉnh ủy.",
        ),
    ],
)
def test_a_follow_up_takes_its_context_from_the_history(
    assistant: Assistant, history: Sequence[str], question: str, quote: str
) -> None:
    answer = assistant.ask(question, history=history)
    assert answer.question == question
    assert answer.standalone != question
    assert quotes(answer)[0] == quote


def test_history_does_not_touch_a_question_that_stands_alone(assistant: Assistant) -> None:
    question = ANSWERABLE[4][0]
    alone = assistant.ask(question)
    assert untimed(assistant.ask(question, history=["Tỉnh Cà Mau có bao nhiêu đảng viên?"])) == untimed(alone)


def test_no_history_is_kept_between_calls(assistant: Assistant) -> None:
    follow_up = "Còn thành phố Lào Cai thì sao?"
    before = assistant.ask(follow_up)
    assistant.ask("Tỉnh Lào Cai kết nạp được bao nhiêu đảng viên mới?")
    with_history = assistant.ask(follow_up, history=["Tỉnh Lào Cai kết nạp được bao nhiêu đảng viên mới?"])
    assert with_history.standalone != before.standalone
    assert untimed(assistant.ask(follow_up)) == untimed(before)


# ---- every citation of every answer

_HEADS = (
    "",
    "Năm 2023 ",
    "Ở tỉnh Lào Cai, ",
    "Tại thành phố Lào Cai ",
    "so sánh ",
    "Theo Quy định số 12-QĐ/TU, ",
)
_TOPICS = (
    "Đảng bộ kết nạp đảng viên mới",
    "lớp bồi dưỡng nhận thức về Đảng",
    "hội nghị tổng kết",
    "sinh hoạt chuyên đề của chi bộ",
    "giải pháp tuyên truyền và khó khăn",
    "chuyển sinh hoạt đảng tạm thời",
    "đảng phí năm 2021 và năm 2022",
    "tinh Lao Cai va thanh pho Lao Cai",
    "xã Sơn Vĩ",
)
_TAILS = (
    "",
    " bao nhiêu?",
    " là gì?",
    " do ai?",
    " khi nào?",
    " vì sao?",
    " thế nào?",
    " gồm những gì?",
    " ở đâu",
)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    st.sampled_from(_HEADS),
    st.sampled_from(_TOPICS),
    st.sampled_from(_TAILS),
    st.sampled_from([None, ANSWERABLE[0][0], "Còn tỉnh Yên Bái?"]),
)
def test_every_citation_is_an_exact_span_with_its_marker(
    assistant: Assistant, library: Library, head: str, topic: str, tail: str, earlier: str | None
) -> None:
    answer = assistant.ask(head + topic + tail, history=[earlier] if earlier else [])
    check_citations(answer, library)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.text(min_size=1, max_size=60))
def test_any_text_gets_an_answer_or_a_clear_refusal(
    assistant: Assistant, library: Library, text: str
) -> None:
    try:
        answer = assistant.ask(text)
    except BadQuestion:
        assert not any(character.isalnum() for character in text)
    else:
        check_citations(answer, library)


# ---- limits


@pytest.mark.parametrize(("words", "statements"), [(10, 5), (30, 2), (60, 5), (200, 1)])
def test_an_answer_keeps_to_its_limits(library: Library, words: int, statements: int) -> None:
    short = Assistant(library, limits=Limits(words=words, statements=statements))
    for question in ("Nêu các giải pháp tuyên truyền lưu động", ANSWERABLE[0][0], ANSWERABLE[5][0]):
        answer = short.ask(question)
        lengths = [len(quote.split()) for quote in quotes(answer)]
        listed = len(lengths) if quotes(answer)[0].startswith("- ") else 1
        assert 1 <= len(lengths) <= statements + listed - 1
        # A first quote may be longer: without it there would be no answer. A list is never broken off, and
        # what goes on with a reason may be half as long again.
        most = words * 1.5 if question.startswith("Vì sao") else words
        assert sum(lengths) <= max(most, sum(lengths[:listed]))
        assert listed in (1, 4)
        check_citations(answer, library)


def test_what_is_left_out_is_marked_and_no_figure_is_where_figures_are_asked_for(
    library: Library, assistant: Assistant
) -> None:
    whole = assistant.ask("Năm 2022 Đảng bộ xã Sơn Vĩ kết nạp được bao nhiêu đảng viên?")
    assert ELISION not in whole.statements[0].text
    assert quotes(whole)[0].endswith("Lô Lô.")
    cut = assistant.ask("Xã Sơn Vĩ kết nạp đảng viên thuộc những đối tượng nào?")
    assert cut.statements[0].text.endswith(f"trở về địa phương {ELISION} [1]")
    assert cut.statements[0].verdict is Verdict.VERBATIM
    assert quotes(whole)[0].startswith(quotes(cut)[0])
    check_citations(cut, library)


def test_a_part_of_a_long_sentence_is_quoted_as_a_part(assistant: Assistant, library: Library) -> None:
    answer = assistant.ask("Báo cáo viên được bồi dưỡng bao nhiêu tiền mỗi buổi nói chuyện?")
    first = answer.statements[0].text
    assert first.startswith(f"{ELISION} mỗi buổi nói chuyện báo cáo viên")
    assert "150.000 đồng" in first
    assert first.endswith(f"{ELISION} [1]")
    check_citations(answer, library)


# ---- the stream


@pytest.mark.parametrize("question", [ANSWERABLE[0][0], ANSWERABLE[6][0], UNANSWERABLE[0][0]])
def test_a_stream_tells_what_was_found_then_each_statement_then_the_answer(
    assistant: Assistant, question: str
) -> None:
    events = list(assistant.stream(question))
    retrieved, *deltas, done = events
    assert isinstance(retrieved, Retrieved)
    assert isinstance(done, Done)
    answer = done.answer
    assert (retrieved.standalone, retrieved.hits) == (answer.standalone, answer.hits)
    assert tuple(event.statement for event in deltas if isinstance(event, Delta)) == answer.statements
    assert len(deltas) == len(answer.statements)
    assert untimed(answer) == untimed(assistant.ask(question))


def test_timings_add_up(assistant: Assistant) -> None:
    timings = dict(assistant.ask(ANSWERABLE[0][0]).timings)
    total = timings.pop("total")
    assert set(timings) == {"reading", "retrieval", "answer"}
    assert sum(timings.values()) == pytest.approx(total)
    assert min(timings.values()) >= 0


def test_two_threads_get_the_answers_that_one_gets(library: Library, assistant: Assistant) -> None:
    asked = [question for question, *_ in ANSWERABLE[:5]] + [question for question, _ in UNANSWERABLE[:2]]
    expected = {question: untimed(assistant.ask(question)) for question in asked}
    shared = Assistant(library)  # nothing remembered yet: the threads fill its memory together
    got: list[tuple[str, Answer]] = []
    start = threading.Barrier(2)

    def ask(questions: Sequence[str]) -> None:
        start.wait()
        got.extend((question, untimed(shared.ask(question))) for question in questions)

    threads = [threading.Thread(target=ask, args=(order,)) for order in (asked, asked[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 2 * len(asked)
    assert [question for question, answer in got if answer != expected[question]] == []


# ---- bad and hostile questions


@pytest.mark.parametrize(
    "question", ["", "   \n\t ", "\x00\x07\x1b", "?!…", "\u200b\u202e\ufeff", "—", "x" * 10_001]
)
def test_what_is_no_question_is_refused_in_one_line(assistant: Assistant, question: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        assistant.ask(question)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200
    with pytest.raises(BadQuestion):
        next(iter(assistant.stream(question)))


def test_control_characters_inside_a_question_do_not_matter(assistant: Assistant) -> None:
    question = ANSWERABLE[0][0]
    dirty = "\x07" + question.replace(" ", " \x00\u202e", 3).replace("mới", "m\u200bới") + "\r\n\x1b"
    assert clean_question(dirty) == question
    assert untimed(assistant.ask(dirty)) == untimed(assistant.ask(question))


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert('x')</script> {}",
        "<img src=x onerror=alert(1)> {}",
        "'; DROP TABLE documents; -- {}",
        '" OR 1=1; DELETE FROM passages; {}',
        "{{{{ 7 * 7 }}}} {}",
        "%s %n {}",
        'title:* AND (body:"x" OR [1 TO 2]) ~ ^ {}',
    ],
)
def test_markup_and_queries_in_a_question_are_only_words(
    assistant: Assistant, library: Library, attack: str
) -> None:
    before = library.stats()
    answer = assistant.ask(attack.format("Ai ký phiếu giới thiệu chuyển sinh hoạt?"))
    assert answer.citations[0].quote.startswith("Trả lời: Bí thư hoặc phó bí thư đảng ủy cơ sở ký")
    assert library.stats() == before
    check_citations(answer, library)


# ---- filters

COUNTED = "Lào Cai kết nạp được bao nhiêu đảng viên mới?"


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        (Filters(kinds=(Kind.REPORT,)), {"thanh-pho.md"}),
        (Filters(kinds=(Kind.ARTICLE,)), {"vung-cao.md"}),
        (Filters(provinces=("thành phố Lào Cai",)), {"thanh-pho.md"}),
        (Filters(provinces=("Lào Cai",)), {"thanh-pho.md", "vung-cao.md"}),
        (Filters(document_ids=("vung-cao.md", "dang-phi.txt")), {"vung-cao.md"}),
        (Filters(issued_from=date(2020, 1, 1)), {"vung-cao.md"}),
        (Filters(document_ids=("dang-phi.txt",)), set()),
        (Filters(provinces=("tỉnh Lào Cai",), kinds=(Kind.REPORT,)), set()),
        (Filters(numbers=("12-QĐ/TU",)), set()),
    ],
)
def test_an_answer_uses_only_what_the_filters_let_through(
    assistant: Assistant, library: Library, filters: Filters, documents: set[str]
) -> None:
    answer = assistant.ask(COUNTED, filters=filters)
    assert {citation.document_id for citation in answer.citations} == documents
    allowed = {hit.document.id for hit in library.search("đảng viên", k=50, filters=filters)}
    assert {hit.document.id for hit in answer.hits} <= allowed
    assert {citation.document_id for citation in answer.nearest} <= allowed
    check_citations(answer, library)


def test_a_place_in_the_question_does_not_widen_a_filter(assistant: Assistant) -> None:
    filters = Filters(provinces=("thành phố Lào Cai",))
    answer = assistant.ask("Tỉnh Lào Cai kết nạp được bao nhiêu đảng viên mới?", filters=filters)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert {hit.document.id for hit in answer.hits} == {"thanh-pho.md"}


# ---- the library changes


@pytest.fixture
def growing(tmp_path: Path, embedder: Embedder) -> Iterator[tuple[Library, Path]]:
    folder = tmp_path / "documents"
    folder.mkdir()
    with Library.open(tmp_path / "library", embedder=embedder) as opened:
        yield opened, folder


def test_what_is_added_and_removed_shows_in_the_next_answer(growing: tuple[Library, Path]) -> None:
    library, folder = growing
    assistant = Assistant(library)
    question = "Đảng bộ huyện Mường Khương có bao nhiêu chi bộ?"
    assert "pba ingest" in assistant.ask(question).message
    file = folder / "mk.txt"
    file.write_text(
        "Đảng bộ huyện Mường Khương có 312 chi bộ thôn bản, tăng 4 chi bộ so với năm trước.", "utf-8"
    )
    ingest(library, [folder])
    assert "312 chi bộ" in quotes(assistant.ask(question))[0]
    file.write_text(
        "Đảng bộ huyện Mường Khương có 315 chi bộ thôn bản, tăng 7 chi bộ so với năm trước.", "utf-8"
    )
    ingest(library, [folder])
    assert "315 chi bộ" in quotes(assistant.ask(question))[0]
    file.unlink()
    ingest(library, [folder], prune=True)
    assert assistant.ask(question).status is AnswerStatus.NOT_FOUND


def test_documents_and_passages_are_at_hand(assistant: Assistant, library: Library) -> None:
    citation = assistant.ask(ANSWERABLE[0][0]).citations[0]
    assert assistant.document(citation.document_id) == library.document("vung-cao.md")
    assert citation.quote in assistant.passage(citation.passage_id).text


def test_what_something_is_is_not_said_by_a_sentence_that_does_not_name_it(assistant: Assistant) -> None:
    answer = assistant.ask("Huân chương Độc lập là gì?")
    assert answer.status is AnswerStatus.NOT_FOUND
