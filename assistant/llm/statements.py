"""The sentences of one reply become statements, each checked before it is given out.

What a sentence is shown as is decided by code, never by what the model or a document says of it:

* A sentence counts as said by the documents if the verifier bears it out by something else than what tells
  the assistant what to say (``assistant.llm.injected``).
* A sentence that names no passage is tried against those it has most words in common with; a wrong marker
  is not put right.
* Sentences that repeat our own instructions are dropped (``assistant.llm.leaks``). Addresses, tags and
  pictures never get as far as a sentence (``assistant.llm.markup``, ``assistant.llm.sentences``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from assistant.llm import framing, injected, prompt
from assistant.llm.leaks import Guard
from assistant.llm.numbering import Numbering, Place, marked
from assistant.llm.outcome import BORNE_OUT, Mode
from assistant.llm.sentences import Sentence
from assistant.llm.window import Window
from assistant.phrases import words
from assistant.types import Difference, DifferenceKind, Statement, Verdict
from assistant.verification.language import is_english
from assistant.verification.quotes import without_markers
from assistant.verification.types import Checked, Evidence

#: Passages that a sentence without a marker is tried against.
_TRIED = 3
#: A reply of more sentences, or with so many repeated in a row, goes round in circles.
_MOST_SENTENCES, _MOST_REPEATED = 40, 4


class Verifier(Protocol):
    """Checks one sentence against what its markers stand for."""

    def check(self, text: str, evidence: Mapping[int, Evidence]) -> Checked:
        """What checking ``text``, a sentence with its markers ("… . [1]"), against ``evidence`` finds."""


@dataclass(slots=True)
class Statements:
    """What becomes of one reply.

    Attributes:
        shown: the statements given out.
        refused: the model said that the passages do not answer.
        repeated: sentences that repeated our instructions.
        ended: nothing of what is still to come can be of use.
    """

    question: str
    language: str
    window: Window
    request: prompt.Prompt
    verifier: Verifier
    mode: Mode
    numbering: Numbering
    shown: list[Statement] = field(default_factory=list)
    refused: bool = False
    repeated: int = 0
    ended: bool = False
    _kept_back: list[tuple[str, Checked, tuple[Place, ...]]] = field(default_factory=list)
    _said: set[tuple[tuple[str, ...], tuple[int, ...]]] = field(default_factory=set)
    _in_a_row: int = 0
    _lead: tuple[int, ...] = ()
    _guard: Guard = field(init=False)
    _evidence: dict[int, Evidence] = field(init=False)
    _checkable: dict[int, Evidence] = field(init=False)

    def __post_init__(self) -> None:
        self._evidence = {entry.marker: entry for entry in self.window.evidence}
        self._checkable = {entry.marker: injected.blanked(entry) for entry in self.window.evidence}
        self._guard = Guard(
            self.request, [self.question, *(entry.passage.text for entry in self._evidence.values())]
        )

    @property
    def withheld(self) -> tuple[Statement, ...]:
        """What was kept back; numbered last, so that the markers shown are 1, 2, … without a gap."""
        return tuple(self._statement(text, checked, places) for text, checked, places in self._kept_back)

    def taken(self, sentences: Sequence[Sentence]) -> Iterator[Statement]:
        """What is shown of ``sentences``."""
        for sentence in sentences:
            if self.ended:
                return
            yield from self._take(sentence)

    def _take(self, sentence: Sentence) -> Iterator[Statement]:
        text = framing.unframed(sentence.text)
        if framing.says_not_found(text):
            self.refused = self.ended = True
            return
        if framing.heads_references(text) and not sentence.markers:
            self.ended = bool(self._said)
            return
        if self._guard.leaks(text):
            self.repeated += 1
            return
        markers = sentence.markers or (self._lead if sentence.item else ())
        if not sentence.item:
            self._lead = sentence.markers if text.endswith(":") else ()
        if not sentence.markers and (sentence.heading or framing.is_framing(text)):
            return
        if self._again(text, markers):
            return
        if framing.denies(text) and not sentence.markers:
            self.refused = True
        yield from self._judged(text, markers)

    def _again(self, text: str, markers: tuple[int, ...]) -> bool:
        """Whether the sentence was shown, or written just so, before; many in a row end the reply."""
        said = words(text)
        if (said, markers) in self._said or any(words(without_markers(s.text)) == said for s in self.shown):
            self._in_a_row += 1
            self.ended = self._in_a_row >= _MOST_REPEATED
            return True
        self._said.add((said, markers))
        self._in_a_row = 0
        self.ended = len(self._said) >= _MOST_SENTENCES
        return False

    def _judged(self, text: str, markers: tuple[int, ...]) -> Iterator[Statement]:
        """The statement, if it is to be shown; else it is kept back."""
        if self.mode is Mode.OFF:
            places = tuple(self._whole(marker) for marker in markers if marker in self._evidence)
            checked = Checked(Verdict.UNVERIFIED, ())
        else:
            checked = self._checked(text, markers)
            places = self._places(checked)
        if injected.is_addressed(text) or any(map(_is_injected, places)):
            # What it says, or what it rests on, tells the assistant what to do: no statement of the document.
            checked = replace(checked, verdict=Verdict.UNVERIFIED, differences=())
            self._kept_back.append((text, checked, places))
        elif self.mode is Mode.STRICT and checked.verdict not in BORNE_OUT:
            self._kept_back.append((text, checked, places))
        else:
            self.shown.append(self._statement(text, checked, places))
            yield self.shown[-1]

    def _checked(self, text: str, markers: tuple[int, ...]) -> Checked:
        if markers:
            return self._against(text, markers)
        for marker in self._nearest(text):
            checked = self._against(text, (marker,))
            if checked.verdict in BORNE_OUT:
                return checked
        return self.verifier.check(text, self._checkable)

    def _against(self, text: str, markers: tuple[int, ...]) -> Checked:
        """What checking against these passages finds, less what is addressed to the assistant in them."""
        checked = self.verifier.check(_cited(text, markers), self._checkable)
        if checked.verdict is not Verdict.SUPPORTED:
            return checked
        cited = [self._checkable[marker] for marker in markers if marker in self._checkable]
        if self.language != "en" and is_english(text) and not any(is_english(e.passage.text) for e in cited):
            # A model that drifts into English is checked by meaning alone, and nobody asked for English.
            missing: tuple[Difference, ...] = (Difference(DifferenceKind.SUPPORT, text),)
            return replace(checked, verdict=Verdict.UNVERIFIED, differences=missing)
        return checked

    def _nearest(self, text: str) -> list[int]:
        """Markers of the passages that have most words of ``text``, most first."""
        said = set(words(text))
        shared = {
            marker: len(said.intersection(words(entry.passage.text)))
            for marker, entry in self._checkable.items()
        }
        return sorted(shared, key=lambda marker: -shared[marker])[:_TRIED]

    def _places(self, checked: Checked) -> tuple[Place, ...]:
        return tuple(
            Place(entry.document, entry.passage, support.start, support.end)
            for support in checked.supports
            if (entry := self._evidence.get(support.marker)) is not None
        )

    def _whole(self, marker: int) -> Place:
        entry = self._evidence[marker]
        return Place(entry.document, entry.passage, entry.passage.start, entry.passage.end)

    def _statement(self, text: str, checked: Checked, places: Sequence[Place]) -> Statement:
        citations = self.numbering.citations(places)
        return Statement(
            text=marked(text, citations),
            citations=citations,
            verdict=checked.verdict,
            differences=checked.differences,
            approximations=checked.approximations,
        )


def _cited(text: str, markers: Sequence[int]) -> str:
    return f"{text} {''.join(f'[{marker}]' for marker in markers)}"


def _is_injected(place: Place) -> bool:
    return injected.touches(place.document, place.passage, place.start, place.end)
