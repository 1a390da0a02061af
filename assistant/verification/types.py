"""What a sentence is checked against, and what checking finds."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Difference, Verdict
from ingest.types import Document, Passage


@dataclass(frozen=True, slots=True)
class Evidence:
    """What marker ``[marker]`` stands for in a text that is checked: one passage of a document."""

    marker: int
    document: Document
    passage: Passage


@dataclass(frozen=True, slots=True)
class Support:
    """The whole sentence, or sentences side by side, of a cited passage that bear a statement out.

    Attributes:
        start, end: offsets into the document's text, inside of the passage.
    """

    marker: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking one sentence found.

    Attributes:
        supports: at least one for each marker of the sentence that exists, in the order of the markers;
            for one that bears nothing out, the place that comes nearest.
        differences: what is not borne out; empty for ``VERBATIM`` and ``SUPPORTED``.
        approximations: figures that only come near those cited ("hơn 57 nghìn" for 57.763).
    """

    verdict: Verdict
    supports: tuple[Support, ...]
    differences: tuple[Difference, ...] = ()
    approximations: tuple[str, ...] = ()
