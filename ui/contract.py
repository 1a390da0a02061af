"""What the page needs of an assistant, as protocols: the real one fits without knowing of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO, Protocol

from assistant.archive import Archive
from assistant.narrowing import Filters
from assistant.offers import Offers
from assistant.originals import Original
from assistant.sources import PageBoxes, Place, SourceView
from assistant.stopping import Stop
from assistant.types import Event


class PageLike(Protocol):
    """One page of a paged document."""

    @property
    def number(self) -> int: ...
    @property
    def confidence(self) -> float | None: ...
    @property
    def recognised(self) -> bool: ...


class DocumentLike(Protocol):
    """A document: what names it, and the text that every offset refers to."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def number(self) -> str | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def issuer(self) -> str | None: ...
    @property
    def issued_on(self) -> date | None: ...
    @property
    def text(self) -> str: ...
    def page_at(self, offset: int, /) -> PageLike | None: ...


class PassageLike(Protocol):
    """A span of a document: ``document.text[start:end] == text``."""

    @property
    def id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def heading(self) -> str: ...


class HitLike(Protocol):
    """A passage that was found, with its document."""

    @property
    def document(self) -> DocumentLike: ...


class SourcesLike(Protocol):
    """Documents to look at, as ``assistant.sources.Sources`` gives them."""

    def view(self, place: Place, /) -> SourceView: ...
    def more(self, place: Place, index: int, /, *, down: bool) -> SourceView: ...
    def picture(self, document_id: str, number: int, /) -> Path: ...
    def boxes(self, place: Place, /) -> tuple[PageBoxes, ...]: ...
    def open_original(self, document_id: str, /) -> tuple[Original, BinaryIO, int]: ...


class AssistantLike(Protocol):
    """Answers questions from a library. One object serves every visitor at once."""

    @property
    def sources(self) -> SourcesLike:
        """The documents themselves, for the source viewer."""

    @property
    def archive(self) -> Archive | None:
        """Where conversations are kept; ``None`` where nowhere."""

    @property
    def offers(self) -> Offers | None:
        """What can be done next; ``None`` where nothing is offered."""

    @property
    def answers_at_once(self) -> int:
        """How many questions are best answered at the same time; the others wait."""

    @property
    def library_is_empty(self) -> bool:
        """True while no document is loaded."""

    def stream(
        self,
        question: str,
        /,
        *,
        history: Sequence[str] = (),
        filters: Filters = Filters(),
        literal: bool = False,
        stop: Stop | None = None,
    ) -> Iterator[Event]:
        """``Retrieved``, perhaps ``Drafted``, any number of ``Delta``, ``Done``.

        Args:
            history: earlier questions, oldest first.
            stop: told when the answer is no longer wanted.
        """

    def examples(self, n: int, /) -> tuple[str, ...]:
        """At most ``n`` questions that the library can answer."""

    def document(self, document_id: str, /) -> DocumentLike:
        """The document of that id."""

    def passage(self, passage_id: str, /) -> PassageLike:
        """The passage of that id."""
