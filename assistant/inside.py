"""What is inside a document: its passages, the documents and dates it names, its figures, its relations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from assistant.quantities import figures
from index.library import Library
from ingest.dates import find_dates
from ingest.numbers import canonical, find_numbers
from ingest.types import Document, Passage


@dataclass(frozen=True, slots=True)
class NamedNumber:
    """A document number in a text: how often it stands there, and the one document here that has it."""

    number: str
    times: int
    document_id: str | None


@dataclass(frozen=True, slots=True)
class Related:
    """How two documents stand to each other.

    Attributes:
        kind: "replaces", "ends" or "amends".
        by_other: the other document does so to this one, not this one to it.
        number: of the one that is replaced, ended or amended, as the text names it.
        document_id, title: of the other document, where it is in the library.
    """

    kind: str
    by_other: bool
    number: str
    document_id: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Inside:
    """The inside of one document. ``numbers`` and ``dates`` by how often they stand there."""

    document: Document
    passages: tuple[Passage, ...]
    numbers: tuple[NamedNumber, ...]
    dates: tuple[tuple[date, int], ...]
    figures: int
    related: tuple[Related, ...]


def inside(library: Library, document_id: str) -> Inside:
    """Read a document of the library. Raises ``UnknownDocument``."""
    document = library.document(document_id)
    passages = tuple(library.passages(document_id))
    known = {entry.id: entry for entry in library.documents()}
    return Inside(
        document=document,
        passages=passages,
        numbers=_numbers(document, {key: entry.number for key, entry in known.items() if key != document_id}),
        dates=tuple(
            sorted(Counter(found.value for found in find_dates(document.text)).items(), key=lambda d: -d[1])
        ),
        figures=sum(len(figures(passage.text)) for passage in passages),
        related=tuple(
            Related(
                kind=relation.kind.value,
                by_other=relation.document_id != document_id,
                number=relation.number,
                document_id=other if other in known else None,
                title=known[other].title if other in known else "",
            )
            for relation in library.relations(document_id)
            for other in [
                relation.document_id if relation.document_id != document_id else relation.target_id or ""
            ]
        ),
    )


def _numbers(document: Document, others: dict[str, str | None]) -> tuple[NamedNumber, ...]:
    own = canonical(document.number) if document.number else None
    holders: dict[str, list[str]] = {}
    for document_id, number in others.items():
        if number:
            holders.setdefault(canonical(number), []).append(document_id)
    written: dict[str, str] = {}
    times: Counter[str] = Counter()
    for mention in find_numbers(document.text):
        if mention.canonical != own:
            written.setdefault(mention.canonical, mention.written)
            times[mention.canonical] += 1
    # A number alone is no identity: where two documents have it, it leads to neither.
    return tuple(
        NamedNumber(written[key], count, holders[key][0] if len(holders.get(key, ())) == 1 else None)
        for key, count in times.most_common()
    )
