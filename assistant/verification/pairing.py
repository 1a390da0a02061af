"""Two figures of one fact that are cited of two.

"3 lớp cho 865 người" has both its figures from "13 lớp cho 865 người, 3 lớp cho 471 người".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from assistant.types import Difference, DifferenceKind
from assistant.verification.analysis import Item
from assistant.verification.counted import alike, counted
from assistant.verification.figures import Figure
from assistant.verification.matching import Match
from assistant.verification.sameness import Found
from assistant.verification.sources import Source

_PARTED: Final = re.compile(r"[,;](?!\d)|(?<!\w)và(?!\w)")


def pairing_differences(matches: Sequence[Match], text: str) -> list[Difference]:
    """Figures that a sentence puts beside another one than what is cited does."""
    placed = [
        (match.item, match.best)
        for match in matches
        if match.best is not None and isinstance(match.item.value, Figure) and not match.item.value.weak
    ]
    said = [best for _, best in placed]
    found = []
    for (item, one), (after, other) in pairwise(placed):
        rival = _rival(one, other, said) if ";" not in text[item.end : after.start] else None
        if rival is not None:
            found.append(Difference(DifferenceKind.NUMBER, after.text, rival.text))
    return found


def _rival(one: Found, other: Found, said: Sequence[Found]) -> Item | None:
    """The figure that stands beside ``one`` where the sentence has ``other``, which stands beside a third."""
    source = one.source
    if other.source is not source or one.at == other.at:
        return None
    sentence = source.sentence_of(one.item.start)
    if sentence != source.sentence_of(other.item.start) or _alike(source, one.item, other.item):
        return None
    start, end = source.spans[sentence]
    row = [
        item
        for item in source.analysis.items
        if start <= item.start < end and isinstance(item.value, Figure) and not item.value.weak
    ]
    mentioned = {found.at for found in said if found.source is source}
    free = [item for item in row if source.analysis.items.index(item) not in mentioned]
    if one.item.start < other.item.start:
        # one · its own · another's · other
        own = [
            g for g in free if one.item.end <= g.start < other.item.start and _alike(source, g, other.item)
        ]
        third = [
            g
            for g in free
            if own and own[0].end <= g.start < other.item.start and _alike(source, g, one.item)
        ]
    else:
        # another's · other, one · its own
        text = source.analysis.text
        if not _PARTED.search(text, other.item.end, one.item.start):
            return None
        own = [
            g
            for g in free
            if g.start >= one.item.end
            and _alike(source, g, other.item)
            and not _PARTED.search(text, one.item.end, g.start)
        ]
        third = [g for g in free if g.end <= other.item.start and _alike(source, g, one.item)]
    return own[0] if own and third else None


def _alike(source: Source, item: Item, other: Item) -> bool:
    """Both count the same, as far as the words behind them tell."""
    mine, theirs = counted(source.analysis, item.end), counted(source.analysis, other.end)
    return bool(mine) and bool(theirs) and alike(mine, theirs)
