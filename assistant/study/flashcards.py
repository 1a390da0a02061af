"""Flashcards: a question that the documents answer in few words, and the answer with its quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.phrases import words as syllables
from assistant.study.asking import Asked, asked_of
from assistant.study.facts import DATES, FIGURES, FactKind
from assistant.study.framing import framing
from assistant.study.gather import Material
from assistant.study.marking import Identifiers
from assistant.study.sayings import NEWS, shown
from assistant.study.sourcing import source_of
from assistant.study.teaching import Pool, alike
from assistant.study.types import Flashcard, Wish
from assistant.types import Citation
from ingest.sentences import sentences

COUNT = 20
_BACK_WORDS = 30
_ASKED = FIGURES | DATES | {FactKind.BODY, FactKind.FREQUENCY}
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
    pool: Pool, material: Material, wish: Wish, ids: Identifiers, count: int = COUNT
) -> tuple[Flashcard, ...]:
    """Up to ``count`` cards, no two of which ask the same: questions of the documents, definitions, facts."""
    chosen: list[_Card] = []
    asked: list[frozenset[str]] = []
    sources = [_answers(pool), _definitions(pool, wish), _facts(pool, material)]
    for source in sources:
        for card in source:
            terms = frozenset(syllables(card.asked))
            if len(chosen) >= count or any(alike(terms, other) >= _SAME for other in asked):
                continue
            chosen.append(card)
            asked.append(terms)
    return tuple(Flashcard(ids.new("t"), card.front, card.back, card.citations) for card in chosen)


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


def _facts(pool: Pool, material: Material) -> Iterator[_Card]:
    """Facts that a clause names in full, one of a line."""
    for line in material.lines:
        if line.superseded or NEWS.search(line.text) or not pool.speaks(line):
            continue
        for asked in asked_of(line):
            if asked.fact.kind in _ASKED and asked.question and _fits(asked):
                yield _Card(_front(asked), _back(asked), _cited(asked), asked.question)
                break


def _fits(asked: Asked) -> bool:
    after = asked.claim[asked.end :].lstrip()[len(asked.fact.unit) :]
    whole = not re.match(r",\s(?!trong|đạt|vượt|bằng|chiếm|gồm|tính|với)", after)
    apart = not asked.clause.fragment and asked.line.question is None
    return 5 <= len(asked.question.split()) <= 32 and apart and whole


def _front(asked: Asked) -> str:
    question = asked.question[:1].upper() + asked.question[1:]
    if not asked.named:
        question = f"Theo {source_of(asked.line.document)}, {asked.question[:1].lower() + asked.question[1:]}"
        head = asked.question.split(" ")[0]
        if head in ("Đảng", "Ban", "Bộ", "Tỉnh", "Thành", "Đại", "Đoàn") or head.isupper():
            question = f"Theo {source_of(asked.line.document)}, {asked.question}"
    return f"{question}?"


def _back(asked: Asked) -> str:
    """The key with what is counted."""
    after = asked.claim[asked.end :]
    unit = asked.fact.unit
    if asked.fact.kind is FactKind.COUNT and unit and after.lower().lstrip().startswith(unit):
        return (
            f"{asked.key} {after.lstrip()[: len(unit)]}."[:1].upper()
            + f"{asked.key} {after.lstrip()[: len(unit)]}."[1:]
        )
    return f"{asked.key[:1].upper()}{asked.key[1:]}."


def _cited(asked: Asked) -> tuple[Citation, ...]:
    cited = [asked.line.cite()]
    if asked.clause.subject is not None:
        cited.append(asked.line.cite(asked.line.sentence[0], asked.clause.subject[1]))
    return tuple(cited)
