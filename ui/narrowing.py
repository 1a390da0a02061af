"""Filters, and what can be asked next, as HTML. Pure functions; ``ui/static/narrowing.js`` acts on them.

``data-narrow`` on a button says what it does, ``data-field`` and ``data-value`` to which part of the filters.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from assistant.collection import DocumentSummary
from assistant.narrowing import Choices, Field, Filters, Part, parts
from ui.escape import inert_line
from ui.narrowing_wording import NarrowingWording, narrowing_wording
from ui.wording import Wording

#: Characters of a title on a chip.
_LONGEST = 60


def control(filters: Filters, choices: Choices, words: Wording) -> str:
    """The button that opens the panel, and a chip for each part of ``filters``."""
    texts = narrowing_wording(words.language)
    wanted = parts(filters)
    count = f' <span class="pba-narrow-count">{len(wanted)}</span>' if wanted else ""
    chips = "".join(_chip(part, choices, words, texts) for part in wanted)
    if len(wanted) > 1:
        chips += f'<li><button type="button" data-narrow="clear">{inert_line(texts.clear)}</button></li>'
    chips = f'<ul class="pba-chips" aria-label="{inert_line(texts.title)}">{chips}</ul>' if chips else ""
    state = json.dumps([[part.field.value, part.value] for part in wanted], ensure_ascii=False)
    return (
        f'<div class="pba-narrowed" data-filters="{inert_line(state)}">'
        '<button type="button" id="pba-narrow-open" data-narrow="toggle" aria-expanded="false" '
        f'aria-controls="pba-narrow-panel">{inert_line(texts.open)}{count}</button>{chips}</div>'
    )


def _chip(part: Part, choices: Choices, words: Wording, texts: NarrowingWording) -> str:
    named = named_part(part, choices, words)
    drop = inert_line(texts.drop.format(part=named))
    return (
        f'<li><button type="button" class="pba-chip" data-narrow="drop" {_of(part)} aria-label="{drop}" '
        f'title="{drop}">{inert_line(named, _LONGEST)} <span aria-hidden="true">✕</span></button></li>'
    )


def named_part(part: Part, choices: Choices, words: Wording) -> str:
    """A part of filters in words: "Loại: Nghị quyết"."""
    match part.field:
        case Field.KIND:
            value = words.kind(part.value)
        case Field.FROM | Field.TO:
            value = words.day(date.fromisoformat(part.value))
        case Field.DOCUMENT:
            value = choices.title(part.value)
        case _:
            value = part.value
    return f"{narrowing_wording(words.language).fields[part.field]}: {value}"


def form(choices: Choices, words: Wording) -> str:
    """What can be chosen. The script ticks what is."""
    texts = narrowing_wording(words.language)
    boxes = "".join(
        _boxes(
            field, [(value, words.kind(value) if field is Field.KIND else value) for value in values], texts
        )
        for field, values in (
            (Field.PLACE, choices.places),
            (Field.KIND, choices.kinds),
            (Field.ISSUER, choices.issuers),
        )
        if values
    )
    days = ""
    if choices.first and choices.last:
        limits = f'min="{choices.first.isoformat()}" max="{choices.last.isoformat()}"'
        days = "".join(
            f"<label>{inert_line(texts.fields[field])} "
            f'<input type="date" data-field="{field}" {limits}/></label>'
            for field in (Field.FROM, Field.TO)
        )
        days = f'<div class="pba-narrow-days">{days}</div>'
    return (
        f'<div class="pba-narrow-top"><h2>{inert_line(texts.title)}</h2>'
        f'<button type="button" data-narrow="close">{inert_line(texts.close)}</button></div>'
        f'<p class="pba-hint">{inert_line(texts.hint)}</p><div class="pba-narrow-lists">{boxes}</div>{days}'
        f'<label class="pba-narrow-find">{inert_line(texts.fields[Field.DOCUMENT])}'
        f'<input type="search" id="pba-narrow-search" autocomplete="off" '
        f'placeholder="{inert_line(texts.find)}"/></label>'
    )


def found(documents: Sequence[DocumentSummary], words: Wording) -> str:
    """Documents to choose from."""
    texts = narrowing_wording(words.language)
    if not documents:
        return f'<p class="pba-hint" role="status">{inert_line(texts.found_none)}</p>'
    named = [
        (entry.id, " · ".join(filter(None, [entry.title, entry.number, _day(entry, words)])))
        for entry in documents
    ]
    return _boxes(Field.DOCUMENT, named, texts)


def next_steps(within: Sequence[Part], questions: Sequence[str], choices: Choices, words: Wording) -> str:
    """What can be done after an answer: ask it again of fewer documents, or something else."""
    texts = narrowing_wording(words.language)
    narrower = "".join(
        f'<li><button type="button" data-narrow="within" {_of(part)}>'
        f"{inert_line(named_part(part, choices, words), _LONGEST)}</button></li>"
        for part in within
    )
    further = "".join(
        f'<li><button type="button" data-narrow="ask">{inert_line(question)}</button></li>'
        for question in questions
    )
    return _row(texts.within, narrower) + _row(texts.next, further)


def _row(title: str, items: str) -> str:
    if not items:
        return ""
    return (
        f'<div class="pba-next-row"><span>{inert_line(title)}</span><ul class="pba-chips">{items}</ul></div>'
    )


def _boxes(field: Field, values: Sequence[tuple[str, str]], texts: NarrowingWording) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" {_of(Part(field, value))}/> {inert_line(label)}</label>'
        for value, label in values
    )
    return f"<fieldset><legend>{inert_line(texts.fields[field])}</legend><div>{boxes}</div></fieldset>"


def _of(part: Part) -> str:
    return f'data-field="{part.field}" data-value="{inert_line(part.value)}"'


def _day(entry: DocumentSummary, words: Wording) -> str:
    return words.day(entry.issued_on) if entry.issued_on else ""
