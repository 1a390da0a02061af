"""All that a library says, to prove by: which lines speak of the same thing, and what facts there are."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.bylines import is_byline
from assistant.candidates import candidates
from assistant.phrases import Phrases, words
from assistant.study.facts import Fact, FactKind, facts
from assistant.study.gather import Line, everything, line_of
from assistant.types import Citation, Verdict
from assistant.verification.types import Evidence
from assistant.verification.verifier import verifier_of
from index.library import Library
from index.types import Hit
from ingest.types import Document

#: Beyond so many passages a library is not read whole; what is near to a text is searched for.
_READ_WHOLE = 1_500
_SEARCHED = 40
_KEPT = 4
_SOURCE = re.compile(r"\W*(?:nguồn|ảnh|link gốc|theo)\b[^.]{0,40}?:|\W*nguồn\b", re.IGNORECASE)
#: Syllables that tell nothing of what is spoken of.
_EMPTY = frozenset(
    words(
        """là có được đã đang sẽ và của các những ở trong cho với bị bởi từ về việc để này đó thì mà theo do cũng rằng như khi tại vào
        ra nên lại còn hay hoặc mỗi gồm bao nhiêu nào ai gì lâu ngày năm tháng số phần trăm cơ quan cấp tổ chức đến tới lên
        mục bài tài liệu nêu nội dung làm cần tính toàn cả riêng hơn gần khoảng một hai ba đảng viên đơn vị tỉnh"""
    )
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact of a line; its offsets are those of ``line.text``."""

    line: Line
    fact: Fact


class Said:
    """What a library says. Safe to share: nothing changes but a cache of searches."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._whole = library.stats().passages <= _READ_WHOLE
        self._found: dict[str, tuple[Line, ...]] = {}
        self._read: dict[str, tuple[Line, ...]] = {}
        self._having: dict[str, tuple[Line, ...]] = {}
        self._stated: dict[FactKind, tuple[Stated, ...]] = {}
        self.lines = everything(library) if self._whole else ()
        self.verifier = verifier_of(library)
        self._passages = {line.passage.id: line.passage for line in self.lines}
        self.documents: dict[str, Document] = {line.document.id: line.document for line in self.lines}
        counts = Counter(word for line in self.lines for word in content(_with_heading(line)))
        total = max(1, len(self.lines))
        self._weights = {word: math.log(1 + total / (n + 0.5)) for word, n in counts.items()}
        self._rare = math.log(1 + total / 1.5)

    def near(self, text: str) -> tuple[Line, ...]:
        """The lines that may speak of what ``text`` does: all of a small library, else those found for it."""
        if self._whole:
            return self.lines
        if text not in self._found:
            hits = self._library.search(text, k=_SEARCHED, weight_dense=0.0)
            self._found[text] = tuple(line for hit in hits for line in self._lines_of(hit))
        return self._found[text]

    def _lines_of(self, hit: Hit) -> tuple[Line, ...]:
        if hit.passage.id not in self._read:
            self._read[hit.passage.id] = tuple(map(line_of, candidates([hit])))
        return self._read[hit.passage.id]

    def verdict(self, stated: str, citation: Citation, document: Document) -> Verdict:
        """What checking a statement against the passage of a citation finds."""
        passage = self._passages.get(citation.passage_id) or self._library.passage(citation.passage_id)
        evidence = {1: Evidence(1, document, passage)}
        return self.verifier.check(f"{stated} [1]", evidence).verdict

    def headings(self, citation: Citation) -> tuple[str, ...]:
        """The headings, and the question, that a cited span stands under."""
        lines = self.lines if self._whole else self.near(citation.quote)
        for line in lines:
            if (
                line.document.id == citation.document_id
                and line.start < citation.end
                and citation.start < line.end
            ):
                return line.heading
        return ()

    def overlap(self, asked: frozenset[str], said: frozenset[str]) -> float:
        """The share of ``asked``, by weight, that ``said`` has: 0 to 1; 0 for nothing asked."""
        whole = sum(self._weights.get(word, self._rare) for word in asked)
        shared = sum(self._weights.get(word, self._rare) for word in asked & said)
        return shared / whole if whole else 0.0

    def stated(self, kind: FactKind, near: str = "") -> Sequence[Stated]:
        """Every fact of a kind, in reading order; the names of writers and sources are none."""
        if not self._whole:
            return tuple(self._facts(kind, self.near(near)))
        if kind not in self._stated:
            self._stated[kind] = tuple(self._facts(kind, self.lines))
        return self._stated[kind]

    def _facts(self, kind: FactKind, lines: Sequence[Line]) -> Iterator[Stated]:
        for line in lines:
            if is_byline(line.text) or _SOURCE.match(line.text):
                continue
            for fact in facts(line.text):
                if fact.kind is kind:
                    yield Stated(line, fact)

    def having(self, words: str, near: str) -> Sequence[Line]:
        """The lines that have some words side by side, of those near to a text."""
        if not self._whole:
            return tuple(line for line in self.near(near) if has(line.text, words))
        if words not in self._having:
            self._having[words] = tuple(line for line in self.lines if has(line.text, words))
        return self._having[words]


@lru_cache(maxsize=_KEPT)
def _said(library: Library, generation: int) -> Said:
    return Said(library)


def said_in(library: Library) -> Said:
    """What a library says now; read once for each of its generations."""
    return _said(library, library.generation)


@lru_cache(maxsize=16_384)
def content(text: str) -> frozenset[str]:
    """The syllables, names and numbers of a text that tell what it speaks of."""
    return frozenset(word for word in words(text) if word not in _EMPTY)


def line_words(line: Line) -> frozenset[str]:
    """What a line speaks of: its own words, its headings and its document's title."""
    return content(_with_heading(line))


def _with_heading(line: Line) -> str:
    place = line.document.province or ""
    return " | ".join((line.text, *line.heading, line.document.title, line.document.number or "", place))


@lru_cache(maxsize=16_384)
def _phrase(text: str) -> str:
    return " ".join(words(text))


def has(text: str, wanted: str) -> bool:
    """Whether a text has the words of ``wanted`` side by side, whatever their case and signs."""
    phrase = _phrase(wanted)
    return bool(phrase) and Phrases.of(text).has(phrase)
