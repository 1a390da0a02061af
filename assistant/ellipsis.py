"""Questions that leave out what was said before: the rules that put it back.

Each rule takes the turn and the earlier question, both standing alone, and gives the completed
question, or ``None`` where it does not apply.
"""

from __future__ import annotations

import re

from assistant.periods import relative
from assistant.siblings import is_sibling, sibling_span
from assistant.slots import Slot, Sort, document_named, of_sort, period_of, put, slots, without
from assistant.statement import inside, statement, with_adverb
from assistant.turn import Turn, content, echoes, is_definition, lacks_document, speaks_english
from assistant.unmarked import Pattern

_SOFT = r"(?: (?:được không|đi|nữa|nhé|xem|ạ|là gì|là sao|như thế nào|thế nào|ra sao|gồm những gì|là những gì|về (?:việc|điều|vấn đề) (?:đó|này)|cho tôi|giúp tôi|please))*"
_DETAILS = Pattern(
    r"(?:(?:kể|nói|nêu|trình bày|giải thích|cho biết|mô tả|hãy)(?: ra)? )*(?:cụ thể|chi tiết|rõ|kỹ|đầy đủ)(?: (?:hơn|ra|chi tiết|cụ thể))*"
    + _SOFT
    + r"\s*[?.!]*|(?:nói|kể|giải thích|cho biết|nêu)(?: rõ)? thêm(?: (?:thông tin|chi tiết))?"
    + _SOFT
    + r"\s*[?.!]*|(?:thêm|thông tin thêm|tiếp|tiếp tục)(?: (?:đi|nữa|thông tin|chi tiết))*\s*[?.!]*"
    r"|(?:ngoài ra )?(?:còn )?(?:gì|ai|những gì) nữa(?: không)?\s*[?.!]*|(?:còn (?:gì|ai) nữa|ngoài ra)(?: không| thì sao)?\s*[?.!]*"
)
_EXAMPLE = Pattern(
    r"(?:(?:cho|nêu|lấy|đưa ra|kể|tôi|xin|một|vài|các|những|hãy|có) )*ví dụ(?: (?:cụ thể|minh họa|nào|về (?:việc|điều) (?:này|đó)))*(?: không)?"
    + _SOFT
    + r"\s*[?.!]*"
)
_ENGLISH_DETAILS = re.compile(
    r"(?:(?:can|could) you )?(?:please )?(?:tell me more|(?:give )?(?:me )?(?:more|further) (?:details?|information)|in (?:more |greater )?detail|elaborate|(?:be )?(?:more )?specific(?:ally)?"
    r"|explain(?: further| more)?|go on|anything else|what else|details)(?: (?:about|on) (?:it|that|this))?(?: please)?\s*[?.!]*",
    re.IGNORECASE,
)
_ENGLISH_EXAMPLE = re.compile(
    r"(?:(?:can you )?(?:please )?(?:give|for|like|an|some|any|me|us|show) ?)*examples?(?: please)?\s*[?.!]*|such as(?: what)?\s*[?.!]*",
    re.I,
)
_LEADS = re.compile(r"^(?:Cụ thể, |Nêu ví dụ: |Specifically, |For example, )")
_BEFORE_NAME = Pattern(
    r"^(?:(?:ở|tại|của|về|trong|vào|cho|với|đối với|riêng|trường hợp|nếu|thì|là|in|at|for|on|about|of|with|the|by)(?!\w)\s*)+|(?:\s*(?<!\w)(?:ở|tại|của|trong|vào|in|at|for|thì|là))+$"
)
_MEASURE = Pattern(
    r"(?<!\w)(?:tỷ lệ|tỉ lệ|tổng số|số lượng|mức|tốc độ|thu nhập|gdp|grdp|diện tích|dân số|kinh phí|thu ngân sách|quy mô|số)(?!\w)"
)
_PHRASE_END = Pattern(
    r"\s*(?<!\w)(?:là|bao nhiêu|mấy|của|ở|tại|trong|năm|đến|đạt|có|được|thế nào|như thế nào)(?!\w)|[?,.;]"
)
_PEOPLE = Pattern(
    r"(?<!\w)(?:đảng viên|đoàn viên|học viên|quần chúng|cán bộ|cấp ủy viên|người)(?: mới)?(?!\w)"
)
_ONE_WORD = Pattern(
    r"(?:nữ|nam|trẻ|(?:là )?(?:người )?dân tộc thiểu số|dự bị|chính thức|có đạo|cao tuổi|hưu trí)"
)
_BARE = (
    (
        "why",
        Pattern(
            r"(?:là )?(?:do )?(?:vì|tại) sao(?: lại)?(?: (?:thế|vậy|như vậy|như thế|có|không))*|sao(?: lại)?(?: (?:thế|vậy|như vậy|như thế))*|do đâu(?: vậy)?"
            r"|why(?: (?:so|is that|is it|was that|not|is this))?|how come"
        ),
    ),
    (
        "when",
        Pattern(
            r"(?:là |vào |từ |đến |kể từ )?(?:khi nào|bao giờ|lúc nào|(?:ngày|tháng|năm|thời gian|thời điểm) (?:nào|mấy))(?: (?:vậy|thế|ạ))?|when(?: (?:was|is) (?:that|it|this))?(?: exactly)?"
        ),
    ),
    (
        "where",
        Pattern(
            r"(?:là )?(?:ở|tại) (?:đâu|nơi nào|tỉnh nào|xã nào|huyện nào)(?: (?:vậy|thế|ạ))?|where(?: (?:was|is) (?:that|it|this))?(?: exactly)?"
        ),
    ),
    (
        "how",
        Pattern(
            r"(?:là |làm )?(?:như thế nào|thế nào|ra sao|bằng cách nào|cách nào)(?: (?:vậy|thế|ạ))?|how(?: (?:so|exactly|come))?(?: exactly)?"
        ),
    ),
    ("how long", Pattern(r"(?:là |trong |mất )?bao lâu(?: (?:một|1) lần)?|how (?:long|often)")),
)
_ENGLISH_BARE = {"why": "Why", "when": "When", "where": "Where", "how": "How", "how long": "How long"}
_BARE_WORDS = {
    "why": "vì sao",
    "when": "khi nào",
    "where": "ở đâu",
    "how": "như thế nào",
    "how long": "trong bao lâu",
}
_TRAILING_SAYS = Pattern(r"(?<=\S) (?:nói|quy định|hướng dẫn|đề cập|bàn|nêu|yêu cầu)(?: về)?$")
_FRONTED = Pattern(r"^(?:ai|có|bao nhiêu|mấy|do|được|ban hành|ký|áp dụng|hiệu lực)(?!\w)")
_COUNT_ENDS = Pattern(r"(?<!\w)(?:bao nhiêu|mấy)(?: (?:người|đồng chí|phần trăm|%))?\s*[?.!]*\s*$")
_HOW_MANY = re.compile(
    r"^how many (?:of (?:which|whom|them|those|these|the members) )?(?:(?:are|were|is|was) )?", re.I
)
_SCOPED = Pattern(r"^(?:thế|vậy|rồi) còn(?!\w)")
_NEW_SUBJECT = 4  # syllables of content with which a question that opens with "Còn" stands alone


