"""Words in quotation marks: they must stand in what is cited exactly as they are given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.types import Difference, DifferenceKind
from assistant.verification.sources import Source

_QUOTED: Final = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“”]+)[“”]|(?<!\w)‘([^‘’]+)’(?!\w)")
_MARKS: Final = re.compile(r"[“”\"«»„‘’']")


def quotations(text: str) -> list[str]:
    """What stands in quotation marks in ``text``, in order; what stands on the inner side of one that has no
    other last."""
    closed = [next(part for part in match.groups() if part is not None) for match in _QUOTED.finditer(text)]
    return [*closed, *_half_quoted(_QUOTED.sub(" ", text))]


def _half_quoted(text: str) -> list[str]:
    """A sentence cut from the middle of a quotation, or one whose end the model forgot."""
    opened = re.search(r"[“«„](.+)|(?:^|(?<=[\s(:]))\"(.+)", text)
    if opened:
        return [opened[1] or opened[2]]
    ended = re.search(r"(.+)[”»]|(.+)\"[\s.,;:!?…)]*$", text)
    return [ended[1] or ended[2]] if ended else []


def bare(text: str) -> str:
    """``text`` with single blanks and one style of quotation marks."""
    return " ".join(_MARKS.sub('"', text).split())


def quotation_differences(text: str, sources: Sequence[Source]) -> list[Difference]:
    """Quotations that stand in no cited passage, heading or title."""
    cited = [
        bare(part)
        for source in sources
        for part in (source.passage.text, source.passage.heading, source.document.title)
    ]
    found = []
    for quoted in quotations(text):
        wanted = bare(quoted).strip(" .,;:…")
        if wanted and not any(_stands(wanted, part) for part in cited):
            found.append(Difference(DifferenceKind.QUOTE, quoted, _nearest(quoted, sources)))
    return found


def _stands(wanted: str, cited: str) -> bool:
    """Exactly, but for the case of its first letter: a quotation may open a sentence."""
    forms = {wanted, wanted[0].lower() + wanted[1:], wanted[0].upper() + wanted[1:]}
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", cited) for form in forms)


def _nearest(quoted: str, sources: Sequence[Source]) -> str:
    """The sentence that shares most words with a quotation."""
    words = set(quoted.lower().split())
    best, most = "", 0.0
    for source in sources:
        for start, end in source.spans:
            sentence = source.analysis.text[start:end]
            shared = len(words & set(sentence.lower().split())) / max(1, len(words))
            if shared > most:
                best, most = sentence, shared
    return best if most >= 0.5 else ""
