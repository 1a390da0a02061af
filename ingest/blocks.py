"""The units an outline is made of, and the lines they are read from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ingest.types import Locator

_PATH_CHARS: Final = 160
_SEPARATOR_ROW: Final = re.compile(r"[\s|:+-]+$")


class BlockKind(StrEnum):
    HEADING = "heading"
    CLAUSE = "clause"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Block:
    """One unit of the outline: ``text[start:end]``, without blanks at its ends.

    Attributes:
        locator: where it stands; a heading stands in the unit it opens.
        heading_path: the headings above it, outermost first; a heading's path includes itself.
            The title of the document is in no path.
    """

    start: int
    end: int
    kind: BlockKind
    locator: Locator
    heading_path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line with text on it: ``text`` without blanks at its ends; ``gap`` tells of a blank line above."""

    start: int
    end: int
    text: str
    gap: bool


def lines_of(text: str) -> list[Line]:
    lines: list[Line] = []
    last = 0
    for match in re.finditer(r"[^\n]+", text):
        bare = match.group().strip()
        if not bare:
            continue
        start = match.start() + match.group().index(bare)
        gap = bool(lines) and text.count("\n", last, start) > 1
        last = start + len(bare)
        lines.append(Line(start, last, bare, gap))
    return lines


def is_row(line: str, *, after_row: bool) -> bool:
    bars, tabs = line.count("|"), line.strip().count("\t")
    return bars >= 2 or tabs >= 2 or (after_row and (bars + tabs >= 1 or bool(_SEPARATOR_ROW.match(line))))


def is_capitals(line: str) -> bool:
    letters = sum(c.isalpha() for c in line)
    return (
        letters >= 6
        and line.isupper()
        and len(line) <= 150
        and len(line.split()) >= 2
        and line.rstrip()[-1] not in ".;,"
    )


def path_label(text: str) -> str:
    line = re.sub(r"\s+", " ", re.sub(r"[*_]{2,}|^\s*#+\s*", "", text)).strip()
    return line if len(line) <= _PATH_CHARS else line[: _PATH_CHARS - 1].rstrip() + "…"
