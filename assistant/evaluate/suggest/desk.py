"""All that a page needs to make, review, check and run question sets: one object for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.candidates import candidates
from assistant.citations import cite
from assistant.collection import Wish as Search
from assistant.collection import listed
from assistant.errors import NoSuchPlace
from assistant.evaluate.suggest.cases import case_of
from assistant.evaluate.suggest.checking import problems
from assistant.evaluate.suggest.making import suggest
from assistant.evaluate.suggest.types import Found, Order, Quoted, Suggested, Suggestion
from assistant.narrowing import Choices, choices
from assistant.stopping import Stop
from assistant.threaded import telling
from assistant.types import Citation
from index.errors import UnknownDocument

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from assistant.collection import DocumentSummary
    from assistant.evaluate.response import Outcome
    from assistant.evaluate.stages import Stage

#: Passages that are searched for a quote.
_SEARCHED = 8


@dataclass(frozen=True, slots=True)
class Step:
    """How far making or running is."""

    done: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A question that the assistant did not get right: what it said, and where that went wrong."""

    id: str
    question: str
    answer: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class Result:
    """What running a set came to. ``score`` is the mean of all, ``right`` how many had nothing wrong."""

    cases: int
    right: int
    score: float
    failed: tuple[Failed, ...]


class QuestionDesk:
    """Question sets over the library of ``assistant``. Safe to use from several threads.

    Attributes:
        sets: those in the library's catalogue, each user's his own.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._library = assistant.library
        self.sets = assistant.archive.question_sets

    @property
    def choices(self) -> Choices:
        """What the documents can be narrowed by."""
        return choices(self._library.documents())

    def documents(self, n: int) -> tuple[list[DocumentSummary], int]:
        """The first ``n`` documents, and how many there are."""
        found = list(listed(self._library.documents(), Search()))
        return found[:n], len(found)

    def making(self, order: Order, stop: Stop) -> Iterator[Step | Suggested]:
        """Make a set in a thread of its own: its steps, then the set.

        Raises:
            BadWish: see ``suggest``.
            AnswerStopped: ``stop`` was told that nobody waits for it.
        """

        def work(tell: Callable[[Step], None]) -> Suggested:
            return suggest(
                self._library, order, progress=lambda done, wanted: tell(Step(done, wanted)), stop=stop
            )

        return telling(work)

    def problems(self, suggestion: Suggestion, others: Sequence[Suggestion]) -> tuple[Found, ...]:
        """What is wrong with a question as it is now; see ``checking.problems``."""
        return problems(suggestion, self._library, others)

    def citations(self, suggestion: Suggestion) -> tuple[Citation, ...]:
        """Its quotes as citations, counted from 1; those of documents that are gone are left out."""
        found = []
        for marker, span in enumerate(suggestion.spans, start=1):
            try:
                document = self._library.document(span.document_id)
            except UnknownDocument:
                continue
            passages = self._library.passages(span.document_id)
            holding = [p for p in passages if p.start <= span.start < p.end]
            if holding and span.end <= len(document.text):
                found.append(cite(document, holding[0], span.start, span.end, marker=marker))
        return tuple(found)

    def quotes(self, text: str, n: int) -> tuple[Quoted, ...]:
        """Sentences of the library that are near to a text, the nearest first."""
        if not text.strip():
            return ()
        hits = self._library.search(text, k=_SEARCHED)
        wanted = set(text.lower().split())
        found = [one for one in candidates(hits) if len(one.text.split()) > 2]
        found.sort(key=lambda one: -len(wanted & set(one.text.lower().split())))
        return tuple(self.quoted(one.document.id, one.start, one.end) for one in found[:n])

    def quoted(self, document_id: str, start: int, end: int) -> Quoted:
        """A place as a quote. Raises ``NoSuchPlace`` where the document has not that many characters."""
        document = self._library.document(document_id)
        if not 0 <= start < end <= len(document.text):
            raise NoSuchPlace(f"{document_id} has no characters {start} to {end}.")
        name = document.names[0] if document.names else document.id
        return Quoted(name, document.id, start, end, document.text[start:end])

    def running(self, suggestions: Sequence[Suggestion], stop: Stop) -> Iterator[Step | Result]:
        """Ask the assistant every question, and score its answers.

        Raises:
            AnswerStopped: ``stop`` was told that nobody waits for it.
        """
        from assistant.evaluate.asking import ask_all
        from assistant.evaluate.attribution import VerifiedBy
        from assistant.evaluate.corpus import Corpus
        from assistant.evaluate.response import AssistantSystem
        from assistant.evaluate.scores import score_all
        from assistant.verification.verifier import verifier_of

        cases = tuple(map(case_of, suggestions))
        outcomes: dict[str, Outcome] = {}
        yield Step(0, len(cases))
        for outcome in ask_all(cases, AssistantSystem(self._assistant)):
            stop.check()
            outcomes[outcome.case_id] = outcome
            yield Step(len(outcomes), len(cases))
        corpus = Corpus.of_library(self._library)
        scores = score_all(cases, outcomes, corpus, VerifiedBy(verifier_of(self._library), corpus))
        failed = tuple(
            Failed(one.id, one.case.question, one.answer, one.stage)
            for one in scores
            if one.stage is not None
        )
        values = [value for one in scores if (value := one.value("Score")) is not None]
        mean = sum(values) / len(values) if values else 0.0
        yield Result(len(cases), len(cases) - len(failed), mean, failed)
