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
#: Between two figures of a sentence that says them of different things.
_ANEW: Final = re.compile(
    r";|(?<!\w)(?:và|còn|trong khi|trong đó|riêng)(?!\w)|,[^,;]*(?<!\w)(?:có|là|đạt|gồm|được)(?!\w)"
)


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
        anew = _ANEW.search(text, item.end, after.start) is not None
        rival = _rival(one, other, said, anew=anew)
        if rival is not None:
            found.append(Difference(DifferenceKind.NUMBER, after.text, rival.text))
    return found


def _rival(one: Found, other: Found, said: Sequence[Found], *, anew: bool) -> Item | None:
    """The figure that stands beside ``one`` where the sentence has ``other``, which stands beside a third.

    Args:
        anew: the sentence says the two of different things, as far as its words between them tell.
    """
    source = one.source
    if other.source is not source or one.at == other.at or _alike(source, one.item, other.item):
        return None
    mentioned = {found.at for found in said if found.source is source}
    free = [
        item
        for at, item in enumerate(source.analysis.items)
        if at not in mentioned and isinstance(item.value, Figure) and not item.value.weak
    ]
    like_one = [item for item in free if _alike(source, item, one.item)]
    like_other = [item for item in free if _alike(source, item, other.item)]
    here, there = _part(source, one.item), _part(source, other.item)
    if here != there:
        own = [item for item in like_other if _part(source, item) == here]
        third = [item for item in like_one if _part(source, item) == there]
        return own[0] if own and third and not anew else None
    within = [item for item in like_other if _part(source, item) == here]
    beside = [item for item in like_one if _part(source, item) == here]
    if one.item.start < other.item.start:
        # one · its own · another's · other
        own = [item for item in within if one.item.end <= item.start < other.item.start]
        third = [item for item in beside if own and own[0].end <= item.start < other.item.start]
    else:
        # another's · other, one · its own
        text = source.analysis.text
        if not _PARTED.search(text, other.item.end, one.item.start):
            return None
        own = [
            item
            for item in within
            if item.start >= one.item.end and not _PARTED.search(text, one.item.end, item.start)
        ]
        third = [item for item in beside if item.end <= other.item.start]
    return own[0] if own and third else None


def _part(source: Source, item: Item) -> tuple[int, int]:
    """The sentence of an item, and how many semicolons stand before it there."""
    sentence = source.sentence_of(item.start)
    return sentence, source.analysis.text.count(";", source.spans[sentence][0], item.start)


def _alike(source: Source, item: Item, other: Item) -> bool:
    """Both count the same, as far as the words behind them tell."""
    mine, theirs = counted(source.analysis, item.end), counted(source.analysis, other.end)
    return bool(mine) and bool(theirs) and alike(mine, theirs)
