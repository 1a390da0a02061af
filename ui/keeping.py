"""Answers are kept as they come: the question before it is answered, the answer when it is whole."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

from assistant.archive import Archive
from assistant.conversations import TurnState
from assistant.errors import AssistantError, UnknownConversation
from assistant.stopping import Stop
from ui import history
from ui.answering import answering
from ui.contract import AssistantLike
from ui.conversation import Conversation, Turn
from ui.wording import Wording

log = logging.getLogger(__name__)


def kept_answering(
    assistant: AssistantLike,
    user: str,
    question: str,
    conversation: Conversation,
    words: Wording,
    *,
    literal: bool = False,
    stop: Stop | None = None,
) -> Iterator[Conversation]:
    """The steps of ``answering``, each kept where the library can be written.

    Where ``conversation`` is being edited, the question takes the place of its last one. An answer that
    the reader stops, or whose page is closed, is kept as far as it came. That something cannot be kept
    never keeps an answer from its reader: it is logged.
    """
    archive = assistant.archive
    replaced = conversation.editing and bool(conversation.turns)
    was_kept = replaced and conversation.turns[-1].key is not None
    if replaced:
        conversation = conversation.without_last()
    steps = answering(assistant, question, conversation, words, literal=literal, stop=stop)
    # On the page at once, whatever the disk takes.
    first = next(steps)
    yield first
    kept = _begin(archive, user, question, conversation, again=was_kept) if archive else None
    recorder = _Recorder(archive, kept, question, words)
    try:
        yield recorder.shown(first)
        for step in steps:
            yield recorder.shown(step)
    finally:
        recorder.close()


class _Recorder:
    """Keeps one turn, however it ends.

    Args:
        kept: the conversation and the key of the turn; ``None`` where it is not kept.
    """

    def __init__(
        self, archive: Archive | None, kept: tuple[str, int] | None, question: str, words: Wording
    ) -> None:
        self._archive = archive
        self._kept = kept
        self._question = question
        self._words = words
        self._last: Turn | None = None
        self._over = kept is None

    def shown(self, step: Conversation) -> Conversation:
        """The step as the page keeps it: without the answer itself, with what can be done with it."""
        turn = self._last = step.turns[-1]
        if self._kept:
            step = replace(step, id=self._kept[0])
        turn = replace(turn, answer=None, key=self._kept[1] if self._kept else None)
        ratable = self._kept is not None and not turn.failed
        if not turn.stopped:
            ratable = self._finish(TurnState.FAILED if turn.failed else TurnState.ANSWERED) and ratable
        if self._archive is not None:
            turn = replace(
                turn,
                tools=history.tools(turn.key if ratable else None, None, self._words),
                again=history.again(self._words),
            )
        return step.update(turn)

    def close(self) -> None:
        """Keep a turn that did not end by itself."""
        if not self._over:
            self._finish(TurnState.STOPPED)

    def _finish(self, state: TurnState) -> bool:
        self._over = True
        if self._archive is None or self._kept is None:
            return False
        last = self._last
        try:
            return self._archive.conversations.finish(
                self._kept[1],
                self._question,
                state=state,
                answer=last.answer if last else None,
                reason=last.reason if last else "",
            )
        except AssistantError:
            log.exception("The answer to a question could not be kept.")
            return False


def _begin(
    archive: Archive, user: str, question: str, conversation: Conversation, *, again: bool
) -> tuple[str, int] | None:
    """Keep a question: the conversation, anew where it has none yet or no longer, and the turn's key."""
    conversations, conversation_id = archive.conversations, conversation.id
    if not conversations.can_save:
        return None
    try:
        if conversation_id:
            try:
                return conversation_id, conversations.begin(user, conversation_id, question, again=again)
            except UnknownConversation:
                log.info("A conversation was deleted while it was open; it goes on as a new one.")
        started = conversations.start(user, question, filters=conversation.filters)
        return started.id, conversations.begin(user, started.id, question)
    except AssistantError:
        log.exception("A question could not be kept.")
        return None
