"""From events to the conversation: it grows, is whole at the end, and fails in words."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from assistant.errors import AssistantError
from ui.answering import answering
from ui.conversation import Conversation
from ui.sources import KEPT_TURNS
from ui.wording import wording

VI = wording("vi")
EMPTY = Conversation()


def last(assistant: Any, question: str, conversation: Conversation = EMPTY) -> Conversation:
    *_, end = answering(assistant, question, conversation, VI)
    return end


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_grows_statement_by_statement_with_its_sources(assistant: Any) -> None:
    steps = list(answering(assistant, "Lớp bồi dưỡng học mấy ngày?", Conversation(), VI))
    said = [step.turns[-1].message.count("pba-statement") for step in steps]
    cards = [step.turns[-1].sources.count("<article") for step in steps]
    assert said == sorted(said)
    assert cards == said == [0, 0, 1, 2, 3, 3]
    assert all(step.turns[-1].stopped for step in steps[:-1])
    assert not steps[-1].turns[-1].stopped


def test_nothing_is_called_grounded_before_the_answer_is_whole(assistant: Any) -> None:
    *under_way, whole = answering(assistant, "Lớp bồi dưỡng học mấy ngày?", Conversation(), VI)
    assert all("pba-status" not in step.turns[-1].message for step in under_way)
    assert "pba-grounded" in whole.turns[-1].message


def test_earlier_questions_are_the_history_oldest_first(assistant: Any) -> None:
    conversation = last(assistant, "Lớp bồi dưỡng học mấy ngày?")
    conversation = last(assistant, "Ai giảng?", conversation)
    last(assistant, "Còn kinh phí?", conversation)
    assert assistant.histories == [
        (),
        ("Lớp bồi dưỡng học mấy ngày?",),
        ("Lớp bồi dưỡng học mấy ngày?", "Ai giảng?"),
    ]


def test_a_known_error_is_told_in_words_and_leaves_no_trace_in_the_history(assistant: Any) -> None:
    conversation = last(assistant, "x" * 5000)
    assert VI.bad_question in plain(conversation.turns[-1].message)
    last(assistant, "Lớp bồi dưỡng học mấy ngày?", conversation)
    assert assistant.histories[-1] == ()


def test_an_error_of_the_library_is_told_in_its_own_words(assistant: Any) -> None:
    def broken(question: str, /, **options: Any) -> Any:
        raise AssistantError("The library at <home> is locked. Wait or stop the other program.")

    assistant.stream = broken
    message = last(assistant, "Hỏi?").turns[-1].message
    assert "The library at <home> is locked." in plain(message)
    assert "<home>" not in message


def test_an_unexpected_error_shows_no_detail_but_logs_it(assistant: Any, caplog: Any) -> None:
    conversation = last(assistant, "hỏng")
    assert "secret" not in conversation.turns[-1].message
    assert VI.failed_unexpected in plain(conversation.turns[-1].message)
    assert "secret detail of the defect" in caplog.text


def test_a_stream_that_ends_early_is_an_error_not_an_answer(assistant: Any) -> None:
    whole = assistant.stream
    assistant.stream = lambda question, /, **options: list(whole(question, **options))[:-1]
    turn = last(assistant, "Lớp bồi dưỡng học mấy ngày?").turns[-1]
    assert turn.failed
    assert "pba-statement" not in turn.message
    assert not turn.sources


def test_stopping_keeps_what_was_said_and_says_that_it_is_not_all(assistant: Any) -> None:
    steps = answering(assistant, "Lớp bồi dưỡng học mấy ngày?", Conversation(), VI)
    for _ in range(3):
        conversation = next(steps)
    stopped = conversation.stop().turns[-1]
    assert stopped.message.count("pba-statement") == 1
    assert VI.stopped in plain(stopped.message)
    assert "pba-progress" not in stopped.message


def test_stopping_a_whole_answer_changes_nothing(assistant: Any) -> None:
    conversation = last(assistant, "Lớp bồi dưỡng học mấy ngày?")
    assert conversation.stop() == conversation
    assert Conversation().stop() == Conversation()


def test_a_long_conversation_lets_go_of_old_cards_but_not_of_messages(assistant: Any) -> None:
    conversation = Conversation()
    for _ in range(KEPT_TURNS + 5):
        conversation = last(assistant, "Lớp bồi dưỡng học mấy ngày?", conversation)
    kept = [turn for turn in conversation.turns if "<article" in turn.sources]
    assert len(kept) == KEPT_TURNS + 1
    assert len(conversation.messages()) == 2 * (KEPT_TURNS + 5)
