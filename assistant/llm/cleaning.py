"""Takes out of a stream of text what is no text: reasoning, and halves of characters."""

from __future__ import annotations

import re

_TAGS = "think|thinking|thought|reasoning"
_TAG = re.compile(rf"<(/?)(?:{_TAGS})>", re.IGNORECASE)
#: What may still become a tag when more comes in.
_BEGUN = re.compile(r"<(?:/?[a-z]{0,9})?\Z", re.IGNORECASE)


class Unopened(ValueError):
    """Reasoning ended that had not been opened: all text before it was reasoning."""


class Whole:
    """Joins surrogate halves that JSON escapes brought in different chunks; a lone one becomes U+FFFD."""

    def __init__(self) -> None:
        self._half = ""

    def feed(self, text: str) -> str:
        """The whole characters that are there now."""
        text = self._half + text
        self._half = ""
        if text and "\ud800" <= text[-1] <= "\udbff":
            text, self._half = text[:-1], text[-1]
        return _scalar(text)

    def end(self) -> str:
        """What is left when no more comes in."""
        left, self._half = self._half, ""
        return _scalar(left)


def _scalar(text: str) -> str:
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class Spoken:
    """Leaves out ``<think>…</think>``, wherever the chunks are parted.

    Args:
        thinking: the text begins inside of reasoning, as with models whose template opens it.
    """

    def __init__(self, *, thinking: bool = False) -> None:
        self.thinking = thinking
        self._given = False
        self._held = ""

    def feed(self, text: str) -> str:
        """The text that is certain not to be reasoning. Raises ``Unopened``."""
        text = self._held + text
        self._held = ""
        spoken: list[str] = []
        at = 0
        for tag in _TAG.finditer(text):
            if not self.thinking:
                spoken.append(text[at : tag.start()])
            if tag[1] and not self.thinking:
                if self._given:
                    raise Unopened
                spoken.clear()
            self.thinking = not tag[1]
            at = tag.end()
        rest = text[at:]
        if begun := _BEGUN.search(rest):
            rest, self._held = rest[: begun.start()], rest[begun.start() :]
        if not self.thinking:
            spoken.append(rest)
        return self._noted("".join(spoken))

    def end(self) -> str:
        """What is left when no more comes in."""
        left, self._held = ("" if self.thinking else self._held), ""
        return self._noted(left)

    def _noted(self, text: str) -> str:
        # The line ends around a block of reasoning are no part of the text either.
        if not self._given:
            text = text.lstrip()
        self._given = self._given or bool(text)
        return text
