"""The part for teaching material in a browser, with real documents: made, read, edited, exported, played."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from assistant.answer import Assistant
from assistant.conversations import SINGLE_USER
from assistant.errors import LibraryBusy
from assistant.holdings import Holdings
from assistant.stopping import Stop
from assistant.study.changes import Sort
from assistant.study.drafts import Drafts, SavedDraft
from assistant.study.export import FORMATS
from assistant.study.making import Step
from assistant.study.studio import Studio
from assistant.study.types import Draft, KeyPoint, Part, QuizItem, QuizKind, Wish
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder
from ingest.sample_corpus import folder
from tests.ui.test_accessibility import serious
from tests.ui.test_chat_page import CONTRAST
from ui.study_wording import study_wording

pytestmark = pytest.mark.browser

VI, EN = study_wording("vi"), study_wording("en")
FILES = (
    "hoi-dap-lop-nhan-thuc-ve-dang.md",
    "huong-dan-quy-trinh-ket-nap.docx",
    "dien-bien-2006-2010.rtf",
    "thanh-pho-bac-ninh-2024.txt",
)
TOPIC = "kết nạp đảng viên"
HOSTILE = "<img src=x onerror='window.hacked=1'> ${window.hacked=2} {{constructor}}"
OPEN_ALL = "(all) => all.forEach((fold) => { fold.open = true; })"
#: Controls that reach over the edge of the page.
OVER = """() => [...document.querySelectorAll("#pba-study *")].filter((element) => {
  const box = element.getBoundingClientRect();
  if (!box.width || element.closest(".pba-hidden, caption, thead")) return false;
  return box.right > window.innerWidth + 1 || box.left < -1;
}).map((element) => element.outerHTML.slice(0, 120))"""


@dataclass
class Kept:
    """A served page, and one draft that is kept for it."""

    address: str
    assistant: Assistant
    draft_id: str

    def draft(self) -> Draft:
        return self.assistant.archive.drafts.load(SINGLE_USER, self.draft_id)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    home: Path = tmp_path_factory.mktemp("library")
    with Library.open(home / "library", embedder=embedder) as library:
        assert ingest(library, [folder() / name for name in FILES]).added == len(FILES)
        yield Assistant(library)


@pytest.fixture(scope="module")
def made(assistant: Assistant) -> Draft:
    draft = assistant.desk.make(Wish(TOPIC, quiz_items=14, slides=9))
    assert {item.kind for item in draft.quiz} == set(QuizKind)
    assert draft.handout is not None
    assert draft.handout.series
    return draft


@pytest.fixture(scope="module")
def address(served: Callable[..., str], assistant: Assistant) -> str:
    return served(assistant, studio=Studio(assistant), holdings=Holdings(assistant.library, None))


@pytest.fixture
def kept(address: str, assistant: Assistant, made: Draft) -> Iterator[Kept]:
    drafts = assistant.archive.drafts
    saved = drafts.add(SINGLE_USER, made, note="Soạn lần đầu")
    yield Kept(address, assistant, saved.id)
    for draft in drafts.listed(SINGLE_USER):
        drafts.delete(SINGLE_USER, draft.id)


def points(draft: Draft) -> list[KeyPoint]:
    """The key points of the plan."""
    sections = [section for lesson in draft.lessons for section in lesson.sections]
    return [point for section in sections for point in section.points]


@dataclass
class Visitor:
    """A visitor of the part; ``page`` is Playwright's."""

    page: Any

    def settled(self) -> None:
        self.page.wait_for_function(
            "!document.getElementById('pba-study').hasAttribute('aria-busy')"
            " && !document.querySelector('[data-old]')"
        )

    def click(self, act: str, key: str | None = None, within: str = "#pba-study") -> None:
        """Press a button, and the fold open that holds it."""
        named = f'[data-key="{key}"]' if key is not None else ""
        button = self.page.locator(f'{within} button[data-act="{act}"]{named}').first
        button.evaluate(
            "(element) => { for (let fold = element.closest('details'); fold;"
            " fold = fold.parentElement.closest('details')) fold.open = true; }"
        )
        button.click()
        self.settled()

    def part(self, part: Part) -> None:
        self.click("part", part.value)
        self.page.locator(f'.pba-part-body[data-trail="{part.value}"]').wait_for()

    def open(self, kept: Kept) -> None:
        self.click("open", kept.draft_id)
        self.page.locator(".pba-draft-head").wait_for()
        self.settled()

    @property
    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.id"))


