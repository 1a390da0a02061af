"""The parts of a draft as they are read: plan, handout, quiz with key, flashcards. Pure functions."""

from __future__ import annotations

from assistant.study.types import (
    FigureRow,
    Flashcard,
    Handout,
    KeyPoint,
    Lesson,
    Option,
    QuizItem,
    QuizKind,
    Section,
    Step,
)
from assistant.types import Citation
from ui.controls import fold, marks
from ui.escape import inert, inert_line
from ui.study_chart import chart
from ui.study_forms import form_of
from ui.study_items import Place, item, places, told, tools
from ui.study_parts import Shown, faults, proof, warnings
from ui.study_wording import StudyWording


def plan(lessons: tuple[Lesson, ...], shown: Shown) -> str:
    """The lesson plan: objectives, time plan, what is taught in each step, what is discussed."""
    return "".join(
        _lesson(lesson, place, shown)
        for lesson, place in zip(lessons, places(lessons, shown.texts.named["lesson"]), strict=True)
    )


def _lesson(lesson: Lesson, place: Place, shown: Shown) -> str:
    texts = shown.texts
    aims = "".join(f"<li>{inert(aim)}</li>" for aim in lesson.objectives)
    rows = "".join(
        f'<tr><th scope="row">{inert_line(section.title)}</th><td>{_minutes(section.minutes, shown)}'
        f"</td></tr>"
        for section in lesson.sections
    )
    head = item(
        lesson,
        f'<h3>{inert_line(lesson.title)} <span class="pba-time">{_minutes(lesson.minutes, shown)}</span></h3>'
        f"<h4>{inert_line(texts.objectives)}</h4><ul>{aims}</ul>",
        place,
        shown,
        tag="div",
    )
    steps = "".join(
        section(entry, where, shown)
        for entry, where in zip(lesson.sections, places(lesson.sections, texts.named["section"]), strict=True)
    )
    table = (
        f'<table class="pba-table pba-times"><caption>{inert_line(texts.time_plan)}</caption>'
        f'<thead><tr><th scope="col">{inert_line(texts.step_name)}</th>'
        f'<th scope="col">{inert_line(texts.time)}</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    return f'<article class="pba-lesson">{head}{fold(texts.time_plan, table)}{steps}</article>'


def section(entry: Section, place: Place, shown: Shown) -> str:
    """A step of a lesson, or a part of a handout."""
    texts = shown.texts
    time = f' <span class="pba-time">{_minutes(entry.minutes, shown)}</span>' if entry.minutes else ""
    doing = f'<p class="pba-doing">{inert(entry.activity)}</p>' if entry.activity else ""
    head = item(
        entry, f"<h4>{inert_line(entry.title)}{time}</h4>{doing}", place, shown, tag="div", style="pba-step"
    )
    points = "".join(
        _point(point, where, shown)
        for point, where in zip(entry.points, places(entry.points, texts.named["point"]), strict=True)
    )
    asked = "".join(f"<li>{inert(question)}</li>" for question in entry.questions)
    asked = (
        f'<div class="pba-asked"><h5>{inert_line(texts.to_discuss)}</h5><ul>{asked}</ul></div>'
        if asked
        else ""
    )
    points = f'<ul class="pba-points">{points}</ul>' if points else ""
    return f'<section class="pba-section">{head}{points}{asked}</section>'


def _point(point: KeyPoint, place: Place, shown: Shown) -> str:
    example = f'<span class="pba-tag">{inert_line(shown.texts.example)}</span> ' if point.example else ""
    body = f'<p class="pba-said">{example}{inert(point.text)}{marks(point.citations)}</p>'
    return item(point, body + warnings(point.citations, shown.words), place, shown)


def handout(made: Handout, shown: Shown) -> str:
    """The handout: what learners take home, figures in a table, charts."""
    texts = shown.texts
    parts = "".join(
        section(entry, where, shown)
        for entry, where in zip(made.sections, places(made.sections, texts.named["section"]), strict=True)
    )
    figures = "".join(
        _figure(row, where, shown)
        for row, where in zip(made.figures, places(made.figures, texts.named["figure"]), strict=True)
    )
    if figures:
        head = "".join(
            f'<th scope="col">{inert_line(name)}</th>'
            for name in (
                texts.fields["label"],
                texts.fields["value"],
                texts.fields["date"],
                texts.source,
                *(() if shown.read_only else (texts.doing,)),
            )
        )
        figures = (
            f'<section class="pba-section"><h4>{inert_line(texts.figures)}</h4>'
            f'<table class="pba-table pba-figure-rows" aria-label="{inert_line(texts.figures)}"><thead>'
            f"<tr>{head}</tr></thead>"
            f"<tbody>{figures}</tbody></table></section>"
        )
    charts = "".join(chart(series, shown) for series in made.series)
    return f'<article class="pba-lesson"><h3>{inert_line(made.title)}</h3>{parts}{figures}{charts}</article>'


def _figure(row: FigureRow, place: Place, shown: Shown) -> str:
    texts = shown.texts
    if shown.editing == row.id:
        return f'<tr id="pba-entry-{inert_line(row.id)}"><td colspan="5">{form_of(row, shown)}</td></tr>'
    cells = (
        (texts.fields["value"], f"{inert_line(row.value)} {inert_line(row.unit)}"),
        (texts.fields["date"], inert_line(row.date)),
        (texts.source, marks(row.citations)),
        (texts.doing, tools(row, place, shown)),
    )[: 3 if shown.read_only else 4]
    rest = "".join(f'<td data-label="{inert_line(name)}">{cell}</td>' for name, cell in cells)
    style = ' class="pba-broken"' if row.faults else ""
    return (
        f'<tr id="pba-entry-{inert_line(row.id)}" tabindex="-1"{style}><th scope="row">'
        f"{told(row, shown)}{inert(row.label)}{faults(row.faults, texts)}</th>{rest}</tr>"
    )


def quiz(items: tuple[QuizItem, ...], shown: Shown) -> str:
    """The questions, each with its key and the quotes that prove it."""
    entries = "".join(
        _question(entry, where, shown)
        for entry, where in zip(items, places(items, shown.texts.named["question"]), strict=True)
    )
    return f'<ol class="pba-quiz">{entries}</ol>'


def _question(entry: QuizItem, place: Place, shown: Shown) -> str:
    texts = shown.texts
    body = (
        f'<p class="pba-tags"><span class="pba-tag">{inert_line(texts.kinds[entry.kind])}</span>'
        f' <span class="pba-tag'
        f' pba-level-{entry.difficulty.value}">{inert_line(texts.difficulties[entry.difficulty])}</span></p>'
        f'<p class="pba-stem"><strong>{inert_line(place.name)}.</strong> {inert(entry.stem)}'
        f"</p>{key(entry, shown)}"
    )
    if entry.explanation:
        body += f'<p class="pba-why">{inert(entry.explanation)}</p>'
    body += fold(texts.proof, proof(cited(entry), shown))
    return item(entry, body, place, shown, style="pba-question-item")


def cited(entry: QuizItem) -> tuple[Citation, ...]:
    """Every citation of an item."""
    return (
        *entry.citations,
        *(pair.citation for pair in entry.pairs),
        *(step.citation for step in entry.steps),
    )


def key(entry: QuizItem, shown: Shown) -> str:
    """What is right, among what can be chosen."""
    texts = shown.texts
    match entry.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            lines = "".join(_option(option, texts) for option in entry.options)
            return f'<ol class="pba-options" type="A">{lines}</ol>'
        case QuizKind.TRUE_FALSE:
            said = texts.true if entry.truth else texts.false
        case QuizKind.FILL | QuizKind.SHORT:
            said = f" {texts.alternative} ".join(entry.accepted)
        case QuizKind.MATCH:
            rows = "".join(
                f'<tr><th scope="row">{inert(pair.left)}</th>'
                f"<td>{inert(pair.right)}{marks((pair.citation,))}</td></tr>"
                for pair in entry.pairs
            )
            return (
                f'<table class="pba-pairs" aria-label="{inert_line(texts.key)}"><tbody>{rows}</tbody></table>'
            )
        case QuizKind.ORDER:
            lines = "".join(_step(step) for step in entry.steps)
            return f'<p class="pba-key">{inert_line(texts.key_order)}</p><ol class="pba-steps">{lines}</ol>'
    return f'<p class="pba-key">{inert_line(texts.key)}: <strong>{inert(said)}</strong></p>'


def _option(option: Option, texts: StudyWording) -> str:
    if not option.right:
        return f'<li class="pba-other">{inert(option.text)}</li>'
    right = f'<span class="pba-mark-right">{inert_line(texts.right)}</span>'
    return f'<li class="pba-right">{inert(option.text)} {right}</li>'


def _step(step: Step) -> str:
    when = f" ({inert_line(step.when)})" if step.when and not step.when.isdigit() else ""
    return f"<li>{inert(step.text)}{when}{marks((step.citation,))}</li>"


def flashcards(cards: tuple[Flashcard, ...], shown: Shown) -> str:
    """The cards, their backs hidden until they are turned over."""
    texts = shown.texts
    entries = "".join(
        _card(card, where, shown)
        for card, where in zip(cards, places(cards, texts.named["card"]), strict=True)
    )
    return f'<ul class="pba-cards">{entries}</ul>'


def _card(card: Flashcard, place: Place, shown: Shown) -> str:
    texts = shown.texts
    body = (
        f'<div class="pba-card-face"><p class="pba-tags"><span class="pba-tag">{inert_line(place.name)}'
        f"</span></p>"
        f'<p class="pba-front">{inert(card.front)}</p>'
        f'<button type="button" class="pba-act pba-turn" aria-expanded="false"'
        f' aria-controls="pba-back-{inert_line(card.id)}">'
        f"{inert_line(texts.turn)}</button>"
        f'<div class="pba-back-side" id="pba-back-{inert_line(card.id)}" hidden><p>'
        f"<strong>{inert(card.back)}</strong>"
        f"{marks(card.citations)}</p>{proof(card.citations, shown)}</div></div>"
    )
    return item(card, body, place, shown, style="pba-flashcard")


def _minutes(minutes: int, shown: Shown) -> str:
    return inert_line(shown.texts.minutes.format(minutes=minutes))
