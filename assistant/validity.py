"""Whether what is quoted is still in force: notices beside every quote from a document that is not.

A document is replaced, ended or amended where a later document of the library says so, or where its
owner did (``status`` in its metadata).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.citations import name_document
from assistant.types import Citation, Notice, NoticeKind, Statement
from index.library import Library
from index.records import Relation, RelationKind
from index.relating import Standing, standing
from ingest.types import Status

_KINDS = {
    RelationKind.REPLACES: NoticeKind.REPLACED,
    RelationKind.ENDS: NoticeKind.ENDED,
    RelationKind.AMENDS: NoticeKind.AMENDED,
}
_STATUSES = {Status.REPLACED: NoticeKind.REPLACED, Status.ENDED: NoticeKind.ENDED}


class Validity:
    """Looks up what became of documents; reads the library once a generation. Safe in several threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: tuple[Standing, dict[str, tuple[Notice, ...]]] | None = None

    def notices(self, document_id: str) -> tuple[Notice, ...]:
        """What later documents did to one, the gravest first; empty for a document in force."""
        standing_, made = self._current()
        if document_id not in made:
            made[document_id] = self._make(standing_, document_id)
        return made[document_id]

    def superseded(self, document_ids: Iterable[str]) -> frozenset[str]:
        """Those of the documents that were replaced or ended; an amended one is in force."""
        standing_, _ = self._current()
        return frozenset(
            document_id
            for document_id in document_ids
            if document_id in standing_.statuses
            or any(r.kind is not RelationKind.AMENDS for r in standing_.told.get(document_id, ()))
        )

    def noted(self, statements: Sequence[Statement]) -> tuple[Statement, ...]:
        """The statements, each citation with the notices of its document."""
        return tuple(replace(entry, citations=self.cited(entry.citations)) for entry in statements)

    def cited(self, citations: Sequence[Citation]) -> tuple[Citation, ...]:
        """The citations with the notices of their documents."""
        return tuple(replace(entry, notices=self.notices(entry.document_id)) for entry in citations)

    def _current(self) -> tuple[Standing, dict[str, tuple[Notice, ...]]]:
        known = self._known
        if known is None or known[0].generation != self._library.generation:
            known = self._known = (standing(self._library.catalogue), {})
        return known

    def _make(self, standing_: Standing, document_id: str) -> tuple[Notice, ...]:
        found = [self._notice(relation) for relation in standing_.told.get(document_id, ())]
        status = standing_.statuses.get(document_id)
        if status is not None and not any(entry.kind is not NoticeKind.AMENDED for entry in found):
            found.append(Notice(_STATUSES[status], document_id, "", 0, 0))
        order = list(NoticeKind)
        return tuple(sorted(dict.fromkeys(found), key=lambda entry: order.index(entry.kind)))

    def _notice(self, relation: Relation) -> Notice:
        by = self._library.document(relation.document_id)
        return Notice(
            kind=_KINDS[relation.kind],
            by=by.id,
            label=name_document(by),
            start=relation.start or 0,
            end=relation.end or 0,
        )
