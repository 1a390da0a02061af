"""Vietnamese syllables: what is one, and how often each follows another in a library's text."""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np

from index.abbreviations import definitions

#: Context in place of a syllable: punctuation or an end of the text; a number; a foreign word.
EDGE, NUMBER, FOREIGN = "", "0", "x"

_TOKEN = re.compile(r"\d+(?:[.,/-]\d+)*|[^\W\d_]+|[^\w\s]+|\n+")
_SHAPE = re.compile(
    r"(?:ngh|ng|gh|gi|kh|ch|nh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:ieu|yeu|oai|oay|oeo|uay|uoi|uou|uya|uye|uyu|ie|ye|ua|uo|oa|oe|oo|uy|ue|ia|ai|ao|au|ay|eo|eu|iu|oi|ui|uu|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
# Where the tone mark stands in an open syllable is a matter of style: hoà = hòa, thuỷ = thủy.
_NEW_STYLE = {
    new: old
    for vowels in ("oa", "oe", "uy")
    for tone in "\u0300\u0301\u0309\u0303\u0323"
    for new, old in [
        (
            unicodedata.normalize("NFC", vowels + tone),
            unicodedata.normalize("NFC", vowels[0] + tone + vowels[1]),
        )
    ]
}
_RIMES = frozenset(
    """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng
    eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yêm
    yên yêng yêt yêu yêp o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oăp oe oen oeo oet oc oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua
    uc ui um un ung up ut uân uât uâng uây uâc uê uêch uênh uên uơ uôc uôi uôm uôn uông uôt uy uya
    uych uyn uynh uyt uyu uyp uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ưp ươc ươi ươm ươn ương ươp ươt
    ươu yt ynh ych yn ym êng ét""".split()
)
_ONSET = re.compile(r"(?:ngh|ng|gh|gi|kh|ch|nh|ph|qu|th|tr|[bcdđghklmnprstvx])?")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LEAST_LINE = 8
_MAGIC = b"SYL2"


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Without diacritics, character for character where ``text`` is NFC; đ becomes d."""
    return "".join(unicodedata.normalize("NFD", c)[0] for c in text).replace("đ", "d").replace("Đ", "D")


@lru_cache(maxsize=65536)
def canonical(word: str) -> str:
    """``word`` in lower case with its tone mark where the older spelling puts it (hòa, thủy, quý)."""
    low = word.lower()
    if low[-2:] in _NEW_STYLE and not low.startswith("qu"):
        return low[:-2] + _NEW_STYLE[low[-2:]]
    return low


@lru_cache(maxsize=65536)
def is_syllable(folded: str) -> bool:
    """Whether a folded lower-case word has the shape of a Vietnamese syllable."""
    return _SHAPE.fullmatch(folded) is not None


@lru_cache(maxsize=65536)
def is_spelt_right(syllable: str) -> bool:
    """Whether a canonical syllable, with its marks, can be Vietnamese: "đẩng" can, "vịên" cannot."""
    decomposed = unicodedata.normalize("NFD", syllable)
    tone = "".join(c for c in decomposed if c in _TONES)
    letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    if len(tone) > 1 or not is_syllable(fold(letters)):
        return False
    onset = _ONSET.match(letters)
    rimes = {letters[onset.end() :] if onset else letters}
    if letters.startswith(("gi", "qu")):  # gì is g-ì, giêng g-iêng
        rimes.add(letters[1:])
    rimes &= _RIMES
    if not rimes or (
        (letters[-1:] in "cpt" or letters[-2:] == "ch") and tone not in ("\u0301", "\u0323", "")
    ):
        return False
    if not tone:
        return True
    # A tone mark stands on the vowel with a mark of its own, on the second of ươ.
    carrier = next(c for c in syllable if tone in unicodedata.normalize("NFD", c))
    carried = unicodedata.normalize("NFC", unicodedata.normalize("NFD", carrier).replace(tone, ""))
    marked = [c for c in letters if c in "ăâêôơư"]
    return carried == marked[-1] if marked else True


def tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, context) of each word, number and run of punctuation of an NFC text.

    The context is the canonical syllable, or ``EDGE``, ``NUMBER`` or ``FOREIGN``.
    """
    for found in _TOKEN.finditer(text):
        word = found.group()
        if word[0].isdigit():
            context = NUMBER
        elif not word[0].isalpha():
            context = EDGE
        else:
            context = canonical(word)
            if not is_syllable(fold(context)):
                context = FOREIGN
        yield found.start(), found.end(), context


class SyllableModel:
    """Counts of syllables and of neighbouring pairs, over text with diacritics.

    Text is added and removed as documents come and go; what was added and then removed leaves no
    trace. Lines that are not Vietnamese, or were typed without diacritics, teach nothing.
    """

    def __init__(self) -> None:
        #: Syllables counted, with repetitions, and edges.
        self.total = 0
        self._counts: dict[str, int] = {}
        self._rows: dict[str, dict[str, int]] = {}
        self._packed: _PackedRows | None = None
        self._forms: dict[str, list[str]] | None = None
        self._foreign: dict[str, int] = {}
        self._defined: dict[str, int] = {}
        #: Changes counted in or out; what is derived from the counts is stale when it has moved.
        self.version = 0

    @classmethod
    def learn(cls, texts: Iterable[str]) -> SyllableModel:
        """A model of these texts."""
        model = cls()
        for text in texts:
            model.add(text)
        return model

    def add(self, text: str) -> None:
        """Count a text in."""
        self._count(text, 1)

    def remove(self, text: str) -> None:
        """Take back a text that was added before."""
        self._count(text, -1)

    def count(self, syllable: str) -> int:
        """How often a canonical syllable (or other context) occurs."""
        return self._counts.get(syllable, 0)

    def foreign(self) -> dict[str, int]:
        """Words in lower case that are no Vietnamese syllables, with how often. Not to be changed."""
        return self._foreign

    def abbreviations(self) -> dict[str, tuple[str, ...]]:
        """Abbreviations that the texts explain, as written, with their long forms, most used first."""
        found: dict[str, list[str]] = {}
        for entry in sorted(self._defined, key=lambda entry: (-self._defined[entry], entry)):
            short, long = entry.split("=")
            found.setdefault(short, []).append(long)
        return {short: tuple(longs) for short, longs in found.items()}

    def all_forms(self) -> dict[str, list[str]]:
        """Every folded syllable with its canonical forms, most frequent first. Not to be changed."""
        self.forms("")
        return self._forms or {}

    def following(self, syllable: str) -> dict[str, int]:
        """Canonical syllables that follow this one, with how often. Not to be changed."""
        row = self._rows.get(syllable)
        if row is None:
            row = self._packed.row(syllable) if self._packed else {}
            self._rows[syllable] = row
        return row

    def forms(self, folded: str) -> list[str]:
        """Canonical syllables that are ``folded`` without diacritics, most frequent first."""
        if self._forms is None:
            self._forms = {}
            for syllable in sorted(self._counts, key=lambda s: (-self._counts[s], s)):
                if syllable not in (EDGE, NUMBER, FOREIGN):
                    self._forms.setdefault(fold(syllable), []).append(syllable)
        return self._forms.get(folded, [])

    def __len__(self) -> int:
        """Number of different syllables."""
        return sum(syllable not in (EDGE, NUMBER, FOREIGN) for syllable in self._counts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SyllableModel):
            return NotImplemented
        return (
            self._counts == other._counts
            and self._foreign == other._foreign
            and self._defined == other._defined
            and self._all_rows() == other._all_rows()
        )

    __hash__ = None  # type: ignore[assignment]

    def _count(self, text: str, by: int) -> None:
        self._forms = None
        self.version += 1
        for short, long in definitions(text):
            self._change(self._defined, f"{short}={long}", by)
        for line in unicodedata.normalize("NFC", text).splitlines():
            found = list(tokens(line))
            contexts = [context for _, _, context in found]
            words = [context for context in contexts if context not in (EDGE, NUMBER)]
            syllables = [word for word in words if word != FOREIGN]
            if len(syllables) * 2 < len(words):
                continue
            if len(syllables) >= _LEAST_LINE and all(word.isascii() for word in syllables):
                continue
            for start, end, context in found:
                if context == FOREIGN:
                    self._change(self._foreign, line[start:end].lower(), by)
            before = EDGE
            for context in [*contexts, EDGE]:
                if context != EDGE or before != EDGE:
                    self._change(self._counts, before, by)
                    self._change(self.following(before), context, by)
                    self.total += by
                before = context

    @staticmethod
    def _change(counts: dict[str, int], key: str, by: int) -> None:
        value = counts.get(key, 0) + by
        if value > 0:
            counts[key] = value
        else:
            counts.pop(key, None)

    def _all_rows(self) -> dict[str, dict[str, int]]:
        names = set(self._rows) | set(self._counts) | {EDGE}
        return {name: row for name in names if (row := self.following(name))}

    def to_bytes(self) -> bytes:
        """The model, compressed; the same counts give the same bytes."""
        rows = self._all_rows()
        names = sorted({EDGE, *self._counts, *rows, *(name for row in rows.values() for name in row)})
        ids = {name: i for i, name in enumerate(names)}
        starts, followers, counts = [0], [], []
        for name in names:
            row = sorted((ids[follower], count) for follower, count in rows.get(name, {}).items())
            followers += [follower for follower, _ in row]
            counts += [count for _, count in row]
            starts.append(len(followers))
        words = "\n".join(names).encode()
        others = {**self._foreign, **self._defined}  # an entry of the second has a "="
        foreign = "\n".join(f"{word}\t{uses}" for word, uses in sorted(others.items())).encode()
        body = b"".join(
            np.asarray(values, "<u4").tobytes()
            for values in ([self._counts.get(name, 0) for name in names], starts, followers, counts)
        )
        head = struct.pack("<III", len(words), len(names), len(followers))
        return _MAGIC + zlib.compress(head + words + body + foreign, 6)

    @classmethod
    def from_bytes(cls, data: bytes) -> SyllableModel:
        """The model that ``to_bytes`` wrote. Pairs are read when they are asked for.

        Raises:
            ValueError: ``data`` is not of this format, or damaged.
        """
        if data[:4] != _MAGIC:
            raise ValueError("not a syllable model")
        try:
            raw = zlib.decompress(data[4:])
            length, count, pairs = struct.unpack_from("<III", raw)
            names = raw[12 : 12 + length].decode().split("\n")
            values = np.frombuffer(raw, "<u4", 2 * count + 1 + 2 * pairs, 12 + length)
            rest = raw[12 + length + values.nbytes :].decode()
            others = {
                word: int(uses) for word, uses in (line.split("\t") for line in rest.split("\n") if line)
            }
        except (zlib.error, struct.error, ValueError) as error:
            raise ValueError(f"damaged syllable model: {error}") from error
        if len(names) != count:
            raise ValueError("damaged syllable model: wrong number of names")
        model = cls()
        uses, starts, followers, counts = np.split(values, [count, 2 * count + 1, 2 * count + 1 + pairs])
        model._counts = {name: int(use) for name, use in zip(names, uses, strict=True) if use}
        model.total = sum(model._counts.values())
        model._foreign = {word: uses for word, uses in others.items() if "=" not in word}
        model._defined = {word: uses for word, uses in others.items() if "=" in word}
        model._packed = _PackedRows(names, starts, followers, counts)
        return model


class _PackedRows:
    """Pairs as three arrays: those of syllable ``i`` are ``starts[i]`` to ``starts[i + 1]``."""

    def __init__(
        self, names: list[str], starts: np.ndarray, followers: np.ndarray, counts: np.ndarray
    ) -> None:
        self._names = names
        self._ids = {name: i for i, name in enumerate(names)}
        self._starts, self._followers, self._counts = starts, followers, counts

    def row(self, syllable: str) -> dict[str, int]:
        i = self._ids.get(syllable)
        if i is None:
            return {}
        part = slice(int(self._starts[i]), int(self._starts[i + 1]))
        names = self._names
        return {
            names[follower]: count
            for follower, count in zip(
                self._followers[part].tolist(), self._counts[part].tolist(), strict=True
            )
        }
