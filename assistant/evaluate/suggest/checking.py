"""Whether a question holds: its quote in its document, its facts in its quotes, nothing asked twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.evaluate.stated import comparable, states, states_any
from assistant.evaluate.suggest.types import Found, Ground, Problem, State, Suggestion
from assistant.study.quiz.proof import library_document
from assistant.study.quiz.said import Said, content, line_words, said_in
from assistant.unmarked import is_unmarked
from index.errors import UnknownDocument
from index.library import Library
from ingest.numbers import fold as strip_marks

#: So much of what is asked about, by weight, in one line: that may be the answer.
_SAID = 0.85
_SAME_QUESTION = 0.9


def problems(
    suggestion: Suggestion, library: Library, others: Sequence[Suggestion] = ()
) -> tuple[Found, ...]:
    """What is wrong with a question; empty for a sound one.

    Args:
        others: the rest of its set; rejected ones do not count, nor does one with its id.
    """
    said = said_in(library)
    return (*_own(suggestion, library, said), *_beside(suggestion, others, said))


def _own(suggestion: Suggestion, library: Library, said: Said) -> Iterator[Found]:
    question = " ".join(suggestion.question.split())
    if not any(char.isalnum() for char in question):
        yield Found(Problem.NO_QUESTION)
        return
    if not suggestion.answerable:
        if suggestion.ground is Ground.BY_HAND and _maybe_said(question, said):
            yield Found(Problem.MAYBE_SAID)
        return
    if not suggestion.facts:
        yield Found(Problem.NO_FACTS)
    if not suggestion.spans:
        yield Found(Problem.NO_SPAN)
        return
    for span in suggestion.spans:
        try:
            text = library_document(library, said, span.document_id).text
        except UnknownDocument:
            text = ""
        if not span.quote or text[span.start : span.end] != span.quote:
            yield Found(Problem.QUOTE_GONE, span.document)
    quotes = " … ".join(span.quote for span in suggestion.spans)
    for fact in suggestion.facts:
        if not states_any(quotes, fact):
            yield Found(Problem.NOT_IN_SPAN, fact[0])
        plain = is_unmarked(question)
        if any(states(question, form) or (plain and states(question, strip_marks(form))) for form in fact):
            yield Found(Problem.GIVEN_AWAY, fact[0])


def _maybe_said(question: str, said: Said) -> bool:
    asked = content(question)
    return bool(asked) and any(said.overlap(asked, line_words(line)) >= _SAID for line in said.near(question))


def _beside(suggestion: Suggestion, others: Sequence[Suggestion], said: Said) -> Iterator[Found]:
    own = _plain(suggestion.question)
    asked = content(own)
    for other in others:
        if other.id == suggestion.id or other.state is State.REJECTED:
            continue
        alike = _plain(other.question)
        same = alike == own
        if not same and suggestion.facts == other.facts and suggestion.spans == other.spans and other.facts:
            there = content(alike)
            same = min(said.overlap(asked, there), said.overlap(there, asked)) >= _SAME_QUESTION
        if same:
            yield Found(Problem.DUPLICATE, other.id)
            return


@lru_cache(maxsize=4096)
def _plain(question: str) -> str:
    return strip_marks(comparable(question)).strip(" ?.!")