def is_incomplete(turn: Turn, topic: str) -> bool:
    """The question leaves out what only an earlier one says."""
    if _lead(turn) or relative(turn.rest, english=turn.english):
        return True
    own = content(turn.rest, english=turn.english)
    if not turn.asks:
        return _names_only(turn, topic, own)
    if not own and not turn.slots:
        return True
    if lacks_document(turn):
        return (
            not topic
            or document_named(topic) is not None
            or bool(of_sort(topic, Sort.DOCUMENT, Sort.ARTICLE))
        )
    if is_definition(turn):
        return False
    if not own:  # a slot and question words: "năm 2021 là bao nhiêu?", but not "Chỉ thị 28 ban hành khi nào?"
        return all(slot.sort is not Sort.DOCUMENT for slot in turn.slots)
    if _COUNT_ENDS.search(turn.rest) and topic and echoes(turn, topic):
        return True
    if turn.contrast:
        if turn.slots or len(own) < _NEW_SUBJECT or (bool(topic) and echoes(turn, topic)):
            return True
        # A figure set beside what was asked of a body or a place is asked of the same.
        counts = not turn.english and _AMOUNT.search(turn.rest) is not None and _SCOPED.match(turn.typed)
        return bool(counts) and bool(topic) and bool(_scope(topic))
    return False


