"""From what was typed to what is asked: one line of clean text, its context, and each thing it compares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import compare, followup, lexicon
from assistant.concepts import ConceptKind, abbreviations
from assistant.errors import BadQuestion
from assistant.phrases import words
from assistant.reading import Reading, language_of, read
from assistant.types import ReadingStep, Understood
from assistant.wanted import Wanted
from index.restore import Corrected
from index.vocabulary import Vocabulary
from ingest.places import Rank, gazetteer, successor

Learned = Mapping[str, tuple[str, ...]]

_LONGEST_QUESTION = 10_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Readings:
    """A question as a whole, and each thing it compares (the whole alone where it compares nothing)."""

    whole: Reading
    sides: tuple[Reading, ...]
    understood: tuple[Understood, ...] = ()


def understand(
    question: str,
    history: Sequence[str],
    vocabulary: Vocabulary,
    *,
    literal: bool = False,
    completed: str | None = None,
) -> Readings:
    """Restore diacritics, resolve the follow-up, split a comparison into its sides.

    Args:
        question: as ``clean_question`` gives it.
        history: earlier questions of the conversation, oldest first, likewise.
        literal: take the question as it is typed: neither diacritics, slips nor earlier questions change it.
        completed: the question with what it takes from the earlier ones, where another has completed and
            checked it (``assistant.llm.rewriting``); taken in place of what the rules make of it.
    """

    def correct(text: str) -> Corrected:
        if literal or language_of(text) != "vi":
            return Corrected(text)
        return vocabulary.correct(lexicon.with_capitals(text))

    def restore(text: str) -> str:
        return correct(text).text

    own = correct(question)
    earlier = [] if literal else [restore(entry) for entry in history]
    standalone = own.text if literal else completed or followup.standalone(own.text, earlier)
    whole = read(question, standalone=standalone)
    learned = vocabulary.abbreviations() if abbreviations(whole.text) else {}
    whole = _with_shorts(_with_learned(whole, learned), vocabulary)
    parts = compare.sides(whole.text)
    sides = tuple(
        _with_shorts(_with_learned(read(question, standalone=part), learned), vocabulary) for part in parts
    ) or (whole,)
    if parts:  # a side is asked what the whole is asked; "thay đổi thế nào" of a number asks for that number
        counted = Wanted.COUNT in whole.wanted
        wanted = tuple(kind for kind in whole.wanted if not (counted and kind is Wanted.HOW))
        sides = tuple(replace(side, wanted=wanted, units=side.units or whole.units) for side in sides)
    return Readings(whole, sides, tuple(_understood(own, standalone, whole, learned)))


def _long_forms(short: str, learned: Learned) -> tuple[str, ...]:
    """Long forms by the table, and as the library's own texts explain them."""
    return tuple(dict.fromkeys([*lexicon.long_forms(short), *learned.get(short.replace(" ", ""), ())]))


def _with_learned(reading: Reading, learned: Learned) -> Reading:
    """The reading with the abbreviations in it that only the library's texts explain."""
    longs = [
        long
        for match in abbreviations(reading.text)
        if not lexicon.long_forms(match.group())
        for long in learned.get(match.group(), ())
    ]
    return replace(reading, lexical_text=" ".join([reading.lexical_text, *longs])) if longs else reading


def _with_shorts(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """The reading with the abbreviations by which the library also says what it says in full."""
    shorts = [
        short
        for short in lexicon.short_forms(reading.text)
        if short not in reading.text and vocabulary.knows(" ".join(words(short)))
    ]
    if not shorts:
        return reading
    longs = {short: {part for long in lexicon.long_forms(short) for part in long.split()} for short in shorts}
    concepts = []
    for concept in reading.concepts:
        own = concept.alternatives[0].split()
        more = [
            " ".join(words(short))
            for short in shorts
            if concept.kind in (ConceptKind.WORD, ConceptKind.PAIR) and longs[short].issuperset(own)
        ]
        concepts.append(replace(concept, alternatives=(*concept.alternatives, *more)) if more else concept)
    text = " ".join([reading.lexical_text, *shorts])
    return replace(reading, concepts=tuple(concepts), lexical_text=text)


def _understood(own: Corrected, standalone: str, whole: Reading, learned: Learned) -> Iterator[Understood]:
    """In what the question was read otherwise than typed, step by step."""
    if standalone != own.text:
        yield Understood(ReadingStep.FOLLOWUP, own.text, standalone)
    for change in own.changes:
        step = ReadingStep.SPELLING if change.spelling else ReadingStep.DIACRITICS
        yield Understood(step, change.typed, change.read)
    for match in abbreviations(whole.text):
        if longs := _long_forms(match.group(), learned):
            long = lexicon.written_long_form(match.group()) or longs[0]
            yield Understood(ReadingStep.ABBREVIATION, match.group(), long)
    for place in whole.places:
        now = successor(place.phrase if place.rank else f"{Rank.PROVINCE} {place.name}")
        if (
            now
            and not now.endswith(f" {place.name}")
            and (place.rank or Rank.PROVINCE in gazetteer().ranks[place.name])
        ):
            part = "nay thuộc" if whole.language == "vi" else "now part of"
            yield Understood(ReadingStep.PLACE, place.phrase, f"{place.phrase} ({part} {now})")


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
