"""The root of the project's errors, and those that a single file can raise.

Every message is one line for the person at the keyboard: what happened, to which
file or setting, and what to do about it.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar


class AssistantError(Exception):
    """Base of every error the project raises on purpose.

    ``exit_status`` is what the command line returns when the error ends a command.
    """

    exit_status: ClassVar[int] = 1


class InvariantBroken(AssistantError):
    """A fact the code relies on does not hold: a defect, never the user's fault."""

    exit_status = 4


class OffsetMismatch(InvariantBroken):
    """A passage's text differs from the span of the document it claims to be."""


class FileError(AssistantError):
    """One file cannot be ingested; the others go on.

    Attributes:
        path: the file.
        reason: what is wrong with it, without the path.
        fix: what the owner can do about it.
    """

    #: Short name of the failure, shown in the table at the end of an ingestion.
    label: ClassVar[str] = "unreadable"

    def __init__(self, path: Path | str, reason: str, fix: str = "") -> None:
        self.path = Path(path)
        self.reason = reason
        self.fix = fix
        super().__init__(f"{path}: {reason}" + (f" {fix}" if fix else ""))


class UnsupportedType(FileError):
    label = "unsupported type"


class EmptyDocument(FileError):
    label = "empty"


class TooLarge(FileError):
    label = "over the size limit"


class Encrypted(FileError):
    label = "encrypted"


class Damaged(FileError):
    """The file is not what its name says, or is cut off, or is an archive bomb."""

    label = "damaged"


class NotText(FileError):
    """A text file whose bytes are no known text encoding."""

    label = "not text"


class TimedOut(FileError):
    label = "took too long"


class MissingProgram(FileError):
    """A program of the system (Tesseract, poppler, soffice, catdoc) is needed and absent."""

    label = "program missing"


class BadSidecar(FileError):
    """Metadata given by the owner (``name.meta.toml`` or front matter) cannot be used."""

    label = "bad metadata file"


class PathError(FileError):
    """The path itself cannot be used: absent, outside, a link that turns in a circle."""

    label = "bad path"
