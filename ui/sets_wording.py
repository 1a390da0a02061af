"""Every sentence of the part for question sets, as one type; ``sets_vi`` and ``sets_en`` fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetsWording:
    """The wording of one language. ``{name}`` marks what is filled in with ``str.format``.

    Attributes:
        bad_fields: field of the form → what to type into it instead.
    """

    view: str
    lead: str
    new: str
    count: str
    kinds: str
    narrow: str
    narrow_hint: str
    documents: str
    documents_more: str
    more: str
    seed: str
    seed_hint: str
    unmarked: str
    english: str
    shares_hint: str
    make: str
    make_hint: str
    making: str
    making_count: str
    running: str
    stop: str
    stopped: str
    made: str
    fewer: str
    nothing: str
    left_out: str
    left_out_none: str
    left_out_row: str
    example: str
    sets: str
    no_sets: str
    set_facts: str
    read_only: str
    back: str
    delete: str
    delete_surely: str
    delete_yes: str
    deleted: str
    filter: str
    all: str
    position: str
    all_questions: str
    none_here: str
    all_reviewed: str
    question: str
    facts: str
    no_facts: str
    quotes: str
    why: str
    wrong: str
    sound: str
    accept: str
    edit: str
    reject: str
    undo: str
    undone: str
    nothing_to_undo: str
    previous: str
    next: str
    keys_hint: str
    decided: str
    add: str
    add_title: str
    edit_title: str
    fact_hint: str
    kind: str
    quote_find: str
    quote_hint: str
    quote_none: str
    quote_found: str
    quote_keep: str
    quote_added: str
    save: str
    cancel: str
    leave: str
    not_saved: str
    export: str
    export_all: str
    exported: str
    nothing_accepted: str
    export_wrong: str
    run: str
    run_hint: str
    result: str
    result_said: str
    result_failed: str
    result_none_failed: str
    answered: str
    gone: str
    failed: str
    failed_unexpected: str
    dismiss: str
    bad_fields: Mapping[str, str]


def sets_wording(language: str) -> SetsWording:
    """The wording of ``"vi"`` or ``"en"``."""
    # Imported here because both modules take the type from this one.
    from ui import sets_en, sets_vi

    return {"vi": sets_vi.WORDING, "en": sets_en.WORDING}[language]