@pytest.fixture
def enter(visit: Callable[..., Any], address: str) -> Callable[..., Visitor]:
    """Come to the part: ``enter(width=…, language=…)``."""

    def come(language: str = "", **options: Any) -> Visitor:
        page = visit(f"{address}/{language}", **options).page
        page.locator('.pba-views a[data-view="study"]').click()
        page.locator("form.pba-wish").wait_for(state="attached")
        visitor = Visitor(page)
        visitor.settled()
        return visitor

    return come


def form_of(page: Any, **values: str) -> None:
    for name, value in values.items():
        page.locator(f'.pba-wish [name="{name}"]').first.fill(value)


# ---- choosing and making


def test_from_a_topic_to_a_draft_and_back_to_it_after_a_reload(
    enter: Callable[..., Visitor], assistant: Assistant
) -> None:
    visitor = enter()
    page = visitor.page
    page.locator(".pba-topic").first.click()
    assert page.locator('[name="topic"]').input_value()
    form_of(page, topic=TOPIC, quiz_items="5", slides="6", minutes="45")
    page.locator(".pba-wish details summary").first.click()
    page.locator("#pba-wish-find").fill("Điện Biên")
    found = page.locator("#pba-wish-found label")
    found.first.wait_for()
    found.first.locator("input").check()
    assert page.locator("#pba-wish-documents label").count() == 1
    page.locator("#pba-wish-find").fill("Hỏi đáp")
    page.locator("#pba-wish-found label", has_text="Hỏi - đáp").locator("input").check()
    page.locator(".pba-wish button[type=submit]").click()
    making = page.locator(".pba-making")
    making.wait_for()
    assert making.locator("progress").get_attribute("aria-label")
    assert making.locator('[role="status"]').inner_text()
    page.locator(".pba-draft-head").wait_for()
    assert visitor.focused == "pba-draft-title"
    (saved,) = assistant.archive.drafts.listed(SINGLE_USER)
    draft = assistant.archive.drafts.load(SINGLE_USER, saved.id)
    assert draft.wish.topic == TOPIC
    assert (draft.wish.minutes, draft.wish.quiz_items) == (45, 5)
    assert set(draft.wish.filters.document_ids) == {
        "dien-bien-2006-2010.rtf",
        "hoi-dap-lop-nhan-thuc-ve-dang.md",
    }
    assert {citation.document_id for citation in draft.citations} <= set(draft.wish.filters.document_ids)
    for part in Part:
        visitor.part(part)
    page.reload()
    page.locator(".pba-draft-head").wait_for()
    assert page.locator("#pba-draft-title").inner_text() == saved.title
    page.locator("a.pba-language").click()
    page.locator(".pba-tab", has_text=EN.parts[Part.PLAN]).wait_for()
    assert page.locator("#pba-draft-title").inner_text() == saved.title
    assistant.archive.drafts.delete(SINGLE_USER, saved.id)


def test_making_can_be_stopped(enter: Callable[..., Visitor], assistant: Assistant) -> None:
    visitor = enter()
    form_of(visitor.page, topic=TOPIC, quiz_items="40")
    visitor.page.locator(".pba-wish button[type=submit]").click()
    visitor.page.locator('button[data-act="stop"]').click()
    visitor.page.locator("#pba-study-said", has_text=VI.stopped).wait_for()
    assert visitor.page.locator(".pba-making").count() == 0
    assert visitor.page.locator('.pba-wish [name="topic"]').input_value() == TOPIC
    assert assistant.archive.drafts.listed(SINGLE_USER) == ()


def test_whoever_waits_his_turn_is_told_so_and_can_stop(
    enter: Callable[..., Visitor], assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, whole = Event(), Studio.making

    def held(studio: Studio, wish: Wish, stop: Stop) -> Iterator[Step | Draft]:
        go.wait(60)
        yield from whole(studio, wish, stop)

    monkeypatch.setattr(Studio, "making", held)
    one, two = enter(), enter()
    for visitor in (one, two):
        form_of(visitor.page, topic=TOPIC, quiz_items="0")
        visitor.page.locator(".pba-wish button[type=submit]").click()
        visitor.page.locator(".pba-making", has_text=VI.waiting).wait_for()
        # The form is out of sight: the keyboard is at what is shown instead, next to the way to stop.
        visitor.page.wait_for_function("document.activeElement.id === 'pba-study-progress'")
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate("document.activeElement.dataset.act") == "stop"
    two.page.keyboard.press("Enter")
    two.page.locator("#pba-study-said", has_text=VI.stopped).wait_for()
    go.set()
    one.page.locator(".pba-draft-head").wait_for()
    (saved,) = assistant.archive.drafts.listed(SINGLE_USER)
    assistant.archive.drafts.delete(SINGLE_USER, saved.id)


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [("minutes", "2", "minutes"), ("slides", "", "slides"), ("seed", "-5", "seed")],
)
def test_a_field_that_cannot_be_used_is_told_and_gets_the_keyboard(
    enter: Callable[..., Visitor], name: str, value: str, field: str
) -> None:
    from ui.study_form import limits

    visitor = enter()
    page = visitor.page
    page.locator(".pba-wish > details").last.evaluate("(fold) => { fold.open = true; }")
    form_of(page, **{name: value})
    page.locator(".pba-wish button[type=submit]").click()
    least, most = limits(field)
    page.locator("#pba-study-said .pba-failure").wait_for()
    assert VI.bad_fields[field].format(least=least, most=most) in page.locator("#pba-study-said").inner_text()
    page.wait_for_function(f"document.activeElement.name === '{name}'")


