"""Citations: markers, and the name an official would give a place in a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """What one statement quotes: ``document.text[start:end]`` of a passage.

    Attributes:
        sentence: start and end of the sentence that the span is, or is a part of.
        lead: a span shown before it, without which it would not be understood.
    """

    document: Document
    passage: Passage
    start: int
    end: int
    sentence: tuple[int, int]
    lead: tuple[int, int] | None = None


def cite(
    document: Document,
    passage: Passage,
    start: int,
    end: int,
    *,
    marker: int,
    sentence: tuple[int, int] | None = None,
) -> Citation:
    """A citation of ``document.text[start:end]``."""
    return Citation(
        marker=marker,
        document_id=document.id,
        passage_id=passage.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        label=label(document, passage, start),
        sentence=sentence,
    )


def quoted(spans: Sequence[QuotedSpan]) -> tuple[Statement, ...]:
    """One statement for each span: the exact span, "[…]" where its sentence goes on, the markers.

    Before a span comes, with a marker of its own, what it would not be understood without: the head that
    names the columns of its table, the question that it answers. What was said before is not said again.
    """
    statements: list[Statement] = []
    marker = 0
    said: set[tuple[str, int, int]] = set()
    for span in spans:
        text = span.document.text
        above = [*head_spans(text, span.start), *([span.lead] if span.lead else [])]
        shown: list[str] = []
        cited: list[Citation] = []
        for start, end in [*above, (span.start, span.end)]:
            own = (start, end) == (span.start, span.end)
            if not own and (span.document.id, start, end) in said:
                continue
            said.add((span.document.id, start, end))
            marker += 1
            sentence = span.sentence if own else (start, end)
            citation = cite(span.document, span.passage, start, end, marker=marker, sentence=sentence)
            pieces = [ELISION] * (start > sentence[0]) + citation.quote.split()
            shown.append(" ".join([*pieces, *[ELISION] * (end < sentence[1]), f"[{marker}]"]))
            cited.append(citation)
        statements.append(Statement(" ".join(shown), tuple(cited)))
    return tuple(statements)


def plain_text(statements: Iterable[Statement]) -> str:
    """The answer as plain text, one statement a line."""
    return "\n".join(statement.text for statement in statements)
