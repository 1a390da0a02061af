"""The forms in which items are edited, and what was typed into them as attributes of the item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.study.types import (
    Difficulty,
    FigureRow,
    Flashcard,
    KeyPoint,
    Lesson,
    Option,
    QuizItem,
    QuizKind,
    Section,
    Slide,
)
from ui.controls import button, chosen, field, group, number_input, text_area, text_input
from ui.escape import inert_line
from ui.study_parts import Shown

Entry = Lesson | Section | KeyPoint | FigureRow | QuizItem | Flashcard | Slide
LONGEST_TEXT, MOST_MINUTES, MOST_OPTIONS = 4000, 600, 8


def form_of(entry: Entry, shown: Shown) -> str:
    """The form for one item, what it says now in it, or what was typed and could not be saved."""
    texts = shown.texts
    entry = replace(entry, **shown.typed)
    dirty = ' data-dirty="1"' if shown.typed else ""
    match entry:
        case KeyPoint():
            inside = field(texts.fields["text"], text_area("text", entry.text))
        case FigureRow():
            inside = "".join(
                field(texts.fields[name], text_input(name, getattr(entry, name)))
                for name in ("label", "value", "unit", "date")
            )
        case Flashcard():
            inside = field(texts.fields["front"], text_area("front", entry.front))
            inside += field(texts.fields["back"], text_area("back", entry.back))
        case Slide():
            inside = field(texts.fields["title"], text_input("title", entry.title))
            inside += field(texts.fields["notes"], text_area("notes", entry.notes, rows=6))
        case Section():
            inside = field(texts.fields["title"], text_input("title", entry.title))
            if entry.minutes:
                inside += field(
                    texts.fields["minutes"], number_input("minutes", entry.minutes, 0, MOST_MINUTES)
                )
                inside += field(texts.fields["activity"], text_area("activity", entry.activity))
                inside += field(texts.fields["questions"], text_area("questions", "\n".join(entry.questions)))
        case Lesson():
            inside = field(texts.fields["title"], text_input("title", entry.title))
            inside += field(
                texts.fields["objectives"], text_area("objectives", "\n".join(entry.objectives), rows=6)
            )
        case QuizItem():
            inside = _quiz(entry, shown)
    return (
        f'<form class="pba-edit" novalidate data-form="save" data-key="{inert_line(entry.id)}"{dirty}'
        f' aria-label="{inert_line(texts.edit)}" data-leave="{inert_line(texts.leave)}">{inside}<p'
        f' class="pba-edit-go">'
        f'<button type="submit" class="pba-act pba-main">{inert_line(texts.save)}</button>'
        f"{button('cancel', entry.id, texts.cancel)}</p></form>"
    )


def _quiz(item: QuizItem, shown: Shown) -> str:
    texts = shown.texts
    inside = field(texts.fields["stem"], text_area("stem", item.stem))
    if item.kind in (QuizKind.SINGLE, QuizKind.MULTIPLE):
        sort = "radio" if item.kind is QuizKind.SINGLE else "checkbox"
        rows = ""
        for at in range(min(MOST_OPTIONS, len(item.options) + 1)):
            option = item.options[at] if at < len(item.options) else Option("", right=False)
            tick = " checked" if option.right else ""
            name = inert_line(texts.option.format(number=at + 1))
            right = inert_line(texts.option_right.format(number=at + 1))
            rows += (
                f'<div class="pba-edit-row"><input type="{sort}" name="right" value="{at}"{tick}'
                f' aria-label="{right}"/>'
                f'<input type="text" name="option{at}" value="{inert_line(option.text)}" maxlength="400"'
                f' aria-label="{name}" autocomplete="off"/></div>'
            )
        inside += (
            f'<fieldset class="pba-group-of"><legend>{inert_line(texts.options)}</legend>{rows}</fieldset>'
        )
    elif item.kind is QuizKind.TRUE_FALSE:
        inside += group(
            texts.key,
            [
                chosen("radio", "truth", "true", texts.true, on=item.truth is True),
                chosen("radio", "truth", "false", texts.false, on=item.truth is False),
            ],
        )
    elif item.kind in (QuizKind.FILL, QuizKind.SHORT):
        inside += field(texts.fields["accepted"], text_area("accepted", "\n".join(item.accepted)))
    elif item.kind is QuizKind.MATCH:
        inside += _rows(texts.fields["pairs"], [(pair.left, pair.right) for pair in item.pairs], texts.pair)
    elif item.kind is QuizKind.ORDER:
        inside += _rows(texts.fields["steps"], [(step.text,) for step in item.steps], texts.step)
    levels = [
        chosen("radio", "difficulty", level.value, texts.difficulties[level], on=level is item.difficulty)
        for level in Difficulty
    ]
    inside += group(texts.difficulty, levels)
    return inside + field(texts.fields["explanation"], text_area("explanation", item.explanation))


def _rows(legend: str, rows: list[tuple[str, ...]], name: str) -> str:
    lines = ""
    for at, values in enumerate(rows):
        inputs = "".join(
            f'<input type="text" name="row{at}.{side}" value="{inert_line(value)}" maxlength="400"'
            f' aria-label="{inert_line(name.format(number=at + 1, side=side + 1))}" autocomplete="off"/>'
            for side, value in enumerate(values)
        )
        lines += f'<div class="pba-edit-row">{inputs}</div>'
    return f'<fieldset class="pba-group-of"><legend>{inert_line(legend)}</legend>{lines}</fieldset>'


def edited(entry: Entry, values: Mapping[str, Any]) -> dict[str, object]:
    """What was typed, as attributes of the item: those that it has now, the rest as they were.

    A row whose text was emptied is taken out.
    """
    match entry:
        case KeyPoint():
            return {"text": _line(values, "text", entry.text)}
        case FigureRow():
            names = ("label", "value", "unit", "date")
            return {name: _line(values, name, getattr(entry, name)) for name in names}
        case Flashcard():
            return {name: _line(values, name, getattr(entry, name)) for name in ("front", "back")}
        case Slide():
            return {
                "title": _line(values, "title", entry.title),
                "notes": _text(values, "notes", entry.notes),
            }
        case Section():
            return {
                "title": _line(values, "title", entry.title),
                "minutes": _number(values, "minutes", entry.minutes),
                "activity": _line(values, "activity", entry.activity),
                "questions": _lines(values, "questions", entry.questions),
            }
        case Lesson():
            return {
                "title": _line(values, "title", entry.title),
                "objectives": _lines(values, "objectives", entry.objectives),
            }
        case QuizItem():
            return _quiz_values(entry, values)


def _quiz_values(item: QuizItem, values: Mapping[str, Any]) -> dict[str, object]:
    found: dict[str, object] = {
        "stem": _line(values, "stem", item.stem),
        "explanation": _line(values, "explanation", item.explanation),
    }
    level = values.get("difficulty")
    if level in {entry.value for entry in Difficulty}:
        found["difficulty"] = Difficulty(str(level))
    match item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            found["options"] = _options(item, values)
        case QuizKind.TRUE_FALSE:
            found["truth"] = values.get("truth", str(item.truth).lower()) == "true"
        case QuizKind.FILL | QuizKind.SHORT:
            found["accepted"] = _lines(values, "accepted", item.accepted)
        case QuizKind.MATCH:
            pairs = [
                replace(
                    pair,
                    left=_line(values, f"row{at}.0", pair.left),
                    right=_line(values, f"row{at}.1", pair.right),
                )
                for at, pair in enumerate(item.pairs)
            ]
            found["pairs"] = tuple(pair for pair in pairs if pair.left or pair.right)
        case QuizKind.ORDER:
            steps = [
                replace(step, text=_line(values, f"row{at}.0", step.text))
                for at, step in enumerate(item.steps)
            ]
            found["steps"] = tuple(step for step in steps if step.text)
    return found


def _options(item: QuizItem, values: Mapping[str, Any]) -> tuple[Option, ...]:
    ticked = values.get("right", [])
    right = {str(entry) for entry in (ticked if isinstance(ticked, list) else [ticked])}
    made = []
    for at in range(MOST_OPTIONS):
        old = item.options[at] if at < len(item.options) else None
        text = _line(values, f"option{at}", old.text if old else "")
        if text:
            origin = old.origin if old and old.text == text else None
            made.append(Option(text, str(at) in right, None if str(at) in right else origin))
    return tuple(made)


def _line(values: Mapping[str, Any], name: str, default: str) -> str:
    return " ".join(str(values.get(name, default)).split())[:LONGEST_TEXT]


def _text(values: Mapping[str, Any], name: str, default: str) -> str:
    return str(values.get(name, default)).replace("\r\n", "\n").strip()[:LONGEST_TEXT]


def _lines(values: Mapping[str, Any], name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    lines = _text(values, name, "\n".join(default)).split("\n")
    return tuple(line for line in (" ".join(line.split()) for line in lines) if line)


def _number(values: Mapping[str, Any], name: str, default: int) -> int:
    text = str(values.get(name, default)).strip()
    return min(int(text[:6]), MOST_MINUTES) if text.isascii() and text.isdecimal() else default