def test_a_topic_that_no_document_speaks_of_is_told_so_and_acts_on_nothing(
    enter: Callable[..., Visitor],
) -> None:
    visitor = enter()
    page = visitor.page
    form_of(page, topic=HOSTILE)
    page.locator(".pba-wish details summary").first.click()
    page.locator('.pba-wish [name="issued_to"]').fill("1999-01-01")
    page.locator(".pba-wish button[type=submit]").click()
    page.locator("#pba-study-said .pba-failure").wait_for()
    assert "<img src=x" in page.locator("#pba-study-said").inner_text()
    assert page.evaluate("window.hacked") is None
    assert page.locator("#pba-study img").count() == 0


# ---- reading


def test_every_marker_opens_its_source_and_the_way_back_is_kept(
    enter: Callable[..., Visitor], kept: Kept
) -> None:
    visitor = enter()
    page = visitor.page
    visitor.open(kept)
    quotes = {citation.marker: citation.quote for citation in kept.draft().citations}
    for part in (Part.PLAN, Part.HANDOUT, Part.QUIZ, Part.SLIDES):
        visitor.part(part)
        marker = page.locator(".pba-part-body a.pba-cite:visible").first
        number = int(marker.inner_text().strip("[]"))
        marker.click()
        page.locator("#pba-viewer mark").first.wait_for()
        marked = "".join(page.locator("#pba-viewer mark").all_inner_texts())
        first = re.split(r"[|\n]", quotes[number])[0]
        assert "".join(first.split())[:40] in "".join(marked.split())
        assert page.locator(".pba-view-count").inner_text()
        page.keyboard.press("Escape")
        page.wait_for_function("document.activeElement.matches('a.pba-cite')")
        assert page.evaluate("document.documentElement.dataset.pbaView") == "study"


def test_a_flashcard_turns_over(enter: Callable[..., Visitor], kept: Kept) -> None:
    visitor = enter()
    visitor.open(kept)
    visitor.part(Part.FLASHCARDS)
    card = visitor.page.locator(".pba-flashcard").first
    turn = card.locator(".pba-turn")
    back = kept.draft().flashcards[0].back
    assert not card.locator(".pba-back-side").is_visible()
    turn.focus()
    visitor.page.keyboard.press("Enter")
    assert back in card.locator(".pba-back-side").inner_text()
    assert turn.get_attribute("aria-expanded") == "true"
    visitor.page.keyboard.press("Enter")
    assert not card.locator(".pba-back-side").is_visible()


# ---- editing


def test_an_edit_that_breaks_the_proof_is_marked_and_can_be_undone(
    enter: Callable[..., Visitor], kept: Kept
) -> None:
    visitor = enter()
    page = visitor.page
    visitor.open(kept)
    point = next(point for point in points(kept.draft()) if re.search(r"\b\d{3}\b", point.text))
    visitor.click("edit", point.id)
    field = page.locator("form.pba-edit textarea")
    page.wait_for_function("document.activeElement.matches('form.pba-edit textarea')")
    figure = re.search(r"\b\d{3}\b", point.text)
    assert figure
    field.fill(point.text.replace(figure[0], "999"))
    page.locator("form.pba-edit button[type=submit]").click()
    visitor.settled()
    entry = page.locator(f"#pba-entry-{point.id}")
    entry.locator(".pba-fault").wait_for()
    assert VI.unproved in entry.inner_text()
    assert "999" in entry.locator(".pba-fault").inner_text()
    assert visitor.focused == f"pba-entry-{point.id}"
    assert VI.broken.format(count=1) in page.locator(".pba-draft-head").inner_text()
    (faulty,) = (found.faults for found in points(kept.draft()) if found.id == point.id)
    assert faulty
    page.locator("#pba-study-said button", has_text=VI.undo).click()
    visitor.settled()
    page.locator(".pba-fault").first.wait_for(state="detached")
    assert kept.draft().lessons == kept.assistant.archive.drafts.load(SINGLE_USER, kept.draft_id, 1).lessons


