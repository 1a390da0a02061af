"""Every figure, date, number and name of a sentence against those of what it cites, each where it stands.

That a figure occurs somewhere in a passage proves little: "Bắc Ninh có 27, Sơn La có 31" with the figures
exchanged has them both. So an item must be found, and what stands around it must fit the place where it is
found at least as well as any other place where another item of its sort stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.phrases import fold, words
from assistant.verification.analysis import Analysis, Item, Sort
from assistant.verification.counted import alike, counted
from assistant.verification.directions import Direction
from assistant.verification.figures import Figure
from assistant.verification.moments import Moment
from assistant.verification.names import Name
from assistant.verification.references import Reference
from assistant.verification.sources import Source, folded_phrases

_DECAY, _REACH = 0.84, 40.0
#: By how much another place must fit better before an item is out of place: where that other item is said
#: elsewhere in the sentence too (the two would change places), where it is not, and where it is of the very
#: sentence in which the item is found.
_EXCHANGED, _OUT_OF_PLACE, _BESIDE = 0.2, 0.25, 0.35
_LEAST_LIKE = 0.12
_NAME_OUT_OF_PLACE = 0.15
_NAMES = (Sort.PLACE, Sort.PERSON, Sort.DOCUMENT)
Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """Where an item of a sentence stands in what is cited: ``source.analysis.items[at]``.

    Attributes:
        like: share of what stands around the item that stands around it there too, 0 to 1.
    """

    source: Source
    at: int
    like: float
    approximate: bool = False

    @property
    def item(self) -> Item:
        return self.source.analysis.items[self.at]


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


def landmarks(analysis: Analysis, item: Item) -> list[tuple[tuple[str, ...], float]]:
    """What stands around an item of a sentence: phrases for each word or landmark, and its weight."""
    found: list[tuple[tuple[str, ...], float]] = []
    for token in analysis.tokens:
        apart = max(item.x - token.x, token.x - item.x_end, 0.0)
        if apart > _REACH or item.start <= token.start < item.end:
            continue
        if token.steep:
            if apart <= 2.5 and token.start < item.start:
                found.append((tuple(f"~{phrase}" for phrase in token.phrases), token.weight))
            continue
        found.append((token.phrases, token.weight * _DECAY**apart))
    for other in analysis.items:
        if other.key and other is not item:
            apart = max(item.x - other.x_end, other.x - item.x_end, 0.0)
            if apart <= _REACH:
                found.append(((other.key,), 1.5 * _DECAY**apart))
    return found


def likeness(
    around: Sequence[tuple[tuple[str, ...], float]], context: dict[str, float], rarity: Weights
) -> float:
    """Share of the landmarks, by weight and rarity, that a context holds."""
    whole = held = 0.0
    for phrases, weight in around:
        weight *= rarity.get(phrases[0], 1.0)
        whole += weight
        held += weight * max((_strength(phrase, context) for phrase in phrases), default=0.0)
    return held / whole if whole else 0.0


def _strength(phrase: str, context: dict[str, float]) -> float:
    if " " not in phrase:
        return context.get(phrase, 0.0)
    parts = [context.get(part, 0.0) for part in phrase.split(" ")]
    low = min(parts)
    return low if low else 0.4 * sum(parts) / len(parts)


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
        others = [found for found in like if not _compatible(item, found)]
        nearest = max(others, key=lambda found: found.like, default=None)
        if equal:
            first.append(Match(item, max(equal, key=lambda found: found.like), rival=nearest))
        elif _named_around(item, sources, analysis):
            instead = nearest if nearest is not None and _instead(item, nearest, wanted) else None
            first.append(Match(item, None, missing=instead is not None, rival=instead))
        else:
            fit = nearest if nearest is not None and nearest.like >= _LEAST_LIKE else None
            first.append(Match(item, None, missing=True, rival=fit))
    placed = [_placed(analysis, match, first, everything, around, rarity) for match in first]
    return [_said_twice(analysis, match, placed, everything) for match in placed]


def _of_part(item: Item, like: list[Found], parts: Sequence[tuple[int, frozenset[int]]]) -> list[Found]:
    """What of the candidates is of the sources of the item's own part."""
    markers = next((markers for end, markers in parts if item.start < end), None)
    if markers is None or item.sort not in (Sort.FIGURE, Sort.MOMENT, Sort.DOCUMENT):
        return like
    return [found for found in like if found.source.marker in markers]


def _instead(item: Item, nearest: Found, wanted: Sequence[Item]) -> bool:
    """A year that only a title has, where the very words stand with another that the sentence does not name."""
    mine, other = item.value, nearest.item.value
    if not isinstance(mine, Moment) or not isinstance(other, Moment) or mine.month is not None:
        return False
    said = {value.year for value in (i.value for i in wanted) if isinstance(value, Moment)}
    return nearest.like >= _INSTEAD and other.year is not None and other.year not in said


_INSTEAD = 0.5


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
        if _compatible(match.item, rival) or not _comparable(analysis, match.item, rival):
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
            if not _comparable(analysis, claimed.item, match.best):
                continue
            told = exchange(around[id(match.item)], around[id(claimed.item)], match.best, rival, rarity)
            gain, limit = -told, _EXCHANGED
        else:
            beside = rival.source is match.best.source and _sentence(rival) == _sentence(match.best)
            if beside and _in_table(rival):
                beside = False  # the name of the column tells its cells apart
            limit = _BESIDE if beside else _NAME_OUT_OF_PLACE if match.item.sort in _NAMES else _OUT_OF_PLACE
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
        cited = max(_strength(p, context) for p in phrases) - max(_strength(p, opposite) for p in phrases)
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
        and not _compatible(match.item, found)
        and _comparable(analysis, match.item, found)
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


