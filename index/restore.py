"""Questions typed without diacritics, read as the library's own text would have them.

A hidden Markov model: what was meant is a sequence of syllables, scored by the pairs that the library
holds; what was typed lost the marks of all or some. Viterbi's algorithm finds the likeliest.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, replace
from functools import cache

from index.lattice import Path, best_path
from index.restore_prior import PHRASES, WORDS
from index.syllables import EDGE, FOREIGN, NUMBER, SyllableModel, is_syllable, tokens
from ingest.places import gazetteer

#: A longer question is not looked at beyond here.
MAX_CHARACTERS = 4000
#: Readings of one syllable that are considered, most frequent first.
_MAX_FORMS = 10
#: What is taken from each pair's count for pairs never seen (absolute discounting).
_DISCOUNT = 0.75
#: Share of marks lost by someone who typed some: carefully, or carelessly.
_CAREFUL, _CARELESS = 0.002, 0.5
#: How much likelier careful typing is beforehand.
_CARE_ODDS = 20.0


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words by which an English question is known. Those that are also the shape of a Vietnamese syllable
# ("the", "to", "do") are in the second set and count for neither language.
_ENGLISH = _words("""
    what which who whom whose when where why how is are was were does did has have had been being and of
    for with from by that this these those there their they its his her she about after before during
    under into between much most more some any all each other first last name year years people list
    explain describe compare give tell show would should could will as or if
""")
_EITHER = _words("""
    a an i in on to can do so no me he be at it the may long men ten than then not but my go up us we you
