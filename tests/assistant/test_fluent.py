"""The whole assistant with a language model over HTTP: what it writes is checked, what fails is told."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scripted_model import Cut, Finish, Hang, Messages, Pause, Raw, Refuse, ScriptedModel

from assistant.answer import Assistant
from assistant.errors import AnswerStopped
from assistant.fluent import Writing
from assistant.llm.endpoint import Endpoint
from assistant.llm.outcome import BORNE_OUT, Mode
from assistant.llm.patience import Patience
from assistant.stopping import Stop
from assistant.types import AnswerStatus, Delta, Done, Drafted, Engine, Retrieved, Verdict
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder, Filters

REPORT = """\
Kết quả kết nạp đảng viên của huyện Hồng Lĩnh

Năm 2023, Đảng bộ huyện Hồng Lĩnh kết nạp 57.763 đảng viên mới, trong đó có 16.204 đoàn viên thanh niên.

Số đảng viên mới tăng 8,5% so với năm 2022. Chi bộ thôn Đồng Tâm không thu tiền của học viên lớp bồi dưỡng.
"""
OTHER = """\
Kết quả kết nạp đảng viên của huyện Sông Lô

Năm 2023, Đảng bộ huyện Sông Lô kết nạp 1.120 đảng viên mới, phần lớn là nông dân.
"""
QUESTION = "Năm 2023 Đảng bộ huyện Hồng Lĩnh kết nạp bao nhiêu đảng viên mới?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Library]:
    home: Path = tmp_path_factory.mktemp("fluent")
    (home / "documents").mkdir()
    (home / "documents" / "hong-linh.txt").write_text(REPORT, encoding="utf-8")
    (home / "documents" / "song-lo.txt").write_text(OTHER, encoding="utf-8")
    with Library.open(home / "library", embedder=embedder) as library:
        assert ingest(library, [home / "documents"]).added == 2
        yield library


@pytest.fixture
def assistant(library: Library, scripted_model: ScriptedModel) -> Callable[..., Assistant]:
    """Makes an assistant over the scripted model: ``assistant(mode=, patience=)``."""

    def make(*, mode: Mode = Mode.STRICT, patience: Patience = Patience(), **options: object) -> Assistant:
        endpoint = Endpoint(scripted_model.base_url, patience=patience, retries=0, **options)  # type: ignore[arg-type]
        return Assistant(library, llm=endpoint, writing=Writing(mode=mode))

    return make


def passage_with(messages: Messages, text: str) -> int:
    """The number of the passage that holds ``text``, as the request numbers them."""
    request = messages[-1]["content"]
    return int(re.findall(r'id="(\d+)"', request[: request.index(text)])[-1])


def about(text: str, sentence: str) -> Callable[[Messages], str]:
    """A reply that says ``sentence`` of the passage with ``text``; ``{n}`` is its number."""
    return lambda messages: sentence.format(n=passage_with(messages, text))


def test_a_sentence_that_holds_is_shown_with_the_exact_place_that_bears_it_out(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    scripted_model.script(
        about("57.763", "Huyện Hồng Lĩnh đã kết nạp 57.763 đảng viên mới trong năm 2023 [{n}].")
    )
    asked = assistant()
    answer = asked.ask(QUESTION)
    assert answer.engine is Engine.MODEL
    assert answer.status is AnswerStatus.GROUNDED
    [statement] = answer.statements
    assert statement.verdict is Verdict.SUPPORTED
    assert statement.text == "Huyện Hồng Lĩnh đã kết nạp 57.763 đảng viên mới trong năm 2023. [1]"
    [citation] = statement.citations
    document = asked.document(citation.document_id)
    assert document.text[citation.start : citation.end] == citation.quote
    assert citation.quote.startswith("Năm 2023, Đảng bộ huyện Hồng Lĩnh kết nạp 57.763")
    assert answer.cost is not None
    assert (answer.cost.tokens_in, answer.cost.tokens_out, answer.cost.counted) == (100, 20, True)
    assert answer.cost.first_word is not None
    assert answer.timings["model"] > 0


@pytest.mark.parametrize(
    "wrong",
    [
        "Huyện Hồng Lĩnh kết nạp 57.736 đảng viên mới năm 2023 [{n}].",
        "Huyện Sông Lô kết nạp 57.763 đảng viên mới năm 2023 [{n}].",
        "Huyện Hồng Lĩnh kết nạp 57.763 đảng viên mới năm 2024 [{n}].",
        "Huyện Hồng Lĩnh kết nạp 57.763 đảng viên mới năm 2023 [9].",
        "Số đảng viên mới của huyện Hồng Lĩnh giảm 8,5% so với năm 2022 [{n}].",
    ],
)
def test_a_sentence_that_does_not_hold_is_withheld_and_the_quotes_answer(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel, wrong: str
) -> None:
    scripted_model.script(about("57.763", wrong))
    answer = assistant().ask(QUESTION)
    assert answer.engine is Engine.QUOTATION
    assert "57.763" in answer.statements[0].text
    assert all(statement.verdict is Verdict.VERBATIM for statement in answer.statements)
    [withheld] = answer.withheld
    assert withheld.verdict in (Verdict.CONTRADICTED, Verdict.UNVERIFIED)
    assert withheld.differences
    assert any("không đủ căn cứ" in note for note in answer.notes)


def test_one_wrong_sentence_among_right_ones_is_withheld_alone(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    right = (
        "Huyện Hồng Lĩnh kết nạp 57.763 đảng viên mới năm 2023 [{n}]. "
        "Trong đó có 16.204 đoàn viên thanh niên [{n}]. "
    )
    scripted_model.script(about("57.763", right + "Có 99 chi bộ tham gia [{n}]."))
    answer = assistant().ask(QUESTION)
    assert answer.engine is Engine.MODEL
    assert len(answer.statements) == 2
    assert ["99" in statement.text for statement in answer.withheld] == [True]
    assert "99" not in " ".join(statement.text for statement in answer.statements)


def test_marked_sentences_are_shown_as_what_they_are(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    text = "Huyện Hồng Lĩnh kết nạp 57.763 đảng viên mới năm 2023 [{n}]. Huyện có 99 chi bộ [{n}]."
    scripted_model.script(about("57.763", text))
    answer = assistant(mode=Mode.MARK).ask(QUESTION)
    assert answer.status is AnswerStatus.PARTLY_GROUNDED
    good, bad = answer.statements
    assert good.verdict is Verdict.SUPPORTED
    assert bad.verdict in (Verdict.CONTRADICTED, Verdict.UNVERIFIED)


def test_unchecked_sentences_are_never_shown_as_verified(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    scripted_model.script(about("57.763", "Huyện Hồng Lĩnh kết nạp 57.763 đảng viên mới năm 2023 [{n}]."))
    answer = assistant(mode=Mode.OFF).ask(QUESTION)
    assert [statement.verdict for statement in answer.statements] == [Verdict.UNVERIFIED]
    assert answer.status is AnswerStatus.PARTLY_GROUNDED


def test_without_an_answer_in_the_documents_no_model_is_asked(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    answer = assistant().ask("Ai vô địch bóng đá thế giới năm 2018?")
    assert answer.status is AnswerStatus.NOT_FOUND
    assert scripted_model.asked == []


def test_a_model_that_finds_no_answer_leaves_the_quotes(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    scripted_model.script("NOT_IN_PASSAGES")
    answer = assistant().ask(QUESTION)
    assert answer.engine is Engine.QUOTATION
    assert "57.763" in answer.statements[0].text
    assert any("không tìm được câu trả lời" in note for note in answer.notes)


QUICK = Patience(connect=1.0, first_word=1.0, between_words=1.0, total=5.0)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Refuse(401, {"error": {"message": "bad key"}}), "từ chối khóa"),
        (Refuse(429, {"error": {"message": "slow down"}}), "hạn mức"),
        (Refuse(500, "<html>broken</html>"), "gặp lỗi"),
        (Refuse(404, {"error": {"message": "no such model"}}), "không nhận yêu cầu"),
        ([Hang()], "không trả lời kịp"),
        (["Huyện Hồng Lĩnh ", Hang()], "không trả lời kịp|ngắt giữa chừng"),
        (["Huyện Hồng Lĩnh ", Cut()], "ngắt giữa chừng"),
        (["Huyện ", Raw(b"data: {not json\n\n")], "ngắt giữa chừng"),
    ],
)
def test_whatever_fails_the_quotes_answer_and_a_line_says_why(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel, reply: object, told: str
) -> None:
    scripted_model.script(reply)  # type: ignore[arg-type]
    answer = assistant(patience=QUICK).ask(QUESTION)
    assert answer.engine is Engine.QUOTATION
    assert answer.status is AnswerStatus.GROUNDED
    assert "57.763" in answer.statements[0].text
    [note] = answer.notes
    assert re.search(told, note), note


def test_an_endpoint_that_is_not_there_costs_the_reader_little(library: Library) -> None:
    endpoint = Endpoint("http://127.0.0.1:9/v1", "mẫu", patience=QUICK, retries=0)
    answer = Assistant(library, llm=endpoint).ask(QUESTION)
    assert "57.763" in answer.statements[0].text
    assert "Không kết nối được" in answer.notes[0]


def test_events_give_the_quotes_first_and_then_each_sentence_as_it_is_written(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    first = about("57.763", "Huyện Hồng Lĩnh kết nạp 57.763 đảng viên mới năm 2023 [{n}]. ")

    def slowly(messages: Messages) -> list[object]:
        then = about("16.204", "Trong đó có 16.204 đoàn viên thanh niên [{n}].")(messages)
        return [first(messages), "Trong ", Pause(0.6), then.removeprefix("Trong ")]

    scripted_model.script(slowly)  # type: ignore[arg-type]
    seen: list[tuple[type, float]] = []
    began = time.monotonic()
    for event in assistant().stream(QUESTION):
        seen.append((type(event), time.monotonic() - began))
        if isinstance(event, Drafted):
            assert "57.763" in event.answer.statements[0].text
    kinds = [kind for kind, _ in seen]
    assert kinds[:3] == [Retrieved, Drafted, Delta]
    assert kinds[-1] is Done
    assert seen[-1][1] - seen[2][1] >= 0.5, "the first sentence does not wait for the last"


def test_who_no_longer_waits_ends_the_request(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    scripted_model.script(["Huyện ", Hang()])
    stop = Stop()
    events = assistant().stream(QUESTION, stop=stop)
    assert isinstance(next(events), Retrieved)
    assert isinstance(next(events), Drafted)
    threading.Timer(0.5, stop.now).start()
    with pytest.raises(AnswerStopped):
        list(events)
    assert scripted_model.abandoned.wait(10), "the endpoint works on for nobody"


def test_quotation_can_be_asked_for(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    answer = assistant().ask(QUESTION, quoted=True)
    assert answer.engine is Engine.QUOTATION
    assert answer.cost is None
    assert scripted_model.asked == []


ENGLISH = "How many new party members did Hồng Lĩnh district admit in 2023?"
ENGLISH_ANSWER = (
    "In 2023 the Party organisation of Hồng Lĩnh district admitted 57,763 new party members [{n}]."
)


def test_an_english_question_has_an_english_answer_beside_the_vietnamese_quote_and_its_translation(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    translation = (
        "In 2023, the Party organisation of Hồng Lĩnh district admitted 57,763 new Party members, of whom "
        "16,204 were Youth Union members."
    )
    scripted_model.script(about("57.763", ENGLISH_ANSWER), f"[1] {translation}")
    answer = assistant().ask(ENGLISH)
    assert answer.engine is Engine.MODEL
    [statement] = answer.statements
    assert "57,763" in statement.text
    assert "57.763" in statement.citations[0].quote
    assert statement.citations[0].translation == translation
    assert answer.cost is not None
    assert (answer.cost.tokens_in, answer.cost.tokens_out) == (200, 40), "both requests are counted"


def test_a_translation_with_another_figure_is_dropped(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    wrong = (
        "[1] In 2023, the Party organisation of Hồng Lĩnh district admitted 57,736 new Party members, "
        "of whom 16,204 were Youth Union members."
    )
    scripted_model.script(about("57.763", ENGLISH_ANSWER), wrong)
    answer = assistant().ask(ENGLISH)
    assert answer.engine is Engine.MODEL
    assert answer.statements[0].citations[0].translation == ""


FOLLOWUP = "Còn huyện Sông Lô?"


def test_a_followup_is_completed_by_the_model_where_that_agrees_with_the_rules(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    proposed = "Năm 2023 huyện Sông Lô kết nạp bao nhiêu đảng viên mới?"
    scripted_model.script(proposed, about("1.120", "Huyện Sông Lô kết nạp 1.120 đảng viên mới [{n}]."))
    answer = assistant().ask(FOLLOWUP, history=[QUESTION])
    assert answer.standalone == proposed
    assert "1.120" in answer.statements[0].text


def test_a_followup_completed_into_something_else_is_read_by_rule(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    scripted_model.script(
        "Năm 2019 huyện Nghi Lộc kết nạp bao nhiêu đảng viên mới?",
        about("1.120", "Năm 2023 huyện Sông Lô kết nạp 1.120 đảng viên mới [{n}]."),
    )
    answer = assistant().ask(FOLLOWUP, history=[QUESTION])
    assert "Sông Lô" in answer.standalone
    assert "2019" not in answer.standalone
    assert "1.120" in answer.statements[0].text


def test_a_model_of_llama_index_that_repeats_its_whole_request_shows_nothing_but_quotes(
    library: Library,
) -> None:
    from llama_index.core.llms.mock import MockLLM

    answer = Assistant(library, llm=MockLLM()).ask(QUESTION)
    assert answer.cost is not None
    assert answer.statements
    assert {statement.verdict for statement in answer.statements} <= BORNE_OUT
    shown = " ".join(statement.text for statement in answer.statements)
    assert "Quy tắc" not in shown
    assert "passage" not in shown


# ---- what was written before


@pytest.fixture
def keeping(library: Library, scripted_model: ScriptedModel, tmp_path: Path) -> Callable[..., Assistant]:
    """Makes an assistant that keeps answers in one folder."""

    def make(**options: object) -> Assistant:
        endpoint = Endpoint(scripted_model.base_url, retries=0)
        return Assistant(library, llm=endpoint, writing=Writing(kept_in=tmp_path, **options))  # type: ignore[arg-type]

    return make


def test_the_same_question_is_answered_from_what_was_kept(
    keeping: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    scripted_model.script(about("57.763", "Huyện Hồng Lĩnh kết nạp 57.763 đảng viên mới năm 2023 [{n}]."))
    first = keeping().ask(QUESTION)
    typed = "nam 2023 dang bo huyen hong linh ket nap bao nhieu dang vien moi?"
    again = keeping().ask(typed)
    assert len(scripted_model.asked) == 1
    assert again.question == typed
    assert again.statements == first.statements
    assert again.cost is not None
    assert again.cost.cached
    assert not first.cost.cached  # type: ignore[union-attr]
    assert again.understood, "in what it was read otherwise is of the question asked now"


def test_another_mode_filter_or_library_is_another_answer(
    keeping: Callable[..., Assistant], scripted_model: ScriptedModel, library: Library, tmp_path: Path
) -> None:
    scripted_model.script(about("57.763", "Huyện Hồng Lĩnh kết nạp 57.763 đảng viên mới năm 2023 [{n}]."))
    keeping().ask(QUESTION)
    keeping(mode=Mode.MARK).ask(QUESTION)
    keeping().ask(QUESTION, filters=Filters(document_ids=("hong-linh.txt",)))
    assert len(scripted_model.asked) == 3
    (tmp_path / "more.txt").write_text("Huyện Hồng Lĩnh có 14 xã.\n", encoding="utf-8")
    ingest(library, [tmp_path / "more.txt"])
    assert not keeping().ask(QUESTION).cost.cached  # type: ignore[union-attr]
    assert len(scripted_model.asked) == 4


def test_an_answer_that_failed_is_asked_for_again(
    keeping: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    right = about("57.763", "Huyện Hồng Lĩnh kết nạp 57.763 đảng viên mới năm 2023 [{n}].")
    scripted_model.script(Refuse(500, "broken"), right)
    assert keeping().ask(QUESTION).engine is Engine.QUOTATION
    assert keeping().ask(QUESTION).engine is Engine.MODEL


def test_an_answer_that_was_cut_is_not_kept(
    keeping: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    right = about("57.763", "Huyện Hồng Lĩnh kết nạp 57.763 đảng viên mới năm 2023 [{n}]. ")
    scripted_model.script(lambda messages: [right(messages), "Trong đó ", Finish("length")], right)
    cut = keeping().ask(QUESTION)
    assert cut.engine is Engine.MODEL
    assert any("cuối có thể thiếu" in note for note in cut.notes)
    whole = keeping().ask(QUESTION)
    assert len(scripted_model.asked) == 2
    assert not any("cuối có thể thiếu" in note for note in whole.notes)


def test_a_follow_up_asked_again_costs_no_request(
    keeping: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    completed = "Năm 2023 Đảng bộ huyện Sông Lô kết nạp bao nhiêu đảng viên mới?"
    scripted_model.script(
        completed, about("1.120", "Huyện Sông Lô kết nạp 1.120 đảng viên mới năm 2023 [{n}].")
    )
    first = keeping().ask("Còn huyện Sông Lô?", history=[QUESTION])
    assert first.engine is Engine.MODEL
    asked = len(scripted_model.asked)
    assert asked == 2
    again = keeping().ask("còn huyện Sông Lô", history=[QUESTION])
    assert len(scripted_model.asked) == asked
    assert (again.statements, again.standalone) == (first.statements, first.standalone)
    assert keeping().ask(completed).cost.cached, "asked by itself"  # type: ignore[union-attr]
    elsewhere = keeping().ask(
        "Còn huyện Sông Lô?", history=["Huyện Hồng Lĩnh có thu tiền của học viên không?"]
    )
    assert len(scripted_model.asked) > asked, "after another question it asks something else"
    assert elsewhere.standalone != first.standalone


def test_what_the_first_question_needs_is_loaded_without_asking_the_model(
    assistant: Callable[..., Assistant], scripted_model: ScriptedModel
) -> None:
    assistant().prepare()
    assert scripted_model.asked == []
