"""Slides laid out: letters as large as fit, several pages where one is too small, notes numbered through.

All lengths are points on a page of 960 by 540, which is 16:9 at the size of PowerPoint's wide slides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.study.export.measure import Measure, lines
from assistant.study.export.papers.composing import document_of, one_line, warning
from assistant.study.export.papers.types import Notes, Run, plain
from assistant.study.export.papers.wording import wording
from assistant.study.types import Draft, KeyPoint, Layout, Series, Slide
from assistant.types import Citation

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 54.0
#: Title, body and footer: top and height. The body is as wide as the page within its margins.
TITLE_TOP, TITLE_HEIGHT = 26.0, 84.0
BODY_TOP, BODY_HEIGHT = 128.0, 346.0
FOOTER_TOP, FOOTER_HEIGHT, FOOTER_WIDTH = 490.0, 36.0, 780.0
BODY_WIDTH = WIDTH - 2 * MARGIN
#: Where the text of a bullet begins.
INDENT = 22.0
#: Height of a line over the size of its letters; space after a point over the same.
LEADING, GAP = 1.2, 0.5
#: A chart and the line above it that says what it shows.
CHART_TOP, CHART_HEIGHT = 176.0, 298.0
FOOTER_SIZE, CAPTION_SIZE = 12.0, 20.0
_TITLE_SIZES = (32.0, 28.0, 24.0, 20.0)
_COVER_SIZES = (40.0, 36.0, 32.0, 28.0)
_BODY_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0)
#: Of a slide that does not fit one page at the smallest.
_SPLIT_SIZE = 24.0
_TITLE_LINES, _COVER_LINES = 2, 4


@dataclass(frozen=True, slots=True)
class Page:
    """One page that is shown.

    Attributes:
        slide: the slide it shows, or a part of it.
        title_size, size: of the letters of title and body.
        points: each in runs; a run with a ``note`` is a marker.
        series: to be drawn as a chart, below ``caption``; such a page has no points.
        footer: names the sources of this page with their markers.
        speaker: what the speaker says, then each quote of this page with its source.
        cited: numbers of the notes of this page.
    """

    slide: Slide
    title: str
    title_size: float
    points: tuple[tuple[Run, ...], ...]
    size: float
    series: Series | None
    caption: str
    footer: str
    speaker: str
    cited: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Deck:
    """All pages, and the notes by number, from 1."""

    title: str
    language: str
    pages: tuple[Page, ...]
    notes: tuple[str, ...]


def deck(draft: Draft, measure: Measure, bold: Measure) -> Deck:
    """The slides of a draft as pages.

    Args:
        measure, bold: widths in the faces that text and titles are shown in.
    """
    maker = _Maker(draft, measure, bold)
    pages = tuple(page for slide in draft.slides for page in maker.pages(slide))
    return Deck(one_line(draft.title), draft.wish.language, pages, tuple(maker.notes.texts))


class _Maker:
    """Makes the pages of slide after slide."""

    def __init__(self, draft: Draft, measure: Measure, bold: Measure) -> None:
        self.notes = Notes(draft.wish.language)
        self._words: Mapping[str, str] = wording(draft.wish.language)
        self._measure, self._bold = measure, bold
        self._documents: dict[str, list[int]] = {}

    def pages(self, slide: Slide) -> Iterator[Page]:
        """The pages of a slide, at least one; a marker stands on the page of its point, a chart by itself."""
        points = self._points(slide)
        said = slide.notes
        if points or slide.series is None:
            size, groups = self._laid_out(points)
            for place, group in enumerate(groups):
                cited = {run.note for runs in group for run in runs if run.note is not None}
                yield self._page(slide, place, said, cited, tuple(group), size)
                said = ""
        if slide.series is not None:
            numbers = {self._numbered(point.citation) for point in slide.series.points}
            yield self._page(slide, int(bool(points)), said, numbers, (), CAPTION_SIZE, slide.series)

    def _page(
        self,
        slide: Slide,
        place: int,
        said: str,
        cited: set[int],
        points: tuple[tuple[Run, ...], ...],
        size: float,
        series: Series | None = None,
    ) -> Page:
        full = one_line(slide.title)
        title = self._shortened(full, slide.layout)
        if title != full and not place:
            said = f"{full}\n{said}"
        if place:
            title = self._words["continued"].format(title=title)
        title += plain(warning(slide.faults, self._words))
        numbers = tuple(sorted(cited))
        return Page(
            slide=slide,
            title=title,
            title_size=self._title_size(title, slide.layout),
            points=points,
            size=size,
            series=series,
            caption=self._caption(slide, series) if series is not None else "",
            footer=self._footer(numbers),
            speaker=self._speaker(said, numbers),
            cited=numbers,
        )

    def _caption(self, slide: Slide, series: Series) -> str:
        """What a chart shows, in one line: its unit only where the slide's title says the rest."""
        unit = f"{self._words['unit']}: {series.unit}" if series.unit else ""
        if one_line(series.title) == one_line(slide.title):
            return unit
        form = self._words["chart"] if unit else self._words["chart_unitless"]
        caption = form.format(title=one_line(series.title), unit=series.unit)
        return caption if len(lines(caption, CAPTION_SIZE, BODY_WIDTH, self._measure)) <= 2 else unit

    def _points(self, slide: Slide) -> list[tuple[Run, ...]]:
        if slide.layout is Layout.SOURCES and not slide.points:
            return [(Run(f"[{ranges(numbers)}] {name}"),) for name, numbers in self._documents.items()]
        return [self._point(point) for point in slide.points]

    def _point(self, point: KeyPoint) -> tuple[Run, ...]:
        for citation in point.citations:
            self._numbered(citation)
        text = Run(one_line(point.text))
        return (text, *self.notes.runs(point.citations), *warning(point.faults, self._words))

    def _numbered(self, citation: Citation) -> int:
        number = self.notes.number(citation)
        numbers = self._documents.setdefault(document_of(citation), [])
        if number not in numbers:
            numbers.append(number)
        return number

    def _title_size(self, title: str, layout: Layout) -> float:
        cover = layout is Layout.TITLE
        sizes, most = (_COVER_SIZES, _COVER_LINES) if cover else (_TITLE_SIZES, _TITLE_LINES)
        fits = (size for size in sizes if len(lines(title, size, BODY_WIDTH, self._bold)) <= most)
        return next(fits, sizes[-1])

    def _shortened(self, title: str, layout: Layout) -> str:
        """A title that no size makes fit, as many words of it as do; the speaker's notes have it in full."""
        if layout is Layout.TITLE:
            return title
        broken = lines(title, _TITLE_SIZES[-1], BODY_WIDTH, self._bold)
        # The last line leaves room for what is put behind a title.
        return title if len(broken) <= _TITLE_LINES else f"{' '.join(broken[:_TITLE_LINES])}…"

    def _laid_out(self, points: Sequence[tuple[Run, ...]]) -> tuple[float, list[list[tuple[Run, ...]]]]:
        """The size of the letters, and the points of each page."""
        for size in _BODY_SIZES:
            if sum(self._height(point, size) for point in points) <= BODY_HEIGHT:
                return size, [list(points)]
        pieces = [piece for point in points for piece in self._pieces(point)]
        heights = [self._height(piece, _SPLIT_SIZE) for piece in pieces]
        wanted = -(-sum(heights) // BODY_HEIGHT)
        even = max(sum(heights) / wanted, *heights)
        groups: list[list[tuple[Run, ...]]] = [[]]
        used = 0.0
        for piece, height in zip(pieces, heights, strict=True):
            full = used + height > BODY_HEIGHT or (used >= even and len(groups) < wanted)
            if groups[-1] and full:
                groups.append([])
                used = 0.0
            groups[-1].append(piece)
            used += height
        return _SPLIT_SIZE, groups

    def _pieces(self, point: tuple[Run, ...]) -> list[tuple[Run, ...]]:
        """A point that no page can hold in pieces that one can; each carries its markers."""
        if self._height(point, _SPLIT_SIZE) <= BODY_HEIGHT:
            return [point]
        first, *others = point
        broken = lines(first.text, _SPLIT_SIZE, BODY_WIDTH - INDENT, self._measure)
        most = int(BODY_HEIGHT / (LEADING * _SPLIT_SIZE)) - 2
        return [
            (replace(first, text=" ".join(broken[at : at + most])), *others)
            for at in range(0, len(broken), most)
        ]

    def _height(self, point: tuple[Run, ...], size: float) -> float:
        text = "".join(f" [{run.note}]" if run.note is not None else run.text for run in point)
        count = len(lines(text, size, BODY_WIDTH - INDENT, self._measure))
        return size * (count * LEADING + GAP)

    def _footer(self, numbers: Sequence[int]) -> str:
        """The sources of a page in at most two lines; where they are too many, their numbers only."""
        if not numbers:
            return ""
        parts = []
        for name, known in self._documents.items():
            own = [number for number in known if number in numbers]
            if own:
                parts.append(f"[{ranges(own)}] {name}")
        full = f"{self._words['source']}: {'; '.join(parts)}"
        if len(lines(full, FOOTER_SIZE, FOOTER_WIDTH, self._measure)) <= 2:
            return full
        return f"{self._words['source']}: [{ranges(numbers)}]"

    def _speaker(self, said: str, numbers: Sequence[int]) -> str:
        quotes = [f"[{number}] {self.notes.texts[number - 1]}" for number in numbers]
        listed = [f"{self._words['notes']}:", *quotes] if quotes else []
        return "\n".join(filter(None, [said.strip(), *listed]))


def ranges(numbers: Sequence[int]) -> str:
    """Numbers in ascending order, those in a row as a range: "1, 4–6, 9"."""
    rows: list[list[int]] = []
    for number in sorted(numbers):
        if rows and rows[-1][-1] == number - 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return ", ".join(f"{row[0]}–{row[-1]}" if len(row) > 2 else ", ".join(map(str, row)) for row in rows)
