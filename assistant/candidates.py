"""Candidate sentences: every sentence of the passages that retrieval found, as exact spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.sentences import sentences

from assistant.phrases import Phrases
from index.types import Hit
from ingest.numbers import find_numbers
from ingest.types import Document, Passage

_SHORTEST = 4  # syllables; anything shorter is a label ("Quang cảnh", "Tag:"), no statement


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that might be quoted: ``document.text[start:end]``.

    Attributes:
        order: index of the sentence within its passage.
        near: the sentences directly before and after it in the passage.
        context: title, headings, place and issuer of the document: what the sentence is about
            without saying so.
        rank: 0-based rank of its passage.
        retrieval: fused score of its passage less that of the best passage (0 for the best).
    """

    document: Document
    passage: Passage
    start: int
    end: int
    order: int
    own: Phrases
    near: Phrases
    around: Phrases
    context: Phrases
    numbers: frozenset[str]
    rank: int
    retrieval: float

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @property
    def is_label(self) -> bool:
        """A title, heading or caption fragment: no end of sentence, few words."""
        text = self.text.rstrip()
        return text[-1:] not in '.!?…;:"”)' and len(text.split()) < 25


def candidates(hits: Sequence[Hit]) -> list[Candidate]:
    """The sentences of the passages of ``hits``, in the order of the hits."""
    found: list[Candidate] = []
    seen: set[tuple[str, int]] = set()
    for rank, hit in enumerate(hits):
        document, passage = hit.document, hit.passage
        spans = sentences(document.text, passage.start, passage.end)
        texts = [document.text[start:end] for start, end in spans]
        about = (
            document.title,
            passage.heading,
            document.province or "",
            document.issuer or "",
            document.number or "",
        )
        context = Phrases.of(" | ".join(about))
        around = Phrases.of(passage.text)
        for order, ((start, end), text) in enumerate(zip(spans, texts, strict=True)):
            key = (document.id, start)
            if key in seen or len(text.split()) < _SHORTEST:
                continue
            seen.add(key)
            found.append(
                Candidate(
                    document=document,
                    passage=passage,
                    start=start,
                    end=end,
                    order=order,
                    own=Phrases.of(text),
                    near=Phrases.of(" | ".join(texts[max(0, order - 1) : order + 2])),
                    around=around,
                    context=context,
                    numbers=frozenset(mention.canonical for mention in find_numbers(text)),
                    rank=rank,
                    retrieval=hit.score - hits[0].score,
                )
            )
    return found
