"""The part for question sets in a browser, with real documents: made, reviewed, edited, exported, tried."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Assistant
from assistant.conversations import SINGLE_USER
from assistant.errors import LibraryBusy
from assistant.evaluate.facts import check_facts
from assistant.evaluate.suggest.desk import QuestionDesk
from assistant.evaluate.suggest.sets import QuestionSets
from assistant.evaluate.suggest.types import State, SuggestionKind
from assistant.evaluate.suggest.wording import suggest_wording
from assistant.holdings import Holdings
from index.embedding import open_embedder
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder
from ingest.sample_corpus import folder
from tests.ui.test_accessibility import serious
from tests.ui.test_chat_page import CONTRAST
from ui.sets_wording import sets_wording

pytestmark = pytest.mark.browser

VI, EN = sets_wording("vi"), sets_wording("en")
STATES = suggest_wording("vi").states
FILES = ("hoi-dap-lop-nhan-thuc-ve-dang.md", "huong-dan-quy-trinh-ket-nap.docx", "dien-bien-2006-2010.rtf")
HOSTILE = "<img src=x onerror='window.hacked=1'> ${window.hacked=2} {{constructor}}"
#: Controls that reach over the edge of the page.
OVER = """() => [...document.querySelectorAll("#pba-sets *")].filter((element) => {
  const box = element.getBoundingClientRect();
  return box.width && (box.right > window.innerWidth + 1 || box.left < -1);
}).map((element) => element.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("library")


@pytest.fixture(scope="module")
def assistant(home: Path, embedder: Embedder) -> Iterator[Assistant]:
    with Library.open(home / "library", embedder=embedder) as library:
        assert ingest(library, [folder() / name for name in FILES]).added == len(FILES)
        yield Assistant(library)


@pytest.fixture(scope="module")
def address(served: Callable[..., str], assistant: Assistant) -> str:
    desk = QuestionDesk(assistant)
    return served(assistant, question_desk=desk, holdings=Holdings(assistant.library, None))


class Visitor:
    """A visitor of the part."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def make(self, count: int = 6) -> None:
        self.page.locator('#pba-sets [name="count"]').fill(str(count))
        self.page.locator(".pba-order button[type=submit]").click()
        self.page.locator("section.pba-card").wait_for()
        self.settled()

    def settled(self) -> None:
        self.page.wait_for_function("!document.getElementById('pba-sets').hasAttribute('aria-busy')")

    def press(self, key: str) -> None:
        turn = self.turn
        self.page.keyboard.press(key)
        self.page.wait_for_function(f"Number(document.getElementById('pba-sets-done').dataset.turn) > {turn}")
        self.settled()

    def click(self, act: str, key: str | None = None) -> None:
        turn = self.turn
        named = f'[data-key="{key}"]' if key is not None else ""
        self.page.locator(f'#pba-sets [data-act="{act}"]{named}').first.click()
        self.page.wait_for_function(f"Number(document.getElementById('pba-sets-done').dataset.turn) > {turn}")
        self.settled()

    @property
    def turn(self) -> int:
        return int(self.page.locator("#pba-sets-done").get_attribute("data-turn"))

    def count(self, state: State) -> int:
        said = self.page.locator(f'#pba-sets .pba-tab[data-key="{state.value}"]').inner_text()
        found = re.search(r"\((\d+)\)", said)
        assert found
        return int(found[1])

    def counted(self, state: State, number: int) -> None:
        tab = self.page.locator(f'#pba-sets .pba-tab[data-key="{state.value}"]', has_text=f"({number})")
        tab.wait_for()

    def title(self) -> str:
        return str(self.page.locator("#pba-card-title").inner_text())


@pytest.fixture
def enter(visit: Callable[..., Any], address: str, assistant: Assistant) -> Iterator[Callable[..., Visitor]]:
    """Come to the part: ``enter(width=…, language=…)``. What was made there goes with the test."""

    def come(language: str = "", **options: Any) -> Visitor:
        page = visit(f"{address}/{language}", **options).page
        page.locator('.pba-views a[data-view="sets"]').click()
        page.locator("form.pba-order").wait_for(state="attached")
        return Visitor(page)

    yield come
    sets = assistant.archive.question_sets
    for saved in sets.listed(SINGLE_USER):
        sets.delete(SINGLE_USER, saved.id)


def test_from_an_order_through_the_review_by_keyboard_to_a_facts_file(
    enter: Callable[..., Visitor], assistant: Assistant, tmp_path: Path
) -> None:
    visitor = enter()
    page = visitor.page
    visitor.make(6)
    [saved] = assistant.archive.question_sets.listed(SINGLE_USER)
    assert saved.questions == 6
    first = visitor.title()
    visitor.press("a")
    visitor.counted(State.ACCEPTED, 1)
    page.wait_for_function(f"document.getElementById('pba-card-title').innerText !== {json.dumps(first)}")
    page.wait_for_function("document.activeElement.id === 'pba-card-title'")
    visitor.press("r")
    visitor.counted(State.REJECTED, 1)
    visitor.press("u")
    visitor.counted(State.REJECTED, 0)
    visitor.press("a")
    visitor.counted(State.ACCEPTED, 2)
    with page.expect_download() as download:
        visitor.click("export", "accepted")
    path = tmp_path / "facts.jsonl"
    download.value.save_as(path)
    cases, wrong = check_facts(path)
    assert (len(cases), wrong) == (2, ())
    page.reload()
    page.locator("#pba-set-title", has_text=saved.title).wait_for()
    visitor.counted(State.ACCEPTED, 2)


def test_a_marker_opens_the_source_at_its_quote(enter: Callable[..., Visitor]) -> None:
    visitor = enter()
    for kind in SuggestionKind:
        if kind is not SuggestionKind.LIST:
            visitor.page.locator(f'#pba-sets [name="asked"][value="{kind.value}"]').uncheck()
    visitor.make(1)
    quote = visitor.page.locator("#pba-sets .pba-quote").first.inner_text()
    visitor.page.locator("#pba-sets a.pba-cite").first.click()
    mark = visitor.page.locator("#pba-viewer mark").first
    mark.wait_for()
    assert mark.inner_text().split()[0] in quote


def test_an_edit_is_checked_at_once_and_what_is_wrong_is_marked(enter: Callable[..., Visitor]) -> None:
    visitor = enter()
    page = visitor.page
    page.locator('#pba-sets [name="asked"][value="unanswerable"]').uncheck()
    visitor.make(3)
    visitor.press("e")
    page.locator('form.pba-edit [name="facts"]').fill("")
    page.locator("form.pba-edit button[type=submit]").click()
    fault = page.locator("form.pba-edit .pba-fault")
    fault.wait_for()
    assert VI.not_saved in fault.inner_text()
    page.locator('form.pba-edit [name="facts"]').fill("999.999")
    page.locator("form.pba-edit button[type=submit]").click()
    page.locator("section.pba-card .pba-fault", has_text="999.999").wait_for()
    visitor.counted(State.EDITED, 1)
    visitor.press("u")
    visitor.counted(State.EDITED, 0)
    page.locator("section.pba-card .pba-sound").wait_for()


def test_the_second_click_of_a_double_click_decides_nothing(enter: Callable[..., Visitor]) -> None:
    visitor = enter()
    visitor.make(4)
    accept = visitor.page.locator('#pba-sets .pba-card [data-act="accept"]')
    accept.evaluate("(it) => it.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }))")
    visitor.click("accept")
    assert visitor.count(State.ACCEPTED) == 1


def test_a_page_with_an_unsaved_question_is_not_left_unasked(enter: Callable[..., Visitor]) -> None:
    visitor = enter()
    visitor.make(2)
    visitor.press("e")
    field = visitor.page.locator('form.pba-edit [name="question"]')
    field.press("Control+End")
    field.press("a")
    with visitor.page.expect_event("dialog") as asked:
        visitor.page.once("dialog", lambda dialog: dialog.dismiss())
        visitor.page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    assert field.input_value().endswith("a")


def test_keys_typed_into_a_form_decide_nothing(enter: Callable[..., Visitor]) -> None:
    visitor = enter()
    visitor.make(3)
    visitor.press("e")
    field = visitor.page.locator('form.pba-edit [name="question"]')
    field.wait_for()
    field.press("Control+End")
    field.press("a")
    field.press("r")
    assert field.input_value().endswith("ar")
    visitor.click("cancel")
    assert (visitor.count(State.ACCEPTED), visitor.count(State.REJECTED)) == (0, 0)


def test_a_question_by_hand_with_a_quote_found_by_its_words(
    enter: Callable[..., Visitor], assistant: Assistant
) -> None:
    visitor = enter()
    page = visitor.page
    visitor.make(2)
    visitor.click("add")
    page.locator('form.pba-edit [name="question"]').fill(f"Chi bộ họp bao lâu một lần? {HOSTILE}")
    page.locator('form.pba-edit [name="facts"]').fill("mỗi tháng một lần | hằng tháng")
    page.locator('form.pba-edit [name="find"]').fill("chi bộ họp thường lệ mỗi tháng một lần")
    page.locator('form.pba-edit [name="find"]').press("Enter")
    page.locator('[name="picked"]').first.wait_for()
    assert page.locator('form.pba-edit [name="facts"]').input_value() == "mỗi tháng một lần | hằng tháng"
    page.locator("#pba-sets label", has_text="mỗi tháng một lần").locator('[name="picked"]').first.check()
    page.locator("form.pba-edit button[type=submit]").click()
    visitor.counted(State.EDITED, 1)
    [saved] = assistant.archive.question_sets.listed(SINGLE_USER)
    own = assistant.archive.question_sets.load(SINGLE_USER, saved.id)[-1]
    assert own.facts == (("mỗi tháng một lần", "hằng tháng"),)
    assert "mỗi tháng một lần" in own.spans[0].quote
    assert page.evaluate("window.hacked") is None
    assert page.locator("#pba-sets img").count() == 0


def test_filters_show_one_state_and_the_list_leads_to_a_question(enter: Callable[..., Visitor]) -> None:
    visitor = enter()
    page = visitor.page
    visitor.make(4)
    visitor.press("r")
    visitor.counted(State.REJECTED, 1)
    visitor.click("filter", "rejected")
    page.locator('section.pba-card[data-state="rejected"]').wait_for()
    page.locator("#pba-sets .pba-folds summary").first.click()
    assert page.locator("#pba-sets .pba-rows li").count() == 1
    visitor.click("filter", "accepted")
    page.locator("section.pba-card", has_text=VI.none_here).wait_for()


def test_the_set_is_tried_on_the_assistant(enter: Callable[..., Visitor]) -> None:
    visitor = enter()
    visitor.make(3)
    visitor.page.locator('#pba-sets [data-act="run"]').click()
    trial = visitor.page.locator(".pba-trial")
    trial.wait_for()
    assert re.search(r"\d/3", trial.inner_text())


def test_making_can_be_stopped_and_nothing_is_kept(
    enter: Callable[..., Visitor], assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.evaluate.suggest import desk as desks
    from assistant.evaluate.suggest.types import Order
    from assistant.stopping import Stop

    def endless(library: Library, order: Order, *, progress: Any, stop: Stop) -> None:
        progress(1, order.count)
        while True:
            stop.check()

    monkeypatch.setattr(desks, "suggest", endless)
    visitor = enter()
    visitor.page.locator(".pba-order button[type=submit]").click()
    visitor.page.locator(".pba-making [data-act=stop]").click()
    visitor.page.locator("#pba-sets-said", has_text=VI.stopped).wait_for()
    assert visitor.page.locator(".pba-making").count() == 0
    assert assistant.archive.question_sets.listed(SINGLE_USER) == ()


def test_a_field_that_cannot_be_used_is_told_and_gets_the_keyboard(enter: Callable[..., Visitor]) -> None:
    visitor = enter()
    page = visitor.page
    page.locator('#pba-sets [name="count"]').fill("0")
    page.locator(".pba-order button[type=submit]").click()
    page.locator("#pba-sets-said .pba-failure").wait_for()
    page.wait_for_function("document.activeElement.name === 'count'")


def test_documents_with_nothing_to_ask_are_told_in_the_page_s_language(
    enter: Callable[..., Visitor], assistant: Assistant
) -> None:
    visitor = enter()
    page = visitor.page
    page.locator(".pba-order details summary").first.click()
    page.locator('#pba-sets [name="document_ids"][value="huong-dan-quy-trinh-ket-nap.docx"]').check()
    for kind in SuggestionKind:
        if kind is not SuggestionKind.DATE:
            page.locator(f'#pba-sets [name="asked"][value="{kind.value}"]').uncheck()
    page.locator(".pba-order button[type=submit]").click()
    page.locator("#pba-sets-said .pba-failure", has_text=VI.nothing).wait_for()
    assert assistant.archive.question_sets.listed(SINGLE_USER) == ()


def test_the_keyboard_stays_on_the_set_that_was_pressed_where_the_sets_change_places(
    enter: Callable[..., Visitor], assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(self: QuestionSets, user: str, set_id: str) -> None:
        raise LibraryBusy("Another program writes.")

    visitor = enter()
    page, sets = visitor.page, assistant.archive.question_sets
    for _ in range(2):
        visitor.make(1)
        visitor.click("close")
    newer, older = sets.listed(SINGLE_USER)
    rows = page.locator("#pba-sets-listing button")
    assert rows.first.get_attribute("data-key") == newer.id
    [question] = sets.load(SINGLE_USER, older.id)
    sets.decide(SINGLE_USER, older.id, question, State.ACCEPTED)
    monkeypatch.setattr(QuestionSets, "load", busy)
    page.locator(f'#pba-sets-listing [data-key="{older.id}"]').focus()
    visitor.press("Enter")
    page.locator(f'#pba-sets-listing li:first-child [data-key="{older.id}"]').wait_for()
    page.wait_for_function(f"document.activeElement.dataset.key === '{older.id}'")


def test_a_set_is_deleted_after_a_question(enter: Callable[..., Visitor], assistant: Assistant) -> None:
    visitor = enter()
    visitor.make(2)
    visitor.page.locator("#pba-sets .pba-folds summary").last.click()
    visitor.click("delete")
    visitor.page.locator(".pba-order").wait_for()
    assert assistant.archive.question_sets.listed(SINGLE_USER) == ()


@pytest.mark.parametrize(("width", "dark", "language"), [(1280, False, ""), (390, True, "en")])
def test_nothing_hangs_over_and_everything_can_be_read(
    enter: Callable[..., Visitor], width: int, dark: bool, language: str
) -> None:
    visitor = enter(language, width=width, dark=dark)
    page = visitor.page
    assert page.evaluate(OVER) == []
    visitor.make(4)
    for act in ("next", "edit"):
        visitor.click(act)
        assert page.evaluate(OVER) == []
        assert serious(page) == []
        assert page.evaluate(CONTRAST) == []


def test_a_library_that_may_only_be_read_keeps_a_set_for_the_session(
    served: Callable[..., str], visit: Callable[..., Any], home: Path, assistant: Assistant
) -> None:
    cache = home / "cache"
    with Library.open(
        home / "library", embedder=open_embedder(cache_folder=cache), read_only=True
    ) as library:
        reader = Assistant(library)
        page = visit(f"{served(reader, question_desk=QuestionDesk(reader))}/").page
        page.locator('.pba-views a[data-view="sets"]').click()
        page.locator("#pba-sets-listing", has_text=VI.read_only).wait_for()
        visitor = Visitor(page)
        visitor.make(2)
        visitor.press("a")
        visitor.counted(State.ACCEPTED, 1)
        assert assistant.archive.question_sets.listed(SINGLE_USER) == ()
