"""A paper as Markdown with footnotes (``[^1]``) and pipe tables, as Pandoc and GitHub read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.export.markdown import escaped
from assistant.export.typeface import possible
from assistant.study.export.papers.types import (
    Block,
    Break,
    Chart,
    Contents,
    Fields,
    Heading,
    Letterhead,
    Paper,
    Paragraph,
    Run,
    Style,
    Table,
    Title,
)

_LINE = "……………………………………………………………………"


def to_markdown(paper: Paper) -> bytes:
    """The whole file in UTF-8; ends with a newline. What only paper needs is left out."""
    blocks = [text for block in paper.blocks for text in _block(block, paper.language)]
    notes = [f"[^{number}]: {_text(note)}" for number, note in enumerate(paper.notes, 1)]
    return ("\n\n".join([*blocks, *notes]) + "\n").encode()


def _block(block: Block, language: str) -> Iterator[str]:
    match block:
        case Letterhead() | Contents() | Fields():
            return
        case Break():
            yield "---"
        case Title(text=text, about=about):
            yield f"# {_text(text)}"
            if about:
                yield f"**{_text(about)}**"
        case Heading(text=text, level=level):
            yield f"{'#' * (level + 1)} {_text(text)}"
        case Paragraph(style=Style.LINE):
            yield _LINE
        case Paragraph(style=Style.BULLET, runs=runs):
            yield f"- {_runs(runs)}"
        case Paragraph(runs=runs):
            yield _runs(runs)
        case Table():
            yield _table(block.head, [[_runs(cell) for cell in row] for row in block.rows])
        case Chart(series=series, caption=caption):
            yield _runs(caption)
            head = ("", series.unit or "…")
            yield _table(head, [[_text(point.label), _text(point.written)] for point in series.points])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    columns = len(rows[0]) if rows else len(head)
    names = [_text(name) for name in head] or [""] * columns
    lines = [names, ["---"] * columns, *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _runs(runs: Sequence[Run]) -> str:
    return "".join(_run(run, first=place == 0) for place, run in enumerate(runs))


def _run(run: Run, *, first: bool) -> str:
    if run.note is not None:
        return f"[^{run.note}]"
    text = escaped(possible(run.text), first=first)
    mark = "**" if run.bold else "*" if run.italic else ""
    if not mark or not text.strip():
        return text
    # Markdown wants no blank inside of the stars.
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}{mark}{text.strip()}{mark}{trail}"


def _text(text: str) -> str:
    return escaped(possible(" ".join(text.split())))