def _one(found: Found, other: Found) -> bool:
    return found.source is other.source and found.at == other.at


def _comparable(analysis: Analysis, item: Item, found: Found) -> bool:
    """Whether the one could stand in the other's place: a share's or a day's."""
    mine, other = item.value, found.item.value
    if isinstance(mine, Figure) and isinstance(other, Figure):
        return mine.percent == other.percent and not other.weak and may_count_alike(analysis, item, found)
    if isinstance(mine, Moment) and isinstance(other, Moment):
        return all((m is None) or (o is not None) for m, o in zip(mine, other, strict=True))
    if isinstance(mine, Reference) and isinstance(other, Reference):
        return mine.name == other.name
    if isinstance(mine, Name) and isinstance(other, Name):
        return fold(mine.value) != fold(other.value)  # of which rank it is, is looked at elsewhere
    return True


def _compatible(item: Item, found: Found) -> bool:
    return same(item, found, exactly=True) or same(item, found, exactly=False)


def same(item: Item, found: Found, *, exactly: bool) -> bool:
    """Whether an item says what one of a source says, or at least comes near it."""
    mine, other = item.value, found.item.value
    if isinstance(mine, Figure) and isinstance(other, Figure):
        return mine.equals(other) if exactly else mine.approximates(other)
    if isinstance(mine, Moment) and isinstance(other, Moment):
        return mine.within(other, found.source.years)
    if isinstance(mine, Reference) and isinstance(other, Reference):
        return _one_reference(mine, other, found.source)
    if isinstance(mine, Name) and isinstance(other, Name):
        if mine.value == other.value or other.value in mine.also:
            theirs = other.rank or _implied(other, found.source)
            return not (mine.rank and theirs and mine.rank != theirs)
        if item.sort in (Sort.BODY, Sort.OFFICE):
            return False
        left, right = _in_common(mine, other)
        return left == right if exactly else f" {left} " in f" {right} " or f" {right} " in f" {left} "
    if isinstance(mine, Direction) and isinstance(other, Direction):
        return mine.scale == other.scale and mine.pole == other.pole
    return False


def _one_reference(mine: Reference, other: Reference, source: Source) -> bool:
    if (mine.name, mine.number) != (other.name, other.number):
        return False
    if mine.canonical and other.canonical:
        return mine.canonical == other.canonical
    # "Chỉ thị 05" may be any issuer's, unless the passage itself says whose.
    whole = {
        item.value.canonical
        for item in (*source.analysis.items, *source.around.items)
        if isinstance(item.value, Reference) and item.value.number == mine.number and item.value.canonical
    }
    said = mine.canonical or other.canonical
    return not said or not whole or said in whole


def _named_around(item: Item, sources: Sequence[Source], analysis: Analysis) -> bool:
    """What is not an item of a passage may be one of its headings or title, or a name within a longer one."""
    value = item.value
    for source in sources:
        for other in source.around.items:
            if other.sort is item.sort and _says(value, other.value, source, item.sort):
                return True
        if isinstance(value, Name):
            if any(f" {' '.join(words(name))} " in source.phrases for name in value.also):
                return True
            if value.rank and _other_rank(value, source):
                continue
            exact = f" {value.value} " in source.phrases
            loose = analysis.english or value.value.isascii()
            if exact or (loose and f" {' '.join(map(fold, value.value.split()))} " in folded_phrases(source)):
                return True
        if isinstance(value, Reference) and value.name == "ordinal" and not _has_ordinals(source):
            return True  # "thứ hai" of what a list has by "Hai là" or "b)"
        if isinstance(value, Moment) and value.month is None and value.year in source.years:
            return True
        if isinstance(value, Reference) and value.name == "document" and _stands(item.text, source):
            return True
    return False


def _has_ordinals(source: Source) -> bool:
    return any(isinstance(i.value, Reference) and i.value.name == "ordinal" for i in source.analysis.items)


def _says(mine: object, other: object, source: Source, sort: Sort) -> bool:
    if isinstance(mine, Moment) and isinstance(other, Moment):
        return mine.within(other, source.years)
    if isinstance(mine, Reference) and isinstance(other, Reference):
        return _one_reference(mine, other, source)
    if isinstance(mine, Figure) and isinstance(other, Figure):
        return mine.equals(other)
    if isinstance(mine, Name) and isinstance(other, Name):
        if mine.rank and other.rank and mine.rank != other.rank:
            return False
        left, right = _in_common(mine, other)
        return left == right
    return False


def _in_common(mine: Name, other: Name) -> tuple[str, str]:
    """Two names as they are compared: by their marks too, where both have any. Trương is not Trường."""
    if mine.value.isascii() or other.value.isascii():
        return fold(mine.value), fold(other.value)
    return mine.value, other.value


def _implied(name: Name, source: Source) -> str:
    """The rank of a place named without one: that of the place its document is about, if of that name."""
    about = source.document.province or ""
    for rank in ("tỉnh", "thành phố"):
        if about.startswith(rank) and fold(" ".join(words(about.removeprefix(rank)))) == fold(name.value):
            return rank
    return ""


def _other_rank(name: Name, source: Source) -> bool:
    """The document is about the unit of that name with the other rank, and the passage names no other."""
    about = source.document.province or ""
    named = fold(" ".join(words(about))).endswith(fold(name.value))
    return named and not about.startswith(name.rank)


def _stands(written: str, source: Source) -> bool:
    return written.strip() in source.passage.text


def may_count_alike(analysis: Analysis, item: Item, found: Found) -> bool:
    """Two figures may count the same, as far as the words right behind them tell."""
    mine, theirs = counted(analysis, item.end), counted(found.source.analysis, found.item.end)
    return not mine or not theirs or alike(mine, theirs)
