"""Presentations, from their XML: what each slide shows, what its notes quote, the figures of its charts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from .model import Line, Proof, Reading
from .sheets import charted
from .word import chart_of

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_QUOTED = re.compile(r"^\[(?P<number>\d+)\] “(?P<quote>.*)” — (?P<source>.*?)\.?(?: ⚠.*)?$", re.S)
#: Below the title of a chart.
_UNIT = ("Đơn vị:", "Unit:")
_MARKS = re.compile(r"\[([\d, ]+)\]")


def read(data: bytes) -> Reading:
    lines: list[Line] = []
    faults: list[tuple[str, str, str]] = []
    known: dict[int, Proof] = {}
    with ZipFile(BytesIO(data)) as archive:
        for place, name in enumerate(_slides(archive), 1):
            slide = f"slide {place}"
            related = _related(archive, name)
            notes = [
                pair for t in related.values() if "notesSlides/" in t for pair in _texts(archive.read(t))
            ]
            quoted = dict(_quotes([text for _, text in notes]))
            for number, proof in quoted.items():
                if known.setdefault(number, proof) != proof:
                    faults.append((slide, "numbering", f"[{number}] stood for another quote before"))
                elif number > len(known):
                    faults.append((slide, "numbering", f"[{number}] is the {len(known)}th note"))
            for kind, text in _texts(archive.read(name)):
                if kind in ("title", "ctrTitle", "subTitle", "sldNum") or text.startswith(_UNIT):
                    continue
                if kind == "ftr" or _MARKS.match(text):
                    faults += [(slide, "footnote", message) for message in _labels(text, {**known, **quoted})]
                elif quoted and (line := _line(slide, text, quoted, faults)):
                    lines.append(line)
            for target in related.values():
                if "charts/chart" in target and target.endswith(".xml"):
                    chart = chart_of(archive.read(target))
                    faults += [(slide, *rest) for _, *rest in charted(chart, list(quoted.values()))]  # type: ignore[misc]
    return Reading((), tuple(lines), tuple(faults))


def _slides(archive: ZipFile) -> Iterator[str]:
    """In the order of the presentation."""
    root = ElementTree.fromstring(archive.read("ppt/presentation.xml"))
    related = _related(archive, "ppt/presentation.xml")
    for slide in root.iter(f"{_P}sldId"):
        yield related[slide.get(f"{_R}id", "")]


def _related(archive: ZipFile, name: str) -> dict[str, str]:
    folder, _, file = name.rpartition("/")
    root = ElementTree.fromstring(archive.read(f"{folder}/_rels/{file}.rels"))
    return {r.get("Id", ""): posixpath.normpath(f"{folder}/{r.get('Target')}").lstrip("/") for r in root}


def _texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Kind of placeholder and text of each paragraph."""
    for shape in ElementTree.fromstring(data).iter(f"{_P}sp"):
        kind = next((p.get("type", "body") for p in shape.iter(f"{_P}ph")), "")
        for paragraph in shape.iter(f"{_A}p"):
            text = "".join(
                (t.text or "") if t.tag == f"{_A}t" else "\n" * (t.tag == f"{_A}br") for t in paragraph.iter()
            )
            for part in re.split(r"[\n\v]", text):
                if part.strip():
                    yield kind, " ".join(part.split())


def _quotes(texts: list[str]) -> Iterator[tuple[int, Proof]]:
    for text in texts:
        if found := _QUOTED.match(text):
            yield int(found["number"]), Proof(found["quote"], found["source"])


def _line(slide: str, text: str, quoted: dict[int, Proof], faults: list[tuple[str, str, str]]) -> Line | None:
    """A line with the notes it names; one that names none has all of its slide."""
    marks = [int(number) for marks in _MARKS.findall(text) for number in re.findall(r"\d+", marks)]
    said = _MARKS.sub("", text).strip()
    faults += [
        (slide, "footnote", f"[{number}] is not among its notes") for number in marks if number not in quoted
    ]
    proofs = tuple(quoted[number] for number in marks if number in quoted) or tuple(quoted.values())
    return Line(f"{slide}: {said[:40]}", said, proofs) if said else None


def _labels(text: str, known: dict[int, Proof]) -> Iterator[str]:
    """Numbers in brackets and the source that follows them are those of the notes."""
    for marks, label in re.findall(r"((?:\[[\d, ]+\]\s*)+)([^\[]*)", text):
        told = label.strip(" ;.")
        for number in map(int, re.findall(r"\d+", marks)):
            if number not in known:
                yield f"[{number}] is not among its notes"
            elif told and told.rstrip("…").casefold() not in known[number].source.casefold():
                yield f"[{number}] is of {known[number].source}, not of {told}"
