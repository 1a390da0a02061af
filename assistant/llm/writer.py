"""Writing an answer: a model's reply, sentence by sentence, each checked before it is given out.

What a sentence is shown as is decided by code, never by what the model or a document says of it:

* A sentence counts as said by the documents if the verifier bears it out, and if what bears it out is no
  sentence that tells the assistant what to say (``assistant.llm.injected``).
* A sentence that names no passage is tried against those it has most words in common with; a wrong marker
  is not put right.
* Sentences that repeat our own instructions are dropped (``assistant.llm.leaks``). Addresses, tags and
  pictures never get as far as a sentence (``assistant.llm.markup``).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from assistant.llm import framing, injected, prompt
from assistant.llm.errors import ModelFailed
from assistant.llm.leaks import Guard
from assistant.llm.numbering import Numbering, PassageAt, Place, marked
from assistant.llm.outcome import BORNE_OUT, Mode, Outcome, is_insufficient
from assistant.llm.sentences import Sentence, Splitter
from assistant.llm.types import LanguageModel, Reply
from assistant.llm.window import Source, Window, choose
from assistant.phrases import words
from assistant.stopping import Stop
from assistant.types import Statement, Verdict
from assistant.verification import deeds
from assistant.verification.quotes import without_markers
from assistant.verification.types import Checked, Evidence

#: What writing yields: statements in reading order, and at the end what came of it.
Written = Statement | Outcome

#: Passages that a sentence without a marker is tried against.
_TRIED = 3
#: A reply of more sentences, or with so many repeated in a row, goes round in circles.
_MOST_SENTENCES, _MOST_REPEATED = 40, 4


class Verifier(Protocol):
    """Checks one sentence against what its markers stand for."""

    def check(self, text: str, evidence: Mapping[int, Evidence]) -> Checked:
        """What checking ``text``, a sentence with its markers ("… . [1]"), against ``evidence`` finds."""


class Writer:
    """Has answers written by a model. Safe to use from several threads.

    Args:
        clock: seconds, for measuring.
    """

    def __init__(
        self,
        model: LanguageModel,
        verifier: Verifier,
        mode: Mode = Mode.STRICT,
        *,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._model = model
        self._verifier = verifier
        self._mode = mode
        self._clock = clock

    def write(
        self,
        question: str,
        language: str,
        sources: Sequence[Source],
        *,
        extract: Sequence[Statement] = (),
        passage_at: PassageAt | None = None,
        stop: Stop | None = None,
    ) -> Iterator[Written]:
        """The statements of an answer, each as soon as it is written and checked, then an ``Outcome``.

        A failure of the model raises nothing: it is in the outcome. Closing the iterator closes the request.

        Args:
            question: as it was understood, to be answered without the conversation before it.
            language: of the answer, "vi" or "en".
            sources: passages that may be read, most relevant first (``assistant.llm.window.ranked``).
            extract: the answer by quotation, which the written one must not fall short of.
            passage_at: finds the passage of a place outside of those that were read.
            stop: told when nobody waits for the answer any more; the request is then closed at once.

        Raises:
            AnswerStopped: ``stop`` was told so.
        """
        stop = stop or Stop()
        read = [one for one in sources if injected.says_anything(one.document, one.passage)]
        window = choose(self._model, question, language, read)
        request = prompt.build(question, language, window.evidence)
        bare = Outcome(self._model.name, prompt.version(language), left_out=window.left_out)
        if not window.evidence:
            yield bare
            return
        writing = _Writing(question, window, request, self._verifier, self._mode, Numbering(passage_at))
        failure: ModelFailed | None = None
        first: float | None = None
        began = self._clock()
        stop.check()
        reply: Reply | None = None
        splitter = Splitter()
        try:
            try:
                reply = self._model.reply(request.messages)
                stop.then(reply.close)
                for piece in reply:
                    first = self._clock() - began if first is None else first
                    yield from writing.taken(splitter.feed(piece))
                    if writing.ended:
                        break
            except ModelFailed as error:
                failure = error
            stop.check()
            whole = failure is None and not (reply and reply.cut)
            yield from writing.taken([rest for rest in splitter.end() if whole or _is_complete(rest)])
        finally:
            if reply is not None:
                reply.close()
        yield self._outcome(bare, writing, reply, extract, failure, first, self._clock() - began)

    def _outcome(
        self,
        bare: Outcome,
        writing: _Writing,
        reply: Reply | None,
        extract: Sequence[Statement],
        failure: ModelFailed | None,
        first: float | None,
        seconds: float,
    ) -> Outcome:
        statements, withheld = tuple(writing.shown), writing.withheld
        return replace(
            bare,
            statements=statements,
            withheld=withheld,
            insufficient=is_insufficient(self._mode, statements, withheld, extract),
            refused=writing.refused and not statements,
            failure=failure,
            repeated=writing.repeated,
            cut=reply is not None and reply.cut,
            usage=reply.usage if reply is not None else None,
            first_word=first,
            seconds=seconds,
        )


@dataclass(slots=True)
class _Writing:
    """One reply on its way.

    Attributes:
        shown: the statements given out.
        refused: the model said that the passages do not answer.
        repeated: sentences that repeated our instructions.
        ended: nothing of what is still to come can be of use.
    """

    question: str
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
        cited = [self._checkable[marker].passage.text for marker in markers]
        missing = deeds.unsourced(text, cited)
        return replace(checked, verdict=Verdict.UNVERIFIED, differences=missing) if missing else checked

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


def _is_complete(sentence: Sentence) -> bool:
    """Whether the last sentence of a reply that was broken off is surely a whole one."""
    return bool(sentence.markers) and sentence.text.endswith((".", "!", "?", "…"))


def _cited(text: str, markers: Sequence[int]) -> str:
    return f"{text} {''.join(f'[{marker}]' for marker in markers)}"


def _is_injected(place: Place) -> bool:
    return injected.touches(place.document, place.passage, place.start, place.end)
