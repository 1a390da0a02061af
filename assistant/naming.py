"""The nearest valid name for one that was mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches


def nearest(name: str, valid: Iterable[str]) -> str | None:
    """The valid name most like ``name``, or ``None`` when none is like it.

    The last part of a dotted name counts too, so ``topk`` finds ``retrieval.top_k``.
    """
    names = list(valid)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return close[0]
    last = _last(name)
    best = max(names, key=lambda candidate: _alike(last, _last(candidate)), default=None)
    return best if best is not None and _alike(last, _last(best)) >= 0.6 else None


def suggestion(name: str, valid: Iterable[str]) -> str:
    """A sentence to put after "Unknown …", with a leading blank: the nearest name, or what there is."""
    names = list(valid)
    close = nearest(name, names)
    if close:
        return f" Did you mean {close}?"
    groups = dict.fromkeys(re.sub(r"(?<=[^_])(\.|__).*", r"\1*", entry) for entry in names)
    return f" Known are: {', '.join(groups)}."


def _last(name: str) -> str:
    return name.replace("__", ".").rsplit(".", 1)[-1]


def _alike(left: str, right: str) -> float:
    return SequenceMatcher(None, left, right).ratio()
