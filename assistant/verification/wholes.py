"""Which of two figures of a sentence is a part of the other: "trong tổng số 8.418 đảng viên, có 3.478 …"."""

from __future__ import annotations

from typing import Final

from assistant.unmarked import Pattern
from assistant.verification.analysis import Analysis, Item
from assistant.verification.counted import alike, counted
from assistant.verification.figures import Figure

#: What stands before the figure of a whole; between the two a word that bounds it may stand.
_WHOLE: Final = Pattern(
    r"(?<!\w)(?:trong (?:tổng )?số|trên tổng số|của tổng số|trong tổng|trên|out of|(?:out )?of a total of)"
    r"(?: (?:hơn|gần|khoảng|chừng|over|nearly|about|some))?\s*$"
)


def is_part_and_whole(analysis: Analysis, one: Item, other: Item) -> bool:
    """The sentence makes the smaller of two figures a part of the larger.

    Their places need no words to tell them apart then: exchanged, the part would be larger than the whole.
    """
    mine, their = one.value, other.value
    if not isinstance(mine, Figure) or not isinstance(their, Figure) or mine.percent or their.percent:
        return False
    small, large = sorted((one, other), key=lambda item: _size(item))
    if _size(small) >= _size(large) or _WHOLE.search(analysis.text[: large.start]) is None:
        return False
    kinds = counted(analysis, small.end), counted(analysis, large.end)
    return not all(kinds) or alike(*kinds) or alike(kinds[1], kinds[0])


def _size(item: Item) -> float:
    return float(item.value.values[0]) if isinstance(item.value, Figure) else 0.0
