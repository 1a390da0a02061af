"""Which way a sentence says things go, and how it bounds its figures, against what it cites."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.types import Difference, DifferenceKind
from assistant.verification.analysis import Analysis, Item
from assistant.verification.directions import STRONG, Direction
from assistant.verification.figures import Bound, Figure
from assistant.verification.landmarks import Weights, landmarks, likeness
from assistant.verification.matching import Match
from assistant.verification.sources import Source

_BEARING, _FAR_BEARING = 0.2, 0.12


def direction_differences(
    analysis: Analysis, bearing: Sequence[tuple[Source, int]], sources: Sequence[Source], rarity: Weights
) -> list[Difference]:
    """Words of direction that what is cited has the other way round where it says the same."""
    found = []
    near = {(id(source), at) for source, at in bearing}
    for item in analysis.items:
        direction = item.value
        if not isinstance(direction, Direction):
            continue
        around = landmarks(analysis, item)
        same = other = far_other = -1.0
        anywhere = False
        opposite: Item | None = None
        for source in sources:
            for index, there in enumerate(source.analysis.items):
                their = there.value
                if not isinstance(their, Direction) or their.scale != direction.scale:
                    continue
                if direction.scale == "time" and not _same_end(analysis, item, source.analysis, there):
                    continue
                like = likeness(around, source.contexts[index], rarity)
                if their.pole != direction.pole and _said_too(analysis, item, source, index, like, rarity):
                    continue
                borne = (id(source), source.sentence_of(there.start)) in near
                if their.pole == direction.pole:
                    anywhere = True
                    same = max(same, like) if borne else same
                elif borne and like > other:
                    other, opposite = like, there
                elif not borne and direction.scale in STRONG and like > far_other:
                    far_other = like
                    opposite = opposite or there
        if opposite is None:
            continue
        if (
            (same < 0 and other >= _BEARING)
            or (same >= 0 and other - same > _OPPOSED)
            or (not anywhere and max(other, far_other) >= _FAR_BEARING)
        ):
            found.append(Difference(DifferenceKind.DIRECTION, item.text, opposite.text))
    return found


def _said_too(
    analysis: Analysis, item: Item, source: Source, index: int, like: float, rarity: Weights
) -> bool:
    """Another word of the sentence says the very thing that a source has at ``index``, and fits there as well
    as ``item`` does: of "phần lớn đã nghỉ hưu, người trẻ khá ít", "ít" denies no "phần lớn" of the source.

    Where the source says it oftener than the sentence, one of them may well be what ``item`` turns round.
    """
    their = source.analysis.items[index].value
    mine = [other for other in analysis.items if other is not item and _alike(other.value, their)]
    if not mine or len(mine) < sum(_alike(there.value, their) for there in source.analysis.items):
        return False
    return any(likeness(landmarks(analysis, other), source.contexts[index], rarity) >= like for other in mine)


def _alike(value: object, other: object) -> bool:
    """Both are words of direction on one pole of one scale."""
    if not isinstance(value, Direction) or not isinstance(other, Direction):
        return False
    return (value.scale, value.pole) == (other.scale, other.pole)


def _same_end(analysis: Analysis, item: Item, other: Analysis, there: Item) -> bool:
    """The same stands behind both: "sau ngày 25/5" contradicts "trước ngày 25/5", not "trước ngày 30/6"."""
    mine, theirs = _landmarks_behind(analysis, item), _landmarks_behind(other, there)
    if mine or theirs:
        return bool(mine & theirs)
    return bool(_word_behind(analysis, item) & _word_behind(other, there))


def _landmarks_behind(analysis: Analysis, item: Item) -> set[str]:
    return {
        other.key for other in analysis.items if other.key and 0 <= other.start - item.end <= _RIGHT_BEHIND
    }


def _word_behind(analysis: Analysis, item: Item) -> set[str]:
    word = next((token for token in analysis.tokens if token.start >= item.end and not token.steep), None)
    near = word.phrases if word is not None and word.x - item.x_end <= _NEXT_WORD else ()
    return {part for phrase in near for part in phrase.split(" ")}


#: Characters, and distance on the ruler, within which something stands right behind a word.
_RIGHT_BEHIND, _NEXT_WORD = 14, 2.5


_OPPOSED, _OTHER_BOUND = 0.15, 0.02


def bound_differences(
    analysis: Analysis, matches: Sequence[Match], sources: Sequence[Source], rarity: Weights
) -> list[Difference]:
    """Figures that bound from below what is cited as a bound from above, or the other way round."""
    found = []
    for match in matches:
        figure = match.item.value
        if not isinstance(figure, Figure) or match.best is None or match.best.approximate:
            continue
        if figure.bound in (Bound.EXACT, Bound.NEAR) and not figure.fewer:
            continue
        around = landmarks(analysis, match.item)
        likes = {True: -1.0, False: -1.0}
        for source in sources:
            for index, item in enumerate(source.analysis.items):
                if isinstance(item.value, Figure) and figure.equals(item.value):
                    agrees = figure.agrees(item.value) or _left_over(figure, source, item)
                    likes[agrees] = max(likes[agrees], likeness(around, source.contexts[index], rarity))
        if _as_often(match, matches):
            continue
        if likes[False] > likes[True] + _OTHER_BOUND or likes[True] < 0 <= likes[False]:
            there = _with_neighbours(match.best.source.analysis, match.best.item)
            found.append(Difference(DifferenceKind.DIRECTION, _with_neighbours(analysis, match.item), there))
    return found


def _left_over(figure: Figure, source: Source, item: Item) -> bool:
    """A figure bounds from above what a passage tells of those under the bound from below that it has."""
    end = source.spans[source.sentence_of(item.start)][1]
    behind = source.analysis.text[end : end + _LEFT_OVER_NEAR]
    return figure.bound is Bound.BELOW and _LEFT_OVER.search(behind) is not None


#: Names those that a bound of the sentence before leaves out; characters behind it within which it stands.
_LEFT_OVER = re.compile(
    r"(?<!\w)(?:(?:ít|thấp|nhỏ|kém|dưới) (?:hơn )?(?:thế|vậy|mức (?:đó|này|ấy))|(?:không|chưa) đủ(?! \d))(?!\w)",
    re.IGNORECASE,
)
_LEFT_OVER_NEAR = 30


def _as_often(match: Match, matches: Sequence[Match]) -> bool:
    """The sentence bounds a figure, however often it names it, as the one in which it is found does."""
    figure = match.item.value
    assert isinstance(figure, Figure)
    assert match.best is not None
    mine = Counter(
        other.item.value.bound
        for other in matches
        if isinstance(other.item.value, Figure) and other.item.value.equals(figure)
    )
    source = match.best.source
    start, end = source.spans[source.sentence_of(match.best.item.start)]
    theirs = Counter(
        item.value.bound
        for item in source.analysis.items
        if isinstance(item.value, Figure) and item.value.equals(figure) and start <= item.start < end
    )
    return mine <= theirs


_BEFORE, _BEHIND = re.compile(r"(?:\S+\s+){0,2}$"), re.compile(r"(?:\s+[^\s,.;]+){0,2}")


def _with_neighbours(analysis: Analysis, item: Item) -> str:
    """A figure with the words around it, of which one bounds it."""
    before, behind = _BEFORE.search(analysis.text[: item.start]), _BEHIND.match(analysis.text, item.end)
    start = before.start() if before else item.start
    return " ".join(analysis.text[start : behind.end() if behind else item.end].split())
