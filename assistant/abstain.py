"""Deciding whether the documents answer at all.

An embedding similarity says little (e5 puts every pair of texts between 0.7 and 0.95), so the
decision rests on what the question names: a place, a document number or a year that the
documents do not speak of is not answered about another; and enough of what the
question speaks of must stand in or around the sentence that would be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.asked_figures import attributes_known
from assistant.concepts import ConceptKind
from assistant.demands import demands
from assistant.phrases import fold
from assistant.reading import Reading
from assistant.reasons import Reason
from assistant.scoring import Scored
from assistant.signals import Signals, calibration, measure
from assistant.wanted import Wanted
from index.types import Hit
from index.vocabulary import Vocabulary

__all__ = ["Decision", "Reason", "admissible", "decide"]

#: Share of the question that an article must have for its writer to be the one asked for.
_SIGNED = 0.5
#: Requests to make something up.
_NO_QUESTION = re.compile(
    r"\b(?:viết|làm|sáng tác|kể|vẽ)\b[^?]*\b(?:thơ|truyện|bài hát|chuyện cười|câu chuyện|tranh)\b"
    r"|\b(?:đặt (?:phòng|vé|bàn)|mua vé|gọi điện cho|dịch giúp)\b|\b(?:book|order|buy|call|translate|send) (?:me|us|a|an|this)\b"
    r"|\b(?:write|tell|compose|draw)\b[^?]*\b(?:poems?|stor(?:y|ies)|songs?|jokes?|picture)\b",
    re.IGNORECASE,
)
_NO_QUESTION_FOLDED = re.compile(
    r"\b(?:viet|lam|sang tac|ke|ve)\b[^?]*\b(?:bai tho|bai hat|truyen cuoi|chuyen cuoi|cau chuyen)\b"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What may be quoted.

    Attributes:
        admissible: sentences, best first; empty when nothing is said to be found, and then ``reason`` says why.
        confidence: probability that the documents hold an answer; 0 where a rule decided against it.
        signals: what the confidence was computed from; ``None`` where a rule decided.
        least: confidence that is asked for.
    """

    admissible: tuple[Scored, ...]
    reason: Reason | None = None
    confidence: float = 0.0
    signals: Signals | None = None
    least: float = 0.0


def decide(
    reading: Reading,
    scored: Sequence[Scored],
    hits: Sequence[Hit],
    vocabulary: Vocabulary,
    *,
    least: float | None = None,
) -> Decision:
    """Keep the sentences that speak of what the question names, if the best of them is enough.

    Args:
        scored: candidates, best first.
        hits: what retrieval found.
        least: confidence to ask for instead of that of the calibration.
    """
    kept, reason = admissible(reading, scored)
    if reason is None and _unknown_name(reading, vocabulary):
        reason = Reason.NAME_ABSENT
    if reason is not None:
        return Decision((), reason)
    if reading.authorship:  # a line of names says nothing itself: its article must be the one meant
        signed = tuple(entry for entry in kept if entry.reach >= _SIGNED)
        confidence = max((entry.reach for entry in signed), default=0.0)
        return Decision(signed, None if signed else Reason.TOO_LITTLE, confidence, None, _SIGNED)
    if Wanted.OFFICE in reading.wanted:
        # The title beside the name is the answer, whatever else is said there: ``admissible`` kept only those.
        return Decision(tuple(kept), None, 1.0)
    model = calibration(reading.language)
    needed = model.least if least is None else least
    signals = measure(reading, kept, hits, vocabulary)
    confidence = model.confidence(signals)
    if confidence < needed:
        return Decision((), Reason.TOO_LITTLE, confidence, signals, needed)
    return Decision(tuple(kept), None, confidence, signals, needed)


def _unknown_name(reading: Reading, vocabulary: Vocabulary) -> bool:
    """Whether the question turns on a name that no document has."""
    names = [concept for concept in reading.concepts if concept.kind is ConceptKind.NAME]
    return any(
        len(name.alternatives[0].split()) > 1 and not any(vocabulary.knows(a) for a in name.alternatives)
        for name in names
    )


def admissible(reading: Reading, scored: Sequence[Scored]) -> tuple[list[Scored], Reason | None]:
    """The sentences that speak of every place, number, year, name and deed the question names.

    Returns:
        Them, best first, and ``None``; or no sentence and why there is none.
    """
    if _NO_QUESTION.search(reading.text) or _NO_QUESTION_FOLDED.search(fold(reading.question.lower())):
        return [], Reason.NO_QUESTION
    kept = list(scored)
    for reason, holds in demands(reading):
        kept = [entry for entry in kept if holds(entry)]
        if not kept:
            return [], reason
    if not attributes_known(reading, kept):
        return [], Reason.NO_SUCH_FACT
    return kept, None
