"""Figures of tables and lists: where a sentence names a row, its figures are those of that row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.phrases import fold, words
from assistant.types import Difference
from assistant.verification.analysis import KINDS, Analysis
from assistant.verification.figures import Figure
from assistant.verification.matching import Match
from assistant.verification.sources import Source

#: A row: its label, then figures, parted by bars or by dashes between blanks.
_ROW: Final = re.compile(
    r"^[ \t|]*(?P<label>[^|\n\d]*?[^\W\d_])[ \t]*(?:\||\s[-–]\s)[ \t]*(?P<rest>.*\d.*)$", re.MULTILINE
)
_LEAST: Final = 2  # syllables of a label that can be told from other words


def row_differences(
    analysis: Analysis, matches: Sequence[Match], sources: Sequence[Source], *, folded: bool
) -> list[Difference]:
    """Figures that a table has, but not in any of the rows that the sentence names."""
    said = _plain(analysis.text, folded=folded)
    found = []
    for match in matches:
        if match.best is None or not isinstance(match.item.value, Figure):
            continue
        rows = _rows(match.best.source, folded=folded)
        own = next((row for row in rows if row[1] <= match.best.item.start < row[2]), None)
        named = [row for row in rows if f" {row[0]} " in said]
        if own is None or not named or own in named or _anywhere(match, sources, rows, named):
            continue
        source = match.best.source
        cited = source.analysis.text[named[0][1] : named[0][2]]
        found.append(Difference(KINDS[match.item.sort], match.item.text, cited))
    return found


def _rows(source: Source, *, folded: bool) -> list[tuple[str, int, int]]:
    """Label, start and end of each row of a passage."""
    return [
        (_plain(_bare(row["label"]), folded=folded).strip(), row.start(), row.end())
        for row in _ROW.finditer(source.analysis.text)
        if len(words(row["label"])) >= _LEAST
    ]


def _bare(label: str) -> str:
    """The label without the word for what it names, which a sentence may leave out."""
    bare = _UNIT.sub("", label)
    return bare if len(words(bare)) >= _LEAST else label


_UNIT: Final = re.compile(
    r"^\W*(?:huyện|thành phố|thị xã|tỉnh|xã|phường|chi bộ|đảng bộ|đảng ủy|trường)\s+", re.IGNORECASE
)


def _plain(text: str, *, folded: bool) -> str:
    joined = " ".join(fold(word) if folded else word for word in words(text))
    return f" {joined} "


def _anywhere(
    match: Match,
    sources: Sequence[Source],
    rows: Sequence[tuple[str, int, int]],
    named: Sequence[tuple[str, int, int]],
) -> bool:
    """The figure stands in a named row, or outside of the table."""
    figure = match.item.value
    assert isinstance(figure, Figure)
    assert match.best is not None
    for source in sources:
        for item in source.analysis.items:
            value = item.value
            if not isinstance(value, Figure) or not (figure.equals(value) or figure.approximates(value)):
                continue
            row = next((row for row in rows if row[1] <= item.start < row[2]), None)
            if source is not match.best.source or row is None or row in named:
                return True
    return False
