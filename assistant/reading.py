"""Reading a question: what it asks for, about what, where, when and by which number.

The reading is made once per question and every later stage works from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant import lexicon
from assistant.bylines import asking_words, authorship_asked
from assistant.concepts import (
    ABBREVIATION,
    ENGLISH_WORDS,
    FUNCTION,
    Concept,
    ConceptKind,
    abbreviations,
    english_concepts,
    vietnamese_concepts,
)
from assistant.deeds import deeds
from assistant.offices import holder_asked
from assistant.persons import people_named
from assistant.phrases import UPPER, fold, words
from assistant.places import SMALLER_UNIT, QuestionPlace, question_places
from assistant.wanted import Asked, Wanted, asked
from index.syllables import is_syllable
from ingest.numbers import NumberMention, find_numbers, find_short_numbers


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
        years: calendar years named in it.
        names: smaller units and bodies named in it, normalised ("quế phong"); an answer must name them.
        people: people named in it, normalised; an answer must name one of them.
        bodies: names of party bodies and the like in it as written ("Lương Sơn" of "Chi bộ Lương Sơn"); an
            answer must come from a document that names them.
        congresses: ordinals of congresses and terms in it, lower case ("xiii").
        articles: articles ("Điều 4") named in it.
        days: days named in it as normalised "day month" phrases ("31 8").
        deeds: what it asks the doing of ("kết nạp"), in lower case.
        numbers, written_numbers: document numbers named in it, canonical and as typed.
        lexical_text: what the lexical search is given.
        titled: title of the document that it names as the one to answer from, normalised; empty without one.
        authorship: it asks who wrote an article or took its picture.
        current: it asks how things are now ("hiện nay").
    """

    question: str
    text: str
    language: str
    wanted: tuple[Wanted, ...]
    units: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    places: tuple[QuestionPlace, ...] = ()
    years: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    congresses: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    written_numbers: tuple[str, ...] = ()
    lexical_text: str = ""
    titled: str = ""
    authorship: bool = False
    current: bool = False


