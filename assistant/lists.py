"""Lists in a document: the sentence that announces items, and every item, however many passages they fill."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.structure import Block, BlockKind

Span = tuple[int, int]

#: Signs of items, by style; items of one list share theirs.
_STYLES: Final = {
    "dash": re.compile(r"\s*[-–+•*](?=\s)"),
    "number": re.compile(r"\s*(?:\*\*)?\d{1,2}[.)](?=\s)"),
    # "i)" is the letter after "h)" or the first of the small Roman numbers: one style, whichever it is.
    "letter": re.compile(r"\s*(?:\*\*)?(?:[a-zđ]|[ivx]{2,4})[.)](?=\s)"),
    "ordinal": re.compile(
        r"\s*(?:thứ|một|hai|ba|bốn|năm|sáu|bảy|tám)(?: (?:nhất|hai|ba|tư|năm|là))\b", re.IGNORECASE
    ),
}
_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: ``lead`` announces it, or is ``None`` where a heading does; ``items`` are all of it."""

    lead: Span | None
    items: tuple[Span, ...]


def style_of(text: str) -> str | None:
    """The style of the sign that ``text`` begins with as an item of a list; ``None`` for none."""
    return next((style for style, sign in _STYLES.items() if sign.match(text)), None)


def announces(text: str) -> bool:
    """Whether a text ends by announcing what follows it."""
    return text.rstrip(" *_\n").endswith(":")


def listing_at(text: str, blocks: Sequence[Block], at: int) -> Listing | None:
    """The list that block number ``at`` announces or is an item of; ``None`` where it is neither.

    Args:
        text: of the document.
        blocks: its outline (``ingest.structure.outline``).
    """

    def content(position: int) -> str:
        block = blocks[position]
        return text[block.start : block.end]

    if announces(content(at)) and at + 1 < len(blocks) and style_of(content(at + 1)):
        lead, first = at, at + 1
    else:
        style = style_of(content(at))
        if style is None or blocks[at].kind is BlockKind.HEADING:
            return None
        first = above = at
        while above > 0 and _goes_with(content(above - 1), style, blocks[above - 1]):
            above -= 1
            if style_of(content(above)) == style:  # what is deeper before the first item is another list
                first = above
        lead = first - 1
        if lead < 0 or not announces(content(lead)) or blocks[lead].kind is BlockKind.TABLE_ROW:
            lead = -1
    style = style_of(content(first))
    items: list[Span] = []
    for position in range(first, min(len(blocks), first + _MOST)):
        block = blocks[position]
        if style is None or not _goes_with(content(position), style, block):
            break
        items.append((block.start, block.end))
    if len(items) < 2:
        return None
    return Listing((blocks[lead].start, blocks[lead].end) if lead >= 0 else None, tuple(items))


def _goes_with(text: str, style: str, block: Block) -> bool:
    """An item of this style, or one of a list within an item."""
    if block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        return False
    own = style_of(text)
    if own == style:
        return True
    deeper = ("number", "letter", "dash")
    return own is not None and style in deeper and own in deeper and deeper.index(own) > deeper.index(style)
