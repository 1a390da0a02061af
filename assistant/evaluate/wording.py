"""What the reports of an evaluation say, as one type; ``text_vi`` and ``text_en`` beside it fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.wording import Language


@dataclass(frozen=True, slots=True)
class ReportWording:
    """The wording of one language. ``{name}`` marks what is filled in with ``str.format``.

    Attributes:
        language: its code.
        labels: name of a part, column or value of a report → how it is called.
        measures: base name of a measure → how it is called.
        definitions: base name of a measure → what it is; empty where the code's own definition serves.
        units: unit of a measure → how it is written behind a figure.
        stages: stage at which a case was lost → how it is called.
        fixes: the same stage → where to look.
        verdicts: verdict on a difference → how it is called.
        decimal: sign before the decimals.
    """

    language: Language
    labels: Mapping[str, str]
    measures: Mapping[str, str]
    definitions: Mapping[str, str]
    units: Mapping[str, str]
    stages: Mapping[str, str]
    fixes: Mapping[str, str]
    verdicts: Mapping[str, str]
    decimal: str

    def measure(self, name: str) -> str:
        """How a measure is called, its cut-off behind it."""
        place = name.startswith("passage.")
        base, at, cutoff = name.removeprefix("passage.").partition("@")
        called = self.measures[base]
        if at:
            called = f"{called}@{cutoff}"
        if not at:
            return called
        return f"{called}, {self.labels['places' if place else 'documents']}"

    def definition(self, name: str, own: str) -> str:
        """What a measure is, in this language; ``own`` is how the code defines it, in English."""
        return self.definitions.get(name.removeprefix("passage.").partition("@")[0], own)

    def figure(self, value: float | None, unit: str = "share") -> str:
        """A value with as many decimals as mean something; a dash for none."""
        if value is None:
            return "–"
        decimals = {"share": 3, "seconds": 2, "words": 0, "tokens": 0}[unit]
        return f"{value:.{decimals}f}".replace(".", self.decimal)


def report_wording(language: Language) -> ReportWording:
    """The wording of a language."""
    if language == "vi":
        from assistant.evaluate.text_vi import WORDING
    else:
        from assistant.evaluate.text_en import WORDING
    return WORDING
