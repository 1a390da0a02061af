"""The plots of a report as inline SVG: small, without script, coloured by the classes of the page's style."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from assistant.evaluate.wording import ReportWording

_WIDTH = 360.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 12.0, 10.0, 40.0
_HEIGHT = 220.0
_ROW = 24.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a share with its interval."""

    label: str
    value: float
    interval: tuple[float, float] | None
    note: str


def bars(rows: Sequence[Bar], title: str, words: ReportWording) -> str:
    """Shares from 0 to 1 as bars, their intervals as whiskers, the label above each bar."""
    row = _ROW + 16
    height = row * len(rows) + 6
    left, right = 2.0, 58.0
    width = _WIDTH - left - right

    def x(value: float) -> float:
        return left + width * min(max(value, 0.0), 1.0)

    parts = []
    for at, bar in enumerate(rows):
        top = at * row
        middle = top + 26
        parts.append(
            f'<text x="{left}" y="{top + 13:.1f}">{escape(bar.label)}'
            f'<tspan class="soft" dx="6">{escape(bar.note)}</tspan></text>'
        )
        parts.append(
            f'<rect class="track" x="{left}" y="{middle - 7:.1f}" width="{width:.1f}" height="14" rx="2"/>'
        )
        parts.append(
            f'<rect class="bar" x="{left}" y="{middle - 7:.1f}" width="{x(bar.value) - left:.1f}"'
            ' height="14" rx="2"/>'
        )
        if bar.interval:
            low, high = x(bar.interval[0]), x(bar.interval[1])
            parts.append(
                f'<path class="whisker" d="M{low:.1f} {middle:.1f}H{high:.1f}M{low:.1f} {middle - 4:.1f}v8'
                f'M{high:.1f} {middle - 4:.1f}v8"/>'
            )
        parts.append(
            f'<text x="{_WIDTH - 2}" y="{middle + 4:.1f}" class="end">{words.figure(bar.value)}</text>'
        )
    return _svg(height, title, parts)


def curve(
    points: Sequence[tuple[float, float]], title: str, across: str, up: str, words: ReportWording
) -> str:
    """A curve through points between 0 and 1."""
    parts = _axes([0, 0.25, 0.5, 0.75, 1], [0, 0.25, 0.5, 0.75, 1], 1.0, across, up, _plain(words))
    if points:
        path = "L".join(f"{_x(a, 1.0):.1f} {_y(b):.1f}" for a, b in points)
        parts.append(f'<path class="line" d="M{path}"/>')
        if len(points) == 1:
            parts.append(
                f'<circle class="dot" cx="{_x(points[0][0], 1.0):.1f}" cy="{_y(points[0][1]):.1f}" r="3"/>'
            )
    return _svg(_HEIGHT, title, parts)


def cumulative(
    values: Sequence[float],
    marks: Sequence[tuple[str, float]],
    title: str,
    across: str,
    up: str,
    words: ReportWording,
) -> str:
    """The share of values up to each value, as steps; ``marks`` are dashed lines with a label."""
    ordered = sorted(values)
    step = _step(ordered[-1] if ordered else 1.0)
    most = step * max(1, math.ceil((ordered[-1] if ordered else 1.0) / step))
    ticks = [step * at for at in range(round(most / step) + 1)]
    parts = _axes(ticks, [0, 0.25, 0.5, 0.75, 1], most, across, up, _plain(words))
    path = f"M{_x(0, most):.1f} {_y(0):.1f}"
    for number, value in enumerate(ordered, start=1):
        path += f"H{_x(value, most):.1f}V{_y(number / len(ordered)):.1f}"
    parts.append(f'<path class="line" d="{path}H{_x(most, most):.1f}"/>')
    for at, (label, value) in enumerate(marks):
        left = _x(value, most)
        end = left > _WIDTH - 60
        parts.append(f'<path class="mark" d="M{left:.1f} {_y(1):.1f}V{_y(0):.1f}"/>')
        parts.append(
            f'<text x="{left + (-4 if end else 4):.1f}" y="{_y(0) - 8 - 14 * at:.1f}"'
            f' class="{"end" if end else "start"}">{escape(label)}</text>'
        )
    return _svg(_HEIGHT, title, parts)


def _axes(
    across: Sequence[float],
    up: Sequence[float],
    most: float,
    across_label: str,
    up_label: str,
    written: Callable[[float], str],
) -> list[str]:
    parts = []
    for value in up:
        parts.append(f'<path class="grid" d="M{_LEFT} {_y(value):.1f}H{_WIDTH - _RIGHT}"/>')
        parts.append(
            f'<text x="{_LEFT - 5}" y="{_y(value) + 4:.1f}" class="end soft">{written(value)}</text>'
        )
    below = _HEIGHT - _BOTTOM + 15
    parts += [
        f'<text x="{_x(value, most):.1f}" y="{below:.1f}" class="middle soft">{written(value)}</text>'
        for value in across
    ]
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{_HEIGHT - 6}" class="middle">{escape(across_label)}</text>')
    height = (_TOP + _HEIGHT - _BOTTOM) / 2
    parts.append(
        f'<text transform="translate(11 {height}) rotate(-90)" class="middle">{escape(up_label)}</text>'
    )
    return parts


def _svg(height: float, title: str, parts: Sequence[str]) -> str:
    head = f'<svg viewBox="0 0 {_WIDTH:g} {height:g}" role="img" aria-label="{escape(title)}">'
    return head + "".join(parts) + "</svg>"


def _x(value: float, most: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * value / most


def _y(share: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - share)


def _step(largest: float) -> float:
    """A round distance for four to nine ticks."""
    if largest <= 0:
        return 1.0
    magnitude = 10.0 ** math.floor(math.log10(largest))
    return next(
        magnitude * part for part in (0.1, 0.2, 0.25, 0.5, 1.0, 2.0) if largest / (magnitude * part) <= 6
    )


def _plain(words: ReportWording) -> Callable[[float], str]:
    return lambda value: f"{value:g}".replace(".", words.decimal)
