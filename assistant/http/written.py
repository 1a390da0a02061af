"""An answer as the text of a chat message, with an annotation for each marker in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import InvariantBroken
from assistant.notices import all_in_words
from assistant.reading import language_of
from assistant.serialise import answer_to_json, citation_to_json
from assistant.types import Answer, Citation, Delta, Done, Event, Retrieved, Statement
from assistant.wording import Language, Wording, wording
from prompts import render

#: Citation → address where a person sees the quote in its document.
PlaceOf = Callable[[Citation], str]


@dataclass(frozen=True, slots=True)
class Piece:
    """The next part of a message.

    Attributes:
        annotations: of the markers in ``text``, in OpenAI's form; their indices count the characters
            (code points) of the whole message.
    """

    text: str
    annotations: tuple[dict[str, Any], ...] = ()


@dataclass(slots=True)
class Message:
    """A message as it is written.

    Attributes:
        text: so far.
        annotations: so far.
        answer: once everything is written.
    """

    text: str = ""
    annotations: list[dict[str, Any]] = field(default_factory=list)
    answer: Answer | None = None

    def write(self, events: Iterable[Event], question: str, place_of: PlaceOf) -> Iterator[Piece]:
        """The pieces of the answer to ``question``, each as soon as its event has come.

        Raises:
            InvariantBroken: the events end without an answer.
        """
        language = "vi"
        titles: dict[str, str] = {}
        written: list[Statement] = []
        for event in events:
            match event:
                case Retrieved(standalone, hits):
                    language = language_of(standalone)
                    titles = {hit.document.id: hit.document.title for hit in hits}
                    if standalone != " ".join(question.split()):
                        yield self._add(_words(language).understood.format(question=standalone))
                case Delta(statement):
                    if not written and language == "en":
                        yield self._add(render("found", language))
                    written.append(statement)
                    yield self._add_statement(statement, titles, place_of, language)
                case Done(answer):
                    self.answer = answer
                    if written and tuple(written) != answer.statements:
                        # What a model had begun to write does not stand; what is sent cannot be taken back.
                        yield self._add(render("superseded", language))
                        for statement in answer.statements:
                            yield self._add_statement(statement, titles, place_of, language)
                    for paragraph in _closing(answer, said=self.text):
                        yield self._add(paragraph)
        if self.answer is None:
            raise InvariantBroken("The assistant's event stream ended without a whole answer.")

    def _add(self, paragraph: str, annotations: tuple[dict[str, Any], ...] = ()) -> Piece:
        text = f"\n\n{paragraph}" if self.text else paragraph
        self.text += text
        self.annotations += annotations
        return Piece(text, annotations)

    def _add_statement(
        self, statement: Statement, titles: dict[str, str], place_of: PlaceOf, language: str
    ) -> Piece:
        start = len(self.text) + 2 if self.text else 0
        notices = [f"({notice})" for notice in all_in_words(statement.citations, language)]
        made = []
        # Markers stand at the end of a statement, in the order of its citations; a quoted text may hold
        # such brackets of its own, so they are taken from the end.
        end = len(statement.text)
        for citation in reversed(statement.citations):
            marker = f"[{citation.marker}]"
            at = statement.text.rfind(marker, 0, end)
            if at < 0:
                raise InvariantBroken(f"A statement lacks its marker {marker}.")
            made.append(_annotation(citation, titles, place_of, start + at, start + at + len(marker)))
            end = at
        return self._add("\n".join([statement.text, *notices]), tuple(reversed(made)))


def message_to_json(message: Message) -> dict[str, Any]:
    """The message of a chat completion."""
    return {
        "role": "assistant",
        "content": message.text,
        "refusal": None,
        "annotations": message.annotations,
    }


def answer_in_brief(answer: Answer) -> dict[str, Any]:
    """The answer as docs/answer-json.md has it, without the passages that retrieval found."""
    return {key: value for key, value in answer_to_json(answer).items() if key != "hits"}


def _annotation(
    citation: Citation, titles: dict[str, str], place_of: PlaceOf, start: int, end: int
) -> dict[str, Any]:
    return {
        "type": "url_citation",
        "url_citation": {
            "start_index": start,
            "end_index": end,
            "title": citation.label or titles.get(citation.document_id, citation.document_id),
            "url": place_of(citation),
        },
        "citation": {
            **citation_to_json(citation),
            "title": titles.get(citation.document_id, citation.document_id),
        },
    }


def _closing(answer: Answer, *, said: str) -> Iterator[str]:
    """What follows the statements: why there are none, notes, and the list of sources."""
    words = _words(answer.language)
    if answer.message and answer.message not in said:
        yield answer.message
    yield from answer.notes
    if answer.statements:
        listed = [f"- [{citation.marker}] {_name(citation)}" for citation in answer.citations]
        yield "\n".join([words.sources_title, *listed])
    elif answer.nearest:
        near = [f"- {_name(citation)}: {' '.join(citation.quote.split())}" for citation in answer.nearest]
        yield "\n".join([words.nearest, *near])


def _name(citation: Citation) -> str:
    return citation.label or citation.document_id


def _words(language: str) -> Wording:
    chosen: Language = "en" if language == "en" else "vi"
    return wording(chosen)
