"""One question to a language model, to see what it is and how fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.llm.errors import ModelFailed
from assistant.llm.types import Message

if TYPE_CHECKING:
    from assistant.llm.endpoint import Endpoint

#: Long enough for several pieces, whose speed can be told.
_QUESTION = "Hãy viết một câu khoảng hai mươi từ về việc đọc sách."
#: Tokens of the reply: as much as a reasoning model may need, and a slow one can write.
_MOST = 400


@dataclass(frozen=True, slots=True)
class Probe:
    """What one question found.

    Attributes:
        model: its name; empty where none could be learned.
        context_window: tokens; ``assumed`` where neither the setting nor the endpoint tells.
        failure: why there was no reply, ``None`` where there was one.
        first_word: seconds to the first piece of text, ``None`` where none came.
        tokens_per_second: of the reply, from its first sign of life on.
        counted: the endpoint counted the tokens; else they are estimated, on the high side.
        streams: the reply came in pieces.
        cut: it was longer than what was asked for: one that only reasons up to there has no text.
    """

    model: str
    context_window: int
    assumed: bool
    failure: ModelFailed | None = None
    first_word: float | None = None
    tokens_per_second: float | None = None
    counted: bool = False
    streams: bool = False
    cut: bool = False


def probe(endpoint: Endpoint) -> Probe:
    """Ask the model one question. A failure is a part of what was found."""
    reply = endpoint.reply([Message("user", _QUESTION)], max_tokens=min(_MOST, endpoint.max_tokens))
    try:
        pieces = len(list(reply))
    except ModelFailed as failure:
        return Probe(endpoint.name, endpoint.context_window, endpoint.assumes_window, failure)
    # One that came in a single piece has been written before it came.
    since = reply.first_sign if pieces > 1 and reply.first_sign is not None else 0.0
    writing = reply.seconds - since
    return Probe(
        endpoint.name,
        endpoint.context_window,
        endpoint.assumes_window,
        first_word=reply.first_word,
        tokens_per_second=reply.usage.tokens_out / writing if writing > 0 else None,
        counted=reply.usage.counted,
        streams=pieces > 1,
        cut=reply.cut,
    )
