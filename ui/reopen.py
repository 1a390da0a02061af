"""A kept conversation becomes the page's again, with the sources of its answers."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversations import SavedTurn, TurnState
from assistant.notices import in_words
from assistant.types import Answer, AnswerStatus, Citation
from ui import chat, history, sources
from ui.contract import AssistantLike
from ui.conversation import Conversation, Turn
from ui.place import place_link
from ui.sources import KEPT_TURNS, Source, Warned
from ui.wording import Wording


def reopened(
    conversation_id: str, turns: Sequence[SavedTurn], assistant: AssistantLike, words: Wording
) -> Conversation:
    """The conversation as the page shows it. Sources are those of the latest ``KEPT_TURNS`` answers."""
    shown = []
    for number, turn in enumerate(turns, 1):
        recent = number > len(turns) - KEPT_TURNS
        shown.append(_turn(turn, number, assistant, words, with_sources=recent))
    return Conversation(tuple(shown), id=conversation_id)


def _turn(
    turn: SavedTurn, number: int, assistant: AssistantLike, words: Wording, *, with_sources: bool
) -> Turn:
    answer = turn.answer
    again = history.again(words)
    if turn.state is TurnState.STOPPED:
        said = answer.statements if answer else ()
        standalone = answer.standalone if answer else turn.question
        message = chat.partial_message(turn.question, standalone, 0, said, number, words, stopped=True)
    elif turn.state is TurnState.FAILED or answer is None:
        message = chat.failed_message(turn.reason or words.history.unreadable, number, words)
        return Turn(turn.question, message, failed=True, key=turn.key, again=again)
    else:
        message = chat.answer_message(answer, number, words)
    section = ""
    if answer is not None:
        cited = answer.nearest if answer.status is AnswerStatus.NOT_FOUND else answer.citations
        section = "-"
        if with_sources:
            cards = sources_kept(cited, answer, assistant, words)
            section = sources.section(cards, turn.question, answer.status, number, words)
    tools = history.tools(turn.key, turn.opinion, words) if answer else ""
    return Turn(turn.question, message, section, key=turn.key, tools=tools, again=again)


def sources_kept(
    citations: Sequence[Citation], answer: Answer, assistant: AssistantLike, words: Wording
) -> tuple[Source, ...]:
    """The source of each citation; where the library no longer holds it, what was quoted, and a warning."""
    alive = [citation for citation in citations if not citation.is_gone]
    found = {
        source.marker: source
        for source in sources.sources_of(alive, answer, assistant, language=words.language)
    }
    return tuple(found.get(citation.marker) or _gone(citation, words) for citation in citations)


def _gone(citation: Citation, words: Wording) -> Source:
    return Source(
        marker=citation.marker,
        title=citation.label or citation.document_id,
        number=None,
        kind="",
        issuer=None,
        issued_on=None,
        label="",
        link=place_link(citation),
        heading="",
        text=citation.quote,
        mark=(0, len(citation.quote)),
        before="",
        after="",
        warnings=tuple(Warned(in_words(notice, citation, words.language)) for notice in citation.notices),
    )
