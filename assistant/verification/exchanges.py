"""Sides of a relation that a sentence has the other way round than what it cites.

Of a sentence's two sides only what tells them apart counts: the words that stand on one side of it, and on
one side of what is cited. Where those of both sides stand on the other one there, they have changed places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Difference, DifferenceKind
from assistant.unmarked import Pattern
from assistant.verification.analysis import Analysis
from assistant.verification.landmarks import Weights, strength
from assistant.verification.relations import Relation, RelationKind, Span, relations
from assistant.verification.sources import Source

#: Kinds that a relation of a sentence is laid beside: a cause comes before what it brings about.
_BESIDE = {
    RelationKind.ORDER: (RelationKind.ORDER, RelationKind.CAUSE),
    RelationKind.CAUSE: (RelationKind.CAUSE,),
    RelationKind.COMPARISON: (RelationKind.COMPARISON,),
    RelationKind.CONTRAST: (RelationKind.CONTRAST,),
}
#: Share of a side's words that must stand on one side of what is cited, and how many times as many as stand
#: on the other, of both sides together.
_SHARE, _TIMES = 0.34, 1.5
#: Share of all words of a relation that one must have to be about the same.
_ABOUT = 0.5


#: The ways of saying each word of a side, with its weight.
_Own = Sequence[tuple[tuple[str, ...], float]]


@dataclass(frozen=True, slots=True)
class _Lean:
    """Weights of what tells the sides of a sentence apart: of all, and of what is cited on each side only.

    ``about`` is the share of all words, but for numbers, that what is cited has on either side.
    ``straight`` is the same side, ``crossed`` the other one; a pair each, of the first and the second side.
    """

    about: float
    whole: tuple[float, float]
    straight: tuple[float, float]
    crossed: tuple[float, float]

    def is_crossed(self) -> bool:
        if self.about < _ABOUT or sum(self.crossed) < _TIMES * sum(self.straight):
            return False
        sides = list(zip(self.whole, self.straight, self.crossed, strict=True))
        # What is measured may be named on either side; the other side then has to be clear.
        clear = any(not straight for _, straight, _ in sides) or all(c > s for _, s, c in sides)
        return clear and all(
            crossed and crossed >= straight and crossed >= _SHARE * whole
            for whole, straight, crossed in sides
        )

    def is_straight(self) -> bool:
        return all(
            self.about >= _ABOUT and straight >= _SHARE * whole and straight >= crossed
            for whole, straight, crossed in zip(self.whole, self.straight, self.crossed, strict=True)
        )


def exchange_differences(analysis: Analysis, sources: Sequence[Source], rarity: Weights) -> list[Difference]:
    """Relations of a Vietnamese sentence whose sides have changed places."""
    found = []
    for relation in relations(analysis.text, ((0, len(analysis.text)),)):
        crossed: tuple[Source, Relation] | None = None
        for source, other in stated(sources, relation.kind):
            lean = _lean(analysis, relation, source.analysis, other, rarity)
            if lean.is_straight():
                crossed = None
                break
            if crossed is None and lean.is_crossed():
                crossed = source, other
        if crossed is not None:
            source, other = crossed
            said = analysis.text[slice(*relation.span)].strip(" ,")
            cited = source.analysis.text[slice(*other.span)].strip(" ,")
            found.append(Difference(DifferenceKind.DIRECTION, said, " ".join(cited.split())))
    return found


def unstated_causes(analysis: Analysis, sources: Sequence[Source]) -> list[str]:
    """Reasons that a Vietnamese sentence gives, where nothing cited gives one for the like, and what they are
    the reason of stands elsewhere than they do."""
    if any(_ASKED.search(text) for s in sources for text in (s.around.text, s.analysis.text)):
        return []  # all of a passage that is headed "Vì sao" may be the reason
    found = []
    for relation in relations(analysis.text, ((0, len(analysis.text)),)):
        if relation.kind is not RelationKind.CAUSE or not _GIVEN.fullmatch(
            analysis.text[slice(*relation.word)]
        ):
            continue
        cause, effect = (own_words(analysis, side, (0, 0)) for side in (relation.first, relation.second))
        if not cause or not effect or any(_near(cause, effect, source) for source in sources):
            continue
        if not any(
            _held(cause, words_of(source.analysis, other.span)) >= _ABOUT
            and _held(effect, words_of(source.analysis, other.span)) >= _ABOUT
            for source, other in stated(sources, RelationKind.CAUSE)
        ):
            found.append(analysis.text[slice(*relation.span)].strip(" ,"))
    return found


#: Words that say nothing but that one thing is the reason of another.
_ASKED = Pattern(r"(?<!\w)(?:vì sao|tại sao|nguyên nhân|lý do|lí do|hệ quả|hậu quả)(?!\w)")
_GIVEN = Pattern(r"(?:vì|bởi vì|bởi|nhờ có|nhờ|do|là do|dẫn đến|dẫn tới|khiến|khiến cho)")


def _near(cause: _Own, effect: _Own, source: Source) -> bool:
    """A sentence, or two side by side, have both: how they hang together is not to be told."""
    for at in range(len(source.spans)):
        span = source.spans[max(0, at - 1)][0], source.spans[at][1]
        there = words_of(source.analysis, span)
        if _held(cause, there) >= _ABOUT and _held(effect, there) >= _ABOUT:
            return True
    return False


def _held(own: _Own, there: dict[str, float]) -> float:
    whole = sum(weight for _, weight in own)
    held = sum(weight * max(strength(phrase, there) for phrase in phrases) for phrases, weight in own)
    return held / whole if whole else 0.0


def stated(sources: Sequence[Source], kind: RelationKind) -> list[tuple[Source, Relation]]:
    """The relations of sources that one of ``kind`` can be laid beside."""
    return [
        (source, relation)
        for source in sources
        for relation in relations(source.analysis.text, source.spans)
        if relation.kind in _BESIDE[kind]
    ]


def words_of(analysis: Analysis, span: Span) -> dict[str, float]:
    """The words and landmarks that a text has in a span, each 1."""
    found: dict[str, float] = {}
    for token in analysis.tokens:
        if span[0] <= token.start < span[1] and not token.steep:
            for part in token.phrases[0].split(" "):
                found[part] = 1.0
    for item in analysis.items:
        if item.key and span[0] <= item.start < span[1]:
            found[item.key] = 1.0
    if _NUMBER.search(analysis.text[slice(*span)]):
        found[_OF_NUMBER] = 1.0
    return found


def own_words(analysis: Analysis, span: Span, other: Span) -> list[tuple[tuple[str, ...], float]]:
    """The ways of saying each word, and each landmark, of a span that the other has not, with its weight."""
    there = words_of(analysis, other)
    found: dict[str, tuple[tuple[str, ...], float]] = {}
    for token in analysis.tokens:
        if span[0] <= token.start < span[1] and not token.steep and token.phrases[0] not in there:
            found[token.phrases[0]] = token.phrases, token.weight
    for item in analysis.items:
        if item.key and span[0] <= item.start < span[1] and item.key not in there:
            found[item.key] = (item.key,), 1.0
    if _OF_NUMBER not in there and _NUMBER.search(analysis.text[slice(*span)]):
        found[_OF_NUMBER] = (_OF_NUMBER,), 1.0
    return list(found.values())


#: The one thing that is compared by a name of which each syllable by itself says nothing.
_NUMBER, _OF_NUMBER = Pattern(r"(?<!\w)số lượng(?!\w)"), "#amount"


def _lean(analysis: Analysis, relation: Relation, cited: Analysis, other: Relation, rarity: Weights) -> _Lean:
    sides = words_of(cited, other.first), words_of(cited, other.second)
    rows = []
    for own, its in ((relation.first, relation.second), (relation.second, relation.first)):
        whole = first = second = 0.0
        for phrases, weight in own_words(analysis, own, its):
            weight *= rarity.get(phrases[0], 1.0)
            here = max(strength(phrase, sides[0]) for phrase in phrases)
            there = max(strength(phrase, sides[1]) for phrase in phrases)
            whole += weight
            first += weight * max(0.0, here - there)
            second += weight * max(0.0, there - here)
        rows.append((whole, first, second))
    (a, a_first, a_second), (b, b_first, b_second) = rows
    return _Lean(_about(analysis, relation, sides, rarity), (a, b), (a_first, b_second), (a_second, b_first))


def _about(
    analysis: Analysis, relation: Relation, sides: tuple[dict[str, float], dict[str, float]], rarity: Weights
) -> float:
    """Share of the words of a relation, but for numbers, that is on either side of another."""
    whole = held = 0.0
    numbers = [(item.start, item.end) for item in analysis.items if item.key]
    for token in analysis.tokens:
        inside = relation.span[0] <= token.start < relation.span[1] and not token.steep
        if inside and not any(start <= token.start < end for start, end in numbers):
            weight = token.weight * rarity.get(token.phrases[0], 1.0)
            whole += weight
            held += weight * max(strength(phrase, side) for side in sides for phrase in token.phrases)
    return held / whole if whole else 1.0
