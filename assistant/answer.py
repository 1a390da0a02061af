"""The assistant: one question in, one answer out, every statement tied to exact passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from assistant import abstain, citations, differ, examples, metrics
from assistant.archive import Archive
from assistant.busy import Busy
from assistant.candidates import candidates
from assistant.emphasis import emphasised
from assistant.extract import Limits, Quote, choose
from assistant.fluent import Fluent, Writing, as_model
from assistant.llm.types import LanguageModel
from assistant.offers import Offers
from assistant.reading import Reading
from assistant.recency import newest_first
from assistant.retrieve import MEANING_CHARACTERS, Retrieval, merged, retrieve
from assistant.scoring import Scored, Weights, score, with_meaning, worth
from assistant.semantic import SentenceMeaning
from assistant.sources import Sources
from assistant.stopping import Stop
from assistant.stopwatch import Stopwatch
from assistant.trace import Record, Side, Trace
from assistant.types import (
    Answer,
    AnswerStatus,
    Citation,
    Delta,
    Done,
    Drafted,
    Event,
    Retrieved,
    Statement,
    Verdict,
)
from assistant.understanding import Readings, clean_question, understand
from assistant.validity import Validity
from assistant.verification.quotes import check
from index.library import Library
from index.types import Filters, Hit
from index.vocabulary import Vocabulary
from ingest.types import Document, Passage
from prompts import render

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

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
        self.meaning = SentenceMeaning(library)
        self.validity = Validity(library)
        self.sources = Sources(library, self.validity)
        self.busy = Busy()
        self.offers = Offers(self)
        self._retrieval = retrieval
        self._limits = limits
        self._weights = weights
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
        with self.busy.answering():
            readings = understand(typed, earlier, self.vocabulary, literal=literal)
            record.readings = readings
            watch.lap("reading")
            found = [retrieve(self.library, reading, filters, self._retrieval) for reading in readings.sides]
            watch.lap("retrieval")
            hits = merged(found)
        yield Retrieved(readings.whole.text, hits)
        stop.check()
        with self.busy.answering():
            answer = self._answer(typed, readings, found, hits, record)
        watch.lap("answer")
        self.offers.remember((*earlier, typed), filters, answer)
        answer = replace(answer, timings=watch.timings())
        # Where the documents have no answer, no model is asked for one.
        if self._fluent is None or quoted or answer.status is AnswerStatus.NOT_FOUND:
            for statement in answer.statements:
                yield Delta(statement)
        else:
            stop.check()
            yield Drafted(answer)
            answer = yield from self._fluent.write(answer, stop)
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

    def score(self, reading: Reading, hits: Sequence[Hit]) -> list[Scored]:
        """The candidate sentences of ``hits`` with their scores, best first."""
        scored = score(reading, candidates(hits), self.vocabulary, self._weights)
        meaning = partial(self.meaning.similarities, reading.text[:MEANING_CHARACTERS])
        scored = with_meaning(reading, scored, meaning, self._weights)
        if not reading.current:
            return scored
        return newest_first(
            scored, self.validity.superseded({entry.candidate.document.id for entry in scored})
        )

    def _decide(self, reading: Reading, hits: Sequence[Hit]) -> tuple[list[Scored], abstain.Decision]:
        scored = self.score(reading, hits)
        return scored, abstain.decide(reading, scored, hits, self.vocabulary)

    def _answer(
        self,
        question: str,
        readings: Readings,
        found: Sequence[Sequence[Hit]],
        hits: tuple[Hit, ...],
        record: Record,
    ) -> Answer:
        whole = readings.whole
        chosen: list[Quote] = []
        asked: list[Reading] = []
        absent: list[Reading] = []
        reasons: list[abstain.Reason] = []
        notes: list[str] = []
        sides = len(readings.sides)
        limits = replace(
            self._limits,
            words=self._limits.words // sides,
            statements=max(1, self._limits.statements // sides),
        )
        for reading, side_hits in zip(readings.sides, found, strict=True):
            scored, decision = self._decide(reading, side_hits)
            if decision.reason is not None:
                absent.append(reading)
                reasons.append(decision.reason)
            picked = choose(
                reading,
                decision.admissible,
                limits,
                worth=worth(reading, self.vocabulary),
                passage_at=self._passage_at,
            )
            picked[1:1] = _rivals(reading, picked, decision.admissible)
            notes += differ.notes(reading, picked)
            quotes = [quote for quote in picked if quote not in chosen]
            chosen += quotes
            asked += [reading] * len(quotes)
            record.sides.append(Side(reading, tuple(side_hits), tuple(scored), decision, tuple(quotes)))
        statements = self._statements(chosen, asked)
        status = AnswerStatus.GROUNDED
        message = render("found", whole.language) if whole.language == "en" else ""
        if not statements:
            status = AnswerStatus.NOT_FOUND
            message = self._why_not(whole, reasons)
        elif absent or any(statement.verdict is not Verdict.VERBATIM for statement in statements):
            status = AnswerStatus.PARTLY_GROUNDED
            missing = "; ".join(reading.text for reading in absent)
            message = render("side_absent", whole.language, side=missing) if absent else message
        return Answer(
            question=question,
            standalone=whole.text,
            status=status,
            language=whole.language,
            statements=statements,
            nearest=() if statements else self._nearest(hits),
            hits=hits,
            message=message,
            understood=readings.understood,
            notes=tuple(dict.fromkeys(notes)),
        )

    def _statements(self, chosen: Sequence[Quote], asked: Sequence[Reading]) -> tuple[Statement, ...]:
        """Quotes with markers, each checked; one that fails its check is never shown.

        Args:
            asked: for each quote, what it answers.
        """
        spans = [
            citations.QuotedSpan(
                document=quote.candidate.document,
                passage=quote.candidate.passage,
                start=quote.start,
                end=quote.end,
                sentence=quote.candidate.sentence,
                lead=quote.lead,
            )
            for quote in chosen
        ]
        documents = {quote.candidate.document.id: quote.candidate.document for quote in chosen}
        shown = (
            emphasised(reading, statement, documents[statement.citations[-1].document_id].text)
            for reading, statement in zip(asked, citations.quoted(spans), strict=True)
        )
        checked = (check(statement, documents.__getitem__) for statement in shown)
        right = [statement for statement in checked if statement.verdict is not Verdict.CONTRADICTED]
        return self.validity.noted(right)

    def _fluent_with(self, llm: LanguageModel | LLM, writing: Writing) -> Fluent:
        from assistant.verification.verifier import verifier_of

        return Fluent(
            as_model(llm),
            verifier_of(self.library),
            writing,
            noted=self.validity.noted,
            find=self._with_document,
            passage_at=self._passage_at,
        )

    def _with_document(self, passage_id: str) -> tuple[Passage, Document]:
        passage = self.library.passage(passage_id)
        return passage, self.library.document(passage.document_id)

    def _passage_at(self, document_id: str, offset: int) -> Passage | None:
        passages = self.library.passages(document_id)
        return next((passage for passage in passages if passage.start <= offset < passage.end), None)

    def _why_not(self, reading: Reading, reasons: Sequence[abstain.Reason]) -> str:
        if self.library_is_empty:
            return render("library_empty", reading.language)
        if abstain.Reason.PLACE_ABSENT in reasons:
            places = ", ".join(dict.fromkeys(place.phrase for place in reading.places))
            return render("place_absent", reading.language, place=places)
        if abstain.Reason.NUMBER_ABSENT in reasons:
            return render("number_absent", reading.language, number=", ".join(reading.written_numbers))
        return render("not_found", reading.language)

    def _nearest(self, hits: Sequence[Hit]) -> tuple[Citation, ...]:
        """The passages nearest to a question without an answer, offered as no more than that."""
        return self.validity.cited(
            [
                citations.cite(hit.document, hit.passage, hit.passage.start, hit.passage.end, marker=marker)
                for marker, hit in enumerate(hits[:_SHOWN_NEAREST], start=1)
            ]
        )

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

    def document(self, document_id: str) -> Document:
        """The document of that id, with its text."""
        return self.library.document(document_id)

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id."""
        return self.library.passage(passage_id)


def _rivals(reading: Reading, picked: Sequence[Quote], admissible: Sequence[Scored]) -> list[Quote]:
    """Quotes of other documents that differ from the first one and were left out for being so like it."""
    found = differ.rivals(reading, picked[0].entry, admissible) if picked else []
    quoted = {(quote.candidate.document.id, quote.candidate.start) for quote in picked}
    return [
        Quote(entry, entry.candidate.start, entry.candidate.end)
        for entry in found
        if (entry.candidate.document.id, entry.candidate.start) not in quoted
    ]
