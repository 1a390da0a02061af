"""A trace as tables: how a question was read, what was found, what each score is made of, what was decided.

The values are walked field by field, so that a new field of ``Reading``, ``Hit``, ``Scored`` or
``Decision`` is shown without a change here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from assistant.scoring import Scored
from assistant.signals import calibration
from assistant.trace import Side, Trace
from index.types import Hit
from ingest.types import Document, Passage

#: Sentences shown of each side; those that were quoted are shown whatever their place.
SENTENCES = 8
_QUOTED, _ADMISSIBLE = "»", "+"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an explanation.

    Attributes:
        name: what it shows, a key of ``Wording.explain``.
        columns: their headings; ``numeric`` are the positions of those that are set flush right.
        rows: as many cells each as there are columns.
        texts: for each row the text it is about, to stand below it; empty where rows have none.
        about: the side it belongs to, where there are several.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...] = ()
    numeric: frozenset[int] = frozenset()
    about: str = ""


def sections(trace: Trace, *, sentences: int = SENTENCES) -> tuple[Section, ...]:
    """The explanation of a trace, in the order in which an answer is made."""
    steps = tuple((step.step.value, step.typed, step.read) for step in trace.readings.understood)
    found = [_facts("reading", trace.readings.whole)]
    if steps:
        found.append(Section("understood", ("step", "typed", "read"), steps))
    for side in trace.sides:
        about = side.reading.text if len(trace.sides) > 1 else ""
        found += [_passages(side, about), _sentences(side, about, sentences), _decision(side, about)]
    found.append(_answer(trace))
    return tuple(found)


def to_json(trace: Trace) -> dict[str, Any]:
    """The trace as JSON values; documents and passages stand as their ids."""
    return {
        "reading": _plain(trace.readings.whole),
        "understood": _plain(trace.readings.understood),
        "sides": [
            {
                "reading": _plain(side.reading),
                "passages": [_plain(hit) for hit in side.hits],
                "sentences": [
                    {
                        **_plain(entry),
                        "text": entry.candidate.text,
                        "admissible": entry in side.decision.admissible,
                    }
                    for entry in side.scored
                ],
                "decision": {
                    **_plain(side.decision),
                    "admissible": len(side.decision.admissible),
                    "signals": {
                        name: {"value": round(value, 6), "adds": round(adds, 6)}
                        for name, value, adds in _signals(side)
                    },
                },
                "quoted": [
                    {"document_id": q.candidate.document.id, "start": q.candidate.start, "end": q.end}
                    for q in side.quotes
                ],
            }
            for side in trace.sides
        ],
        "status": trace.answer.status.value,
        "message": trace.answer.message,
        "statements": [statement.text for statement in trace.answer.statements],
        "timings": {stage: round(seconds, 4) for stage, seconds in trace.answer.timings.items()},
    }


# ---- sections


def _facts(name: str, value: Any) -> Section:
    rows = tuple((field, shown) for field, content in _fields(value) if (shown := described(content)))
    return Section(name, ("field", "value"), rows)


def _passages(side: Side, about: str) -> Section:
    signals = sorted({signal for hit in side.hits for signal in (*hit.ranks, *hit.scores)}, key=str)
    columns = ("#", "score", *(str(signal) for signal in signals), "passage")
    rows, texts = [], []
    for place, hit in enumerate(side.hits, start=1):
        cells = [_by_signal(hit, signal) for signal in signals]
        rows.append((str(place), f"{hit.score:+.3f}", *cells, hit.passage.id))
        texts.append(" ".join(hit.passage.text.split()))
    return Section("passages", columns, tuple(rows), tuple(texts), frozenset(range(2 + len(signals))), about)


def _by_signal(hit: Hit, signal: Any) -> str:
    """ "0.871 #2": the raw score and the rank by one signal, or a dash."""
    score = f"{hit.scores[signal]:.3f}" if signal in hit.scores else ""
    rank = f"#{hit.ranks[signal]}" if signal in hit.ranks else ""
    return f"{score} {rank}".strip() or "–"


def _sentences(side: Side, about: str, most: int) -> Section:
    quoted = [quote.entry for quote in side.quotes]
    shown = [(n, e) for n, e in enumerate(side.scored, start=1) if n <= most or any(e is q for q in quoted)]
    parts = _parts(side.scored)
    columns = ("", "#", *parts, "passage")
    rows, texts = [], []
    for place, entry in shown:
        mark = _QUOTED if any(entry is q for q in quoted) else _ADMISSIBLE
        if mark is _ADMISSIBLE and not any(entry is kept for kept in side.decision.admissible):
            mark = ""
        values = dict(_fields(entry))
        lacks = [concept.alternatives[0] for concept in entry.missing]
        rows.append(
            (
                mark,
                str(place),
                *(described(values[part]) or "–" for part in parts),
                entry.candidate.passage.id,
            )
        )
        texts.append(" ".join(entry.candidate.text.split()) + (f"\n– {', '.join(lacks)}" if lacks else ""))
    numeric = frozenset(range(1, 2 + len(parts)))
    return Section("sentences", columns, tuple(rows), tuple(texts), numeric, about)


def _parts(scored: Sequence[Scored]) -> tuple[str, ...]:
    """The fields of a scored sentence that are numbers, or yes or no."""
    names = [field.name for field in fields(Scored)]
    simple = (bool, int, float)
    values = [dict(_fields(entry)) for entry in scored]
    return tuple(name for name in names if any(isinstance(entry[name], simple) for entry in values))


def _decision(side: Side, about: str) -> Section:
    rows = tuple((name, described(value) or "–") for name, value in _decided(side))
    return Section("decision", ("field", "value"), rows, about=about)


def _decided(side: Side) -> Iterator[tuple[str, Any]]:
    for name, value in _fields(side.decision):
        if name != "signals":
            yield (name, len(value)) if name == "admissible" else (name, value)
    for name, value, adds in _signals(side):
        yield f"signal {name}", f"{value:.3f}" + (f" ({adds:+.2f})" if adds else "")


def _signals(side: Side) -> Iterator[tuple[str, float, float]]:
    """Each signal of the decision, its value, and what it adds to the logit of the confidence."""
    signals = side.decision.signals
    if signals is not None:
        terms = calibration(side.reading.language).terms(signals)
        for name, value in _fields(signals):
            yield name, value, terms.get(name, 0.0)


def _answer(trace: Trace) -> Section:
    answer = trace.answer
    rows = [("status", answer.status.value)]
    if answer.message:
        rows.append(("message", answer.message))
    rows += [(f"[{n}]", statement.text) for n, statement in enumerate(answer.statements, start=1)]
    rows += [("note", note) for note in answer.notes]
    rows.append(
        ("ms", ", ".join(f"{stage} {1000 * seconds:.0f}" for stage, seconds in answer.timings.items()))
    )
    return Section("answer", ("field", "value"), tuple(rows))


# ---- values


def _fields(value: Any) -> Iterator[tuple[str, Any]]:
    for field in fields(value):
        yield field.name, getattr(value, field.name)


def described(value: Any) -> str:
    """A value in a few words; empty for what says nothing."""
    if value is None or value == () or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, (Document, Passage)):
        return value.id
    if isinstance(value, Mapping):
        return ", ".join(f"{described(key)} {described(entry)}" for key, entry in value.items())
    if isinstance(value, (tuple, list, set, frozenset)):
        return (" · " if any(map(is_dataclass, value)) else ", ").join(filter(None, map(described, value)))
    if is_dataclass(value):
        parts = [(name, described(content)) for name, content in _fields(value) if content is not False]
        said = [shown for name, shown in parts if shown and name not in {"start", "end"}]
        return f"{said[0]} ({', '.join(said[1:])})" if len(said) > 1 else "".join(said)
    return str(value)


def _plain(value: Any) -> Any:
    """A value for JSON: dataclasses as objects, documents, passages and candidates as where they are."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return round(value, 6)
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, (Document, Passage)):
        return value.id
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(entry) for key, entry in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(entry) for entry in value]
    if isinstance(value, (set, frozenset)):
        return sorted(map(_plain, value), key=str)
    if hasattr(value, "passage") and hasattr(value, "sentence"):  # a candidate: its place says it all
        return {"passage": value.passage.id, "start": value.start, "end": value.end}
    if is_dataclass(value):
        return {name: _plain(content) for name, content in _fields(value)}
    return str(value)