""")


@dataclass(frozen=True, slots=True)
class Restoration:
    """A question with its diacritics.

    Attributes:
        text: the question in NFC, character for character the same but for the marks.
        changed: (start, end) of each syllable that was changed.
        confidence: 0 to 1: the geometric mean of the changed syllables' probabilities given the
            model; 1 where nothing was changed.
    """

    text: str
    changed: tuple[tuple[int, int], ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class _Slot:
    """One word, number or punctuation of a question, and what may have been meant by it."""

    start: int
    end: int
    forms: tuple[str, ...]


class Restorer:
    """Restores questions by the syllables of a library and a few everyday phrases.

    Cheap to make, and follows later changes of ``model``. Safe to use from several threads while
    nobody changes the model.
    """

    def __init__(self, model: SyllableModel) -> None:
        self._models = (model, _prior())

    def needs_restoration(self, query: str) -> bool:
        """Whether ``query`` lacks diacritics: Vietnamese, and read differently from how it was typed."""
        return bool(self.restore(query).changed)

    def restore(self, query: str) -> Restoration:
        """The likeliest reading of ``query``.

        Marks that were typed are kept, and so are case, numbers, punctuation, abbreviations, unknown
        words and whole questions in English.
        """
        text = unicodedata.normalize("NFC", query)
        head = text[:MAX_CHARACTERS]
        accented = any(
            not head[start:end].isascii()
            for start, end, what in tokens(head)
            if what not in (EDGE, NUMBER, FOREIGN)
        )
        if not (accented or self._looks_vietnamese(head)):
            return Restoration(text)
        slots = self._slots(head, accented)
        if not any(len(slot.forms) > 1 for slot in slots):
            return Restoration(text)
        if accented:
            slots, path = self._with_some_marks(slots)
        else:
            path = best_path(self._steps(slots, 1.0))
        return _applied(text, slots, path)

    def _with_some_marks(self, slots: list[_Slot]) -> tuple[list[_Slot], Path]:
        """Reads a question typed with some marks under two assumptions and takes the likelier one.

        Whoever types carefully means a syllable without marks if the library has it so.
        """
        careful = [
            replace(slot, forms=slot.forms[:1]) if any(m.count(slot.forms[0]) for m in self._models) else slot
            for slot in slots
        ]
        marked = sum(not slot.forms[0].isascii() for slot in slots)
        care = best_path(self._steps(careful, _CAREFUL))
        haste = best_path(self._steps(slots, _CARELESS))
        # The marks that were typed speak for care too.
        likelihoods = [
            path.log_weight + marked * math.log(1.0 - lost)
            for path, lost in ((care, _CAREFUL), (haste, _CARELESS))
        ]
        if likelihoods[0] + math.log(_CARE_ODDS) >= likelihoods[1]:
            return careful, care
        return slots, haste

    def _looks_vietnamese(self, text: str) -> bool:
        """Decides for a question without any mark, by its words."""
        words = [text[start:end].lower() for start, end, _ in tokens(text) if text[start].isalpha()]
        either = sum(word in _EITHER for word in words)
        english = sum(word in _ENGLISH for word in words)
        known = sum(bool(self._forms(word)) for word in words if word not in _EITHER and word not in _ENGLISH)
        return known > 2 * english and 2 * known >= either and 2 * (known + either) >= len(words)

    def _forms(self, folded: str) -> list[str]:
        if not is_syllable(folded):
            return []
        found = [form for model in self._models for form in model.forms(folded)[:_MAX_FORMS]]
        return list(dict.fromkeys(found))

    def _slots(self, text: str, accented: bool) -> list[_Slot]:
        shouted = text.isupper()
        slots = []
        for start, end, context in tokens(text):
            word = text[start:end]
            forms: tuple[str, ...] = (context,)
            if context not in (EDGE, NUMBER, FOREIGN) and word.isascii():
                abbreviation = len(word) > 1 and word.isupper() and not shouted
                # In a question typed with marks a capital is a name: Lan is not làn.
                name = accented and start > 0 and word[0].isupper()
                if not (abbreviation or name or _in_code(text, start, end)):
                    forms = (context, *(form for form in self._forms(context) if form != context))
            slots.append(_Slot(start, end, forms))
        return slots

    def _steps(self, slots: list[_Slot], lost: float) -> list[list[list[float]]]:
        """The lattice; ``lost`` is the share of marked syllables that were typed without their marks."""
        steps: list[list[list[float]]] = []
        before: tuple[str, ...] = (EDGE,)
        places: list[tuple[str, ...]] = [*(slot.forms for slot in slots), (EDGE,)]
        for forms in places:
            typed = [lost if len(forms) > 1 and not form.isascii() else 1.0 for form in forms]
            base = [self._frequency(form) for form in forms]
            steps.append([self._row(one, forms, base, typed) for one in before])
            before = forms
        return steps

    def _frequency(self, form: str) -> float:
        uses = 0.5 + sum(model.count(form) for model in self._models)
        return uses / (1000.0 + sum(model.total for model in self._models))

    def _row(self, before: str, forms: tuple[str, ...], base: list[float], typed: list[float]) -> list[float]:
        """P(form | before) · P(typed | form), by absolute discounting down to plain frequency."""
        uses = sum(model.count(before) for model in self._models)
        if not uses:
            return [b * t for b, t in zip(base, typed, strict=True)]
        first, second = (model.following(before) for model in self._models)
        rest = _DISCOUNT * (len(first) + len(second)) / uses
        row = []
        for form, b, t in zip(forms, base, typed, strict=True):
            seen = first.get(form, 0) + second.get(form, 0)
            row.append(((seen - _DISCOUNT) / uses + rest * b) * t if seen else rest * b * t)
        return row


def _in_code(text: str, start: int, end: int) -> bool:
    """Whether the word is part of something like ``903-KL/TU`` or ``ten@so.vn``."""
    return any(c.isdigit() or c in "/&@_" for c in _touching(text, start, end))


def _touching(text: str, start: int, end: int) -> str:
    """The characters between the word and the blanks around it."""
    left, right = start, end
    while left > 0 and not text[left - 1].isspace():
        left -= 1
    while right < len(text) and not text[right].isspace():
        right += 1
    return text[left:start] + text[end:right]


def _applied(text: str, slots: list[_Slot], path: Path) -> Restoration:
    parts, changed, sure, at = [], [], [], 0
    for slot, choice, posterior in zip(slots, path.choices, path.posteriors, strict=True):
        if choice == 0:
            continue
        typed = text[slot.start : slot.end]
        form = slot.forms[choice]
        parts += [
            text[at : slot.start],
            "".join(f.upper() if t.isupper() else f for f, t in zip(form, typed, strict=True)),
        ]
        at = slot.end
        changed.append((slot.start, slot.end))
        sure.append(posterior)
    if not changed:
        return Restoration(text)
    confidence = math.exp(math.fsum(map(math.log, sure)) / len(sure))
    return Restoration("".join([*parts, text[at:]]), tuple(changed), confidence)


@cache
def _prior() -> SyllableModel:
    names = [f"{rank} {name}" for name, ranks in gazetteer().ranks.items() for rank in ranks]
    return SyllableModel.learn([*PHRASES, *WORDS, *names])
