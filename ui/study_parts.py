"""What every view of teaching material is made of, beside ``ui.controls``: faults in words, quotes, parts.

Pure functions, values to HTML, as all of ``ui.study_*`` but ``study_page``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from assistant.notices import all_in_words
from assistant.study.studio import parts_of
from assistant.study.types import Draft, Fault, Part
from assistant.types import Citation
from ui.controls import marks
from ui.escape import inert, inert_line
from ui.place import place_link
from ui.study_wording import StudyWording
from ui.wording import Wording


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
