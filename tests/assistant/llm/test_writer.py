"""What a model writes is given out sentence by sentence, as what checking found it to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assistant.answer import Assistant
from assistant.citations import QuotedSpan, quoted
from assistant.errors import AnswerStopped
from assistant.llm.errors import Failing, ModelFailed
from assistant.llm.outcome import Mode, Outcome
from assistant.llm.prompt import NOT_FOUND
from assistant.llm.window import Source
from assistant.llm.writer import Writer
from assistant.stopping import Stop
from assistant.types import DifferenceKind, Statement, Verdict
from assistant.verification.verifier import verifier_of
from ingest.types import Passage

Sources = Callable[..., list[Source]]

ADMITTED = "Năm 2021 huyện Bắc Hà kết nạp 48 đảng viên mới."
WOMEN = "Trong số đảng viên mới có 20 người là nữ."
CLASSES = "Trung tâm chính trị huyện mở 5 lớp bồi dưỡng nhận thức về Đảng cho 310 học viên."
FIRST = f"{ADMITTED} {WOMEN}"
SECOND = f"{CLASSES} Mỗi lớp học trong bốn ngày liền tại hội trường huyện."
QUESTION = "Năm 2021 kết nạp bao nhiêu đảng viên?"


class Wrote:
    """Everything that came of one reply."""

    def __init__(self, items: list[Statement | Outcome]) -> None:
        *statements, outcome = items
        assert isinstance(outcome, Outcome)
        assert tuple(statements) == outcome.statements
        self.outcome = outcome

    @property
    def texts(self) -> list[str]:
        return [statement.text for statement in self.outcome.statements]

    @property
    def verdicts(self) -> list[Verdict]:
        return [statement.verdict for statement in self.outcome.statements]

    @property
    def withheld(self) -> list[str]:
        return [statement.text for statement in self.outcome.withheld]


@pytest.fixture
def sources(sources_of: Sources) -> list[Source]:
    return sources_of(FIRST, SECOND)


@pytest.fixture
def write(saying: Any, word_verifier: Any, sources: list[Source]) -> Callable[..., Wrote]:
    """Has the sources' answer written by a model that says ``reply``; [1] and [2] are the two texts."""

    def run(
        reply: Any, mode: Mode = Mode.STRICT, language: str = "vi", cut: bool = False, **options: Any
    ) -> Wrote:
        model = saying(reply, cut=cut)
        return Wrote(list(Writer(model, word_verifier, mode).write(QUESTION, language, sources, **options)))

    return run


def quote(source: Source, sentence: str) -> Statement:
    """The answer by quotation that consists of one sentence, all of it the answer."""
    start = source.document.text.index(sentence)
    span = (start, start + len(sentence))
    (statement,) = quoted([QuotedSpan(source.document, source.passage, *span, span)])
    return replace(statement, emphasis=((0, len(sentence)),))


def test_a_sentence_cites_the_exact_sentence_that_bears_it_out(write: Any, sources: list[Source]) -> None:
    wrote = write(f"{ADMITTED} [1]")
    (statement,) = wrote.outcome.statements
    (citation,) = statement.citations
    assert statement.text == f"{ADMITTED} [1]"
    assert statement.verdict is Verdict.VERBATIM
    document = sources[0].document
    assert citation.quote == document.text[citation.start : citation.end] == ADMITTED
    assert (citation.document_id, citation.passage_id) == (document.id, sources[0].passage.id)
    assert citation.sentence == (citation.start, citation.end)
    assert citation.label.startswith("Tài liệu 1")
    assert not wrote.outcome.insufficient


def test_markers_are_numbered_by_place_and_equal_places_share_one(write: Any) -> None:
    wrote = write(f"{CLASSES} [2] {ADMITTED} [1]\nBắc Hà kết nạp 48 đảng viên mới [1]. {WOMEN} [1]")
    assert wrote.texts == [
        f"{CLASSES} [1]",
        f"{ADMITTED} [2]",
        "Bắc Hà kết nạp 48 đảng viên mới. [2]",
        f"{WOMEN} [3]",
    ]
    quotes = {citation.marker: citation.quote for s in wrote.outcome.statements for citation in s.citations}
    assert quotes == {1: CLASSES, 2: ADMITTED, 3: WOMEN}


