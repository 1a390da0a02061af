"""All that a page needs to make, keep, edit and export teaching material: one object for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.collection import Wish as Search
from assistant.collection import listed
from assistant.narrowing import Choices, choices
from assistant.stopping import Stop
from assistant.study.export import FORMATS, Format
from assistant.study.making import Step
from assistant.study.proving import Prover
from assistant.study.types import Draft, Part, Wish
from assistant.threaded import telling
from assistant.types import Citation, Difference

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from assistant.collection import DocumentSummary

#: Topics that are offered.
TOPICS = 24


@dataclass(frozen=True, slots=True)
class File:
    """A file that was written: its name on any system, and what it holds."""

    name: str
    media_type: str
    data: bytes


class Studio:
    """Teaching material from the library of ``assistant``. Safe to use from several threads.

    Attributes:
        drafts: those that are kept, each user's his own.
        editor: edits drafts and proves them anew.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._library = assistant.library
        self._desk = assistant.desk
        self._topics: tuple[int, tuple[str, ...]] = (-1, ())
        self.drafts = assistant.archive.drafts
        self.editor = assistant.desk.editor

    @property
    def choices(self) -> Choices:
        """What the documents can be narrowed by."""
        return choices(self._library.documents())

    def documents(self, text: str, n: int) -> list[DocumentSummary]:
        """At most ``n`` documents whose title, number or issuer has the words of ``text``."""
        return list(listed(self._library.documents(), Search(text=text)))[:n]

    def topics(self) -> tuple[str, ...]:
        """Topics that the library has material on, those with most of it first; looked for once."""
        generation = self._library.generation
        if self._topics[0] != generation:
            found = tuple(topic.text for topic in self._desk.topics(most=TOPICS))
            self._topics = (generation, found)
        return self._topics[1]

    def making(self, wish: Wish, stop: Stop) -> Iterator[Step | Draft]:
        """Make a draft in a thread of its own: its steps as they begin, then the draft.

        Raises:
            BadWish: see ``make_draft``.
            AnswerStopped: ``stop`` was told that nobody waits for it.
        """
        return telling(lambda tell: self._desk.make(wish, progress=tell, stop=stop))

    def differences(self, text: str, citations: Sequence[Citation]) -> tuple[Difference, ...]:
        """In what a text differs from its quotes, as far as that can be named."""
        return Prover(self._library).differences(text, citations)

    def regenerate(self, draft: Draft, part: Part) -> Draft:
        """Make one part again; what is locked in it stays."""
        return self._desk.regenerate(draft, part)

    def export(self, draft: Draft, name: str) -> File:
        """The draft as a file of that format. Raises ``KeyError`` for a name that no format has."""
        form = FORMATS[name]
        return File(f"{file_name(draft.title)}{form.suffix}", form.media_type, form.write(draft))


def formats_for(draft: Draft) -> tuple[Format, ...]:
    """The formats that have something to write of a draft."""
    made = parts_of(draft)
    return tuple(form for form in FORMATS.values() if set(form.parts) & made)


def parts_of(draft: Draft) -> frozenset[Part]:
    """The parts that a draft has."""
    held = {
        Part.PLAN: draft.lessons,
        Part.HANDOUT: draft.handout,
        Part.QUIZ: draft.quiz,
        Part.FLASHCARDS: draft.flashcards,
        Part.SLIDES: draft.slides,
    }
    return frozenset(part for part, value in held.items() if value)


def file_name(title: str) -> str:
    """A title as the name of a file, without its ending, on any system."""
    plain = unicodedata.normalize("NFD", title.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:60] or "bai-soan"
