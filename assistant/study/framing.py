"""What frames teaching material: titles, activities, objectives, questions; nothing that documents say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.study.aspects import Aspect
from assistant.study.types import Audience


@dataclass(frozen=True, slots=True)
class Framing:
    """The framing of one language. ``{name}`` marks what is filled in with ``str.format``.

    Attributes:
        aspects: title of a section on one side of a topic; ``joint``: of two sides together.
        named: what a section on a side teaches, within an objective; ``{deed}`` is the topic in a sentence.
        aims: for each audience, the verb that begins an objective on a side.
        activities: what is done in a section on a side.
        questions: to discuss, on a side, each answered by its section; ``placed_questions`` where that tells
            of one place, ``{place}``.
        deed: the topic within a sentence, where it begins with what is done.
        roles: name of a section by its role: opening, discussion, closing, agenda, sources, figures.
        doing: what is done in the sections that are no content.
    """

    draft: str
    lesson: str
    part_of: str
    handout: str
    deed: str
    aspects: Mapping[Aspect, str]
    joint: Mapping[tuple[Aspect, Aspect], str]
    named: Mapping[Aspect, str]
    aims: Mapping[Audience, Mapping[Aspect, str]]
    activities: Mapping[Aspect, str]
    questions: Mapping[Aspect, str]
    placed_questions: Mapping[Aspect, str]
    roles: Mapping[str, str]
    doing: Mapping[str, str]
    audiences: Mapping[Audience, str]
    minutes: str
    chart: str
    figures_over: str
    notes_source: str
    everything: str
    what_is: str


def framing(language: str) -> Framing:
    """The framing of "vi" or "en"."""
    if language == "en":
        from assistant.study.framing_en import FRAMING
    else:
        from assistant.study.framing_vi import FRAMING
    return FRAMING
