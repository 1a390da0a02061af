"""What an endpoint does not take, learned from its refusals, so that the next request fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.llm.types import Message

#: Statuses with which endpoints refuse a parameter; templates of messages, and some servers, fail with 5xx.
REFUSALS = (400, 422, 500, 501)
_SYSTEM = re.compile(r"\bsystem\b.{0,40}\b(role|message|prompt)|\broles?\b.{0,40}\b(system|alternate)", re.I)
#: A value that is out of range is the owner's to put right, and a stream that failed is no refusal.
_UNKNOWN = re.compile(
    r"\b(unsupported|un(known|recogni[sz]ed)|not (supported|implemented|allowed|permitted|available)"
    r"|(does|do|is)( not|n't) (support|accept|allow)|no longer|extra|unexpected|disabled)\b",
    re.I,
)
_STREAM = re.compile(r"\bstream(ing)?\b", re.I)


@dataclass(frozen=True, slots=True)
class Habits:
    """How an endpoint wants its requests.

    Attributes:
        counts: it takes ``stream_options``, which ask for the number of tokens.
        streams: it takes ``stream``.
        system: it takes messages of the role ``system``.
        temperature: it takes a temperature.
        limit: its name of the longest reply's tokens.
        thinks_first: its replies begin inside of reasoning that no tag opens.
    """

    counts: bool = True
    streams: bool = True
    system: bool = True
    temperature: bool = True
    limit: str = "max_tokens"
    thinks_first: bool = False

    def after(self, status: int, said: str) -> Habits | None:
        """The habits to try after a refusal in these words; ``None`` where the words tell of none."""
        if status not in REFUSALS:
            return None
        if self.counts and self.streams and "stream_options" in said:
            return replace(self, counts=False)
        if self.limit == "max_tokens" and "max_completion_tokens" in said:
            return replace(self, limit="max_completion_tokens")
        if self.temperature and "temperature" in said.lower() and _UNKNOWN.search(said):
            return replace(self, temperature=False)
        if self.system and _SYSTEM.search(said):
            return replace(self, system=False)
        if self.streams and _STREAM.search(said) and _UNKNOWN.search(said):
            return replace(self, streams=False)
        return None

    def body(
        self, model: str, messages: Sequence[Message], max_tokens: int, temperature: float
    ) -> dict[str, Any]:
        """The request as it wants it."""
        taken = messages if self.system else folded(messages)
        body: dict[str, Any] = {
            "model": model,
            "messages": [{"role": message.role, "content": message.content} for message in taken],
            "stream": self.streams,
            self.limit: max_tokens,
        }
        if self.temperature:
            body["temperature"] = temperature
        if self.streams and self.counts:
            body["stream_options"] = {"include_usage": True}
        return body


def folded(messages: Sequence[Message]) -> tuple[Message, ...]:
    """The same messages with what the system says put before the first that is the user's."""
    system = [message.content for message in messages if message.role == "system"]
    others = [message for message in messages if message.role != "system"]
    if not system:
        return tuple(others)
    if not others or others[0].role != "user":
        return (Message("user", "\n\n".join(system)), *others)
    return (Message("user", "\n\n".join([*system, others[0].content])), *others[1:])
