"""Whether an item of a sentence says what one of a source says, however each is written."""

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


def comparable(analysis: Analysis, item: Item, found: Found) -> bool:
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


def compatible(item: Item, found: Found) -> bool:
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


def named_around(item: Item, sources: Sequence[Source], analysis: Analysis) -> bool:
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


def is_subject(item: Item, source: Source) -> bool:
    """An item names the place that a document is about."""
    name, about = item.value, source.document.province or ""
    if not isinstance(name, Name) or item.sort is not Sort.PLACE or not about:
        return False
    rank = next((rank for rank in ("tỉnh", "thành phố") if about.startswith(rank)), "")
    named = fold(" ".join(words(about.removeprefix(rank))))
    return named == fold(name.value) and name.rank in ("", rank)


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