_VIETNAMESE_LETTER = re.compile(
    r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
#: "Theo bài “…” (19/9/2022), có bao nhiêu …": one document by its title, and what is asked of it.
_BY_TITLE = re.compile(
    r"^(?:theo|trong|according to|in)\s(?:(?:nội dung )?(?:bài(?: viết| báo)?|tài liệu|văn bản|báo cáo|tin|the (?:article|document|report))\s)?"
    r"[“\"«](?P<title>[^”\"»]{8,300})[”\"»](?:\s?\([^)]{1,40}\))?\s?,\s?(?P<asked>(?:\S+\s){2,}\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
#: Words that ask and name at once.
_ALSO_CONTENT = frozenset({"nguyên nhân", "lý do", "lí do"})
_CURRENT = re.compile(
    r"\b(?:hiện nay|hiện tại|hiện giờ|bây giờ|hiện đang|mới nhất|gần đây nhất|currently|at present|nowadays|latest)\b"
    r"|\b(?:now|today)\b(?=\s*[?.,]|$)",
    re.IGNORECASE,
)
#: The name of a body, less the words for what it is: "Chi bộ thôn Đồi Thông", "Đảng ủy xã Ba Vì".
_BODY_NAME = re.compile(
    r"(?<!\w)(?i:chi bộ|đảng bộ|đảng ủy|đảng uỷ|chi ủy|chi đoàn|tổ dân phố|khu phố|công ty|trường|bệnh viện|hợp tác xã)"
    r"(?: (?i:cơ sở|thôn|bản|ấp|xã|phường|thị trấn|huyện|tổ dân phố|tdp|khu phố|công ty|cổ phần|tnhh|trường|khối))*"
    rf" ((?!(?:Trung|Đảng|Đoàn|Việt Nam|Khối|Công|Chi|Quân|Bộ|Sở|Ban|Trường|Đại|Tiểu|Mầm|Cao|Phòng|Văn phòng|Hội|Ủy|Uỷ|Cục|Tổ|Cơ|Các|Mặt trận|Liên|Tổng|Học|Viện)(?!\\w))[{UPPER}][^\W\d_]+(?: [{UPPER}][^\W\d_]+){{0,3}})"
)
_CONGRESS = re.compile(
    r"(?<!\w)(?:đại hội|khóa|khoá|lần thứ|congress|tenure)(?: (?:đảng|đại biểu|toàn quốc|lần thứ|đảng bộ))* ([ivx]{2,5}|(?-i:[VX]))(?!\w)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:[Đđ]iều|[Aa]rticle) (\d{1,3})\b")
_DAY = re.compile(r"(?<![\d/])(\d{1,2})\s?[/.-]\s?(\d{1,2})(?=[/.-](?:19|20)\d\d)")
#: What the asker says he does not mean.
_NEGATED = re.compile(
    r"[,(]?\s*(?:chứ )?(?:tôi )?không (?:phải|hỏi|tính|kể)(?: của| là)? (?!không)[^,?()]*?(?=[,?)]|$)\)?"
    r"|^\s*ngoài (?:chuyện|việc|vấn đề|nội dung|đề nghị|các|những) [^,?]*,"
    r"|[,(]?\s*\bnot the [^,?()]*\)?",
    re.IGNORECASE,
)
_SENTENCE_FILLER = re.compile(
    r"(?:hãy |xin (?=cho |hỏi|được hỏi|hãy |vui lòng |nêu |kể |liệt kê |giải thích |trình bày )|vui lòng "
    r"|cho (?:tôi |mình |em )?(?:biết|hỏi) ?:?|please )",
    re.IGNORECASE,
)
_PERSON = re.compile(r"(?:người|đồng chí|vị|cá nhân) (?!dân\b)")
_UNIT_STOP = re.compile(
    r"[?,.;:]|\s(?:và|với|trong|ở|của|là|được|đã|cho|vào|năm|từ|đến|do|thì|mà|bị|tại|trên|theo|để|không|đạt|mỗi|hằng|hàng|tính|gồm|cả|toàn|nhiệm|nêu)\s",
)


def language_of(question: str) -> str:
    """``"en"`` when the question is framed by English function words, else ``"vi"``.

    Vietnamese names inside an English question ("in Điện Biên") do not make it Vietnamese.
    """
    tokens = re.findall(r"[^\W\d_]+", question.lower())
    english = sum(token in ENGLISH_WORDS for token in tokens)
    if not english:
        return "vi"
    accented = sum(bool(_VIETNAMESE_LETTER.search(token)) for token in tokens)
    function = sum(token in FUNCTION for token in tokens if _VIETNAMESE_LETTER.search(token))
    foreign = sum(not is_syllable(fold(token)) for token in tokens)
    # "the" is "thẻ" or "thế" without its mark: a question in which every word could be Vietnamese is.
    framed = (english >= 2 and foreign >= 1) or (foreign >= 2 and accented * 3 <= len(tokens))
    return "en" if framed and english > function and accented <= len(tokens) / 2 else "vi"


def _units(text: str, found: Iterable[Asked]) -> tuple[str, ...]:
    """The noun after each "bao nhiêu" or "mấy", up to the next small word."""
    spelt = ABBREVIATION.sub(lambda m: lexicon.written_long_form(m.group()) or m.group(), text)
    if spelt != text:  # what "TCCSĐ" counts is written "tổ chức cơ sở đảng" as well
        return tuple(dict.fromkeys([*_units(spelt, asked(spelt)), *_units_of(text, found)]))
    return _units_of(text, found)


def _units_of(text: str, found: Iterable[Asked]) -> tuple[str, ...]:
    units: list[str] = []
    for entry in found:
        if entry.wanted is not Wanted.COUNT:
            continue
        following = text[entry.end :].lower() + " ?"
        for piece in re.split(r"\s+(?:và|,)\s+", following)[:2]:
            stop = _UNIT_STOP.search(piece)
            noun = piece[: stop.start()] if stop else piece
            syllables = noun.split()[:7]
            if syllables and syllables[0] not in FUNCTION:
                units.append(" ".join(syllables))
                if len(syllables) > 2:
                    units.append(" ".join(syllables[:2]))
                plain = " ".join(syllables)
                if person := _PERSON.match(plain):  # "16 chính thức" are people too
                    units.append(plain[person.end() :])
            if stop and stop.group().strip() not in {"", "?", "và"}:
                break
    for match in re.finditer(
        r"(?:tổng số|số lượng|(?<!trong )số|quy mô) (?!đó |này |ấy )((?:[^\W\d_]+ ?){1,3})", text.lower()
    ):
        noun = _UNIT_STOP.split(f" {match.group(1)} ?".replace("  ", " "))[0].split()
        units += [" ".join(noun[:length]) for length in (3, 2) if len(noun) >= length]
    return tuple(dict.fromkeys(units))


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
    titled = _BY_TITLE.match(text)
    searched, text = text, titled["asked"] if titled else text
    whole, text = text, _NEGATED.sub(" ", text).strip() or text
    found = asked(text)
    numbers = _document_numbers(text)
    spans = [
        (entry.start, entry.end)
        for entry in found
        if entry.end > entry.start and text[entry.start : entry.end].lower() not in _ALSO_CONTENT
    ]
    spans += asking_words(text)
    number_spans = [(mention.start, mention.end) for mention in numbers]
    make = english_concepts if language == "en" else vietnamese_concepts
    places = question_places(text, language=language, levels=text)
    # A place is asked of every sentence by itself (``scoring``); as a concept it would only favour
    # the sentences that repeat its name.
    concepts = make(text, spans, number_spans + [(place.start, place.end) for place in places])
    concepts += [Concept((mention.canonical,), ConceptKind.NUMBER) for mention in numbers]
    wanted = tuple(entry.wanted for entry in found)
    return Reading(
        question=question,
        text=whole,
        language=language,
        wanted=_refine(wanted, text),
        units=_units(text, found) if language == "vi" else _english_units(text),
        concepts=tuple(dict.fromkeys(concepts)),
        places=places,
        years=tuple(
            dict.fromkeys(
                re.findall(r"(?<![\d.,/])(?:19|20)\d{2}(?!\d|[.,]\d)|(?<=/)(?:19|20)\d{2}(?!\d)", text)
            )
        ),
        names=tuple(" ".join(words(match[1])) for match in SMALLER_UNIT.finditer(text)),
        people=tuple(" ".join(words(name)) for name in people_named(text, language)),
        bodies=tuple(match[1] for match in _BODY_NAME.finditer(text)),
        congresses=tuple(match[1].lower() for match in _CONGRESS.finditer(text)),
        articles=tuple(_ARTICLE.findall(text)),
        days=tuple(f"{int(m[1])} {int(m[2])}" for m in _DAY.finditer(text)),
        deeds=deeds(text if language == "vi" else _lexical_text(text, language, concepts)),
        numbers=tuple(mention.canonical for mention in numbers),
        written_numbers=tuple(mention.written for mention in numbers),
        lexical_text=_lexical_text(searched, language, concepts),
        titled=" ".join(words(titled["title"])) if titled else "",
        authorship=authorship_asked(text),
        current=_CURRENT.search(text) is not None,
    )


_LIST_HEAD = re.compile(
    r"\b(?:khó khăn|hạn chế|giải pháp|nhiệm vụ|điều kiện|tiêu chuẩn|yêu cầu|mục tiêu|kinh nghiệm|kết quả|quyền"
    r"|biện pháp|nội dung|thủ tục|hồ sơ|trách nhiệm|phương châm|nguyên tắc)\b",
    re.IGNORECASE,
)
_COUNT_HEAD = re.compile(
    r"^số (?!hiệu|văn bản|quyết định|kế hoạch)(?:[^\W\d_]+)\b|(?:đông|nhiều|ít|cao|thấp)\b[^?]*\bhơn|\b(?:tổng số|số lượng(?! (?:và|hay|hoặc|với))|số đảng viên|chỉ tiêu|bao nhiêu|quy mô|total|number of|how many)\b",
    re.IGNORECASE,
)


def _refine(wanted: tuple[Wanted, ...], text: str) -> tuple[Wanted, ...]:
    """ "… là gì" asks for a list after nouns like "khó khăn"; a comparison of totals asks for counts."""
    refined = []
    office = bool(holder_asked(text))
    for kind in wanted:
        if office and kind in (Wanted.DEFINITION, Wanted.LIST, Wanted.WHICH):  # "… tên là gì"
            kind = Wanted.WHO
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


def _document_numbers(text: str) -> list[NumberMention]:
    """Full numbers ("28-CT/TW") and short ones ("Chỉ thị 28")."""
    full = find_numbers(text)
    return full + [
        mention
        for mention in find_short_numbers(text)
        if not any(mention.start < other.end and other.start < mention.end for other in full)
    ]


def _lexical_text(text: str, language: str, concepts: list[Concept]) -> str:
    """Words for the lexical search: the question itself, or its Vietnamese side for English."""
    if language == "en":
        terms = [term for _, _, vietnamese in lexicon.english_terms(text) for term in vietnamese]
        names = [c.alternatives[0] for c in concepts if c.kind in (ConceptKind.NAME, ConceptKind.FIGURE)]
        numbers = [mention.written for mention in find_numbers(text)]
        places = [place.name for place in question_places(text, language="en")]
        return " ".join(dict.fromkeys([*terms, *names, *places, *numbers]))
    expansions = [long for match in abbreviations(text) for long in lexicon.long_forms(match.group())]
    return " ".join([text, *dict.fromkeys(expansions)])
