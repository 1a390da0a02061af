"""The assistant's events become the conversation that the page shows."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

from assistant.errors import AnswerStopped, AssistantError, BadQuestion, InvariantBroken
from assistant.stopping import Stop
from assistant.types import (
    Answer,
    AnswerStatus,
    Delta,
    Done,
    Drafted,
    Engine,
    Event,
    Retrieved,
    Statement,
)
from ui import chat, sources
from ui.contract import AssistantLike
from ui.conversation import Conversation, Turn
from ui.failures import told
from ui.wording import Wording

log = logging.getLogger(__name__)


def answering(
    assistant: AssistantLike,
    question: str,
    conversation: Conversation,
    words: Wording,
    *,
    literal: bool = False,
    stop: Stop | None = None,
) -> Iterator[Conversation]:
    """The conversation at each step of answering ``question``; the last one is whole.

    Args:
        literal: the question is read exactly as it is typed.
        stop: told when nobody waits for the answer any more.

    Every failure ends as a message in the conversation: an ``AssistantError`` in its own words,
    anything else in general ones, with the details in the log.
    """
    history, number = conversation.questions, len(conversation.turns) + 1
    filters = conversation.filters
    waiting = chat.searching_message(number, words)
    halted = chat.partial_message(question, question, 0, (), number, words, stopped=True)
    conversation = conversation.begin(Turn(question, waiting, stopped=halted, literal=literal))
    yield conversation
    try:
        events = assistant.stream(question, history=history, filters=filters, literal=literal, stop=stop)
        for turn in _turns(assistant, events, question, number, words):
            conversation = conversation.update(replace(turn, literal=literal))
            yield conversation
    except AnswerStopped:
        return
    except InvariantBroken:
        log.exception("An invariant does not hold in the answer to a question.")
        failure = words.failed_unexpected
    except BadQuestion:
        failure = words.bad_question
    except AssistantError as error:
        failure = told(error, words.language)
    except Exception:
        log.exception("Unexpected error while answering a question.")
        failure = words.failed_unexpected
    else:
        return
    message = chat.failed_message(failure, number, words)
    yield conversation.update(Turn(question, message, failed=True, reason=failure))


def _turns(
    assistant: AssistantLike, events: Iterator[Event], question: str, number: int, words: Wording
) -> Iterator[Turn]:
    """The turn as it grows with each event."""
    found = Retrieved(question, ())
    statements: list[Statement] = []
    whole = False
    engine = Engine.QUOTATION
    for event in events:
        match event:
            case Retrieved():
                found = event
            case Drafted(draft):
                engine = Engine.MODEL
                yield _drafted(assistant, question, draft, number, words)
                continue
            case Delta(statement):
                statements.append(statement)
            case Done(answer):
                whole = True
                yield _finished(assistant, question, answer, number, words)
                continue
        so_far = Answer(
            question,
            found.standalone,
            AnswerStatus.GROUNDED,
            statements=tuple(statements),
            hits=found.hits,
            engine=engine,
        )
        cards = sources.sources_of(so_far.citations, so_far, assistant, language=words.language)
        shown = {
            stopped: chat.partial_message(
                question,
                found.standalone,
                len(found.hits),
                statements,
                number,
                words,
                stopped=stopped,
                by_model=engine is Engine.MODEL,
            )
            for stopped in (False, True)
        }
        section = sources.section(cards, question, so_far.status, number, words) if cards else ""
        yield Turn(question, shown[False], section, stopped=shown[True], answer=so_far)
    if not whole:
        raise InvariantBroken("The assistant's event stream ended without a whole answer.")


def _drafted(assistant: AssistantLike, question: str, draft: Answer, number: int, words: Wording) -> Turn:
    """The answer by quotation, to be read while a language model writes."""
    cards = sources.sources_of(draft.citations, draft, assistant, language=words.language)
    return Turn(
        question,
        chat.draft_message(draft, number, words),
        sources.section(cards, question, draft.status, number, words),
        stopped=chat.draft_message(draft, number, words, stopped=True),
        answer=draft,
    )


def _finished(assistant: AssistantLike, question: str, answer: Answer, number: int, words: Wording) -> Turn:
    cited = answer.nearest if answer.status is AnswerStatus.NOT_FOUND else answer.citations
    cards = sources.sources_of(cited, answer, assistant, language=words.language)
    return Turn(
        question,
        chat.answer_message(answer, number, words),
        sources.section(cards, question, answer.status, number, words),
        answer=answer,
    )
