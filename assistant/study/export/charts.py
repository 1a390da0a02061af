"""A series as a chart of Office with its figures in a workbook, for slides and, as parts, for papers.

Each bar carries its figure as the quote writes it, never as an office program would format the number. The
axis of values is left out for the same reason, and the bars begin at zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from assistant.study.types import Series

#: The colour of bars, dark red.
BAR = "9B1C1C"
#: Length of the axis over that of the longest bar, with room for its figure.
ROOM = 1.15
#: Labels up to this many characters stand below upright bars; longer ones beside lying bars.
_SHORT_LABEL, _MOST_UPRIGHT = 12, 6


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A chart as parts of an Office file: its XML, and the workbook with its figures."""

    xml: bytes
    workbook: bytes


def upright(series: Series) -> bool:
    """Whether the bars stand; else they lie, with room for long labels."""
    return len(series.points) <= _MOST_UPRIGHT and all(
        len(point.label) <= _SHORT_LABEL for point in series.points
    )


def label_size(series: Series, height: float, most: float) -> float:
    """Points of a chart's letters: ``most``, or less where many bars lie within ``height`` points."""
    return most if upright(series) else min(most, round(0.7 * height / len(series.points), 1))


def add_chart(shapes: Any, series: Series, box: tuple[int, int, int, int], *, font: str, size: float) -> Any:
    """Put a chart into a slide and return its frame.

    Args:
        shapes: of the slide.
        box: left, top, width, height in EMU.
        font, size: of its labels; points.
    """
    points = series.points if upright(series) else series.points[::-1]
    data = CategoryChartData()
    data.categories = [point.label for point in points]
    data.add_series(series.title, [point.value for point in points])
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if upright(series) else XL_CHART_TYPE.BAR_CLUSTERED
    frame = shapes.add_chart(kind, *(Emu(length) for length in box), data)
    chart = frame.chart
    chart.has_legend = False
    chart.has_title = False
    chart.font.name, chart.font.size = font, Pt(size)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    values = [0.0, *(point.value for point in points)]
    # Room for the figures beyond the bars.
    chart.value_axis.minimum_scale = ROOM * min(values)
    chart.value_axis.maximum_scale = ROOM * max(values) or 1.0
    chart.category_axis.has_major_gridlines = False
    # Below or beside all bars, also those of figures under zero.
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.format.line.color.rgb = RGBColor(0x80, 0x80, 0x80)
    plot = chart.plots[0]
    plot.gap_width = 60
    bars = plot.series[0]
    bars.format.fill.solid()
    bars.format.fill.fore_color.rgb = RGBColor.from_string(BAR)
    for place, point in enumerate(points):
        label = bars.points[place].data_label
        label.position = XL_LABEL_POSITION.OUTSIDE_END
        run = label.text_frame.paragraphs[0].add_run()
        run.text = point.written
        run.font.name, run.font.size, run.font.bold = font, Pt(size), True
    _without_border(chart)
    _describe(frame, series)
    return frame


def chart_part(series: Series, *, font: str, size: float) -> ChartPart:
    """The chart as parts, for a file that is no presentation."""
    frame = add_chart(_slide().shapes, series, (0, 0, 1, 1), font=font, size=size)
    part = frame.chart.part
    return ChartPart(bytes(part.blob), bytes(part.chart_workbook.xlsx_part.blob))


def description(series: Series) -> str:
    """What a chart shows, for who cannot see it."""
    figures = "; ".join(f"{point.label}: {point.written}" for point in series.points)
    return f"{series.title} ({series.unit}): {figures}" if series.unit else f"{series.title}: {figures}"


def _without_border(chart: Any) -> None:
    area = parse_xml(f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
    chart._chartSpace.find(qn("c:chart")).addnext(area)


def _describe(frame: Any, series: Series) -> None:
    properties = frame._element.find(f"{qn('p:nvGraphicFramePr')}/{qn('p:cNvPr')}")
    properties.set("descr", description(series))


def _slide() -> Any:
    presentation = Presentation()
    return presentation.slides.add_slide(presentation.slide_layouts[6])
