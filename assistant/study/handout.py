"""The handout: what learners take home on two pages, shorter than the plan, with figures and a chart."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.study.figures import figure_rows, series_of
from assistant.study.framing import framing
from assistant.study.gather import Material
from assistant.study.marking import Identifiers
from assistant.study.plan import Block, blocks_of, section_title, title_of
from assistant.study.points import key_point
from assistant.study.teaching import Pool
from assistant.study.types import FigureRow, Handout, KeyPoint, Section, Series, Wish
from assistant.types import Citation

#: Words of two A4 pages at 11 points and more, notes included: what is set there is smaller, so that a word
#: of a note takes the room of a part of one, and each note has the name of its source besides its quote.
WORDS = 930
_NOTE, _SOURCE = 0.45, 16
#: Words that a row of the table takes the place of, beside its own; and a chart.
_ROW, _CHART = 8, 110
POINT_WORDS = 52
_POINTS = 18
_ROWS, _SERIES = 7, 1


def handout_of(pool: Pool, material: Material, wish: Wish, ids: Identifiers) -> Handout | None:
    """The handout for a wish; ``None`` where nothing can be taught."""
    words = framing(wish.language)
    if not pool.taught:
        return None
    rows = figure_rows(pool, material, ids, _ROWS)
    series = series_of(pool, material, ids, _SERIES)
    notes = _Notes()
    left = WORDS - len(title_of(pool, words).split()) - sum(_words_of_row(row, notes) for row in rows)
    left -= sum(_words_of_chart(one, notes) for one in series)
    blocks = blocks_of(pool, _POINTS)
    left -= sum(len(section_title(block, words).split()) for block in blocks)
    kept: list[dict[int, KeyPoint]] = [{} for _ in blocks]
    # The best of every section, then the next of every section: none is left without.
    by_worth = [_by_worth(block) for block in blocks]
    for turn in range(max(map(len, by_worth))):
        for block, order, own in zip(blocks, by_worth, kept, strict=True):
            if turn >= len(order):
                continue
            point = key_point(block.taught[order[turn]].saying, ids, most=POINT_WORDS)
            room = len(point.text.split()) + notes.room(point.citations) if point else 0.0
            if point is not None and room <= left:
                own[order[turn]] = point
                notes.add(point.citations)
                left -= room
    sections = [
        Section(ids.new("s"), section_title(block, words), 0, "", tuple(own[at] for at in sorted(own)))
        for block, own in zip(blocks, kept, strict=True)
        if own
    ]
    return Handout(words.handout.format(topic=title_of(pool, words)), tuple(sections), rows, series)


def _by_worth(block: Block) -> list[int]:
    """The places of its statements, the best first."""
    return sorted(range(len(block.taught)), key=lambda at: -block.taught[at].worth)


def length_of(handout: Handout) -> float:
    """The words for which its pages have room that it takes, its notes and charts counted as such."""
    notes = _Notes()
    said = [handout.title, *(section.title for section in handout.sections)]
    total = float(sum(len(text.split()) for text in said))
    total += sum(_words_of_row(row, notes) for row in handout.figures)
    total += sum(_words_of_chart(series, notes) for series in handout.series)
    for section in handout.sections:
        for point in section.points:
            total += len(point.text.split()) + notes.room(point.citations)
            notes.add(point.citations)
    return total


class _Notes:
    """The notes so far: a span that is cited again has one already."""

    def __init__(self) -> None:
        self._known: set[tuple[str, int, int]] = set()

    def room(self, citations: Iterable[Citation]) -> float:
        """Words for which the notes to these citations take room, those that there are already left out."""
        new = {_span(c): c for c in citations if _span(c) not in self._known}
        return _NOTE * sum(len(c.quote.split()) + _SOURCE for c in new.values())

    def add(self, citations: Iterable[Citation]) -> None:
        self._known |= {_span(citation) for citation in citations}


def _span(citation: Citation) -> tuple[str, int, int]:
    return citation.document_id, citation.start, citation.end


def _words_of_row(row: FigureRow, notes: _Notes) -> float:
    room = notes.room(row.citations)
    notes.add(row.citations)
    return len(f"{row.label} {row.value} {row.unit} {row.date}".split()) + _ROW + room


def _words_of_chart(series: Series, notes: _Notes) -> float:
    citations = [point.citation for point in series.points]
    room = notes.room(citations)
    notes.add(citations)
    return _CHART + room
