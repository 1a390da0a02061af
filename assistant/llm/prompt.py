"""The request for an answer: instructions, passages as data between fences, and the question.

A fence carries a key that stands nowhere in what it encloses, and nothing in a passage, a title or the
question may look like a fence, like a mark of a chat format, or like a marker of ours. The key is made of
the content: the same request is the same text, and a document cannot know it, since it depends on the
question and on the other passages too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from itertools import count

import prompts
from assistant.citations import label
from assistant.llm.injected import elided, is_addressed
from assistant.llm.types import Message
from assistant.llm.visible import visible
from assistant.tables import header_text
from assistant.verification.types import Evidence

#: What the model writes where the passages do not say what is asked.
NOT_FOUND = "NOT_IN_PASSAGES"
#: Length of an answer that is asked for.
WORDS = 120
#: Changed with anything below that changes what is sent, beside the templates.
_FORM = "1"
_SOURCE_LENGTH = 300

#: "<" where it may open a tag or a mark of a chat format ("<|im_end|>", "</s>", "<<SYS>>").
_TAG = re.compile(r"[<＜](?=\s*[/|｜!?<＜A-Za-z])")
_CHAT_MARK = re.compile(
    r"\[(/?\s*(?:INST|SYS|SYSTEM|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS))\]", re.IGNORECASE
)
_ROLE_HEADING = re.compile(
    r"^[^\S\n]*#+[^\S\n]*(?=(?:system|instructions?|user|human|assistant|response|input)\b)",
    re.IGNORECASE | re.M,
)
_CODE_FENCE = re.compile(r"`{3,}|~{3,}")
#: A note of the document itself would be taken for a marker: "[3]", "[1, 2]", "【1】".
_NOTE = re.compile(r"[^\S\n]*[\[【［]\s*\^?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*[\]】］]")
_BLANK_LINES = re.compile(r"\n\s*\n+")


@dataclass(frozen=True, slots=True)
class Block:
    """One passage as the template shows it."""

    marker: int
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request, and what must never come back.

    Attributes:
        key: of its fences.
        instructions: all text of it that is ours.
    """

    messages: tuple[Message, ...]
    key: str
    instructions: str


def build(question: str, language: str, evidence: Sequence[Evidence], *, seed: str = "") -> Prompt:
    """The request for an answer in ``language`` ("vi", "en") from ``evidence``, in its order.

    Args:
        seed: makes keys of one's own, the same for the same content.
    """
    blocks = [_block(entry) for entry in evidence]
    asked = as_data(question)
    content = "\0".join([asked, *(part for block in blocks for part in (block.source, block.text))])
    key = fence_key(content, seed)
    system = prompts.render("answer_system", language, token=NOT_FOUND, words=WORDS)
    user = _user(language, key, blocks, asked)
    frame = _user(language, key, [], "")
    return Prompt((Message("system", system), Message("user", user)), key, f"{system}\n{frame}")


def version(language: str) -> str:
    """Changes with anything that changes what is sent for the same question and passages."""
    parts = (_FORM, prompts.version("answer_system", language), prompts.version("answer", language))
    return sha256("\0".join(parts).encode()).hexdigest()[:12]


def as_data(text: str) -> str:
    """``text`` with nothing invisible in it and nothing that looks like a fence, a marker or our token."""
    text = visible(text)
    text = _TAG.sub("‹", text)
    text = _CHAT_MARK.sub(r"(\1)", text)
    text = _ROLE_HEADING.sub("", text)
    text = _CODE_FENCE.sub("'''", text)
    text = _NOTE.sub("", text)
    text = re.sub(re.escape(NOT_FOUND), NOT_FOUND.replace("_", " "), text, flags=re.IGNORECASE)
    return _BLANK_LINES.sub("\n\n", text).strip()


def _user(language: str, key: str, blocks: Sequence[Block], question: str) -> str:
    return prompts.render("answer", language, key=key, passages=blocks, question=question, token=NOT_FOUND)


def _block(evidence: Evidence) -> Block:
    document, passage = evidence.document, evidence.passage
    parts = [label(document, passage, passage.start), passage.heading]
    parts = [part for part in parts if part and not is_addressed(part)]
    source = " › ".join(" ".join(as_data(part).split()) for part in parts)
    head = header_text(document.text, passage.start)
    text = elided(document, passage)
    if head and head not in passage.text and not is_addressed(head):
        text = f"{head}\n{text}"
    return Block(evidence.marker, source[:_SOURCE_LENGTH], as_data(text))


def fence_key(content: str, seed: str = "") -> str:
    """The key of fences around ``content``, in which it does not occur."""
    return unused(_keys(content, seed), content)


def unused(keys: Iterable[str], content: str) -> str:
    """The first of ``keys`` that does not occur in ``content``, case aside."""
    low = content.lower()
    return next(key for key in keys if key.lower() not in low)


def _keys(content: str, seed: str) -> Iterator[str]:
    """Keys of 8 hexadecimal digits made of ``content``, without end."""
    for turn in count():
        yield blake2b(f"{seed}\0{turn}\0{content}".encode(), digest_size=4).hexdigest()
