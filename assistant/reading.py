"""Reading a question: what it asks for, about what, where, when and by which number.

The reading is made once per question and every later stage works from it. Its heart are
*concepts*: the content words of the question, each with the other ways in which documents say
the same. A concept is matched on the normalised syllables of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant import lexicon
from assistant.phrases import fold, words
from assistant.places import QuestionPlace, question_places
from assistant.wanted import Asked, Wanted, asked
from ingest.numbers import find_numbers


class ConceptKind(StrEnum):
    """What sort of thing a concept names; figures and names bind harder than words."""

    WORD = "word"
    PAIR = "pair"
    FIGURE = "figure"
    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing the question speaks of.

    Attributes:
        alternatives: normalised phrases (syllables joined by single spaces), the asker's own
            words first; finding any of them is finding the concept.
        folded: match without diacritics (names typed in an English question).
    """

    alternatives: tuple[str, ...]
    kind: ConceptKind = ConceptKind.WORD
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as understood.

    Attributes:
        question: as typed.
        text: with diacritics restored and the follow-up resolved: what is answered.
        language: ``"vi"`` or ``"en"``.
        wanted: kinds of answer, in the order of the question words.
        units: lower-case nouns that a count is asked of.
        concepts: content of the question, question words left out.
        places: provinces and cities named in it.
        numbers, written_numbers: document numbers named in it, canonical and as typed.
        lexical_text: what the lexical search is given.
    """

    question: str
    text: str
    language: str
    wanted: tuple[Wanted, ...]
    units: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    places: tuple[QuestionPlace, ...] = ()
    numbers: tuple[str, ...] = ()
    written_numbers: tuple[str, ...] = ()
    lexical_text: str = ""


_VIETNAMESE_LETTER = re.compile(
    r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
#: English function words; those that unaccented Vietnamese also has (to, do, can, an, in) are left out.
_ENGLISH_WORDS = frozenset(
    """the of and what which who whom whose when where why how many much is are was were does did on for from
    with about has have had must should there that this these those its their they per each between than more
    most list name compare give tell explain describe summarize summarise please say says said""".split()
)
_FUNCTION_WORDS = (
    "là gì ai bao nhiêu mấy nào khi đâu sao tại vì như thế được đã có của và các những ở trong cho với một bị bởi từ"
    " về việc để này đó thì mà tên hãy nêu kể cho biết hỏi xin vui lòng theo thuộc do còn vậy nhỉ ạ không hay phải"
    " rằng hiện nay nay gồm bao lâu lên đến vào ra nhất rồi sẽ đang cũng ấy kia tới khoảng nói điều số đạt nêu ra"
    " giúp tôi mình em anh chị bạn so sánh giữa liệt"
)
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
_FUNCTION_TERMS = frozenset(words(_FUNCTION_WORDS))
_SENTENCE_FILLER = re.compile(
    r"(?:hãy |xin |vui lòng |cho (?:tôi |mình |em )?(?:biết|hỏi) ?:?|please )", re.IGNORECASE
)
_UNIT_STOP = re.compile(
    r"[?,.;:]|\s(?:và|với|trong|ở|của|là|được|đã|cho|vào|năm|từ|đến|do|thì|mà|bị|tại|trên|theo|để|không|đạt|mỗi|hằng|hàng|tính|gồm|cả|toàn|nhiệm|nêu)\s",
)


def language_of(question: str) -> str:
    """``"en"`` when the question is framed by English function words, else ``"vi"``.

    Vietnamese names inside an English question ("in Điện Biên") do not make it Vietnamese.
    """
    tokens = re.findall(r"[^\W\d_]+", question.lower())
    english = sum(token in _ENGLISH_WORDS for token in tokens)
    if not english:
        return "vi"
    accented = sum(bool(_VIETNAMESE_LETTER.search(token)) for token in tokens)
    function = sum(token in _FUNCTION for token in tokens if _VIETNAMESE_LETTER.search(token))
    return "en" if english >= 2 and english > function and accented <= len(tokens) / 2 else "vi"


def _units(text: str, found: Iterable[Asked]) -> tuple[str, ...]:
    """The noun after each "bao nhiêu" or "mấy", up to the next small word."""
    units: list[str] = []
    for entry in found:
        if entry.wanted is not Wanted.COUNT:
            continue
        following = text[entry.end :].lower() + " ?"
        for piece in re.split(r"\s+(?:và|,)\s+", following)[:2]:
            stop = _UNIT_STOP.search(piece)
            noun = piece[: stop.start()] if stop else piece
            syllables = noun.split()
            if 0 < len(syllables) <= 5 and syllables[0] not in _FUNCTION:
                units.append(" ".join(syllables))
                if len(syllables) > 2:
                    units.append(" ".join(syllables[:2]))
            if stop and stop.group().strip() not in {"", "?", "và"}:
                break
    return tuple(dict.fromkeys(units))


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with the spans replaced by a separator that no phrase crosses."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} | {text[end:]}"
    return text


def _runs(text: str) -> list[list[str]]:
    """Maximal runs of content syllables; function words and punctuation end a run."""
    runs: list[list[str]] = []
    for piece in re.split(r"[|?!.,;:()\"“”…]+(?=\s|$)|\|", text):
        run: list[str] = []
        for word in words(piece):
            if word in _FUNCTION_TERMS:
                runs.append(run)
                run = []
            else:
                run.append(word)
        runs.append(run)
    return [run for run in runs if run]


def _vietnamese_concepts(text: str, spans: list[tuple[int, int]]) -> list[Concept]:
    concepts: list[Concept] = []
    for run in _runs(_blank(text, spans)):
        for word in run:
            kind = ConceptKind.FIGURE if word[0].isdigit() else ConceptKind.WORD
            concepts.append(Concept((word, *lexicon.long_forms(word)), kind))
        for first, second in zip(run, run[1:], strict=False):
            pair = f"{first} {second}"
            concepts.append(Concept((pair, *lexicon.synonyms(pair)), ConceptKind.PAIR))
    return concepts


def _english_concepts(text: str, spans: list[tuple[int, int]]) -> list[Concept]:
    """Glossary terms (longest first), names and figures of an English question."""
    concepts: list[Concept] = []
    rest = _blank(text, spans)
    for start, end, vietnamese in lexicon.english_terms(rest):
        rest = rest[:start] + " " * (end - start) + rest[end:]
        concepts.append(Concept(tuple(" ".join(words(term)) for term in vietnamese), ConceptKind.PAIR))
    for match in re.finditer(r"\b[^\W\d_a-z][^\W\d_]*(?: [^\W\d_a-z][^\W\d_]*)*", rest):
        name = " ".join(fold(word) for word in words(match.group()) if word not in _ENGLISH_WORDS)
        if name:
            concepts.append(Concept((name,), ConceptKind.NAME, folded=True))
    for match in re.finditer(r"(?<![\w.,])\d[\d.,/]*", rest):
        figure = " ".join(words(match.group().rstrip(".,")))
        concepts.append(Concept((figure,), ConceptKind.FIGURE))
    return concepts


def read(
    question: str, *, restore: Callable[[str], str] | None = None, standalone: str | None = None
) -> Reading:
    """Read a question.

    Args:
        question: as typed, NFC.
        restore: gives a text typed without diacritics its diacritics back; returns any other
            text unchanged.
        standalone: the question with its context, when it was a follow-up.
    """
    text = standalone or question
    language = language_of(text)
    if language == "vi" and restore is not None:
        text = restore(text)
    text = _SENTENCE_FILLER.sub("", text).strip() or text
    found = asked(text)
    numbers = find_numbers(text)
    spans = [(entry.start, entry.end) for entry in found if entry.end > entry.start]
    number_spans = [(mention.start, mention.end) for mention in numbers]
    make = _english_concepts if language == "en" else _vietnamese_concepts
    concepts = make(text, spans + number_spans)
    concepts += [Concept((mention.canonical,), ConceptKind.NUMBER) for mention in numbers]
    wanted = tuple(entry.wanted for entry in found)
    return Reading(
        question=question,
        text=text,
        language=language,
        wanted=_refine(wanted, text),
        units=_units(text, found) if language == "vi" else _english_units(text),
        concepts=tuple(dict.fromkeys(concepts)),
        places=question_places(text, language=language),
        numbers=tuple(mention.canonical for mention in numbers),
        written_numbers=tuple(mention.written for mention in numbers),
        lexical_text=_lexical_text(text, language, concepts),
    )


_LIST_HEAD = re.compile(
    r"\b(?:khó khăn|hạn chế|giải pháp|nhiệm vụ|điều kiện|tiêu chuẩn|yêu cầu|mục tiêu|kinh nghiệm|kết quả|quyền"
    r"|biện pháp|nội dung|thủ tục|hồ sơ|trách nhiệm|phương châm|nguyên tắc)\b",
    re.IGNORECASE,
)
_COUNT_HEAD = re.compile(
    r"\b(?:tổng số|số lượng|số đảng viên|chỉ tiêu|bao nhiêu|total|number of|how many)\b", re.IGNORECASE
)


def _refine(wanted: tuple[Wanted, ...], text: str) -> tuple[Wanted, ...]:
    """ "… là gì" asks for a list after nouns like "khó khăn"; a comparison of totals asks for counts."""
    refined = []
    for kind in wanted:
        if kind is Wanted.DEFINITION and _LIST_HEAD.search(text):
            kind = Wanted.LIST
        refined.append(kind)
    if (Wanted.COMPARE in refined or refined == [Wanted.ANY]) and _COUNT_HEAD.search(text):
        refined.append(Wanted.COUNT)
    return tuple(dict.fromkeys(refined))


def _english_units(text: str) -> tuple[str, ...]:
    match = re.search(r"how many ((?:[a-z-]+ ){0,3}[a-z-]+)", text, re.IGNORECASE)
    if not match:
        return ()
    return tuple(
        term.lower() for _, _, vietnamese in lexicon.english_terms(match.group(1)) for term in vietnamese
    )


def _lexical_text(text: str, language: str, concepts: list[Concept]) -> str:
    """Words for the lexical search: the question itself, or its Vietnamese side for English."""
    if language == "en":
        terms = [term for _, _, vietnamese in lexicon.english_terms(text) for term in vietnamese]
        names = [c.alternatives[0] for c in concepts if c.kind in (ConceptKind.NAME, ConceptKind.FIGURE)]
        numbers = [mention.written for mention in find_numbers(text)]
        return " ".join(dict.fromkeys([*terms, *names, *numbers]))
    expansions = [
        alternative
        for concept in concepts
        if concept.kind is ConceptKind.WORD
        for alternative in concept.alternatives[1:]
    ]
    return " ".join([text, *dict.fromkeys(expansions)])
