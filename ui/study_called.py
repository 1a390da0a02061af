"""How an item is called in what a version tells: by its number in its row, and by how it begins."""

from __future__ import annotations

from typing import Any

from assistant.study.changes import words_of
from assistant.study.tree import changed, item
from assistant.study.types import Draft, FigureRow, Flashcard, KeyPoint, Lesson, QuizItem, Section, Slide
from ui.study_wording import StudyWording

#: Characters of what an item says that are enough to know it by.
LONGEST_NAME = 50
_KINDS: dict[type, str] = {
    Lesson: "lesson",
    Section: "section",
    KeyPoint: "point",
    FigureRow: "figure",
    QuizItem: "question",
    Flashcard: "card",
    Slide: "slide",
}


def called(draft: Draft, key: str, texts: StudyWording) -> str:
    """The name of an item. Raises ``NoSuchItem``."""
    entry = item(draft, key)
    words = words_of(entry)
    if len(words) > LONGEST_NAME:
        words = words[:LONGEST_NAME].rsplit(" ", 1)[0] + "…"
    on_a_slide = any(point.id == key for slide in draft.slides for point in slide.points)
    name = texts.named["line" if on_a_slide else _KINDS[type(entry)]]
    return f"{name.format(number=place(draft, key) + 1)}: {words}"


def place(draft: Draft, key: str) -> int:
    """Where an item stands in its row, from 0. Raises ``NoSuchItem``."""
    found: list[int] = []

    def note(row: tuple[Any, ...], at: int) -> tuple[Any, ...]:
        found.append(at)
        return row

    changed(draft, key, note)
    return found[0]
