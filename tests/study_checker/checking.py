"""A file against the documents: its form, its numbering, its quotes, its items, its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from . import gift, moodle, qti
from .documents import Documents
from .kinds import check
from .model import Finding, Item, Line, Proof, Reading
from .support import SAME_THING
from .words import content, dates, figures, plain, says, tokens

READERS: Mapping[str, Callable[[bytes], Reading]] = {
    ".gift.txt": gift.read,
    ".gift": gift.read,
    ".xml": moodle.read,
    ".zip": qti.read,
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


def check_reading(reading: Reading, documents: Documents, file: str) -> list[Finding]:
    found = [Finding(file, name, kind, message) for name, kind, message in reading.faults]
    for name, kind, message in _of_items(reading.items, documents):
        found.append(Finding(file, name, kind, message))
    for line in reading.lines:
        found += [Finding(file, line.name, kind, message) for kind, message in _of_line(line, documents)]
    return sorted(set(found))


def _of_items(items: Sequence[Item], documents: Documents) -> Iterator[tuple[str, str, str]]:
    for place, item in enumerate(items, 1):
        number = re.search(r"\d+", item.name)
        if number is None or int(number[0]) != place:
            yield item.name, "numbering", f"stands at place {place}"
        for proof in item.proofs:
            if fault := fault_of(proof, documents):
                yield item.name, "span", fault
        for kind, message in check(item, documents):
            yield item.name, kind, message
        yield from ((item.name, kind, message) for kind, message in _among(item, items[: place - 1]))
        yield from ((item.name, "given", message) for message in _given(item, items, documents))


def _among(item: Item, earlier: Sequence[Item]) -> Iterator[tuple[str, str]]:
    for other in earlier:
        if tokens(other.stem) == tokens(item.stem) and _keys(other) == _keys(item):
            yield "repeated", f"the same as {other.name}"


def _keys(item: Item) -> frozenset[str]:
    return frozenset(plain(key) for key in item.keys)


def _given(item: Item, items: Sequence[Item], documents: Documents) -> Iterator[str]:
    """Its key can be read from the stem of another item that asks of the same thing."""
    if item.kind not in ("single", "fill", "short"):
        return
    for other in items:
        told = other.stem if other.kind != "true_false" or other.truth else ""
        if other is item or not told:
            continue
        reads = any(says(told, key) and not says(item.stem, key) for key in item.keys)
        if reads and documents.coverage(item.stem, told) >= SAME_THING:
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
        if not any(date.within(other) for other, _, _ in dates(told)):
            yield "footnote", f"no note has the date {line.text[start:end]}"
    words = content(line.text)
    if words and len(words & content(told)) < 0.5 * len(words):
        yield "footnote", f"its notes tell of something else: {line.text[:80]}"