def test_two_markers_stand_in_order_behind_the_sentence(
    saying: Any, sources_of: Sources, word_verifier: Any
) -> None:
    sources = sources_of(FIRST, f"Báo cáo nhắc lại: {ADMITTED}")
    reply = f"{WOMEN} [1] {ADMITTED} [2][1]"
    wrote = Wrote(list(Writer(saying(reply), word_verifier).write(QUESTION, "vi", sources)))
    assert wrote.texts[-1].endswith("[2][3]")
    assert [citation.marker for citation in wrote.outcome.statements[-1].citations] == [2, 3]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Năm 2021 huyện Bắc Hà kết nạp 84 đảng viên mới. [1]", DifferenceKind.NUMBER),
        (f"{WOMEN} [7]", DifferenceKind.MARKER),
        (f"{WOMEN} [2]", DifferenceKind.NUMBER),
        ("Huyện rất tự hào về thành tích vẻ vang đó. [1]", DifferenceKind.SUPPORT),
    ],
)
def test_strict_withholds_what_is_not_borne_out_and_says_why(
    write: Any, sentence: str, kind: DifferenceKind
) -> None:
    wrote = write(f"{ADMITTED} [1] {sentence}")
    assert wrote.texts == [f"{ADMITTED} [1]"]
    (withheld,) = wrote.outcome.withheld
    assert withheld.verdict not in (Verdict.VERBATIM, Verdict.SUPPORTED)
    assert withheld.differences[0].kind is kind
    assert not wrote.outcome.insufficient


def test_withheld_sentences_take_no_marker_from_those_shown(write: Any) -> None:
    wrote = write(f"Mở 50 lớp bồi dưỡng nhận thức về Đảng. [2] {ADMITTED} [1] {WOMEN} [1]")
    assert wrote.texts == [f"{ADMITTED} [1]", f"{WOMEN} [2]"]
    assert wrote.withheld == ["Mở 50 lớp bồi dưỡng nhận thức về Đảng. [3]"]


def test_mark_shows_every_sentence_as_what_it_is(write: Any) -> None:
    wrote = write(f"{ADMITTED} [1] Kết nạp 84 đảng viên mới năm 2021. [1]", Mode.MARK)
    assert wrote.verdicts == [Verdict.VERBATIM, Verdict.CONTRADICTED]
    assert wrote.outcome.statements[1].differences
    assert wrote.withheld == []


def test_off_asks_no_verifier_and_shows_nothing_as_verified(
    write: Any, word_verifier: Any, sources: list[Source]
) -> None:
    wrote = write(f"{ADMITTED} [1] Mọi việc đều tốt. [2][9]", Mode.OFF)
    assert wrote.verdicts == [Verdict.UNVERIFIED] * 2
    assert word_verifier.asked == []
    assert wrote.texts == [f"{ADMITTED} [1]", "Mọi việc đều tốt. [2]"]
    whole = wrote.outcome.statements[0].citations[0]
    assert whole.quote == sources[0].passage.text
    assert not wrote.outcome.insufficient


def test_a_sentence_without_marker_finds_the_passage_that_bears_it_out(write: Any) -> None:
    wrote = write(f"{CLASSES} Trời hôm đó rất đẹp.")
    assert wrote.texts == [f"{CLASSES} [1]"]
    assert wrote.withheld == ["Trời hôm đó rất đẹp."]


@pytest.mark.parametrize(
    "reply",
    [
        f"Theo các tài liệu:\n{ADMITTED} [1]",
        f"Theo các tài liệu: {ADMITTED} [1]",
        f"Dựa trên các đoạn trích được cung cấp, {ADMITTED} [1]",
        f"Theo đoạn [1], {ADMITTED}",
        f"Theo [1], {ADMITTED}",
        f"## Trả lời\n\n{ADMITTED} [1]\n\nHy vọng thông tin này hữu ích cho bạn!",
        f"Dưới đây là câu trả lời.\n{ADMITTED} [1]\nTài liệu tham khảo:\n[1] Báo cáo huyện Bắc Hà",
        f"{ADMITTED} [1]\n{ADMITTED} [1]\n{ADMITTED.upper()} [1]",
    ],
)
def test_framing_and_repetition_are_no_statements(write: Any, reply: str) -> None:
    wrote = write(reply)
    assert wrote.texts == [f"{ADMITTED} [1]"]
    assert wrote.withheld == []


def test_a_sentence_said_again_with_the_right_marker_counts(write: Any) -> None:
    wrote = write(f"{ADMITTED} [2] {ADMITTED} [1]")
    assert (wrote.texts, len(wrote.withheld)) == ([f"{ADMITTED} [1]"], 1)


