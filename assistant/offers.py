"""What a reader can do next: narrow the question, or ask what else the documents found can answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from assistant import examples, narrowing
from assistant.collection import Wish, listed
from assistant.memory import Memory
from assistant.narrowing import Choices, Part
from assistant.phrases import words
from assistant.reading import Reading
from assistant.understanding import clean_question, understand
from index.errors import UnknownDocument
from index.records import DocumentSummary
from index.types import Filters

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from assistant.types import Answer

#: Drafts read of one document, and asked of all; each one asked costs as much as an answer.
_DRAFTS_READ = 24
_DRAFTS_ASKED = 6
#: Answers, and readings and documents, that are remembered.
_REMEMBERED, _READINGS = 2_000, 200
#: Seconds that an offer waits for a moment in which nobody waits for an answer.
_PATIENCE = 5.0
#: Generation of the library, the questions asked, whether the last one is read as typed; with the filters.
_Read = tuple[int, tuple[str, ...], bool]
_Asked = tuple[int, tuple[str, ...], bool, Filters]
#: A question and the id of the document that answers it.
_Draft = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Places:
    """What a question was read as, and document and start of each quote of its answer."""

    standalone: str
    cited: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, answer: Answer) -> _Places:
        return cls(answer.standalone, tuple((entry.document_id, entry.start) for entry in answer.citations))


class Offers:
    """Offers made from the library of ``assistant``. Safe to use from several threads.

    What was worked out is remembered for as long as the library stays as it is: an offer must cost those who
    wait for an answer next to nothing.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._choices: tuple[int, Choices] | None = None
        self._places: Memory[_Asked, _Places] = Memory(_REMEMBERED)
        self._readings: Memory[_Read, Reading] = Memory(_READINGS)
        self._documents: Memory[tuple[int, str], tuple[_Draft, ...]] = Memory(_READINGS)

    def remember(
        self, asked: Sequence[str], filters: Filters, answer: Answer, *, literal: bool = False
    ) -> None:
        """Note what an answer cites, so that it need not be made again to offer what follows it.

        Args:
            asked: the questions of the conversation as ``clean_question`` gives them, this one last.
            literal: that one was read exactly as typed.
        """
        key = (self._assistant.library.generation, tuple(asked), literal, filters)
        self._places.put(key, _Places.of(answer))

    def _of(
        self, question: str, history: Sequence[str], filters: Filters, generation: int, *, literal: bool
    ) -> _Places:
        """What the answer to a question cites: remembered, or asked for."""
        key = (generation, (*_cleaned(history), clean_question(question)), literal, filters)
        known = self._places.get(key)
        if known is None:
            known = _Places.of(
                self._assistant.ask(question, history=history, filters=filters, literal=literal, quoted=True)
            )
        return known

    def _read(
        self, question: str, history: Sequence[str], generation: int, *, literal: bool = False
    ) -> Reading:
        key = (generation, (*_cleaned(history), clean_question(question)), literal)
        known = self._readings.get(key)
        if known is None:
            known = understand(key[1][-1], key[1][:-1], self._assistant.vocabulary, literal=literal).whole
            self._readings.put(key, known)
        return known

    @property
    def choices(self) -> Choices:
        """What the library can be narrowed by now."""
        library = self._assistant.library
        generation = library.generation
        known = self._choices
        if known is None or known[0] != generation:
            known = self._choices = (generation, narrowing.choices(library.documents()))
        return known[1]

    def wait_until_quiet(self) -> bool:
        """Let those who wait for an answer come first; gives whether there is time for offers at all."""
        return self._assistant.busy.wait_until_quiet(_PATIENCE)

    def documents(self, text: str, limit: int) -> list[DocumentSummary]:
        """Documents with every word of ``text`` in their title, number, issuer, place or file name."""
        return listed(self.choices.documents, Wish(text))[:limit]

    def narrowings(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        filters: Filters = Filters(),
        literal: bool = False,
    ) -> tuple[Part, ...]:
        """What the question names that the library could be narrowed to, see ``narrowing.suggested``.

        Args:
            literal: the question was read exactly as typed.

        Raises:
            BadQuestion: as ``Assistant.ask``.
        """
        reading = self._read(question, history, self._assistant.library.generation, literal=literal)
        return narrowing.suggested(reading, self.choices, filters)

    def followups(
        self, asked: Sequence[str], *, filters: Filters = Filters(), n: int = 3, literal: bool = False
    ) -> tuple[str, ...]:
        """Up to ``n`` further questions about the documents that the last answer cites.

        Each is asked to see that such a document answers it, at a place not yet quoted; this takes as
        long as some answers do.

        Args:
            asked: the questions of the conversation, oldest first.
            literal: the last one was read exactly as typed; what is offered is read as always.
        """
        if not asked:
            return ()
        generation = self._assistant.library.generation
        last = self._of(asked[-1], asked[:-1], filters, generation, literal=literal)
        quoted = set(last.cited)
        found: list[str] = []
        drafts = self._drafts(asked, [document_id for document_id, _ in last.cited], generation)
        for question, document_id in islice(drafts, _DRAFTS_ASKED):
            if not self.wait_until_quiet():
                break
            if self._read(question, asked, generation).text != question:
                continue  # after these questions it would be read as something else
            # Asked without the history that changes nothing: the next reader finds it remembered.
            places = self._of(question, (), filters, generation, literal=False)
            first = places.cited[0] if places.cited and places.standalone == question else None
            if first is None or first[0] != document_id:
                continue
            if first not in quoted:
                quoted.add(first)
                found.append(question)
            if len(found) == n:
                break
        return tuple(found)

    def _drafts(self, asked: Sequence[str], cited: Sequence[str], generation: int) -> Iterator[_Draft]:
        """Drafts of the documents cited in turn, of each those first that share most with the question."""
        known = {" ".join(words(question)) for question in asked}
        about = set(words(asked[-1])) if asked else set()
        lines = []
        for document_id in dict.fromkeys(cited):
            fresh = [
                draft
                for draft in self._of_document(document_id, generation)
                if " ".join(words(draft[0])) not in known
            ]
            lines.append(sorted(fresh, key=lambda draft: -len(about.intersection(words(draft[0])))))
        for rank in range(max(map(len, lines), default=0)):
            yield from (line[rank] for line in lines if rank < len(line))

    def _of_document(self, document_id: str, generation: int) -> tuple[_Draft, ...]:
        known = self._documents.get((generation, document_id))
        if known is None:
            drafts = examples.of_document(self._assistant.library, document_id)
            try:
                known = tuple(islice(drafts, _DRAFTS_READ))
            except UnknownDocument:
                known = ()  # removed since it was cited
            self._documents.put((generation, document_id), known)
        return known


def _cleaned(history: Sequence[str]) -> tuple[str, ...]:
    return tuple(clean_question(entry) for entry in history if entry.strip())
