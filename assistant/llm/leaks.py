"""What a reply may not repeat: our own instructions, and the key of the fences.

Neither is a secret; but they are no answer, and a reply that repeats them follows some other instruction.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.llm.prompt import NOT_FOUND, Prompt
from assistant.phrases import words

#: So many words in a row that stand in our instructions and in nothing that was to be read.
_RUN = 6
_SHORTEST_LINE = 3

Run = tuple[str, ...]


class Guard:
    """Knows a request, tells which sentences of its reply repeat it."""

    def __init__(self, prompt: Prompt, read: Iterable[str]) -> None:
        """Args: ``read``: the texts of the passages and of the question."""
        self._key = prompt.key
        theirs = [words(text) for text in read]
        known = {run for said in theirs for run in _runs(said)}
        self._runs = {run for run in _runs(words(prompt.instructions)) if run not in known}
        lines = {words(line) for line in prompt.instructions.splitlines()}
        self._lines = {line for line in lines if _SHORTEST_LINE <= len(line) < _RUN}

    def leaks(self, text: str) -> bool:
        """Whether a sentence repeats a part of the instructions, or speaks of the fences."""
        low = text.lower()
        if self._key in low or "passage-" in low or NOT_FOUND.lower() in low:
            return True
        said = words(text)
        return said in self._lines or any(run in self._runs for run in _runs(said))


def _runs(said: Run) -> Iterable[Run]:
    return (said[at : at + _RUN] for at in range(len(said) - _RUN + 1))