def test_nobody_asked_for_a_sentence_in_another_language(
    saying: Any, sources_of: Sources, assistant: Assistant
) -> None:
    """Across languages there is little but meaning to check by; a quote of an English document stands."""
    sources = sources_of(SECOND, "The centre opened 5 classes for 310 learners in the spring of that year.")
    english = "The district centre opened 5 classes for 310 learners."
    reply = f"{english} [1] The centre opened 5 classes for 310 learners. [2]"
    writer = Writer(saying(reply), verifier_of(assistant.library))
    assert Wrote(list(writer.write(QUESTION, "vi", sources))).withheld[0].startswith(english)
    assert len(Wrote(list(writer.write("How many classes?", "en", sources))).texts) == 2


def test_items_of_a_list_take_the_markers_of_what_announces_them(write: Any, word_verifier: Any) -> None:
    write("Các việc đã làm [2]:\n- Mở 5 lớp bồi dưỡng nhận thức về Đảng\n- Mỗi lớp học trong bốn ngày")
    assert [asked[-3:] for asked in word_verifier.asked[1:]] == ["[2]", "[2]"]


def test_where_the_passages_do_not_say_the_model_is_heard_no_further(
    saying: Any, word_verifier: Any, sources: list[Source]
) -> None:
    model = saying([f"{NOT_FOUND}\n", f"Nhưng {ADMITTED} ", "[1]"])
    wrote = Wrote(list(Writer(model, word_verifier).write(QUESTION, "vi", sources)))
    assert wrote.outcome.refused
    assert wrote.outcome.insufficient
    assert wrote.texts == []
    assert model.replies[0].closed


@pytest.mark.parametrize(
    "reply",
    [
        "Các đoạn trích không đề cập đến nội dung này.",
        "Không có thông tin về việc đó trong tài liệu.",
        "The passages do not mention it.",
    ],
)
def test_a_refusal_in_the_models_own_words_is_one_too(write: Any, reply: str) -> None:
    outcome = write(reply).outcome
    assert (outcome.refused, outcome.insufficient) == (True, True)


def test_too_little_that_survives_is_insufficient(write: Any) -> None:
    false = [f"Kết nạp {n} đảng viên mới năm 2021. [1]" for n in (61, 62, 63)]
    assert write(f"{ADMITTED} [1] {false[0]}").outcome.insufficient is False
    assert write(f"{ADMITTED} [1] {' '.join(false)}").outcome.insufficient is True
    assert write(false[0]).outcome.insufficient is True
    assert write("").outcome.insufficient is True
    assert write(false[0], Mode.MARK).outcome.insufficient is True
    assert write(f"{ADMITTED} [1] {' '.join(false)}", Mode.MARK).outcome.insufficient is False


def test_an_answer_without_what_quotation_answers_is_insufficient(write: Any, sources: list[Source]) -> None:
    extract = [quote(sources[0], ADMITTED)]
    assert write(f"{CLASSES} [2]", extract=extract).outcome.insufficient
    assert not write(f"{CLASSES} [2] {ADMITTED} [1]", extract=extract).outcome.insufficient
    assert not write("Huyện Bắc Hà kết nạp 48 đảng viên [1].", extract=extract).outcome.insufficient


def test_a_failure_ends_the_answer_and_loses_no_whole_sentence(write: Any) -> None:
    failure = ModelFailed("Kết nối bị cắt.", Failing.BROKEN_OFF)
    wrote = write([f"{ADMITTED} [1] {WOMEN}", " [1]", failure])
    assert wrote.texts == [f"{ADMITTED} [1]", f"{WOMEN} [2]"]
    assert wrote.outcome.failure is failure
    half = write([f"{ADMITTED} [1] Trong số đảng viên mới có 2", failure])
    assert half.texts == [f"{ADMITTED} [1]"]
    assert half.withheld == []
    none = write([failure])
    assert (none.outcome.insufficient, none.outcome.first_word) == (True, None)


def test_the_rest_of_a_reply_that_was_too_long_is_no_sentence(write: Any) -> None:
    wrote = write(f"{ADMITTED} [1] Trong số đảng viên mới có", cut=True)
    assert wrote.texts == [f"{ADMITTED} [1]"]
    assert wrote.outcome.cut
    assert wrote.withheld == []


