"""Flashcards: a question that the documents answer in few words, and the answer with its quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.phrases import words as syllables
from assistant.study.asking import Asked, asked_of
from assistant.study.citing import asked_of_reference
from assistant.study.facts import FactKind
from assistant.study.framing import framing
from assistant.study.gather import Line, Material
from assistant.study.marking import Identifiers
from assistant.study.quiz.attempt import citations_of, worth_of
from assistant.study.quiz.proof import own_faults
from assistant.study.quiz.said import Said, said_in
from assistant.study.quiz.wording import bare, stem_of
from assistant.study.references import references
from assistant.study.sayings import NEWS, shown
from assistant.study.teaching import Pool, alike
from assistant.study.types import Flashcard, QuizItem, QuizKind, Wish
from assistant.types import Citation
from index.library import Library
from ingest.sentences import sentences

COUNT = 20
_BACK_WORDS = 30
_QUESTION_WORDS = 32
_FIGURE = re.compile(r"\d[\d./,-]*\d|\d")
_DEFINED = re.compile(r"^(?P<name>[^,;:.]{3,60}?) là (?P<what>(?!một trong|việc của|ba việc|bốn)\S.{20,})$")
#: What a definition is not of.
_MEASURE = re.compile(r"(?:\d|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|ngày|tháng)\b", re.IGNORECASE)
_LEAST_ANSWER, _LONGEST_DEFINITION = 6, 45
_NO_NAME = re.compile(
    r"\d|^(?:đây|đó|số|kết quả|mục|nguyên nhân|quan điểm|tiêu biểu|phần)|\b(?:và|của|được|có|phải|thì)\b",
    re.IGNORECASE,
)
_SAME = 0.7


@dataclass(frozen=True, slots=True)
class _Card:
    front: str
    back: str
    citations: tuple[Citation, ...]
    asked: str


def flashcards_of(
    library: Library, pool: Pool, material: Material, wish: Wish, ids: Identifiers, count: int = COUNT
) -> tuple[Flashcard, ...]:
    """Up to ``count`` cards, no two of which ask the same: questions of the documents, definitions, facts."""
    chosen: list[_Card] = []
    sources = [_answers(pool), _definitions(pool, wish), *_facts(library, pool, material, wish)]
    for at, source in enumerate(sources):
        if at == len(sources) - 1 and pool.topicality.is_narrow(len(chosen)):
            break
        for card in source:
            if len(chosen) >= count:
                break
            if not any(_same(card, other) for other in chosen):
                chosen.append(card)
    return tuple(Flashcard(ids.new("t"), card.front, card.back, card.citations) for card in chosen)


def _same(card: _Card, other: _Card) -> bool:
    """Whether two cards ask the same: in like words, and of the same years and numbers or with one answer."""
    if alike(frozenset(syllables(card.asked)), frozenset(syllables(other.asked))) < _SAME:
        return False
    figures = [frozenset(_FIGURE.findall(one.asked)) for one in (card, other)]
    return figures[0] == figures[1] or card.back.lower() == other.back.lower()


def _answers(pool: Pool) -> Iterator[_Card]:
    """Questions of the documents with the first sentence of their answers."""
    for entry in pool.taught:
        saying = entry.saying
        if len(saying.question.split()) < 4:
            continue
        text, span = saying.document.text, saying.spans[-1]
        start, end = sentences(text, span.start, span.end)[0]
        if _LEAST_ANSWER <= len(text[start:end].split()) <= _BACK_WORDS and text[end - 1] != ":":
            yield _Card(
                saying.question, shown(text[start:end]), (saying.line.cite(start, end),), saying.question
            )


def _definitions(pool: Pool, wish: Wish) -> Iterator[_Card]:
    """ "X là Y" as the question what X is."""
    words = framing(wish.language)
    for entry in pool.taught:
        saying = entry.saying
        if saying.question or saying.listed or len(saying.spans) > 1:
            continue
        span = saying.spans[0]
        match = _DEFINED.match(saying.document.text[span.start : span.end])
        if (
            match is None
            or _MEASURE.match(match["what"])
            or _NO_NAME.search(match["name"])
            or len(match["what"].split()) > 45
        ):
            continue
        name = match["name"].strip()
        yield _Card(
            words.what_is.format(name=name[:1].upper() + name[1:]),
            shown(match["what"]),
            (saying.line.cite(span.start, span.end),),
            name,
        )


def _facts(
    library: Library, pool: Pool, material: Material, wish: Wish
) -> tuple[Iterator[_Card], Iterator[_Card]]:
    """Facts as questions, each proved as a quiz item is: those of the topic, then those near to it."""
    said = said_in(library)
    lines = [line for line in (*material.lines, *material.more) if not line.superseded]
    lines = [line for line in lines if not NEWS.search(line.text)]
    near, far = [], []
    for line in lines:
        if pool.topicality.is_of(line):
            near.append(line)
        elif pool.topicality.is_of(line, wide=True):
            far.append(line)
    return _asked(near, library, said, wish.language), _asked(far, library, said, wish.language)


def _asked(lines: Sequence[Line], library: Library, said: Said, language: str) -> Iterator[_Card]:
    """The facts of lines, the best first, of a line a second one only at the end."""
    found = [entry for line in lines for entry in asked_of(line) if _fits(entry)]
    cited = [reference for line in lines for reference in references(line)]
    found += [entry for reference in cited for entry in asked_of_reference(reference)]
    waiting: list[_Card] = []
    seen: set[tuple[str, int]] = set()
    for entry in sorted(found, key=lambda one: -worth_of(one)):
        front = stem_of(entry, language, choose=False)
        item = QuizItem("", QuizKind.SHORT, front, citations_of(entry), accepted=(entry.key,))
        if not front or any(own_faults(item, library, said)):
            continue
        card = _Card(front, _back(entry), item.citations, bare(front))
        place = (entry.line.document.id, entry.line.start)
        if place in seen:
            waiting.append(card)
        else:
            seen.add(place)
            yield card
    yield from waiting


def _fits(asked: Asked) -> bool:
    after = asked.claim[asked.end :].lstrip()[len(asked.fact.unit) :]
    whole = not re.match(r",\s(?!trong|đạt|vượt|bằng|chiếm|gồm|tính|với)", after)
    return 5 <= len(asked.question.split()) <= _QUESTION_WORDS and whole


def _back(asked: Asked) -> str:
    """The key with what is counted."""
    after = asked.claim[asked.end :].lstrip()
    unit = asked.fact.unit
    counted = asked.fact.kind is FactKind.COUNT and unit and after.lower().startswith(unit)
    said = f"{asked.key} {after[: len(unit)]}." if counted else f"{asked.key}."
    return said[:1].upper() + said[1:]
