"""The form in which a trainer says what is to be made, and how far the making is. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.narrowing import Choices, Field, Filters, added
from assistant.narrowing import Part as Narrowed
from assistant.study.making import MOST_ITEMS, MOST_LESSONS, MOST_MINUTES, MOST_SLIDES, Step
from assistant.study.types import Audience, Part, QuizKind, Wish
from ui.controls import button, chosen, field, fold, group, number_input, text_input
from ui.escape import inert_line
from ui.form_fields import BadField, all_of, document_box, narrowing_lists, number_of, ticked_filters
from ui.narrowing_wording import narrowing_wording
from ui.study_parts import Shown

if TYPE_CHECKING:
    from assistant.collection import DocumentSummary

LONGEST_TOPIC = 200
LEAST_MINUTES, MOST_SEED = 5, 999_999
#: Of a part, its share of the whole work, in hundredths; the rest is reading.
_SHARES = {Part.PLAN: 3, Part.HANDOUT: 7, Part.QUIZ: 75, Part.FLASHCARDS: 3, Part.SLIDES: 4}
_NUMBERS = {
    "lessons": (1, MOST_LESSONS),
    "minutes": (LEAST_MINUTES, MOST_MINUTES),
    "quiz_items": (0, MOST_ITEMS),
    "slides": (0, MOST_SLIDES),
    "seed": (0, MOST_SEED),
}


def form(choices: Choices, shown: Shown, wish: Wish) -> str:
    """The whole form, ``wish`` in it."""
    texts = shown.texts
    audiences = [
        chosen("radio", "audience", entry.value, texts.audiences[entry], on=entry is wish.audience)
        for entry in Audience
    ]
    made = [
        chosen("checkbox", "parts", part.value, texts.parts[part], on=part in wish.parts) for part in Part
    ]
    languages = [
        chosen("radio", "language", code, name, on=code == wish.language)
        for code, name in texts.languages.items()
    ]
    kinds = [
        chosen(
            "checkbox", "quiz_kinds", kind.value, texts.kinds[kind], on=not wish.kinds or kind in wish.kinds
        )
        for kind in QuizKind
    ]
    counted = "".join(
        field(texts.numbers[name], number_input(name, getattr(wish, name), *_NUMBERS[name]))
        for name in ("lessons", "minutes", "quiz_items", "slides")
    )
    seed = field(texts.numbers["seed"], number_input("seed", wish.seed, *_NUMBERS["seed"]), texts.seed_hint)
    return (
        f'<form class="pba-wish" data-form="make" novalidate aria-labelledby="pba-wish-title">'
        f'<h3 id="pba-wish-title">{inert_line(texts.new)}</h3>'
        f"{field(texts.topic, text_input('topic', wish.topic, longest=LONGEST_TOPIC), texts.topic_hint)}"
        f'<div id="pba-topics" data-label="{inert_line(texts.topics)}"></div>'
        f"{group(texts.audience, audiences)}"
        f'<div class="pba-counts">{counted}</div>'
        f"{group(texts.parts_wanted, made)}"
        f"{fold(texts.narrow, _narrowing(choices, shown))}"
        f"{fold(texts.more, group(texts.kinds_wanted, kinds) + group(texts.language, languages) + seed)}"
        f'<p class="pba-wish-go"><button type="submit" class="pba-act'
        f' pba-main">{inert_line(texts.make)}</button>'
        f' <span class="pba-hint">{inert_line(texts.make_hint)}</span></p></form>'
    )


def _narrowing(choices: Choices, shown: Shown) -> str:
    texts, fields = shown.texts, narrowing_wording(shown.words.language).fields
    days = ""
    if choices.first and choices.last:
        limits = f'min="{choices.first.isoformat()}" max="{choices.last.isoformat()}"'
        days = "".join(
            field(fields[name], f'<input type="date" name="{name.value}" {limits}/>')
            for name in (Field.FROM, Field.TO)
        )
    find = field(
        fields[Field.DOCUMENT],
        '<input type="search" id="pba-wish-find" autocomplete="off" aria-controls="pba-wish-found"/>',
        texts.find_hint,
    )
    return (
        f'<p class="pba-hint">{inert_line(texts.narrow_hint)}</p><div class="pba-lists">'
        f"{narrowing_lists(choices, shown.words)}</div>"
        f'<div class="pba-counts">{days}</div>{find}'
        f'<div id="pba-wish-documents" class="pba-choices" role="group"'
        f' aria-label="{inert_line(texts.documents_chosen)}"></div>'
        f'<div id="pba-wish-found" role="group" aria-label="{inert_line(texts.documents_found)}"></div>'
    )


def found(documents: Sequence[DocumentSummary], shown: Shown) -> str:
    """Documents to choose from; the script puts them into the form."""
    if not documents:
        return f'<p class="pba-hint" role="status">{inert_line(shown.texts.documents_none)}</p>'
    boxes = "".join(map(document_box, documents))
    return f'<div class="pba-choices">{boxes}</div>'


def topics(names: Sequence[str], shown: Shown) -> str:
    """Topics to pick; the script puts what is pressed into the form."""
    if not names:
        return ""
    items = "".join(
        f'<li><button type="button" class="pba-topic"'
        f' data-topic="{inert_line(name)}">{inert_line(name)}</button></li>'
        for name in names
    )
    told = f'<p class="pba-hint" id="pba-topics-of">{inert_line(shown.texts.topics)}</p>'
    return f'{told}<ul aria-labelledby="pba-topics-of">{items}</ul>'


def wish_of(values: Mapping[str, Any]) -> Wish:
    """What the form says. Several values of one name come as a list.

    Raises:
        BadField: a number out of its limits, no part, a period that ends before it begins.
    """
    numbers = {name: number_of(values, name, limits) for name, limits in _NUMBERS.items()}
    if numbers["minutes"] < LEAST_MINUTES * numbers["lessons"]:
        raise BadField("minutes_of_lessons")
    wanted = tuple(part for part in Part if part.value in all_of(values, "parts"))
    if not wanted:
        raise BadField("parts")
    kinds = tuple(kind for kind in QuizKind if kind.value in all_of(values, "quiz_kinds"))
    try:
        audience = Audience(str(values.get("audience", "")))
    except ValueError:
        raise BadField("audience") from None
    return Wish(
        topic=" ".join(str(values.get("topic", "")).split())[:LONGEST_TOPIC],
        audience=audience,
        filters=_filters(values),
        parts=wanted,
        kinds=() if len(kinds) == len(QuizKind) else kinds,
        language="en" if values.get("language") == "en" else "vi",
        **numbers,
    )


def _filters(values: Mapping[str, Any]) -> Filters:
    try:
        filters = ticked_filters(values)
        for name in (Field.FROM, Field.TO):
            if day := str(values.get(name.value, "")):
                filters = added(filters, Narrowed(name, date.fromisoformat(day).isoformat()))
    except (AssistantError, ValueError):
        raise BadField("period") from None
    return filters


def limits(name: str) -> tuple[int, int]:
    """The least and most of a number of the form."""
    return _NUMBERS.get(name, (LEAST_MINUTES, MOST_MINUTES))


def stop(shown: Shown) -> str:
    """The way to stop the making; apart from what changes with every step, so that a press meets it."""
    return button("stop", "", shown.texts.stop)


def progress(step: Step | None, topic: str, parts: Sequence[Part], shown: Shown) -> str:
    """How far the making is: its stage in words, a bar. ``None``: it waits its turn."""
    texts = shown.texts
    value: int | None = None
    if step is None:
        said = texts.waiting
    elif step.part is None:
        said = texts.reading if step.done == 0 else texts.finishing
        value = 0 if step.done == 0 else 98
    else:
        said = texts.making.format(part=texts.parts[step.part])
        before = sum(_SHARES[part] for part in parts[: parts.index(step.part)] if part in _SHARES)
        whole = 8 + sum(_SHARES[part] for part in parts)
        value = round(100 * (8 + before) / whole)
        if step.wanted:
            said += " " + texts.making_count.format(items=step.items, wanted=step.wanted)
            value += round(100 * _SHARES[step.part] / whole * step.items / step.wanted)
        elif step.part is Part.QUIZ:
            # Most of the time passes before the first item: how much is not known.
            value = None
    name = inert_line(texts.progress.format(topic=topic or texts.everything))
    bar = f' value="{value}" max="100"' if value is not None else ""
    return (
        f'<div class="pba-making"><h3>{name}</h3><progress aria-label="{name}"{bar}></progress>'
        f'<p role="status">{inert_line(said)}</p></div>'
    )
