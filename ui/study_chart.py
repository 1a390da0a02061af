"""A series of figures as a chart drawn in SVG, with the same figures in words beside it. Pure functions."""

from __future__ import annotations

from assistant.study.types import Series
from ui.controls import marks
from ui.escape import inert_line
from ui.study_parts import Shown

#: Units of the picture: its width, that of the names, of the figures, the height of a bar and of a row.
_WIDTH, _NAMES, _VALUES = 680, 240, 90
_BAR, _ROW = 20, 32
_LONGEST_NAME = 30


def chart(series: Series, shown: Shown, *, cited: bool = True) -> str:
    """A figure: horizontal bars from nought, each with its name and the figure as its source writes it.

    Args:
        cited: with a table of the figures and their sources under it.
    """
    title = f"{series.title} ({series.unit})" if series.unit else series.title
    told = "; ".join(f"{point.label}: {point.written}" for point in series.points)
    most = max((abs(point.value) for point in series.points), default=0.0) or 1.0
    room = _WIDTH - _NAMES - _VALUES
    rows = ""
    for at, point in enumerate(series.points):
        top, width = at * _ROW + (_ROW - _BAR) // 2, room * abs(point.value) / most
        middle = top + _BAR * 0.72
        rows += (
            f'<text class="pba-svg-name" x="{_NAMES - 10}" y="{middle:.1f}" text-anchor="end">'
            f"{inert_line(point.label, _LONGEST_NAME)}</text>"
            f'<rect class="pba-svg-bar" x="{_NAMES}" y="{top}" width="{width:.1f}" height="{_BAR}"'
            f' rx="2"></rect>'
            f'<text class="pba-svg-value" x="{_NAMES + width + 8:.1f}" y="{middle:.1f}">'
            f"{inert_line(point.written)}</text>"
        )
    height = len(series.points) * _ROW
    picture = (
        f'<svg class="pba-svg" viewBox="0 0 {_WIDTH} {height}" role="img"'
        f' aria-label="{inert_line(f"{title}. {told}")}"><line class="pba-svg-axis" x1="{_NAMES}" y1="0"'
        f' x2="{_NAMES}" y2="{height}"></line>{rows}</svg>'
    )
    if not cited:
        return picture
    figures = "".join(
        f"<li>{inert_line(point.label)}: {inert_line(point.written)}{marks((point.citation,))}</li>"
        for point in series.points
    )
    return (
        f'<figure class="pba-figure"><figcaption>{inert_line(title)}</figcaption>{picture}'
        f'<ul class="pba-figures" aria-label="{inert_line(shown.texts.chart_figures)}">{figures}</ul>'
        f"</figure>"
    )
