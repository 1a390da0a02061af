"""Word files, from their XML: paragraphs and tables with the footnotes they refer to, charts with figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from .model import Proof

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_NOTE = re.compile(r"^“(?P<quote>.*)” — (?P<source>.*?)\.?(?: ⚠.*)?$", re.S)


@dataclass(frozen=True)
class Part:
    """A paragraph or the cell of a table. ``task`` is what it says in italics at its end."""

    style: str
    text: str
    notes: tuple[int, ...]
    task: str = ""


@dataclass(frozen=True)
class Row:
    cells: tuple[Part, ...]


@dataclass(frozen=True)
class Sheet:
    """A Word file.

    Attributes:
        title, about: the paragraph in the style of titles, and the one below it.
        notes: by the number that a reader sees.
        charts: the figures of each chart with their names.
    """

    title: str
    about: str
    blocks: tuple[Part | Row, ...]
    notes: dict[int, Proof]
    charts: tuple[tuple[tuple[str, str], ...], ...]
    faults: tuple[tuple[str, str, str], ...]


def read_sheet(data: bytes) -> Sheet:
    with ZipFile(BytesIO(data)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml")).find(f"{_W}body")
        assert body is not None
        texts: dict[str, str] = {}
        if "word/footnotes.xml" in archive.namelist():
            for note in ElementTree.fromstring(archive.read("word/footnotes.xml")):
                if note.get(f"{_W}type") is None:
                    texts[note.get(f"{_W}id", "")] = "".join(
                        t.text or "" for t in note.iter(f"{_W}t")
                    ).strip()
        names = sorted(n for n in archive.namelist() if re.fullmatch(r"word/charts/chart\d+\.xml", n))
        charts = tuple(chart_of(archive.read(name)) for name in names)
    numbers, faults = _numbers(body, texts)
    notes = {}
    for id_, number in numbers.items():
        found = _NOTE.match(texts.get(id_, ""))
        if found is None:
            faults.append(
                (f"footnote {number}", "footnote", f"not a quote with its source: {texts.get(id_)!r}")
            )
        else:
            notes[number] = Proof(found["quote"], found["source"])
    blocks = tuple(_blocks(body, numbers))
    parts = [part for part in blocks if isinstance(part, Part)]
    place = next((n for n, part in enumerate(parts) if part.style == "Title"), 0)
    about = parts[place + 1].text if place + 1 < len(parts) else ""
    return Sheet(parts[place].text, about, blocks, notes, charts, tuple(faults))


def chart_of(data: bytes) -> tuple[tuple[str, str], ...]:
    root = ElementTree.fromstring(data)
    names = [v.text or "" for cat in root.iter(f"{_C}cat") for v in cat.iter(f"{_C}v")]
    values = [v.text or "" for val in root.iter(f"{_C}val") for v in val.iter(f"{_C}v")]
    return tuple(zip(names, values, strict=False))


def _numbers(
    body: ElementTree.Element, texts: dict[str, str]
) -> tuple[dict[str, int], list[tuple[str, str, str]]]:
    """Word numbers footnotes by their first references; the number of each id, and what is wrong."""
    ids = [reference.get(f"{_W}id", "") for reference in body.iter(f"{_W}footnoteReference")]
    faults = [
        ("footnotes", "footnote", f"note {id_} is referred to twice") for id_ in ids if ids.count(id_) > 1
    ]
    faults += [("footnotes", "footnote", f"there is no note {id_}") for id_ in ids if id_ not in texts]
    faults += [("footnotes", "footnote", f"nothing refers to note {id_}") for id_ in texts if id_ not in ids]
    if [id_ for id_ in texts if id_ in ids] != list(dict.fromkeys(ids)):
        faults.append(
            ("footnotes", "numbering", "notes do not stand in the order in which they are referred to")
        )
    return {id_: number for number, id_ in enumerate(dict.fromkeys(ids), 1)}, faults


def _blocks(body: ElementTree.Element, numbers: dict[str, int]) -> Iterator[Part | Row]:
    for element in body:
        if element.tag == f"{_W}p":
            yield _part([element], numbers)
        elif element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                cells = [list(cell.iter(f"{_W}p")) for cell in row.iter(f"{_W}tc")]
                yield Row(tuple(_part(cell, numbers) for cell in cells))


def _part(paragraphs: list[ElementTree.Element], numbers: dict[str, int]) -> Part:
    texts, notes, tasks = [], [], []
    for paragraph in paragraphs:
        for run in paragraph.iter():
            if run.tag == f"{_W}footnoteReference":
                notes.append(numbers[run.get(f"{_W}id", "")])
            elif run.tag == f"{_W}fldSimple":
                # A second reference to a note is a field that repeats its number.
                shown = "".join(t.text or "" for t in run.iter(f"{_W}t"))
                notes += [int(shown)] if shown.isdigit() else []
            elif run.tag == f"{_W}r":
                text = "".join(t.text or "" for t in run.findall(f"{_W}t"))
                properties = run.find(f"{_W}rPr")
                raised = properties is not None and properties.find(f"{_W}vertAlign") is not None
                italic = properties is not None and properties.find(f"{_W}i") is not None
                if not raised and not (properties is not None and _is_mark(properties)):
                    (tasks if italic else texts).append(text)
    style = paragraphs[0].find(f"{_W}pPr/{_W}pStyle") if paragraphs else None
    name = style.get(f"{_W}val", "") if style is not None else ""
    return Part(name, " ".join("".join(texts).split()), tuple(dict.fromkeys(notes)), "".join(tasks).strip())


def _is_mark(properties: ElementTree.Element) -> bool:
    style = properties.find(f"{_W}rStyle")
    return style is not None and "footnote" in style.get(f"{_W}val", "").lower()
