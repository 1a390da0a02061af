"""What must hold for choices that a document settles by itself: above a figure, and named in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from .documents import Documents
from .model import Item
from .words import figures, names

_BOUND = re.compile(r"(?:có .+ trên|above) (\d[\d.,]*\s?%?)(?=\s*[(?])")
_NAMED = re.compile(r"văn bản nào sau đây được nhắc đến|documents are mentioned")
#: Characters behind a name within which its figure stands.
_BEHIND = 60


def settled(item: Item, documents: Documents) -> Iterator[tuple[str, str]]:
    """Faults of options that are right or wrong by a figure, or by being named."""
    if bound := _BOUND.search(item.stem):
        yield from _bounded(item, documents, bound[1])
    if _NAMED.search(item.stem):
        yield from _named(item, documents)


def _bounded(item: Item, documents: Documents, bound: str) -> Iterator[tuple[str, str]]:
    limit = next(iter(figures(bound)), None)
    if limit is None:
        return
    sources = [text for proof in item.proofs for text in documents.of(proof)]
    for text, right in item.options:
        found = [value for source in sources for value in _behind(text, source, limit.percent)]
        if right and not any(value > limit.value for value in found):
            yield "key", f"its document has no figure above {bound} for it: {text}"
        if not right and (not found or max(found) > limit.value):
            yield "distractor", f"its document does not put it at {bound} or less: {text}"


def _behind(name: str, text: str, percent: bool) -> Iterator[Fraction]:
    """The first figure behind each place of a name, where it is a percentage as the bound is."""
    for place in re.finditer(re.escape(name), text, re.IGNORECASE):
        for figure in figures(text[place.end() : place.end() + _BEHIND])[:1]:
            if figure.percent == percent:
                yield figure.value


def _named(item: Item, documents: Documents) -> Iterator[tuple[str, str]]:
    held = {name for proof in item.proofs for text in documents.of(proof) for name in names(text)}
    for text, right in item.options:
        if right and not names(text) <= held:
            yield "key", f"its document does not name it: {text}"
        if not right and names(text) & held:
            yield "distractor", f"its document names it as well: {text}"
