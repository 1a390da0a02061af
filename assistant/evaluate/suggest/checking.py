"""Whether a question holds: its quote in its document, its facts in its quotes, nothing asked twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.evaluate.stated import comparable, states, states_any
from assistant.evaluate.suggest.types import Found, Ground, Problem, State, Suggestion
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
            text = library.document(span.document_id).text
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
    own, asked = _plain(suggestion.question), content(_plain(suggestion.question))
    for other in others:
        if other.id == suggestion.id or other.state is State.REJECTED:
            continue
        alike = _plain(other.question)
        there = content(alike)
        near = min(said.overlap(asked, there), said.overlap(there, asked))
        same_facts = suggestion.facts == other.facts and suggestion.spans == other.spans
        if alike == own or (near >= _SAME_QUESTION and same_facts and suggestion.facts):
            yield Found(Problem.DUPLICATE, other.id)
            return


def _plain(question: str) -> str:
    return strip_marks(comparable(question)).strip(" ?.!")
