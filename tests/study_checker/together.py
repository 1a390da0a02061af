"""Items with several parts: pairs and steps, in sentences and in rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from .documents import Documents
from .model import Item, Proof
from .words import Date, dates, figures, plain, says, tokens

Fault = tuple[str, str]

_LETTERS = "abcdđeghiklmnopq"
#: Characters between a document's number and its date: ", ngày 25/10/2021".
_NEXT = 12
_HIGH = re.compile(r"\b(?:cao|nhiều|lớn|highest|most|largest)\b", re.IGNORECASE)
_LOW = re.compile(r"\b(?:thấp|ít|nhỏ|lowest|least|smallest)\b", re.IGNORECASE)


def matched(item: Item, documents: Documents) -> Iterator[Fault]:
    if len(item.pairs) < 2:
        yield "form", f"{len(item.pairs)} pairs"
    for side, texts in (("left", [a for a, _ in item.pairs]), ("right", [b for _, b in item.pairs])):
        if len({plain(text) for text in texts}) < len(texts):
            yield "form", f"a text stands twice on the {side}"
    quotes = [proof.quote for proof in item.proofs]
    columns = {_column(quotes, left, right) for left, right in item.pairs}
    if len(columns) > 1 and None not in columns:
        yield "pair", f"from columns {sorted(map(str, columns))} of the table"
    named = _named_column(item, documents)
    if named is not None and None not in columns and columns != {named}:
        yield "pair", "not from the column that the stem names"
    members = [text for pair in item.pairs for text in pair]
    for left, right in item.pairs:
        if not any(_together(quote, left, right, members) for quote in quotes):
            yield "pair", f"nothing quoted says so: {left} – {right}"
    for left, own in item.pairs:
        for other, right in item.pairs:
            if other == left or right in (own, left) or (right, left) in item.pairs:
                continue
            told = [quote for quote in quotes if " | " not in quote and not says(quote, own)]
            if any(_together(quote, left, right, members) for quote in told):
                yield "pair", f"what is quoted says this too: {left} – {right}"


def ordered(item: Item, documents: Documents) -> Iterator[Fault]:
    if len(item.steps) < 3:
        yield "form", f"{len(item.steps)} steps"
    if len({plain(step) for step in item.steps}) < len(item.steps):
        yield "form", "a step stands twice"
    held: list[tuple[Proof, int]] = []
    for step in item.steps:
        found = [(p, spans(p.quote, step)[0][1]) for p in item.proofs if spans(p.quote, step)]
        if not found:
            yield "order", f"nothing quoted has the step: {step}"
            return
        # Where its date stands next to it; else a quote of its own rather than one that it shares.
        held.append(min(found, key=lambda one: (_undated(*one), len(one[0].quote))))
    places = _sizes(item, held, documents) or _places(held, documents)
    for place, (first, second) in enumerate(pairwise(places)):
        if not first < second:
            one, other = item.steps[place : place + 2]
            yield "order", f"not in this order by what is quoted: {one} – {other}"


def _undated(proof: Proof, place: int) -> bool:
    return not any(0 <= start - place <= _NEXT for _, start, _ in dates(proof.quote))


def _cells(quote: str) -> list[str]:
    return [cell.strip() for cell in quote.strip().strip("|").split("|")] if " | " in quote else []


def _column(quotes: list[str], left: str, right: str) -> int | None:
    """The column of a table's row in which a pair's right text stands; ``None`` outside tables."""
    for quote in quotes:
        cells = _cells(quote)
        if any(tokens(cell) == tokens(left) for cell in cells):
            return next((n for n, cell in enumerate(cells) if n and says(cell, right)), -1)
    return None


def _named_column(item: Item, documents: Documents) -> int | None:
    """The column whose head the stem names between quotation marks; the head stands in the document."""
    called = [plain(name) for name in re.findall(r"“([^”]*)”", item.stem)]
    width = max((len(_cells(proof.quote)) for proof in item.proofs), default=0)
    rows = (_cells(row) for p in item.proofs for text in documents.of(p) for row in text.splitlines())
    for cells in rows:
        if width and len(cells) >= width:
            for number, cell in enumerate(cells):
                if number and plain(cell) in called:
                    return number
    return None


def _together(quote: str, left: str, right: str, members: list[str]) -> bool:
    """Both stand in the quote, as cells of a row, or with no member of another pair between them."""
    cells = _cells(quote)
    if cells and any(tokens(cell) == tokens(left) for cell in cells):
        return any(says(cell, right) for cell in cells[1:])
    others = [spans(quote, text) for text in members if text not in (left, right)]
    for a in spans(quote, left):
        for b in spans(quote, right):
            low, high = min(a[1], b[1]), max(a[0], b[0])
            if not any(low <= start and end <= high for places in others for start, end in places):
                return True
    return False


def spans(text: str, part: str) -> list[tuple[int, int]]:
    """Where a part stands, by its words, or by its figure or date alone."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\d+(?:[.,/]\d+)*%?|\w+", text)]
    wanted, held = tokens(part), [plain(text[a:b]) for a, b in words]
    size = len(wanted)
    found = [
        (words[i][0], words[i + size - 1][1])
        for i in range(len(words) - size + 1)
        if size and tuple(held[i : i + size]) == wanted
    ]
    if found:
        return found
    marks = [((d, False), a, b) for d, a, b in dates(text)]
    stated = [((f.value, f.percent), f.start, f.end) for f in figures(text)]
    keys = [(d, False) for d, _, _ in dates(part)] + [(f.value, f.percent) for f in figures(part)]
    if len(keys) == 1 and says(text, part):
        return [(a, b) for mark, a, b in [*marks, *stated] if mark == keys[0] or _within(keys[0][0], mark[0])]
    return []


