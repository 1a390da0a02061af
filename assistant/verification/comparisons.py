"""Whether the figures that are cited bear a comparison out, or anything else that is cited states it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from fractions import Fraction
from itertools import pairwise

from assistant.types import Difference, DifferenceKind
from assistant.unmarked import Pattern
from assistant.verification.analysis import Analysis, Item
from assistant.verification.counted import counted
from assistant.verification.directions import Direction
from assistant.verification.exchanges import own_words, stated, words_of
from assistant.verification.figures import Figure
from assistant.verification.landmarks import strength
from assistant.verification.relations import Relation, RelationKind, Span, relations
from assistant.verification.sources import Source, column_words
from ingest.sentences import clauses

#: Share of what tells one thing from the other that a place must hold to be about it, and the most that it
#: may hold of the other.
_ABOUT, _NOT_ABOUT = 0.75, 0.4


def comparison_differences(analysis: Analysis, sources: Sequence[Source]) -> list[Difference]:
    """Comparisons of a Vietnamese sentence that the figures of what is cited bear out the other way round."""
    found = []
    for relation in _comparisons(analysis):
        measured = _measured(analysis, relation, sources)
        if measured is not None and max(measured[0]) < min(measured[1]):
            said = analysis.text[slice(*relation.span)].strip(" ,")
            cited = " – ".join(", ".join(side.values()) for side in measured)
            found.append(Difference(DifferenceKind.DIRECTION, said, cited))
    return found


def unstated_comparisons(analysis: Analysis, sources: Sequence[Source]) -> list[str]:
    """What a Vietnamese sentence compares that nothing cited compares, in words or in figures."""
    found = []
    for relation in relations(analysis.text, ((0, len(analysis.text)),)):
        if relation.kind is not RelationKind.COMPARISON:
            continue
        if _is_of_two(analysis, relation):
            borne_out = _stated(analysis, relation, sources) or _is_borne_out(analysis, relation, sources)
        else:
            borne_out = not _AGAINST.search(analysis.text) or _compares(sources)
        if not borne_out:
            found.append(analysis.text[slice(*relation.span)].strip(" ,"))
    return found


def _comparisons(analysis: Analysis) -> Iterator[Relation]:
    for relation in relations(analysis.text, ((0, len(analysis.text)),)):
        if relation.kind is RelationKind.COMPARISON and _is_of_two(analysis, relation):
            yield relation


def _is_of_two(analysis: Analysis, relation: Relation) -> bool:
    """Both sides name something that the other does not: not "năm nay" and "năm trước"."""
    first, second = relation.first, relation.second
    return bool(own_words(analysis, first, second) and own_words(analysis, second, first))


def _compares(sources: Sequence[Source]) -> bool:
    """Something cited is compared, or is said to have become more or less."""
    if any(_THAN_BEFORE.search(source.analysis.text) for source in sources):
        return True
    return bool(stated(sources, RelationKind.COMPARISON)) or any(
        isinstance(item.value, Direction) and item.value.scale in _OF_MORE
        for source in sources
        for item in source.analysis.items
    )


#: Scales of ``directions`` whose words say that something is, or becomes, more or less than it was.
_OF_MORE = frozenset({"change", "compare"})
_THAN_BEFORE = Pattern(r"(?<!\w)hơn (?:hẳn )?(?:trước|năm trước|nhiệm kỳ trước|kỳ trước)(?!\w)")
_AGAINST = Pattern(r"(?<!\w)so với(?!\w)")


def _stated(analysis: Analysis, relation: Relation, sources: Sequence[Source]) -> bool:
    """Something cited is compared, and it is one of the two things."""
    for source, other in stated(sources, RelationKind.COMPARISON):
        there = words_of(source.analysis, other.first) | words_of(source.analysis, other.second)
        sides = (relation.first, relation.second), (relation.second, relation.first)
        if any(_share(analysis, side, its, there) >= 0.5 for side, its in sides):
            return True
    return False


def _share(analysis: Analysis, side: Span, other: Span, there: dict[str, float]) -> float:
    """Share, by weight, of what tells one side from the other that is ``there``."""
    own = own_words(analysis, side, other)
    whole = sum(weight for _, weight in own)
    held = sum(weight * max(strength(phrase, there) for phrase in phrases) for phrases, weight in own)
    return held / whole if whole else 0.0


def _is_borne_out(analysis: Analysis, relation: Relation, sources: Sequence[Source]) -> bool:
    measured = _measured(analysis, relation, sources)
    return measured is not None and min(measured[0]) > max(measured[1])


def _measured(
    analysis: Analysis, relation: Relation, sources: Sequence[Source]
) -> tuple[dict[Fraction, str], dict[Fraction, str]] | None:
    """The figures that are cited of each of two things, shares or not, each with what it is written as;
    ``None`` where one has none."""
    by = words_of(analysis, relation.span).keys()
    one = _figures(analysis, relation.first, relation.second, sources, by)
    other = _figures(analysis, relation.second, relation.first, sources, by)
    for percent in (False, True):
        sides = tuple(
            {
                item.value.values[0]: item.text
                for item in side
                if isinstance(item.value, Figure) and item.value.percent is percent
            }
            for side in (one, other)
        )
        if all(sides):
            return sides[0], sides[1]
    return None


def _figures(
    analysis: Analysis, side: Span, other: Span, sources: Sequence[Source], by: Set[str]
) -> list[Item]:
    """The figures of what is measured ``by`` some words where one thing is spoken of and not the other."""
    found: list[Item] = []
    for source in sources:
        for start, end in source.spans:
            for place in _places(source, start, end):
                there = words_of(source.analysis, place)
                if (
                    _share(analysis, side, other, there) >= _ABOUT
                    and _share(analysis, other, side, there) <= _NOT_ABOUT
                ):
                    found += [
                        item
                        for item in source.analysis.items
                        if place[0] <= item.start < place[1] and _measures(source, item, by)
                    ]
                    break
    return found


def _places(source: Source, start: int, end: int) -> Iterator[Span]:
    """A sentence, its clauses, and what stands from each of its figures to the next: the smaller say more
    surely of what a figure is."""
    yield start, end
    yield from clauses(source.analysis.text, start, end)
    figures = [
        item.start
        for item in source.analysis.items
        if start <= item.start < end and isinstance(item.value, Figure) and not item.value.weak
    ]
    yield from pairwise([*figures, end])


def _measures(source: Source, item: Item, by: Set[str]) -> bool:
    """A figure counts what two things are compared by, as far as can be told."""
    figure = item.value
    if not isinstance(figure, Figure) or figure.weak:
        return False
    column = column_words(source, item)
    if column:
        return bool(set(column) & by)
    nouns = counted(source.analysis, item.end)
    return not nouns or any(set(noun.split()) <= by for noun in nouns)
