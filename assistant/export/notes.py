"""What a footnote says: the exact quote in quotation marks, and where it stands."""

from __future__ import annotations

from assistant.types import Citation


def note_on(citation: Citation) -> str:
    """The quote on one line, and how an official names its place."""
    return f"“{' '.join(citation.quote.split())}” — {label_of(citation)}."


def label_of(citation: Citation) -> str:
    """How an official names the place, without the full stop that may end it."""
    return (citation.label or citation.document_id).rstrip(" .")
