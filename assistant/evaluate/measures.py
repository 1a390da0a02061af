"""Measures of one answer. Pure: text and values in, numbers out.

Definitions follow the literature (recall, precision, hit@k); what is ours is said where it
is defined. ``None`` means that a measure does not apply, never that it is zero.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from assistant.types import Answer, Citation, Statement
from index.types import Hit
from ingest.places import one_tone_style
from ingest.types import Document

#: An answer earns its facts within this many words, so that length buys nothing.
WORDS_THAT_COUNT = 120

_MARKER = re.compile(r"\s*\[(\d+)\]")
_NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*")
_NUMBER_CHARACTER = frozenset(".,")

Find = Callable[[str], Document | None]


def without_markers(statement: Statement) -> str:
    """The statement's text without the markers of its own citations; other brackets stay."""
    own = {citation.marker for citation in statement.citations}
    return _MARKER.sub(lambda m: "" if int(m[1]) in own else m[0], statement.text).strip()


def answer_text(answer: Answer) -> str:
    """The statements without markers, joined by blanks. Framing around them does not count."""
    return " ".join(without_markers(statement) for statement in answer.statements)


def first_words(text: str, count: int = WORDS_THAT_COUNT) -> str:
    """The first ``count`` words (runs of non-white-space), joined by single blanks."""
    return " ".join(text.split()[:count])


def comparable(text: str) -> str:
    """Text for comparing: NFC, lower case, tone marks in one style (hoà = hòa), white space collapsed."""
    return " ".join(one_tone_style(unicodedata.normalize("NFC", text).casefold()).split())


def contains(text: str, wanted: str) -> bool:
    """Whether ``wanted`` stands in ``text``, both made comparable, and not inside a longer number.

    A match that begins or ends with a digit must not touch another digit, nor a ``.`` or ``,``
    with a digit behind it: ``20`` is not in ``2020``, ``250`` not in ``1.250``, ``39`` not in ``39,7``.
    """
    haystack, needle = comparable(text), comparable(wanted)
    start = haystack.find(needle) if needle else -1
    while start >= 0:
        if not _cuts_number(haystack, start, start + len(needle)):
            return True
        start = haystack.find(needle, start + 1)
    return False


def facts_found(text: str, facts: Sequence[Sequence[str]]) -> int:
    """How many facts have one of their accepted strings in ``text``."""
    return sum(any(contains(text, accepted) for accepted in fact) for fact in facts)


def fact_recall(answer: Answer, facts: Sequence[Sequence[str]]) -> float | None:
    """Share of the facts that stand in the first 120 words of the answer."""
    if not facts:
        return None
    return facts_found(first_words(answer_text(answer)), facts) / len(facts)


def forbidden_found(answer: Answer, forbidden: Iterable[str]) -> tuple[str, ...]:
    """The forbidden strings that stand anywhere in the answer."""
    text = answer_text(answer)
    return tuple(entry for entry in forbidden if contains(text, entry))


def names_of(document: Document) -> frozenset[str]:
    """Every name by which a facts file may mean this document."""
    return frozenset((document.id, *document.names))


def document_hit(hits: Sequence[Hit], expected: Iterable[str], k: int) -> bool:
    """hit@k: whether one of the expected documents is among those of the first ``k`` hits."""
    wanted = frozenset(expected)
    return any(names_of(hit.document) & wanted for hit in hits[:k])


def cited_recall(answer: Answer, expected: Sequence[str], find: Find) -> float | None:
    """Share of the expected documents that the answer cites."""
    if not expected:
        return None
    cited: set[str] = set()
    for citation in answer.citations:
        document = find(citation.document_id)
        cited |= names_of(document) if document else {citation.document_id}
    return sum(name in cited for name in expected) / len(expected)


def exact(citation: Citation, find: Find) -> bool:
    """Whether the quote is, character for character, the span of the stored text it claims."""
    document = find(citation.document_id)
    return (
        document is not None
        and bool(citation.quote)
        and document.text[citation.start : citation.end] == citation.quote
    )


def numbers_supported(statement: Statement) -> bool:
    """Whether every number a statement asserts stands in a quote it cites.

    The label of a citation ("đoạn 14") names a place and asserts nothing, so it is left out.
    """
    text = without_markers(statement)
    for citation in statement.citations:
        if citation.label:
            text = text.replace(citation.label, " ")
    return all(
        any(contains(citation.quote, number) for citation in statement.citations)
        for number in _NUMBER.findall(text)
    )


def citations_right(answer: Answer, find: Find) -> tuple[int, int]:
    """(right, all) over the citations of all statements.

    A citation is right when its quote is exact and every number of its statement stands in a
    quote the statement cites. A statement without any citation counts as one that is wrong.
    """
    right = total = 0
    for statement in answer.statements:
        supported = numbers_supported(statement)
        total += max(1, len(statement.citations))
        right += sum(supported and exact(citation, find) for citation in statement.citations)
    return right, total


def ratio(part: int, whole: int) -> float | None:
    """``part / whole``, or ``None`` where there is nothing to measure."""
    return part / whole if whole else None


def mean(values: Iterable[float | None]) -> float | None:
    """Mean of the values that apply, or ``None`` where none does."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _cuts_number(text: str, start: int, end: int) -> bool:
    return (text[start].isdigit() and _number_goes_on(text, start - 1, -1)) or (
        text[end - 1].isdigit() and _number_goes_on(text, end, 1)
    )


def _number_goes_on(text: str, at: int, step: int) -> bool:
    if not 0 <= at < len(text):
        return False
    if text[at].isdigit():
        return True
    beyond = at + step
    return text[at] in _NUMBER_CHARACTER and 0 <= beyond < len(text) and text[beyond].isdigit()
