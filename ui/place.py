"""The address of a place in a document: the part of a link after ``#``, which outlives the conversation."""

from __future__ import annotations

from urllib.parse import quote

from assistant.sources import check_of
from assistant.types import Citation


def place_link(citation: Citation) -> str:
    """The link that opens the source viewer at a citation: ``#/nguon/<document>/<start>-<end>-<check>``.

    It leads to the same characters after a reload and a restart; the check tells when other words have
    come to stand there. Safe within an attribute: every other character is a percent escape.
    """
    document = quote(citation.document_id, safe="")
    return f"#/nguon/{document}/{citation.start}-{citation.end}-{check_of(citation.quote)}"
