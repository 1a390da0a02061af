"""How many tokens a text has for a model whose tokenizer is not known."""

from __future__ import annotations

import math
import re
import threading

from assistant.llm.types import Usage

_SMALL = re.compile(r"[a-z]")
_SPACE = re.compile(r"(?<=\S) ")

#: Tokens of a small unaccented letter inside of a word.
_LETTER = 0.5
#: Beyond what was seen of a model, so that a text of another kind fits as well.
_MARGIN = 1.25
#: Bytes of replies (and of requests) that must have been seen before less is counted than is safe.
_ENOUGH = 2_000
#: Less is never counted, in parts of the safe estimate: vocabularies of 200,000 come to 0.4.
_LEAST = 0.45


def safe(text: str) -> float:
    """Tokens of a text, more than any of the usual vocabularies makes of it.

    A token of a byte-level vocabulary, or of one that falls back to bytes, is at least one byte; so no text
    has more tokens than UTF-8 bytes. That bound is kept for accented letters, capitals, digits, signs and
    line ends, which small vocabularies do split so far (SmolLM2's 49,000 pieces make 0.62 tokens of a byte of
    Vietnamese, Mistral 7B's 32,000 0.51, cl100k 0.39, o200k 0.25, the bundled model's 250,000 0.26).
    Small unaccented letters count one half, since pieces of two and more letters are in every vocabulary, and
    the space before a word nothing, since it is a part of the word's first piece. Measured on passages and
    sentences of the sample documents, and on numbers, links and capitals: never fewer than six vocabularies.
    """
    size = len(text.encode("utf-8", errors="replace"))
    letters = len(_SMALL.findall(text))
    spaces = len(_SPACE.findall(text))
    return size - (1 - _LETTER) * letters - spaces + 1


class Counter:
    """Counts for one model, and learns from what its endpoint says that it counted. Safe in several threads.

    It starts from ``safe``. Where the endpoint counts more, so does this from then on. Where it counts less,
    this does too, but only as far as requests and replies both bear it out with a margin: endpoints report
    too few tokens of a request of which they cut off the beginning, or of which they kept a part from before.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent = self._received = (0.0, 0.0)
        self._highest = 0.0
        self._factor = 1.0

    @property
    def factor(self) -> float:
        """What the safe estimate is multiplied with."""
        return self._factor

    def count(self, text: str) -> int:
        """Tokens of a text, rounded up."""
        return math.ceil(safe(text) * self._factor) if text else 0

    def learn(self, sent: str, received: str, usage: Usage) -> None:
        """Take in what an endpoint counted for a request and for the whole reply."""
        if not usage.counted:
            return
        with self._lock:
            self._sent = self._added(self._sent, sent, usage.tokens_in)
            self._received = self._added(self._received, received, usage.tokens_out)
            ratios = [tokens / size for size, tokens in (self._sent, self._received) if size >= _ENOUGH]
            if len(ratios) == 2:
                self._factor = min(1.0, max(_LEAST, *(ratio * _MARGIN for ratio in ratios)))
            # What one request took is no estimate, and is never undercut again.
            if (size := safe(sent)) >= _ENOUGH / 4:
                self._highest = max(self._highest, usage.tokens_in / size)
            self._factor = max(self._factor, self._highest)

    @staticmethod
    def _added(total: tuple[float, float], text: str, tokens: int) -> tuple[float, float]:
        return total[0] + safe(text), total[1] + tokens