def test_what_is_typed_is_shown_and_nothing_else(enter: Callable[..., Visitor], kept: Kept) -> None:
    visitor = enter()
    page = visitor.page
    visitor.open(kept)
    visitor.part(Part.QUIZ)
    item = kept.draft().quiz[0]
    visitor.click("edit", item.id)
    page.locator('form.pba-edit [name="stem"]').fill(HOSTILE)
    page.locator("form.pba-edit button[type=submit]").click()
    visitor.settled()
    assert HOSTILE in page.locator(f"#pba-entry-{item.id} .pba-stem").inner_text()
    visitor.click("edit", item.id)
    assert page.locator('form.pba-edit [name="stem"]').input_value() == HOSTILE
    visitor.click("cancel")
    page.locator(".pba-folds summary", has_text=VI.rename).click()
    page.locator('form[data-form="rename"] [name="title"]').fill(HOSTILE)
    page.locator('form[data-form="rename"] button').click()
    visitor.settled()
    assert page.locator("#pba-draft-title").inner_text() == HOSTILE
    visitor.click("close")
    assert HOSTILE in page.locator("#pba-study-drafts").inner_text()
    assert page.evaluate("window.hacked") is None
    assert page.locator("#pba-study img").count() == 0


def test_questions_are_moved_replaced_locked_and_deleted(enter: Callable[..., Visitor], kept: Kept) -> None:
    visitor = enter()
    page = visitor.page
    visitor.open(kept)
    visitor.part(Part.QUIZ)
    before = kept.draft().quiz
    first, second, third, *_ = before
    visitor.click("down", first.id)
    assert [item.id for item in kept.draft().quiz[:2]] == [second.id, first.id]
    # The keyboard stays on the button, so that it can be pressed again.
    page.keyboard.press("Enter")
    visitor.settled()
    assert [item.id for item in kept.draft().quiz[:3]] == [second.id, third.id, first.id]
    visitor.click("lock", second.id)
    assert page.evaluate("document.activeElement.dataset.act") == "unlock"
    visitor.click("other", third.id)
    replaced = next(item for item in kept.draft().quiz if item.id == third.id)
    assert replaced.stem != third.stem
    assert replaced.faults == ()
    assert page.locator(f"#pba-entry-{third.id} .pba-stem").inner_text().endswith(replaced.stem)
    visitor.click("drop", first.id)
    assert first.id not in {item.id for item in kept.draft().quiz}
    assert len(kept.draft().quiz) == len(before) - 1
    visitor.click("again", Part.QUIZ.value)
    held = next(item for item in kept.draft().quiz if item.id == second.id)
    assert held.stem == second.stem
    assert held.locked


def test_a_form_that_was_changed_is_not_left_unasked(enter: Callable[..., Visitor], kept: Kept) -> None:
    visitor = enter()
    page = visitor.page
    visitor.open(kept)
    point = points(kept.draft())[0]
    visitor.click("edit", point.id)
    page.locator("form.pba-edit textarea").press_sequentially("x")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.locator(f'.pba-tab[data-key="{Part.QUIZ.value}"]').click()
    assert asked == [VI.leave]
    assert page.locator("form.pba-edit textarea").is_visible()


# ---- drafts


def test_drafts_are_renamed_duplicated_gone_back_in_and_deleted(
    enter: Callable[..., Visitor], kept: Kept
) -> None:
    visitor = enter()
    page, drafts = visitor.page, kept.assistant.archive.drafts
    visitor.open(kept)
    page.locator(".pba-folds summary", has_text=VI.rename).click()
    page.locator('form[data-form="rename"] [name="title"]').fill("Lớp tháng 5")
    page.keyboard.press("Enter")
    page.locator("#pba-draft-title", has_text="Lớp tháng 5").wait_for()
    visitor.settled()
    visitor.part(Part.QUIZ)
    item = kept.draft().quiz[0]
    visitor.click("drop", item.id)
    visitor.click("restore", "1", within=".pba-versions")
    assert item in kept.draft().quiz
    assert [version.ordinal for version in drafts.versions(SINGLE_USER, kept.draft_id)] == [1, 2, 3]
    visitor.click("duplicate", within="#pba-study-body")
    copy = VI.copy_of.format(title="Lớp tháng 5")
    page.locator("#pba-draft-title", has_text=copy).wait_for()
    visitor.click("close")
    rows = page.locator(".pba-draft")
    assert rows.count() == 2
    (other,) = (draft for draft in drafts.listed(SINGLE_USER) if draft.title == copy)
    visitor.click("delete", other.id)
    page.locator("#pba-study-said", has_text=VI.deleted.format(title=copy)).wait_for()
    assert rows.count() == 1
    assert [draft.id for draft in drafts.listed(SINGLE_USER)] == [kept.draft_id]


