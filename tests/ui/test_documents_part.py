"""What the documents part shows, and its whole way in a browser, with real files and a real library."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Assistant
from assistant.collection import Pictures, Wish, listed
from assistant.holdings import Holdings
from assistant.intake_types import Received, State
from index.ingestion import ingest
from index.library import Library
from index.records import DocumentSummary
from index.types import Embedder
from ingest.errors import FileError
from ingest.options import ReadOptions
from ingest.sample_corpus import folder
from ingest.types import Access, Kind, Status
from ui import documents
from ui.documents_wording import DocumentsWording, documents_wording
from ui.wording import wording

VI, WORDS = documents_wording("vi"), wording("vi")
HOSTILE = "<img src=x onerror=alert(1)> ${1+1} {{value}}"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def summary(name: str, **values: Any) -> DocumentSummary:
    plain = DocumentSummary(
        id=name,
        title=name,
        number=None,
        kind=Kind.OTHER,
        issuer=None,
        province=None,
        issued_on=None,
        status=Status.UNKNOWN,
        source=None,
        access=Access.PUBLIC,
        names=(name,),
        paths=(),
        passages=1,
        characters=10,
        ingested_at=NOW,
    )
    return replace(plain, **values)


def received(**values: Any) -> Received:
    return replace(Received("ab12", "tệp.pdf", "tệp.pdf", NOW), **values)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_state_failure_order_and_field_has_words(language: str) -> None:
    from assistant.collection import Order
    from assistant.editing import EDITABLE

    def labels(kind: type[FileError]) -> set[str]:
        return {kind.label}.union(*(labels(below) for below in kind.__subclasses__()))

    texts = documents_wording(language)
    assert set(texts.states) == {state.value for state in State}
    assert set(texts.orders) == {order.value for order in Order}
    assert set(texts.fields) == set(texts.bad_fields) == set(EDITABLE)
    assert labels(FileError) - {"test"} <= set(texts.failures)


@pytest.mark.parametrize("texts", [VI, documents_wording("en")], ids=["vi", "en"])
def test_a_failed_file_says_what_is_wrong_and_what_to_do(texts: DocumentsWording) -> None:
    failed = received(state=State.FAILED, label="damaged", reason="is cut off.", fix="Copy it.", kept=True)
    html = documents.received([failed], texts)
    for said in (*texts.failures["damaged"], "is cut off. Copy it."):
        assert said in html
    assert 'data-act="retry"' in html
    assert 'data-act="discard"' in html


def test_a_file_that_was_refused_cannot_be_tried_again() -> None:
    assert 'data-act="retry"' not in documents.received([received(state=State.FAILED)], VI)


def test_a_file_under_way_shows_how_far_it_is() -> None:
    html = documents.received([received(state=State.READING, done=3, total=9, counted="pages")], VI)
    assert '<progress aria-label="tệp.pdf" value="3" max="9">' in html
    assert "trang 3/9" in html


def test_names_and_titles_do_nothing_on_the_page() -> None:
    rows = documents.table([summary("x", title=HOSTILE, province=HOSTILE)], VI, WORDS)
    rows += documents.received([received(name=HOSTILE, document_id=HOSTILE, state=State.ADDED)], VI)
    rows += documents.notice(HOSTILE, undo=(HOSTILE, HOSTILE))
    assert "<img" not in rows
    assert "${" not in rows
    assert "{{" not in rows


def test_a_list_is_shown_in_pages() -> None:
    many = [summary(f"{number:03}") for number in range(documents.PAGE_ROWS + 5)]
    first, last = (documents.table(many, VI, WORDS, page=page) for page in (0, 1))
    assert first.count("<tr") == documents.PAGE_ROWS + 1
    assert last.count("<tr") == 6
    assert 'data-act="page" data-key="1"' in first
    assert 'data-act="page" data-key="0"' in last
    assert documents.table(many, VI, WORDS, page=99) == last


def test_an_empty_library_is_told_from_a_search_without_result() -> None:
    assert VI.library_empty in documents.table([], VI, WORDS, empty=True)
    assert VI.none_found in documents.table(listed([summary("a")], Wish(text="b")), VI, WORDS)


def test_a_picture_is_a_table_that_says_every_number() -> None:
    shown = Pictures(4, 9, ((2019, 3), (None, 1)), (("chỉ thị", 4),), ((None, 4),))
    html = documents.pictures(shown, VI, WORDS)
    assert html.count("<caption>") == 3
    assert '<th scope="row">2019</th>' in html
    assert '<span class="pba-value">3</span>' in html
    assert "width:33.3%" in html


# ---- in a browser

#: Drops two files made of a text and of so many bytes.
DROP = """([text, size]) => {
  const dropped = new DataTransfer();
  dropped.items.add(new File([text], "vừa.txt"));
  dropped.items.add(new File(["a".repeat(size)], "quá lớn.txt"));
  const zone = document.querySelector("#pba-drop button");
  zone.dispatchEvent(
    new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""

QUESTION = "Lớp tại nhà máy Sông Xanh học mấy ngày?"
GOOD = """TỈNH ỦY HÀ GIANG
Số 12-HD/TU
Hà Giang, ngày 5 tháng 3 năm 2021

HƯỚNG DẪN
về mở lớp bồi dưỡng nhận thức về Đảng tại nhà máy Sông Xanh

Mỗi lớp tại nhà máy Sông Xanh học 9 ngày, có 77 học viên tham gia.

Học viên viết bài thu hoạch vào ngày cuối; bài đạt từ 5 điểm trở lên được cấp giấy chứng nhận.
"""


@pytest.fixture
def desk(
    tmp_path: Path, served: Callable[..., str], embedder: Embedder
) -> Iterator[tuple[str, Holdings, Assistant]]:
    with Library.open(tmp_path / "library", embedder=embedder) as library:
        ingest(
            library, [folder() / name for name in ("tom-luoc-chi-thi-28.md", "hoi-nghi-chuyen-de-2020.txt")]
        )
        holdings = Holdings(library, tmp_path / "documents")
        holdings.start()
        assistant = Assistant(library)
        yield served(assistant, holdings=holdings), holdings, assistant
        holdings.close()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A good file and a broken one."""
    good, bad = tmp_path / "Hướng dẫn Sông Xanh.txt", tmp_path / "hỏng.pdf"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    return [good, bad]


def open_documents(visit: Callable[..., Any], address: str, **options: Any) -> Any:
    visitor = visit(address, **options)
    visitor.page.locator('.pba-views a[data-view="documents"]').click()
    visitor.page.locator(".pba-table").wait_for()
    return visitor


def hand_in(page: Any, files: list[Path]) -> None:
    page.set_input_files("#pba-drop input[type=file]", [str(path) for path in files])
    page.locator(".pba-state-added").wait_for()
    page.locator(".pba-state-failed").wait_for()


def ask(visitor: Any, question: str, turn: int) -> str:
    visitor.page.locator('.pba-views a[data-view="ask"]').click()
    visitor.ask(question)
    text: str = visitor.answer(turn).inner_text()
    visitor.page.locator('.pba-views a[data-view="documents"]').click()
    return text


@pytest.mark.browser
def test_from_handing_in_to_bringing_back(
    visit: Callable[..., Any], desk: tuple[str, Holdings, Assistant], files: list[Path]
) -> None:
    address, holdings, _ = desk
    visitor = open_documents(visit, address)
    page = visitor.page
    assert "9 ngày" not in ask(visitor, QUESTION, 1)

    hand_in(page, files)
    good, bad = (page.locator(".pba-got", has_text=path.name) for path in files)
    assert VI.states["added"] in good.inner_text()
    assert VI.failures["damaged"][0] in bad.inner_text()
    assert "9 ngày" in ask(visitor, QUESTION, 2)

    good.locator('button[data-act="open"]').click()
    inside = page.locator(".pba-inside")
    inside.wait_for()
    assert "12-HD/TU" in page.locator("#pba-field-number input, #pba-field-number textarea").input_value()
    page.locator("#pba-field-title textarea").fill("Hướng dẫn của tôi")
    page.locator("#pba-field-date input, #pba-field-date textarea").fill("32/13/2021")
    page.locator("#pba-save").click()
    page.locator("#pba-documents-notice .pba-failure").wait_for()
    assert VI.bad_fields["issued_on"] in page.locator("#pba-documents-notice").inner_text()
    assert page.locator("#pba-field-title textarea").input_value() == "Hướng dẫn của tôi"
    page.locator("#pba-field-date input, #pba-field-date textarea").fill("06/03/2021")
    page.locator("#pba-save").click()
    page.locator(".pba-table button", has_text="Hướng dẫn của tôi").wait_for()
    (edited,) = (entry for entry in holdings.documents() if entry.title == "Hướng dẫn của tôi")
    assert edited.issued_on == date(2021, 3, 6)

    page.locator("#pba-remove").click()
    page.locator("#pba-documents-notice button", has_text=VI.undo).wait_for()
    page.locator(".pba-table button", has_text="Hướng dẫn của tôi").wait_for(state="detached")
    assert "9 ngày" not in ask(visitor, QUESTION, 3)
    page.locator("#pba-documents-notice button", has_text=VI.undo).click()
    page.locator(".pba-table button", has_text="Hướng dẫn của tôi").wait_for()
    assert "9 ngày" in ask(visitor, QUESTION, 4)

    page.reload()
    page.locator(".pba-table").wait_for()
    assert VI.failures["damaged"][0] in page.locator(".pba-received").inner_text()
    assert visitor.outside() == []


@pytest.mark.browser
@pytest.mark.parametrize("way", ["chosen", "dropped"])
def test_a_file_over_the_limit_is_named_and_costs_no_other(
    visit: Callable[..., Any], served: Callable[..., str], tmp_path: Path, embedder: Embedder, way: str
) -> None:
    with Library.open(tmp_path / "library", embedder=embedder) as library:
        ingest(library, [folder() / "hoi-nghi-chuyen-de-2020.txt"])
        limit = ReadOptions(max_bytes=1024 * 1024)
        holdings = Holdings(library, tmp_path / "documents", options=limit)
        holdings.start()
        visitor = open_documents(visit, served(Assistant(library), holdings=holdings))
        page = visitor.page
        good, large = tmp_path / "vừa.txt", tmp_path / "quá lớn.txt"
        good.write_text(GOOD, encoding="utf-8")
        large.write_bytes(b"a" * (3 * 1024 * 1024))
        if way == "chosen":
            page.set_input_files("#pba-drop input[type=file]", [str(good), str(large)])
        else:
            page.evaluate(DROP, [GOOD, 3 * 1024 * 1024])
        page.locator(".pba-state-added").wait_for()
        told = page.locator("#pba-drop-refused").inner_text()
        assert told == VI.upload_too_large.format(mib=1, names=large.name)
        assert page.locator(".pba-got").count() == 1
        assert page.get_by_text("exceeds").count() == 0
        holdings.close()


@pytest.mark.browser
def test_files_are_read_after_the_page_is_closed(
    visit: Callable[..., Any], desk: tuple[str, Holdings, Assistant], tmp_path: Path
) -> None:
    address, holdings, _ = desk
    many = tmp_path / "many"
    many.mkdir()
    for number in range(6):
        (many / f"{number}.txt").write_text(GOOD.replace("77", str(100 + number)), encoding="utf-8")
    visitor = open_documents(visit, address)
    visitor.page.set_input_files("#pba-drop input[type=file]", [str(path) for path in many.iterdir()])
    visitor.page.locator(".pba-got").first.wait_for()
    visitor.page.close()
    assert holdings.intake.wait(120)
    assert {entry.state for entry in holdings.intake.received()} == {State.ADDED}
    assert len(holdings.documents()) == 8


@pytest.mark.browser
def test_the_list_is_searched_with_the_keyboard_alone(
    visit: Callable[..., Any], desk: tuple[str, Holdings, Assistant]
) -> None:
    page = visit(desk[0]).page
    page.locator('.pba-views a[data-view="documents"]').focus()
    page.keyboard.press("Enter")
    page.locator(".pba-table").wait_for()
    page.locator("#pba-search input, #pba-search textarea").focus()
    page.keyboard.type("chi thi 28")
    page.locator(".pba-table tbody tr").nth(1).wait_for(state="detached")
    button = page.locator(".pba-table tbody button")
    assert "28-CT/TW" in button.inner_text()
    button.focus()
    page.keyboard.press("Enter")
    page.locator(".pba-inside").wait_for()
    page.wait_for_function("document.activeElement.className === 'pba-inside'")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark"), [(1280, True), (390, False)])
def test_nothing_sticks_out_and_both_parts_take_turns(
    visit: Callable[..., Any], desk: tuple[str, Holdings, Assistant], width: int, dark: bool
) -> None:
    page = open_documents(visit, desk[0], width=width, dark=dark).page
    page.locator(".pba-table button").first.click()
    page.locator(".pba-inside").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not page.locator("#pba-box").is_visible()
    page.locator('.pba-views a[data-view="ask"]').click()
    assert page.locator("#pba-box").is_visible()
    assert not page.locator("#pba-documents").is_visible()
    page.go_back()
    page.locator(".pba-table").wait_for()


@pytest.mark.browser
def test_where_documents_can_only_be_looked_at_nothing_else_is_offered(
    visit: Callable[..., Any], desk: tuple[str, Holdings, Assistant], served: Callable[..., str]
) -> None:
    looking = served(desk[2], holdings=Holdings(desk[2].library, None), language="en")
    page = open_documents(visit, looking).page
    assert "can only be looked at" in page.locator("#pba-documents-head").inner_text()
    page.locator(".pba-table button").first.click()
    page.locator(".pba-inside").wait_for()
    for control in ("#pba-drop", "#pba-form", "#pba-remove"):
        assert not page.locator(control).is_visible()


def test_most_cited_passages_are_counted_from_saved_answers(tmp_path: Path, embedder: Embedder) -> None:
    from sqlalchemy import insert

    from assistant.serialise import answer_to_json
    from index.schema import conversations, turns

    with Library.open(tmp_path, embedder=embedder) as library:
        ingest(library, [folder() / "ke-hoach-lop-boi-duong-2024.txt"])
        answer = Assistant(library).ask("Lớp bồi dưỡng nhận thức về Đảng năm 2024 học mấy ngày?")
        assert answer.citations
        holdings = Holdings(library, None)
        saved = json.dumps(answer_to_json(answer), ensure_ascii=False)
        with library.catalogue.write() as connection:
            moment = {"created_at": NOW}
            connection.execute(insert(conversations).values(id="c", title="t", updated_at=NOW, **moment))
            for ordinal, text in enumerate((saved, saved, "", "no json", "[]"), 1):
                row = {"conversation_id": "c", "ordinal": ordinal, "question": "q", "answer": text}
                connection.execute(insert(turns).values(**row, **moment))
        cited = holdings.pictures().cited
        assert {entry.passage_id for entry in cited} == {
            c.passage_id for s in answer.statements for c in s.citations
        }
        assert {entry.times for entry in cited} == {2}
        assert cited[0].text == library.passage(cited[0].passage_id).text
