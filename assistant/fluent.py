"""An answer written by a language model over one by quotation, which stands where the model falls short."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from assistant.deserialise import filters_to_text
from assistant.errors import LibraryError
from assistant.llm import prompt, rewriting, translation
from assistant.llm.cache import AnswerCache, key_of
from assistant.llm.errors import ModelFailed
from assistant.llm.outcome import BORNE_OUT, Mode, Outcome
from assistant.llm.rewriting import Rewritten, rewrite
from assistant.llm.translation import translate
from assistant.llm.types import LanguageModel, Preparable, Usage
from assistant.llm.window import Source, ranked
from assistant.llm.writer import Verifier, Writer
from assistant.stopping import Stop
from assistant.types import Answer, AnswerStatus, Citation, Delta, Engine, Statement
from assistant.understanding import Readings
from index.types import Filters
from ingest.types import Document, Passage
from prompts import render

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language model is used.

    Attributes:
        mode: what becomes of sentences that the documents do not bear out.
        rewrite: let the model complete questions that follow up on earlier ones.
        translate: let it translate quotes for a reader of another language.
        kept_in: folder where answers are kept for when the same is asked again; ``None`` keeps none.
    """

    mode: Mode = Mode.STRICT
    rewrite: bool = True
    translate: bool = True
    kept_in: Path | None = None


def as_model(llm: LanguageModel | LLM) -> LanguageModel:
    """``llm`` itself, or an ``LLM`` of LlamaIndex as a model of ours."""
    if hasattr(llm, "reply") and hasattr(llm, "context_window"):
        return cast("LanguageModel", llm)
    from assistant.llm.llama_index import LlamaIndexModel

    return LlamaIndexModel(llm)


class Fluent:
    """Has answers written over. Safe to use from several threads.

    Args:
        noted: adds to statements what later documents did to those they cite.
        library: what else than the question an answer depends on, as something that can be written down.
        find: passage id → passage and document.
        passage_at: (document id, offset) → the passage there.
    """

    def __init__(
        self,
        model: LanguageModel,
        verifier: Verifier,
        writing: Writing,
        *,
        library: Callable[[], object],
        noted: Callable[[list[Statement]], tuple[Statement, ...]],
        find: Callable[[str], tuple[Passage, Document]],
        passage_at: Callable[[str, int], Passage | None],
    ) -> None:
        self.model = model
        self.writing = writing
        self._writer = Writer(model, verifier, writing.mode)
        self._cache = AnswerCache(writing.kept_in) if writing.kept_in is not None else None
        self._library = library
        self._noted = noted
        self._find = find
        self._passage_at = passage_at

    def prepare(self) -> None:
        """Load what the first request would else wait for. Nothing is asked of the model."""
        if isinstance(self.model, Preparable):
            self.model.prepare()

    def rewrites(self, history: Sequence[str]) -> bool:
        """Whether a question after those of ``history`` is given to the model to complete."""
        return self.writing.rewrite and bool(history)

    def rewritten(
        self, question: str, history: Sequence[str], readings: Readings, stop: Stop
    ) -> Rewritten | None:
        """What the model makes of a question that follows up on others; ``None`` where it is not asked.

        Args:
            question: as ``clean_question`` gives it, as are those of ``history``, oldest first.
            readings: what the rules make of it.

        Raises:
            AnswerStopped: nobody waits for the answer any more.
        """
        if not self.rewrites(history):
            return None
        return rewrite(self.model, question, history, readings, stop=stop)

    def key(
        self, readings: Readings, filters: Filters, *, literal: bool, said: Sequence[str] = ()
    ) -> str | None:
        """What the answer to a question is kept under; ``None`` where none is kept.

        Args:
            said: the conversation up to the question, where the model has yet to complete it.
        """
        model = self.model.name
        if self._cache is None or not model:
            return None
        return key_of(
            {
                "read": [_folded(reading.text) for reading in (readings.whole, *readings.sides)],
                "said": [_folded(question) for question in said],
                "language": readings.whole.language,
                "filters": filters_to_text(filters),
                "literal": literal,
                "library": self._library(),
                "model": model,
                "prompts": [
                    asked(readings.whole.language)
                    for asked in (prompt.version, rewriting.prompt_version, translation.prompt_version)
                ],
                "translated": self.writing.translate,
                "mode": self.writing.mode.value,
            }
        )

    def kept(self, key: str | None) -> Answer | None:
        """The answer kept under a key, each citation of which still holds."""
        if self._cache is None or key is None:
            return None
        answer = self._cache.get(key, self._found)
        if answer is None or not all(self._holds(entry) for entry in answer.citations):
            return None
        return replace(answer, statements=self._noted(list(answer.statements)))

    def _found(self, passage_id: str) -> tuple[Passage, Document] | None:
        try:
            return self._find(passage_id)
        except LibraryError:
            return None

    def _holds(self, citation: Citation) -> bool:
        found = self._found(citation.passage_id)
        return found is not None and found[1].text[citation.start : citation.end] == citation.quote

    def keep(self, key: str | None, answer: Answer) -> None:
        """Keep a whole answer of the model's."""
        if self._cache is not None and key is not None:
            self._cache.put(key, answer)

    def write(
        self,
        draft: Answer,
        stop: Stop,
        *,
        keys: Sequence[str | None] = (),
        before: Rewritten | None = None,
    ) -> Generator[Delta, None, Answer]:
        """The statements that a model writes to the question of ``draft``, then the whole answer.

        What the model cannot do is done by ``draft``: whatever fails, the answer is there and says so.

        Args:
            draft: the answer by quotation; it has one.
            keys: what the answer is kept under, if it is whole and the model's own.
            before: what was asked of the model before.

        Raises:
            AnswerStopped: nobody waits for the answer any more.
        """
        outcome: Outcome | None = None
        whole = False
        shown: list[Statement] = []
        try:
            for written in self._written(draft, stop):
                if isinstance(written, Outcome):
                    outcome = written
                    continue
                [statement] = self._noted([written])
                shown.append(statement)
                yield Delta(statement)
        except ModelFailed as error:
            answer = _with_note(draft, _failed(error, draft.language))
        else:
            assert outcome is not None, "writing ends with its outcome"
            answer = _answer(draft, tuple(shown), outcome)
            whole = answer.engine is Engine.MODEL and not outcome.cut
            if outcome.failure is None and self.writing.translate:
                told = translate(self.model, answer, stop=stop)
                answer = _spent(told.answer, told.usage, told.seconds)
                whole = whole and told.failure is None
        if not shown:
            for statement in answer.statements:
                yield Delta(statement)
        if answer.cost is not None and answer.cost.first_word is not None:
            waited = draft.timings.get("total", 0.0)
            answer = replace(answer, cost=replace(answer.cost, first_word=waited + answer.cost.first_word))
        if before is not None:
            answer = _spent(answer, before.usage, before.seconds)
        if whole:
            for key in dict.fromkeys(keys):
                self.keep(key, answer)
        return answer

    def _written(self, draft: Answer, stop: Stop) -> Iterator[Statement | Outcome]:
        quoted = [self._source(citation) for citation in draft.citations]
        yield from self._writer.write(
            draft.standalone,
            draft.language,
            ranked(quoted, draft.hits),
            extract=draft.statements,
            passage_at=self._passage_at,
            stop=stop,
        )

    def _source(self, citation: Citation) -> Source:
        passage, document = self._find(citation.passage_id)
        return Source(document, passage)


