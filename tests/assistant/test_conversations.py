"""Conversations outlive the program, belong to their user, and tell what became of what they cite."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.conversations import LONGEST_TITLE, Conversations, TurnState, title_of
from assistant.errors import UnknownConversation
from assistant.types import Answer, NoticeKind
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder, Filters
from ingest.types import Kind

REGULATION = """QUY ĐỊNH

Điều 1. Chi bộ họp mỗi tháng một lần vào ngày 5.

Điều 2. Biên bản cuộc họp được lưu 12 năm tại văn phòng đảng ủy.
"""
REPORT = "Năm 2021, Đảng bộ xã Nà Phặc kết nạp 34 đảng viên mới, phần lớn là giáo viên.\n"
QUESTION = "Năm 2021 Đảng bộ xã Nà Phặc kết nạp bao nhiêu đảng viên?"
OTHER = "Biên bản cuộc họp chi bộ được lưu bao nhiêu năm?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "quy-dinh.txt").write_text(REGULATION, encoding="utf-8")
    (tmp_path / "documents" / "bao-cao.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def own(folder: Path, embedder: Embedder) -> Iterator[Library]:
    with Library.open(folder / "library", embedder=embedder) as library:
        assert ingest(library, [folder / "documents"]).added == 2
        yield library


def ask(library: Library, kept: Conversations, question: str, conversation_id: str | None = None) -> str:
    """Ask and keep, as the page does; gives the conversation."""
    conversation_id = conversation_id or kept.start("an", question).id
    turn = kept.begin("an", conversation_id, question)
    answer = Assistant(library).ask(question)
    assert kept.finish(turn, question, state=TurnState.ANSWERED, answer=answer)
    return conversation_id


def without_hits(answer: Answer) -> Answer:
    return replace(answer, hits=(), timings={})


def test_a_conversation_reopens_after_a_restart_with_citations_that_hold(
    own: Library, folder: Path, embedder: Embedder
) -> None:
    conversation_id = ask(own, Conversations(own), QUESTION)
    ask(own, Conversations(own), OTHER, conversation_id)
    said = [without_hits(Assistant(own).ask(question)) for question in (QUESTION, OTHER)]
    own.close()
    with Library.open(folder / "library", embedder=embedder) as library:
        conversation, turns = Conversations(library).load("an", conversation_id)
        assert conversation.title == QUESTION
        assert [(turn.ordinal, turn.question, turn.state) for turn in turns] == [
            (1, QUESTION, TurnState.ANSWERED),
            (2, OTHER, TurnState.ANSWERED),
        ]
        answers = [turn.answer for turn in turns]
        assert all(answers)
        assert [without_hits(answer) for answer in answers if answer] == said
        found = Assistant(library).ask(QUESTION).hits
        assert answers[0] is not None
        assert [hit.passage for hit in answers[0].hits] == [hit.passage for hit in found]
        cited = [citation for answer in answers if answer for citation in answer.citations]
        assert len(cited) >= 2
        for citation in cited:
            assert (
                library.document(citation.document_id).text[citation.start : citation.end] == citation.quote
            )
            assert library.passage(citation.passage_id).start <= citation.start
            assert not citation.is_gone


def test_saving_changes_nothing_that_searches_see(own: Library) -> None:
    generation = own.generation
    ask(own, Conversations(own), QUESTION)
    assert own.generation == generation


def test_saving_does_not_wait_for_an_ingestion(own: Library) -> None:
    kept = Conversations(own)
    inside, done = threading.Event(), threading.Event()

    def hold() -> None:
        with own.writing():
            inside.set()
            done.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(20)
    started = time.perf_counter()
    try:
        kept.begin("an", kept.start("an", QUESTION).id, QUESTION)
        took = time.perf_counter() - started
    finally:
        done.set()
        holder.join()
    assert took < 5


def test_a_removed_document_is_told_beside_its_quote(own: Library) -> None:
    kept = Conversations(own)
    conversation_id = ask(own, kept, QUESTION)
    with own.transaction() as tx:
        tx.remove("bao-cao.txt")
    [turn] = kept.load("an", conversation_id)[1]
    assert turn.answer is not None
    assert "bao-cao.txt" not in {hit.document.id for hit in turn.answer.hits}
    [citation] = turn.answer.citations
    assert [notice.kind for notice in citation.notices] == [NoticeKind.REMOVED]
    assert citation.is_gone
    assert "34 đảng viên" in citation.quote


def test_a_changed_document_is_told_beside_the_quotes_that_moved_only(own: Library, folder: Path) -> None:
    kept = Conversations(own)
    first = ask(own, kept, "Chi bộ họp mỗi tháng mấy lần?")
    second = ask(own, kept, OTHER)
    changed = REGULATION.replace("lưu 12 năm", "lưu 10 năm")
    (folder / "documents" / "quy-dinh.txt").write_text(changed, encoding="utf-8")
    assert ingest(own, [folder / "documents"]).replaced == 1
    [untouched] = kept.load("an", first)[1]
    [touched] = kept.load("an", second)[1]
    assert untouched.answer is not None
    assert touched.answer is not None
    assert [citation.is_gone for citation in untouched.answer.citations] == [False]
    kinds = [notice.kind for citation in touched.answer.citations for notice in citation.notices]
    assert kinds == [NoticeKind.CHANGED]
    assert "12 năm" in touched.answer.citations[0].quote


def test_a_document_replaced_since_is_told_as_it_is_today(own: Library, folder: Path) -> None:
    kept = Conversations(own)
    conversation_id = ask(own, kept, OTHER)
    later = folder / "documents" / "quy-dinh.txt.meta.toml"
    later.write_text('status = "hết hiệu lực"\n', encoding="utf-8")
    ingest(own, [folder / "documents"])
    [turn] = kept.load("an", conversation_id)[1]
    assert turn.answer is not None
    notices = [notice.kind for citation in turn.answer.citations for notice in citation.notices]
    assert notices == [NoticeKind.ENDED]


def test_the_one_used_last_is_listed_first(own: Library) -> None:
    kept = Conversations(own)
    first, second = kept.start("an", "Câu một").id, kept.start("an", "Câu hai").id
    assert [entry.id for entry in kept.listed("an")] == [second, first]
    kept.begin("an", first, "Câu ba")
    listed = kept.listed("an")
    assert [(entry.id, entry.turns) for entry in listed] == [(first, 1), (second, 0)]
    assert [entry.id for entry in kept.listed("an", limit=1, offset=1)] == [second]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nà phặc", True),
        ("na phac", True),
        ("ĐẢNG BỘ", True),
        ("giao vien", True),
        ("phặc nà", True),
        ("100%", False),
        ("biên bản", False),
        ("", True),
    ],
)
def test_search_reads_questions_and_answers_whatever_the_marks(own: Library, text: str, found: bool) -> None:
    kept = Conversations(own)
    conversation_id = ask(own, kept, QUESTION)
    assert [entry.id for entry in kept.search("an", text)] == ([conversation_id] if found else [])


def test_a_title_of_ones_own_is_found(own: Library) -> None:
    kept = Conversations(own)
    conversation_id = kept.start("an", QUESTION).id
    assert kept.rename("an", conversation_id, "  Chuẩn bị\nhội nghị ").title == "Chuẩn bị hội nghị"
    assert [entry.id for entry in kept.search("an", "chuan bi hoi nghi")] == [conversation_id]
    assert kept.rename("an", conversation_id, " ").title == "Chuẩn bị hội nghị"


def test_nobody_reaches_the_conversation_of_another(own: Library) -> None:
    kept = Conversations(own)
    conversation_id = ask(own, kept, QUESTION)
    assert kept.listed("binh") == ()
    assert kept.search("binh", "") == ()
    for attempt in (
        lambda: kept.load("binh", conversation_id),
        lambda: kept.begin("binh", conversation_id, "?"),
        lambda: kept.rename("binh", conversation_id, "x"),
        lambda: kept.begin("binh", conversation_id, "?", again=True),
        lambda: kept.restrict("binh", conversation_id, Filters()),
        lambda: kept.delete("binh", conversation_id),
    ):
        with pytest.raises(UnknownConversation, match=conversation_id):
            attempt()
    assert len(kept.load("an", conversation_id)[1]) == 1


def test_a_deleted_conversation_is_gone_and_an_answer_that_comes_late_is_no_error(own: Library) -> None:
    kept = Conversations(own)
    conversation_id = kept.start("an", QUESTION).id
    turn = kept.begin("an", conversation_id, QUESTION)
    kept.delete("an", conversation_id)
    assert kept.listed("an") == ()
    assert not kept.finish(turn, QUESTION, state=TurnState.FAILED, reason="x")
    with pytest.raises(UnknownConversation):
        kept.load("an", conversation_id)


def test_the_last_question_can_be_asked_again_or_otherwise(own: Library) -> None:
    kept = Conversations(own)
    conversation_id = kept.start("an", "một").id
    for question in ("một", "hai"):
        turn = kept.begin("an", conversation_id, question)
    kept.begin("an", conversation_id, "hai, sửa lại", again=True)
    # The answer to what is no longer asked comes too late.
    assert not kept.finish(turn, "hai", state=TurnState.FAILED, reason="x")
    turns = kept.load("an", conversation_id)[1]
    assert [(turn.ordinal, turn.question) for turn in turns] == [(1, "một"), (2, "hai, sửa lại")]


def test_how_a_question_ended_is_kept(own: Library) -> None:
    kept = Conversations(own)
    conversation_id = kept.start("an", "một").id
    failed = kept.begin("an", conversation_id, "???")
    kept.finish(failed, "???", state=TurnState.FAILED, reason="Câu hỏi trống.")
    kept.begin("an", conversation_id, "bị tắt giữa chừng")
    turns = kept.load("an", conversation_id)[1]
    assert [(turn.state, turn.reason, turn.answer) for turn in turns] == [
        (TurnState.FAILED, "Câu hỏi trống.", None),
        (TurnState.STOPPED, "", None),
    ]


def test_filters_and_language_stay_with_a_conversation(own: Library) -> None:
    kept = Conversations(own)
    filters = Filters(
        provinces=("tỉnh Bắc Kạn",),
        kinds=(Kind.REPORT,),
        numbers=("1-QĐ/TW",),
        issued_from=date(2020, 1, 31),
        document_ids=("a.txt",),
    )
    conversation_id = kept.start("an", QUESTION, filters=filters, language="en").id
    found = kept.find("an", conversation_id)
    assert (found.filters, found.language) == (filters, "en")
    kept.restrict("an", conversation_id, Filters(issued_to=date(2021, 1, 1)))
    kept.pin_language("an", conversation_id, None)
    found = kept.find("an", conversation_id)
    assert (found.filters, found.language) == (Filters(issued_to=date(2021, 1, 1)), None)


def test_a_long_question_is_a_short_title() -> None:
    title = title_of("Năm 2021 kết nạp\nbao nhiêu đảng viên, " * 20)
    assert len(title) <= LONGEST_TITLE
    assert title.startswith("Năm 2021 kết nạp bao nhiêu")
    assert title.endswith("…")
    assert len(title_of("x" * 500)) == LONGEST_TITLE


def test_an_answer_in_another_form_does_not_keep_the_rest_from_its_reader(own: Library) -> None:
    kept = Conversations(own)
    conversation_id = ask(own, kept, QUESTION)
    ask(own, kept, OTHER, conversation_id)
    with own.catalogue.write() as connection:
        connection.exec_driver_sql('UPDATE turns SET answer = \'{"status": "perfect"}\' WHERE ordinal = 1')
    first, second = kept.load("an", conversation_id)[1]
    assert first.answer is None
    assert second.answer is not None


def test_many_ask_at_once_and_nothing_is_lost_or_crossed(own: Library) -> None:
    kept = Conversations(own)
    shared = kept.start("u0", "chung").id
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            user = f"u{number}"
            mine = kept.start(user, f"câu của {user}").id
            for turn in range(4):
                kept.begin(user, mine, f"{user} hỏi {turn}")
            kept.begin("u0", shared, f"chung {number}")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for number in range(12):
        user = f"u{number}"
        mine = [entry for entry in kept.listed(user) if entry.id != shared]
        assert len(mine) == 1
        turns = kept.load(user, mine[0].id)[1]
        assert [turn.question for turn in turns] == [f"{user} hỏi {turn}" for turn in range(4)]
    assert [turn.ordinal for turn in kept.load("u0", shared)[1]] == list(range(1, 13))


WRITER = """
import sys
from assistant.conversations import Conversations
from index.library import Library
kept = Conversations(Library.open(sys.argv[1]))
conversation = kept.start("an", "một").id
for number in range(100_000):
    kept.begin("an", conversation, f"câu {number}")
    print(number, flush=True)
"""


def test_what_was_saved_survives_a_kill(own: Library, folder: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder / "library")], cwd=root, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    said = "".join(writer.stdout.readline() for _ in range(5))
    os.kill(writer.pid, signal.SIGKILL)
    *whole, _ = (said + writer.stdout.read()).split("\n")
    last = int(whole[-1])
    writer.wait()
    kept = Conversations(own)
    [conversation] = kept.listed("an")
    questions = [turn.question for turn in kept.load("an", conversation.id)[1]]
    assert questions[: last + 1] == [f"câu {number}" for number in range(last + 1)]
    assert kept.begin("an", conversation.id, "tiếp") > 0
