"""What a language model is to the rest of the assistant: messages in, pieces of text out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a request."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of a request and its reply; ``counted`` by the endpoint, else estimated here."""

    tokens_in: int
    tokens_out: int
    counted: bool = True


class Reply(Protocol):
    """The text of a reply as it comes in. Iterating raises ``ModelFailed`` where the reply breaks off."""

    def __iter__(self) -> Iterator[str]:
        """Pieces of text, never half a character, never empty."""

    def close(self) -> None:
        """End the request at the endpoint too. May be called at any time, from any thread, and twice."""

    @property
    def usage(self) -> Usage:
        """Tokens so far; final once the iteration has ended."""

    @property
    def cut(self) -> bool:
        """The endpoint ended the reply before the model did: too long, or filtered."""


class LanguageModel(Protocol):
    """One model at one endpoint. Safe to use from several threads."""

    @property
    def name(self) -> str:
        """Its name at the endpoint."""

    @property
    def context_window(self) -> int:
        """Tokens of request and reply together."""

    @property
    def max_tokens(self) -> int:
        """Tokens of the longest reply that is asked for."""

    def count(self, text: str) -> int:
        """Tokens of ``text``: never fewer than the model will count, as far as that can be known."""

    def reply(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> Reply:
        """Ask. The first piece, or a failure to give one, comes while iterating.

        Args:
            max_tokens: of the reply, at most; ``None`` for ``max_tokens``.
        """


@runtime_checkable
class Preparable(Protocol):
    """A model with something to load that its first request would else wait for."""

    def prepare(self) -> None:
        """Load it. Asks nothing, never fails."""
