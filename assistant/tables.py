"""Rows of tables as they stand in a text: one a line, cells parted by "|", the names of the columns on top.

A row quoted alone says nothing: "Xã A | 12 | 5" needs "Đơn vị | Đảng viên | Nữ". Everything here works on
the text of the whole document, so that a table cut over several passages keeps its head.
"""

from __future__ import annotations

import re

from assistant.phrases import words

#: Start and end in the document's text.
Span = tuple[int, int]

_BAR = "|"
_SEPARATOR = re.compile(r"[\s|:+=-]+")
_FIGURE = re.compile(r"[\s(+-]*\d[\d.,\s]*(?:%|/\d+)?\s*\)?")
_YEAR = re.compile(r"\s*(?:năm\s+)?(?:19|20)\d\d\s*", re.IGNORECASE)
#: "(1) | (2) | (3)" below the names of the columns.
_NUMBERING = re.compile(r"\s*\(?(?:\d{1,2}|[a-zđ])\)?\s*(?:=.*)?", re.IGNORECASE)
_LEAST_SHARE = 0.5


def header(text: str, offset: int) -> tuple[Span, ...]:
    """The row or rows that name the columns of the row at ``offset``; none where it stands in no table,
    in the head itself, or in a table without one."""
    rows = _rows(text, offset)
    at = next((i for i, (start, end) in enumerate(rows) if start <= offset < end), None)
    if at is None or len(rows) < 2:
        return ()
    depth = _depth(text, rows)
    if not 0 < depth <= at:
        return ()
    return tuple(row for row in rows[:depth] if not _names_nothing(text, row))


def head_spans(text: str, offset: int) -> tuple[Span, ...]:
    """What to quote above the row at ``offset``: its head, rows that follow each other as one span."""
    spans: list[Span] = []
    for start, end in header(text, offset):
        if spans and not text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)


def header_text(text: str, offset: int) -> str:
    """The names of the columns of the row at ``offset`` as one text, for searching; "" without any."""
    return " ".join(text[start:end] for start, end in header(text, offset))


def cells(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The cells of the row ``text[start:end]``, without blanks at their ends; an empty one has no length."""
    line = text[start:end]
    begin = start + (line.startswith(_BAR))
    stop = end - (line.endswith(_BAR) and len(line) > 1)
    found: list[Span] = []
    for piece in re.finditer(r"[^|]*(?:\||$)", text[begin:stop]):
        if piece.end() == piece.start() and found:
            break
        cell = piece.group().rstrip(_BAR)
        bare = cell.strip()
        at = begin + piece.start() + (cell.index(bare) if bare else 0)
        found.append((at, at + len(bare)))
        if not piece.group().endswith(_BAR):
            break
    return tuple(found)


def cell(question: str, text: str, start: int, end: int) -> Span | None:
    """The cell of the row ``text[start:end]`` whose column the question names, if it names just one.

    Where the names of two columns follow each other ("đảng viên nữ"), the latter is the closer one.
    """
    row = cells(text, start, end)
    heads = [[text[slice(*span)] for span in cells(text, *line)] for line in header(text, start)]
    heads = [head for head in heads if len(head) == len(row)]
    if not heads or len(row) < 2:
        return None
    label = next((i for i, span in enumerate(row) if any(c.isalpha() for c in text[slice(*span)])), 0)
    asked = list(words(question))
    _strike(asked, list(words(text[slice(*row[label])])))
    named: list[tuple[float, frozenset[int], Span]] = []
    for column, span in enumerate(row):
        name = set(words(" ".join(head[column] for head in heads)))
        places = frozenset(asked.index(word) for word in name if word in asked)
        if column != label and span[0] < span[1] and places and len(places) >= _LEAST_SHARE * len(name):
            named.append((len(places) / len(name), places, span))
    most = max((share for share, *_ in named), default=0.0)
    best = sorted((entry for entry in named if entry[0] == most), key=lambda entry: max(entry[1]))
    if not best or not all(_closer(other[1], best[-1][1]) for other in best[:-1]):
        return None
    return best[-1][2]


def _closer(general: frozenset[int], special: frozenset[int]) -> bool:
    """Whether the words of one column's name say more than another's: they go on after it or hold it."""
    return general < special or max(general) + 1 == min(special)


def _strike(asked: list[str], label: list[str]) -> None:
    """Take the name of the row out of the question, so that it names no column."""
    for at in range(len(asked) - len(label) + 1 if label else 0):
        if asked[at : at + len(label)] == label:
            asked[at : at + len(label)] = [""] * len(label)
            return


def _rows(text: str, offset: int) -> list[Span]:
    """The lines with bars around the one at ``offset``, that one included, without blanks at their ends."""
    first, last = _line(text, offset)
    if _BAR not in text[first:last]:
        return []
    while first > 0:
        above = _line(text, first - 1)
        if _BAR not in text[slice(*above)]:
            break
        first = above[0]
    while last < len(text):
        below = _line(text, last + 1) if last + 1 < len(text) else (last, last)
        if _BAR not in text[slice(*below)]:
            break
        last = below[1]
    return [
        (match.start(), match.end())
        for match in re.compile(r"[^\s](?:[^\n]*[^\s])?").finditer(text, first, last)
    ]


def _line(text: str, offset: int) -> Span:
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def _depth(text: str, rows: list[Span]) -> int:
    """How many rows on top name the columns, a line of dashes and one of column numbers included."""
    grid = [[text[slice(*span)] for span in cells(text, *row)] for row in rows]
    if _SEPARATOR.fullmatch(text[slice(*rows[1])]):
        return 2
    if _has_figure(grid[0]) or len([name for name in grid[0] if name]) < 2:
        return 0
    if len(grid[0]) == 2:
        # "Họ và tên | …" may be all there is: two columns have a head where figures stand below words.
        below = [row[1] for row in grid[1:] if len(row) == 2]
        return int(2 * sum(bool(_FIGURE.fullmatch(value)) for value in below) > len(below))
    depth = 1
    if len(grid) > 2 and _names_on(grid[1], len(grid[0])) and _has_figure(grid[2]):
        depth = 2
    if len(grid) > depth and _names_nothing(text, rows[depth]):
        depth += 1
    return depth


def _names_nothing(text: str, row: Span) -> bool:
    """A line of dashes, or of the numbers of columns."""
    values = [text[slice(*span)] for span in cells(text, *row)]
    return bool(_SEPARATOR.fullmatch(text[slice(*row)])) or all(map(_NUMBERING.fullmatch, values))


def _names_on(row: list[str], width: int) -> bool:
    """Whether a second row goes on naming columns: as wide as the first, and without figures."""
    return len(row) == width and not _has_figure(row) and sum(map(bool, row)) > 1


def _has_figure(row: list[str]) -> bool:
    return any(_FIGURE.fullmatch(value) and not _YEAR.fullmatch(value) for value in row)
