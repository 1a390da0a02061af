"""Slides: title, agenda, one idea each in few short lines, charts of cited figures, the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.phrases import words as syllables
from assistant.study.figures import series_of
from assistant.study.framing import Framing, framing
from assistant.study.gather import Material
from assistant.study.marking import Identifiers
from assistant.study.plan import Block, blocks_of, section_title, title_of
from assistant.study.points import lines_of
from assistant.study.sayings import Saying
from assistant.study.teaching import Pool, Taught, alike
from assistant.study.types import KeyPoint, Layout, Series, Slide, Wish
from assistant.types import Citation

LINES, WORDS = 6, 18
_FEWEST_LINES, _USUAL_LINES = 2, 4
_TITLE_WORDS = 14
#: Slides that are no points: title, agenda, sources.
_FRAME = 3
_CHARTS = 2
_SOURCES = 6
_SAME = 0.66


@dataclass(frozen=True, slots=True)
class _Idea:
    """What one slide tells: lines with their quotes, and the statements that the speaker tells in full."""

    title: str
    lines: tuple[tuple[str, Citation], ...]
    told: tuple[Saying, ...]
    section: int


def slides_of(pool: Pool, material: Material, wish: Wish, ids: Identifiers) -> tuple[Slide, ...]:
    """As many slides as are wanted, fewer where no more can be told in short lines; none without any."""
    words = framing(wish.language)
    if not pool.taught or wish.slides < _FRAME + 1:
        return ()
    series = (
        series_of(material, ids, _CHARTS if wish.slides >= _FRAME + 6 else 1)
        if wish.slides > _FRAME + 2
        else ()
    )
    room = wish.slides - _FRAME - len(series)
    blocks = blocks_of(pool, max(len(pool.taught) if len(pool.taught) < room else room * _USUAL_LINES, room))
    ideas = _chosen([list(_ideas(block, at, words)) for at, block in enumerate(blocks)], room)
    shown = sorted({idea.section for idea in ideas})
    agenda = [section_title(blocks[at], words) for at in shown]
    content = [_slide(idea, words, ids) for idea in ideas]
    charts = [_chart(one, words, ids) for one in series]
    title = title_of(pool, words)
    head = Slide(ids.new("d"), Layout.TITLE, title, (_line(words.audiences[wish.audience], ids),))
    if wish.minutes:
        length = words.minutes.format(minutes=wish.minutes)
        said = f"{words.audiences[wish.audience][:1].upper()}{words.audiences[wish.audience][1:]} · {length}"
        head = replace(head, points=(replace(head.points[0], text=said),))
    outline = Slide(
        ids.new("d"), Layout.AGENDA, words.roles["agenda"], tuple(_line(text, ids) for text in agenda[:LINES])
    )
    return (head, outline, *content, *charts, _sources([*content, *charts], words, ids))


def _ideas(block: Block, section: int, words: Framing) -> Iterator[_Idea]:
    """The slides of a section: each question and each list by itself, the other statements some together."""
    loose: list[tuple[Taught, tuple[str, Citation]]] = []
    for entry in block.taught:
        saying = entry.saying
        lines = lines_of(saying, WORDS)
        if (saying.question or saying.listed) and len(lines) >= _FEWEST_LINES:
            title = saying.question or saying.text.split(":")[0]
            if len(title.split()) <= _TITLE_WORDS:
                yield _Idea(title, tuple(lines[:LINES]), (saying,), section)
                continue
        if lines:
            loose.append((entry, lines[0]))
    titled = section_title(block, words)
    for at in range(0, len(loose), _USUAL_LINES):
        group = loose[at : at + _USUAL_LINES]
        if at and len(group) < _FEWEST_LINES:
            break
        headings = {entry.saying.heading for entry, _ in group}
        heading = next(iter(headings)) if len(headings) == 1 else ""
        title = heading if 2 <= len(heading.split()) <= _TITLE_WORDS and not heading.isupper() else titled
        named = tuple(_named(entry, line) for entry, line in group)
        yield _Idea(title, named, tuple(entry.saying for entry, _ in group), section)


def _named(entry: Taught, line: tuple[str, Citation]) -> tuple[str, Citation]:
    """A line that tells of a place which it does not name: the place before it, where there is room."""
    text, citation = line
    place = entry.saying.place
    if place is None or place.said:
        return line
    name = place.name[:1].upper() + place.name[1:]
    return (f"{name}: {text}", citation)


def _chosen(by_section: Sequence[Sequence[_Idea]], room: int) -> list[_Idea]:
    """Up to ``room`` ideas, of each section as much as of the others, in teaching order; none shown twice."""
    chosen: list[_Idea] = []
    terms: list[frozenset[str]] = []
    for turn in range(max(map(len, by_section), default=0)):
        for ideas in by_section:
            if turn >= len(ideas) or len(chosen) >= room:
                continue
            lines = []
            for text, citation in ideas[turn].lines:
                own = frozenset(syllables(text))
                if not any(alike(own, other) >= _SAME for other in terms):
                    lines.append((text, citation))
                    terms.append(own)
            if lines:
                chosen.append(replace(ideas[turn], lines=tuple(lines)))
    order = {id(idea): at for at, idea in enumerate(chosen)}
    return sorted(chosen, key=lambda idea: (idea.section, order[id(idea)]))


def _slide(idea: _Idea, words: Framing, ids: Identifiers) -> Slide:
    points = tuple(KeyPoint(ids.new("k"), text, (citation,)) for text, citation in idea.lines)
    labels = {citation.document_id: citation.label for _, citation in idea.lines}
    kept = [saying for saying in idea.told if saying.document.id in labels]
    notes = "\n".join(
        words.notes_source.format(quote=saying.text, label=labels[saying.document.id]) for saying in kept
    )
    return Slide(ids.new("d"), Layout.POINTS, idea.title[:1].upper() + idea.title[1:], points, None, notes)


def _chart(series: Series, words: Framing, ids: Identifiers) -> Slide:
    notes = "\n".join(
        words.notes_source.format(quote=f"{point.label}: {point.written}", label=point.citation.label)
        for point in series.points
    )
    return Slide(ids.new("d"), Layout.CHART, series.title, (), series, notes)


def _sources(slides: Sequence[Slide], words: Framing, ids: Identifiers) -> Slide:
    """The documents quoted, each once; those that do not fit on the slide stand in its notes."""
    found: dict[str, str] = {}
    for slide in slides:
        cited = [c for point in slide.points for c in point.citations]
        cited += [point.citation for point in slide.series.points] if slide.series is not None else []
        for citation in cited:
            found.setdefault(citation.document_id, document_of(citation.label))
    names = list(dict.fromkeys(found.values()))
    points = tuple(_line(name, ids) for name in names[:_SOURCES])
    return Slide(ids.new("d"), Layout.SOURCES, words.roles["sources"], points, None, "\n".join(names))


def document_of(label: str) -> str:
    """The document in the label of a citation, without the place in it."""
    kept: list[str] = []
    for part in label.split(", "):
        if kept and part.split(" ")[0] in (
            "Phần",
            "Chương",
            "Mục",
            "Điều",
            "khoản",
            "điểm",
            "đoạn",
            "trang",
            "nhận",
        ):
            break
        kept.append(part)
    name = ", ".join(kept)
    return name[:1].upper() + name[1:]


def _line(text: str, ids: Identifiers) -> KeyPoint:
    return KeyPoint(ids.new("k"), text, ())
