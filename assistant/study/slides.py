"""Slides: title, agenda, one idea each in few short lines, charts of cited figures, the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from assistant.phrases import words as syllables
from assistant.study.figures import series_of
from assistant.study.framing import Framing, framing
from assistant.study.gather import Material
from assistant.study.marking import Identifiers
from assistant.study.plan import Block, blocks_of, merged, section_title, title_of
from assistant.study.points import pieces_of, short_line
from assistant.study.sayings import Saying
from assistant.study.teaching import Pool, Taught, alike
from assistant.study.types import KeyPoint, Layout, Series, Slide, Wish
from assistant.types import Citation

LINES, WORDS = 6, 26
#: Words of a line that holds a whole sentence, for parts of one read as fragments; and of all lines together.
WHOLE, _TOGETHER = 42, 104
_USUAL_LINES = 4
_TITLE_WORDS = 14
#: Slides that are no points: title, agenda, sources.
_FRAME = 3
_CHARTS = 2
_SOURCES = 6
_SAME = 0.66


#: A statement and its line on a slide.
_Told = tuple[Saying, tuple[str, Citation]]


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
        series_of(pool, material, ids, _CHARTS if wish.slides >= _FRAME + 6 else 1)
        if wish.slides > _FRAME + 2
        else ()
    )
    room = wish.slides - _FRAME - len(series)
    told = sorted((entry for entry in pool.taught if _ease(entry) is not None), key=lambda e: _ease(e) or 0)
    short = replace(pool, taught=tuple(told))
    blocks = merged(blocks_of(short, room * 2 * _USUAL_LINES), LINES)
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


def _ease(entry: Taught) -> int | None:
    """How well a statement can be told in lines: 0 in a short one, or under a title of its own, 1 in a longer
    one, 2 in pieces; ``None`` where it cannot."""
    saying = entry.saying
    title = _own_title(saying)
    if len(title.split()) > _TITLE_WORDS:
        return None
    line = short_line(saying, WHOLE)
    if line is not None:
        return 0 if len(line[0].split()) <= WORDS else 1
    pieces = _pieces(saying)
    if len(pieces) < (1 if saying.question else 2):
        return None
    return 0 if title else 2


def _pieces(saying: Saying) -> list[tuple[str, Citation]]:
    """A statement in several lines; whole sentences rather than parts of them."""
    for most, parted in ((WORDS, False), (WHOLE, False), (WHOLE, True)):
        pieces = pieces_of(saying, most, LINES, parted=parted)
        if pieces and sum(len(text.split()) for text, _ in pieces) <= _TOGETHER:
            return pieces
    return []


def _grouped(loose: Sequence[_Told]) -> Iterator[list[_Told]]:
    """Statements of one line each, as many together as go on a slide."""
    group: list[_Told] = []
    for entry in loose:
        said = sum(len(text.split()) for _, (text, _) in [*group, entry])
        if group and (len(group) == _USUAL_LINES or said > _TOGETHER):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _own_title(saying: Saying) -> str:
    """The title that a question or a list brings with it; "" for other statements."""
    return saying.question or (saying.text.split(":")[0] if saying.listed else "")


def _ideas(block: Block, section: int, words: Framing) -> Iterator[_Idea]:
    """The slides of a section: questions, lists and long statements by themselves, short ones together."""
    titled = section_title(block, words)
    loose: list[_Told] = []
    alone: list[_Idea] = []
    for entry in block.taught:
        saying = entry.saying
        line = short_line(saying, WHOLE)
        if line is not None:
            loose.append((saying, line))
            continue
        title = _own_title(saying)
        if not title and saying.place is not None:
            name = saying.place.name
            title = f"{name[:1].upper()}{name[1:]}: {titled[:1].lower()}{titled[1:]}"
        lines = tuple(_pieces(saying))
        alone.append(_Idea(title or titled, lines, (saying,), section))
    together: list[_Idea] = []
    for group in _grouped(loose):
        headings = {saying.heading for saying, _ in group}
        heading = next(iter(headings)) if len(headings) == 1 and len(group) > 1 else ""
        fits = 2 <= len(heading.split()) <= _TITLE_WORDS and not heading.isupper()
        told = tuple(saying for saying, _ in group)
        together.append(_Idea(heading if fits else titled, tuple(line for _, line in group), told, section))
    if alone and together and len(together[0].lines) == 1:
        together = [*alone[:1], *together]
        alone = alone[1:]
    # In turn, so that a section of which little is shown shows both.
    longest = max(len(alone), len(together))
    for at in range(longest):
        yield from together[at : at + 1]
        yield from alone[at : at + 1]


def _chosen(by_section: Sequence[Sequence[_Idea]], room: int) -> list[_Idea]:
    """Up to ``room`` ideas, of each section as much as of the others, in teaching order; none shown twice."""
    chosen: list[_Idea] = []
    terms: list[frozenset[str]] = []
    for turn in range(max(map(len, by_section), default=0)):
        for ideas in by_section:
            if turn >= len(ideas) or len(chosen) >= room:
                continue
            idea = ideas[turn]
            whole = len(idea.told) == 1  # its lines are pieces of one statement
            texts = [" ".join(text for text, _ in idea.lines)] if whole else [text for text, _ in idea.lines]
            own = [frozenset(syllables(text)) for text in texts]
            new = [not any(alike(said, other) >= _SAME for other in terms) for said in own]
            if any(new):
                terms += compress(own, new)
                chosen.append(replace(idea, lines=idea.lines if whole else tuple(compress(idea.lines, new))))
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
    by_label: dict[str, list[str]] = {}
    for point in series.points:
        by_label.setdefault(point.citation.label, []).append(f"{point.label}: {point.written}")
    notes = "\n".join(
        words.notes_source.format(quote=f"{'; '.join(told)}.", label=label)
        for label, told in by_label.items()
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
