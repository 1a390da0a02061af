"""Every sentence about teaching material, as one type; ``study_vi`` and ``study_en`` fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.study.changes import Sort
from assistant.study.types import Audience, Difficulty, Fault, Part, QuizKind


@dataclass(frozen=True, slots=True)
class StudyWording:
    """The wording of one language. ``{name}`` marks what is filled in with ``str.format``.

    Attributes:
        how: kind of question → what a learner does.
        faults: why an item is not proved, as the end of a sentence.
        numbers, bad_fields: field of the form → its name, and what to put into it instead.
        named: sort of item → how one of them is called by its number.
        other: type of item → the button that puts another in its place.
        differing_count, differing: how an item of an earlier version differs → how many do, and what one is
            marked with.
        fields: field of an item → its name.
        notes: what was done → how a version tells of it.
        formats: name of a format → how it is called; one that is absent is shown by its own name.
    """

    view: str
    lead: str
    new: str
    topic: str
    topic_hint: str
    topics: str
    audience: str
    parts_wanted: str
    narrow: str
    narrow_hint: str
    documents_chosen: str
    documents_found: str
    documents_none: str
    more: str
    kinds_wanted: str
    language: str
    seed_hint: str
    make: str
    make_hint: str
    progress: str
    everything: str
    waiting: str
    reading: str
    making: str
    making_count: str
    finishing: str
    stop: str
    stopped: str
    made: str
    made_dropped: str
    fewer: str
    nothing_found: str
    failed: str
    failed_unexpected: str
    drafts: str
    no_drafts: str
    cannot_save: str
    draft_facts: str
    draft_gone: str
    draft_unreadable: str
    back: str
    rename: str
    new_title: str
    renamed: str
    duplicate: str
    copy_of: str
    duplicated: str
    delete: str
    delete_surely: str
    delete_yes: str
    deleted: str
    versions: str
    versions_hint: str
    version: str
    version_now: str
    restore: str
    restored: str
    undo: str
    more_with_draft: str
    tools: str
    length: str
    sources_count: str
    parts_of_draft: str
    broken: str
    dropped: str
    dropped_why: str
    dropped_row: str
    dropped_example: str
    dropped_none: str
    dropped_none_why: str
    export: str
    export_hint: str
    export_broken: str
    exported: str
    objectives: str
    time_plan: str
    step_name: str
    time: str
    minutes: str
    to_discuss: str
    example: str
    figures: str
    source: str
    doing: str
    chart_figures: str
    key: str
    key_order: str
    right: str
    alternative: str
    true: str
    false: str
    proof: str
    open_source: str
    turn: str
    sources: str
    lines: str
    again: str
    again_hint: str
    edit: str
    up: str
    down: str
    lock: str
    unlock: str
    locked: str
    drop: str
    save: str
    dismiss: str
    cancel: str
    leave: str
    unproved: str
    saved_unproved: str
    show_first: str
    find_hint: str
    broke_others: str
    nothing_else: str
    no_such_item: str
    options: str
    option: str
    option_right: str
    difficulty: str
    pair: str
    step: str
    play: str
    play_leave: str
    play_left_out: str
    nothing_to_play: str
    play_question: str
    play_far: str
    play_before: str
    play_next: str
    play_skip: str
    play_score: str
    play_all: str
    play_open: str
    play_right: str
    play_wrong: str
    play_see: str
    play_see_of: str
    play_again: str
    play_wrong_again: str
    answer: str
    your_answer: str
    missing: str
    choose: str
    pairs_of: str
    steps_of: str
    moved: str
    answered_right: str
    answered_wrong: str
    claimed: str
    claim: str
    you_gave: str
    nothing: str
    score_title: str
    score: str
    score_open: str
    score_wrong: str
    score_all: str
    look: str
    look_back: str
    old: str
    differs: str
    differs_not: str
    differs_all: str
    differs_more: str
    differs_handling: str
    wording_old: str
    wording_new: str
    version_gone: str
    changed_elsewhere: str
    also_elsewhere: str
    edited_elsewhere: str
    gone_elsewhere: str
    play_far_none: str
    audiences: Mapping[Audience, str]
    parts: Mapping[Part, str]
    kinds: Mapping[QuizKind, str]
    how: Mapping[QuizKind, str]
    difficulties: Mapping[Difficulty, str]
    faults: Mapping[Fault, str]
    languages: Mapping[str, str]
    numbers: Mapping[str, str]
    bad_fields: Mapping[str, str]
    named: Mapping[str, str]
    other: Mapping[str, str]
    differing_count: Mapping[Sort, str]
    differing: Mapping[Sort, str]
    fields: Mapping[str, str]
    notes: Mapping[str, str]
    formats: Mapping[str, str]


def study_wording(language: str) -> StudyWording:
    """The wording of ``"vi"`` or ``"en"``."""
    # Imported here because both modules take the type from this one.
    from ui import study_en, study_vi

    return {"vi": study_vi.WORDING, "en": study_en.WORDING}[language]
