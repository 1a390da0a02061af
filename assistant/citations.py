"""Citations: markers, and the name an official would give a place in a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.tables import head_spans
from assistant.types import Citation, Statement
from ingest.types import Document, Kind, Passage

#: Stands where the rest of a sentence was left out.
ELISION = "[…]"
_UNITS = (
    ("part", "Phần {}"),
    ("chapter", "Chương {}"),
    ("section", "Mục {}"),
    ("article", "Điều {}"),
    ("clause", "khoản {}"),
    ("point", "điểm {}"),
)


def name_document(document: Document) -> str:
    """A document as an official would name it.

    A numbered document by kind, number and issuer ("Chỉ thị số 28-CT/TW của Ban Bí thư"), an
    article by place and newspaper ("Bắc Ninh, bài của TTXVN"), anything else by its title; with
    the date of issue where the document gives one.
    """
    kind = document.kind.value.capitalize()
    if document.number and document.kind is not Kind.OTHER:
        name = f"{kind} số {document.number}"
        if document.issuer:
            name += f" của {document.issuer}"
    elif document.kind is Kind.ARTICLE and (document.issuer or document.province):
        place = (document.province or "").removeprefix("tỉnh ")
        place = place[:1].upper() + place[1:]
        writer = f"bài của {document.issuer}" if document.issuer else f"bài “{_short(document.title)}”"
        name = ", ".join(part for part in (place, writer) if part)
    else:
        name = _short(document.title)
    if document.issued_on:
        day = document.issued_on
        name += f", ngày {day.day}/{day.month}/{day.year}"
    return name


def _short(title: str, words: int = 14) -> str:
    title = title.rstrip(" .;:,")
    parts = title.split()
    return title if len(parts) <= words else " ".join(parts[:words]) + "…"


def label(document: Document, passage: Passage, start: int) -> str:
    """Where the character at ``start`` of a passage stands: document, unit or paragraph, page."""
    parts = [name_document(document)]
    units = [form.format(value) for field, form in _UNITS if (value := getattr(passage.locator, field))]
    parts += units or [f"đoạn {passage.ordinal}"]
    page = document.page_at(start)
    if page is not None:
        parts.append(f"trang {page.number}")
        if page.recognised:
            parts.append("nhận dạng từ bản quét")
    return ", ".join(parts)


def cite(document: Document, passage: Passage, start: int, end: int, *, marker: int) -> Citation:
    """A citation of ``document.text[start:end]``."""
    return Citation(
        marker=marker,
        document_id=document.id,
        passage_id=passage.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        label=label(document, passage, start),
    )


def quoted(quotes: Sequence[tuple[Document, Passage, int, int, tuple[bool, bool]]]) -> tuple[Statement, ...]:
    """One statement for each quote: the exact span, "[…]" where its sentence goes on, the marker.

    Before the first row of a table comes the head that names its columns, with a marker of its own.

    Args:
        quotes: document, passage, start and end of the span, and whether something of its sentence
            was left out before and after it.
    """
    statements = []
    marker = 0
    heads: set[tuple[str, tuple[int, int]]] = set()
    for document, passage, start, end, (before, after) in quotes:
        shown: list[str] = []
        cited: list[Citation] = []
        above = [span for span in head_spans(document.text, start) if (document.id, span) not in heads]
        heads.update((document.id, span) for span in above)
        for span in [*above, (start, end)]:
            marker += 1
            citation = cite(document, passage, *span, marker=marker)
            whole = span != (start, end)
            pieces = [ELISION] * (before and not whole) + citation.quote.split()
            shown.append(" ".join([*pieces, *[ELISION] * (after and not whole), f"[{marker}]"]))
            cited.append(citation)
        statements.append(Statement(" ".join(shown), tuple(cited)))
    return tuple(statements)


def plain_text(statements: Iterable[Statement]) -> str:
    """The answer as plain text, one statement a line."""
    return "\n".join(statement.text for statement in statements)
