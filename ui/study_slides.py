"""Slides as small pictures of slides, with what the speaker says under each. Pure functions."""

from __future__ import annotations

from assistant.study.types import Layout, Slide
from ui.controls import fold, marks
from ui.escape import inert, inert_line
from ui.study_chart import chart
from ui.study_items import Place, item, places
from ui.study_parts import Shown, faults


def slides(entries: tuple[Slide, ...], shown: Shown) -> str:
    """All slides, each with its picture, notes and tools."""
    made = "".join(
        _slide(entry, place, shown)
        for entry, place in zip(entries, places(entries, shown.texts.named["slide"]), strict=True)
    )
    return f'<ol class="pba-slides">{made}</ol>'


def _slide(slide: Slide, place: Place, shown: Shown) -> str:
    texts = shown.texts
    notes = (
        fold(texts.fields["notes"], f'<p class="pba-notes">{inert(slide.notes)}</p>') if slide.notes else ""
    )
    found = [c for point in slide.points for c in point.citations]
    found += [point.citation for point in slide.series.points] if slide.series is not None else []
    sources = f'<p class="pba-aside">{inert_line(texts.sources)}:{marks(found)}</p>' if found else ""
    lines = "".join(
        item(
            point,
            f'<p class="pba-said">{inert(point.text)}{marks(point.citations)}</p>',
            where,
            shown,
        )
        for point, where in zip(slide.points, places(slide.points, texts.named["line"]), strict=True)
    )
    opened = any(point.id == shown.editing or point.faults for point in slide.points)
    lines = fold(texts.lines, f'<ul class="pba-points">{lines}</ul>', open_now=opened) if lines else ""
    body = f"{picture(slide, place, shown)}{sources}{notes}{lines}"
    return item(slide, body, place, shown, style="pba-slide-item")


def picture(slide: Slide, place: Place, shown: Shown) -> str:
    """The slide itself, sixteen to nine."""
    chart_inside = chart(slide.series, shown, cited=False) if slide.series is not None else ""
    lines = "".join(
        f"<li>{inert(point.text)}{faults(point.faults, shown.texts) and ' ⚠'}</li>" for point in slide.points
    )
    lines = f"<ul>{lines}</ul>" if lines else ""
    title = inert_line(slide.title)
    style = "pba-slide-title" if slide.layout is Layout.TITLE else f"pba-slide-{slide.layout.value}"
    crowded = " pba-crowded" if sum(len(point.text) for point in slide.points) > 330 else ""
    return (
        f'<div class="pba-slide {style}{crowded}"><div class="pba-slide-in"><h4>{title}'
        f"</h4>{lines}{chart_inside}"
        f'<span class="pba-slide-number" aria-hidden="true">{place.at + 1}</span></div></div>'
    )
