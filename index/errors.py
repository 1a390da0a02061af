"""Errors of the library and of embedding."""

from __future__ import annotations

from ingest.errors import AssistantError


class LibraryError(AssistantError):
    """The library cannot be opened or used as asked."""

    exit_status = 3


class LibraryBusy(LibraryError):
    """Another process is writing to the library."""


class ModelMismatch(LibraryError):
    """The library's vectors were made by another embedding model than the one set."""


class ModelMissing(LibraryError):
    """The embedding model cannot be loaded."""


class EmbeddingFailed(LibraryError):
    """The embedding model or endpoint answered wrongly."""


class UnknownDocument(LibraryError):
    """No document of that name is in the library."""

    exit_status = 2


class UnknownConversation(LibraryError):
    """No conversation, or no turn, of that id belongs to that user."""

    exit_status = 2


class DraftChanged(LibraryError):
    """A draft has a newer version than the one that was changed."""


class UnknownDraft(LibraryError):
    """No draft, or no version of one, of that id belongs to that user."""

    exit_status = 2


class UnknownQuestionSet(LibraryError):
    """No set of questions, or no question of one, of that id belongs to that user."""

    exit_status = 2
