"""Every sentence of the documents part, as one type; ``documents_vi`` and ``documents_en`` fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentsWording:
    """The wording of one language. ``{name}`` marks what is filled in with ``str.format``.

    Attributes:
        orders: ``assistant.collection.Order`` → its name.
        states: ``assistant.intake_types.State`` → what became of a file.
        failures: label of a failure → (what is wrong, what to do).
        fields: field of a document → its name; ``bad_fields``: what to type into it instead.
        statuses: a document's status → its name; one that is absent is shown as it is.
        relations: kind of relation → (this document does so to the other, the other one does so to this).
    """

    views: str
    ask_view: str
    view: str
    count: str
    only_looking: str
    upload: str
    upload_hint: str
    upload_drop: str
    upload_too_large: str
    newer: str
    newer_hint: str
    received: str
    clear_received: str
    states: Mapping[str, str]
    progress_pages: str
    progress_passages: str
    as_name: str
    failures: Mapping[str, tuple[str, str]]
    failure_detail: str
    retry: str
    discard: str
    open: str
    search: str
    kind: str
    place: str
    year: str
    order: str
    any_kind: str
    any_place: str
    any_year: str
    orders: Mapping[str, str]
    shown: str
    none_found: str
    library_empty: str
    table: str
    column_title: str
    column_date: str
    column_passages: str
    no_date: str
    no_place: str
    previous: str
    next: str
    close: str
    gone: str
    edit: str
    edit_hint: str
    fields: Mapping[str, str]
    bad_fields: Mapping[str, str]
    not_kept: str
    action_failed: str
    save: str
    saved: str
    forget: str
    forgot: str
    nothing_to_forget: str
    remove: str
    removed: str
    undo: str
    restored: str
    removed_list: str
    removed_until: str
    restore: str
    inside: str
    facts: str
    figures: str
    numbers: str
    no_numbers: str
    dates: str
    no_dates: str
    related: str
    no_related: str
    relations: Mapping[str, tuple[str, str]]
    passages: str
    passage: str
    more_passages: str
    pictures: str
    by_year: str
    by_kind: str
    by_place: str
    cited: str
    none_cited: str
    times_cited: str
    documents: str
    statuses: Mapping[str, str]


def documents_wording(language: str) -> DocumentsWording:
    """The wording of ``"vi"`` or ``"en"``."""
    # Imported here because both modules take the type from this one.
    from ui import documents_en, documents_vi

    return {"vi": documents_vi.WORDING, "en": documents_en.WORDING}[language]
