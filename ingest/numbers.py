"""Numbers of official documents ("28-CT/TW", "35/2019/NĐ-CP"): finding them and comparing them.

A number has a serial, sometimes a year, the code of its kind (CT, NQ, QĐ …) and that of its
issuer (TW, TU, NĐ-CP …). Writers differ in separators, spaces and leading zeros, so numbers are
compared in one canonical form: ``366-QĐ/TW`` → ``366qdtw``. Depends on nothing but the standard library.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

#: Code of a kind in a number → the kind's Vietnamese name, folded and without spaces.
KIND_CODES: Final = {
    "ct": "chi thi",
    "nq": "nghi quyet",
    "qđ": "quyet dinh",
    "qđi": "quy dinh",
    "qyđ": "quy dinh",
    "qc": "quy che",
    "hd": "huong dan",
    "kh": "ke hoach",
    "ctr": "chuong trinh",
    "kl": "ket luan",
    "bc": "bao cao",
    "tb": "thong bao",
    "ttr": "to trinh",
    "cv": "cong van",
    "đa": "de an",
    "nđ": "nghi dinh",
    "tt": "thong tu",
    "ttlt": "thong tu lien tich",
    "pl": "phap lenh",
    "l": "luat",
    "lct": "lenh",
    "tl": "thong tri",
    "qchđ": "quy che",
    "qcph": "quy che phoi hop",
    "đl": "dieu le",
}

_SEP = r"[-–—−/]"
_CENTRAL = r"T\.?Ư\.?"
#: Letters of a code; the first alternative keeps the newspapers' "T.Ư" (Trung ương) whole.
_CODE = rf"(?:{_CENTRAL}|[A-ZĐÐƯ][A-Za-zĐđÐƯư]*\d{{0,2}})"
_SERIAL = r"(?<![\w.,/–-])\d{1,5}[a-z]?(?:\s?/\s?(?:19|20)\d\d)?"
_KNOWN = "|".join(
    sorted({form for code in KIND_CODES for form in (code, code.replace("đ", "d"))}, key=len, reverse=True)
)

#: One document number. Codes in capitals without spaces, or a known kind with spaces and in either case.
DOCUMENT_NUMBER: Final = re.compile(
    rf"""
    {_SERIAL}
    (?:
        [ \t]?{_SEP}[ \t]?(?i:{_KNOWN})(?![^\W\d_])[ \t]?{_SEP}[ \t]?
            (?:{_CODE}|(?i:t\.?ư|[a-zđ]{{2,8}}\d{{0,2}}))(?:{_SEP}{_CODE})*   # 28 - CT/TW, 366-qd/tw
      | [ \t](?:(?i:{_KNOWN}))[ \t](?:(?i:tw|tu|btctw|ubkttw|btgtw)|[A-ZĐ]{{2,8}})  # 28 CT TW
      | {_SEP}{_CODE}(?:{_SEP}{_CODE})+                                      # 120/2000/TTLT-BTC-BCN
      | (?<=/\d\d\d\d){_SEP}(?:{_CODE})                                      # 52/2014/QH13
      | /(?:CP|TTg|HĐBT|QH\d{{1,2}}|KTTH|TW)                                 # 178/CP
    )
    (?![\w])
    """,
    re.VERBOSE,
)

#: Codes of a quy định that tell it from a quyết định; the plain "QĐ" does not.
_REGULATIONS: Final = frozenset({"qđi", "qyđ"})

_KIND_NAMES: Final = {
    "chỉ thị": "ct",
    "nghị quyết": "nq",
    "quyết định": "qđ",
    "quy định": "qđ",
    "quy chế": "qc",
    "hướng dẫn": "hd",
    "kế hoạch": "kh",
    "chương trình": "ctr",
    "kết luận": "kl",
    "báo cáo": "bc",
    "thông báo": "tb",
    "tờ trình": "ttr",
    "công văn": "cv",
    "đề án": "đa",
    "nghị định": "nđ",
    "thông tư": "tt",
}


def fold(text: str) -> str:
    """``text`` in lower case without diacritics, đ (and the look-alike ð) as d."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("đ", "d").replace("ð", "d")


_FOLDED_NAMES: Final = {fold(name): fold(code) for name, code in _KIND_NAMES.items()}
_SHORT_KINDS = (
    "|".join(sorted([*_KIND_NAMES, *_FOLDED_NAMES], key=len, reverse=True)) + "|CT|NQ|QĐ|QD|KL|HD|KH|NĐ|ND"
)
_SHORT: Final = re.compile(
    rf"(?i:\b({_SHORT_KINDS}))[ \t]+(?i:(?:số|so)[ \t]*:?[ \t]*)?(\d{{1,4}})"
    r"(?![\w/%]|[.,-]\d|[ \t]?[-–/][ \t]?\w)"
)


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number at ``text[start:end]``; ``written`` is that span, ``canonical`` what it is compared by."""

    start: int
    end: int
    written: str
    canonical: str


def find_numbers(text: str) -> list[NumberMention]:
    """Every full document number in ``text``, in order; spans hold the number alone ("28-CT/TW")."""
    return [
        NumberMention(m.start(), m.end(), m.group(), _canonical(m.group()))
        for m in DOCUMENT_NUMBER.finditer(text)
    ]


def find_short_numbers(text: str) -> list[NumberMention]:
    """Every "Chỉ thị 28", "chi thi so 28", "NQ 07": a kind and a serial without issuer.

    ``canonical`` is the form ``short`` gives for a full number of that kind ("28ct"); a quy định is
    "qd" like a quyết định, for their full numbers are written alike.
    """
    found = []
    for m in _SHORT.finditer(text):
        name = fold(m.group(1))
        code = _FOLDED_NAMES.get(name, name)
        found.append(NumberMention(m.start(), m.end(), m.group(), f"{int(m.group(2))}{code}"))
    return found


def canonical(number: str) -> str:
    """The one form in which numbers are compared: ``"CT 01-CT/TW"`` → ``"1cttw"``.

    Words around a number ("số", "Chỉ thị") are left out; a text that holds no number is folded whole.
    """
    found = DOCUMENT_NUMBER.search(number)
    return _canonical(found.group() if found else number)


def short(number: str) -> str | None:
    """Serial and kind of a full number, without issuer: ``"28-CT/TW"`` → ``"28ct"``; ``None`` if unclear."""
    serial, code = serial_of(number), kind_code(number)
    if serial is None or code is None:
        return None
    return f"{serial}{'qd' if code in _REGULATIONS else fold(code)}"


def serial_of(number: str) -> int | None:
    """The serial: ``"08-NQ/TU"`` → 8."""
    found = re.search(r"\d+", number)
    return int(found.group()) if found else None


def kind_code(number: str) -> str | None:
    """The code of the kind in a number, lower case, a key of ``KIND_CODES``; ``None`` if it has none."""
    for part in re.split(rf"[\s\d.]*{_SEP}\s*", number.replace("Ð", "Đ").lower()):
        bare = part.strip()
        if bare in KIND_CODES:
            return bare
        for code in KIND_CODES:
            if bare and fold(code) == bare:
                return code
    return None


def _canonical(number: str) -> str:
    # "T.Ư" and "TƯ" mean Trung ương, as TW does; folded they would read TU, a Tỉnh ủy.
    number = re.sub(r"(?i)(?<![^\W\d_])t\.?ư(?![^\W\d_])", "TW", unicodedata.normalize("NFC", number))
    folded = re.sub(r"[^a-z0-9]", "", fold(number))
    return re.sub(r"^0+(?=\d)", "", folded)
