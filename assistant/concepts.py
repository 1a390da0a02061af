"""Concepts: the content words of a question, each with the other ways in which documents say the same.

A concept is matched on the normalised syllables of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from assistant import lexicon
from assistant.phrases import fold, words
from ingest.numbers import find_numbers


class ConceptKind(StrEnum):
    """What sort of thing a concept names; figures and names bind harder than words."""

    WORD = "word"
    PAIR = "pair"
    FIGURE = "figure"
    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing the question speaks of.

    Attributes:
        alternatives: normalised phrases (syllables joined by single spaces), the asker's own
            words first; finding any of them is finding the concept.
        folded: match without diacritics (names typed in an English question).
        focus: it stands right beside a question word ("ai **chủ trì**", "**đề nghị** gì").
    """

    alternatives: tuple[str, ...]
    kind: ConceptKind = ConceptKind.WORD
    folded: bool = False
    focus: bool = False


#: English function words; those that unaccented Vietnamese also has (to, do, can, an, in) are left out.
ENGLISH_WORDS = frozenset(
    """the of and what which who whom whose when where why how many much is are was were does did on for from
    with about has have had must should there that this these those its their they per each between than more
    most list name compare give tell explain describe summarize summarise please say says said""".split()
)
Spans = list[tuple[int, int]]
ABBREVIATION = re.compile(r"(?<!\w)[A-ZĐƯ]{2,}(?:[&-][A-ZĐƯ]{2,})*(?!\w)")


def abbreviations(text: str) -> list[re.Match[str]]:
    """The abbreviations in a text; those within a document number ("28-CT/TW") are parts of it, and none."""
    numbers = find_numbers(text)
    return [
        match
        for match in ABBREVIATION.finditer(text)
        if not any(number.start <= match.start() < number.end for number in numbers)
    ]


_FUNCTION_WORDS = (
    "là gì ai bao nhiêu mấy nào khi đâu sao tại vì như thế được đã có của và các những ở trong cho với một bị bởi từ"
    " về việc để này đó thì mà tên hãy nêu kể cho biết hỏi xin vui lòng theo thuộc do còn vậy nhỉ ạ không hay phải"
    " rằng hiện nay nay gồm bao lâu lên đến vào ra nhất rồi sẽ đang cũng ấy kia tới khoảng nói điều số đạt nêu ra"
    " giúp tôi mình em anh chị bạn so sánh giữa liệt chỉ thôi chừng tính chứ riêng khoảng nhiêu cụ thể nên lại"
)
FUNCTION = frozenset(_FUNCTION_WORDS.split())
_FUNCTION_TERMS = frozenset(words(_FUNCTION_WORDS))
#: Words of two syllables of which one is a function word when it stands alone.
_COMPOUNDS = frozenset(
    words(compound)
    for compound in (
        "điều lệ,điều kiện,điều hành,điều động,điều tra,chỉ tiêu,chỉ thị,chỉ đạo,chỉ số,chỉ định,số lượng,số liệu,số hóa,"
        "đổi số,tính chất,dự bị,chuẩn bị,thiết bị,trang bị,tự do,nêu gương,đạt chuẩn,theo dõi,từ chối,vào đảng,"
        "ra khỏi,cho phép,giao cho,nói chung"
    ).split(",")
)

_ASKED = "¿"  # stands for the question words in a text that is cut into runs


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with the spans replaced by a separator that no phrase crosses."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} | {text[end:]}"
    return text


@dataclass(frozen=True, slots=True)
class _Run:
    """Content syllables that stand together, and whether a question word stands before or after."""

    syllables: tuple[str, ...]
    after_asked: bool
    before_asked: bool


def _content(syllables: tuple[str, ...]) -> list[list[str]]:
    """The syllables between function words, those within compounds kept."""
    found: list[list[str]] = [[]]
    for at, word in enumerate(syllables):
        pairs = (syllables[at - 1 : at + 1] if at else (), syllables[at : at + 2])
        if word in _FUNCTION_TERMS and not any(pair in _COMPOUNDS for pair in pairs):
            found.append([])
        else:
            found[-1].append(word)
    return [run for run in found if run]


def _runs(text: str) -> list[_Run]:
    """Maximal runs of content syllables; function words and punctuation end a run."""
    runs: list[_Run] = []
    pieces = [piece for piece in re.split(r"([|¿])|[?!.,;:()\"“”…]+(?=\s|$)", text) if piece]
    for position, piece in enumerate(pieces):
        if piece in "|¿":
            continue
        filled = _content(words(piece))
        for index, run in enumerate(filled):
            after = index == 0 and position > 0 and pieces[position - 1] == _ASKED
            before = index == len(filled) - 1 and pieces[position + 1 : position + 2] == [_ASKED]
            runs.append(_Run(tuple(run), after, before))
    return runs


def vietnamese_concepts(text: str, asked_spans: Spans, number_spans: Spans) -> list[Concept]:
    concepts: list[Concept] = []
    shorts = [match.span() for match in abbreviations(text) if lexicon.long_forms(match.group())]
    for start, end in shorts:
        short = text[start:end]
        concepts.append(Concept((" ".join(words(short)), *lexicon.long_forms(short)), ConceptKind.PAIR))
    marked = [*((*span, _ASKED) for span in asked_spans), *((*span, "|") for span in number_spans + shorts)]
    for start, end, mark in sorted(marked, reverse=True):
        text = f"{text[:start]} {mark} {text[end:]}"
    for run in _runs(text):
        last = len(run.syllables) - 1
        beside = {*(range(2) if run.after_asked else ()), *((last - 1, last) if run.before_asked else ())}
        for index, word in enumerate(run.syllables):
            kind = ConceptKind.FIGURE if word[0].isdigit() else ConceptKind.WORD
            concepts.append(Concept((word,), kind, focus=index in beside))
        for index, (first, second) in enumerate(pairwise(run.syllables)):
            pair = f"{first} {second}"
            focus = index in beside and index + 1 in beside
            concepts.append(Concept((pair, *lexicon.synonyms(pair)), ConceptKind.PAIR, focus=focus))
    return concepts


def english_concepts(text: str, asked_spans: Spans, number_spans: Spans) -> list[Concept]:
    """Glossary terms (longest first), names and figures of an English question."""
    concepts: list[Concept] = []
    rest = _blank(text, [*asked_spans, *number_spans])
    for start, end, vietnamese in lexicon.english_terms(rest):
        rest = rest[:start] + " " * (end - start) + rest[end:]
        phrases = [" ".join(words(term)) for term in vietnamese]
        parts = [f"{a} {b}" for phrase in phrases for a, b in pairwise(phrase.split())]
        concepts.append(Concept(tuple(dict.fromkeys([*phrases, *parts])), ConceptKind.PAIR))
    for match in re.finditer(r"\b[^\W\d_a-z][^\W\d_]*(?: [^\W\d_a-z][^\W\d_]*)*", rest):
        name = " ".join(fold(word) for word in words(match.group()) if word not in ENGLISH_WORDS)
        if name:
            concepts.append(Concept((name,), ConceptKind.NAME, folded=True))
    for match in re.finditer(r"(?<![\w.,])\d[\d.,/]*", rest):
        figure = " ".join(words(match.group().rstrip(".,")))
        concepts.append(Concept((figure,), ConceptKind.FIGURE))
    return concepts
