"""What stands under a question in every file of a quiz: its explanation, and each quote with its source.

A quote is written on one line, as a learner reads it: runs of white space are one space. After its source
stands where it is, ``[document:start-end]``, offsets into the document's text, for whoever checks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.study.types import QuizItem
from assistant.types import Citation

#: What XML cannot hold.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def one_line(text: str) -> str:
    """The text without control characters, its runs of white space as one space."""
    return " ".join(_IMPOSSIBLE.sub("", text).split())


def proof_lines(item: QuizItem) -> tuple[str, ...]:
    """The explanation, if there is one, then a line for each quote that proves the key."""
    lines = [one_line(item.explanation)] if item.explanation.strip() else []
    return (*lines, *(proof_line(citation) for citation in proofs(item)))


def proof_line(citation: Citation) -> str:
    """A quote, how an official names its source, and its place."""
    place = f"[{citation.document_id}:{citation.start}-{citation.end}]"
    return one_line(f"“{citation.quote}” — {citation.label} {place}")


def proofs(item: QuizItem) -> tuple[Citation, ...]:
    """Every citation of an item once: of its key, then of its pairs, then of its steps."""
    spans = {(c.document_id, c.start, c.end): c for c in reversed(tuple(_cited(item)))}
    return tuple(reversed(spans.values()))


def _cited(item: QuizItem) -> Iterator[Citation]:
    yield from item.citations
    yield from (pair.citation for pair in item.pairs)
    yield from (step.citation for step in item.steps)
