"""Writing an answer: a model is asked, and its reply becomes statements while it is still on its way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.llm import injected, prompt
from assistant.llm.errors import ModelFailed
from assistant.llm.numbering import Numbering, PassageAt
from assistant.llm.outcome import Mode, Outcome, is_insufficient
from assistant.llm.sentences import Sentence, Splitter
from assistant.llm.statements import Statements, Verifier
from assistant.llm.types import LanguageModel, Reply
from assistant.llm.window import Source, choose
from assistant.stopping import Stop
from assistant.types import Statement

__all__ = ["Verifier", "Writer", "Written"]

#: What writing yields: statements in reading order, and at the end what came of it.
Written = Statement | Outcome


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
        writing = Statements(
            question, language, window, request, self._verifier, self._mode, Numbering(passage_at)
        )
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
        writing: Statements,
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


def _is_complete(sentence: Sentence) -> bool:
    """Whether the last sentence of a reply that was broken off is surely a whole one."""
    return bool(sentence.markers) and sentence.text.endswith((".", "!", "?", "…"))
