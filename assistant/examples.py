"""Questions to offer a reader who does not know yet what the library holds.

Each is made from a sentence of the library: its only figure becomes "bao nhiêu", or the number of
a document becomes a question about it. None is offered whose answer does not quote that place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.evidence import figures
from index.library import Library
from ingest.numbers import find_numbers
from ingest.places import find_places
from ingest.sentences import sentences

_WORDS = range(4, 22)  # before the figure
#: What is counted: up to four lower-case syllables, before any that begin something new.
_STOPS = frozenset("trong với và là của ở tại cho không có được thay đạt so vào ra chiếm bằng".split())
_UNIT = re.compile(
    r" ((?:(?!(?:trong|với|và|là|của|ở|tại|cho|không|có|được|thay|đạt|so|vào|ra|chiếm|bằng) )(?:Đảng|[a-zà-ỹđ]+)(?: |(?=[.,;(]|$))){1,6})"
)
_NOT_ALONE = re.compile(
    r"^\s*(?:[-+•*]|\d|trong đó|trong số|kết quả|theo đó|ngoài ra|bên cạnh|đến nay|từ đó|qua đó|số này|đây|họ|riêng)",
    re.IGNORECASE,
)
_PASSAGES_READ = 40


def drafts(library: Library) -> Iterator[tuple[str, str]]:
    """(question, document id) pairs, one document after the other, in turn."""
    lines = [_of_document(library, summary.id) for summary in library.documents()]
    while lines:
        for line in list(lines):
            draft = next(line, None)
            if draft is None:
                lines.remove(line)
            else:
                yield draft


def _of_document(library: Library, document_id: str) -> Iterator[tuple[str, str]]:
    document = library.document(document_id)
    for passage in library.passages(document_id)[:_PASSAGES_READ]:
        for start, end in sentences(document.text, passage.start, passage.end):
            question = question_of(document.text[start:end])
            if question:
                yield question, document_id


def question_of(sentence: str) -> str | None:
    """The question that a sentence answers by its first figure, or ``None``.

    The sentence must stand alone: begin with no word that points back, and name a place or a
    document before the figure.
    """
    text = " ".join(sentence.split())
    found = figures(text)
    if not found or _NOT_ALONE.match(text) or not text[:1].isupper():
        return None
    figure = found[0]
    before = re.sub(r"(?:gần|hơn|khoảng|trên|được|tới|đến|xấp xỉ)\s*$", "", text[: figure.start()]).rstrip()
    unit = _UNIT.match(text, figure.end())
    if unit is None or not (find_places(before) or find_numbers(before)):
        return None
    if len(before.split()) not in _WORDS or re.search(r"[(:;%“]", before):
        return None
    rest = text[unit.end() :].lstrip()
    if rest[:1].islower() and rest.split()[0].strip(".,;") not in _STOPS:
        return None  # the noun goes on: half of it would be no question
    return f"{before} bao nhiêu {unit.group(1).strip()}?"
