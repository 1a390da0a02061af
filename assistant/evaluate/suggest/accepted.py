"""The strings accepted for a fact: as its document writes it, and as others write it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.evaluate.stated import states
from assistant.evaluate.suggest.types import Fact
from assistant.study.asking import Asked
from assistant.study.facts import FactKind
from assistant.study.quiz.short import accepted_of

#: A figure of fewer digits stands in many a sentence by chance: it counts only with what it counts.
_TELLING_DIGITS = 3
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


def facts_of(asked: Asked) -> tuple[Fact, ...]:
    """The facts that answer a question; none where the answer is too weak to be told from chance."""
    if asked.fact.kind is FactKind.PERIOD:
        days = _DAY.findall(asked.fact.text)
        return tuple((day,) for day in days) if len(days) == 2 else ()
    forms = [" ".join(form.split()) for form in accepted_of(asked)]
    if asked.fact.kind is FactKind.BODY:
        forms = [" ".join(asked.fact.text.split())]
    short = sum(map(str.isdigit, forms[0])) < _TELLING_DIGITS and len(forms[0].split()) == 1
    if asked.fact.kind is FactKind.COUNT and short:
        forms = [form for form in forms if form.startswith(f"{forms[0]} ")]
    return (distinct(forms),) if forms else ()


def fact_of(text: str) -> Fact:
    """A fact of plain words or a figure; empty where it is too weak."""
    text = " ".join(text.split())
    weak = re.fullmatch(r"[\d.,]+", text) and sum(map(str.isdigit, text)) < _TELLING_DIGITS
    return () if weak or not text else (text,)


def distinct(forms: Iterable[str]) -> Fact:
    """The forms of which none states one before it: the evaluator takes those for the same."""
    kept: list[str] = []
    for form in forms:
        if form and not any(states(form, other) for other in kept):
            kept.append(form)
    return tuple(kept)
