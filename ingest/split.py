"""Document → passages that follow its structure and fit the embedding model.

A passage stays inside one unit (article, section, titled clause); small neighbours of a unit share a
passage; what is too long is cut at paragraphs, then sentences, then clauses, then words. No character
is lost: passages cover everything that is not blank, each character once.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from ingest.sentences import clauses, sentences
from ingest.structure import Block, BlockKind, outline
from ingest.types import Document, Locator, Passage

HEADING_SEPARATOR: Final = " › "
#: A table's header repeated above its further rows is cut to this length.
_HEADER_CHARS: Final = 200
#: Characters a token; a span longer than this times the limit is cut without being counted.
_HOPELESS_CHARS: Final = 40
_LOCATOR_FIELDS: Final = ("part", "chapter", "section", "article", "clause", "point")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A span that will not be cut again unless it alone is too long.

    ``cost`` estimates its tokens beside others; ``header`` is the header of the table it goes on with.
    """

    start: int
    end: int
    cost: int
    locator: Locator
    path: tuple[str, ...]
    header: str = ""
    opens: bool = False


def split(document: Document, *, count_tokens: Callable[[str], int], max_tokens: int = 256) -> list[Passage]:
    """The passages of ``document``, in order.

    Args:
        count_tokens: tokens of a text as the embedding model reads it, special tokens included.
        max_tokens: no passage has more, by ``count_tokens``.

    Raises:
        ValueError: ``max_tokens`` has no room for a single character beside the special tokens.
        OffsetMismatch: a passage is not its span of the document (never, unless there is a defect).
    """
    meter = _Meter(document.text, count_tokens, max_tokens)
    starts = [page.start for page in document.pages]
    passages: list[Passage] = []
    for unit in _units(outline(document.text)):
        pieces = list(_pieces(unit, meter))
        for group in _packed(pieces, meter):
            start, end = group[0].start, group[-1].end
            number = len(passages) + 1
            body = [p for p in group if not p.opens] or group
            passage = Passage(
                id=f"{document.id}#{number}",
                document_id=document.id,
                ordinal=number,
                start=start,
                end=end,
                text=document.text[start:end],
                locator=replace(_common(p.locator for p in body), page=_page(document, starts, start)),
                heading=HEADING_SEPARATOR.join(
                    filter(None, [*_common_path(p.path for p in body), group[0].header])
                ),
            )
            passage.check(document)
            passages.append(passage)
    return passages


class _Meter:
    """Counts tokens of spans of one text, and remembers what it costs to ask."""

    def __init__(self, text: str, count_tokens: Callable[[str], int], limit: int) -> None:
        self.text = text
        self.limit = limit
        self._count = count_tokens
        self.overhead = count_tokens("")
        if self.overhead >= limit:
            raise ValueError(f"max_tokens={limit} leaves no room beside {self.overhead} special tokens.")

    def cost(self, start: int, end: int) -> int:
        """Tokens that the span adds to a passage."""
        return self._count(self.text[start:end]) - self.overhead

    def fits(self, start: int, end: int) -> bool:
        """Whether the span is a passage within the limit, by a true count."""
        return self._count(self.text[start:end]) <= self.limit

    @property
    def room(self) -> int:
        """Tokens a passage has for its text."""
        return self.limit - self.overhead


def _units(blocks: list[Block]) -> Iterator[list[Block]]:
    """Runs of blocks between which no passage may reach; headings go with what they head."""
    waiting: list[Block] = []
    for _, run in groupby(blocks, key=_unit_key):
        unit = list(run)
        if all(b.kind is BlockKind.HEADING for b in unit):
            waiting += unit
        else:
            yield waiting + unit
            waiting = []
    if waiting:
        yield waiting


def _unit_key(block: Block) -> tuple[object, ...]:
    # Inside an article clauses may share a passage, titled or not; elsewhere a title parts them.
    loc = block.locator
    if loc.article is not None:
        return (loc.part, loc.chapter, loc.section, loc.article)
    return (loc.part, loc.chapter, loc.section, *block.heading_path)


def _pieces(unit: list[Block], meter: _Meter) -> Iterator[_Piece]:
    """The blocks of a unit, those too long for a passage in parts."""
    header, in_table = "", False
    for block in unit:
        heading = block.kind is BlockKind.HEADING
        if block.kind is BlockKind.TABLE_ROW:
            if not in_table:
                header = _header(meter.text[block.start : block.end])
            above = header if in_table else ""
            in_table = True
        else:
            in_table, above = False, ""
        for start, end, cost in _fitting(block.start, block.end, meter, 0):
            yield _Piece(start, end, cost, block.locator, block.heading_path, above, heading)