def test_without_room_for_a_passage_no_model_is_asked(
    saying: Any, word_verifier: Any, sources: list[Source]
) -> None:
    model = saying(ADMITTED, context_window=500)
    wrote = Wrote(list(Writer(model, word_verifier).write(QUESTION, "vi", sources)))
    assert model.requests == []
    assert (wrote.outcome.insufficient, wrote.outcome.left_out, wrote.outcome.cost) == (True, 2, None)


def test_statements_come_while_the_reply_is_still_on_its_way(
    saying: Any, word_verifier: Any, sources: list[Source]
) -> None:
    model = saying([f"{ADMITTED} ", "[1] ", "Trong", " số đảng viên mới có 20 người là nữ. [1]"])
    writing = Writer(model, word_verifier).write(QUESTION, "vi", sources)
    first = next(writing)
    assert isinstance(first, Statement)
    assert model.replies[0].read == 3
    assert len(list(writing)) == 2


def test_closing_the_stream_closes_the_request(
    saying: Any, word_verifier: Any, sources: list[Source]
) -> None:
    model = saying([f"{ADMITTED} [1] ", f"{WOMEN} [1] ", "Còn nữa."])
    writing = Writer(model, word_verifier).write(QUESTION, "vi", sources)
    next(writing)
    writing.close()  # type: ignore[attr-defined]
    assert model.replies[0].closed
    assert model.replies[0].read < 3


def test_a_stop_closes_the_request_and_says_so(
    saying: Any, word_verifier: Any, sources: list[Source]
) -> None:
    stop = Stop()
    model = saying([f"{ADMITTED} [1] ", f"{WOMEN} [1] ", "Còn nữa."])
    writing = Writer(model, word_verifier).write(QUESTION, "vi", sources, stop=stop)
    next(writing)
    stop.now()
    assert model.replies[0].closed
    with pytest.raises(AnswerStopped):
        list(writing)


def test_a_reply_that_goes_round_in_circles_is_ended(
    saying: Any, word_verifier: Any, sources: list[Source]
) -> None:
    model = saying([f"{ADMITTED} [1] "] * 1000)
    wrote = Wrote(list(Writer(model, word_verifier).write(QUESTION, "vi", sources)))
    assert wrote.texts == [f"{ADMITTED} [1]"]
    assert model.replies[0].read < 20
    assert model.replies[0].closed


def test_what_it_cost_is_told(saying: Any, word_verifier: Any, sources: list[Source]) -> None:
    ticks = iter(range(100))
    writer = Writer(saying([f"{ADMITTED} ", "[1]"]), word_verifier, clock=lambda: next(ticks))
    *_, outcome = writer.write(QUESTION, "vi", sources)
    assert isinstance(outcome, Outcome)
    cost = outcome.cost
    assert cost is not None
    assert (cost.model, cost.tokens_in, cost.tokens_out, cost.counted) == ("thử-1b", 100, 2, False)
    assert (cost.first_word, cost.seconds) == (1, 2)
    assert len(cost.prompt_version) == 12


def test_instructions_repeated_are_dropped_and_counted(
    saying: Any, word_verifier: Any, sources: list[Source]
) -> None:
    model = saying(lambda messages: f"{messages[0].content}\n\n{ADMITTED} [1]")
    for mode in Mode:
        wrote = Wrote(list(Writer(model, word_verifier, mode).write(QUESTION, "vi", sources)))
        assert ADMITTED in wrote.texts[-1]
        assert wrote.outcome.repeated > 3
        written = " ".join([*wrote.texts, *wrote.withheld])
        assert "Quy tắc" not in written
        assert "suy đoán" not in written


def test_a_place_outside_of_what_was_read_has_its_own_passage(saying: Any, sources_of: Sources) -> None:
    """A sentence may go on beyond the passage that was read, or begin before it."""
    from assistant.llm.numbering import Numbering, Place

    (source,) = sources_of(FIRST)
    middle = FIRST.index(WOMEN)
    head = replace(source.passage, end=middle, text=FIRST[:middle])
    tail = Passage("1.md#2", "1.md", 2, middle, len(FIRST), WOMEN)
    numbering = Numbering(lambda _, offset: head if offset < middle else tail)
    place = Place(source.document, tail, FIRST.index("kết nạp"), len(ADMITTED))
    (citation,) = numbering.citations([place])
    assert citation.passage_id == head.id
    assert citation.sentence == (0, len(ADMITTED))
