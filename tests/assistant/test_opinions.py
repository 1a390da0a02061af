"""What readers think is kept with all it is about, and becomes questions to evaluate on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.conversations import Conversations, TurnState
from assistant.errors import BadFacts, UnknownConversation
from assistant.evaluate.facts import read_facts
from assistant.opinions import FeedbackBook, Opinion, Rating, Reason, to_case, to_json, to_jsonl
from index.library import Library

QUESTION = "Năm 2019 Đảng bộ thành phố Lào Cai kết nạp được bao nhiêu đảng viên mới?"
FOLLOWUP = "Còn tỉnh Lào Cai năm 2023?"
UNKNOWN = "Tỉnh Cà Mau có bao nhiêu đảng viên?"


@pytest.fixture
def kept(library: Library) -> Iterator[Conversations]:
    """Conversations in the shared library, which a test leaves as it found it."""
    yield Conversations(library)
    with library.catalogue.write() as connection:
        for table in ("feedback", "conversations", "users"):
            connection.exec_driver_sql(f"DELETE FROM {table}")


@pytest.fixture
def book(library: Library) -> FeedbackBook:
    return FeedbackBook(library)


def ask(kept: Conversations, assistant: Assistant, *questions: str, user: str = "an") -> list[int]:
    """Ask in a new conversation, and keep; gives the keys of the turns."""
    conversation_id = kept.start(user, questions[0]).id
    keys = []
    for number, question in enumerate(questions):
        key = kept.begin(user, conversation_id, question)
        answer = assistant.ask(question, history=questions[:number])
        kept.finish(key, question, state=TurnState.ANSWERED, answer=answer)
        keys.append(key)
    return keys


def test_an_opinion_is_kept_with_all_that_it_is_about(
    kept: Conversations, book: FeedbackBook, assistant: Assistant
) -> None:
    _, second = ask(kept, assistant, QUESTION, FOLLOWUP)
    book.give("an", second, Opinion(Rating.DOWN, Reason.INCOMPLETE, "  thiếu số nữ \n"))
    [found] = book.listed()
    assert (found.user, found.question, found.history) == ("an", FOLLOWUP, (QUESTION,))
    assert found.opinion == Opinion(Rating.DOWN, Reason.INCOMPLETE, "thiếu số nữ")
    assert found.answer is not None
    assert found.answer.citations[0].quote
    shown = to_json(found)
    assert shown["answer"]["hits"]
    assert (shown["rating"], shown["reason"]) == ("down", "incomplete")
    assert abs(datetime.now(UTC) - found.given_at) < timedelta(minutes=1)


def test_an_opinion_takes_the_place_of_the_one_before_and_can_be_withdrawn(
    kept: Conversations, book: FeedbackBook, assistant: Assistant
) -> None:
    [key] = ask(kept, assistant, QUESTION)
    [conversation] = kept.listed("an")
    book.give("an", key, Opinion(Rating.UP))
    book.give("an", key, Opinion(Rating.DOWN, Reason.WRONG_FIGURE, "sai"))
    assert [entry.opinion.rating for entry in book.listed()] == [Rating.DOWN]
    [turn] = kept.load("an", conversation.id)[1]
    assert turn.opinion == Opinion(Rating.DOWN, Reason.WRONG_FIGURE, "sai")
    assert book.withdraw("an", key)
    assert not book.withdraw("an", key)
    assert kept.load("an", conversation.id)[1][0].opinion is None


def test_feedback_outlives_its_conversation(
    kept: Conversations, book: FeedbackBook, assistant: Assistant
) -> None:
    [key] = ask(kept, assistant, QUESTION)
    book.give("an", key, Opinion(Rating.UP))
    kept.delete("an", kept.listed("an")[0].id)
    [found] = book.listed()
    assert found.question == QUESTION
    assert found.answer is not None


def test_nobody_rates_the_answer_to_another(
    kept: Conversations, book: FeedbackBook, assistant: Assistant
) -> None:
    [key] = ask(kept, assistant, QUESTION)
    with pytest.raises(UnknownConversation):
        book.give("binh", key, Opinion(Rating.DOWN))
    assert book.listed() == ()


def test_feedback_is_listed_by_rating_and_time(
    kept: Conversations, book: FeedbackBook, assistant: Assistant
) -> None:
    first, second = ask(kept, assistant, QUESTION, FOLLOWUP)
    book.give("an", first, Opinion(Rating.UP))
    book.give("an", second, Opinion(Rating.DOWN))
    assert [entry.question for entry in book.listed(rating=Rating.UP)] == [QUESTION]
    assert [entry.question for entry in book.listed()] == [QUESTION, FOLLOWUP]
    assert book.listed(since=datetime.now(UTC) + timedelta(minutes=1)) == ()


def test_an_export_is_evaluated_once_a_person_filled_in_the_facts(
    kept: Conversations, book: FeedbackBook, assistant: Assistant, tmp_path: Path
) -> None:
    first, second = ask(kept, assistant, QUESTION, FOLLOWUP)
    [third] = ask(kept, assistant, UNKNOWN)
    [fourth] = ask(kept, assistant, "Năm 2021 Đảng bộ Khối kết nạp bao nhiêu đảng viên?")
    book.give("an", first, Opinion(Rating.UP))
    book.give("an", second, Opinion(Rating.DOWN, Reason.WRONG_FIGURE, "phải là 1.846"))
    book.give("an", third, Opinion(Rating.UP))
    book.give("an", fourth, Opinion(Rating.DOWN, Reason.WRONG_SOURCE))
    cases = [to_case(entry) for entry in book.listed()]
    assert [case["category"] for case in cases] == ["up", "wrong_figure", "up", "wrong_source"]
    assert cases[0]["documents"] == ["thanh-pho.md"]
    assert cases[1]["history"] == [QUESTION]
    assert "phải là 1.846" in cases[1]["note"]
    # Agreed that there is nothing to find: complete as it is.
    assert (cases[2]["answerable"], cases[2]["facts"]) == (False, [])
    # Its documents are what was wrong.
    assert cases[3]["documents"] == []

    file = tmp_path / "questions.jsonl"
    file.write_text(to_jsonl(cases), encoding="utf-8")
    with pytest.raises(BadFacts, match="line 1: an answerable question needs at least one fact"):
        read_facts(file)
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    lines[0]["facts"], lines[1]["facts"], lines[3]["facts"] = [["253"]], [["1.846"]], [["96"]]
    lines[1]["documents"], lines[3]["documents"] = ["vung-cao.md"], ["dang-phi.txt"]
    file.write_text(to_jsonl(lines), encoding="utf-8")
    assert [case.question for case in read_facts(file)] == [
        QUESTION,
        FOLLOWUP,
        UNKNOWN,
        "Năm 2021 Đảng bộ Khối kết nạp bao nhiêu đảng viên?",
    ]
