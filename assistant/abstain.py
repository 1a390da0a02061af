"""Deciding whether the documents answer at all.

An embedding similarity says little (e5 puts every pair of texts between 0.7 and 0.95), so the
decision rests on what the question names: a place, a document number or a year that the
documents do not speak of is not answered about another; and enough of what the
question speaks of must stand in or around the sentence that would be quoted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.concepts import ConceptKind
from assistant.evidence import STRICT, opposite, supposed
from assistant.phrases import Phrases, fold, words
from assistant.reading import Reading
from assistant.scoring import Scored, quotable
from assistant.signals import Signals, calibration, measure
from assistant.wanted import Wanted
from index.types import Hit
from index.vocabulary import Vocabulary


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


#: Share of the word pairs of the thing asked about that a sentence, or the heading over it, must have.
_NAMED = 0.5
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
#: A unit that is told from its like by a number: "Chi bộ 2", "Quận 4".
_NUMBERED_UNIT = re.compile(
    r"\b((?:chi bộ|đảng bộ|quận|tổ|khu|khu phố|đội|phòng|lớp|khóa|phân xưởng|khối)(?: số)? \d{1,3})\b(?![/.-]\d)",
    re.IGNORECASE,
)
#: Kinds of answer to a question that supposes a deed.
_SUPPOSING = frozenset({Wanted.WHY, Wanted.WHO, Wanted.WHEN, Wanted.HOW, Wanted.DOCUMENT})
_ARTICLE = " ".join(words("điều"))
#: One article of a document refers to another of the same.
_REFERS = re.compile(
    r"\bđiều \d{1,3}(?:,? (?:và|hoặc|khoản|điểm|điều) \S+)* (?:của )?(?:bộ )?(?:luật|quy định|điều lệ|nghị định|quy chế|thông tư|nghị quyết) này\b",
    re.IGNORECASE,
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
    for reason, holds in _demands(reading):
        kept = [entry for entry in kept if holds(entry)]
        if not kept:
            return [], reason
    return kept, None


def _demands(reading: Reading) -> Iterator[tuple[Reason, Callable[[Scored], bool]]]:
    """What a question demands of a sentence, and why nothing is found where none of them meets it."""
    yield Reason.NOTHING_NEAR, lambda entry: quotable(reading, entry.candidate)
    if reading.numbers:
        yield (
            Reason.NUMBER_ABSENT,
            lambda entry: not any(concept.kind is ConceptKind.NUMBER for concept in entry.missing),
        )
    if reading.places:
        yield Reason.PLACE_ABSENT, lambda entry: bool(entry.place)
    years = {word for year in reading.years for word in words(year)}
    if years:
        yield (
            Reason.PERIOD_ABSENT,
            lambda entry: not any(years.intersection(concept.alternatives) for concept in entry.missing),
        )
    if reading.names:
        yield Reason.NAME_ABSENT, lambda entry: any(_names(entry, name) for name in reading.names)
    if reading.people:
        yield Reason.NAME_ABSENT, lambda entry: any(_reaches(entry, name) for name in reading.people)
    if reading.bodies:
        yield Reason.NAME_ABSENT, lambda entry: all(_spoken_of(entry, name) for name in reading.bodies)
    if reading.congresses:
        yield Reason.PERIOD_ABSENT, lambda entry: any(_reaches(entry, one) for one in reading.congresses)
    units = _numbered_units(reading.text)
    if units:
        yield (
            Reason.NAME_ABSENT,
            lambda entry: all(_names(entry, unit) or _goes_on_about(entry, unit) for unit in units),
        )
    if reading.articles:
        yield Reason.ARTICLE_ABSENT, lambda entry: any(_in_article(entry, one) for one in reading.articles)
    if reading.days:
        yield Reason.PERIOD_ABSENT, lambda entry: all(entry.candidate.around.has(day) for day in reading.days)
    if reading.deeds and Wanted.COUNT in reading.wanted:
        yield Reason.NO_SUCH_FACT, lambda entry: any(_speaks_of(entry, deed) for deed in reading.deeds)
    deeds = supposed(reading.text) if _SUPPOSING.intersection(reading.wanted) else ()
    if deeds:
        yield Reason.NO_SUCH_FACT, lambda entry: any(_speaks_of(entry, deed) for deed in deeds)
    yield Reason.NO_SUCH_FACT, lambda entry: not opposite(reading.text, entry.candidate.text)
    if any(kind in STRICT for kind in reading.wanted):
        yield Reason.NO_SUCH_FACT, lambda entry: entry.answer > 0
    if Wanted.DEFINITION in reading.wanted:  # what something is stands where it is named
        yield Reason.NO_SUCH_FACT, lambda entry: entry.answer > 1 or _is_named(reading, entry)


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


def _goes_on_about(entry: Scored, unit: str) -> bool:
    """The document is mostly about the unit, or names it beside the sentence; the sentence names no other.

    Other units are those that only a number tells from it: "Chi bộ 1" from "Chi bộ 2".
    """
    candidate = entry.candidate
    kind = unit.rsplit(" ", 1)[0]
    if any(other != unit and other.rsplit(" ", 1)[0] == kind for other in _numbered_units(candidate.text)):
        return False
    return candidate.near.has(unit) or _mostly(candidate.document.text, kind) == unit


@lru_cache(maxsize=64)
def _mostly(text: str, kind: str) -> str | None:
    """The numbered unit of a kind that a text names most often; ``None`` if there is none, or no one such."""
    units = (unit for unit in _numbered_units(text) if unit.rsplit(" ", 1)[0] == kind)
    most = Counter(units).most_common(2)
    if not most or (len(most) == 2 and most[0][1] == most[1][1]):
        return None
    return most[0][0]


def _numbered_units(text: str) -> list[str]:
    return [" ".join(words(match[1])) for match in _NUMBERED_UNIT.finditer(text)]


def _reaches(entry: Scored, phrase: str) -> bool:
    """The sentence, what stands around and over it, or the title of its document has the phrase."""
    candidate = entry.candidate
    return any(
        text.has(phrase) for text in (candidate.own, candidate.around, candidate.lead, candidate.context)
    )


def _spoken_of(entry: Scored, name: str) -> bool:
    """The document names it anywhere, in capitals or not."""
    candidate = entry.candidate
    return name.lower() in _lower(candidate.document.text) or _reaches(entry, " ".join(words(name)))


@lru_cache(maxsize=64)
def _lower(text: str) -> str:
    return text.lower()


def _in_article(entry: Scored, article: str) -> bool:
    """It stands in the article, or says what the article says; not what only refers to it from another."""
    candidate = entry.candidate
    phrase = f"{_ARTICLE} {article}"
    if candidate.passage.locator.article == article or candidate.lead.has(phrase):
        return True
    if candidate.passage.locator.article is not None and _REFERS.search(candidate.text):
        return False
    return candidate.own.has(phrase)


def _speaks_of(entry: Scored, deed: str) -> bool:
    candidate, phrase = entry.candidate, " ".join(words(deed))
    return any(text.has(phrase) for text in (candidate.own, candidate.near, candidate.lead))
