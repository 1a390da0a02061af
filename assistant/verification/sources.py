"""A cited passage with all that decides what its sentences mean: headings, title, place, number, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.phrases import fold
from assistant.tables import cells, header
from assistant.verification.analysis import Analysis, Item, analysed
from assistant.verification.language import is_english, plain
from assistant.verification.moments import Moment
from assistant.verification.types import Evidence
from ingest.sentences import sentences
from ingest.types import Document, Passage

_DECAY, _HEADER, _ABOUT = 0.88, 0.8, 0.3
_REACH = 45.0
_ROW = re.compile(r"^[^\n]*\|[^\n]*$", re.MULTILINE)
Context = dict[str, float]


@dataclass(frozen=True, slots=True)
class Source:
    """One cited passage, analysed.

    Attributes:
        marker: what it is cited by.
        analysis: of the passage's text.
        around: of its headings and of what is known of its document.
        spans: its sentences, offsets into the passage's text.
        years: every year that it and what surrounds it speak of.
        phrases: syllables of the passage and of what surrounds it, padded, for finding names.
        contexts: of each item of ``analysis``: word or landmark → how near it stands, 0 to 1.
    """

    marker: int
    document: Document
    passage: Passage
    analysis: Analysis
    around: Analysis
    spans: tuple[tuple[int, int], ...]
    years: frozenset[int]
    phrases: str
    contexts: tuple[Context, ...]
    words: tuple[Context, ...]
    background: Context

    def sentence_of(self, offset: int) -> int:
        """Index of the sentence that holds the character at ``offset`` of the passage's text."""
        return max((at for at, (start, _) in enumerate(self.spans) if start <= offset), default=0)


def source_of(evidence: Evidence, *, folded: bool, stripped: bool) -> Source:
    """The source behind a marker, kept for the next sentence.

    Args:
        folded: its words are compared without marks.
        stripped: it is read as if it had been typed without marks.
    """
    document, passage = evidence.document, evidence.passage
    about = [
        document.title,
        passage.heading,
        document.province,
        document.issuer,
        document.number,
        str(document.kind),
    ]
    if document.issued_on is not None:
        issued = document.issued_on
        about.append(f"ngày {issued.day} tháng {issued.month} năm {issued.year}")
    heads = " | ".join(document.text[slice(*span)] for span in header(document.text, passage.start))
    # A line each: the number before a heading is then read as one.
    around = "\n".join(part for part in [*about, heads] if part).replace(" › ", "\n")
    made = _made(passage.text, around, heads, folded, stripped)
    return Source(evidence.marker, document, passage, *made)


@lru_cache(maxsize=512)
def _made(
    text: str, around: str, heads: str, folded: bool, stripped: bool
) -> tuple[
    Analysis,
    Analysis,
    tuple[tuple[int, int], ...],
    frozenset[int],
    str,
    tuple[Context, ...],
    tuple[Context, ...],
    Context,
]:
    if stripped:
        text, around, heads = plain(text), plain(around), plain(heads)
    own = analysed(text, english=is_english(text), folded=folded)
    other = analysed(around, english=False, folded=folded)
    moments = [item.value for item in (*own.items, *other.items) if isinstance(item.value, Moment)]
    years = frozenset(moment.year for moment in moments if moment.year is not None)
    syllables = " ".join(phrase for phrase in (_syllables(text), "|", _syllables(around)))
    spans = tuple(sentences(text))
    background: Context = {}
    for token in other.tokens:
        _raise(background, token.phrases[0], _ABOUT)
    for item in other.items:
        if item.key:
            _raise(background, item.key, _ABOUT)
    contexts = tuple(_context(own, item, background, heads, folded=folded) for item in own.items)
    words = tuple(_words(own, span) for span in spans)
    return own, other, spans, years, f" {syllables} ", contexts, words, background


def _syllables(text: str) -> str:
    from assistant.phrases import words

    return " ".join(words(text))


def _raise(context: Context, word: str, strength: float) -> None:
    for part in word.split(" "):
        if context.get(part, 0.0) < strength:
            context[part] = strength


def _context(analysis: Analysis, item: Item, background: Context, heads: str, *, folded: bool) -> Context:
    found = dict(background)
    for token in analysis.tokens:
        apart = max(item.x - token.x, token.x - item.x_end, 0.0)
        if apart > _REACH or item.start <= token.start < item.end:
            continue
        strength = _DECAY**apart
        if token.steep:
            if apart <= 2.5 and token.start < item.start:
                _raise(found, f"~{token.phrases[0]}", 1.0)
            continue
        _raise(found, token.phrases[0], strength)
    for other in analysis.items:
        if other.key and other is not item:
            apart = max(item.x - other.x_end, other.x - item.x_end, 0.0)
            if apart <= _REACH:
                _raise(found, other.key, _DECAY**apart)
    for word in _column(analysis.text, item.start, heads):
        _raise(found, fold(word) if folded else word, _HEADER)
    return found


def _column(text: str, offset: int, heads: str) -> Sequence[str]:
    """The words of the name of the column in which an item of a table stands."""
    begin = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    if "|" not in text[begin:end]:
        return ()
    column = next((i for i, (a, b) in enumerate(cells(text, begin, end)) if a <= offset <= b), None)
    rows = [text[a:b] for a, b in header(text, offset)] or [heads]
    found: list[str] = []
    for row in rows:
        names = cells(row, 0, len(row))
        if column is not None and column < len(names):
            found += _syllables(row[slice(*names[column])]).split()
    return found


def _words(analysis: Analysis, span: tuple[int, int]) -> Context:
    """The words and landmarks of one sentence."""
    found: Context = {}
    for token in analysis.tokens:
        if span[0] <= token.start < span[1] and not token.steep:
            _raise(found, token.phrases[0], 1.0)
    for item in analysis.items:
        if span[0] <= item.start < span[1] and item.key:
            found[item.key] = 1.0
    return found


def folded_phrases(source: Source) -> str:
    """``source.phrases`` without marks."""
    return _folded(source.phrases)


@lru_cache(maxsize=512)
def _folded(phrases: str) -> str:
    return " ".join(fold(word) for word in phrases.split(" "))


def column_words(source: Source, item: Item) -> Sequence[str]:
    """The normalised words of the name of the column in which an item of a table stands."""
    return _column(source.analysis.text, item.start, _heads(source))


def first_column(source: Source) -> str:
    """The name of the first column of the table in a passage; "" without one."""
    text = source.analysis.text
    bar = text.find("|")
    rows = [text[a:b] for a, b in header(text, text.rfind("\n", 0, text.rfind("|")) + 1)] if bar >= 0 else []
    row = next(iter([*rows, _heads(source)]), "")
    return row.split("|")[0].strip() if "|" in row else ""


def _heads(source: Source) -> str:
    spans = header(source.document.text, source.passage.start)
    return " | ".join(source.document.text[slice(*span)] for span in spans)
