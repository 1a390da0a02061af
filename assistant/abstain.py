"""Deciding whether the documents answer at all.

An embedding similarity says little (e5 puts every pair of texts between 0.7 and 0.95), so the
decision rests on what the question names: a place, a document number or a year that the
documents do not speak of is not answered about another; and enough of what the
question speaks of must stand in or around the sentence that would be quoted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.concepts import ConceptKind
from assistant.evidence import STRICT
from assistant.phrases import Phrases, words
from assistant.reading import Reading
from assistant.scoring import Scored
from assistant.wanted import Wanted


class Reason(StrEnum):
    """Why there is no answer."""

    NO_QUESTION = "no question about documents"
    NOTHING_NEAR = "nothing near"
    PLACE_ABSENT = "place absent"
    NUMBER_ABSENT = "number absent"
    NAME_ABSENT = "name absent"
    ARTICLE_ABSENT = "article absent"
    PERIOD_ABSENT = "period absent"
    NO_SUCH_FACT = "no such fact"
    TOO_LITTLE = "too little of the question"


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of "the documents answer this", from the best sentence's features.

    ``confidence = 1 / (1 + exp(-(reach * r + dense * d + intercept)))`` with ``r`` the share of the
    question's concepts in or around the sentence and ``d`` its cosine with the question.
    """

    reach: float
    dense: float
    intercept: float

    def confidence(self, entry: Scored) -> float:
        """Probability, 0 to 1, on a set where half of the questions have no answer."""
        cosine = _UNMEASURED if entry.dense is None else entry.dense
        return 1.0 / (1.0 + math.exp(-(self.reach * entry.reach + self.dense * cosine + self.intercept)))


#: Fitted on 250 questions of XQuAD-vi, each asked with and without the paragraph that answers it, and on
#: two small sets of party questions. Area under the curve .93, 1.0 and .95 in Vietnamese; .78, 1.0 and .80
#: in English, where the share of concepts depends on the glossary and was given weight by hand.
VIETNAMESE = Calibration(reach=5.0, dense=47.0, intercept=-43.3)
ENGLISH = Calibration(reach=3.0, dense=39.0, intercept=-33.0)
#: Below this confidence nothing is said to be found.
LEAST_CONFIDENCE = 0.30
_LOOKED_AT = 3
#: Share of the word pairs of the thing asked about that a sentence, or the heading over it, must have.
_NAMED = 0.5
#: Cosine assumed of a sentence that was not embedded: that of an unrelated one.
_UNMEASURED = 0.80
#: Requests to make something up.
_NO_QUESTION = re.compile(
    r"\b(?:viết|làm|sáng tác|kể|vẽ)\b[^?]*\b(?:thơ|truyện|bài hát|chuyện cười|câu chuyện|tranh)\b"
    r"|\b(?:đặt (?:phòng|vé|bàn)|mua vé|gọi điện cho|dịch giúp)\b|\b(?:book|order|buy|call|translate|send) (?:me|us|a|an|this)\b"
    r"|\b(?:write|tell|compose|draw)\b[^?]*\b(?:poems?|stor(?:y|ies)|songs?|jokes?|picture)\b",
    re.IGNORECASE,
)
_ARTICLE = " ".join(words("điều"))


@dataclass(frozen=True, slots=True)
class Decision:
    """The sentences that may be quoted, best first; when empty, why; and how sure that is."""

    admissible: tuple[Scored, ...]
    reason: Reason | None = None
    confidence: float = 0.0


def decide(reading: Reading, scored: Sequence[Scored], least: float = LEAST_CONFIDENCE) -> Decision:
    """Keep the sentences that speak of what the question names, if the best of them is enough."""
    if _NO_QUESTION.search(reading.text):
        return Decision((), Reason.NO_QUESTION)
    if not scored:
        return Decision((), Reason.NOTHING_NEAR)
    kept = [entry for entry in scored if not entry.candidate.is_label]
    if not kept:
        return Decision((), Reason.NOTHING_NEAR)
    if reading.numbers:
        kept = [
            entry
            for entry in kept
            if not any(concept.kind is ConceptKind.NUMBER for concept in entry.missing)
        ]
        if not kept:
            return Decision((), Reason.NUMBER_ABSENT)
    if reading.places:
        kept = [entry for entry in kept if entry.place]
        if not kept:
            return Decision((), Reason.PLACE_ABSENT)
    years = {word for year in reading.years for word in words(year)}
    if years:
        kept = [
            entry
            for entry in kept
            if not any(years.intersection(concept.alternatives) for concept in entry.missing)
        ]
        if not kept:
            return Decision((), Reason.PERIOD_ABSENT)
    if reading.names:
        kept = [e for e in kept if any(_names(e, name) for name in reading.names)]
        if not kept:
            return Decision((), Reason.NAME_ABSENT)
    if reading.articles:
        kept = [e for e in kept if any(_in_article(e, article) for article in reading.articles)]
        if not kept:
            return Decision((), Reason.ARTICLE_ABSENT)
    if reading.days:
        kept = [e for e in kept if all(e.candidate.around.has(day) for day in reading.days)]
        if not kept:
            return Decision((), Reason.PERIOD_ABSENT)
    if reading.deeds and Wanted.COUNT in reading.wanted:
        kept = [entry for entry in kept if _speaks_of_a_deed(reading, entry)]
        if not kept:
            return Decision((), Reason.NO_SUCH_FACT)
    if any(kind in STRICT for kind in reading.wanted):
        kept = [entry for entry in kept if entry.answer > 0]
        if not kept:
            return Decision((), Reason.NO_SUCH_FACT)
    if Wanted.DEFINITION in reading.wanted:  # what something is stands where it is named
        kept = [entry for entry in kept if entry.answer > 1 or _is_named(reading, entry)]
        if not kept:
            return Decision((), Reason.NO_SUCH_FACT)
    calibration = ENGLISH if reading.language == "en" else VIETNAMESE
    confidence = max(calibration.confidence(entry) for entry in kept[:_LOOKED_AT])
    if confidence < least:
        return Decision((), Reason.TOO_LITTLE, confidence)
    return Decision(tuple(kept), None, confidence)


def _is_named(reading: Reading, entry: Scored) -> bool:
    """The thing asked about is named and said to be something, or is named in the heading above.

    Its word pairs count, not its syllables: "Ủy viên dự khuyết" has three of those of "đảng viên dự bị".
    """
    pairs = [concept for concept in reading.concepts if concept.kind is ConceptKind.PAIR]
    candidate = entry.candidate

    def share(*texts: Phrases) -> float:
        had = [any(text.has(other) for other in pair.alternatives for text in texts) for pair in pairs]
        return sum(had) / len(pairs) if pairs else 1.0

    if share(candidate.title) >= _NAMED and pairs:
        return True
    return entry.answer > 0 and share(candidate.own, candidate.title) >= _NAMED


def _names(entry: Scored, name: str) -> bool:
    candidate = entry.candidate
    return any(text.has(name) for text in (candidate.own, candidate.lead, candidate.context))


def _in_article(entry: Scored, article: str) -> bool:
    candidate = entry.candidate
    return candidate.passage.locator.article == article or any(
        text.has(f"{_ARTICLE} {article}") for text in (candidate.own, candidate.lead)
    )


def _speaks_of_a_deed(reading: Reading, entry: Scored) -> bool:
    candidate = entry.candidate
    return any(
        text.has(" ".join(words(deed)))
        for deed in reading.deeds
        for text in (candidate.own, candidate.near, candidate.lead)
    )
