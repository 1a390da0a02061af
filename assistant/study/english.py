"""A topic in English, in the words that the documents have for it."""

from __future__ import annotations

import re

from assistant.concepts import ENGLISH_WORDS
from assistant.lexicon import english_terms
from assistant.phrases import fold
from index.syllables import is_syllable

#: Small words that unaccented Vietnamese also has, and such as say nothing of what a topic is about.
_SMALL = ENGLISH_WORDS | frozenset(
    "a an in to by at as or be not do can into among within under between general basic main party".split()
)
#: Share of the words of a topic that the documents must have words for.
_COVERED = 0.6
_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE = re.compile(r"[^\x00-\x7f]")


def is_english(topic: str) -> bool:
    """Whether a topic is in English: a title, as a rule, without the small words that tell a question."""
    tokens = _WORD.findall(topic.lower())
    if not tokens or _VIETNAMESE.search(topic):
        return False
    foreign = sum(not is_syllable(fold(token)) for token in tokens)
    return foreign * 2 >= len(tokens)


def in_vietnamese(topic: str) -> str:
    """The topic in the words of the documents; empty where they have none for most of it.

    Words that follow each other without a small one between them are turned round: what an English noun
    has before it, a Vietnamese one has after it ("university admission": "kết nạp … đại học").
    """
    terms = english_terms(topic)
    known, unknown = 0, 0
    for match in _WORD.finditer(topic):
        if any(start <= match.start() < end for start, end, _ in terms):
            known += 1
        elif match.group().lower() not in _SMALL:
            unknown += 1
    if known < _COVERED * (known + unknown):
        return ""
    groups: list[list[str]] = []
    last = -1
    for start, end, meanings in terms:
        beside = last >= 0 and not topic[last:start].strip()
        if beside and not topic[:last].endswith("ing"):
            groups[-1].insert(0, meanings[0])
        else:
            groups.append([meanings[0]])
        last = end
    return " ".join(dict.fromkeys(term for group in groups for term in group))
