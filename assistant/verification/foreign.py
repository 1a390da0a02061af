"""Words of a sentence that nothing it cites has, and that say more than how something is said.

A sentence may have nearly all its words from a passage and yet say what is nowhere in it: "Cán bộ thôn nhận hối lộ
để kết nạp đảng viên mới" of a passage about these officials and members. So each word must stand in what is
cited, unless any report says things with it (general_words.txt: "tổng cộng", "đề cập", "được tổ chức"), or what is
cited has another word for it (paraphrases.tsv). Whole words are looked up, not their syllables: "gia" says nothing in
"tham gia" and much in "gia hạn". Figures, dates and denials, which are said in many forms, are not looked at here.

Of an English sentence only what was done is looked at ("was cancelled"): in English documents by its
stem, in Vietnamese ones by the words for what nobody says lightly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.concepts import abbreviations
from assistant.lexicon import long_forms, synonyms
from assistant.phrases import Phrases, words
from assistant.verification.actors import Party, parties
from assistant.verification.general import LONGEST, general_words, paraphrases
from assistant.verification.language import is_careless, is_english
from assistant.verification.numerals import spelt
from assistant.verification.times import find_times
from ingest.numbers import fold

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")  # not "h" of "7h30" or "km" of "5km"

_ENGLISH_DEED = re.compile(
    r"\b(?:was|were|is|are|be|been|being|has|have|had|got)\s+(?:(?:not|no longer|already|all|also|been)\s+)*"
    r"(?P<deed>[a-z]+(?:ed|en|wn|nt|ght))\b",
    re.IGNORECASE,
)
_ENGLISH_LIGHT = frozenset(
    "held based opened used given made called located noted mentioned stated needed listed".split()
)
_STEM = 5
#: Deeds that nobody reads out of a Vietnamese text without a word for them in it, by their first letters.
_IN_VIETNAMESE = {
    "cance": "huy|bai bo|dinh chi",
    "disso": "giai the|giai tan",
    "postp": "hoan|lui",
    "delay": "hoan|cham|lui|tre",
    "aboli": "bai bo|xoa bo|huy",
    "repea": "bai bo|het hieu luc|huy",
    "revok": "thu hoi|huy|tuoc",
    "expel": "khai tru|xoa ten",
    "disci": "ky luat",
    "repri": "khien trach",
    "exemp": "mien",
    "suspe": "dinh chi|tam dung|ngung",
    "banne": "cam",
    "prohi": "cam|khong duoc",
    "forbi": "cam|khong duoc",
    "dismi": "cach chuc|mien nhiem|bai nhiem|buoc thoi",
    "arres": "bat",
    "merge": "sap nhap|hop nhat|nhap",
    "rejec": "tu choi|bac|khong",
    "refus": "tu choi|khong",
    "rewar": "thuong|khen",
    "punis": "phat|ky luat",
    "stole": "trom|cap|chiem doat",
    "corru": "tham nhung|tham o|hong",
}


def foreign_words(said: str, cited: Iterable[str]) -> list[str]:
    """The words of ``said``, a sentence without markers, that none of the ``cited`` texts bears out, each once."""
    texts = [text for text in cited if text]
    found = _english(said, texts) if is_english(said) else _vietnamese(said, texts)
    return list(dict.fromkeys(found))


@lru_cache(maxsize=512)
def _syllables(text: str) -> frozenset[str]:
    """The syllables of a text and those that its abbreviations stand for."""
    long = (form for match in abbreviations(text) for form in long_forms(match.group()))
    return frozenset([*words(text), *(syllable for form in long for syllable in form.split(" "))])


def _vietnamese(said: str, texts: list[str]) -> list[str]:
    careless = is_careless(said)
    folded = (lambda word: fold(word)) if careless else (lambda word: word)
    there = {folded(word) for text in texts for word in _syllables(text)}
    light = _light(said, texts, careless=careless)
    found: list[str] = []
    last = -1
    for match in _WORD.finditer(said):
        syllable = match.group()
        code = syllable.isupper() and len(syllable) > 1  # "HĐND", "28-CT/TW": names of their own kind
        known = code or match.start() in light
        if known or any(folded(word) in there for word in words(syllable)):
            last = -1
        elif last >= 0 and not said[last : match.start()].strip():
            found[-1] += f" {syllable}"
            last = match.end()
        else:
            found.append(syllable)
            last = match.end()
    return found


def usual_words(said: str, cited: Iterable[str]) -> frozenset[int]:
    """Where syllables of ``said`` begin that a general word of two syllables or more explains, or one for which
    the ``cited`` texts have another."""
    return frozenset(_light(said, [text for text in cited if text], careless=is_careless(said), least=2))


def _light(said: str, texts: list[str], *, careless: bool, least: int = 1) -> set[int]:
    """Where syllables of ``said`` begin that stand in a general word of ``least`` syllables or more, or in a
    phrase for which one that is cited can be said (paraphrases.tsv, ``assistant.lexicon``)."""
    found = list(_WORD.finditer(said))
    normal = ["".join(words(match.group())) for match in found]
    if careless:
        normal = list(map(fold, normal))
    general = general_words(folded=careless)
    cited = [Phrases.of(text) for text in texts]
    numbers = [*((n.start, n.end) for n in spelt(said)), *((t.start, t.end) for t in find_times(said))]
    light = {m.start() for m in found if any(begin <= m.start() < end for begin, end in numbers)}
    light = light if least == 1 else set()
    light.update(
        m.start() for m in found if any(begin <= m.start() < end for begin, end in _named(said, texts))
    )
    for first in range(len(found)):
        for last in range(first, min(first + LONGEST, len(found))):
            phrase = " ".join(normal[first : last + 1])
            usual = phrase in general and last - first + 1 >= least
            if usual or any(text.has(other) for other in _others(phrase) for text in cited):
                light.update(match.start() for match in found[first : last + 1])
    return light


def _named(said: str, texts: list[str]) -> list[tuple[int, int]]:
    """Where a sentence names somebody by another name, or a wider one, than the texts do ("đoàn thể")."""
    cited = [party for text in texts for party in parties(text)]
    return [
        (actor.start, actor.end)
        for mine in parties(said)
        for actor in mine.actors
        if any(Party((actor,)).likeness(their) for their in cited)
    ]


def _others(phrase: str) -> tuple[str, ...]:
    """What can be said for a normalised phrase."""
    return (*synonyms(phrase), *paraphrases(phrase))


def _english(said: str, texts: list[str]) -> list[str]:
    syllables = [_WORD.findall(fold(text)) for text in texts]
    stems = {word[:_STEM] for found in syllables for word in found}
    running = " ".join(f" {' '.join(found)} " for found in syllables)
    english = any(map(is_english, texts))
    missing = []
    for match in _ENGLISH_DEED.finditer(said):
        deed = match["deed"].lower()
        if deed in _ENGLISH_LIGHT or deed[:_STEM] in stems:
            continue
        known = _IN_VIETNAMESE.get(deed[:_STEM], "")
        if english or (known and not re.search(rf" (?:{known}) ", running)):
            missing.append(deed)
    return missing
