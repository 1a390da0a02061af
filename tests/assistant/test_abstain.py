"""When nothing is said to be found, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.abstain import Decision, Reason, admissible, decide
from assistant.answer import Assistant
from assistant.candidates import Candidate
from assistant.concepts import Concept, ConceptKind
from assistant.reading import Reading, read
from assistant.retrieve import Retrieval, retrieve
from assistant.scoring import Scored, score
from assistant.types import AnswerStatus
from index.library import Library
from index.types import Filters, Hit
from index.vocabulary import Vocabulary

Make = Callable[..., list[Candidate]]
ASKED = "Huyện có bao nhiêu đảng viên?"


@pytest.fixture(scope="module")
def vocabulary(library: Library) -> Vocabulary:
    return Vocabulary(library)


@pytest.fixture(scope="module")
def sentences(candidates_of: Make) -> list[Candidate]:
    return candidates_of("Huyện có 420 đảng viên ở mười tám chi bộ.")


def entry(
    candidate: Candidate,
    *,
    reach: float = 1.0,
    dense: float | None = 0.95,
    answer: float = 1.0,
    missing: Sequence[Concept] = (),
    place: bool | None = None,
) -> Scored:
    return Scored(candidate, 1.0, reach, reach, answer, dense, tuple(missing), place)


@pytest.fixture(scope="module")
def reason_of(candidates_of: Make, vocabulary: Vocabulary) -> Callable[..., Reason | None]:
    """Why the sentences of some texts, scored as the engine scores them, do not answer a question."""

    def reason(question: str, *texts: str, **facts: str) -> Reason | None:
        reading = read(question)
        return admissible(reading, score(reading, candidates_of(*texts, **facts), vocabulary))[1]

    return reason


ReasonOf = Callable[..., Reason | None]

# ---- the decision


def test_no_sentence_is_nothing_near(vocabulary: Vocabulary) -> None:
    assert decide(read(ASKED), [], [], vocabulary) == Decision((), Reason.NOTHING_NEAR)


def test_captions_alone_are_nothing_near(candidates_of: Make, vocabulary: Vocabulary) -> None:
    (caption,) = candidates_of("Ảnh chụp đảng viên của huyện")
    assert caption.is_label
    assert decide(read(ASKED), [entry(caption)], [], vocabulary).reason is Reason.NOTHING_NEAR


def found_for(library: Library, question: str) -> tuple[Reading, list[Scored], Sequence[Hit]]:
    reading = read(question)
    hits = retrieve(library, reading, Filters(), Retrieval())
    return reading, Assistant(library).quotation.score(reading, hits), hits


def test_a_good_sentence_is_admitted_and_the_confidence_explained(
    library: Library, vocabulary: Vocabulary
) -> None:
    reading, scored, hits = found_for(library, "Năm 2021 Đảng bộ Khối kết nạp bao nhiêu đảng viên?")
    decision = decide(reading, scored, hits, vocabulary)
    assert decision.reason is None
    assert "96 đảng viên" in decision.admissible[0].candidate.text
    assert 0.5 < decision.confidence <= 1.0
    assert 0.0 < decision.least < 0.5
    assert decision.signals is not None


def test_where_a_rule_decides_there_is_nothing_to_measure(library: Library, vocabulary: Vocabulary) -> None:
    reading, scored, hits = found_for(library, "Tỉnh Cà Mau kết nạp bao nhiêu đảng viên?")
    assert decide(reading, scored, hits, vocabulary) == Decision((), Reason.PLACE_ABSENT)


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(-1, 1), st.floats(0, 1))
@pytest.mark.parametrize("question", [ASKED, "How many members does the district have?"])
def test_the_threshold_decides(
    sentences: list[Candidate],
    vocabulary: Vocabulary,
    question: str,
    reach: float,
    dense: float,
    least: float,
) -> None:
    scored = [entry(sentences[0], reach=reach, dense=dense)]
    decision = decide(read(question), scored, [], vocabulary, least=least)
    assert decision.least == least
    assert bool(decision.admissible) == (decision.confidence >= least)
    assert (decision.reason is None) == bool(decision.admissible)
    assert decision.reason in (None, Reason.TOO_LITTLE)


# ---- the rules


NUMBER = Concept(("77cttw",), ConceptKind.NUMBER)
YEAR = Concept(("2015",), ConceptKind.FIGURE)


@pytest.mark.parametrize(
    ("question", "lacking", "reason"),
    [
        ("Theo Chỉ thị số 77-CT/TW, xã làm những gì?", {"missing": [NUMBER]}, Reason.NUMBER_ABSENT),
        ("Tỉnh Cà Mau có gì mới?", {"place": False}, Reason.PLACE_ABSENT),
        ("Năm 2015 huyện làm những gì?", {"missing": [YEAR]}, Reason.PERIOD_ABSENT),
        (ASKED, {"answer": 0.0}, Reason.NO_SUCH_FACT),
        ("Ai đứng ra nhận việc này?", {"answer": 0.0}, Reason.NO_SUCH_FACT),
    ],
)
def test_each_lack_has_its_reason_and_costs_only_the_sentences_that_lack(
    candidates_of: Make, question: str, lacking: dict[str, object], reason: Reason
) -> None:
    first, second = candidates_of(
        "Huyện có 420 đảng viên ở các chi bộ.", "Xã Ba có 33 chi bộ thuộc đảng ủy xã."
    )
    reading = read(question)
    bad = entry(first, **{"place": True, **lacking})  # type: ignore[arg-type]
    good = entry(second, place=True)
    assert admissible(reading, [bad]) == ([], reason)
    assert admissible(reading, [bad, good]) == ([good], None)


@pytest.mark.parametrize(
    ("question", "other", "same"),
    [
        (
            "Vì sao chi bộ thôn Hạ giải thể?",
            "Chi bộ thôn Hạ họp muộn vì bà con đi nương.",
            "Chi bộ thôn Hạ giải thể vì không còn đủ ba đảng viên.",
        ),
        (
            "Ai bị khai trừ khỏi chi bộ thôn Hạ?",
            "Đồng chí Lò Văn Pánh được chi bộ thôn Hạ khen thưởng.",
            "Đồng chí Lò Văn Pánh bị chi bộ thôn Hạ khai trừ.",
        ),
        (
            "Vì sao số đảng viên của huyện giảm?",
            "Số đảng viên của huyện tăng do nguồn kết nạp dồi dào.",
            "Số đảng viên của huyện giảm do nhiều người chuyển đi.",
        ),
        (
            "Vì sao số đảng viên của huyện tăng?",
            "Số đảng viên của huyện giảm do nhiều người chuyển đi.",
            "Số đảng viên của huyện tăng do nguồn kết nạp dồi dào.",
        ),
        (
            "Mức đóng đảng phí hằng tháng là bao nhiêu?",
            "Huyện có 420 người nộp đảng phí hằng tháng.",
            "Đảng phí hằng tháng bằng 1% tiền lương của đảng viên.",
        ),
        (
            "Ai là Bí thư Đảng ủy xã Sơn Vĩ?",
            "Đồng chí Lò Văn Pánh là Trưởng ban Văn hóa xã Sơn Vĩ.",
            "Đồng chí Lò Văn Pánh, Bí thư Đảng ủy xã Sơn Vĩ, chủ trì buổi họp.",
        ),
    ],
    ids=["deed", "doer", "rise", "fall", "fees", "office"],
)
def test_a_sentence_about_something_else_is_no_such_fact(
    reason_of: ReasonOf, question: str, other: str, same: str
) -> None:
    assert reason_of(question, other) is Reason.NO_SUCH_FACT
    assert reason_of(question, same) is None
    assert reason_of(question, other, same) is None


def test_where_both_directions_are_spoken_of_neither_is_opposite(reason_of: ReasonOf) -> None:
    question = "Vì sao số đảng viên của huyện giảm?"
    assert reason_of(question, "Số đảng viên mới tăng, nhưng tổng số giảm do nhiều người chuyển đi.") is None
    both = "Vì sao số đảng viên nữ tăng mà tổng số giảm?"
    assert reason_of(both, "Số đảng viên nữ tăng do huyện quan tâm bồi dưỡng chị em.") is None


@pytest.mark.parametrize("other", ["Chi bộ 2 có 21 đảng viên.", "Chi bộ 31 có 21 đảng viên."])
def test_a_unit_told_by_its_number_is_not_another(reason_of: ReasonOf, other: str) -> None:
    question = "Chi bộ 3 có bao nhiêu đảng viên?"
    assert reason_of(question, other) is Reason.NAME_ABSENT
    assert reason_of(question, "Chi bộ 3 có 21 đảng viên.") is None
    # Its neighbour is named, but the figure is that of the other.
    assert reason_of(question, f"{other} Chi bộ 3 được khen.") is Reason.NO_SUCH_FACT
    assert reason_of(question, "Chi bộ 3 vừa họp. Nay có 21 đảng viên.") is None


@pytest.mark.parametrize("code", ["Phòng 12-QĐ/TU ghi gì?", "Tổ 3.000 người có gì mới?"])
def test_a_figure_that_goes_on_is_no_number_of_a_unit(reason_of: ReasonOf, code: str) -> None:
    assert reason_of(code, "Cả huyện có nhiều việc mới được ghi vào sổ.") is not Reason.NAME_ABSENT


@pytest.mark.parametrize(
    "request_",
    [
        "Viết cho tôi một bài thơ về chi bộ",
        "viet cho toi mot bai tho ve chi bo",
        "Kể chuyện cười về cuộc họp",
        "sang tac bai hat ve dang",
        "Write a poem about the party cell",
        "Đặt phòng khách sạn cho đoàn công tác",
    ],
)
def test_a_request_to_make_something_up_is_no_question(reason_of: ReasonOf, request_: str) -> None:
    assert reason_of(request_, "Chi bộ làm thơ, viết truyện và hát trong buổi họp.") is Reason.NO_QUESTION


@pytest.mark.parametrize(
    "question", ["Chi bộ viết báo cáo gì?", "chi bo lam viec gi", "Ai viết bài đăng báo của xã?"]
)
def test_who_asks_about_writing_asks_a_question(reason_of: ReasonOf, question: str) -> None:
    assert reason_of(question, "Đồng chí Lò Văn Pánh viết bài đăng báo cho chi bộ xã.") is None


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How many members did Zephyr Holdings admit?", Reason.NAME_ABSENT),
        ("How many members did Lao Cai province admit in 2023?", None),
    ],
)
def test_a_name_that_no_document_has_is_not_answered_about(
    library: Library, vocabulary: Vocabulary, question: str, reason: Reason | None
) -> None:
    reading, scored, hits = found_for(library, question)
    assert reading.language == "en"
    assert decide(reading, scored, hits, vocabulary).reason is reason


@pytest.mark.parametrize(
    "question",
    [
        "Vì sao Đảng bộ xã Sơn Vĩ giải thể?",
        "Ai là Giám đốc Khối Doanh nghiệp tỉnh Yên Bái?",
        "viet bai tho ve dang bo xa son vi",
    ],
)
def test_none_of_that_is_answered_by_the_engine(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is AnswerStatus.NOT_FOUND