def test_a_draft_that_was_deleted_elsewhere_is_told_of(enter: Callable[..., Visitor], kept: Kept) -> None:
    visitor = enter()
    visitor.open(kept)
    visitor.part(Part.QUIZ)
    item = kept.draft().quiz[0]
    kept.assistant.archive.drafts.delete(SINGLE_USER, kept.draft_id)
    visitor.click("lock", item.id)
    visitor.page.locator("#pba-study-said", has_text=VI.draft_gone).wait_for()
    assert visitor.page.locator("form.pba-wish").is_visible()


# ---- earlier versions, and two tabs


def edit(visitor: Visitor, key: str, text: str) -> None:
    """Give a key point other words."""
    visitor.click("edit", key)
    visitor.page.locator("form.pba-edit textarea").fill(text)
    visitor.page.locator("form.pba-edit button[type=submit]").click()
    visitor.settled()


@pytest.mark.parametrize(("width", "language", "texts"), [(1280, "", VI), (390, "en/", EN)])
def test_an_earlier_version_is_looked_at_before_it_is_taken_back(
    enter: Callable[..., Visitor], kept: Kept, width: int, language: str, texts: Any
) -> None:
    visitor = enter(language, width=width, height=844)
    page, drafts = visitor.page, kept.assistant.archive.drafts
    visitor.open(kept)
    point, other = points(kept.draft())[:2]
    edit(visitor, point.id, "Lời khác hẳn.")
    visitor.click("drop", other.id)
    visitor.click("look", "1")
    old = page.locator(".pba-old")
    old.wait_for()
    assert visitor.focused == "pba-draft-title"
    assert texts.old.format(name=texts.version.format(number=1)) in old.inner_text()
    for sort in (Sort.CHANGED, Sort.GONE):
        assert texts.differing_count[sort].format(count=1) in old.inner_text()
    old.locator("summary").click()
    assert "Lời khác hẳn." in old.locator(".pba-differences").inner_text()
    assert page.evaluate(OVER) == []
    assert texts.differing[Sort.CHANGED] in page.locator(f"#pba-entry-{point.id}").inner_text()
    assert texts.differing[Sort.GONE] in page.locator(f"#pba-entry-{other.id}").inner_text()
    doing = {"look_back", "restore", "part"}
    for part in Part:
        visitor.part(part)
        acts = "(all) => [...new Set(all.map((button) => button.dataset.act))]"
        assert set(page.locator("#pba-study-body [data-act]").evaluate_all(acts)) == doing
    assert drafts.find(SINGLE_USER, kept.draft_id).versions == 3
    visitor.click("look_back")
    assert page.locator(".pba-old").count() == 0
    visitor.click("look", "1")
    visitor.click("restore", "1", within=".pba-old")
    assert page.locator(".pba-old").count() == 0
    assert kept.draft() == drafts.load(SINGLE_USER, kept.draft_id, 1)
    assert drafts.find(SINGLE_USER, kept.draft_id).versions == 4


def test_undo_goes_back_to_what_was_undone(enter: Callable[..., Visitor], kept: Kept) -> None:
    visitor = enter()
    visitor.open(kept)
    visitor.part(Part.QUIZ)
    item = kept.draft().quiz[-1]
    visitor.click("drop", item.id)
    visitor.click("restore", within="#pba-study-said")
    assert visitor.focused == f"pba-entry-{item.id}"
    assert kept.draft().quiz[-1] == item
    visitor.click("restore", within="#pba-study-said")
    assert item.id not in {entry.id for entry in kept.draft().quiz}


def test_changes_in_two_tabs_are_both_kept(enter: Callable[..., Visitor], kept: Kept) -> None:
    one, two = enter(), enter()
    one.open(kept)
    two.open(kept)
    first, second = points(kept.draft())[:2]
    edit(one, first.id, "Lời ở thẻ thứ nhất.")
    edit(two, second.id, "Lời ở thẻ thứ hai.")
    said = {point.id: point.text for point in points(kept.draft())}
    assert (said[first.id], said[second.id]) == ("Lời ở thẻ thứ nhất.", "Lời ở thẻ thứ hai.")
    assert VI.also_elsewhere in two.page.locator("#pba-study-said").inner_text()
    # What is about the whole is not done on what was not seen.
    two.click("lock", first.id)
    one.click("restore", within="#pba-study-said")
    assert VI.changed_elsewhere in one.page.locator("#pba-study-said").inner_text()
    assert {point.id: point.text for point in points(kept.draft())} == said


