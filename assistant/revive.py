"""Citations of an answer that was kept, held against the library as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.types import Answer, Citation, Notice, NoticeKind, Statement
from assistant.validity import Validity
from index.errors import UnknownDocument
from index.library import Library
from ingest.types import Document, Passage


class Reviver:
    """Brings kept citations up to date; reads each document once. Made anew for each conversation."""

    def __init__(self, library: Library, validity: Validity) -> None:
        self._library = library
        self._validity = validity
        self._documents: dict[str, Document | None] = {}
        self._passages: dict[str, list[Passage]] = {}

    def answer(self, answer: Answer) -> Answer:
        """The answer, each citation with what became of its document since; see ``citation``."""
        return replace(
            answer,
            statements=tuple(self._statement(entry) for entry in answer.statements),
            nearest=self._citations(answer.nearest),
        )

    def citation(self, citation: Citation) -> Citation:
        """The citation with today's notices, and with the passage that holds it today.

        Where the document is gone, or does not have the quote at its place any more, a notice says so;
        the quote stays as it was. Nothing is searched for: another place that reads the same was not cited.
        """
        document = self._document(citation.document_id)
        if document is None:
            return _marked(citation, NoticeKind.REMOVED)
        if document.text[citation.start : citation.end] != citation.quote or not citation.quote:
            return _marked(citation, NoticeKind.CHANGED)
        return replace(
            citation,
            passage_id=self._passage_id(citation),
            notices=self._validity.notices(citation.document_id),
        )

    def passage(self, passage_id: str) -> tuple[Passage, Document] | None:
        """A passage and its document as they are now; ``None`` where the library no longer has them."""
        document = self._document(passage_id.rpartition("#")[0])
        if document is None:
            return None
        found = next((entry for entry in self._passages_of(document.id) if entry.id == passage_id), None)
        return (found, document) if found else None

    def _citations(self, citations: Sequence[Citation]) -> tuple[Citation, ...]:
        return tuple(self.citation(entry) for entry in citations)

    def _statement(self, statement: Statement) -> Statement:
        return replace(statement, citations=self._citations(statement.citations))

    def _document(self, document_id: str) -> Document | None:
        if document_id not in self._documents:
            try:
                self._documents[document_id] = self._library.document(document_id)
            except UnknownDocument:
                self._documents[document_id] = None
        return self._documents[document_id]

    def _passage_id(self, citation: Citation) -> str:
        """The passage that holds the quote's beginning: the document may have been cut otherwise since."""
        passages = self._passages_of(citation.document_id)
        holding = [entry.id for entry in passages if entry.start <= citation.start < entry.end]
        return holding[0] if holding else citation.passage_id

    def _passages_of(self, document_id: str) -> list[Passage]:
        if document_id not in self._passages:
            self._passages[document_id] = self._library.passages(document_id)
        return self._passages[document_id]


def _marked(citation: Citation, kind: NoticeKind) -> Citation:
    # What other documents did to it is passed over: it could not be looked up.
    return replace(citation, notices=(Notice(kind, citation.document_id, "", 0, 0),))
