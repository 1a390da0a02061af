"""Whether a sentence tells which of several is most or least."""

from __future__ import annotations

import re

from assistant.phrases import UPPER
from assistant.quantities import PERCENT, figures

#: Names with figures that make a comparison.
_COMPARED = 2
#: A name with a figure behind it, as they stand side by side where several are compared.
_NAMED_FIGURE = re.compile(rf"(?<!\w)[{UPPER}][^\W\d_]+(?: [{UPPER}][^\W\d_]+)*[^,;.()|]{{0,30}}?[(|]?\s?\d")


def superlative(sentence: str) -> float:
    """Several names with figures of one kind side by side, or the very word."""
    if re.search(r"\bnhất\b|dẫn đầu|đứng đầu", sentence, re.IGNORECASE):
        return 1.0
    if len(_NAMED_FIGURE.findall(sentence)) < _COMPARED and " | " not in sentence:
        return 0.0
    return min(1.0, max(len(PERCENT.findall(sentence)), len(figures(sentence)) - 1) / 4)