def _fitting(start: int, end: int, meter: _Meter, depth: int) -> Iterator[tuple[int, int, int]]:
    """The span, or the parts of it that fit a passage each: sentences, clauses, words, characters."""
    # Counting costs time; what is so long fits no passage.
    if end - start <= _HOPELESS_CHARS * meter.limit:
        cost = meter.cost(start, end)
        if cost <= meter.room:
            yield start, end, cost
            return
    for cut in (sentences, clauses)[depth:]:
        depth += 1
        parts = cut(meter.text, start, end)
        if len(parts) > 1:
            for part_start, part_end in parts:
                yield from _fitting(part_start, part_end, meter, depth)
            return
    yield from _by_words(start, end, meter)


def _by_words(start: int, end: int, meter: _Meter) -> Iterator[tuple[int, int, int]]:
    """Parts as long as fit, cut between words; a word that is too long alone is cut between characters."""
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", meter.text[start:end])]
    ends = [word_end for _, word_end in words]
    i = 0
    while i < len(words):
        begin, stop = words[i]
        n = _most(begin, ends, i, meter)
        if n:
            yield begin, ends[i + n - 1], meter.cost(begin, ends[i + n - 1])
            i += n
            continue
        while begin < stop:
            n = _most(begin, range(begin + 1, stop + 1), 0, meter)
            if n == 0:
                raise ValueError(f"max_tokens={meter.limit} is too small for {meter.text[begin]!r} alone.")
            yield begin, begin + n, meter.cost(begin, begin + n)
            begin += n
        i += 1


def _most(begin: int, ends: Sequence[int], at: int, meter: _Meter) -> int:
    """How many of ``ends[at:]`` can be taken so that the text from ``begin`` to the last fits; 0 if none.

    Found by doubling, then halving: few counts, none of a text much longer than what fits.
    """
    limit = len(ends) - at
    low, high = 0, 1
    while high <= limit and meter.fits(begin, ends[at + high - 1]):
        low, high = high, high * 2
    high = min(high, limit + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if meter.fits(begin, ends[at + middle - 1]):
            low = middle
        else:
            high = middle
    return low


def _packed(pieces: list[_Piece], meter: _Meter) -> Iterator[list[_Piece]]:
    """Neighbouring pieces together, as evenly as whole pieces allow, each group within the limit."""
    total = sum(p.cost for p in pieces)
    groups = max(1, -(-total // meter.room))
    target = -(-total // groups)
    i = 0
    while i < len(pieces):
        n, used = 1, pieces[i].cost
        while i + n < len(pieces):
            piece = pieces[i + n]
            enough = used >= target - piece.cost // 2 and not pieces[i + n - 1].opens
            if used + piece.cost > meter.room or enough:
                break
            used += piece.cost
            n += 1
        if n < len(pieces) - i:  # a heading is no end: it goes with what follows
            while n > 1 and pieces[i + n - 1].opens:
                n -= 1
        while n > 1 and not meter.fits(pieces[i].start, pieces[i + n - 1].end):
            n -= 1
        yield pieces[i : i + n]
        i += n


def _common(locators: Iterable[Locator]) -> Locator:
    """What all the locators agree on, outermost first; nothing below the first difference."""
    found = list(locators)
    shared = Locator()
    for name in _LOCATOR_FIELDS:
        values = {getattr(locator, name) for locator in found}
        if len(values) > 1:
            break
        shared = replace(shared, **{name: values.pop()})
    return shared


def _common_path(paths: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    found = list(paths)
    shared: list[str] = []
    for names in zip(*found, strict=False):
        if len(set(names)) > 1:
            break
        shared.append(names[0])
    return tuple(shared)


def _page(document: Document, starts: list[int], offset: int) -> int | None:
    at = bisect.bisect_right(starts, offset) - 1
    if at < 0:
        return None
    page = document.pages[at]
    return page.number if offset < page.end else None


def _header(row: str) -> str:
    cells = [re.sub(r"\s+", " ", cell).strip() for cell in re.split(r"[|\t]", row)]
    return " | ".join(cell for cell in cells if cell)[:_HEADER_CHARS].strip()
