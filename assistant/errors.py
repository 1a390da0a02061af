"""Errors of the assistant itself, beside those of ``ingest`` and ``index``.

Exit statuses of ``pba``: 0 done · 1 done, but not everything held (a file failed, the doctor
found a fault, recall under the gate) · 2 wrong usage, setting or input · 3 the library or a
model cannot be used · 4 a defect of the program · 130 interrupted.
"""

from __future__ import annotations

from index.errors import (
    DraftChanged,
    EmbeddingFailed,
    LibraryBusy,
    LibraryError,
    ModelMismatch,
    ModelMissing,
    UnknownConversation,
    UnknownDocument,
    UnknownDraft,
    UnknownQuestionSet,
)
from ingest.errors import AssistantError, FileError, InvariantBroken

__all__ = [
    "AnswerStopped",
    "AssistantError",
    "BadFacts",
    "BadOption",
    "BadQuestion",
    "BadWish",
    "DraftChanged",
    "EmbeddingFailed",
    "FileError",
    "InvariantBroken",
    "LibraryBusy",
    "LibraryError",
    "ModelMismatch",
    "ModelMissing",
    "NoSuchItem",
    "NoSuchPlace",
    "NothingElse",
    "OriginalChanged",
    "OriginalMissing",
    "PagesMissing",
    "PartMissing",
    "Refused",
    "ServerBusy",
    "SettingsError",
    "UnknownDocument",
    "UnknownConversation",
    "UnknownDraft",
    "UnknownQuestionSet",
    "UnreadableAnswer",
    "UnreadableDraft",
]


class SettingsError(AssistantError):
    """A setting is unknown or has a value that cannot be used."""

    exit_status = 2


class UnreadableAnswer(AssistantError):
    """A stored answer does not have the documented form."""

    exit_status = 3


class BadWish(AssistantError):
    """Teaching material was asked for that cannot be made: no minutes, no lessons, nothing on the topic."""

    exit_status = 2


class UnreadableDraft(AssistantError):
    """A draft as JSON does not have the form that this version writes."""

    exit_status = 3


class BadQuestion(AssistantError):
    """The question is empty, too long, or no text."""

    exit_status = 2


class BadFacts(AssistantError):
    """A facts file does not have the documented form."""

    exit_status = 2


class BadOption(AssistantError):
    """An option of the command line, or a filter of a request, has a value that cannot be used."""

    exit_status = 2


class PagesMissing(AssistantError):
    """No installed package brings the chat page."""

    exit_status = 3


class PartMissing(AssistantError):
    """A file was asked for that is made of a part which the draft does not have.

    Attributes:
        parts: any of which would do.
    """

    exit_status = 2

    def __init__(self, format_name: str, parts: tuple[str, ...]) -> None:
        self.parts = parts
        named = " or ".join(parts)
        super().__init__(f"The draft has no {named}, of which “{format_name}” is made. Make that part first.")


class NoSuchPlace(AssistantError):
    """A place was asked for that the document does not have."""

    exit_status = 2


class NoSuchItem(AssistantError):
    """A draft has no item of that identifier, or none to which that can be done."""

    exit_status = 2


class NothingElse(AssistantError):
    """The documents give nothing else in the place of an item."""

    exit_status = 1


class OriginalMissing(AssistantError):
    """The file that a document was read from is no longer where it was."""


class OriginalChanged(AssistantError):
    """The file that a document was read from is another one now."""


class Refused(AssistantError):
    """A program may not ask: no key, a wrong one, or a web page of another site.

    Attributes:
        known: whether a key that is right could have been sent at all.
    """

    exit_status = 2

    def __init__(self, message: str, *, known: bool) -> None:
        self.known = known
        super().__init__(message)


class ServerBusy(AssistantError):
    """As many questions wait for an answer as may."""

    exit_status = 3


class AnswerStopped(AssistantError):
    """Whoever asked no longer waits for the answer; nobody is there to read this."""
