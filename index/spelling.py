"""Which words of a library may have been meant by one that was typed wrong."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.slips import KEYS_LEFT, RUN_TOGETHER, Near, from_keys, slip
from index.syllables import FOREIGN, SyllableModel, canonical, fold, is_spelt_right, is_syllable

#: Readings of one word that are weighed.
_MOST: Final = 16
#: A word of fewer letters is too near to too many.
_LEAST_FOREIGN: Final = 5
#: Chance of a foreign word to be just this one, which the library does not have, and how much larger for a
#: name; and that of a word that is neither Vietnamese nor, by its letters, anything else.
_UNSEEN: Final = 1e-5
_NAMED: Final = 5.0
_UNHEARD: Final = 1e-8
#: What a syllable that cannot be Vietnamese counts beside one that can but is unknown.
_IMPOSSIBLE: Final = 1e-2
_FORMS: Final = 10
#: Words of other languages that Vietnamese questions use; no slips whatever a library knows.
_LOANS: Final = frozenset(
    """
    web website email internet online offline file link video audio clip game team club chat app blog
    logo word excel pdf scan wifi zalo facebook google youtube tiktok robot startup marketing
    showroom hotline camera laptop smartphone covid virus vaccine radio tivi karaoke taxi container
    logistics fax sms gdp fdi oda wto asean unesco km kg ha usd
    """.split()
)


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a word.

    Attributes:
        written: as it would be written, in lower case ("đảng viên" for two run together).
        first, last: the contexts it offers to the words before and after it.
        weight: likelihood of the slip, and of what is inside or besides the contexts.
        lost: marks were left out.
        slipped: it is another word but for marks.
    """

    written: str
    first: str
    last: str
    weight: float = 1.0
    lost: bool = False
    slipped: bool = False


class Speller:
    """Readings of words by one slip, from what ``models`` have. For as long as the models do not change."""

    def __init__(self, models: Sequence[SyllableModel]) -> None:
        self._models = models
        self._foreign_uses = 1000 + sum(sum(model.foreign().values()) for model in models)
        syllables = {folded for model in models for folded in model.all_forms()}
        self._syllables = Near(syllables)
        self._plain: dict[str, list[str]] = {}
        for model in models:
            for word, uses in model.foreign().items():
                if (
                    uses > 1
                    and len(word) >= _LEAST_FOREIGN - 1
                    and word not in self._plain.get(fold(word), ())
                ):
                    self._plain.setdefault(fold(word), []).append(word)
        self._foreign = Near(self._plain)

    def knows(self, word: str) -> bool:
        """Whether a lower-case word needs no other reading: in the library, or a loan that all use."""
        form = canonical(word)
        return (
            word in _LOANS
            or any(model.count(form) for model in self._models if form not in (FOREIGN,))
            or any(model.foreign().get(word) for model in self._models)
        )

    def as_typed(self, word: str, context: str, *, name: bool) -> Form:
        """The reading that nothing is wrong with an unknown word."""
        if context == FOREIGN:
            if not word.isascii():  # letters that only Vietnamese has, and no syllable
                return Form(word, context, context, _UNHEARD)
            return Form(word, context, context, _UNSEEN * (_NAMED if name else 1.0))
        return Form(word, context, context, 1.0 if is_spelt_right(context) else _IMPOSSIBLE)

    def readings(self, word: str) -> list[Form]:
        """Known words from which one slip makes the lower-case ``word``, likeliest first."""
        typed = canonical(word)
        folded = fold(typed)
        found: dict[str, tuple[float, Form]] = {}

        def consider(form: Form, uses: float) -> None:
            value = form.weight * uses * (0.05 if form.lost else 1.0)
            if form.written not in found or value > found[form.written][0]:
                found[form.written] = (value, form)

        near = self._syllables.words(folded) if len(folded) > 2 else [folded]
        for plain in near:
            for model in self._models:
                for form in model.forms(plain)[:_FORMS]:
                    how = slip(typed, form)
                    if how is not None and form != typed:
                        consider(
                            Form(
                                form,
                                form,
                                form,
                                how.likelihood,
                                how.lost,
                                plain != folded or how.likelihood < 1,
                            ),
                            model.count(form),
                        )
        if len(folded) >= _LEAST_FOREIGN:
            for plain in self._foreign.words(folded):
                for other in self._plain[plain]:
                    how = slip(word, other)
                    uses = sum(model.foreign().get(other, 0) for model in self._models)
                    if how is not None and uses:
                        share = uses / self._foreign_uses
                        consider(
                            Form(other, FOREIGN, FOREIGN, how.likelihood * share, False, True),
                            self._foreign_uses,
                        )
        keys = from_keys(word) if word.isascii() else None
        if keys is not None and (uses := sum(model.count(canonical(keys)) for model in self._models)):
            form = canonical(keys)
            consider(Form(form, form, form, KEYS_LEFT, False, True), uses)
        for apart, weight in self._apart(typed):
            consider(apart, weight)
        return [form for _, form in heapq.nlargest(_MOST, found.values(), key=lambda entry: entry[0])]

    def _apart(self, typed: str) -> list[tuple[Form, float]]:
        """Two syllables that stand beside each other in the library, run together."""
        found = []
        for at in range(1, len(typed)):
            lefts, rights = self._heard(typed[:at]), frozenset(self._heard(typed[at:]))
            if not rights:
                continue
            for left in lefts:
                uses = sum(model.count(left) for model in self._models)
                for model in self._models:
                    row = model.following(left)
                    for right in rights:
                        if pair := row.get(right):
                            lost = typed.isascii() and not (left + right).isascii()
                            weight = RUN_TOGETHER * pair / uses
                            found.append(
                                (Form(f"{left} {right}", left, right, weight, lost, True), float(uses))
                            )
        return found

    def _heard(self, typed: str) -> list[str]:
        if not is_syllable(fold(typed)):
            return []
        if not typed.isascii():
            form = canonical(typed)
            return [form] if any(model.count(form) for model in self._models) else []
        return list(dict.fromkeys(form for model in self._models for form in model.forms(typed)[:_FORMS]))
