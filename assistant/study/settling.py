"""Citations as they are kept: with the passage that holds them, the name of their place, their notices."""

from __future__ import annotations

from dataclasses import replace

from assistant.citations import label
from assistant.errors import UnknownDocument
from assistant.types import Citation
from assistant.validity import Validity
from index.library import Library
from ingest.types import Document, Passage


class Settler:
    """Looks up where quotes stand; reads each document once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._validity = Validity(library)
        self._known: dict[str, tuple[Document, list[Passage]]] = {}

    def citation(self, citation: Citation) -> Citation:
        """The citation with the passage in which its quote begins, and what became of its document.

        One that the library no longer holds stays as it is; proving tells of it.
        """
        try:
            document, passages = self._of(citation.document_id)
        except UnknownDocument:
            return citation
        if document.text[citation.start : citation.end] != citation.quote:
            return citation
        at = citation.start
        passage = next((entry for entry in passages if entry.start <= at < entry.end), None)
        notices = self._validity.notices(citation.document_id)
        if passage is None:
            return replace(citation, notices=notices)
        named = label(document, passage, at)
        return replace(citation, passage_id=passage.id, label=named, notices=notices)

    def _of(self, document_id: str) -> tuple[Document, list[Passage]]:
        if document_id not in self._known:
            document = self._library.document(document_id)
            self._known[document_id] = (document, self._library.passages(document_id))
        return self._known[document_id]