def _names_only(turn: Turn, topic: str, own: tuple[str, ...]) -> bool:
    """Without a question word: a name, or a thing that takes the place of one in the earlier question."""
    if not turn.bare or len(turn.bare.split()) > 12:
        return False
    if turn.contrast or (turn.mild and len(own) <= _NEW_SUBJECT):
        return True
    named = turn.slots
    left = _BEFORE_NAME.sub("", without(turn.bare, named)).strip(" ,")
    if named and (not left or not own):
        return True
    if turn.then_what or turn.typed.rstrip().endswith("?") or len(own) <= 2:
        if _ONE_WORD.fullmatch(left) or (not own and bool(turn.bare)):
            return True
        return bool(topic) and (turn.then_what or is_sibling(left)) and sibling_span(topic, left) is not None
    return False


def _lead(turn: Turn) -> str:
    """ "details" or "example" where the question only asks for more of the same."""
    text = turn.rest.strip()
    if turn.english:
        return (
            "details"
            if _ENGLISH_DETAILS.fullmatch(text)
            else "example"
            if _ENGLISH_EXAMPLE.fullmatch(text)
            else ""
        )
    for candidate in (text, turn.typed.strip()):
        if _DETAILS.fullmatch(candidate):
            return "details"
        if _EXAMPLE.fullmatch(candidate):
            return "example"
    return ""


def more_of_the_same(turn: Turn, topic: str) -> str | None:
    """ "Kể chi tiết hơn": the earlier question again, marked as wanting particulars."""
    lead = _lead(turn)
    if not lead:
        return None
    topic = _LEADS.sub("", topic)
    if speaks_english(topic):
        return f"{'Specifically' if lead == 'details' else 'For example'}, {inside(topic)}"
    return f"{'Cụ thể, ' if lead == 'details' else 'Nêu ví dụ: '}{inside(topic)}"


def another_name(turn: Turn, topic: str) -> str | None:
    """ "Còn Điện Biên?", "khoản 2 thì sao?", "thế còn dự bị?": another thing in the slot of its sort."""
    if turn.asks or not turn.bare or relative(turn.rest, english=turn.english):
        return None
    named = slots(turn.bare, english=turn.english)
    result = _with_slots(topic, named)
    left = _BEFORE_NAME.sub("", without(turn.bare, named)).strip(" ,")
    while (shorter := _BEFORE_NAME.sub("", left).strip(" ,")) != left:
        left = shorter
    if left and _A_DOCUMENT.match(left) and (subject := _DOCUMENT_FIRST.match(result)):
        return f"{left[:1].upper()}{left[1:]}{result[subject.end() :]}"
    return _with_phrase(result, left) if left else result


_DOCUMENT_NOUN = r"(?:quy chế|quy định|nghị quyết|chỉ thị|hướng dẫn|kế hoạch|kết luận|quyết định|điều lệ|hiến pháp|luật|nghị định|thông tư|đề án|chương trình)"
_A_DOCUMENT = Pattern(rf"{_DOCUMENT_NOUN}(?!\w)")
#: The question opens with a document and goes on with what is asked of it.
_DOCUMENT_FIRST = Pattern(
    rf"^{_DOCUMENT_NOUN}(?!\w)[^,?]*?(?= (?:gồm|có|được|do|ban hành|quy định gì|quy định những|nói|nêu|đề ra|yêu cầu|thay thế|áp dụng|hết hiệu lực)(?!\w))"
)