def _answer(draft: Answer, statements: tuple[Statement, ...], outcome: Outcome) -> Answer:
    """What became of the draft."""
    told = replace(draft, cost=outcome.cost, left_out=outcome.left_out, withheld=outcome.withheld)
    if outcome.failure is not None:
        return _with_note(replace(told, withheld=()), _failed(outcome.failure, draft.language))
    if outcome.refused:
        return _with_note(told, render("model_refused", draft.language))
    if outcome.insufficient:
        return _with_note(told, render("model_insufficient", draft.language))
    checked = all(statement.verdict in BORNE_OUT for statement in statements)
    status = draft.status if checked else AnswerStatus.PARTLY_GROUNDED
    partly = draft.status is AnswerStatus.PARTLY_GROUNDED
    answer = replace(
        told,
        engine=Engine.MODEL,
        statements=statements,
        status=status,
        message=draft.message if partly else "",
    )
    if outcome.cut:
        answer = _with_note(answer, render("model_cut", draft.language))
    if outcome.left_out:
        answer = _with_note(answer, render("model_left_out", draft.language, count=outcome.left_out))
    return answer


def _folded(question: str) -> str:
    """Capitals and the mark at the end change nothing of what is asked."""
    return question.casefold().rstrip(" ?.!")


def _spent(answer: Answer, usage: Usage | None, seconds: float) -> Answer:
    """The answer with what one more request took."""
    if answer.cost is None or usage is None:
        return answer
    cost = replace(
        answer.cost,
        tokens_in=answer.cost.tokens_in + usage.tokens_in,
        tokens_out=answer.cost.tokens_out + usage.tokens_out,
        counted=answer.cost.counted and usage.counted,
        seconds=answer.cost.seconds + seconds,
    )
    return replace(answer, cost=cost)


def _with_note(answer: Answer, note: str) -> Answer:
    return replace(answer, notes=(*answer.notes, note))


def _failed(error: ModelFailed, language: str) -> str:
    """What the reader is told; what the administrator needs is in the log."""
    log.warning("The language model gave no answer: %s", error)
    return render("model_failed", language, failing=error.failing.value)
