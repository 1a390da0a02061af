"""A series as a vector drawing: bars from zero, each with its figure as the quote writes it."""

from __future__ import annotations

from typing import Literal

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor

from assistant.study.export.charts import BAR, label_size, upright
from assistant.study.export.measure import lines
from assistant.study.export.pdf_fonts import BOLD, TEXT, bold_width, drawable, register, text_width
from assistant.study.types import Series

_AXIS = HexColor("#808080")
_INK = HexColor("#222222")
_BAR = HexColor(f"#{BAR}")
_Anchor = Literal["start", "middle", "end"]
#: Share of a bar's place that it fills; most of the width that labels beside lying bars may take.
_FILLED, _MOST_LABEL = 0.62, 0.4


def drawing(series: Series, width: float, height: float, size: float) -> Drawing:
    """The chart, ``width`` by ``height`` points, its labels ``size`` points."""
    register()
    size = label_size(series, height, size)
    made = Drawing(width, height)
    values = [point.value for point in series.points]
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0
    if upright(series):
        _standing(made, series, low, span, size)
    else:
        _lying(made, series, low, span, size)
    return made


def _standing(made: Drawing, series: Series, low: float, span: float, size: float) -> None:
    foot = 1.8 * size
    scale = (made.height - foot - 1.4 * size) / span
    place = made.width / len(series.points)
    base = foot - low * scale
    for number, point in enumerate(series.points):
        left, long = number * place + place * (1 - _FILLED) / 2, point.value * scale
        _bar(made, left, min(base, base + long), place * _FILLED, abs(long))
        middle = number * place + place / 2
        _text(made, middle, max(base, base + long) + 0.35 * size, point.written, size, BOLD, "middle")
        _text(made, middle, 0.4 * size, point.label, size, TEXT, "middle")
    made.add(Line(0, base, made.width, base, strokeColor=_AXIS, strokeWidth=0.7))


def _lying(made: Drawing, series: Series, low: float, span: float, size: float) -> None:
    most = _MOST_LABEL * made.width
    labels = [_shortened(lines(point.label, size, most, text_width)) for point in series.points]
    beside = max(text_width(line, size) for label in labels for line in label) + size
    figures = max(bold_width(point.written, size) for point in series.points) + size
    scale = (made.width - beside - figures) / span
    place = made.height / len(series.points)
    base = beside - low * scale
    for number, (point, label) in enumerate(zip(series.points, labels, strict=True)):
        middle = made.height - (number + 0.5) * place
        long, thick = point.value * scale, place * _FILLED
        _bar(made, min(base, base + long), middle - thick / 2, abs(long), thick)
        _text(
            made,
            max(base, base + long) + 0.4 * size,
            middle - 0.35 * size,
            point.written,
            size,
            BOLD,
            "start",
        )
        top = middle - 0.35 * size + 0.6 * size * (len(label) - 1)
        for row, line in enumerate(label):
            _text(made, beside - 0.5 * size, top - 1.2 * size * row, line, size, TEXT, "end")
    made.add(Line(base, 0, base, made.height, strokeColor=_AXIS, strokeWidth=0.7))


def _shortened(label: list[str]) -> list[str]:
    """A label of at most two lines; what is left out is told by an ellipsis."""
    return label if len(label) <= 2 else [label[0], f"{label[1]}…"]


def _bar(made: Drawing, left: float, foot: float, width: float, height: float) -> None:
    bar = Rect(left, foot, width, height)
    bar.fillColor, bar.strokeColor = _BAR, None
    made.add(bar)


def _text(made: Drawing, x: float, y: float, text: str, size: float, font: str, anchor: _Anchor) -> None:
    shown = String(x, y, drawable(text), fontName=font, fontSize=size, fillColor=_INK, textAnchor=anchor)
    made.add(shown)
