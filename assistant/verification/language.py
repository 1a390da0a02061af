"""In which language, and how carefully, a sentence is written: it decides how it is compared."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.unmarked import _plain, is_unmarked
from index.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
#: English words that Vietnamese has neither with nor without its marks.
_ENGLISH = frozenset(
    """the of and was were with for from by is are has have had must should may which who whose their its this
    these those that at as it not no new party members member each per than more less least most before after
    between during under over about nearly only also be been will can cannot all any other""".split()
)
_LETTERS = "ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
_PLAIN = str.maketrans(
    {letter: _plain(letter) for letter in _LETTERS}
    | {letter.upper(): _plain(letter).upper() for letter in _LETTERS}
)


@lru_cache(maxsize=1024)
def is_english(text: str) -> bool:
    """Most of what could be English in ``text`` is; Vietnamese names in it do not matter."""
    every = _WORD.findall(text)
    words = [word.lower() for word in every if is_unmarked(word)]
    english = sum(word in _ENGLISH or (len(word) > 3 and not is_syllable(word)) for word in words)
    return english >= 2 and english >= 0.3 * len(words) and len(words) >= 0.5 * len(every)


def is_careless(text: str) -> bool:
    """Vietnamese typed without any marks."""
    return is_unmarked(text) and not is_english(text)


def plain(text: str) -> str:
    """``text`` without Vietnamese marks, its case kept; same length, so offsets stay valid."""
    return text.translate(_PLAIN)