def test_what_was_typed_over_a_change_elsewhere_is_not_lost(
    enter: Callable[..., Visitor], kept: Kept
) -> None:
    one, two = enter(), enter()
    one.open(kept)
    two.open(kept)
    point = points(kept.draft())[0]
    edit(one, point.id, "Lời ở thẻ thứ nhất.")
    edit(two, point.id, "Lời ở thẻ thứ hai.")
    said = two.page.locator("#pba-study-said")
    assert VI.edited_elsewhere.format(text="Lời ở thẻ thứ nhất.") in said.inner_text()
    assert points(kept.draft())[0].text == "Lời ở thẻ thứ nhất."
    field = two.page.locator("form.pba-edit textarea")
    assert field.input_value() == "Lời ở thẻ thứ hai."
    two.page.wait_for_function("document.activeElement.matches('form.pba-edit textarea')")
    two.page.locator("form.pba-edit button[type=submit]").click()
    two.settled()
    assert points(kept.draft())[0].text == "Lời ở thẻ thứ hai."
    one.click("edit", points(kept.draft())[1].id)
    two.click("drop", points(kept.draft())[1].id)
    one.page.locator("form.pba-edit textarea").fill("Lời của mục đã mất.")
    one.page.locator("form.pba-edit button[type=submit]").click()
    one.settled()
    assert (
        VI.gone_elsewhere.format(text="Lời của mục đã mất.")
        in one.page.locator("#pba-study-said").inner_text()
    )


