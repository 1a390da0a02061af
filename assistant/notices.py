"""Notices in words: the warning beside a quote from a document that is no longer as it was issued."""

from __future__ import annotations

from assistant.types import Citation, Notice
from prompts import render


def in_words(notice: Notice, citation: Citation, language: str) -> str:
    """The notice of a citation as a sentence in ``"vi"`` or ``"en"``."""
    return of_document(notice, citation.document_id, language)


def of_document(notice: Notice, document_id: str, language: str) -> str:
    """The notice of a document as a sentence in ``"vi"`` or ``"en"``."""
    own = notice.by == document_id
    return render(notice.kind.value, language, by=notice.label or notice.by, own=own)


def all_in_words(citations: tuple[Citation, ...], language: str) -> tuple[str, ...]:
    """The notices of some citations, each sentence once."""
    found = [in_words(notice, citation, language) for citation in citations for notice in citation.notices]
    return tuple(dict.fromkeys(found))
