"""What a parser hands back from the process it runs in; plain values, so that JSON carries them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """One page of a paged file.

    Attributes:
        text: its text layer, "" where it has none.
        continues: it starts in the middle of a sentence of the page before.
        scanned: it is a picture of text; ``text`` is at best a stamp upon it.
        longest_side: of the page, in points (1/72 inch), as it is to be rendered.
    """

    text: str
    continues: bool = False
    scanned: bool = False
    longest_side: float = 842.0


@dataclass(frozen=True, slots=True)
class Parsed:
    """The content of one file: ``pages`` where the format has pages, else ``text``."""

    media_type: str
    text: str = ""
    pages: tuple[ParsedPage, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