def test_what_was_typed_stays_where_it_cannot_be_saved(
    enter: Callable[..., Visitor], kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = enter()
    visitor.open(kept)
    point = points(kept.draft())[0]

    def busy(*_: Any, **__: Any) -> SavedDraft:
        raise LibraryBusy("Another process is writing.")

    with monkeypatch.context() as patched:
        patched.setattr(Drafts, "save", busy)
        edit(visitor, point.id, "Lời đã gõ.")
        assert VI.failed in visitor.page.locator("#pba-study-said").inner_text()
    assert visitor.page.locator("form.pba-edit textarea").input_value() == "Lời đã gõ."
    visitor.page.locator("form.pba-edit button[type=submit]").click()
    visitor.settled()
    assert points(kept.draft())[0].text == "Lời đã gõ."


def test_a_double_click_deletes_one_item(enter: Callable[..., Visitor], kept: Kept) -> None:
    visitor = enter()
    visitor.open(kept)
    visitor.part(Part.QUIZ)
    before = kept.draft().quiz
    button = visitor.page.locator(f'button[data-act="drop"][data-key="{before[0].id}"]')
    button.click(click_count=2, delay=300)
    visitor.settled()
    assert [item.id for item in kept.draft().quiz] == [item.id for item in before[1:]]


def test_a_reload_shows_the_same_part(enter: Callable[..., Visitor], kept: Kept) -> None:
    visitor = enter()
    visitor.open(kept)
    visitor.part(Part.SLIDES)
    visitor.page.reload()
    visitor.page.locator(f'.pba-part-body[data-trail="{Part.SLIDES.value}"]').wait_for()


def test_an_unproved_item_is_gone_to_from_any_part(enter: Callable[..., Visitor], kept: Kept) -> None:
    visitor = enter()
    visitor.open(kept)
    point = points(kept.draft())[-1]
    edit(visitor, point.id, "Năm 1999 có 12.345 đảng viên.")
    visitor.part(Part.QUIZ)
    visitor.click("show")
    assert visitor.focused == f"pba-entry-{point.id}"
    assert visitor.page.locator(f"#pba-entry-{point.id} .pba-fault").is_visible()


@pytest.mark.parametrize("width", [910, 1280])
def test_the_parts_stay_where_they_are_and_the_order_is_read_whole(
    visit: Callable[..., Any], address: str, width: int
) -> None:
    page = visit(f"{address}/", width=width).page
    where = "(link) => link.getBoundingClientRect().left"
    tab = page.locator('.pba-views a[data-view="study"]')
    before = tab.evaluate(where)
    tab.click()
    assert tab.evaluate(where) == before
    page.locator('.pba-views a[data-view="documents"]').click()
    order = page.locator("#pba-filters .wrap-inner").last
    order.wait_for()
    assert order.evaluate(
        """(box) => {
          const input = box.querySelector("input"), style = getComputedStyle(input);
          const brush = document.createElement("canvas").getContext("2d");
          brush.font = style.font;
          const left = input.getBoundingClientRect().left + parseFloat(style.paddingLeft);
          const arrow = box.querySelector(".icon-wrap").getBoundingClientRect().left;
          return left + brush.measureText(input.value).width < arrow;
        }"""
    )


# ---- files


def test_every_format_is_saved_as_a_file(enter: Callable[..., Visitor], kept: Kept) -> None:
    visitor = enter()
    page = visitor.page
    visitor.open(kept)
    page.locator(".pba-export > summary").click()
    for form in FORMATS.values():
        with page.expect_download() as saving:
            page.locator(f'button[data-act="export"][data-key="{form.name}"]').click()
        visitor.settled()
        assert saving.value.suggested_filename == f"ket-nap-dang-vien{form.suffix}"
        data = Path(saving.value.path()).read_bytes()
        if form.suffix.endswith((".docx", ".pptx", ".zip", ".apkg")):
            assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
        elif form.suffix.endswith(".pdf"):
            assert data.startswith(b"%PDF")
        else:
            assert data.decode("utf-8-sig").strip()
        if form.name == "variants-docx":
            names = " ".join(zipfile.ZipFile(io.BytesIO(data)).namelist())
            assert all(code in names for code in ("101", "102", "103", "104"))


# ---- playing


def answer_rightly(page: Any, item: QuizItem) -> None:
    """Answer with the keyboard alone."""
    form = page.locator("form.pba-answer-form")
    match item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            for at, option in enumerate(item.options):
                if option.right:
                    form.locator(f'input[value="{at}"]').focus()
                    page.keyboard.press("Space")
        case QuizKind.TRUE_FALSE:
            form.locator(f'input[value="{str(item.truth).lower()}"]').focus()
            page.keyboard.press("Space")
        case QuizKind.FILL | QuizKind.SHORT:
            form.locator("input").focus()
            page.keyboard.type(item.accepted[0])
        case QuizKind.MATCH:
            for at, select in enumerate(form.locator("select").all()):
                select.focus()
                select.select_option(str(at))
        case QuizKind.ORDER:
            for at in range(len(item.steps)):
                step = form.locator(f'.pba-movable li[data-at="{at}"]')
                while step.evaluate("(step) => [...step.parentElement.children].indexOf(step)") > at:
                    step.locator('[data-move="-1"]').focus()
                    page.keyboard.press("Enter")
    form.locator("button[type=submit]").focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_quiz_is_played_by_keyboard_to_a_full_score(
    enter: Callable[..., Visitor], kept: Kept, width: int
) -> None:
    visitor = enter(width=width, height=844)
    page = visitor.page
    visitor.open(kept)
    quiz = kept.draft().quiz
    page.locator('button[data-act="play"]').focus()
    page.keyboard.press("Enter")
    page.locator(".pba-play").wait_for()
    visitor.settled()
    for number, item in enumerate(quiz, start=1):
        title = VI.play_question.format(number=number, count=len(quiz))
        page.locator("#pba-play-title", has_text=title).wait_for()
        page.wait_for_function("document.activeElement.id === 'pba-play-title'")
        assert page.locator(".pba-play progress").evaluate("(bar) => bar.value") == number
        assert page.locator(".pba-play .pba-proof").count() == 0
        answer_rightly(page, item)
        outcome = page.locator("#pba-outcome")
        outcome.wait_for()
        page.wait_for_function("document.activeElement.id === 'pba-outcome'")
        assert VI.answered_right in outcome.inner_text()
        proofs = page.locator(".pba-proving .pba-quote")
        assert " ".join(item.citations[0].quote.split()) in proofs.all_inner_texts()
        assert page.evaluate(OVER) == []
        page.locator(".pba-play-go .pba-main").focus()
        page.keyboard.press("Enter")
        visitor.settled()
    page.locator(".pba-score").wait_for()
    count = len(quiz)
    assert page.locator(".pba-score-said").inner_text() == VI.score.format(
        right=count, items=count, share=100
    )
    assert VI.score_all in page.locator(".pba-play").inner_text()


def test_wrong_answers_show_the_proof_and_are_asked_again(enter: Callable[..., Visitor], kept: Kept) -> None:
    visitor = enter()
    page = visitor.page
    visitor.open(kept)
    quiz = kept.draft().quiz
    short = next(at for at, item in enumerate(quiz) if item.kind is QuizKind.SHORT)
    fill = next(at for at, item in enumerate(quiz) if item.kind is QuizKind.FILL)
    visitor.click("play")
    for at in (short, fill):
        visitor.click("go", str(at), within=".pba-dots")
        page.locator("form.pba-answer-form button[type=submit]").click()
        assert page.locator(".pba-missing").inner_text() == VI.missing
        page.locator('form.pba-answer-form [name="given"]').fill(HOSTILE)
        page.keyboard.press("Enter")
        page.locator(".pba-outcome-wrong").wait_for()
        visitor.settled()
        assert HOSTILE in page.locator("#pba-outcome").inner_text()
        assert quiz[at].accepted[0] in page.locator("#pba-outcome .pba-key").inner_text()
    page.locator(".pba-proving a.pba-open").click()
    page.locator("#pba-viewer mark").first.wait_for()
    page.keyboard.press("Escape")
    visitor.click("go", str(short), within=".pba-dots")
    visitor.click("claim")
    page.locator(".pba-outcome-right", has_text=VI.claimed).wait_for()
    for at, item in enumerate(quiz):
        if at not in (short, fill):
            visitor.click("go", str(at), within=".pba-dots")
            answer_rightly(page, item)
            page.locator(".pba-outcome-right").wait_for()
            visitor.settled()
    visitor.click("go", str(len(quiz) - 1), within=".pba-dots")
    visitor.click("go", str(len(quiz)), within=".pba-play-go")
    right = len(quiz) - 1
    assert f"{right}/{len(quiz)}" in page.locator(".pba-score-said").inner_text()
    visitor.click("replay", "wrong")
    page.locator("#pba-play-title", has_text=VI.play_question.format(number=1, count=1)).wait_for()
    assert quiz[fill].stem in page.locator(".pba-play").inner_text()
    visitor.click("stop_play")
    page.locator(".pba-draft-head").wait_for()
    assert page.evaluate("window.hacked") is None


# ---- for everybody


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_serious_in_any_state(
    enter: Callable[..., Visitor], kept: Kept, width: int, dark: bool
) -> None:
    visitor = enter(width=width, height=900, dark=dark)
    page = visitor.page
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        page.mouse.move(0, 0)
        found[state] = serious(page) + page.evaluate(CONTRAST) + page.evaluate(OVER)

    page.locator(".pba-topic").first.wait_for()
    page.locator(".pba-wish details").evaluate_all(OPEN_ALL)
    look("form")
    visitor.open(kept)
    page.locator(".pba-folds > details").evaluate_all(OPEN_ALL)
    look("head")
    for part in Part:
        visitor.part(part)
        page.locator(".pba-part-body details").evaluate_all(OPEN_ALL)
        page.locator(".pba-turn").evaluate_all("(all) => all.forEach((button) => button.click())")
        look(part.value)
    visitor.part(Part.QUIZ)
    for kind in QuizKind:
        item = next(item for item in kept.draft().quiz if item.kind is kind)
        visitor.click("edit", item.id)
        look(f"edit {kind.value}")
        visitor.click("cancel", item.id)
    visitor.part(Part.PLAN)
    visitor.click("edit", points(kept.draft())[0].id)
    page.locator("form.pba-edit textarea").fill("Tỉnh Cà Mau kết nạp 999 đảng viên.")
    page.locator("form.pba-edit button[type=submit]").click()
    page.locator(".pba-fault").first.wait_for()
    visitor.settled()
    look("broken")
    visitor.click("look", "1")
    page.locator(".pba-old details").evaluate_all(OPEN_ALL)
    look("old")
    visitor.click("look_back")
    visitor.click("play")
    asked = set()
    for at, question in enumerate(item for item in kept.draft().quiz if not item.faults):
        if question.kind in asked:
            continue
        asked.add(question.kind)
        visitor.click("go", str(at), within=".pba-dots")
        look(f"asked {question.kind.value}")
        answer_rightly(page, question)
        page.locator(".pba-outcome-right").wait_for()
        visitor.settled()
        look(f"answered {question.kind.value}")
    visitor.click("go", str(page.locator(".pba-dot").count() - 1), within=".pba-dots")
    visitor.click("go", str(page.locator(".pba-dot").count()), within=".pba-play-go")
    look("score")
    assert found == {state: [] for state in found}


def test_nothing_is_asked_of_anything_outside(visit: Callable[..., Any], address: str, kept: Kept) -> None:
    visited = visit(address)
    visited.page.locator('.pba-views a[data-view="study"]').click()
    visitor = Visitor(visited.page)
    visited.page.locator("form.pba-wish").wait_for(state="attached")
    visitor.open(kept)
    for part in Part:
        visitor.part(part)
    visitor.click("play")
    assert visited.outside() == []
    assert json.loads(visited.page.evaluate("JSON.stringify(sessionStorage)"))["pba-draft"] == kept.draft_id
