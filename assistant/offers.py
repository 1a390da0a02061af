"""What a reader can do next: narrow the question, or ask what else the documents found can answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from assistant import examples, narrowing
from assistant.collection import Wish, listed
from assistant.narrowing import Choices, Part
from assistant.phrases import words
from assistant.understanding import clean_question, understand
from index.errors import UnknownDocument
from index.records import DocumentSummary
from index.types import Filters

if TYPE_CHECKING:
    from assistant.answer import Assistant

#: Drafts read of one document, and asked of all; each one asked costs as much as an answer.
_DRAFTS_READ = 24
_DRAFTS_ASKED = 6


class Offers:
    """Offers made from the library of ``assistant``. Safe to use from several threads."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._choices: tuple[int, Choices] | None = None

    @property
    def choices(self) -> Choices:
        """What the library can be narrowed by now."""
        library = self._assistant.library
        generation = library.generation
        known = self._choices
        if known is None or known[0] != generation:
            known = self._choices = (generation, narrowing.choices(library.documents()))
        return known[1]

    def documents(self, text: str, limit: int) -> list[DocumentSummary]:
        """Documents with every word of ``text`` in their title, number, issuer, place or file name."""
        return listed(self.choices.documents, Wish(text))[:limit]

    def narrowings(
        self, question: str, *, history: Sequence[str] = (), filters: Filters = Filters()
    ) -> tuple[Part, ...]:
        """What the question names that the library could be narrowed to, see ``narrowing.suggested``.

        Raises:
            BadQuestion: as ``Assistant.ask``.
        """
        earlier = [clean_question(entry) for entry in history if entry.strip()]
        reading = understand(clean_question(question), earlier, self._assistant.vocabulary).whole
        return narrowing.suggested(reading, self.choices, filters)

    def followups(self, asked: Sequence[str], *, filters: Filters = Filters(), n: int = 3) -> tuple[str, ...]:
        """Up to ``n`` further questions about the documents that the last answer cites.

        Each is asked to see that such a document answers it, at a place not yet quoted; this takes as
        long as some answers do.

        Args:
            asked: the questions of the conversation, oldest first.
        """
        if not asked:
            return ()
        last = self._assistant.ask(asked[-1], history=asked[:-1], filters=filters)
        cited = [entry.document_id for entry in last.citations]
        quoted = {(entry.document_id, entry.start) for entry in last.citations}
        found: list[str] = []
        for question, document_id in islice(self._drafts(asked, cited), _DRAFTS_ASKED):
            answer = self._assistant.ask(question, history=asked, filters=filters)
            first = next(iter(answer.citations), None)
            if first is None or answer.standalone != question or first.document_id != document_id:
                continue
            place = (first.document_id, first.start)
            if place not in quoted:
                quoted.add(place)
                found.append(question)
            if len(found) == n:
                break
        return tuple(found)

    def _drafts(self, asked: Sequence[str], cited: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Drafts of the documents cited in turn, of each those first that share most with the question."""
        known = {" ".join(words(question)) for question in asked}
        about = set(words(asked[-1])) if asked else set()
        lines = []
        for document_id in dict.fromkeys(cited):
            try:
                drafts = list(
                    islice(examples.of_document(self._assistant.library, document_id), _DRAFTS_READ)
                )
            except UnknownDocument:
                continue  # removed since it was cited
            fresh = [draft for draft in drafts if " ".join(words(draft[0])) not in known]
            lines.append(sorted(fresh, key=lambda draft: -len(about.intersection(words(draft[0])))))
        for rank in range(max(map(len, lines), default=0)):
            yield from (line[rank] for line in lines if rank < len(line))
