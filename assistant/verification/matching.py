"""Every figure, date, number and name of a sentence against those of what it cites, each where it stands.

That a figure occurs somewhere in a passage proves little: "Bắc Ninh có 27, Sơn La có 31" with the figures
exchanged has them both. So an item must be found, and what stands around it must fit the place where it is
found at least as well as any other place where another item of its sort stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verification.analysis import Analysis, Item, Sort
from assistant.verification.enumerated import counts_a_list
from assistant.verification.figures import Figure
from assistant.verification.landmarks import Weights, landmarks, likeness, strength
from assistant.verification.moments import Moment
from assistant.verification.sameness import Found, comparable, compatible, is_subject, named_around, same
from assistant.verification.sources import Source
from assistant.verification.wholes import is_part_and_whole

#: By how much another place must fit better before an item is out of place: where that other item is said
#: elsewhere in the sentence too (the two would change places), where it is not, and where it is of the very
#: sentence in which the item is found.
_EXCHANGED, _OUT_OF_PLACE, _BESIDE = 0.2, 0.3, 0.36
_LEAST_LIKE = 0.12
_NAME_OUT_OF_PLACE, _DATE_OUT_OF_PLACE = 0.15, 0.2
#: A glossary knows fewer of the words around an item.
_ENGLISH_OUT_OF_PLACE = 0.4
_NAMES = (Sort.PLACE, Sort.PERSON, Sort.DOCUMENT)


@dataclass(frozen=True, slots=True)
class Match:
    """What was found of one item of a sentence.

    Attributes:
        best: where it stands; ``None`` where it does not, or stands only in a heading or title.
        missing: it is not there at all.
        rival: another item of its sort that stands where this one is said to; with ``missing``, the one
            that comes nearest.
    """

    item: Item
    best: Found | None
    missing: bool = False
    rival: Found | None = None


def match_items(
    analysis: Analysis,
    sources: Sequence[Source],
    rarity: Weights,
    parts: Sequence[tuple[int, frozenset[int]]] = (),
) -> list[Match]:
    """What is found of each item of a sentence; directions are looked at elsewhere.

    Args:
        parts: end of each part of the sentence that is cited by itself, and the markers it is cited by: its
            figures, dates and document numbers must stand in what those mark.
    """
    wanted = [item for item in analysis.items if item.sort is not Sort.DIRECTION and not _weak(item)]
    around = {id(item): landmarks(analysis, item) for item in wanted}
    everything = {id(item): _all_like(item, around[id(item)], sources, rarity) for item in wanted}
    first: list[Match] = []
    for item in wanted:
        like = _of_part(item, everything[id(item)], parts)
        equal = [found for found in like if same(item, found, exactly=True)]
        equal = equal or [
            Found(found.source, found.at, found.like, approximate=True)
            for found in like
            if same(item, found, exactly=False)
        ]
        others = [found for found in like if not compatible(item, found)]
        nearest = max(others, key=lambda found: found.like, default=None)
        if equal:
            first.append(Match(item, max(equal, key=lambda found: found.like), rival=nearest))
        elif named_around(item, _sources_of_part(item, sources, parts), analysis):
            instead = nearest if nearest is not None and _instead(item, nearest, wanted) else None
            first.append(Match(item, None, missing=instead is not None, rival=instead))
        elif not counts_a_list(analysis, item, _sources_of_part(item, sources, parts)):
            fit = nearest if nearest is not None and nearest.like >= _LEAST_LIKE else None
            first.append(Match(item, None, missing=True, rival=fit))
    placed = [_placed(analysis, match, first, everything, around, rarity) for match in first]
    return [_said_twice(analysis, match, placed, everything) for match in placed]


def _markers_of_part(item: Item, parts: Sequence[tuple[int, frozenset[int]]]) -> frozenset[int] | None:
    """The markers by which the item's part is cited; ``None`` where any will do."""
    if item.sort not in (Sort.FIGURE, Sort.MOMENT, Sort.DOCUMENT):
        return None
    return next((markers for end, markers in parts if item.start < end), None)


def _of_part(item: Item, like: list[Found], parts: Sequence[tuple[int, frozenset[int]]]) -> list[Found]:
    """What of the candidates is of the sources of the item's own part."""
    markers = _markers_of_part(item, parts)
    return like if markers is None else [found for found in like if found.source.marker in markers]


def _sources_of_part(
    item: Item, sources: Sequence[Source], parts: Sequence[tuple[int, frozenset[int]]]
) -> Sequence[Source]:
    markers = _markers_of_part(item, parts)
    return sources if markers is None else [source for source in sources if source.marker in markers]


def _instead(item: Item, nearest: Found, wanted: Sequence[Item]) -> bool:
    """A year that only a title has, where the very words stand with another that the sentence leaves out."""
    mine, other = item.value, nearest.item.value
    if not isinstance(mine, Moment) or not isinstance(other, Moment) or mine.month is not None:
        return False
    said = {value.year for value in (i.value for i in wanted) if isinstance(value, Moment)}
    return nearest.like >= _INSTEAD and other.year is not None and other.year not in said


_INSTEAD = 0.42


def _weak(item: Item) -> bool:
    return isinstance(item.value, Figure) and item.value.weak


def _all_like(
    item: Item, around: list[tuple[tuple[str, ...], float]], sources: Sequence[Source], rarity: Weights
) -> list[Found]:
    return [
        Found(source, at, likeness(around, source.contexts[at], rarity))
        for source in sources
        for at, other in enumerate(source.analysis.items)
        if other.sort is item.sort
    ]


