"""How far a line is of a topic: by its meaning, and by the rarer words of the topic in it and over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from assistant.concepts import FUNCTION
from assistant.phrases import words
from assistant.study.gather import Line, Material

#: A statement may be taught with such a share of the topic's words, or as near to it as this behind the best.
_SOME, _NEAR = 0.15, 0.055
#: It is of the topic itself with this share, or no further behind than this, words counted with it; ``_FAR``
#: where too little is. Of 30 quiz items on each of four topics, read by hand, they part those on the topic
#: from the others but for a few.
_MOSTLY, _BEHIND, _FAR, _WORDS = 0.5, 0.06, 0.08, 0.05
#: A document is of the topic with such a share of its lines.
_WHOLE = 0.3
#: With so many things of the topic itself, a topic that no document is of is not filled up.
_FEW = 5

Weights = Mapping[tuple[str, ...], float]


@dataclass(frozen=True, slots=True)
class Topicality:
    """A topic against the lines of its material.

    Attributes:
        weights: of the words of the topic, adding up to 1; empty where everything is of it.
        best: score of the line that is nearest to it.
        documents: ids of those that are of the topic as a whole.
    """

    weights: Weights
    best: float
    documents: frozenset[str] = frozenset()

    def share(self, text: str) -> float:
        """The share of the topic's words, by weight, that a text has: 0 to 1."""
        held = _runs(text)
        return sum(weight for run, weight in self.weights.items() if run in held)

    def is_near(self, line: Line) -> bool:
        """Whether a line is about as near to the topic as the best one."""
        return line.score >= self.best - _NEAR

    def speaks(self, line: Line, *texts: str) -> bool:
        """Whether a line may be taught: near to the topic, or its words in it, over it or in ``texts``."""
        if not self.weights or self.is_near(line):
            return True
        return self.share(" ".join((context(line), *texts))) >= _SOME

    def is_of(self, line: Line, *, wide: bool = False) -> bool:
        """Whether a line is of the topic itself, and not only of its field; ``wide`` lets in more."""
        if not self.weights or line.document.id in self.documents:
            return True
        share = self.share(context(line))
        behind = _FAR if wide else _BEHIND
        return share >= _MOSTLY or line.score - self.best + _WORDS * share >= -behind

    def is_narrow(self, found: int) -> bool:
        """Whether what is only near to the topic should be left alone: no document is of it, and something is
        found."""
        return not self.documents and found >= _FEW


def topicality(material: Material) -> Topicality:
    """The topic of a material against its lines."""
    best = max((line.score for line in material.lines), default=0.0)
    found = Topicality(_weighed(material.topic, [context(line) for line in material.lines]), best)
    if not found.weights:
        return found
    lines = (*material.lines, *material.more)
    whole = Counter(line.document.id for line in lines)
    own = Counter(line.document.id for line in lines if found.is_of(line))
    return replace(found, documents=frozenset(name for name in own if own[name] >= _WHOLE * whole[name]))


def context(line: Line, text: str = "") -> str:
    """What a line says, or ``text`` in its place, with its headings and the title of its document."""
    return " ".join((text or line.text, *line.heading, line.document.title))


def _weighed(topic: str, texts: Sequence[str]) -> Weights:
    """The pairs of syllables of a topic, and the numbers of documents in it, with their weights: the rarer,
    the heavier."""
    syllables = words(topic)
    runs: list[tuple[str, ...]] = [run for run in pairwise(syllables) if not any(map(_numbered, run))]
    runs += [(term,) for term in syllables if _numbered(term)]
    kept = [run for run in dict.fromkeys(runs) if not set(run) & FUNCTION] or [syllables[:1]]
    held = [_runs(text) for text in texts]
    weights = {
        run: log(1 + len(held) / (1 + sum(run in text for text in held))) * (3 if len(run) == 1 else 1)
        for run in kept
        if run
    }
    whole = sum(weights.values()) or 1.0
    return {run: weight / whole for run, weight in weights.items()}


def _numbered(term: str) -> bool:
    return any(char.isdigit() for char in term)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    syllables = words(text)
    return frozenset((*((one,) for one in syllables), *pairwise(syllables)))
