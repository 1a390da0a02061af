"""What can be taught on a topic: its statements by side and worth, none that says what another says."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.study.aspects import Aspect, aspect_of
from assistant.study.gather import Line, Material
from assistant.study.sayings import Saying, sayings
from assistant.study.spoken import speaks_of
from assistant.study.topicality import Topicality, context, topicality
from ingest.types import Document, Kind

#: How far, in worth, a statement may lie behind the best one.
_BEHIND = 0.17
_ANSWERS, _LISTED, _RULE = 0.012, 0.006, 0.012
#: What words of the topic are worth in a statement, its headings, the title of its document.
_IN_TEXT, _IN_HEADING, _IN_TITLE = 0.045, 0.03, 0.045
#: Such a share of the topic's words in a statement, its headings or its title makes it one to teach.
_SOME = 0.15
_SHORT, _LONG, _LOGISTICS, _REPLACED = -0.025, -0.02, -0.045, -0.3
#: With so many statements of the topic itself, what is only of its field is not taught.
_FEW = 6
#: Within so much, chance decides which of two is taken.
_CHANCE = 0.012
#: Share of the words of the shorter of two statements that says the same thing.
SAME = 0.66
_RULES = (
    Kind.CHARTER,
    Kind.REGULATION,
    Kind.RULES,
    Kind.DIRECTIVE,
    Kind.GUIDANCE,
    Kind.DECISION,
    Kind.RESOLUTION,
)
#: What is settled for one class or one year.
_PASSING = re.compile(
    r"dự toán|kinh phí|giảng viên|học viên|địa điểm|văn phòng|ngân sách|đợt \d|sĩ số", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Taught:
    """A statement with the side of the topic it tells of; ``worth`` compares within one pool."""

    saying: Saying
    aspect: Aspect
    worth: float

    @property
    def example(self) -> bool:
        """It tells of one place."""
        return self.saying.place is not None

    @property
    def order(self) -> tuple[bool, int, int, str, int]:
        """Its place in a section: rules before practice, documents of later date first, each as it reads."""
        document = self.saying.document
        return (self.example, _rank(document), -_day(document.issued_on), document.id, self.saying.start)


@dataclass(frozen=True, slots=True)
class Pool:
    """The statements for a wish, best first.

    Attributes:
        topicality: how far other lines are of the topic.
        on_topic: some of them speak of the topic; without it, they are only the nearest that there is.
    """

    topic: str
    taught: tuple[Taught, ...]
    topicality: Topicality
    on_topic: bool = True

    def speaks(self, line: Line, *texts: str) -> bool:
        """Whether a line may be taught: near to the topic, or its words in it, over it or in ``texts``."""
        return self.topicality.speaks(line, *texts)

    def of(self, aspect: Aspect) -> list[Taught]:
        """Those on one side of the topic, best first."""
        return [entry for entry in self.taught if entry.aspect is aspect]


def pool_of(material: Material, seed: int) -> Pool:
    """The statements of the material that are worth teaching. The same seed gives the same pool."""
    chance = random.Random(seed)
    said = sayings(material)
    topic = topicality(material)
    found: list[Taught] = []
    held = 0.0
    for saying in said:
        jitter = chance.random() * _CHANCE
        shares = _shares(topic, saying)
        near = topic.is_near(saying.line)
        if near:
            held = max(held, topic.share(context(saying.line, saying.text)))
        if not topic.weights or max(shares) >= _SOME or near:
            found.append(Taught(saying, aspect_of(saying), _worth(saying, shares) + jitter))
    found.sort(key=lambda entry: (-entry.worth, entry.saying.document.id, entry.saying.start))
    floor = found[0].worth - _BEHIND if found else 0.0
    kept: list[Taught] = []
    for entry in found:
        if entry.worth < floor and topic.weights:
            continue
        if not says_again(entry.saying, (k.saying for k in kept)):
            kept.append(entry)
    of_topic = [entry for entry in kept if topic.is_of(entry.saying.line, wide=True)]
    kept = of_topic if len(of_topic) >= _FEW else kept
    texts = (context(saying.line, saying.text) for saying in said)
    spoken_of = not topic.weights or speaks_of(material.topic, topic.best, material.elsewhere, held, texts)
    return Pool(material.topic, tuple(kept), topic, spoken_of)


def says_again(saying: Saying, others: Iterable[Saying]) -> bool:
    """Whether one of the others says what a statement says."""
    return any(alike(saying.terms, other.terms) >= SAME for other in others)


def alike(left: frozenset[str], right: frozenset[str]) -> float:
    """Share of the words of the shorter of two texts that the other has."""
    return len(left & right) / max(1, min(len(left), len(right)))


def spread(candidates: Sequence[Taught], count: int) -> list[Taught]:
    """Up to ``count`` of the candidates, best first, not all from one document or one heading."""
    documents = len({entry.saying.document.id for entry in candidates})
    most = count if documents < 2 else max(2, -(-count * 3 // 5))
    of_document: dict[str, int] = {}
    of_heading: dict[tuple[str, str], int] = {}
    chosen: list[Taught] = []
    for limit in (2, 4, count):
        for entry in candidates:
            document, heading = entry.saying.document.id, entry.saying.heading
            if len(chosen) == count or entry in chosen:
                continue
            if of_document.get(document, 0) >= (most if limit < count else count):
                continue
            if heading and of_heading.get((document, heading), 0) >= limit:
                continue
            chosen.append(entry)
            of_document[document] = of_document.get(document, 0) + 1
            of_heading[document, heading] = of_heading.get((document, heading), 0) + 1
    return chosen


def _shares(topic: Topicality, saying: Saying) -> tuple[float, float, float]:
    """How much of the topic's words a statement, its headings, the title of its document have."""
    texts = (saying.text, " ".join(saying.line.heading), saying.document.title)
    own, above, title = map(topic.share, texts)
    return own, above, title


def _worth(saying: Saying, shares: tuple[float, float, float]) -> float:
    document, line = saying.document, saying.line
    weights = (_IN_TEXT, _IN_HEADING, _IN_TITLE)
    worth = line.score + sum(weight * share for weight, share in zip(weights, shares, strict=True))
    worth += _ANSWERS * bool(saying.question) + _LISTED * saying.listed + _RULE * (document.kind in _RULES)
    worth += _SHORT * (saying.length < 10) + _LONG * (saying.length > 55)
    if document.kind is Kind.PLAN or _PASSING.search(saying.text):
        worth += _LOGISTICS
    return worth + _REPLACED * line.superseded


def _rank(document: Document) -> int:
    if document.kind in _RULES:
        return 0
    return 1 if document.province is None and document.kind is not Kind.ARTICLE else 2


def _day(day: date | None) -> int:
    return day.toordinal() if day is not None else 0
