"""The inverse of ``assistant.serialise``: stored JSON becomes an ``Answer``, or ``Filters``, again.

What a key that is absent means is what the type's default says, so that answers stored before a key
was added can be read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from assistant.errors import UnreadableAnswer
from assistant.types import (
    Answer,
    AnswerStatus,
    Citation,
    Cost,
    Difference,
    DifferenceKind,
    Engine,
    Notice,
    NoticeKind,
    ReadingStep,
    Statement,
    Understood,
    Verdict,
)
from index.types import Filters, Hit, Signal
from ingest.types import Document, Kind, Passage

#: Looks a passage and its document up; ``None`` where the library no longer has them.
FindPassage = Callable[[str], tuple[Passage, Document] | None]


def answer_from_json(value: Mapping[str, Any], find: FindPassage | None = None) -> Answer:
    """The answer that ``answer_to_json`` made the object of.

    Args:
        find: brings back what retrieval found, the texts of which the JSON does not hold. Passages it
            does not find or finds changed are left out, and all of them without it.

    Raises:
        UnreadableAnswer: the object does not have the documented form.
    """
    try:
        return Answer(
            question=str(value["question"]),
            standalone=str(value["standalone"]),
            status=AnswerStatus(value["status"]),
            language=str(value.get("language", "vi")),
            statements=tuple(_statement(entry) for entry in value["statements"]),
            nearest=tuple(citation_from_json(entry) for entry in value["nearest"]),
            hits=tuple(_hits(value.get("hits", ()), find)) if find else (),
            message=str(value.get("message", "")),
            understood=tuple(
                Understood(ReadingStep(entry["step"]), entry["typed"], entry["read"])
                for entry in value.get("understood", ())
            ),
            notes=tuple(value.get("notes", ())),
            timings={str(stage): float(seconds) for stage, seconds in value.get("timings", {}).items()},
            engine=Engine(value.get("engine", Engine.QUOTATION)),
            withheld=tuple(_statement(entry) for entry in value.get("withheld", ())),
            left_out=int(value.get("left_out", 0)),
            cost=Cost(**value["cost"]) if value.get("cost") else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableAnswer(
            "A stored answer does not have the form of docs/answer-json.md "
            f"({type(error).__name__}: {error}). "
            "Was it stored by a later version of the program?"
        ) from error


def answer_from_text(text: str, find: FindPassage | None = None) -> Answer:
    """The same from JSON as text. Raises ``UnreadableAnswer``."""
    try:
        value = json.loads(text)
    except ValueError as error:
        raise UnreadableAnswer(f"A stored answer is no JSON: {error}.") from error
    if not isinstance(value, dict):
        raise UnreadableAnswer(f"A stored answer is a {type(value).__name__}, not an object.")
    return answer_from_json(value, find)


def citation_from_json(value: Mapping[str, Any]) -> Citation:
    """The citation that ``citation_to_json`` made the object of.

    Raises:
        KeyError, TypeError, ValueError: the object does not have the documented form.
    """
    sentence = value.get("sentence")
    return Citation(
        marker=int(value["marker"]),
        document_id=str(value["document_id"]),
        passage_id=str(value["passage_id"]),
        start=int(value["start"]),
        end=int(value["end"]),
        quote=str(value["quote"]),
        verdict=Verdict(value.get("verdict", Verdict.VERBATIM)),
        label=str(value.get("label", "")),
        sentence=(int(sentence[0]), int(sentence[1])) if sentence else None,
        notices=tuple(
            Notice(NoticeKind(entry["kind"]), entry["by"], entry["label"], entry["start"], entry["end"])
            for entry in value.get("notices", ())
        ),
        translation=str(value.get("translation", "")),
    )


def filters_to_text(filters: Filters) -> str:
    """Filters as JSON; only what restricts is written."""
    value: dict[str, Any] = {}
    for name in ("provinces", "kinds", "numbers", "document_ids", "issuers"):
        if getattr(filters, name):
            value[name] = [str(entry) for entry in getattr(filters, name)]
    for name in ("issued_from", "issued_to"):
        if getattr(filters, name):
            value[name] = getattr(filters, name).isoformat()
    return json.dumps(value, ensure_ascii=False)


def filters_from_text(text: str) -> Filters:
    """The inverse of ``filters_to_text``.

    Raises:
        UnreadableAnswer: it is none of ours. To search without a restriction that the reader set would
            show what was not asked for.
    """
    try:
        value = json.loads(text)
        first, last = value.get("issued_from"), value.get("issued_to")
        return Filters(
            provinces=tuple(value.get("provinces", ())),
            kinds=tuple(Kind(entry) for entry in value.get("kinds", ())),
            numbers=tuple(value.get("numbers", ())),
            issued_from=date.fromisoformat(first) if first else None,
            issued_to=date.fromisoformat(last) if last else None,
            document_ids=tuple(value.get("document_ids", ())),
            issuers=tuple(value.get("issuers", ())),
        )
    except (TypeError, ValueError, AttributeError) as error:
        raise UnreadableAnswer(f"The stored filters {text!r} cannot be read: {error}.") from error


def _statement(value: Mapping[str, Any]) -> Statement:
    return Statement(
        text=str(value["text"]),
        citations=tuple(citation_from_json(entry) for entry in value["citations"]),
        verdict=Verdict(value.get("verdict", Verdict.VERBATIM)),
        emphasis=tuple((int(start), int(end)) for start, end in value.get("emphasis", ())),
        differences=tuple(
            Difference(DifferenceKind(entry["kind"]), entry["said"], entry["cited"])
            for entry in value.get("differences", ())
        ),
        approximations=tuple(value.get("approximations", ())),
    )


def _hits(values: Any, find: FindPassage) -> list[Hit]:
    hits = []
    for value in values:
        found = find(value["passage_id"])
        if found is None or found[0].text != value["text"]:
            continue
        hits.append(
            Hit(
                passage=found[0],
                document=found[1],
                score=float(value["score"]),
                ranks={Signal(name): int(rank) for name, rank in value["ranks"].items()},
                scores={Signal(name): float(score) for name, score in value["scores"].items()},
            )
        )
    return hits
