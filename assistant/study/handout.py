"""The handout: what learners take home on two pages, shorter than the plan, with figures and a chart."""

from __future__ import annotations

from assistant.study.figures import figure_rows, series_of
from assistant.study.framing import framing
from assistant.study.gather import Material
from assistant.study.marking import Identifiers
from assistant.study.plan import blocks_of, section_title, title_of
from assistant.study.points import key_point
from assistant.study.teaching import Pool
from assistant.study.types import FigureRow, Handout, KeyPoint, Section, Series, Wish

#: Words of two A4 pages at 13–14 points, with a table and a chart.
WORDS = 880
#: Words that a row of the table takes the place of, beside its own; and a chart.
_ROW, _CHART = 4, 90
POINT_WORDS = 52
_POINTS = 18
_ROWS, _SERIES = 9, 1


def handout_of(pool: Pool, material: Material, wish: Wish, ids: Identifiers) -> Handout | None:
    """The handout for a wish; ``None`` where nothing can be taught."""
    words = framing(wish.language)
    if not pool.taught:
        return None
    rows = figure_rows(material, ids, _ROWS)
    series = series_of(material, ids, _SERIES)
    left = WORDS - sum(map(_words_of_row, rows)) - sum(_CHART for _ in series)
    sections = []
    for block in blocks_of(pool, _POINTS):
        points: list[KeyPoint] = []
        for entry in block.taught:
            point = key_point(entry.saying, ids, most=POINT_WORDS)
            if point is not None and len(point.text.split()) <= left:
                points.append(point)
                left -= len(point.text.split())
        if points:
            title = section_title(block, words)
            left -= len(title.split())
            sections.append(Section(ids.new("s"), title, 0, "", tuple(points)))
    return Handout(words.handout.format(topic=title_of(pool, words)), tuple(sections), rows, series)


def length_of(handout: Handout) -> int:
    """Words on its pages, a chart counted as the words that its room would hold."""
    said = [handout.title, *(section.title for section in handout.sections)]
    said += [point.text for section in handout.sections for point in section.points]
    return (
        sum(len(text.split()) for text in said)
        + sum(map(_words_of_row, handout.figures))
        + _charts(handout.series)
    )


def _words_of_row(row: FigureRow) -> int:
    return len(f"{row.label} {row.value} {row.unit} {row.date}".split()) + _ROW


def _charts(series: tuple[Series, ...]) -> int:
    return _CHART * len(series)
