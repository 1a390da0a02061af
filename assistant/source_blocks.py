"""A document's text as the blocks that a viewer lays out, every one with its offsets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.structure import BlockKind, outline
from ingest.types import Document

#: A heading longer than this is a paragraph to the eye.
_LONGEST_HEADING = 160


@dataclass(frozen=True, slots=True)
class TextBlock:
    """``document.text[start:end] == text``: a heading, paragraph, clause, list item or table row.

    Attributes:
        kind: ``"heading"``, ``"paragraph"``, ``"clause"``, ``"list_item"`` or ``"table_row"``.
        depth: of a heading, 0 for the title; of anything else, how many headings are above it.
        page: 1-based number of the page it stands on, ``None`` without pages.
    """

    kind: str
    depth: int
    start: int
    end: int
    text: str
    page: int | None = None


def blocks_of(document: Document) -> tuple[TextBlock, ...]:
    """The blocks of the whole text in order; a block that goes on on the next page is cut there.

    Every character that is no blank is in exactly one of them. 0.2 s for a million characters.
    """
    text = document.text
    cuts = [page.start for page in document.pages]
    numbers = [page.number for page in document.pages]
    found: list[TextBlock] = []
    page = -1
    for block in outline(text):
        kind = block.kind
        if kind is BlockKind.HEADING and block.end - block.start > _LONGEST_HEADING:
            kind = BlockKind.PARAGRAPH
        inner = [cut for cut in cuts[page + 1 :] if block.start < cut < block.end]
        for start, end in pairwise([block.start, *inner, block.end]):
            while page + 1 < len(cuts) and cuts[page + 1] <= start:
                page += 1
            bare = text[start:end].rstrip()
            if bare:
                found.append(
                    TextBlock(
                        kind=kind.value,
                        depth=len(block.heading_path),
                        start=start,
                        end=start + len(bare),
                        text=bare,
                        page=numbers[page] if page >= 0 else None,
                    )
                )
    return tuple(found)


def window(blocks: Sequence[TextBlock], around: int, before: int, after: int) -> range:
    """Indices of the blocks that lie within some characters of the offset ``around``, whole pages only."""
    if not blocks:
        return range(0)
    chosen = [
        i for i, block in enumerate(blocks) if block.end > around - before and block.start < around + after
    ]
    first, last = (chosen[0], chosen[-1]) if chosen else (0, 0)
    return whole_pages(blocks, range(first, last + 1))


def whole_pages(blocks: Sequence[TextBlock], chosen: range) -> range:
    """``chosen``, extended to the ends of the pages it begins and ends on."""
    first, stop = chosen.start, chosen.stop
    while (
        0 < first < len(blocks)
        and blocks[first].page is not None
        and blocks[first - 1].page == blocks[first].page
    ):
        first -= 1
    while (
        0 < stop < len(blocks)
        and blocks[stop].page is not None
        and blocks[stop - 1].page == blocks[stop].page
    ):
        stop += 1
    return range(first, stop)
