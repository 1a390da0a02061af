"""What a file says, as its reader found it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PROOF = re.compile(
    r"^“(?P<quote>.*)” — (?P<source>.*) \[(?P<document>.+):(?P<start>\d+)-(?P<end>\d+)\]$", re.S
)


@dataclass(frozen=True)
class Proof:
    """A quote with its source; offsets are -1 where the file does not tell them."""

    quote: str
    source: str
    document: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True)
class Item:
    """A question. ``kind`` is single, multiple, true_false, fill, match, order or short."""

    name: str
    kind: str
    stem: str
    options: tuple[tuple[str, bool], ...] = ()
    truth: bool | None = None
    accepted: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """What a learner has to find, as texts."""
        match self.kind:
            case "single" | "multiple":
                return tuple(text for text, right in self.options if right)
            case "true_false":
                return (str(self.truth),)
            case "match":
                return tuple(f"{left} {right}" for left, right in self.pairs)
            case "order":
                return self.steps
            case _:
                return self.accepted[:1]


@dataclass(frozen=True)
class Line:
    """A line that states something, with the notes it refers to: of a plan, a handout or a slide."""

    name: str
    text: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Reading:
    """A file: its questions, its other cited lines, and what is wrong with its form."""

    items: tuple[Item, ...] = ()
    lines: tuple[Line, ...] = ()
    faults: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, order=True)
class Finding:
    """Something wrong.

    ``kind`` is form, span, key, distractor, pair, order, numbering, footnote, repeated or given.
    """

    file: str
    item: str
    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.item}: {self.kind}: {self.message}"


def proofs_of(lines: list[str]) -> tuple[Proof, ...]:
    """Those of the lines that are quotes with their source and place."""
    found = (_PROOF.match(line.strip()) for line in lines)
    return tuple(
        Proof(m["quote"], m["source"], m["document"], int(m["start"]), int(m["end"])) for m in found if m
    )
