"""A set of drafted questions as HTML: head, question under review, form, trial. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.evaluate.suggest.desk import Result
from assistant.evaluate.suggest.sets import SavedSet, counts
from assistant.evaluate.suggest.types import Found, LeftOut, Quoted, State, Suggestion, SuggestionKind
from assistant.evaluate.suggest.wording import SuggestWording, suggest_wording
from assistant.evaluate.wording import report_wording
from assistant.types import Citation
from assistant.wording import Language
from ui import controls
from ui.controls import button, chosen, fold, group, marks, moment, text_area
from ui.escape import inert, inert_line
from ui.sets_wording import SetsWording, sets_wording
from ui.wording import Wording

_MARKS = {State.PROPOSED: "·", State.ACCEPTED: "✓", State.EDITED: "✎", State.REJECTED: "✕"}
#: Characters of an answer that a trial shows.
_ANSWER_SHOWN = 400


@dataclass(frozen=True, slots=True)
class Shown:
    """In which words a set is shown."""

    words: Wording

    @property
    def texts(self) -> SetsWording:
        return sets_wording(self.words.language)

    @property
    def report(self) -> Language:
        return "en" if self.words.language == "en" else "vi"

    @property
    def names(self) -> SuggestWording:
        return suggest_wording(self.words.language)


@dataclass(frozen=True, slots=True)
class Form:
    """What is typed into the form of a question.

    Attributes:
        spans: its quotes; ``found`` others to choose from.
        refused: why it could not be kept.
    """

    question: str = ""
    kind: SuggestionKind = SuggestionKind.NUMBER
    facts: str = ""
    spans: tuple[Quoted, ...] = ()
    found: tuple[Quoted, ...] = ()
    searched: str = ""
    refused: tuple[Found, ...] = field(default=())


def listing(sets: Sequence[SavedSet], shown: Shown, *, lasting: bool) -> str:
    """The sets of a visitor, the one changed last first."""
    texts = shown.texts
    head = f"<h3>{inert_line(texts.sets)}</h3>"
    head += "" if lasting else f'<p class="pba-none">{inert_line(texts.read_only)}</p>'
    if not sets:
        return f'{head}<p class="pba-none">{inert_line(texts.no_sets)}</p>'
    rows = ""
    for one in sets:
        facts = texts.set_facts.format(questions=one.questions, when=moment(one.updated_at, shown.words))
        rows += (
            f'<li><button type="button" class="pba-open" data-act="open" data-key="{inert_line(one.id)}">'
            f'{inert_line(one.title)}</button> <span class="pba-aside">{inert_line(facts)}</span></li>'
        )
    return f'{head}<ul class="pba-set-list">{rows}</ul>'


def head(
    saved: SavedSet,
    questions: Sequence[Suggestion],
    state: State | None,
    at: str,
    wrong: frozenset[str],
    shown: Shown,
) -> str:
    """Title, counts as filters, the list of all questions, what was left out, files, the trial.

    Args:
        state: that is looked at; ``None`` for all.
        at: id of the question that is open.
        wrong: ids of the questions with problems.
    """
    texts, names = shown.texts, shown.names
    tallies = counts(questions)
    tabs = _tab("", f"{texts.all} ({len(questions)})", on=state is None) + "".join(
        _tab(one.value, f"{names.states[one]} ({tallies[one]})", on=state is one) for one in State
    )
    seen = [one for one in questions if state is None or one.state is state]
    rows = "".join(_row(one, one.id == at, one.id in wrong, shown) for one in seen)
    every = (
        fold(texts.all_questions.format(count=len(seen)), f'<ol class="pba-rows">{rows}</ol>') if seen else ""
    )
    surely = fold(
        texts.delete,
        f"<p>{inert_line(texts.delete_surely)}</p>"
        f"{button('delete', saved.id, texts.delete_yes, style='pba-danger')}",
    )
    return (
        f'<header class="pba-set-head">{button("close", "", texts.back)}'
        f'<h3 id="pba-set-title" tabindex="-1">{inert_line(saved.title)}</h3>'
        f'<nav class="pba-tabs" aria-label="{inert_line(texts.filter)}">{tabs}</nav>'
        f'<div class="pba-row-of">{button("add", "", texts.add)}'
        f"{button('run', '', texts.run)}"
        f"{button('export', 'accepted', texts.export)}{button('export', 'all', texts.export_all)}</div>"
        f'<p class="pba-hint">{inert_line(texts.run_hint)}</p>'
        f'<div class="pba-folds">{every}{_left_out(saved.left_out, shown)}{surely}</div></header>'
    )


def _tab(key: str, text: str, *, on: bool) -> str:
    current = ' aria-current="true"' if on else ""
    return (
        f'<button type="button" class="pba-act pba-tab" data-act="filter" data-key="{key}"{current}>'
        f"{inert_line(text)}</button>"
    )


def _row(one: Suggestion, current: bool, wrong: bool, shown: Shown) -> str:
    here = ' aria-current="true"' if current else ""
    mark = f"{_MARKS[one.state]}{' !' if wrong else ''}"
    state = shown.names.states[one.state]
    return (
        f'<li><span class="pba-state" aria-hidden="true">{mark}</span>'
        f'<button type="button" class="pba-open" data-act="go" data-key="{inert_line(one.id)}"{here}>'
        f'{inert_line(one.question, 160)}</button> <span class="pba-aside">{inert_line(state)}</span></li>'
    )


def _left_out(left_out: Sequence[LeftOut], shown: Shown) -> str:
    texts, names = shown.texts, shown.names
    if not left_out:
        return f'<p class="pba-hint">{inert_line(texts.left_out_none)}</p>'
    rows = "".join(
        f"<li>{inert_line(texts.left_out_row.format(count=one.count, why=names.reasons[one.reason]))}"
        f'<br><span class="pba-aside">{inert_line(texts.example)} {inert_line(one.example, 300)}</span></li>'
        for one in left_out
    )
    total = sum(one.count for one in left_out)
    return fold(texts.left_out.format(count=total), f'<ul class="pba-left-out">{rows}</ul>')


def card(
    one: Suggestion,
    place: tuple[int, int],
    citations: Sequence[Citation],
    problems: Sequence[Found],
    shown: Shown,
) -> str:
    """The question under review.

    Args:
        place: which it is, of how many.
    """
    texts, names = shown.texts, shown.names
    facts = "".join(f"<li>{inert_line(' | '.join(fact))}</li>" for fact in one.facts)
    answer = f"<ul>{facts}</ul>" if facts else f"<p>{inert_line(texts.no_facts)}</p>"
    by_marker = {citation.marker: citation for citation in citations}
    quotes = "".join(
        f'<li><q class="pba-quote">{inert(" ".join(span.quote.split()))}</q> <span class="pba-aside">'
        f"{inert_line(span.document)}</span>{marks([by_marker[n]]) if n in by_marker else ''}</li>"
        for n, span in enumerate(one.spans, start=1)
    )
    quoted = f'<h5>{inert_line(texts.quotes)}</h5><ul class="pba-proof">{quotes}</ul>' if quotes else ""
    at, count = place
    position = texts.position.format(at=at, count=count, id=one.id)
    return (
        f'<section class="pba-card" data-state="{one.state.value}" aria-labelledby="pba-card-title">'
        f'<div class="pba-card-head"><span class="pba-aside">{inert_line(position)}</span>'
        f'<span class="pba-tag">{inert_line(names.kinds[one.kind])}</span>'
        f'<span class="pba-tag pba-tag-{one.state.value}">{inert_line(names.states[one.state])}</span></div>'
        f'<h4 id="pba-card-title" tabindex="-1">{inert_line(one.question)}</h4>'
        f"<h5>{inert_line(texts.facts)}</h5>{answer}{quoted}"
        f'<p class="pba-hint">{inert_line(texts.why)}: {inert_line(names.ground(one))}</p>'
        f"{_problems(problems, texts.wrong, shown) or _sound(one, shown)}"
        f'<div class="pba-row-of">{_key("accept", one.id, texts.accept, "A", style="pba-main")}'
        f"{_key('edit', one.id, texts.edit, 'E')}{_key('reject', one.id, texts.reject, 'R')}"
        f"{_key('undo', '', texts.undo, 'U')}"
        f'<span class="pba-gap"></span>{_key("previous", "", texts.previous, "ArrowLeft", shown="←")}'
        f"{_key('next', '', texts.next, 'ArrowRight', shown='→')}</div>"
        f'<p class="pba-hint pba-keys">{inert_line(texts.keys_hint)}</p></section>'
    )


def _key(act: str, key: str, text: str, shortcut: str, *, style: str = "", shown: str = "") -> str:
    label = f' aria-label="{inert_line(text)}"' if shown else ""
    return (
        f'<button type="button" class="pba-act{f" {style}" if style else ""}" data-act="{act}"'
        f' data-key="{inert_line(key)}" aria-keyshortcuts="{shortcut}"{label}>'
        f"{inert_line(shown or text)}</button>"
    )


def _sound(one: Suggestion, shown: Shown) -> str:
    return f'<p class="pba-sound">{inert_line(shown.texts.sound)}</p>' if one.answerable else ""


def _problems(problems: Sequence[Found], lead: str, shown: Shown) -> str:
    if not problems:
        return ""
    said = " ".join(shown.names.problem(one) for one in problems)
    return f'<p class="pba-fault" role="alert"><strong>{inert_line(lead)}</strong> {inert_line(said)}</p>'


def nothing(state: State | None, shown: Shown) -> str:
    """Instead of a question, where none is in the state that is looked at."""
    texts = shown.texts
    said = texts.all_reviewed if state is State.PROPOSED else texts.none_here
    undo = _key("undo", "", texts.undo, "U")
    said = f'<p id="pba-card-title" tabindex="-1">{inert_line(said)}</p>'
    return f'<section class="pba-card">{said}{undo}</section>'


def form(values: Form, key: str, shown: Shown) -> str:
    """The form of a question. ``key`` is its id, "" of one that is being written."""
    texts, names = shown.texts, shown.names
    title = texts.edit_title.format(id=key) if key else texts.add_title
    kinds = [
        chosen("radio", "kind", kind.value, names.kinds[kind], on=kind is values.kind)
        for kind in SuggestionKind
    ]
    kept = [_span("kept", span, on=True) for span in values.spans]
    found = [_span("picked", span, on=False) for span in values.found]
    results = group(texts.quote_found, found) if found else ""
    if values.searched and not found:
        results = f'<p class="pba-hint" role="status">{inert_line(texts.quote_none)}</p>'
    return (
        f'<form class="pba-card pba-edit" data-form="save" data-key="{inert_line(key)}"'
        f' data-leave="{inert_line(texts.leave)}" novalidate aria-labelledby="pba-edit-title">'
        f'<h4 id="pba-edit-title">{inert_line(title)}</h4>'
        f"{_problems(values.refused, texts.not_saved, shown)}"
        f"{controls.field(texts.question, text_area('question', values.question, rows=2, longest=2000))}"
        f"{group(texts.kind, kinds)}"
        f"{controls.field(texts.facts, text_area('facts', values.facts, rows=3), texts.fact_hint)}"
        f"{group(texts.quote_keep, kept) if kept else ''}"
        f'<div class="pba-find"><label class="pba-field"><span>{inert_line(texts.quote_find)}</span>'
        f'<input type="search" name="find" value="{inert_line(values.searched)}" maxlength="200"'
        f' autocomplete="off"/></label>{button("find", key, texts.quote_added)}</div>'
        f'<p class="pba-hint">{inert_line(texts.quote_hint)}</p>{results}'
        f'<div class="pba-row-of"><button type="submit" class="pba-act pba-main">'
        f"{inert_line(texts.save)}</button>"
        f"{button('cancel', key, texts.cancel)}</div></form>"
    )


def _span(name: str, span: Quoted, *, on: bool) -> str:
    value = f"{span.start}-{span.end}-{span.document_id}"
    return chosen("checkbox", name, value, f"“{' '.join(span.quote.split())}” — {span.document}", on=on)


def form_of(one: Suggestion) -> Form:
    """A question as its form shows it."""
    facts = "\n".join(" | ".join(fact) for fact in one.facts)
    return Form(one.question, one.kind, facts, one.spans)


def facts_typed(text: str) -> tuple[tuple[str, ...], ...]:
    """The facts that are typed, one a line, their strings parted by bars."""
    lines = (
        tuple(part for piece in line.split("|") if (part := " ".join(piece.split())))
        for line in text.splitlines()
    )
    return tuple(line for line in lines if line)


def result(found: Result, shown: Shown) -> str:
    """What a trial came to, and each question that was not answered right."""
    texts, stages = shown.texts, report_wording(shown.report).stages
    said = texts.result_said.format(
        score=report_wording(shown.report).figure(found.score),
        right=found.right,
        cases=found.cases,
    )
    rows = "".join(
        f'<li><button type="button" class="pba-open" data-act="go" data-key="{inert_line(one.id)}">'
        f'{inert_line(one.id)} · {inert_line(one.question, 200)}</button> <span class="pba-tag">'
        f"{inert_line(stages[one.stage])}</span>"
        f'<br><span class="pba-aside">{inert_line(texts.answered)} '
        f"{inert_line(one.answer or '–', _ANSWER_SHOWN)}</span></li>"
        for one in found.failed
    )
    wrong = (
        fold(
            texts.result_failed.format(count=len(found.failed)),
            f'<ol class="pba-failed">{rows}</ol>',
            open_now=True,
        )
        if rows
        else f"<p>{inert_line(texts.result_none_failed)}</p>"
    )
    return (
        f'<section class="pba-card pba-trial" aria-labelledby="pba-trial-title">'
        f'<h4 id="pba-trial-title" tabindex="-1">{inert_line(texts.result)}</h4>'
        f"<p><strong>{inert_line(said)}</strong></p>{wrong}</section>"
    )