def _with_slots(topic: str, named: tuple[Slot, ...]) -> str:
    """``topic`` with each named thing in its slot; one that has no slot there is added."""
    english = speaks_english(topic)
    seen: set[Sort] = set()
    for slot in named:
        filled = None if slot.sort in seen else put(topic, slot, english=english)
        if filled is None:
            filled = _joined(topic, slot) if slot.sort in seen else _added(topic, slot, english)
        topic = filled
        seen.add(slot.sort)
    return topic


def _joined(topic: str, slot: Slot) -> str:
    """A second thing of a sort stands beside the first."""
    english = speaks_english(topic)
    old = of_sort(topic, slot.sort, english=english)
    if not old:
        return _added(topic, slot, english)
    return f"{topic[: old[-1].end]} {'and' if english else 'và'} {slot.text}{topic[old[-1].end :]}"


def _added(topic: str, slot: Slot, english: bool) -> str:
    base = topic.rstrip(" ?.!")
    match slot.sort:
        case Sort.PLACE | Sort.UNIT:
            return f"{base} {'in' if english else 'ở'} {slot.text}?"
        case Sort.PERIOD:
            year = re.fullmatch(r"(?:(?:năm|in) )?(\d{4})", slot.text)
            return (
                f"{base} {'in' if english else 'năm'} {year.group(1)}?"
                if year
                else f"{base} {inside(slot.text)}?"
            )
        case _:
            return f"{'Under' if english else 'Theo'} {slot.text}, {inside(topic)}"


def _with_phrase(topic: str, phrase: str) -> str:
    span = sibling_span(topic, phrase)
    if span:
        new = phrase if span[0] else phrase[:1].upper() + phrase[1:]
        return f"{topic[: span[0]]}{new}{topic[span[1] :]}"
    english = speaks_english(topic)
    if _ONE_WORD.fullmatch(phrase) and (people := _PEOPLE.search(topic)):
        return f"{topic[: people.end()]} {phrase}{topic[people.end() :]}"
    if _MEASURE.match(phrase):
        old = _MEASURE.search(topic)
        end = _PHRASE_END.within(topic).search(topic, old.end()) if old else None
        if old and end and phrase.lower() not in topic.lower():
            return f"{topic[: old.start()]}{phrase if old.start() else phrase.capitalize()}{topic[end.start() :]}"
        return f"{topic_of(topic)}, {inside(phrase)} là bao nhiêu?"
    return f"{'For' if english else 'Với'} {phrase}, {inside(topic)}"


def same_question_of_another(turn: Turn, topic: str) -> str | None:
    """ "Năm 2021 kết nạp được bao nhiêu?": the earlier question, with other names in it."""
    if not turn.asks or not turn.slots or not echoes(turn, topic) or lacks_document(turn):
        return None
    if not turn.english and not _asks_alike(turn.rest, topic):
        return None
    if turn.english and not re.match(r"(?:and )?how many|what|how much", turn.rest, re.I):
        return None
    return _with_slots(topic, turn.slots)


_AMOUNT = Pattern(r"(?<!\w)(?:bao nhiêu|mấy|how many)(?!\w)")


def _asks_alike(one: str, other: str) -> bool:
    return (_AMOUNT.search(one) is None) == (_AMOUNT.search(other) is None) and _AMOUNT.search(
        one
    ) is not None


def bare_question(turn: Turn, topic: str) -> str | None:
    """ "Vì sao?", "bao giờ?", also with a name ("còn Sơn La vì sao?"): another question word for the topic."""
    named = turn.slots
    text = _BEFORE_NAME.sub("", without(turn.rest, named)).strip(" ?.!,")
    whole = turn.rest.strip(" ?.!,")
    for candidate in (whole, text):
        kind = next((kind for kind, pattern in _BARE if pattern.fullmatch(candidate)), None)
        if kind is None:
            continue
        base = topic if candidate is whole else _with_slots(topic, named)
        base = _LEADS.sub("", base)
        if speaks_english(base):
            return with_adverb(_ENGLISH_BARE[kind], base)
        about = topic_of(base)
        asking = _BARE_WORDS[kind] if turn.english else candidate
        asking = (
            re.sub(r"(?: (?:lại|vậy|thế|như vậy|như thế|ạ|lai|vay|the))+$", "", asking)
            if kind == "why"
            else asking
        )
        return f"{asking} {inside(about)}?" if kind == "why" else f"{about} {inside(asking)}?"
    return None


