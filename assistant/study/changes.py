"""In what two versions of a draft differ, item by item, so that a trainer can be told before he goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from assistant.study.tree import items
from assistant.study.types import (
    Draft,
    FigureRow,
    Flashcard,
    KeyPoint,
    Lesson,
    Part,
    QuizItem,
    Section,
    Series,
    Slide,
)


class Sort(StrEnum):
    """What became of an item from the old version to the new one."""

    CHANGED = "changed"
    MOVED = "moved"
    GONE = "gone"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Change:
    """One item that is not the same in both versions.

    Attributes:
        id: of the item in the old version; of one that was added, in the new.
        before, after: what it says, in one line; empty where it is not in that version.
    """

    part: Part
    sort: Sort
    id: str
    before: str = ""
    after: str = ""


def changes(old: Draft, new: Draft) -> tuple[Change, ...]:
    """Every item that differs, part after part, in the order of the old version, what was added last.

    Items are paired by their identifiers, and where a part was made again by what they say. What an item
    holds that is an item itself (the points of a section) counts for itself alone.
    """
    return tuple(change for part in Part for change in _between(part, entries(old, part), entries(new, part)))


def words_of(entry: Any) -> str:
    """What an item says, in one line, without the items in it."""
    match entry:
        case KeyPoint():
            return entry.text
        case FigureRow():
            return _joined((f"{entry.label}: {entry.value} {entry.unit}", entry.date))
        case Flashcard():
            return _joined((entry.front, entry.back))
        case Slide():
            return _joined((entry.title, entry.notes))
        case Section():
            time = f"{entry.minutes} ′" if entry.minutes else ""
            return _joined((entry.title, time, entry.activity, *entry.questions))
        case Lesson():
            return _joined((entry.title, *entry.objectives))
        case Series():
            return _joined((entry.title, *(f"{point.label}: {point.written}" for point in entry.points)))
        case QuizItem():
            return _joined(
                (
                    entry.stem,
                    *(f"{'✓ ' if option.right else ''}{option.text}" for option in entry.options),
                    {True: "✓", False: "✗", None: ""}[entry.truth],
                    *entry.accepted,
                    *(f"{pair.left} – {pair.right}" for pair in entry.pairs),
                    *(step.text for step in entry.steps),
                    entry.explanation,
                )
            )
    return ""


def entries(draft: Draft, part: Part) -> list[Any]:
    """Everything in a part that has an identifier, in reading order."""
    held: dict[Part, Any] = {
        Part.PLAN: draft.lessons,
        Part.HANDOUT: draft.handout,
        Part.QUIZ: draft.quiz,
        Part.FLASHCARDS: draft.flashcards,
        Part.SLIDES: draft.slides,
    }
    return list(items(held[part]))


def same(one: Any, other: Any) -> bool:
    """Whether two items say the same and are handled the same: locked or not, of the same difficulty."""
    return words_of(one) == words_of(other) and all(
        getattr(one, name, None) == getattr(other, name, None) for name in ("locked", "difficulty")
    )


def _between(part: Part, old: Sequence[Any], new: Sequence[Any]) -> list[Change]:
    fellows = _paired(old, new)
    places = {entry.id: at for at, entry in enumerate(new)}
    kept = [places[fellows[entry.id].id] for entry in old if entry.id in fellows]
    # The longest run that stands in its order in both has not been moved; the rest has.
    blocks = SequenceMatcher(None, kept, sorted(kept), autojunk=False).get_matching_blocks()
    still = {kept[block.a + step] for block in blocks for step in range(block.size)}
    found = []
    for entry in old:
        fellow = fellows.get(entry.id)
        if fellow is None:
            found.append(Change(part, Sort.GONE, entry.id, before=words_of(entry)))
        elif not same(entry, fellow):
            found.append(Change(part, Sort.CHANGED, entry.id, words_of(entry), words_of(fellow)))
        elif places[fellow.id] not in still:
            found.append(Change(part, Sort.MOVED, entry.id, words_of(entry), words_of(fellow)))
    met = {entry.id for entry in fellows.values()}
    return found + [
        Change(part, Sort.ADDED, entry.id, after=words_of(entry)) for entry in new if entry.id not in met
    ]


def _paired(old: Sequence[Any], new: Sequence[Any]) -> dict[str, Any]:
    """Identifier of an old item → the new one that is its like."""
    named = {entry.id: entry for entry in new}
    fellows: dict[str, Any] = {
        entry.id: named[entry.id] for entry in old if isinstance(named.get(entry.id), type(entry))
    }
    met = {entry.id for entry in fellows.values()}
    told = {(type(entry), words_of(entry)): entry for entry in reversed(new) if entry.id not in met}
    for entry in old:
        if entry.id not in fellows and (fellow := told.pop((type(entry), words_of(entry)), None)):
            fellows[entry.id] = fellow
    return fellows


def _joined(texts: Sequence[str]) -> str:
    return " · ".join(" ".join(text.split()) for text in texts if text.strip())
