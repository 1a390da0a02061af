"""The assistant: one question in, one answer out, every statement tied to exact passages."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from assistant import abstain, citations, compare, examples, followup, verify
from assistant.candidates import candidates
from assistant.errors import BadQuestion
from assistant.extract import Limits, Quote, choose
from assistant.reading import Reading, language_of, read
from assistant.scoring import Weights, score, with_meaning
from assistant.semantic import SentenceMeaning
from assistant.types import Answer, AnswerStatus, Citation, Delta, Done, Event, Retrieved, Statement, Verdict
from index.library import Library
from index.types import Filters, Hit
from index.vocabulary import Vocabulary
from ingest.types import Document, Passage
from prompts import render

_LONGEST_QUESTION = 10_000
_SHOWN_NEAREST = 3
_DRAFTS_TRIED = 12
_MEANING_CHARACTERS = 1_000  # more of a question is a page pasted: its meaning is no clearer for it
_ENGLISH_DENSE = 0.75
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How passages are looked for; see ``Library.search``."""

    top_k: int = 14
    pool: int = 50
    weight_dense: float = 0.6


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
        weights: Weights = Weights(),
    ) -> None:
        self.library = library
        self.vocabulary = Vocabulary(library)
        self.meaning = SentenceMeaning(library)
        self._retrieval = retrieval
        self._limits = limits
        self._weights = weights
        self._examples: tuple[int, tuple[str, ...]] | None = None

    def ask(self, question: str, *, history: Sequence[str] = (), filters: Filters = Filters()) -> Answer:
        """Answer a question.

        Args:
            question: as typed, in Vietnamese with or without diacritics, or in English.
            history: earlier questions of the conversation, oldest first.
            filters: which documents may be used.

        Raises:
            BadQuestion: empty, without any letter or digit, or over 10,000 characters.
        """
        for event in self.stream(question, history=history, filters=filters):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("a stream ends with Done")

    def stream(
        self, question: str, *, history: Sequence[str] = (), filters: Filters = Filters()
    ) -> Iterator[Event]:
        """The same answer as a stream: ``Retrieved``, then a ``Delta`` for each statement, then ``Done``."""
        watch = Stopwatch()
        typed = clean_question(question)
        readings = self._read(typed, [clean_question(earlier) for earlier in history if earlier.strip()])
        watch.lap("reading")
        found = [self._retrieve(reading, filters) for reading in readings.sides]
        watch.lap("retrieval")
        hits = _merged(found)
        yield Retrieved(readings.whole.text, hits)
        answer = self._answer(typed, readings, found, hits)
        watch.lap("answer")
        for statement in answer.statements:
            yield Delta(statement)
        yield Done(replace(answer, timings=watch.timings()))

    def _read(self, question: str, history: Sequence[str]) -> _Readings:
        """Restore diacritics, resolve the follow-up, split a comparison into its sides."""

        def restore(text: str) -> str:
            return self.vocabulary.restore(text) if language_of(text) == "vi" else text

        standalone = followup.standalone(restore(question), [restore(earlier) for earlier in history])
        whole = read(question, standalone=standalone, restore=restore)
        parts = compare.sides(whole.text)
        sides = tuple(read(question, standalone=part) for part in parts) or (whole,)
        if parts:  # a side is asked what the whole is asked
            sides = tuple(
                replace(side, wanted=whole.wanted, units=side.units or whole.units) for side in sides
            )
        return _Readings(whole, sides)

    def _retrieve(self, reading: Reading, filters: Filters) -> list[Hit]:
        """Passages for the question; where it names a place, those of that place's documents as well.

        Scores become differences from the best of their own search, which compare across searches.
        """
        searches = [filters]
        if reading.places and not filters.provinces:
            places = tuple(dict.fromkeys(place.phrase for place in reading.places))
            searches.append(replace(filters, provinces=places))
        best: dict[str, Hit] = {}
        for chosen in searches:
            hits = self.library.search(
                reading.text,
                lexical_text=reading.lexical_text,
                dense_text=reading.text[:_MEANING_CHARACTERS],
                k=self._retrieval.top_k,
                pool=self._retrieval.pool,
                weight_dense=self._weight_dense(reading),
                filters=chosen,
            )
            for hit in hits:
                relative = replace(hit, score=hit.score - hits[0].score)
                known = best.get(hit.passage.id)
                if known is None or known.score < relative.score:
                    best[hit.passage.id] = relative
        return sorted(best.values(), key=lambda hit: -hit.score)

    def _weight_dense(self, reading: Reading) -> float:
        """English shares names, numbers and glossary words alone with the documents: meaning weighs more."""
        weight = self._retrieval.weight_dense
        return max(weight, _ENGLISH_DENSE) if reading.language == "en" else weight

    def _decide(self, reading: Reading, hits: Sequence[Hit]) -> abstain.Decision:
        scored = score(reading, candidates(hits), self.vocabulary, self._weights)
        meaning = partial(self.meaning.similarities, reading.text[:_MEANING_CHARACTERS])
        scored = with_meaning(reading, scored, meaning, self._weights)
        return abstain.decide(reading, scored)

    def _answer(
        self, question: str, readings: _Readings, found: Sequence[Sequence[Hit]], hits: tuple[Hit, ...]
    ) -> Answer:
        whole = readings.whole
        chosen: list[Quote] = []
        absent: list[Reading] = []
        reasons: list[abstain.Reason] = []
        sides = len(readings.sides)
        limits = replace(
            self._limits,
            words=self._limits.words // sides,
            statements=max(1, self._limits.statements // sides),
        )
        for reading, side_hits in zip(readings.sides, found, strict=True):
            decision = self._decide(reading, side_hits)
            if decision.reason is not None:
                absent.append(reading)
                reasons.append(decision.reason)
            chosen += [entry for entry in choose(reading, decision.admissible, limits) if entry not in chosen]
        statements = self._statements(chosen)
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
        )

    def _statements(self, chosen: Sequence[Quote]) -> tuple[Statement, ...]:
        """Quotes with markers, each checked; one that fails its check is never shown."""
        quotes = [
            (
                quote.candidate.document,
                quote.candidate.passage,
                quote.candidate.start,
                quote.end,
                quote.left_out,
            )
            for quote in chosen
        ]
        documents = {quote.candidate.document.id: quote.candidate.document for quote in chosen}
        checked = (verify.check(statement, documents.__getitem__) for statement in citations.quoted(quotes))
        return tuple(statement for statement in checked if statement.verdict is not Verdict.CONTRADICTED)

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
        return tuple(
            citations.cite(hit.document, hit.passage, hit.passage.start, hit.passage.end, marker=marker)
            for marker, hit in enumerate(hits[:_SHOWN_NEAREST], start=1)
        )

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
                answer = self.ask(question)
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


