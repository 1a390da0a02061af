"""What one chunk of a reply says, whatever endpoint wrote it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.llm.types import Usage


class NotAChunk(ValueError):
    """The data of an event is no JSON object."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a reply, or all of it.

    Attributes:
        text: what is a part of the reply's text, maybe with half a surrogate pair at an end.
        thinks: it carries reasoning, which is never a part of the text.
        finish: why the reply ends here, empty where it does not.
        usage: tokens, where the endpoint counted them.
        error: what the endpoint says went wrong, ``None`` if nothing did.
        status: the HTTP status that the error stands for, as far as it says.
    """

    text: str = ""
    thinks: bool = False
    finish: str = ""
    usage: Usage | None = None
    error: str | None = None
    status: int = 500


def read_chunk(data: str) -> Chunk:
    """The chunk, or the whole reply, that a JSON text is. Raises ``NotAChunk``."""
    try:
        value = json.loads(data)
    except ValueError as error:
        raise NotAChunk(str(error)) from None
    if not isinstance(value, dict):
        raise NotAChunk(f"{type(value).__name__} where an object should be")
    if value.get("error"):
        message, status = _error(value["error"])
        return Chunk(error=message, status=status)
    usage = _usage(value.get("usage"))
    choice = _first(value.get("choices"))
    if choice is None:
        return Chunk(usage=usage)
    # "delta" in a stream, "message" in a whole reply, "text" from completions that are no chat.
    part = choice.get("delta") or choice.get("message") or {"content": choice.get("text")}
    if not isinstance(part, dict):
        raise NotAChunk("a choice without delta or message")
    text, thinks = _content(part.get("content"))
    thinks = thinks or any(part.get(key) for key in ("reasoning_content", "reasoning", "thinking"))
    return Chunk(text, thinks, str(choice.get("finish_reason") or ""), usage)


def _first(choices: Any) -> dict[str, Any] | None:
    if not isinstance(choices, list):
        return None
    return next((choice for choice in choices if isinstance(choice, dict) and not choice.get("index")), None)


def _content(content: Any) -> tuple[str, bool]:
    """Text, and whether there was reasoning: some endpoints send a list of parts instead of text."""
    if isinstance(content, str):
        return content, False
    parts = [part for part in content if isinstance(part, dict)] if isinstance(content, list) else []
    text = "".join(str(part.get("text") or "") for part in parts if part.get("type", "text") == "text")
    return text, any(part.get("type") in ("thinking", "reasoning") for part in parts)


def _usage(value: Any) -> Usage | None:
    if not isinstance(value, Mapping):
        return None
    tokens_in, tokens_out = value.get("prompt_tokens"), value.get("completion_tokens")
    if not isinstance(tokens_in, int) or not isinstance(tokens_out, int) or tokens_in <= 0:
        return None
    return Usage(tokens_in, max(0, tokens_out))


def _error(value: Any) -> tuple[str, int]:
    if not isinstance(value, Mapping):
        return str(value), 500
    code = value.get("code")
    status = code if isinstance(code, int) and 400 <= code < 600 else 500
    return str(value.get("message") or value.get("type") or "an error without words"), status
