"""The documents part of the page: its controls, and what each of them does."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.collection import Order, Wish, listed
from assistant.editing import EDITABLE, BadValue, NotKept
from assistant.errors import AssistantError
from assistant.holdings import Holdings
from ui import documents
from ui.documents_wording import DocumentsWording, documents_wording
from ui.failures import told
from ui.wording import Wording

log = logging.getLogger(__name__)

#: Seconds between two looks at files under way; only while there are any.
LOOK_AGAIN = 1.0
#: Tells the server which button of a part was pressed: ``data-act`` and ``data-key``.
_ACTS = (
    "element.addEventListener('click', (event) => {"
    " const button = event.target.closest('button[data-act]');"
    " if (button) trigger('click', {act: button.dataset.act, key: button.dataset.key}); });"
)
_QUIET: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "queue": False,
    "concurrency_limit": None,
}


@dataclass(frozen=True, slots=True)
class View:
    """What a visitor looks at.

    Attributes:
        generation: of the library that is shown.
    """

    wish: Wish = field(default_factory=Wish)
    page: int = 0
    selected: str | None = None
    generation: int = -1


def tabs(language: str, *, documents_shown: bool, study: str, sets: str = "") -> None:
    """Put the ways to the parts of the page where it is called; see ``ui.documents.tabs``."""
    gr.HTML(
        documents.tabs(documents_wording(language), documents=documents_shown, study=study, sets=sets),
        elem_id="pba-views",
        apply_default_css=False,
        js_on_load=None,
    )


def mount(page: gr.Blocks, holdings: Holdings, words: Wording) -> None:
    """Put the documents part where it is called."""
    texts = documents_wording(words.language)
    part = _Part(holdings, words, texts)
    with gr.Column(elem_id="pba-documents"):
        view = gr.State(View())
        heading = _html("pba-documents-head")
        notice = _html("pba-documents-notice")
        if holdings.editable:
            upload, newer = _upload(holdings, texts)
        got = _html("pba-documents-got")
        search, kind, place, year, order = _filters(texts)
        table = _html("pba-documents-list")
        with gr.Column(visible=False, elem_id="pba-document") as detail:
            inside = _html("pba-document-inside")
            fields, save, forget, remove = _form(holdings, texts, words)
            close = gr.Button(texts.close, size="sm", elem_id="pba-document-close")
        removed = _html("pba-documents-removed")
        pictures = _html("pba-documents-pictures")
        clock = gr.Timer(LOOK_AGAIN, active=False)

    lists = [view, heading, got, table, kind, place, year, removed, pictures, clock]
    details = [detail, inside, *fields]
    everything = [*lists, notice, *details]

    def show(seen: View, said: str = "", *, chosen: bool = True) -> list[Any]:
        parts = part.details(seen) if chosen else [gr.skip()] * len(details)
        return [*part.lists(seen), said, *parts]

    def act(seen: View, event: gr.EventData) -> list[Any]:
        seen, said, chosen = part.act(seen, str(event.act), str(event.key))
        return show(seen, said, chosen=chosen)

    for place_of_buttons in (got, table, inside, removed, pictures, notice):
        place_of_buttons.click(act, view, everything, **_QUIET)

    def look(seen: View, text: str, chosen_kind: str, where: str, when: int, how: str) -> list[Any]:
        wish = Wish(text or "", chosen_kind or "", where or "", int(when or 0), Order(how))
        seen = replace(seen, wish=wish, page=0)
        return [seen, part.table(seen)]

    controls: list[Any] = [search, kind, place, year, order]
    for control in controls:
        control.input(look, [view, *controls], [view, table], trigger_mode="always_last", **_QUIET)

    def close_document(seen: View) -> list[Any]:
        return show(replace(seen, selected=None))

    close.click(close_document, view, everything, **_QUIET)
    page.load(lambda: show(View()), None, everything, **_QUIET)

    def tick(seen: View) -> list[Any]:
        return part.tick(seen)

    clock.tick(tick, view, lists, **_QUIET)

    if holdings.editable:

        def take(paths: list[str] | None, as_newer: bool, seen: View) -> list[Any]:
            said = part.take(paths or [], newer=as_newer)
            return [None, *show(seen, said, chosen=False)]

        upload.upload(take, [upload, newer, view], [upload, *everything], **_QUIET)

        def keep(seen: View, *typed: Any) -> list[Any]:
            said, done = part.save(seen, [str(value or "") for value in typed])
            return show(seen, said, chosen=done)

        save.click(keep, [view, *fields], everything, **_QUIET)
        forget.click(lambda seen: show(seen, part.forget(seen)), view, everything, **_QUIET)

        def drop(seen: View) -> list[Any]:
            seen, said = part.remove(seen)
            return show(seen, said)

        remove.click(drop, view, everything, **_QUIET)


class _Part:
    """What the controls do, as values of components."""

    def __init__(self, holdings: Holdings, words: Wording, texts: DocumentsWording) -> None:
        self._holdings = holdings
        self._words = words
        self._texts = texts

    # ---- showing

    def lists(self, seen: View) -> list[Any]:
        """Everything but the chosen document."""
        holdings, texts, words = self._holdings, self._texts, self._words
        generation = holdings.generation
        shown = holdings.pictures()
        kinds = [(texts.any_kind, ""), *((words.kind(kind), kind) for kind, _ in shown.kinds)]
        places = [(texts.any_place, ""), *((place, place) for place, _ in shown.places if place)]
        years = [(texts.any_year, 0), *((str(year), year) for year, _ in reversed(shown.years) if year)]
        received, busy = self._received()
        return [
            replace(seen, generation=generation),
            documents.heading(shown, texts, editable=holdings.editable),
            received,
            self.table(seen),
            gr.Dropdown(choices=kinds),
            gr.Dropdown(choices=places),
            gr.Dropdown(choices=years),
            documents.removed(holdings.removed(), texts, words),
            documents.pictures(shown, texts, words),
            gr.Timer(active=busy),
        ]

    def tick(self, seen: View) -> list[Any]:
        """While files are under way: their state, and the lists where the library has changed."""
        if self._holdings.generation != seen.generation:
            return self.lists(seen)
        received, busy = self._received()
        clock = gr.skip() if busy else gr.Timer(active=False)
        return [gr.skip(), gr.skip(), received, *[gr.skip()] * 6, clock]

    def _received(self) -> tuple[str, bool]:
        if not self._holdings.editable:
            return "", False
        # First whether it is busy: a file that ends in between is shown at the next tick.
        busy = self._holdings.intake.busy
        return documents.received(self._holdings.intake.received(), self._texts), busy

    def table(self, seen: View) -> str:
        """The list as the visitor wishes it."""
        every = self._holdings.documents()
        return documents.table(
            listed(every, seen.wish),
            self._texts,
            self._words,
            page=seen.page,
            selected=seen.selected,
            empty=not every,
        )

    def details(self, seen: View) -> list[Any]:
        """The chosen document: whether it is shown, its inside, the values of the form."""
        if seen.selected is None:
            return [gr.Column(visible=False), "", *[gr.skip()] * len(EDITABLE)]
        try:
            found = self._holdings.inside(seen.selected)
        except AssistantError:
            return [gr.Column(visible=True), documents.gone(self._texts), *[gr.skip()] * len(EDITABLE)]
        document = found.document
        day = f"{document.issued_on:%d/%m/%Y}" if document.issued_on else ""
        values = {"issued_on": day, "kind": document.kind.value, "status": document.status.value}
        shown = [values.get(name, getattr(document, name) or "") for name in EDITABLE]
        return [gr.Column(visible=True), documents.inside(found, self._texts, self._words), *shown]

    # ---- doing

    def act(self, seen: View, what: str, key: str) -> tuple[View, str, bool]:
        """What a button of the lists asks for. Gives the view, what to say, whether a document was chosen."""
        if what == "open":
            return replace(seen, selected=key), "", True
        if what == "page" and key.lstrip("-").isdigit():
            return replace(seen, page=max(0, int(key))), "", False

        def do() -> str:
            match what:
                case "restore":
                    return self._restore(key)
                case "retry":
                    self._holdings.intake.retry(key)
                case "discard":
                    self._holdings.intake.discard(key)
                case "clear":
                    self._holdings.intake.clear()
            return ""

        return seen, self._told(do), False

    def take(self, paths: Sequence[str], *, newer: bool) -> str:
        """Accept what a browser has sent; the copies Gradio made of it are deleted."""

        def accept() -> str:
            for path in map(Path, paths):
                self._holdings.intake.accept(path, path.name, newer=newer)
                path.unlink(missing_ok=True)
            return ""

        return self._told(accept)

    def save(self, seen: View, typed: Sequence[str]) -> tuple[str, bool]:
        """Keep what was typed into the form. Gives what to say, and whether it was kept."""
        if seen.selected is None:
            return "", False
        chosen, texts = seen.selected, self._texts
        kept = False

        def edit() -> str:
            nonlocal kept
            title = self._holdings.edit(chosen, dict(zip(EDITABLE, typed, strict=True))).title
            kept = True
            return documents.notice(texts.saved.format(title=title))

        return self._told(edit), kept

    def forget(self, seen: View) -> str:
        """Take back what was typed into the form at any time."""
        if seen.selected is None:
            return ""
        chosen, texts = seen.selected, self._texts

        def take_back() -> str:
            read = self._holdings.forget_edits(chosen)
            return documents.notice(texts.forgot if read else texts.nothing_to_forget)

        return self._told(take_back)

    def remove(self, seen: View) -> tuple[View, str]:
        """Remove the chosen document, with the way back beside the news."""
        if seen.selected is None:
            return seen, ""
        chosen, texts = seen.selected, self._texts
        gone = False

        def take_out() -> str:
            nonlocal gone
            removed = self._holdings.remove(chosen)
            gone = True
            return documents.notice(texts.removed.format(title=removed.title), undo=(removed.id, texts.undo))

        said = self._told(take_out)
        return (replace(seen, selected=None) if gone else seen), said

    def _restore(self, removed_id: str) -> str:
        back = self._holdings.restore(removed_id)
        title = self._holdings.inside(back).document.title
        return documents.notice(self._texts.restored.format(title=title))

    def _told(self, work: Callable[[], str]) -> str:
        """What to say after ``work``, also where it failed."""
        texts = self._texts
        try:
            return work()
        except BadValue as error:
            return documents.notice(texts.bad_fields[error.field], bad=True)
        except NotKept:
            log.warning("Metadata could not be kept.", exc_info=True)
            return documents.notice(texts.not_kept, bad=True)
        except AssistantError as error:
            return documents.notice(f"{texts.action_failed} {told(error, self._words.language)}", bad=True)


def _html(name: str) -> gr.HTML:
    return gr.HTML("", elem_id=name, apply_default_css=False, js_on_load=_ACTS)


def _upload(holdings: Holdings, texts: DocumentsWording) -> tuple[gr.File, gr.Checkbox]:
    with gr.Column(elem_id="pba-upload"):
        hint = texts.upload_hint.format(
            suffixes=", ".join(holdings.suffixes), mib=holdings.max_bytes // (1024 * 1024)
        )
        gr.HTML(
            documents.explained(texts.upload, hint) + documents.drop_text(texts, holdings.max_bytes),
            apply_default_css=False,
            js_on_load=None,
        )
        # The kinds of files are not told to the browser: a refusal here says why, one there does not.
        upload = gr.File(
            label=texts.upload_drop,
            show_label=False,
            file_count="multiple",
            height=130,
            elem_id="pba-drop",
            buttons=[],
        )
        newer = gr.Checkbox(False, label=texts.newer, info=texts.newer_hint, elem_id="pba-newer")
    return upload, newer


def _filters(
    texts: DocumentsWording,
) -> tuple[gr.Textbox, gr.Dropdown, gr.Dropdown, gr.Dropdown, gr.Dropdown]:
    with gr.Row(elem_id="pba-filters"):
        search = gr.Textbox(label=texts.search, max_lines=1, elem_id="pba-search")
        kind = gr.Dropdown([(texts.any_kind, "")], value="", label=texts.kind, min_width=120)
        place = gr.Dropdown([(texts.any_place, "")], value="", label=texts.place, min_width=120)
        year = gr.Dropdown([(texts.any_year, 0)], value=0, label=texts.year, min_width=100)
        order = gr.Dropdown(
            [(texts.orders[order.value], order.value) for order in Order],
            value=Order.NEWEST.value,
            label=texts.order,
            min_width=120,
        )
    return search, kind, place, year, order


def _form(
    holdings: Holdings, texts: DocumentsWording, words: Wording
) -> tuple[list[Any], gr.Button, gr.Button, gr.Button]:
    names = texts.fields
    with gr.Group(visible=holdings.editable, elem_id="pba-form"):
        gr.HTML(documents.explained(texts.edit, texts.edit_hint), apply_default_css=False, js_on_load=None)
        title = gr.Textbox(label=names["title"], max_lines=3, elem_id="pba-field-title")
        with gr.Row():
            number = gr.Textbox(label=names["number"], max_lines=1, elem_id="pba-field-number")
            kind = gr.Dropdown(
                [(words.kind(kind), kind) for kind in holdings.kinds], label=names["kind"], min_width=140
            )
            issued_on = gr.Textbox(
                label=names["issued_on"], max_lines=1, placeholder="21/01/2019", elem_id="pba-field-date"
            )
        with gr.Row():
            issuer = gr.Textbox(label=names["issuer"], max_lines=1, elem_id="pba-field-issuer")
            province = gr.Textbox(
                label=names["province"], max_lines=1, placeholder="tỉnh …", elem_id="pba-field-province"
            )
            status = gr.Dropdown(
                [(texts.statuses.get(status, status), status) for status in holdings.statuses],
                label=names["status"],
                min_width=140,
            )
        with gr.Row(elem_id="pba-form-buttons"):
            save = gr.Button(texts.save, variant="primary", size="sm", elem_id="pba-save")
            forget = gr.Button(texts.forget, size="sm", elem_id="pba-forget")
            remove = gr.Button(texts.remove, variant="stop", size="sm", elem_id="pba-remove")
    fields = {
        "title": title,
        "number": number,
        "kind": kind,
        "issuer": issuer,
        "province": province,
        "issued_on": issued_on,
        "status": status,
    }
    return [fields[name] for name in EDITABLE], save, forget, remove
