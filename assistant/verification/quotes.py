"""Checking statements against what they cite; nothing unchecked is shown as verified."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.citations import ELISION
from assistant.types import Citation, Statement, Verdict
from ingest.types import Document

MARKER = re.compile(r"\[(\d+)\]")
_NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*")


def without_markers(text: str) -> str:
    """A statement's text less its ``[n]`` markers."""
    return re.sub(r"\s*\[\d+\]", "", text).strip()


def exact(citation: Citation, document: Document) -> bool:
    """The quote is exactly the span it names."""
    return bool(citation.quote) and document.text[citation.start : citation.end] == citation.quote


def numbers_cited(statement: Statement) -> bool:
    """Every number in the statement stands in one of the quotes it cites."""
    cited = {number for citation in statement.citations for number in _NUMBER.findall(citation.quote)}
    return set(_NUMBER.findall(without_markers(statement.text))) <= cited


def check(statement: Statement, document_of: Callable[[str], Document]) -> Statement:
    """The statement with the verdict that its citations earn.

    Verbatim: its text is the quotes themselves. Contradicted: a quote is not its span, a marker
    has no citation, or a number stands in no quote. Unverified: it cites nothing.
    """
    if not statement.citations:
        return replace(statement, verdict=Verdict.UNVERIFIED)
    if not all(exact(citation, document_of(citation.document_id)) for citation in statement.citations):
        return replace(statement, verdict=Verdict.CONTRADICTED)
    if _verbatim(statement):
        return replace(statement, verdict=Verdict.VERBATIM)
    markers = {int(marker) for marker in MARKER.findall(_less_quotes(statement))}
    if markers != {citation.marker for citation in statement.citations}:
        return replace(statement, verdict=Verdict.CONTRADICTED)
    if not numbers_cited(statement):
        return replace(statement, verdict=Verdict.CONTRADICTED)
    return replace(statement, verdict=Verdict.SUPPORTED)


def _verbatim(statement: Statement) -> bool:
    """The text is its quotes in order, each with its marker, and nothing but "[…]" beside them."""
    elision = rf"(?:{re.escape(ELISION)} )?"
    pieces = (
        rf"{elision}{re.escape(' '.join(citation.quote.split()))} {elision}\[{citation.marker}\]"
        for citation in statement.citations
    )
    return re.fullmatch(" ".join(pieces), " ".join(statement.text.split())) is not None


def _less_quotes(statement: Statement) -> str:
    """The text less what it quotes: a document may hold "[3]" itself, which marks nothing here."""
    text = " ".join(statement.text.split())
    for citation in statement.citations:
        text = text.replace(" ".join(citation.quote.split()), " ")
    return text
