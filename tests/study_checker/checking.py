"""A file against the documents: its form, its numbering, its quotes, its items, its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from . import gift, moodle, qti, slides
from .documents import Documents
from .kinds import check
from .model import Finding, Item, Line, Proof, Reading
from .sheets import joined, read_variants
from .support import SAME_THING, framed
from .word import read_sheet
from .words import content, dates, figures, plain, says, tokens

#: Words, at most, of a quote that is a row of a table.
_ROW = 8
READERS: Mapping[str, Callable[[bytes], Reading]] = {
    ".gift.txt": gift.read,
    ".gift": gift.read,
    ".xml": moodle.read,
    ".zip": lambda data: qti.read(data) if _is_package(data) else read_variants(data),
    ".pptx": slides.read,
    ".docx": lambda data: joined([read_sheet(data)]),
}


def check_file(path: Path, documents: Documents) -> list[Finding]:
    """Everything wrong with one file.

    Raises:
        ValueError: nothing here reads such files.
    """
    reader = next((read for suffix, read in READERS.items() if path.name.endswith(suffix)), None)
    if reader is None:
        raise ValueError(f"{path}: no reader for such files; there are some for {', '.join(READERS)}")
    return check_reading(reader(path.read_bytes()), documents, path.name)


def check_files(paths: Sequence[Path], documents: Documents) -> list[Finding]:
    """All files; a quiz and a key in Word that are about the same are read together."""
    papers = [path for path in paths if path.suffix == ".docx"]
    found = [finding for path in paths if path not in papers for finding in check_file(path, documents)]
    if papers:
        reading = joined([read_sheet(path.read_bytes()) for path in papers])
        found += check_reading(reading, documents, ", ".join(path.name for path in papers))
    return found


def _is_package(data: bytes) -> bool:
    with ZipFile(BytesIO(data)) as archive:
        return "imsmanifest.xml" in archive.namelist()


def check_reading(reading: Reading, documents: Documents, file: str) -> list[Finding]:
    found = [Finding(file, name, kind, message) for name, kind, message in reading.faults]
    for name, kind, message in _of_items(reading.items, documents):
        found.append(Finding(file, name, kind, message))
    for line in reading.lines:
        found += [Finding(file, line.name, kind, message) for kind, message in _of_line(line, documents)]
    return sorted(set(found))


def _of_items(items: Sequence[Item], documents: Documents) -> Iterator[tuple[str, str, str]]:
    for place, item in enumerate(items, 1):
        # Papers of one quiz begin with 1 again.
        paper, _, number = item.name.rpartition(" ")
        within = sum(other.name.rpartition(" ")[0] == paper for other in items[:place])
        if number != str(within):
            yield item.name, "numbering", f"stands at place {within}"
        for proof in item.proofs:
            if fault := fault_of(proof, documents):
                yield item.name, "span", fault
        for kind, message in check(item, documents):
            yield item.name, kind, message
        yield from ((item.name, kind, message) for kind, message in _among(item, items[: place - 1]))
        yield from ((item.name, "given", message) for message in _given(item, items, documents))


def _among(item: Item, earlier: Sequence[Item]) -> Iterator[tuple[str, str]]:
    for other in earlier:
        if paper_of(other) != paper_of(item):
            continue
        if tokens(other.stem) == tokens(item.stem) and _keys(other) == _keys(item):
            yield "repeated", f"the same as {other.name}"


def paper_of(item: Item) -> str:
    return item.name.rpartition(" ")[0]


def _keys(item: Item) -> frozenset[str]:
    return frozenset(plain(key) for key in item.keys)


def _given(item: Item, items: Sequence[Item], documents: Documents) -> Iterator[str]:
    """Its key can be read from the stem of another item that asks of the same thing."""
    if item.kind not in ("single", "fill", "short"):
        return
    for other in items:
        told = other.stem if other.kind != "true_false" or other.truth else ""
        if other is item or not told or paper_of(other) != paper_of(item):
            continue
        reads = any(says(told, key) and not says(item.stem, key) for key in item.keys)
        # The name of its source, which both may bear, is not what an item asks of.
        if reads and documents.coverage(framed(item.stem)[1], told) >= SAME_THING:
            yield f"its key can be read from the stem of {other.name}"


def fault_of(proof: Proof, documents: Documents) -> str:
    """Why a quote is not exactly what its document has at its place; empty if it is."""
    if not proof.quote.strip():
        return "an empty quote"
    if proof.start < 0:
        return "" if documents.places(proof.quote) else f"in no document: {proof.quote[:80]}"
    text = documents.texts.get(proof.document)
    if text is None:
        return f"no such document: {proof.document}"
    if plain(text[proof.start : proof.end]) != plain(proof.quote):
        return f"not at its place in {proof.document}: {proof.quote[:80]}"
    if not proof.source.strip():
        return "no source"
    return ""


def _of_line(line: Line, documents: Documents) -> Iterator[tuple[str, str]]:
    """Figures and dates of a line stand in its notes, and so do most of its words."""
    for proof in line.proofs:
        if fault := fault_of(proof, documents):
            yield "span", fault
    told = " ".join(f"{proof.quote} {proof.source}" for proof in line.proofs)
    stated = [(figure.value, figure.percent) for figure in figures(told)]
    for figure in figures(line.text):
        if (figure.value, figure.percent) not in stated:
            yield "footnote", f"no note has the figure {line.text[figure.start : figure.end]}"
    for date, start, end in dates(line.text):
        held = [text for proof in line.proofs for text in documents.of(proof)]
        if not any(date.within(other) for text in (told, *held) for other, _, _ in dates(text)):
            yield "footnote", f"no note has the date {line.text[start:end]}"
    words = content(re.sub(r"\([^()]*\)$", "", line.text))
    # Rows of a table do not say what the table is about.
    rows = all(len(tokens(proof.quote)) < _ROW for proof in line.proofs)
    if words and not rows and len(words & content(told)) < 0.5 * len(words):
        yield "footnote", f"its notes tell of something else: {line.text[:80]}"
