"""What every view of teaching material is made of: buttons, markers, faults in words, quotes.

Pure functions, values to HTML, as all of ``ui.study_*`` but ``study_page``. ``data-act`` and ``data-key`` on
a button say what it asks for, of which thing; ``ui/static/study.js`` tells the server, and brings the
keyboard back to the same button afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import datetime
from typing import Any

from assistant.notices import all_in_words
from assistant.study.studio import parts_of
from assistant.study.types import Draft, Fault, Part
from assistant.types import Citation
from ui.escape import inert, inert_line
from ui.place import place_link
from ui.study_wording import StudyWording
from ui.wording import Wording

#: Characters of a quote shown when the pointer rests on its marker.
QUOTE_SHOWN = 400


@dataclass(frozen=True, slots=True)
class Shown:
    """How a draft is shown.

    Attributes:
        editing: identifier of the item whose form is open, else empty.
        differs: in what a text differs from its quotes, as HTML.
        typed: attributes of the item being edited that were typed and not saved yet.
        read_only: an earlier version: nothing can be done to it.
        told: identifier of an item → in what it differs from the newest version.
    """

    words: Wording
    texts: StudyWording
    editing: str = ""
    differs: Callable[[str, Sequence[Citation]], str] = lambda text, citations: ""
    typed: Mapping[str, Any] = attribute(default_factory=dict)
    read_only: bool = False
    told: Mapping[str, str] = attribute(default_factory=dict)


def button(act: str, key: str, text: str, *, name: str = "", style: str = "", disabled: bool = False) -> str:
    """A button. ``name`` is what it is called where ``text`` alone would not do."""
    label = f' aria-label="{inert_line(name)}"' if name else ""
    off = " disabled" if disabled else ""
    return (
        f'<button type="button" class="pba-act{f" {style}" if style else ""}" data-act="{act}"'
        f' data-key="{inert_line(key)}"{label}{off}>{inert_line(text)}</button>'
    )


def marks(citations: Iterable[Citation]) -> str:
    """The markers [n] of citations, each a link that opens the source viewer."""
    once = {citation.marker: citation for citation in citations}
    links = "".join(
        f'<a class="pba-cite" href="{place_link(citation)}" title="{inert_line(citation.quote, QUOTE_SHOWN)}"'
        f' data-label="{inert_line(citation.label)}">[{marker}]</a>'
        for marker, citation in once.items()
    )
    return f' <span class="pba-markers">{links}</span>' if links else ""


def faults(found: Sequence[Fault], texts: StudyWording, detail: str = "") -> str:
    """Why an item is not proved, in words. ``detail`` is HTML: in what it differs from its quotes."""
    if not found:
        return ""
    said = "; ".join(texts.faults[fault] for fault in found)
    return (
        f'<p class="pba-fault"><strong>{inert_line(texts.unproved)}</strong> {inert_line(said)}{detail}.</p>'
    )


def warnings(citations: Sequence[Citation], words: Wording) -> str:
    """What became of the documents quoted, in words."""
    return "".join(
        f'<p class="pba-warning">{inert_line(said)}</p>'
        for said in dict.fromkeys(all_in_words(tuple(citations), words.language))
    )


def proof(citations: Iterable[Citation], shown: Shown) -> str:
    """The quotes that prove an item, each with where it stands and the way there."""
    once = tuple({(c.document_id, c.start, c.end): c for c in citations}.values())
    quotes = "".join(
        f'<li><q class="pba-quote">{inert(" ".join(citation.quote.split()))}</q>'
        f' <span class="pba-aside">{inert_line(citation.label)}</span>{marks((citation,))}</li>'
        for citation in once
    )
    return f'<ul class="pba-proof">{quotes}</ul>{warnings(once, shown.words)}' if quotes else ""


def opened(citation: Citation, texts: StudyWording) -> str:
    """The way to a source as words."""
    return f'<a class="pba-open" href="{place_link(citation)}">{inert_line(texts.open_source)}</a>'


def notice(text: str, texts: StudyWording, *, bad: bool = False, after: str = "") -> str:
    """What just happened. ``after`` is HTML that follows it: a way to undo it."""
    if not text:
        return ""
    style = "pba-failure" if bad else "pba-done"
    return (
        f'<div class="{style}" role="{"alert" if bad else "status"}"><span>{inert(text)}</span> {after}'
        f'<button type="button" class="pba-act pba-dismiss" aria-label="{inert_line(texts.dismiss)}">✕'
        f"</button></div>"
    )


def field(label: str, control: str, hint: str = "") -> str:
    """A labelled control of a form; the label holds it."""
    told = f'<span class="pba-hint">{inert_line(hint)}</span>' if hint else ""
    return f'<label class="pba-field"><span>{inert_line(label)}</span>{control}{told}</label>'


def text_input(name: str, value: str, *, longest: int = 400) -> str:
    return (
        f'<input type="text" name="{name}" value="{inert_line(value)}" maxlength="{longest}"'
        ' autocomplete="off"/>'
    )


def text_area(name: str, value: str, *, rows: int = 3, longest: int = 4000) -> str:
    said = inert(value).replace("<br>", "&#10;")
    return f'<textarea name="{name}" rows="{rows}" maxlength="{longest}">{said}</textarea>'


def number_input(name: str, value: int, least: int, most: int) -> str:
    return (
        f'<input type="number" name="{name}" value="{value}" min="{least}" max="{most}" step="1" required'
        ' inputmode="numeric"/>'
    )


def chosen(kind: str, name: str, value: str, label: str, *, on: bool) -> str:
    """A radio button or checkbox with its label."""
    ticked = " checked" if on else ""
    return (
        f'<label class="pba-choice"><input type="{kind}" name="{name}" value="{inert_line(value)}"{ticked}/>'
        f" <span>{inert_line(label)}</span></label>"
    )


def group(legend: str, choices: Iterable[str], *, style: str = "") -> str:
    """Choices that belong together, under their name."""
    return (
        f'<fieldset class="pba-group-of{f" {style}" if style else ""}"><legend>{inert_line(legend)}</legend>'
        f'<div class="pba-choices">{"".join(choices)}</div></fieldset>'
    )


def fold(summary: str, body: str, *, style: str = "", open_now: bool = False) -> str:
    """What is shown on request."""
    return (
        f'<details class="pba-fold{f" {style}" if style else ""}"{" open" if open_now else ""}>'
        f"<summary>{inert_line(summary)}</summary>{body}</details>"
    )


def part_name(draft: Draft, part: Part, texts: StudyWording) -> str:
    """A part by its name, with how many items it has where they are counted."""
    counts = {
        Part.QUIZ: len(draft.quiz),
        Part.FLASHCARDS: len(draft.flashcards),
        Part.SLIDES: len(draft.slides),
    }
    return f"{texts.parts[part]} ({counts[part]})" if part in counts else texts.parts[part]


def tabs(draft: Draft, part: Part | None, shown: Shown) -> str:
    """The parts of a draft to choose from."""
    texts = shown.texts
    made = parts_of(draft)
    buttons = ""
    for entry in Part:
        if entry not in made:
            continue
        name = part_name(draft, entry, texts)
        current = ' aria-current="true"' if entry is part else ""
        buttons += (
            f'<button type="button" class="pba-tab" data-act="part" data-key="{entry.value}"{current}>'
            f"{inert_line(name)}</button>"
        )
    return f'<nav class="pba-tabs" aria-label="{inert_line(texts.parts_of_draft)}">{buttons}</nav>'


def moment(when: datetime, shown: Shown) -> str:
    """When something was saved, by the clock of the server."""
    local = when.astimezone()
    return f"{shown.words.day(local.date())}, {local:%H:%M}"
