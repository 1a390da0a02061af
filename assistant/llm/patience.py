"""How long a model is waited for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. Those of ``first_word`` and ``total`` run from the question, waits and retries included.

    Attributes:
        connect: until a connection stands.
        first_word: until text, or reasoning, comes in.
        between_words: of silence after that.
        total: until the reply is whole.
        turn: until another request ends, where as many as allowed are under way.
    """

    connect: float = 5.0
    first_word: float = 30.0
    between_words: float = 15.0
    total: float = 120.0
    turn: float = 2.0
