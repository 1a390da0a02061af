"""Everything that can be done with the documents of a library from a page: one object for all of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from assistant import editing
from assistant.collection import CitedPassage, Pictures, pictures
from assistant.errors import AssistantError
from assistant.inside import Inside, inside
from assistant.intake import Intake
from assistant.removed import Removed, RemovedDocuments
from index.citing import CitationCounts
from index.errors import UnknownDocument
from index.library import Library
from index.records import DocumentSummary
from ingest.options import ReadOptions
from ingest.readers import SUFFIXES
from ingest.types import Document, Kind, Status

log = logging.getLogger(__name__)

#: Passages in the picture of the most cited ones.
MOST_CITED = 10


class Holdings:
    """The documents of ``library``, with those that are handed in and those that were removed.

    Args:
        folder: where files that are handed in are kept; ``None`` where documents can only be looked at.
        options, max_tokens: limits of reading files.

    Raises:
        LibraryBusy: another process uses the folder.
    """

    #: Name endings of files that can be read, kinds, and states of being in force.
    suffixes = tuple(sorted(SUFFIXES))
    kinds = tuple(kind.value for kind in Kind)
    statuses = tuple(status.value for status in Status)

    def __init__(
        self,
        library: Library,
        folder: Path | None,
        *,
        options: ReadOptions | None = None,
        max_tokens: int | None = None,
    ) -> None:
        self._library = library
        self._counts = CitationCounts(library.catalogue)
        self._intake: Intake | None = None
        self._removed: RemovedDocuments | None = None
        self.max_bytes = (options or ReadOptions()).max_bytes
        if folder is not None:
            folder = folder.absolute()
            self._intake = Intake(
                library, folder, options=options, max_tokens=max_tokens, on_newer=self._make_way
            )
            self._removed = RemovedDocuments(library, folder / ".removed", own=folder)

    @property
    def editable(self) -> bool:
        """Whether documents can be handed in, edited and removed."""
        return self._intake is not None

    @property
    def intake(self) -> Intake:
        """Takes files. Raises ``AssistantError`` where documents can only be looked at."""
        if self._intake is None:
            raise _only_looked_at()
        return self._intake

    @property
    def removals(self) -> RemovedDocuments:
        """Removes and restores. Raises ``AssistantError`` where documents can only be looked at."""
        if self._removed is None:
            raise _only_looked_at()
        return self._removed

    def start(self) -> None:
        """Take up what the last process left: removals half done, edits not read, files not ingested."""
        if self._intake is None or self._removed is None:
            return
        try:
            self._removed.recover()
            for path in editing.unread_edits(self._library):
                self._intake.reread(path)
        except AssistantError as error:
            log.warning("What was left of the last run waits for the next one: %s", error)
        self._intake.start()

    def close(self) -> None:
        """Stop reading files; what is left is taken up at the next start."""
        if self._intake is not None:
            self._intake.close()

    @property
    def generation(self) -> int:
        """Another number whenever documents were added, changed or removed."""
        return self._library.generation

    def documents(self) -> list[DocumentSummary]:
        """Every document, by id."""
        return self._library.documents()

    def inside(self, document_id: str) -> Inside:
        """What is inside a document. Raises ``UnknownDocument``."""
        return inside(self._library, document_id)

    def edit(self, document_id: str, values: Mapping[str, str]) -> Document:
        """Change what is known of a document; see ``assistant.editing.edit``."""
        if not self.editable:
            raise _only_looked_at()
        return editing.edit(self._library, document_id, values)

    def forget_edits(self, document_id: str) -> int:
        """Take back what was said of a document; gives how many of its files are read again for that."""
        intake = self.intake
        paths = editing.forget_edits(self._library, document_id)
        for path in paths:
            intake.reread(path)
        return len(paths)

    def remove(self, document_id: str) -> Removed:
        """Remove a document; it can come back. See ``assistant.removed``."""
        return self.removals.remove(document_id)

    def restore(self, removed_id: str) -> str:
        """Put a removed document back; gives its id."""
        return self.removals.restore(removed_id)

    def removed(self) -> list[Removed]:
        """The removed documents that can come back, the latest first."""
        return self._removed.kept() if self._removed is not None else []

    def pictures(self) -> Pictures:
        """The documents counted, and the passages that saved answers cite most."""
        cited = []
        for document_id, passage_id, times in self._counts.most_cited(MOST_CITED * 3):
            try:
                passage = self._library.passage(passage_id)
                title = self._library.document(document_id).title
            except UnknownDocument:
                continue  # cited once, and removed or changed since
            cited.append(CitedPassage(passage_id, document_id, title, passage.text, times))
        return pictures(self.documents(), cited[:MOST_CITED])

    def _make_way(self, document_id: str) -> None:
        try:
            self.removals.remove(document_id)
        except UnknownDocument:
            log.info("A document gave way to a newer one and was gone already.")


def _only_looked_at() -> AssistantError:
    return AssistantError("Documents can only be looked at here. See server.edit_documents.")
