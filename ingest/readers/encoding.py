"""Bytes → text, for files that do not say how they are encoded, and repair of legacy Vietnamese.

Before Unicode, Vietnamese was typed in fonts that draw Vietnamese letters in the places of
other characters (TCVN3 or "ABC", VNI) or in Windows-1258. Nothing in such a file says so; what
tells the encodings apart is which reading yields Vietnamese syllables.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import NotText

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_FIX = "Save it as UTF-8 and ingest it again."
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
_LEGACY = ("tcvn3", "vni")

_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
# Letters that only Unicode text can hold: ă đ ĩ ơ ũ ư, ạ … ỹ. Legacy fonts have no place for them.
_UNICODE_VIETNAMESE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
# What the legacy fonts draw over: the upper half of Latin-1, and Windows-1252's punctuation.
_DRAWN_OVER = re.compile("[\u00a1-\u00ff\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")


def decode(path: Path, data: bytes, *, declared: str | None = None, repairing: bool = True) -> str:
    """The text of ``data``, without loss of a single byte.

    Args:
        declared: the encoding the file itself names.
        repairing: also convert text that was saved as Unicode with the letters of a legacy font.

    Tried in this order: the byte order mark, UTF-8, the encoding the file itself ``declared``
    (HTML), then Windows-1258, TCVN3 and VNI, of which the one is taken that reads as Vietnamese.

    Raises:
        NotText: none of them fits, or the bytes are no text at all.
    """
    done = repair if repairing else str
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return done(data[len(mark) :].decode(name) if name == "utf-8" else data.decode(name))
            except UnicodeDecodeError as error:
                reason = f"starts as {name.upper()} but breaks off at byte {error.start}."
                raise NotText(path, reason, _FIX) from error
    if b"\0" in data:
        fix = "If it is UTF-16 text, " + _FIX[0].lower() + _FIX[1:]
        raise NotText(path, "contains NUL bytes and is no text file.", fix)
    if len(_CONTROLS.findall(data)) > 4 + len(data) // 100:
        raise NotText(path, "is binary: more than one byte in a hundred is a control character.", _FIX)
    try:
        return done(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        broken_at = error.start
    if declared is not None:
        try:
            return done(data.decode(declared))
        except (LookupError, UnicodeDecodeError):
            declared = None  # what a page says about itself is often wrong
    best = max(_readings(data), key=lambda text: _vietnamese(text)[0], default=None)
    if best is None or not reads_as_vietnamese(best):
        reason = f"is neither UTF-8 (byte {broken_at}) nor Vietnamese in Windows-1258, TCVN3 or VNI."
        raise NotText(path, reason, _FIX)
    return unicodedata.normalize("NFC", best)


def _readings(data: bytes) -> Iterator[str]:
    """Every way an 8-bit Vietnamese file could be meant."""
    composed = decode_as(data, "cp1258")
    if composed is not None:
        yield composed
    drawn = decode_as(data, "cp1252")
    if drawn is not None:
        for encoding in _LEGACY:
            yield convert(drawn, encoding)


def decode_as(data: bytes, encoding: str) -> str | None:
    """``data`` in ``encoding``, or ``None`` where a byte means nothing in it."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def convert(text: str, encoding: str) -> str:
    """``text`` as its legacy font drew it (``tcvn3``, ``vni``), in Unicode, line by line."""
    import viparse

    return "\n".join(
        viparse.fix(line, encoding=encoding) if _DRAWN_OVER.search(line) else line
        for line in re.split(r"\r\n?|\n", text)
    )


def convert_run(text: str, encoding: str, *, capitals: bool = False) -> str:
    """Like ``convert``, keeping the spaces at both ends, and raised for a font of capitals."""
    core = text.strip(" ")
    if not core:
        return text
    start = text.index(core)
    converted = convert(core, encoding)
    return text[:start] + (converted.upper() if capitals else converted) + text[start + len(core) :]


def holds_unicode_letters(text: str) -> bool:
    """Whether ``text`` has a Vietnamese letter that no legacy font has, and so is Unicode already."""
    return _UNICODE_VIETNAMESE.search(text) is not None


def encoding_of_font(name: str) -> str | None:
    """``tcvn3`` for .VnTime and its kin, ``vni`` for VNI-Times and its kin, else ``None``."""
    font = _SUBSET.sub("", name).lower()
    if font.startswith(".vn"):
        return "tcvn3"
    return "vni" if font.startswith("vni") else None


def is_capital_font(font: str) -> bool:
    """Whether a TCVN3 font draws every letter as a capital (.VnTimeH); its bytes are small letters."""
    return (
        re.fullmatch(r"\.vn\w*h", _SUBSET.sub("", font).split(",")[0].split("-")[0], re.IGNORECASE)
        is not None
    )


def legacy_encoding(text: str) -> str | None:
    """``tcvn3`` or ``vni`` where ``text`` is Vietnamese as such a font's bytes read, else ``None``."""
    import viparse

    sample = text[:_SAMPLE]
    if len(_UNICODE_VIETNAMESE.findall(sample)) > len(_DRAWN_OVER.findall(sample)) // 20:
        return None
    found = viparse.detect_text_encoding(sample)
    if found not in _LEGACY:
        return None
    better = _vietnamese(convert(sample, found))[0] > _vietnamese(sample)[0]
    return found if better else None


def repair(text: str) -> str:
    """``text``, converted if it is legacy Vietnamese saved as if it were Unicode."""
    encoding = legacy_encoding(text)
    return text if encoding is None else convert(text, encoding)


def reads_as_vietnamese(text: str) -> bool:
    """Whether nearly all words are Vietnamese syllables and a good part carries marks."""
    syllables, marked = _vietnamese(text)
    return syllables >= 0.8 and marked >= 0.2


def _vietnamese(text: str) -> tuple[float, float]:
    """Share of words with the shape of a Vietnamese syllable, and share of words with marks."""
    words = _WORD.findall(unicodedata.normalize("NFC", text[:_SAMPLE]))
    if not words:
        return 0.0, 0.0
    syllables = marked = 0
    for word in words:
        base = _folded(word)
        one_tone = sum(mark in _TONES for mark in unicodedata.normalize("NFD", word)) <= 1
        syllables += one_tone and _SYLLABLE.fullmatch(base) is not None
        marked += base != word.lower()
    return syllables / len(words), marked / len(words)


def _folded(word: str) -> str:
    """Lower case without marks; marks no Vietnamese letter has stay, so that the word does not pass."""
    parts = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(mark for mark in parts if mark not in _MARKS)


#: Grave, acute, hook, tilde, dot below; breve, circumflex, horn.
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_MARKS = "\u0300\u0301\u0309\u0303\u0323\u0306\u0302\u031b"
