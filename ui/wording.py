"""Every sentence the page shows, as one type; ``text_vi`` and ``text_en`` fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ui.history_wording import HistoryWording

LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class ViewerWording:
    """The wording of the source viewer.

    Attributes:
        statuses: a document's status as stored → what is said of it; one that is absent goes unsaid.
    """

    tools: str
    region: str
    previous: str
    next: str
    count: str
    close: str
    close_hint: str
    copy_link: str
    open: str
    loading: str
    failed: str
    problem: str
    undated: str
    moved: str
    unknown: str
    no_place: str
    original: str
    changed: str
    missing: str
    no_picture: str
    boxing: str
    not_boxed: str
    page: str
    picture: str
    zoom: str
    more_before: str
    more_after: str
    statuses: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of one language. ``{name}`` marks what is filled in with ``str.format``.

    Attributes:
        kinds: an official document kind → its name on the page; a kind that is absent is shown
            as it is, in Vietnamese.
        months: names of the months for ``day``, empty where a date is written in figures.
    """

    language: str
    name: str
    title: str
    subtitle: str
    conversation: str
    ask_label: str
    ask_placeholder: str
    send: str
    stop: str
    clear: str
    copy: str
    copied: str
    copy_failed: str
    greeting: str
    greeting_hint: str
    empty_title: str
    empty_text: str
    empty_command: str
    empty_after: str
    searching: str
    found: str
    stopped: str
    understood: str
    grounded: str
    partly_grounded: str
    doubt_note: str
    not_found: str
    not_found_text: str
    nearest: str
    unverified: str
    contradicted: str
    unknown_marker: str
    show_source: str
    sources_title: str
    sources_empty: str
    sources_for: str
    nearest_for: str
    sources_dropped: str
    no_sources: str
    back: str
    recognised: str
    recognised_with: str
    context: str
    context_before: str
    context_after: str
    said_so: str
    failed: str
    bad_question: str
    failed_unexpected: str
    serving: str
    serving_open: str
    port_taken: str
    port_refused: str
    port_impossible: str
    host_refused: str
    start_failed: str
    history: HistoryWording
    kinds: Mapping[str, str]
    months: tuple[str, ...]
    viewer: ViewerWording

    def kind(self, value: str) -> str:
        """The name of a document kind, with a capital."""
        name = self.kinds.get(value, value)
        return name[:1].upper() + name[1:]

    def day(self, value: date) -> str:
        """A date as the language writes it: 05/03/2021, or 5 March 2021."""
        if not self.months:
            return f"{value:%d/%m/%Y}"
        return f"{value.day} {self.months[value.month - 1]} {value.year}"


def wording(language: str) -> Wording:
    """The wording of ``"vi"`` or ``"en"``.

    Raises:
        ValueError: for any other language.
    """
    # Imported here because both modules take the type from this one.
    from ui import text_en, text_vi

    known = {"vi": text_vi.WORDING, "en": text_en.WORDING}
    if language not in known:
        raise ValueError(f"No wording for language {language!r}: use one of {', '.join(LANGUAGES)}.")
    return known[language]