@dataclass(frozen=True, slots=True)
class _Readings:
    """A question as a whole, and each thing it compares (the whole alone where it compares nothing)."""

    whole: Reading
    sides: tuple[Reading, ...]


class Stopwatch:
    """Seconds spent in each stage of an answer."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """End a stage now."""
        now = time.perf_counter()
        self._laps[stage] = now - self._last
        self._last = now

    def timings(self) -> dict[str, float]:
        """Stage → seconds, and their sum as ``total``."""
        return {**self._laps, "total": self._last - self._started}


def clean_question(question: str) -> str:
    """A question as one line of NFC text without control characters.

    Raises:
        BadQuestion: nothing to read in it, or too long.
    """
    if len(question) > _LONGEST_QUESTION:
        raise BadQuestion(
            f"The question has {len(question):,} characters; at most {_LONGEST_QUESTION:,} are read. "
            "Shorten it."
        )
    text = " ".join(_CONTROL.sub("", unicodedata.normalize("NFC", question)).split())
    if not any(character.isalnum() for character in text):
        raise BadQuestion(
            "The question is empty. Type a question, e.g.: Đảng bộ tỉnh có bao nhiêu đảng viên?"
        )
    return text


def _merged(found: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """The hits of each side in turn, each passage once."""
    merged: dict[str, Hit] = {}
    for rank in range(max(map(len, found), default=0)):
        for hits in found:
            if rank < len(hits):
                merged.setdefault(hits[rank].passage.id, hits[rank])
    return tuple(merged.values())
