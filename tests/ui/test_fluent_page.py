"""The page while and after a language model writes: the draft by quotation, verdicts, what was withheld."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scripted_model import Hang, ScriptedModel

from assistant.answer import Assistant
from assistant.llm.endpoint import Endpoint
from assistant.stopping import Stop
from assistant.types import (
    AnswerStatus,
    Cost,
    Delta,
    Difference,
    DifferenceKind,
    Done,
    Drafted,
    Engine,
    Event,
    Retrieved,
    Statement,
    Verdict,
)
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder

pytestmark = pytest.mark.browser

QUESTION = "Năm 2023 xã Hòa Lạc kết nạp bao nhiêu đảng viên?"


@pytest.fixture(scope="module")
def writing(new_assistant: Callable[..., Any]) -> Any:
    """An assistant whose answers a model writes over; ``held`` keeps it from beginning."""
    plain = type(new_assistant())

    class WritingAssistant(plain):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            super().__init__()
            self.may_write = threading.Event()
            self.may_write.set()
            self.let_go = threading.Event()
            self.fails = False

        def stream(self, question: str, /, *, stop: Stop | None = None, **options: Any) -> Iterator[Event]:
            *_, done = super().stream(question, **options)
            draft = done.answer
            yield Retrieved(draft.standalone, draft.hits)
            yield Drafted(draft)
            if stop is not None:
                stop.then(self.let_go.set)
                stop.then(self.may_write.set)
            self.may_write.wait(60)
            if self.fails:
                yield Done(replace(draft, notes=("Mô hình ngôn ngữ không trả lời.",)))
                return
            first, second = draft.citations
            kept = (
                Statement("Xã kết nạp 27 đảng viên. [1]", (first,), Verdict.SUPPORTED),
                Statement(
                    "Gần 20 người là đoàn viên. [1]", (first,), Verdict.SUPPORTED, approximations=("gần 20",)
                ),
            )
            for statement in kept:
                yield Delta(statement)
            wrong = Statement(
                "Xã kết nạp 72 đảng viên. [1]",
                (first,),
                Verdict.CONTRADICTED,
                differences=(Difference(DifferenceKind.NUMBER, "72", "27"),),
            )
            unknown = Statement(
                "Kết quả <b>rất</b> tốt. [2]",
                (second,),
                Verdict.UNVERIFIED,
                differences=(Difference(DifferenceKind.SUPPORT, "rất tốt"),),
            )
            yield Done(
                replace(
                    draft,
                    status=AnswerStatus.PARTLY_GROUNDED,
                    statements=kept,
                    withheld=(wrong, unknown),
                    engine=Engine.MODEL,
                    cost=Cost("mô-hình-7b", "1", 900, 40, first_word=0.8, seconds=2.5),
                )
            )

    return WritingAssistant()


@pytest.fixture(scope="module")
def address(served: Callable[..., str], writing: Any) -> str:
    return served(writing)


@pytest.fixture
def open_page(address: str, writing: Any, visit: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    yield lambda **options: visit(address, **options)
    writing.may_write.set()
    writing.let_go.clear()
    writing.fails = False


def test_quotes_are_read_while_the_model_writes_and_give_way_to_its_answer(
    open_page: Any, writing: Any
) -> None:
    writing.may_write.clear()
    visit = open_page()
    visit.ask(QUESTION)
    message = visit.page.locator(".pba-answer.pba-turn-1")
    visit.page.locator(".pba-progress", has_text="đang viết").wait_for()
    assert "kết nạp 27 đảng viên, trong đó có 16 đoàn viên" in message.inner_text()
    assert visit.page.locator(".pba-card").count() == 2
    writing.may_write.set()
    answer = visit.answer()
    assert "Xã kết nạp 27 đảng viên." in answer.inner_text()
    assert "16 đoàn viên thanh niên" not in answer.locator(".pba-statement").all_inner_texts()[0]
    assert answer.locator(".pba-verdict", has_text="có căn cứ").count() == 2
    assert answer.locator(".pba-verdict", has_text="gần đúng: gần 20").count() == 1


def test_withheld_sentences_are_counted_and_shown_only_on_request(open_page: Any) -> None:
    visit = open_page()
    visit.ask(QUESTION)
    answer = visit.answer()
    withheld = answer.locator(".pba-withheld")
    assert "Đã giữ lại 2 câu" in withheld.inner_text()
    assert not withheld.get_by_text("72 đảng viên").is_visible()
    assert "72" not in " ".join(answer.locator(".pba-statement").all_inner_texts())
    withheld.locator("summary").click()
    shown = withheld.locator("li").all_inner_texts()
    assert "câu này viết “72”, nguồn ghi “27”" in shown[0]
    assert "Kết quả <b>rất</b> tốt." in shown[1], "its text is text, whatever it holds"
    assert "nguồn không có “rất tốt”" in shown[1]


def test_a_withheld_sentence_opens_from_the_keyboard(open_page: Any) -> None:
    visit = open_page()
    visit.ask(QUESTION)
    withheld = visit.answer().locator(".pba-withheld")
    withheld.locator("summary").focus()
    visit.page.keyboard.press("Enter")
    withheld.get_by_text("72 đảng viên").wait_for(state="visible")


def test_what_was_withheld_is_not_copied_with_the_answer(open_page: Any) -> None:
    visit = open_page()
    visit.ask(QUESTION)
    answer = visit.answer()
    answer.locator(".pba-withheld summary").click()
    answer.locator(".pba-copy").click()
    answer.get_by_text("Đã sao chép").wait_for()
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert "Xã kết nạp 27 đảng viên." in copied
    assert "72" not in copied


def test_what_the_answer_cost_is_told_on_request(open_page: Any) -> None:
    visit = open_page()
    visit.ask(QUESTION)
    cost = visit.answer().locator(".pba-cost")
    assert not cost.locator("p").is_visible()
    cost.locator("summary").click()
    assert "mô-hình-7b: 2,5 giây, 900 token vào, 40 token ra; chữ đầu tiên sau 0,8 giây" in cost.inner_text()


def test_where_the_model_fails_the_quotes_stay_with_a_line_that_says_so(open_page: Any, writing: Any) -> None:
    writing.fails = True
    visit = open_page()
    visit.ask(QUESTION)
    answer = visit.answer()
    assert "kết nạp 27 đảng viên, trong đó có 16 đoàn viên" in answer.inner_text()
    assert "Mô hình ngôn ngữ không trả lời." in answer.inner_text()
    assert answer.locator(".pba-verdict").count() == 0


def test_stop_lets_go_of_the_model_and_leaves_the_quotes(open_page: Any, writing: Any) -> None:
    writing.may_write.clear()
    visit = open_page()
    visit.ask(QUESTION)
    visit.page.locator(".pba-progress", has_text="đang viết").wait_for()
    visit.page.locator("#pba-box button.stop-button, #pba-box .stop-button").first.click()
    visit.page.locator(".pba-notice", has_text="Đã dừng").wait_for()
    assert writing.let_go.wait(30), "the model still works for nobody"
    assert "27 đảng viên" in visit.page.locator(".pba-answer.pba-turn-1").inner_text()
    assert visit.page.locator(".pba-progress").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_page(open_page: Any, width: int) -> None:
    visit = open_page(width=width)
    visit.ask(QUESTION)
    visit.answer().locator(".pba-withheld summary").click()
    assert visit.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_the_stop_button_ends_the_request_at_the_endpoint(
    served: Callable[..., str],
    visit: Callable[..., Any],
    scripted_model: ScriptedModel,
    tmp_path: Path,
    embedder: Embedder,
) -> None:
    (tmp_path / "bao-cao.txt").write_text(
        "Năm 2021, Đảng bộ xã Nà Phặc kết nạp 34 đảng viên mới, phần lớn là giáo viên.\n", encoding="utf-8"
    )
    with Library.open(tmp_path / "library", embedder=embedder) as library:
        ingest(library, [tmp_path / "bao-cao.txt"])
        scripted_model.script(["Năm 2021 ", Hang()], "Năm 2021 xã Nà Phặc kết nạp 34 đảng viên mới [1].")
        visit = visit(served(Assistant(library, llm=Endpoint(scripted_model.base_url))))
        visit.ask("Năm 2021 Đảng bộ xã Nà Phặc kết nạp bao nhiêu đảng viên?")
        visit.page.locator(".pba-progress", has_text="đang viết").wait_for()
        until = time.monotonic() + 60
        while not scripted_model.asked and time.monotonic() < until:
            time.sleep(0.05)
        visit.page.locator("#pba-box .stop-button").first.click()
        assert scripted_model.abandoned.wait(30), "the endpoint works on for nobody"
        visit.page.locator(".pba-notice", has_text="Đã dừng").wait_for()
        assert "34 đảng viên" in visit.page.locator(".pba-answer.pba-turn-1").inner_text()
        visit.page.locator('.pba-act[href="#pba-retry"]').click()
        answer = visit.answer()
        assert answer.locator(".pba-verdict", has_text="có căn cứ").count() == 1
        answer.locator(".pba-statement a.pba-cite").click()
        mark = visit.page.locator("#pba-viewer mark").first
        mark.wait_for()
        assert mark.inner_text().startswith("Năm 2021, Đảng bộ xã Nà Phặc kết nạp 34 đảng viên")
