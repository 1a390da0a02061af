"""One item of a draft with what can be done to it: edit, move, replace, lock, delete. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.study.types import (
    Fault,
    FigureRow,
    Flashcard,
    KeyPoint,
    Layout,
    Lesson,
    QuizItem,
    Section,
    Slide,
)
from ui.controls import button
from ui.escape import inert_line
from ui.study_forms import form_of
from ui.study_parts import Shown, faults

Entry = Lesson | Section | KeyPoint | FigureRow | QuizItem | Flashcard | Slide
#: Kinds that are kept as they are when their part is made again, and that another can take the place of.
_WHOLE = (KeyPoint, FigureRow, QuizItem, Flashcard, Slide)
#: Slides that state nothing: the documents give no other in their place.
_FRAMES = (Layout.TITLE, Layout.AGENDA, Layout.SOURCES)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands in its row, from 0, and how long the row is; ``name`` is what it is called."""

    at: int
    count: int
    name: str


def places(row: Sequence[object], name: str) -> list[Place]:
    """A place for each of a row; ``{number}`` in ``name`` becomes its number."""
    return [Place(at, len(row), name.format(number=at + 1)) for at in range(len(row))]


def item(entry: Entry, body: str, place: Place, shown: Shown, *, tag: str = "li", style: str = "") -> str:
    """An item: its body, or the form to edit it; its tools; why it is not proved, where it is not."""
    found = getattr(entry, "faults", ())
    classes = " ".join(
        filter(
            None,
            (
                "pba-entry",
                style,
                "pba-broken" if found else "",
                "pba-locked" if getattr(entry, "locked", False) else "",
            ),
        )
    )
    inside = form_of(entry, shown) if shown.editing == entry.id else body + tools(entry, place, shown)
    inside = told(entry, shown) + inside
    return (
        f'<{tag} class="{classes}" id="pba-entry-{inert_line(entry.id)}" tabindex="-1">{inside}'
        f"{faults(found, shown.texts, detail(entry, shown))}</{tag}>"
    )


def told(entry: Entry, shown: Shown) -> str:
    """In what an item of an earlier version differs from the newest."""
    said = shown.told.get(entry.id, "")
    return (
        f'<p class="pba-tags"><span class="pba-tag pba-old-tag">{inert_line(said)}</span></p>' if said else ""
    )


def detail(entry: Entry, shown: Shown) -> str:
    """In what an item differs from its quotes, where that can be named."""
    if not isinstance(entry, KeyPoint | Flashcard) or Fault.TEXT not in entry.faults:
        return ""
    told = shown.differs(entry.text if isinstance(entry, KeyPoint) else entry.back, entry.citations)
    return f" ({told})" if told else ""


def tools(entry: Entry, place: Place, shown: Shown) -> str:
    """What can be done to an item."""
    texts, key = shown.texts, entry.id
    locked = (
        f'<span class="pba-lock">{inert_line(texts.locked)}</span>' if getattr(entry, "locked", False) else ""
    )
    if shown.read_only:
        return locked
    made = [_tool("edit", key, texts.edit, place)]
    if not isinstance(entry, Lesson):
        made.append(_tool("up", key, texts.up, place, short="↑", disabled=place.at == 0))
        made.append(_tool("down", key, texts.down, place, short="↓", disabled=place.at == place.count - 1))
    if isinstance(entry, _WHOLE):
        if not (isinstance(entry, Slide) and entry.layout in _FRAMES):
            made.append(_tool("other", key, texts.other[type(entry).__name__], place))
        made.append(
            _tool(
                "unlock" if entry.locked else "lock", key, texts.unlock if entry.locked else texts.lock, place
            )
        )
    if not isinstance(entry, Lesson):
        made.append(_tool("drop", key, texts.drop, place))
    buttons = f'<span class="pba-tools-row">{"".join(made)}</span>'
    if isinstance(entry, QuizItem | Slide):
        return f'<div class="pba-tools">{locked}{buttons}</div>'
    name = inert_line(texts.tools.format(name=place.name))
    return (
        f'{locked}<details class="pba-tools pba-menu"><summary aria-label="{name}" title="{name}">⋯</summary>'
        f"{buttons}</details>"
    )


def _tool(act: str, key: str, text: str, place: Place, *, short: str = "", disabled: bool = False) -> str:
    return button(act, key, short or text, name=f"{text}: {place.name}", disabled=disabled)
