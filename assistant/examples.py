"""Questions to offer a reader who does not know yet what the library holds.

Each is made from the library: the first figure of a sentence becomes "bao nhiêu", a heading that is
a question is asked as it stands, and the number of a document becomes a question about it. None is offered whose answer does not quote that place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.quantities import figures
from index.library import Library
from ingest.numbers import find_numbers
from ingest.places import find_places
from ingest.sentences import sentences
from ingest.structure import BlockKind, outline
from ingest.types import Kind

_WORDS = range(4, 22)  # before the figure
#: What is counted: up to four lower-case syllables, before any that begin something new.
_STOPS = frozenset(
    "trong với và là của ở tại cho không có được thay đạt so vào ra chiếm bằng về lên theo từ đến".split()
)
_UNIT = re.compile(
    r" ((?:(?!(?:trong|với|và|là|của|ở|tại|cho|không|có|được|thay|đạt|so|vào|ra|chiếm|bằng|về|lên|theo|từ|đến) )(?:Đảng|[a-zà-ỹđ]+)(?: |(?=[.,;(]|$))){1,6})"
)
_NOT_ALONE = re.compile(
    r"^\s*(?:[-+•*]|\d|trong đó|trong số|kết quả|theo đó|ngoài ra|bên cạnh|đến nay|từ đó|qua đó|số này|đây|họ|riêng|theo"
    r"|(?:nhờ|vì|do|như|bởi|tuy) (?:vậy|đó|thế|nhiên)|đồng thời|mặt khác|cùng với)\b",
    re.IGNORECASE,
)
#: What makes the figure behind it a name, not a count.
_ORDINAL = re.compile(
    r"\b(?:ngày|tháng|năm|quý|điều|khoản|mục|chương|bài|câu|số|khóa|lần thứ|thứ)$", re.IGNORECASE
)
_BLOCKS_READ = 200
_HEADING_WORDS = range(5, 20)
_NUMBERING = re.compile(r"^[#\s]*(?:(?:câu|phần|mục)?\s*(?:\d+|[IVX]+)[.):]\s*)?", re.IGNORECASE)


def drafts(library: Library) -> Iterator[tuple[str, str]]:
    """(question, document id) pairs, one document after the other, in turn."""
    lines = [of_document(library, summary.id) for summary in library.documents()]
    while lines:
        for line in list(lines):
            draft = next(line, None)
            if draft is None:
                lines.remove(line)
            else:
                yield draft


def of_document(library: Library, document_id: str) -> Iterator[tuple[str, str]]:
    """(question, document id) pairs of one document, in its order. Raises ``UnknownDocument``."""
    document = library.document(document_id)
    for block in outline(document.text)[:_BLOCKS_READ]:
        text = " ".join(document.text[block.start : block.end].split())
        if block.kind is BlockKind.HEADING:
            asked = _NUMBERING.sub("", text)
            if asked.endswith("?") and len(asked.split()) in _HEADING_WORDS:
                yield asked, document_id
            continue
        for start, end in sentences(document.text, block.start, block.end):
            question = question_of(document.text[start:end], document.province)
            if question:
                yield question, document_id
    if document.number and document.kind is not Kind.OTHER:
        yield f"{document.kind.value.capitalize()} số {document.number} nói về việc gì?", document_id


def question_of(sentence: str, province: str | None = None) -> str | None:
    """The question that a sentence answers by its first figure, or ``None``.

    The sentence must stand alone: begin with no word that points back, and name a place or a
    document before the figure, unless its document is about one ``province``.
    """
    text = " ".join(sentence.split())
    found = figures(text)
    if not found or _NOT_ALONE.match(text) or not text[:1].isupper():
        return None
    figure = found[0]
    before = re.sub(r"(?:gần|hơn|khoảng|trên|được|tới|đến|xấp xỉ)\s*$", "", text[: figure.start()]).rstrip()
    unit = _UNIT.match(text, figure.end())
    named = bool(find_places(before) or find_numbers(before))
    if unit is None or not (named or province):
        return None
    if len(before.split()) not in _WORDS or re.search(r"[(:;%“]", before) or _ORDINAL.search(before):
        return None
    rest = text[unit.end() :].lstrip()
    if rest[:1].islower() and rest.split()[0].strip(".,;") not in _STOPS:
        return None  # the noun goes on: half of it would be no question
    question = f"{before} bao nhiêu {unit.group(1).strip()}?"
    return question if named else f"Ở {province}, {question[0].lower()}{question[1:]}"
