"""What the papers of a draft have in common: how a point, a series and the sources are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.export.notes import label_of
from assistant.study.export.papers.types import (
    Block,
    Chart,
    Heading,
    Letterhead,
    Notes,
    Paragraph,
    Run,
    Style,
)
from assistant.study.types import Fault, KeyPoint, Series
from assistant.types import Citation

#: What of a label names the place in its document and not the document.
_PLACE = re.compile(
    r",\s(?:(?:Phần|Chương|Mục|Điều|khoản|điểm)\s[\w.đĐ)]+|đoạn \d+|trang \d+|nhận dạng từ bản quét)(?=,|$)"
)
#: Documents that are listed together on one page.
_SHORT_LIST = 12


def letterhead(words: Mapping[str, str]) -> Letterhead:
    """With the office left to be filled in."""
    return Letterhead(words["above"], words["office"], words["motto"], words["place"])


def warning(faults: Sequence[Fault], words: Mapping[str, str]) -> tuple[Run, ...]:
    """What stands beside an item that is not proved."""
    return (Run(words["unproved"], italic=True),) if faults else ()


def point(said: KeyPoint, notes: Notes, words: Mapping[str, str]) -> Paragraph:
    """A key point with its notes."""
    runs = (Run(one_line(said.text)), *notes.runs(said.citations), *warning(said.faults, words))
    return Paragraph(runs, Style.BULLET)


def bullets(lines: Iterable[str]) -> tuple[Block, ...]:
    return tuple(Paragraph((Run(one_line(line)),), Style.BULLET) for line in lines)


def chart(series: Series, notes: Notes, words: Mapping[str, str]) -> Chart:
    """A series as a chart; its caption carries the notes of all its figures."""
    form = words["chart"] if series.unit else words["chart_unitless"]
    title = form.format(title=one_line(series.title), unit=series.unit)
    return Chart(series, (Run(title), *notes.runs([point.citation for point in series.points])))


def sources(citations: Iterable[Citation], words: Mapping[str, str]) -> tuple[Block, ...]:
    """A heading and the documents that are cited, in the order in which they are met; nothing without any.

    A short list stays on one page with its heading.
    """
    names: dict[str, str] = {}
    for citation in citations:
        names.setdefault(citation.document_id, document_of(citation))
    if not names:
        return ()
    whole = len(names) <= _SHORT_LIST
    listed = (
        Paragraph((Run(f"{number}. {name}."),), Style.OPTION, keep=whole and number < len(names))
        for number, name in enumerate(names.values(), 1)
    )
    return (Heading(words["sources"], 1), *listed)


def document_of(citation: Citation) -> str:
    """How an official names the document, without the place in it."""
    name = _PLACE.sub("", label_of(citation))
    return name[:1].upper() + name[1:]


def one_line(text: str) -> str:
    return " ".join(text.split())
