"""Which passages a model gets to read: as many whole ones as fit, the most relevant first and last.

Models find what stands at the beginning and at the end of a long request more surely than what stands in
its middle (Liu et al., "Lost in the Middle", TACL 2024).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.llm import prompt
from assistant.llm.types import LanguageModel, Message
from assistant.verification.types import Evidence
from index.types import Hit
from ingest.types import Document, Passage

#: Tokens that the format of a chat adds to each message, and to the request, at most.
_PER_MESSAGE = 12


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that may be read."""

    document: Document
    passage: Passage


@dataclass(frozen=True, slots=True)
class Window:
    """What fits.

    Attributes:
        evidence: the passages in the order in which they are shown, with markers 1, 2, …
        left_out: how many of those given did not fit.
    """

    evidence: tuple[Evidence, ...]
    left_out: int


def ranked(quoted: Iterable[Source], hits: Iterable[Hit]) -> tuple[Source, ...]:
    """The passages that hold the quotes, then those found, best first; each once."""
    found: dict[str, Source] = {}
    for source in (*quoted, *(Source(hit.document, hit.passage) for hit in hits)):
        found.setdefault(source.passage.id, source)
    return tuple(found.values())


def choose(model: LanguageModel, question: str, language: str, sources: Sequence[Source]) -> Window:
    """The most relevant of ``sources`` that fit the model's window beside instructions, question, reply.

    A passage that does not fit is left out whole; one further down that is short enough may still fit.

    Args:
        sources: most relevant first.
    """
    room = model.context_window - model.max_tokens
    bare = request_tokens(model, question, language, ())
    used = bare
    taken: list[Source] = []
    for source in sources:
        alone = request_tokens(model, question, language, _numbered([source]))
        if used + alone - bare <= room:
            taken.append(source)
            used += alone - bare
    # Tokens of parts do not add up exactly to those of the whole.
    while taken and request_tokens(model, question, language, _numbered(taken)) > room:
        taken.pop()
    return Window(_numbered(taken), len(sources) - len(taken))


def request_tokens(model: LanguageModel, question: str, language: str, evidence: Sequence[Evidence]) -> int:
    """Tokens of the whole request, the format of the chat included."""
    messages: Sequence[Message] = prompt.build(question, language, evidence).messages
    return sum(model.count(message.content) + _PER_MESSAGE for message in messages)


def _numbered(sources: Sequence[Source]) -> tuple[Evidence, ...]:
    """Markers in order of place: the best first, the second best last, the least relevant in the middle."""
    order = [*sources[::2], *reversed(sources[1::2])]
    return tuple(
        Evidence(marker, source.document, source.passage) for marker, source in enumerate(order, start=1)
    )
