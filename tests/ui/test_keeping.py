"""What the page shows is kept as it comes, however an answer ends, and opened again as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.archive import Archive
from assistant.conversations import SINGLE_USER, TurnState
from assistant.opinions import Opinion, Rating, Reason
from assistant.types import NoticeKind
from index.library import Library
from ui import history
from ui.conversation import Conversation
from ui.keeping import kept_answering
from ui.reopen import reopened
from ui.sources import KEPT_TURNS
from ui.wording import wording

VI = wording("vi")
QUESTION = "Lớp bồi dưỡng học mấy ngày?"
OTHER = "Năm 2023 xã Hòa Lạc kết nạp bao nhiêu đảng viên?"
USER = SINGLE_USER


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Library.open(tmp_path / "library") as library:
        yield Archive.of(library)


@pytest.fixture
def keeping(assistant: Any, archive: Archive) -> Any:
    """An assistant whose answers are kept in a real catalogue."""
    assistant.archive = archive
    return assistant


def ask(assistant: Any, question: str, conversation: Conversation | None = None) -> Conversation:
    *_, last = kept_answering(assistant, USER, question, conversation or Conversation(), VI)
    return last


def saved(archive: Archive, conversation: Conversation) -> Any:
    return archive.conversations.load(USER, conversation.id)[1]


def test_an_answer_is_kept_when_it_is_whole(keeping: Any, archive: Archive) -> None:
    shown = ask(keeping, QUESTION)
    [turn] = saved(archive, shown)
    assert (turn.question, turn.state, turn.key) == (QUESTION, TurnState.ANSWERED, shown.turns[0].key)
    assert [s.text for s in turn.answer.statements] == [s.text for s in keeping.ask(QUESTION).statements]
    assert len(archive.conversations.search(USER, "bai dat tu 5 diem")) == 1


def test_the_page_does_not_hold_what_was_found(keeping: Any) -> None:
    for step in kept_answering(keeping, USER, QUESTION, Conversation(), VI):
        assert all(turn.answer is None for turn in step.turns)


def test_a_conversation_goes_on_as_one(keeping: Any, archive: Archive) -> None:
    shown = ask(keeping, OTHER, ask(keeping, QUESTION))
    assert [turn.question for turn in saved(archive, shown)] == [QUESTION, OTHER]
    assert len(archive.conversations.listed(USER)) == 1
    assert keeping.histories[-1] == (QUESTION,)


def test_a_failure_is_kept_with_its_reason(keeping: Any, archive: Archive) -> None:
    shown = ask(keeping, "hỏng")
    [turn] = saved(archive, shown)
    assert (turn.state, turn.reason) == (TurnState.FAILED, VI.failed_unexpected)
    assert "pba-up" not in shown.messages()[1]["content"]
    assert "pba-retry" in shown.messages()[1]["content"]


def test_an_answer_that_is_stopped_is_kept_as_far_as_it_came(keeping: Any, archive: Archive) -> None:
    steps = kept_answering(keeping, USER, QUESTION, Conversation(), VI)
    for shown in steps:
        if "5 chuyên đề" in shown.turns[-1].message:
            break
    steps.close()
    [turn] = saved(archive, shown)
    assert turn.state is TurnState.STOPPED
    assert len(turn.answer.statements) == 1
    assert "pba-retry" not in shown.messages()[1]["content"]
    assert "pba-retry" in shown.stop().messages()[1]["content"]


def test_a_question_is_kept_before_it_is_answered(keeping: Any, archive: Archive) -> None:
    steps = kept_answering(keeping, USER, QUESTION, Conversation(), VI)
    next(steps)
    shown = next(steps)
    assert [(turn.question, turn.state) for turn in saved(archive, shown)] == [(QUESTION, TurnState.STOPPED)]
    steps.close()


def test_asking_again_takes_the_place_of_the_last_question(keeping: Any, archive: Archive) -> None:
    shown = ask(keeping, OTHER, ask(keeping, QUESTION))
    edited = ask(keeping, "Ai vô địch bóng đá?", replace(shown, editing=True))
    assert [turn.question for turn in edited.turns] == [QUESTION, "Ai vô địch bóng đá?"]
    assert [turn.question for turn in saved(archive, edited)] == [QUESTION, "Ai vô địch bóng đá?"]
    assert not edited.editing
    assert keeping.histories[-1] == (QUESTION,)


def test_a_conversation_deleted_meanwhile_goes_on_as_a_new_one(keeping: Any, archive: Archive) -> None:
    shown = ask(keeping, QUESTION)
    archive.conversations.delete(USER, shown.id)
    went_on = ask(keeping, OTHER, shown)
    assert went_on.id != shown.id
    assert [turn.question for turn in went_on.turns] == [QUESTION, OTHER]
    assert [turn.question for turn in saved(archive, went_on)] == [OTHER]


def test_a_library_that_may_only_be_read_still_answers(assistant: Any, tmp_path: Path) -> None:
    Library.open(tmp_path / "library").close()
    with Library.open(tmp_path / "library", read_only=True) as library:
        assistant.archive = Archive.of(library)
        assert not assistant.archive.conversations.can_save
        shown = ask(assistant, QUESTION)
    assert "5 ngày" in shown.turns[0].message
    assert (shown.id, shown.turns[0].key) == ("", None)
    assert "pba-up" not in shown.messages()[1]["content"]


def test_what_cannot_be_kept_is_answered_all_the_same(
    keeping: Any, archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    with archive.conversations._library.catalogue.write() as connection:
        connection.exec_driver_sql("DROP TABLE turns")
    shown = ask(keeping, QUESTION)
    assert "5 ngày" in shown.turns[0].message
    assert "could not be kept" in caplog.text


def test_a_reopened_conversation_reads_as_it_did(
    keeping: Any, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = ask(keeping, "hỏng", ask(keeping, OTHER, ask(keeping, QUESTION)))
    # The documents of this assistant are no library's; they are all there and as they were.
    monkeypatch.setattr("assistant.revive.Reviver.citation", lambda self, citation: citation)
    back = reopened(shown.id, saved(archive, shown), keeping, VI)
    # Nor does a library tell their kinds and dates, which stand behind the names of sources.
    facts = re.compile(r" · <span class=\"pba-kind\">.*?</span>")
    plain = [{**message, "content": facts.sub("", message["content"])} for message in shown.messages()]
    assert back.messages() == plain != shown.messages()
    assert back.sections == shown.sections
    assert back.id == shown.id
    assert back.questions == shown.questions


def test_a_source_that_is_gone_is_shown_as_it_was_quoted(keeping: Any, archive: Archive) -> None:
    shown = ask(keeping, QUESTION)
    [turn] = saved(archive, shown)
    assert {n.kind for c in turn.answer.citations for n in c.notices} == {NoticeKind.REMOVED}
    back = reopened(shown.id, [turn], keeping, VI)
    assert "đã được gỡ khỏi thư viện" in back.turns[0].message
    marks = re.findall(r"<mark>(.*?)</mark>", back.turns[0].sources)
    assert len(marks) == 3
    assert "Chi bộ không thu tiền của học viên." in marks[2]
    assert back.turns[0].sources.count("đã được gỡ khỏi thư viện") == 3


def test_only_the_latest_sources_are_made_again(keeping: Any, archive: Archive) -> None:
    shown = Conversation()
    for _ in range(KEPT_TURNS + 2):
        shown = ask(keeping, QUESTION, shown)
    back = reopened(shown.id, saved(archive, shown), keeping, VI)
    assert [section == "-" for section in back.sections] == [True] * 2 + [False] * KEPT_TURNS


def test_a_rating_is_shown_again(keeping: Any, archive: Archive) -> None:
    shown = ask(keeping, QUESTION)
    key = shown.turns[0].key
    archive.feedback.give(USER, key, Opinion(Rating.DOWN, Reason.WRONG_SOURCE, "x"))
    back = reopened(shown.id, saved(archive, shown), keeping, VI)
    assert back.turns[0].tools == history.tools(key, Opinion(Rating.DOWN, Reason.WRONG_SOURCE), VI)
    assert "Sai nguồn" in back.turns[0].tools
