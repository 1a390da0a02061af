"""The assistant: one question in, one answer out, every statement tied to exact passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from assistant import examples, metrics
from assistant.archive import Archive
from assistant.busy import Busy
from assistant.extract import Limits
from assistant.fluent import Fluent, Writing, as_model
from assistant.llm.rewriting import Rewriter
from assistant.llm.types import LanguageModel
from assistant.offers import Offers
from assistant.quotation import Quotation
from assistant.retrieve import Retrieval, merged, retrieve
from assistant.scoring import Weights
from assistant.sources import Sources
from assistant.stopping import Stop
from assistant.stopwatch import Stopwatch
from assistant.trace import Record, Trace
from assistant.types import (
    Answer,
    AnswerStatus,
    Delta,
    Done,
    Drafted,
    Event,
    Retrieved,
)
from assistant.understanding import clean_question, understand
from assistant.validity import Validity
from index.library import Library
from index.types import Filters, Hit
from index.vocabulary import Vocabulary
from ingest.types import Document, Passage

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from assistant.study.desk import Desk

#: Answers by quotation made at the same time.
CORES_KEPT_BUSY = 2
#: Answers that may wait for a language model besides.
MODEL_WAITED_FOR = 14
_SHOWN_NEAREST = 3
_DRAFTS_TRIED = 12


class Assistant:
    """Answers questions from one library, by quotation.

    Holds no conversation: what was asked before is an argument of ``ask``. Safe to use from
    several threads.
    """

    def __init__(
        self,
        library: Library,
        *,
        retrieval: Retrieval = Retrieval(),
        limits: Limits = Limits(),
        weights: Weights | None = None,
        llm: LanguageModel | LLM | None = None,
        writing: Writing = Writing(),
    ) -> None:
        """
        Args:
            llm: writes the answers, each sentence of which is checked; a model of ``assistant.llm``, or any
                of LlamaIndex. Without one, answers are quotations.
        """
        self.library = library
        self.archive = Archive.of(library)
        self.vocabulary = Vocabulary(library)
        self.validity = Validity(library)
        self.quotation = Quotation(library, self.vocabulary, self.validity, limits=limits, weights=weights)
        self.sources = Sources(library, self.validity)
        self.busy = Busy()
        self.offers = Offers(self)
        self._retrieval = retrieval
        self._settings = repr((retrieval, limits, weights))
        self._fluent = self._fluent_with(llm, writing) if llm is not None else None
        self._examples: tuple[int, tuple[str, ...]] | None = None

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        filters: Filters = Filters(),
        literal: bool = False,
        quoted: bool = False,
    ) -> Answer:
        """Answer a question.

        Args:
            question: as typed, in Vietnamese with or without diacritics, or in English.
            history: earlier questions of the conversation, oldest first.
            filters: which documents may be used.
            literal: read the question exactly as typed: no diacritics put back, no slip put right, no
                earlier question taken in.
            quoted: by quotation, also where there is a language model.

        Raises:
            BadQuestion: empty, without any letter or digit, or over 10,000 characters.
        """
        events = self.stream(question, history=history, filters=filters, literal=literal, quoted=quoted)
        for event in events:
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("a stream ends with Done")

    def trace(self, question: str, *, history: Sequence[str] = (), filters: Filters = Filters()) -> Trace:
        """The same answer, with everything that led to it. Arguments and errors as those of ``ask``."""
        record = Record()
        for event in self.stream(question, history=history, filters=filters, record=record):
            if isinstance(event, Done):
                return record.trace(event.answer)
        raise AssertionError("a stream ends with Done")

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        filters: Filters = Filters(),
        literal: bool = False,
        quoted: bool = False,
        record: Record | None = None,
        stop: Stop | None = None,
    ) -> Iterator[Event]:
        """The same answer as a stream: ``Retrieved``, then a ``Delta`` for each statement, then ``Done``.

        Where a language model writes it, ``Drafted`` comes before its statements: the answer by quotation.
        What ``Done`` has is the answer, also where a model's statements came before and then did not stand.

        Args:
            record: where one is given, notes what each step found.
            stop: told when nobody waits for the answer any more.

        Raises:
            AnswerStopped: ``stop`` was told so.
        """
        record = record or Record()
        stop = stop or Stop()
        watch = Stopwatch()
        typed = clean_question(question)
        earlier = [clean_question(entry) for entry in history if entry.strip()]
        fluent = None if quoted else self._fluent
        with self.busy.answering():
            readings = understand(typed, earlier, self.vocabulary, literal=literal)
            watch.lap("reading")
        rewritten = fluent.rewritten(typed, earlier, readings, stop) if fluent and not literal else None
        with self.busy.answering():
            if rewritten is not None and rewritten.by is Rewriter.MODEL:
                readings = understand(typed, earlier, self.vocabulary, completed=rewritten.text)
            record.readings = readings
            if rewritten is not None:
                watch.lap("rewriting")
            key = fluent.key(readings, filters, literal=literal) if fluent else None
            kept = fluent.kept(key) if fluent else None
        if kept is not None:
            answer = replace(
                kept, question=typed, standalone=readings.whole.text, understood=readings.understood
            )
            yield Retrieved(answer.standalone, answer.hits)
            yield from map(Delta, answer.statements)
        else:
            with self.busy.answering():
                found = [retrieve(self.library, side, filters, self._retrieval) for side in readings.sides]
                watch.lap("retrieval")
                hits = merged(found)
            yield Retrieved(readings.whole.text, hits)
            stop.check()
            with self.busy.answering():
                answer = self.quotation.answer(typed, readings, found, hits, record)
            watch.lap("answer")
            answer = replace(answer, timings=watch.timings())
            self.offers.remember((*earlier, typed), filters, answer, literal=literal)
            # Where the documents have no answer, no model is asked for one.
            if fluent is None or answer.status is AnswerStatus.NOT_FOUND:
                yield from map(Delta, answer.statements)
            else:
                stop.check()
                yield Drafted(answer)
                answer = yield from fluent.write(answer, stop, key=key, before=rewritten)
                watch.lap("model")
        answer = replace(answer, timings=watch.timings())
        if not quoted:
            metrics.observe_answer(answer)
        yield Done(answer)

    def search(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        filters: Filters = Filters(),
        k: int | None = None,
    ) -> tuple[Hit, ...]:
        """The passages nearest to a question, best first, and no answer. Other arguments as those of ``ask``.

        Args:
            k: how many, ``None`` for the setting.
        """
        retrieval = replace(self._retrieval, top_k=k or self._retrieval.top_k)
        typed = clean_question(question)
        earlier = [clean_question(entry) for entry in history if entry.strip()]
        readings = understand(typed, earlier, self.vocabulary)
        hits = merged([retrieve(self.library, reading, filters, retrieval) for reading in readings.sides])
        return hits[: retrieval.top_k]

    def _fluent_with(self, llm: LanguageModel | LLM, writing: Writing) -> Fluent:
        from assistant.verification.verifier import verifier_of

        return Fluent(
            as_model(llm),
            verifier_of(self.library),
            writing,
            library=lambda: [str(self.library.directory), self.library.generation, self._settings],
            noted=self.validity.noted,
            find=self._with_document,
            passage_at=self.quotation.passage_at,
        )

    def _with_document(self, passage_id: str) -> tuple[Passage, Document]:
        passage = self.library.passage(passage_id)
        return passage, self.library.document(passage.document_id)

    @property
    def answers_at_once(self) -> int:
        """How many questions are best answered at the same time.

        Searching and embedding keep a core busy each, and more at once than there are cores makes all of
        them slower; those that wait for a language model do not.
        """
        return CORES_KEPT_BUSY + (MODEL_WAITED_FOR if self._fluent else 0)

    @property
    def library_is_empty(self) -> bool:
        """No document has been ingested."""
        return not self.library.documents()

    def examples(self, n: int = 4) -> tuple[str, ...]:
        """Up to ``n`` questions that the library answers, from as many documents as possible."""
        generation = self.library.generation
        known = self._examples
        if known is None or known[0] != generation or len(known[1]) < n:
            found: list[str] = []
            for question, document_id in islice(examples.drafts(self.library), _DRAFTS_TRIED):
                if len(found) == n:
                    break
                answer = self.ask(question, quoted=True)
                if answer.citations and answer.citations[0].document_id == document_id:
                    found.append(question)
            known = self._examples = (generation, tuple(found))
        return known[1][:n]

    @cached_property
    def desk(self) -> Desk:
        """Makes teaching material from the library, and edits it; ``archive.drafts`` keeps it."""
        from assistant.study.desk import Desk

        return Desk(self.library, self._fluent.model if self._fluent else None)

    def document(self, document_id: str) -> Document:
        """The document of that id, with its text."""
        return self.library.document(document_id)

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id."""
        return self.library.passage(passage_id)
