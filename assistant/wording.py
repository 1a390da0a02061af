"""What the command line says to people, as one type; ``text_vi`` and ``text_en`` fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of one language. ``{name}`` marks what is filled in with ``str.format``.

    Attributes:
        help: command, or ``option.NAME`` → what ``--help`` says of it.
        columns: name of a table column → its heading.
        sources: origin of a setting's value → how it is called.
        explain: name of a part of an explanation → its heading.
        checks: name of one of the doctor's groups → its heading.
        study: what ``pba study`` says, and part, source or fault → how it is called.
        feedback: what ``pba feedback`` says, and reason → how it is called.
        llm: a verdict, and what is told of sentences of a language model → its words.
        evaluate: what ``pba evaluate`` and ``pba facts`` say.
        language: its code.
        export: what frames questions, answers and quotes in a file of a conversation.
    """

    help: Mapping[str, str]
    columns: Mapping[str, str]
    sources: Mapping[str, str]
    explain: Mapping[str, str]
    checks: Mapping[str, str]
    feedback: Mapping[str, str]
    study: Mapping[str, str]
    export: Mapping[str, str]
    llm: Mapping[str, str]
    evaluate: Mapping[str, str]
    language: Language
    ingest_reading: str
    ingest_passages: str
    ingest_file: str
    ingest_summary: str
    ingest_pruned: str
    ingest_merged: str
    ingest_stored: str
    ingest_unchanged: str
    ingest_duplicate: str
    ingest_failed: str
    ingest_failures: str
    ingest_loading: str
    library_empty: str
    documents_none: str
    removed: str
    nothing_found: str
    nearest: str
    sources_title: str
    understood: str
    serving: str
    serving_stop: str
    demo_ready: str
    cache_cleared: str
    doctor_sound: str
    doctor_faults: str
    doctor_repaired: str
    doctor_warning: str
    doctor_fault: str
    doctor_no_library: str
    doctor_unusable: str
    doctor_stats: str
    doctor_llm: str
    doctor_llm_none: str
    doctor_llm_failed: str
    doctor_llm_window: str
    doctor_llm_silent: str
    doctor_streams: str
    doctor_whole: str
    present: str
    absent: str
    settings_file: str
    settings_no_file: str


def wording(language: Language) -> Wording:
    """The wording of a language."""
    if language == "vi":
        from assistant.text_vi import WORDING
    else:
        from assistant.text_en import WORDING
    return WORDING
