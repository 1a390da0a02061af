"""The documents as plain text, one file each, named by id with ".txt" behind it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .model import Proof
from .words import content, plain, tokens

_END = re.compile(r"(?<=[.!?…;])\s+(?=[“\"(\-–*]?\s*[A-ZÀ-ỸĐ0-9])|\n+")


@dataclass(frozen=True)
class Sentence:
    document: str
    start: int
    end: int
    text: str


class Documents:
    """Texts by id."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts
        self._places: dict[str, list[str]] = {}
        self._threes: dict[str, frozenset[tuple[str, ...]]] = {}

    @classmethod
    def read(cls, folder: Path) -> Documents:
        return cls({path.name.removesuffix(".txt"): _read(path) for path in sorted(folder.glob("*.txt"))})

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(s for name, text in self.texts.items() for s in _sentences(name, text))

    @cached_property
    def _rarity(self) -> dict[str, float]:
        counts = Counter(word for sentence in self.sentences for word in content(sentence.text))
        return {word: math.log(1 + len(self.sentences) / count) for word, count in counts.items()}

    def coverage(self, wanted: str, text: str) -> float:
        """What part of the words that ``wanted`` is about ``text`` has, rare words counting more."""
        words = content(wanted)
        most = max(self._rarity.values(), default=1.0)
        weights = {word: self._rarity.get(word, most) for word in words}
        whole = sum(weights.values())
        return sum(weights[word] for word in words & content(text)) / whole if whole else 0.0

    def threes(self, text: str) -> frozenset[tuple[str, ...]]:
        """Each three words of a document's text that stand side by side."""
        if text not in self._threes:
            words = tokens(text)
            self._threes[text] = frozenset(words[i : i + 3] for i in range(len(words) - 2))
        return self._threes[text]

    def places(self, quote: str) -> list[str]:
        """Ids of the documents that have a quote, white space aside."""
        if quote not in self._places:
            wanted = plain(quote)
            self._places[quote] = [name for name, text in self._plain.items() if wanted and wanted in text]
        return self._places[quote]

    def of(self, proof: Proof) -> list[str]:
        """The document that a proof is from; all that have its quote where it names none."""
        names = [proof.document] if proof.document in self.texts else self.places(proof.quote)
        return [self.texts[name] for name in names]

    @cached_property
    def _plain(self) -> dict[str, str]:
        return {name: plain(text) for name, text in self.texts.items()}


def _read(path: Path) -> str:
    # Offsets count line ends as they are.
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _sentences(name: str, text: str) -> Iterator[Sentence]:
    start = 0
    for end in [*(match.span() for match in _END.finditer(text)), (len(text), len(text))]:
        if text[start : end[0]].strip():
            yield Sentence(name, start, end[0], text[start : end[0]])
        start = end[1]
