"""Questions typed without diacritics or with slips, read as the library's own text would have them.

A hidden Markov model: what was meant is a sequence of syllables, scored by the pairs that the library
holds; what was typed lost the marks of all or some, or
slipped (``index.spelling``). Viterbi's algorithm finds the likeliest.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from index.lattice import Path, best_path
from index.restore_prior import PHRASES, WORDS
from index.slips import from_keys
from index.spelling import Form, Speller
from index.syllables import (
    EDGE,
    FOREIGN,
    NUMBER,
    SyllableModel,
    canonical,
    fold,
    is_spelt_right,
    is_syllable,
    tokens,
)
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
#: Probability from which a slip is put right.
_SURE = 0.5
#: So many words with digits that spell marks are no chance.
_LEAST_KEYED = 2
_VNI = re.compile(r"(?<![^\s(\"“])[A-Za-z]{1,6}[1-9][A-Za-z1-9]{0,5}(?=[\s,.?!;:)\"”]|$)")


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
class Change:
    """One stretch of a question read otherwise than it was typed; ``spelling``: not only its marks added."""

    typed: str
    read: str
    spelling: bool


@dataclass(frozen=True, slots=True)
class Corrected:
    """A question with its diacritics and without slips; ``changes`` in order, neighbours together."""

    text: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class _Slot:
    """One word, number or punctuation of a question, and what may have been meant by it."""

    start: int
    end: int
    forms: tuple[Form, ...]
    unknown: bool = False


class Restorer:
    """Restores questions by the syllables of a library and a few everyday phrases.

    Cheap to make, and follows later changes of ``model``. Safe to use from several threads while
    nobody changes the model.
    """

    def __init__(self, model: SyllableModel) -> None:
        self._models = (model, _prior())
        self._speller: tuple[int, Speller] | None = None

    def needs_restoration(self, query: str) -> bool:
        """Whether ``query`` lacks diacritics: Vietnamese, and read differently from how it was typed."""
        return bool(self.restore(query).changed)

    def restore(self, query: str) -> Restoration:
        """The likeliest reading of ``query``, taking nothing for a slip.

        Marks that were typed are kept, and so are case, numbers, punctuation, abbreviations, unknown
        words and whole questions in English.
        """
        text = unicodedata.normalize("NFC", query)
        slots, path = self._best(text[:MAX_CHARACTERS], None)
        return _applied(text, slots, path) if path else Restoration(text)

    def correct(self, query: str) -> Corrected:
        """The likeliest reading of ``query``, with slips of typing put right as well.

        A slip is looked for only in words that the library does not know.
        """
        typed = unicodedata.normalize("NFC", query)
        text, changes = self._without_keys(typed)
        slots, path = self._best(text[:MAX_CHARACTERS], self._spelling())
        if not path:
            return Corrected(text, tuple(changes))
        text, found = _corrected(text, slots, path)
        return Corrected(text, (*changes, *found))

    def _spelling(self) -> Speller:
        version = self._models[0].version
        if self._speller is None or self._speller[0] != version:
            self._speller = (version, Speller(self._models))
        return self._speller[1]

    def _without_keys(self, text: str) -> tuple[str, list[Change]]:
        """``text`` with the digits of the VNI method read as marks, where several words are typed so."""
        found = []
        for match in _VNI.finditer(text[:MAX_CHARACTERS]):
            word = from_keys(match.group().lower())
            if word is not None and any(model.count(canonical(word)) for model in self._models):
                found.append((match.start(), match.end(), _cased(word, match.group())))
        if len(found) < _LEAST_KEYED:
            return text, []
        changes = [Change(text[start:end], word, True) for start, end, word in found]
        for start, end, word in reversed(found):
            text = text[:start] + word + text[end:]
        return text, changes

    def _best(self, head: str, speller: Speller | None) -> tuple[list[_Slot], Path | None]:
        accented = any(
            not head[start:end].isascii()
            for start, end, what in tokens(head)
            if what not in (EDGE, NUMBER) and (what != FOREIGN or speller)
        )
        if not (accented or self._looks_vietnamese(head, speller)):
            return [], None
        slots = self._slots(head, accented, speller)
        if not any(len(slot.forms) > 1 for slot in slots):
            return slots, None
        if accented:
            return self._with_some_marks(slots)
        return slots, best_path(self._steps(slots, 1.0))

    def _with_some_marks(self, slots: list[_Slot]) -> tuple[list[_Slot], Path]:
        """Reads a question typed with some marks under two assumptions and takes the likelier one.

        Whoever types carefully means a syllable without marks if the library has it so.
        """
        careful = [
            replace(slot, forms=slot.forms[:1])
            if not slot.unknown and any(m.count(slot.forms[0].first) for m in self._models)
            else slot
            for slot in slots
        ]
        if not any(form.lost for slot in slots for form in slot.forms):
            return careful, best_path(self._steps(careful, _CAREFUL))
        marked = sum(not slot.forms[0].first.isascii() for slot in slots)
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

    def _looks_vietnamese(self, text: str, speller: Speller | None) -> bool:
        """Decides for a question without any mark, by its words."""
        words = [text[start:end].lower() for start, end, _ in tokens(text) if text[start].isalpha()]
        either = sum(word in _EITHER for word in words)
        english = sum(word in _ENGLISH for word in words)
        rest = [word for word in words if word not in _EITHER and word not in _ENGLISH]
        known = [word for word in rest if self._forms(word)]
        sure = len(known)
        if speller and not english and sure + either < len(words) and len(words) <= 2 * (sure + either) + 2:
            sure += sum(
                bool(speller.readings(word)) for word in rest if word not in known and not speller.knows(word)
            )
        return sure > 2 * english and 2 * sure >= either and 2 * (sure + either) >= len(words)

    def _forms(self, folded: str) -> list[str]:
        if not is_syllable(folded):
            return []
        found = [form for model in self._models for form in model.forms(folded)[:_MAX_FORMS]]
        return list(dict.fromkeys(found))

    def _slots(self, text: str, accented: bool, speller: Speller | None) -> list[_Slot]:
        shouted = text.isupper()
        slots: list[_Slot] = []
        for start, end, context in tokens(text):
            word = text[start:end]
            forms: tuple[Form, ...] = (Form(context, context, context),)
            unknown = False
            if context not in (EDGE, NUMBER) and not _in_code(text, start, end):
                abbreviation = (
                    len(word) > 1 and (word.isupper() or word[1:] != word[1:].lower()) and not shouted
                )
                # In a question typed with marks a capital is a name: Lan is not làn.
                name = accented and start > 0 and word[0].isupper() and not shouted
                low = word.lower()
                others = []
                if context != FOREIGN and word.isascii() and not (abbreviation or name):
                    others = [form for form in self._forms(context) if form != context]
                    forms += tuple(Form(form, form, form, lost=not form.isascii()) for form in others)
                if speller and not abbreviation and not others and low not in _ENGLISH and low not in _EITHER:
                    unknown = not speller.knows(low) and not (name and is_spelt_right(context))
                if unknown and speller:
                    forms = (
                        speller.as_typed(low, context, name=word[0].isupper() and start > 0),
                        *speller.readings(low),
                    )
                    if slots and (joined := self._joined(text, slots[-1], start, end)):
                        slots[-1] = joined
                        continue
            slots.append(_Slot(start, end, forms, unknown))
        return slots

    def _joined(self, text: str, before: _Slot, start: int, end: int) -> _Slot | None:
        """Two pieces of a syllable that a blank has come between ("đản g"), as one slot."""
        left, right = text[before.start : before.end], text[start:end]
        if text[before.end : start] != " " or not (left.isalpha() and left + right == left + right.lower()):
            return None
        whole = canonical((left + right).lower())
        if min(len(left), len(right)) > 2 or (is_syllable(fold(right)) and not before.unknown):
            return None
        found = [whole] if any(model.count(whole) for model in self._models) else []
        if whole.isascii():
            found = self._forms(whole)
        if not found:
            return None
        typed = Form(text[before.start : end].lower(), before.forms[0].first, FOREIGN, 1e-6)
        forms = (Form(form, form, form, 1e-3, form != whole, True) for form in found)
        return _Slot(before.start, end, (typed, *forms), unknown=True)

    def _steps(self, slots: list[_Slot], lost: float) -> list[list[list[float]]]:
        """The lattice; ``lost`` is the share of marked syllables that were typed without their marks."""
        steps: list[list[list[float]]] = []
        before: Sequence[str] = (EDGE,)
        for forms in [*(slot.forms for slot in slots), (Form(EDGE, EDGE, EDGE),)]:
            firsts = [form.first for form in forms]
            typed = [form.weight * lost if form.lost else form.weight for form in forms]
            base = [self._frequency(first) for first in firsts]
            rows = {one: self._row(one, firsts, base, typed) for one in dict.fromkeys(before)}
            steps.append([rows[one] for one in before])
            before = [form.last for form in forms]
        return steps

    def _frequency(self, form: str) -> float:
        uses = 0.5 + sum(model.count(form) for model in self._models)
        return uses / (1000.0 + sum(model.total for model in self._models))

    def _row(self, before: str, forms: Sequence[str], base: list[float], typed: list[float]) -> list[float]:
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
        form = slot.forms[choice].written
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


def _corrected(text: str, slots: list[_Slot], path: Path) -> tuple[str, list[Change]]:
    """``text`` by the best path, and each stretch that was changed, neighbours of one sort together."""
    pieces: list[str] = []
    runs: list[tuple[int, int, str, bool]] = []
    at = 0
    for slot, choice, posterior in zip(slots, path.choices, path.posteriors, strict=True):
        form = slot.forms[choice]
        typed = text[slot.start : slot.end]
        if choice == 0 or (form.slipped and posterior < _SURE):
            continue
        read = _cased(form.written, typed)
        pieces += [text[at : slot.start], read]
        at = slot.end
        last = runs[-1] if runs else None
        if last and last[3] == form.slipped and text[last[1] : slot.start] == " ":
            runs[-1] = (last[0], slot.end, f"{last[2]} {read}", form.slipped)
        else:
            runs.append((slot.start, slot.end, read, form.slipped))
    changes = [Change(text[start:end], read, slipped) for start, end, read, slipped in runs]
    return "".join([*pieces, text[at:]]), changes


def _cased(form: str, typed: str) -> str:
    """``form`` with the capitals of ``typed``."""
    if len(form) == len(typed):
        return "".join(f.upper() if t.isupper() else f for f, t in zip(form, typed, strict=True))
    if len(typed) > 1 and typed.isupper():
        return form.upper()
    return form[:1].upper() + form[1:] if typed[:1].isupper() else form


@cache
def _prior() -> SyllableModel:
    names = [f"{rank} {name}" for name, ranks in gazetteer().ranks.items() for rank in ranks]
    return SyllableModel.learn([*PHRASES, *WORDS, *names])
