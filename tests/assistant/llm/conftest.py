"""A model in the same process that says what a test tells it to, and a small verifier that really checks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import pytest

from assistant.llm.errors import ModelFailed
from assistant.llm.types import Message, Usage
from assistant.llm.window import Source
from assistant.phrases import words
from assistant.types import Difference, DifferenceKind, Verdict
from assistant.verification.types import Checked, Evidence, Support
from index.types import Hit
from ingest.sentences import sentences

Script = str | Sequence[str | ModelFailed] | Callable[[Sequence[Message]], str]
_MARKER = re.compile(r"\[(\d+)\]")
_NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*")


class SaidReply:
    """Gives the pieces of a script; knows whether it was closed, and how far it was read."""

    def __init__(self, pieces: Sequence[str | ModelFailed], cut: bool) -> None:
        self.pieces = pieces
        self.cut = cut
        self.closed = 0
        self.read = 0

    def __iter__(self) -> Iterator[str]:
        for piece in self.pieces:
            if self.closed:
                return
            if isinstance(piece, ModelFailed):
                raise piece
            self.read += 1
            yield piece

    def close(self) -> None:
        self.closed += 1

    @property
    def usage(self) -> Usage:
        return Usage(100, self.read, counted=False)


class SayingModel:
    """Replies with a script: a text, pieces of one, failures among them, or a function of the request.

    Counts a token for every four characters.
    """

    name = "thử-1b"

    def __init__(
        self, script: Script, *, context_window: int = 8000, max_tokens: int = 400, cut: bool = False
    ) -> None:
        self.script = script
        self.context_window = context_window
        self.max_tokens = max_tokens
        self.cut = cut
        self.requests: list[tuple[Message, ...]] = []
        self.replies: list[SaidReply] = []

    def count(self, text: str) -> int:
        return -(-len(text) // 4)

    def reply(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> SaidReply:
        self.requests.append(tuple(messages))
        said = self.script(messages) if callable(self.script) else self.script
        self.replies.append(SaidReply([said] if isinstance(said, str) else said, self.cut))
        return self.replies[-1]


class WordVerifier:
    """Bears a sentence out by one sentence of a cited passage that has all its words, in order or not."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def check(self, text: str, evidence: Mapping[int, Evidence]) -> Checked:
        self.asked.append(text)
        markers = [int(marker) for marker in _MARKER.findall(text)]
        said = words(_MARKER.sub("", text))
        numbers = set(_NUMBER.findall(_MARKER.sub("", text)))
        unknown = [marker for marker in markers if marker not in evidence]
        supports: list[Support] = []
        verdicts: list[Verdict] = []
        cited_numbers: set[str] = set()
        for marker in markers:
            if marker in unknown:
                continue
            document, passage = evidence[marker].document, evidence[marker].passage
            spans = sentences(document.text, passage.start, passage.end)
            start, end = max(spans, key=lambda span: len(set(said) & set(words(document.text[slice(*span)]))))
            supports.append(Support(marker, start, end))
            there = document.text[start:end]
            cited_numbers |= set(_NUMBER.findall(there))
            if f" {' '.join(said)} " in f" {' '.join(words(there))} ":
                verdicts.append(Verdict.VERBATIM)
            elif set(said) <= set(words(there)):
                verdicts.append(Verdict.SUPPORTED)
            else:
                verdicts.append(Verdict.UNVERIFIED)
        if unknown:
            differences = tuple(Difference(DifferenceKind.MARKER, f"[{marker}]") for marker in unknown)
            return Checked(Verdict.CONTRADICTED, tuple(supports), differences)
        if not verdicts:
            return Checked(Verdict.UNVERIFIED, ())
        wrong = sorted(numbers - cited_numbers)
        if wrong:
            differences = tuple(Difference(DifferenceKind.NUMBER, number) for number in wrong)
            return Checked(Verdict.CONTRADICTED, tuple(supports), differences)
        if Verdict.UNVERIFIED in verdicts:
            return Checked(Verdict.UNVERIFIED, tuple(supports), (Difference(DifferenceKind.SUPPORT, text),))
        worst = Verdict.SUPPORTED if Verdict.SUPPORTED in verdicts else Verdict.VERBATIM
        return Checked(worst, tuple(supports))


@pytest.fixture(scope="session")
def saying() -> type[SayingModel]:
    """Makes models that say what they are told to."""
    return SayingModel


@pytest.fixture
def word_verifier() -> WordVerifier:
    return WordVerifier()


@pytest.fixture(scope="session")
def sources_of(hits_of: Callable[..., list[Hit]]) -> Callable[..., list[Source]]:
    """Makes passages of texts, each a document, most relevant first."""
    return lambda *texts, **facts: [Source(hit.document, hit.passage) for hit in hits_of(*texts, **facts)]