def _within(one: object, other: object) -> bool:
    return isinstance(one, Date) and isinstance(other, Date) and one.within(other)


def _sizes(item: Item, held: list[tuple[Proof, int]], documents: Documents) -> list[tuple[object, ...]]:
    """The steps' figures, signed so that they rise, where the stem asks for an order by size."""
    high, low = _HIGH.search(item.stem), _LOW.search(item.stem)
    if not high and not low:
        return []
    sign = -1 if high and (not low or high.start() < low.start()) else 1
    column = _named_column(item, documents)
    sizes = [_size(proof.quote, place, column) for proof, place in held]
    return [(sign * size,) for size in sizes if size is not None] if None not in sizes else []


def _size(quote: str, place: int, column: int | None) -> Fraction | None:
    cells = _cells(quote)
    if cells:
        told = cells[column] if column is not None and column < len(cells) else cells[-1]
        return next((figure.value for figure in figures(told)), None)
    after = [figure for figure in figures(quote) if figure.start >= place]
    return after[0].value if after else None


def _places(held: list[tuple[Proof, int]], documents: Documents) -> list[tuple[object, ...]]:
    """Of each step: its date if all have one, else its number if all have one, else its place in the text."""
    days = [_nearest(proof.quote, place) for proof, place in held]
    if all(days) and len({day.order for day in days if day}) == len(days):
        return [day.order for day in days if day]
    numbers = [_number(proof.quote) for proof, _ in held]
    if all(number is not None for number in numbers) and len(set(numbers)) == len(numbers):
        return [(number,) for number in numbers]
    return [(proof.document, _start(proof, documents) + place) for proof, place in held]


def _start(proof: Proof, documents: Documents) -> int:
    if proof.start >= 0:
        return proof.start
    places = [text.find(proof.quote) for text in documents.texts.values() if proof.quote in text]
    return places[0] if places else 0


def _nearest(quote: str, place: int) -> Date | None:
    found = dates(quote)
    after = [one for one in found if one[1] >= place]
    return min(after or found, key=lambda one: abs(one[1] - place))[0] if found else None


def _number(quote: str) -> int | None:
    """Of a line that begins with one: "Bước 2", "2.", "b)"."""
    match = re.match(r"\s*(?:(?:bước|bài|thứ|điều|khoản)\s+)?(\d{1,2}|[a-zđ])\s*[.):]", quote, re.IGNORECASE)
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else _LETTERS.find(match[1].lower())