def same_frame(turn: Turn, topic: str) -> str | None:
    """A question whole but for the period or the place of the earlier one, to which it is set in contrast."""
    if lacks_document(turn):
        document = document_named(topic)
        article = of_sort(turn.rest, Sort.ARTICLE, english=turn.english)[-1]
        if document is None:
            return None
        joint = " of " if turn.english else " "
        return f"{turn.rest[: article.end]}{joint}{document}{turn.rest[article.end :]}"
    if not turn.asks or not content(turn.rest, english=turn.english):
        return None
    if not (turn.contrast or (turn.slots and relative(turn.typed, english=turn.english))):
        return None
    return with_frame(turn.rest, topic) if turn.slots or _scope(topic) else None


def _scope(text: str) -> tuple[Slot, ...]:
    """The places, bodies and documents that a question is asked of."""
    return of_sort(text, Sort.PLACE, Sort.UNIT, Sort.DOCUMENT, english=speaks_english(text))


def with_frame(question: str, topic: str) -> str:
    """``question`` with the period and the place of ``topic`` where it has none."""
    english = speaks_english(question)
    named = {slot.sort for slot in slots(question, english=english)}
    base = question.rstrip(" ?.!")
    places = of_sort(topic, Sort.PLACE, Sort.UNIT, english=speaks_english(topic))
    if places and not named & {Sort.PLACE, Sort.UNIT}:
        base = f"{base} {'in' if english else 'ở'} {places[0].text}"
    period = period_of(topic, english=speaks_english(topic))
    if period and Sort.PERIOD not in named:
        base = f"{base} {inside(period.text)}"
    return f"{base}?"


def about_the_topic(turn: Turn, topic: str) -> str | None:
    """Anything else: the earlier question's topic before the new question."""
    base = less_named(_LEADS.sub("", topic), turn)
    english = speaks_english(base)
    about = topic_of(base)
    if not about:
        return turn.rest
    if english and turn.english:
        counted = _HOW_MANY.match(turn.rest)
        if counted and re.match(r"how many", base, re.I):
            verb = re.search(r"\b(?:are|were|is|was)\b", counted.group(), re.I)
            return f"Of the {inside(about)}, how many {verb.group() if verb else 'are'} {turn.rest[counted.end() :]}"
        return f"As to {inside(about)}, {inside(turn.rest)}"
    rest = re.sub(r"^là (?=(?:bao nhiêu|mấy))", "", turn.rest)
    whole = slots(about)
    if len(whole) == 1 and whole[0].text == about and whole[0].sort is Sort.DOCUMENT and _FRONTED.match(rest):
        return f"{about} {inside(rest)}"
    return f"{about}, {inside(rest)}"


def less_named(topic: str, turn: Turn) -> str:
    """``topic`` without the places and periods that the new question has its own of."""
    named = {slot.sort for slot in turn.slots} & {Sort.PLACE, Sort.PERIOD, Sort.UNIT}
    for old in reversed(slots(topic, english=speaks_english(topic))):
        if old.sort in named:
            topic = _PREPOSITION.sub(" ", topic[: old.start]) + topic[old.end :]
    return " ".join(topic.split()).strip(" ,")


_PREPOSITION = re.compile(r"(?:\s(?:ở|tại|của|trong|vào|in|of|for))?\s*$", re.IGNORECASE)


def topic_of(question: str) -> str:
    """What a question is about; of one on what a document says, the document."""
    english = speaks_english(question)
    about = statement(question, english=english)
    if english:
        return about
    shorter = _TRAILING_SAYS.sub("", about)
    return (
        shorter
        if document_named(about) and slots(shorter) and slots(shorter)[-1].end == len(shorter)
        else about
    )
