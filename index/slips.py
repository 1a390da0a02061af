"""Slips of typing: which words may have been meant by one that a library does not know. Pure.

A slip is one letter wrong, missing, doubled or swapped with the next, a wrong mark, a mark on the wrong
letter, two syllables run together, or what an input method for Vietnamese left standing ("vieetj").
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.syllables import fold

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")

#: How likely each slip is: a mark put wrong, a letter doubled or swapped, dropped, any other letter added,
#: one letter for another, two syllables run together.
_WRONG_TONE, _WRONG_MARK = 2e-3, 2e-3
_DOUBLED, _SWAPPED, _DROPPED, _ADDED, _REPLACED = 5e-4, 5e-4, 5e-4, 2e-5, 3e-5
RUN_TOGETHER = 2e-3
#: An input method's keys left as they are; the letters say what was meant.
KEYS_LEFT = 5e-2


@lru_cache(maxsize=65536)
def parts(word: str) -> tuple[str, str]:
    """Letters with their own marks (ă, ê, ơ …), and the tone: ``việt`` → ``viêt`` and the dot below."""
    decomposed = unicodedata.normalize("NFD", word)
    tone = "".join(c for c in decomposed if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES)), tone


@dataclass(frozen=True, slots=True)
class Slip:
    """What it takes to have typed one word for another.

    Attributes:
        likelihood: of the slips in letters and of the marks put wrong; 1 where there are none.
        lost: a mark was left out.
    """

    likelihood: float
    lost: bool


@lru_cache(maxsize=65536)
def slip(typed: str, meant: str) -> Slip | None:
    """How ``meant`` may have become ``typed`` (both lower case, NFC); ``None`` if only by several slips."""
    (letters, tone), (target, wanted) = parts(typed), parts(meant)
    likelihood, lost = 1.0, False
    if tone != wanted:
        if tone:
            likelihood *= _WRONG_TONE
        else:
            lost = True
    best: tuple[float, bool] | None = None
    for way, aligned in _alignments(letters, target):
        marks, dropped = _marks(aligned)
        if best is None or way * marks > best[0]:
            best = (way * marks, dropped)
    if best is None or likelihood * best[0] < 1e-8:
        return None
    return Slip(likelihood * best[0], lost or best[1])


def _alignments(typed: str, meant: str) -> Iterator[tuple[float, list[tuple[str, str]]]]:
    """Each way by which one slip in the letters, or none, makes ``meant`` into ``typed``.

    With the pairs of letters that stand for one another, which may still differ in their marks.
    """
    plain, target = fold(typed), fold(meant)
    if len(plain) == len(target):
        if plain == target:
            yield 1.0, list(zip(typed, meant, strict=True))
            return
        wrong = [at for at, (a, b) in enumerate(zip(plain, target, strict=True)) if a != b]
        if len(wrong) == 1:
            at = wrong[0]
            pairs = list(zip(typed, meant, strict=True))
            yield _REPLACED, pairs[:at] + pairs[at + 1 :]
        elif len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            at = wrong[0]
            if plain[at] == target[at + 1] and plain[at + 1] == target[at]:
                swapped = typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]
                yield _SWAPPED, list(zip(swapped, meant, strict=True))
    elif len(plain) == len(target) - 1:
        for at in range(len(target)):
            if target[:at] + target[at + 1 :] == plain:
                yield _DROPPED, list(zip(typed, meant[:at] + meant[at + 1 :], strict=True))
    elif len(plain) == len(target) + 1:
        for at in range(len(plain)):
            if plain[:at] + plain[at + 1 :] == target:
                twice = plain[at] in (plain[at - 1 : at] + plain[at + 1 : at + 2])
                yield (
                    _DOUBLED if twice else _ADDED,
                    list(zip(typed[:at] + typed[at + 1 :], meant, strict=True)),
                )


def _marks(pairs: list[tuple[str, str]]) -> tuple[float, bool]:
    likelihood, lost = 1.0, False
    for typed, meant in pairs:
        if typed != meant:
            if typed.isascii():
                lost = True
            else:
                likelihood *= _WRONG_MARK
    return likelihood, lost


class Near:
    """Words within one slip of a word, found by their spellings with one letter left out.

    Args:
        words: folded words.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._keys: dict[str, list[str]] = {}
        for word in words:
            for key in _keys(word):
                self._keys.setdefault(key, []).append(word)

    def words(self, folded: str) -> list[str]:
        """Words that may be one slip from ``folded``, itself among them if it is one."""
        return list(dict.fromkeys(word for key in _keys(folded) for word in self._keys.get(key, ())))


def _keys(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))} - {""}


_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_TELEX_LETTERS = {"aw": "ă", "aa": "â", "dd": "đ", "ee": "ê", "oo": "ô", "ow": "ơ", "uw": "ư"}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_LETTERS = {"a8": "ă", "a6": "â", "d9": "đ", "e6": "ê", "o6": "ô", "o7": "ơ", "u7": "ư"}


@lru_cache(maxsize=4096)
def from_keys(typed: str) -> str | None:
    """What the keys of the Telex or VNI method spell: ``vieejt``, ``vieetj``, ``vie65t`` → ``việt``.

    ``None`` where they spell nothing else than what stands there.
    """
    vni = any(c.isdigit() for c in typed)
    tones, letters = (_VNI_TONES, _VNI_LETTERS) if vni else (_TELEX_TONES, _TELEX_LETTERS)
    rest, tone = typed, ""
    for at in range(len(typed) - 1, 0, -1):
        if typed[at] in tones and any(c in "aeiouy" for c in typed[:at]):
            rest, tone = typed[:at] + typed[at + 1 :], tones[typed[at]]
            break
    word = rest.replace("uow", "ươ").replace("uo7", "ươ")
    for keys, letter in letters.items():
        word = word.replace(keys, letter)
    if word.startswith("d") and word[1:].endswith("9" if vni else "d"):  # "dangd"
        word = "đ" + word[1:-1]
    if not tone:
        return word if word != typed else None
    vowels = [at for at, c in enumerate(word) if fold(c) in "aeiouy"]
    if word.startswith(("qu", "gi")) and len(vowels) > 1:
        vowels = vowels[1:]
    if not vowels:
        return None
    marked_at = [at for at in vowels if word[at] in "ăâêôơư"]
    closed = vowels[-1] < len(word) - 1
    at = (
        marked_at[-1] if marked_at else vowels[-1] if closed else vowels[-2] if len(vowels) > 1 else vowels[0]
    )
    if len(vowels) == 3 and not marked_at:
        at = vowels[1]
    return unicodedata.normalize("NFC", word[:at] + word[at] + tone + word[at + 1 :])