def _placed(
    analysis: Analysis,
    match: Match,
    matches: list[Match],
    everything: dict[int, list[Found]],
    around: dict[int, list[tuple[tuple[str, ...], float]]],
    rarity: Weights,
) -> Match:
    """The match with the rival that stands where its item is said to, or with none."""
    if match.best is None:
        return match
    worst: Found | None = None
    most = 0.0
    for rival in everything[id(match.item)]:
        gain = rival.like - match.best.like
        if compatible(match.item, rival) or not comparable(analysis, match.item, rival):
            continue
        claimed = next(
            (
                other
                for other in matches
                if other is not match and other.best is not None and _one(other.best, rival)
            ),
            None,
        )
        if claimed is not None:
            if not comparable(analysis, claimed.item, match.best):
                continue
            if is_part_and_whole(analysis, match.item, claimed.item):
                continue
            told = exchange(around[id(match.item)], around[id(claimed.item)], match.best, rival, rarity)
            gain, limit = -told, _EXCHANGED
        else:
            beside = rival.source is match.best.source and _sentence(rival) == _sentence(match.best)
            if beside and _in_table(rival):
                beside = False  # the name of the column tells its cells apart
            if is_subject(match.item, rival.source) and _named_beside(match.item, rival):
                continue  # places named by the way stand in the sentences about it
            limit = _BESIDE if beside else _limit(match.item, english=analysis.english)
        if gain - limit > most:
            worst, most = rival, gain - limit
    return Match(match.item, match.best, rival=worst)


def exchange(
    mine: Sequence[tuple[tuple[str, ...], float]],
    other: Sequence[tuple[tuple[str, ...], float]],
    here: Found,
    there: Found,
    rarity: Weights,
) -> float:
    """How clearly two items stand where they are said to stand rather than in each other's place, -1 to 1.

    Only what tells the two places apart counts: words nearer to the one than to the other, in the sentence
    and in what is cited. 1 where all of them agree, below 0 where more of them speak for an exchange.
    """
    nearer: dict[tuple[str, ...], float] = {}
    for phrases, weight in mine:
        nearer[phrases] = max(nearer.get(phrases, 0.0), weight)
    far: dict[tuple[str, ...], float] = {}
    for phrases, weight in other:
        far[phrases] = max(far.get(phrases, 0.0), weight)
    context, opposite = here.source.contexts[here.at], there.source.contexts[there.at]
    agree = whole = 0.0
    own = {here.item.key, there.item.key}
    for phrases in nearer.keys() | far.keys():
        if phrases[0] in own:
            continue  # each is the other's neighbour either way
        said = (nearer.get(phrases, 0.0) - far.get(phrases, 0.0)) * rarity.get(phrases[0], 1.0)
        cited = max(strength(p, context) for p in phrases) - max(strength(p, opposite) for p in phrases)
        agree += said * cited
        whole += abs(said * cited)
    return agree / whole if whole > _TELLING else 0.0


_TELLING = 0.02


def _said_twice(
    analysis: Analysis, match: Match, matches: Sequence[Match], everything: dict[int, list[Found]]
) -> Match:
    """The match with a rival where a sentence says one thing twice that stands in one place only, and there
    beside another of its sort that the sentence leaves out: "hai năm 2024 và 2024"."""
    if match.best is None or match.rival is not None or match.item.sort not in _COUNTED_ONCE:
        return match
    twins = [other for other in matches if other.best is not None and _one(other.best, match.best)]
    if len(twins) < 2 or sum(same(match.item, f, exactly=True) for f in everything[id(match.item)]) > 1:
        return match
    least = min(twins, key=lambda other: other.best.like if other.best else 0.0)
    if least is not match:
        return match
    left_out = [
        found
        for found in everything[id(match.item)]
        if found.source is match.best.source
        and _sentence(found) == _sentence(match.best)
        and not compatible(match.item, found)
        and comparable(analysis, match.item, found)
        and not any(other.best is not None and _one(other.best, found) for other in matches)
        and found.like >= _NEARLY * match.best.like
    ]
    return Match(match.item, match.best, rival=max(left_out, key=lambda found: found.like, default=None))


_COUNTED_ONCE = (Sort.FIGURE, Sort.MOMENT, Sort.DOCUMENT)
_NEARLY = 0.75


def _in_table(found: Found) -> bool:
    start, end = found.source.spans[_sentence(found)]
    return found.source.analysis.text.count("|", start, end) > 1


def _sentence(found: Found) -> int:
    return found.source.sentence_of(found.item.start)


def _named_beside(item: Item, rival: Found) -> bool:
    """The sentence of a source in which another item stands names this one too."""
    at = _sentence(rival)
    return any(
        other.sort is item.sort
        and rival.source.sentence_of(other.start) == at
        and same(item, Found(rival.source, index, 0.0), exactly=True)
        for index, other in enumerate(rival.source.analysis.items)
    )


def _limit(item: Item, *, english: bool) -> float:
    """By how much a place that no other item of the sentence claims must fit better."""
    if english:
        return _ENGLISH_OUT_OF_PLACE
    if item.sort in _NAMES:
        return _NAME_OUT_OF_PLACE
    return _DATE_OUT_OF_PLACE if item.sort is Sort.MOMENT else _OUT_OF_PLACE


def _one(found: Found, other: Found) -> bool:
    return found.source is other.source and found.at == other.at
