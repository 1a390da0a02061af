"""The kinds of documents as their names and numbers show them."""

from __future__ import annotations

import re
from typing import Final

from ingest.numbers import fold, kind_code
from ingest.types import Kind

#: Kinds whose name can stand in a heading of its own, as folded text; bài báo and tài liệu never do.
_NAMES: Final = {
    **{
        fold(kind): kind
        for kind in Kind
        if kind not in (Kind.ARTICLE, Kind.OTHER, Kind.SPEECH, Kind.OFFICIAL_LETTER)
    },
    "thong tu lien tich": Kind.CIRCULAR,
    "bai phat bieu": Kind.SPEECH,
    "phat bieu": Kind.SPEECH,
    "cong van": Kind.OFFICIAL_LETTER,
    "bao cao chinh tri": Kind.REPORT,
    "bao cao tong ket": Kind.REPORT,
    "ke hoach hanh dong": Kind.PLAN,
    "chuong trinh hanh dong": Kind.PROGRAMME,
}
_START: Final = re.compile(rf"({'|'.join(sorted(_NAMES, key=len, reverse=True))})(?![a-z])")

_BY_CODE: Final = {
    "ct": Kind.DIRECTIVE,
    "nq": Kind.RESOLUTION,
    "qđ": Kind.DECISION,
    "qđi": Kind.REGULATION,
    "qyđ": Kind.REGULATION,
    "qc": Kind.RULES,
    "hd": Kind.GUIDANCE,
    "kh": Kind.PLAN,
    "ctr": Kind.PROGRAMME,
    "kl": Kind.CONCLUSION,
    "bc": Kind.REPORT,
    "tb": Kind.NOTICE,
    "ttr": Kind.PROPOSAL,
    "cv": Kind.OFFICIAL_LETTER,
    "đa": Kind.SCHEME,
    "nđ": Kind.DECREE,
    "tt": Kind.CIRCULAR,
    "ttlt": Kind.CIRCULAR,
}


def kind_at_start(line: str) -> tuple[Kind, int] | None:
    """The kind whose name begins ``line``, and how many characters the name takes; ``None`` if none does."""
    stripped = line.lstrip()
    match = _START.match(fold(stripped))  # folding keeps the length of NFC text
    return (_NAMES[match.group(1)], len(line) - len(stripped) + match.end()) if match else None


def kind_of_number(number: str) -> Kind | None:
    """The kind a number's code tells. "QĐ" is taken as quyết định, though quy định are numbered so too."""
    code = kind_code(number)
    return _BY_CODE.get(code) if code else None
