"""The drafts that are kept, and the head of an open one: what was left out, files. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.study.drafts import SavedDraft, Version
from assistant.study.export import Format
from assistant.study.studio import formats_for
from assistant.study.types import Draft, Dropped, FigureRow, Flashcard, KeyPoint, Part, QuizItem, Slide
from ui.controls import button, fold, moment
from ui.escape import inert_line
from ui.study_parts import Shown, tabs
from ui.study_versions import versions_fold

LONGEST_TITLE = 120


def listing(drafts: Sequence[SavedDraft], shown: Shown, *, can_save: bool = True) -> str:
    """The drafts of a visitor, the one saved last first."""
    texts = shown.texts
    head = f"<h3>{inert_line(texts.drafts)}</h3>"
    if not can_save:
        return f'{head}<p class="pba-none">{inert_line(texts.cannot_save)}</p>'
    if not drafts:
        return f'{head}<p class="pba-none">{inert_line(texts.no_drafts)}</p>'
    rows = "".join(
        f'<li class="pba-draft">{_open(draft)} <span'
        f' class="pba-aside">{inert_line(_facts(draft, shown))}</span>'
        f"{_menu(draft, shown)}</li>"
        for draft in drafts
    )
    return f'{head}<ul class="pba-drafts">{rows}</ul>'


def _open(draft: SavedDraft) -> str:
    return (
        f'<button type="button" class="pba-open" data-act="open" data-key="{inert_line(draft.id)}">'
        f"{inert_line(draft.title, LONGEST_TITLE)}</button>"
    )


def _facts(draft: SavedDraft, shown: Shown) -> str:
    return shown.texts.draft_facts.format(when=moment(draft.updated_at, shown.words), versions=draft.versions)


def _menu(draft: SavedDraft, shown: Shown) -> str:
    texts = shown.texts
    name = inert_line(texts.tools.format(name=draft.title), 200)
    return (
        f'<details class="pba-tools pba-menu"><summary aria-label="{name}">⋯</summary><span'
        f' class="pba-tools-row">'
        f"{button('duplicate', draft.id, texts.duplicate)}{_delete(draft, shown)}</span></details>"
    )


def _delete(draft: SavedDraft, shown: Shown) -> str:
    texts = shown.texts
    return fold(
        texts.delete,
        f"<p>{inert_line(texts.delete_surely.format(title=draft.title))}</p>"
        f"{button('delete', draft.id, texts.delete_yes, style='pba-danger')}",
        style="pba-sure",
    )


def head(
    draft: Draft,
    saved: SavedDraft | None,
    versions: Sequence[Version],
    shown: Shown,
    *,
    part: Part | None,
) -> str:
    """Title of an open draft, what can be done with the whole, its parts to choose from."""
    texts = shown.texts
    title = saved.title if saved else draft.title
    broken = unproved(draft)
    told = [
        texts.audiences[draft.wish.audience],
        texts.length.format(lessons=draft.wish.lessons, minutes=draft.wish.minutes),
    ]
    told.append(texts.sources_count.format(count=len(draft.citations)))
    faulty = (
        f'<p class="pba-fault"><strong>{inert_line(texts.broken.format(count=len(broken)))}</strong>'
        f" {button('show', broken[0], texts.show_first)}</p>"
        if broken
        else ""
    )
    folds = _dropped(draft.dropped, shown) + _exports(draft, shown)
    if saved is not None:
        folds += _rename(saved, shown) + versions_fold(saved, versions, shown)
        folds += fold(
            texts.more_with_draft,
            f"{button('duplicate', saved.id, texts.duplicate)}{_delete(saved, shown)}",
        )
    return (
        f'<header class="pba-draft-head"><p>{button("close", "", texts.back)}</p>'
        f'<h2 class="pba-part" id="pba-draft-title" tabindex="-1">{inert_line(title, LONGEST_TITLE)}</h2>'
        f'<p class="pba-count">{inert_line(" · ".join(told))}</p>{faulty}'
        f'<div class="pba-folds">{folds}</div>{_parts(draft, part, shown)}</header>'
    )


def _parts(draft: Draft, part: Part | None, shown: Shown) -> str:
    play = button("play", "", shown.texts.play, style="pba-main") if draft.quiz else ""
    return f'<div class="pba-parts-row">{tabs(draft, part, shown)}{play}</div>'


def _dropped(dropped: Sequence[Dropped], shown: Shown) -> str:
    """How many items were left out and why, with one of each."""
    texts = shown.texts
    count = sum(entry.count for entry in dropped)
    if not count:
        return fold(texts.dropped_none, f"<p>{inert_line(texts.dropped_none_why)}</p>")
    rows = "".join(
        f"<li><strong>"
        f"{inert_line(texts.dropped_row.format(count=entry.count, part=texts.parts[entry.part]))}</strong>"
        f" {inert_line(texts.faults[entry.fault])}."
        f'<br><span class="pba-aside">{inert_line(texts.dropped_example)}'
        f" {inert_line(entry.example, 300)}</span></li>"
        for entry in dropped
    )
    return fold(
        texts.dropped.format(count=count),
        f'<p class="pba-hint">{inert_line(texts.dropped_why)}</p><ul class="pba-dropped">{rows}</ul>',
    )


def _exports(draft: Draft, shown: Shown) -> str:
    """A button for each format that has something to write."""
    texts = shown.texts
    groups: dict[str, list[Format]] = {}
    for form in formats_for(draft):
        groups.setdefault(", ".join(texts.parts[part] for part in form.parts), []).append(form)
    lists = "".join(
        f'<div class="pba-exports"><h5>{inert_line(name)}</h5>'
        + "".join(
            button("export", form.name, texts.formats.get(form.name, f"{form.name} ({form.suffix})"))
            for form in forms
        )
        + "</div>"
        for name, forms in groups.items()
    )
    count = len(unproved(draft))
    warned = (
        f'<p class="pba-fault">{inert_line(texts.export_broken.format(count=count))}</p>' if count else ""
    )
    return fold(
        texts.export,
        f'<p class="pba-hint">{inert_line(texts.export_hint)}</p>{warned}{lists}',
        style="pba-export",
    )


def _rename(saved: SavedDraft, shown: Shown) -> str:
    texts = shown.texts
    return fold(
        texts.rename,
        f'<form data-form="rename" data-key="{inert_line(saved.id)}" class="pba-inline">'
        f'<label class="pba-field"><span>{inert_line(texts.new_title)}</span><input type="text" name="title"'
        f' value="{inert_line(saved.title)}" maxlength="{LONGEST_TITLE}" required autocomplete="off"/>'
        f"</label>"
        f'<button type="submit" class="pba-act">{inert_line(texts.save)}</button></form>',
    )


def part_head(part: Part, shown: Shown) -> str:
    """What can be done with a whole part."""
    texts = shown.texts
    if shown.read_only:
        return f'<h3 class="pba-hidden">{inert_line(texts.parts[part])}</h3>'
    return (
        f'<div class="pba-part-head"><h3 class="pba-hidden">{inert_line(texts.parts[part])}</h3>'
        f"{button('again', part.value, texts.again, name=f'{texts.again}: {texts.parts[part]}')}"
        f' <span class="pba-hint">{inert_line(texts.again_hint)}</span></div>'
    )


def unproved(draft: Draft) -> list[str]:
    """Identifiers of all items that are not proved."""
    sections = [section for lesson in draft.lessons for section in lesson.sections]
    sections += draft.handout.sections if draft.handout is not None else ()
    entries: list[KeyPoint | FigureRow | QuizItem | Flashcard | Slide] = [
        *(point for section in sections for point in section.points),
        *(draft.handout.figures if draft.handout is not None else ()),
        *draft.quiz,
        *draft.flashcards,
        *draft.slides,
        *(point for slide in draft.slides for point in slide.points),
    ]
    return [entry.id for entry in entries if entry.faults]
