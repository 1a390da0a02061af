"""Answering by quotation: from the passages found to exact sentences with their sources, or to none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from assistant import abstain, citations, differ
from assistant.candidates import candidates
from assistant.emphasis import emphasised
from assistant.extract import Limits, Quote, choose
from assistant.reading import Reading
from assistant.recency import newest_first
from assistant.retrieve import MEANING_CHARACTERS
from assistant.scoring import Scored, Weights, score, with_meaning, worth
from assistant.semantic import SentenceMeaning
from assistant.trace import Record, Side
from assistant.types import Answer, AnswerStatus, Citation, Statement, Verdict
from assistant.understanding import Readings
from assistant.validity import Validity
from assistant.verification import quotes
from index.library import Library
from index.types import Hit
from index.vocabulary import Vocabulary
from ingest.types import Passage
from prompts import render

_SHOWN_NEAREST = 3


class Quotation:
    """Chooses what to quote. Safe to use from several threads.

    Args:
        limits: of one answer.
        weights: of scoring; ``None`` for the fitted ones.
    """

    def __init__(
        self,
        library: Library,
        vocabulary: Vocabulary,
        validity: Validity,
        *,
        limits: Limits,
        weights: Weights | None,
    ) -> None:
        self._library = library
        self._vocabulary = vocabulary
        self._validity = validity
        self._meaning = SentenceMeaning(library)
        self._limits = limits
        self._weights = weights

    def score(self, reading: Reading, hits: Sequence[Hit]) -> list[Scored]:
        """The candidate sentences of ``hits`` with their scores, best first."""
        scored = score(reading, candidates(hits), self._vocabulary, self._weights)
        meaning = partial(self._meaning.similarities, reading.text[:MEANING_CHARACTERS])
        scored = with_meaning(reading, scored, meaning, self._weights)
        if not reading.current:
            return scored
        return newest_first(
            scored, self._validity.superseded({entry.candidate.document.id for entry in scored})
        )

    def _decide(self, reading: Reading, hits: Sequence[Hit]) -> tuple[list[Scored], abstain.Decision]:
        scored = self.score(reading, hits)
        return scored, abstain.decide(reading, scored, hits, self._vocabulary)

    def answer(
        self,
        question: str,
        readings: Readings,
        found: Sequence[Sequence[Hit]],
        hits: tuple[Hit, ...],
        record: Record,
    ) -> Answer:
        """The answer to a question by quotation.

        Args:
            question: as typed.
            found: for each side of the readings, the passages found; ``hits`` are all of them, merged.
            record: notes what each step finds.
        """
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
                worth=worth(reading, self._vocabulary),
                passage_at=self.passage_at,
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
        checked = (quotes.check(statement, documents.__getitem__) for statement in shown)
        right = [statement for statement in checked if statement.verdict is not Verdict.CONTRADICTED]
        return self._validity.noted(right)

    def passage_at(self, document_id: str, offset: int) -> Passage | None:
        """The passage of a document that holds the character at ``offset``."""
        passages = self._library.passages(document_id)
        return next((passage for passage in passages if passage.start <= offset < passage.end), None)

    def _why_not(self, reading: Reading, reasons: Sequence[abstain.Reason]) -> str:
        if not self._library.documents():
            return render("library_empty", reading.language)
        if abstain.Reason.PLACE_ABSENT in reasons:
            places = ", ".join(dict.fromkeys(place.phrase for place in reading.places))
            return render("place_absent", reading.language, place=places)
        if abstain.Reason.NUMBER_ABSENT in reasons:
            return render("number_absent", reading.language, number=", ".join(reading.written_numbers))
        return render("not_found", reading.language)

    def _nearest(self, hits: Sequence[Hit]) -> tuple[Citation, ...]:
        """The passages nearest to a question without an answer, offered as no more than that."""
        return self._validity.cited(
            [
                citations.cite(hit.document, hit.passage, hit.passage.start, hit.passage.end, marker=marker)
                for marker, hit in enumerate(hits[:_SHOWN_NEAREST], start=1)
            ]
        )


def _rivals(reading: Reading, picked: Sequence[Quote], admissible: Sequence[Scored]) -> list[Quote]:
    """Quotes of other documents that differ from the first one and were left out for being so like it."""
    found = differ.rivals(reading, picked[0].entry, admissible) if picked else []
    quoted = {(quote.candidate.document.id, quote.candidate.start) for quote in picked}
    return [
        Quote(entry, entry.candidate.start, entry.candidate.end)
        for entry in found
        if (entry.candidate.document.id, entry.candidate.start) not in quoted
    ]
