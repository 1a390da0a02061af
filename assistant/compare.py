"""Comparisons: one question about several things becomes one question about each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.phrases import UPPER
from assistant.places import question_places
from assistant.siblings import alternatives_in
from assistant.slots import Sort, of_sort
from assistant.statement import unaddressed
from assistant.turn import speaks_english
from assistant.unmarked import Pattern

_OPENING = Pattern(
    r"^\s*(?:(?:hãy|xin|giúp tôi|vui lòng|please) )*(?:so sánh|đối chiếu|phân biệt|compare|contrast|(?:what|explain|describe)(?: is| are)?(?: the)? differences? between)(?!\w)\s*(?:giữa |the difference between )?"
    r"|^\s*(?:nêu |cho biết |chỉ ra |tìm )?(?:những |các )?(?:điểm )?(?:sự )?(?:khác (?:nhau|biệt)|giống nhau|giống và khác nhau)(?: cơ bản)? (?:giữa|của) "
    r"|^\s*how (?:does|do|did|is|are) (?=[^?]* (?:differ(?:ent)?|compare)(?!\w))"
)
_DIFFER = Pattern(
    r"\s*(?<!\w)chênh (?:lệch )?(?:nhau )?(?=bao nhiêu)"
    r"|[\s,]*(?<!\w)(?:(?:thì |có gì |có |có sự |có điểm (?:gì )?)?(?:chênh (?:lệch )?(?:nhau )?(?:(?:như )?thế nào|ra sao|bao nhiêu(?=\s*[?.!]*$))?|khác (?:nhau|gì nhau|biệt|gì)(?: gì)?(?: nhau)?(?: (?:như )?thế nào| ra sao| ở (?:điểm|chỗ) nào| ở đâu| là gì| không)?"
    r"|giống (?:và khác )?nhau[^?]*)"
    r"|(?:thì )?(?:nơi|bên|tỉnh|đâu|cái|năm|địa phương|đơn vị|văn bản|thành phố|huyện)(?: nào)? (?:(?:có |kết nạp )?(?:nhiều|ít|cao|thấp|lớn|nhỏ|tốt|sớm|muộn|mới|dài|ngắn|đông)(?: [^?]*?)? hơn)[^?]*"
    r"|(?:thì |có |có sự |đã )?(?:thay đổi|biến động|tăng,? (?:hay|hoặc) giảm|tăng giảm)(?: (?:như )?thế nào| ra sao| không| bao nhiêu)?(?=\s*[?.!]*$|\s+so với )"
    r"|differ(?:s|ent)?(?: from each other)?|compared?)(?!\w)\s*(?=[?.!]|$|\s)"
)
#: "… nhiều hơn?": which has more is asked as how many each has.
_MORE = Pattern(
    r"(?:,|(?<!\w)(?:thì|,)?)\s*(?:(?:nơi|bên|tỉnh|năm|đâu|địa phương|đơn vị|thành phố|huyện)(?: nào)? )?(?:có |kết nạp (?:được )?)?(?:nhiều|ít|đông|cao|thấp|lớn|nhỏ)(?P<noun> [^,?]+?)? hơn(?: bao nhiêu| mấy)?\s*[?.!]*\s*$"
)
_COMPARING = Pattern(
    r"so sánh|đối chiếu|chênh|(?<!\w)khác (?:nhau|gì|biệt)|(?<!\w)khác (?=[^?]*(?:thế nào|ra sao|chỗ nào|điểm nào))|phân biệt|(?<!\w)giống|(?<!\w)hơn(?!\w)|so với|(?<!\w)(?:compare|contrast|differs?(?!\w)|different from|differences?(?!\w)|versus|vs|more|less|fewer|than|difference)"
)
_ENGLISH_MORE = re.compile(
    r"^(?:which|who|where)(?P<noun> [^?]*?)? (?:has|had|have|admitted|is|was|were|are|did) (?P<verb>)(?:more|fewer|less|higher|lower|larger|greater)(?P<what> [^,?:]*?)?\s*[,:]\s*(?P<things>[^?]+?)\s*\?*$",
    re.IGNORECASE,
)
_LEAD_MORE = re.compile(
    r"^(?:(?:did|does|do|has|have|is|are) )?(?P<first>.+?) (?P<verb>has|have|had|admit(?:ted)?) more (?P<what>[^?]+?) than (?P<second>[^?]+?)\s*\?*$",
    re.IGNORECASE,
)
_UNLIKE = Pattern(
    r"^(?P<one>[^,?]+?) (?:thì |có (?:gì |điểm gì )?)?khác (?:gì )?(?:so )?(?:với )?(?!nhau|biệt|gì|được|bị|có|của|thì|và|nào|do|là|phải|trong|ở|theo)(?P<other>[^,?]+?)"
    r"(?: (?:như thế nào|thế nào|ở (?:điểm|chỗ) nào|(?:những )?(?:điểm|chỗ) nào|ra sao|ở đâu|không|những gì))?\s*[?.!]*$"
)
_MORE_THAN = Pattern(
    r"^(?P<one>[^,?]+?) (?P<verb>có|kết nạp(?: được)?) (?:nhiều|ít) (?P<noun>[^?]+?) hơn (?:so với )?(?P<other>[^?]+?)(?: (?:không|phải không|đúng không|bao nhiêu))?\s*[?.!]*$"
)
_JOINT = Pattern(
    r"\s*(?:,\s*(?:và|còn|and|or|hay)?|và cả|(?<!\w)(?:và|với|va|voi|so với|hay là|hay|hoặc|khác(?: gì)?(?: so)? với|khác gì|đối với|and|with|versus|vs\.?|or|than|compared (?:to|with)|from)(?!\w))\s*(?:(?:an?|the)\s+(?=\w|$))?"
)
_WHICH_OF_TWO = Pattern(
    r"^(?P<frame>(?:[^?]*, )?)(?:giữa )?(?P<one>[^,?]+?) (?:và|với|va|voi|hay|hoặc) (?P<other>[^?]+?),? (?:thì )?(?:nơi|bên|đâu|cái|đơn vị|địa phương)(?: nào| nao)? (?P<asked>[^?]*?)"
    r"(?:nhiều|ít|đông|cao|thấp|lớn|nhỏ)(?P<noun>(?: [^?]+?)?) hơn\s*[?.!]*$"
)
_BELONGING = Pattern(r"(?<!\w)(?:của|ở|tại|giữa|cho|trong|of|in|between|for|at|by|from) ")
_UNIT = re.compile(
    rf"(?i:\b(?:tỉnh|thành phố|huyện|xã|thị xã|thị trấn|phường|quận)) [{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{0,3}}"
)
_YEAR = re.compile(
    r"(?:n[ăa]m |th[áa]ng \d{1,2}[/-]|in |quý \S+ )?(?<![\d/-])(?:19|20)\d{2}(?!\d)", re.IGNORECASE
)
_BARE_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class _Thing:
    """One of the things compared, at ``text[start:end]``."""

    start: int
    end: int


def sides(question: str) -> tuple[str, ...]:
    """One question for each thing compared, in order; empty when the question compares nothing.

    "So sánh A của X và Y" → "A của X", "A của Y". The things are places, documents, articles, periods,
    bodies or terms of one group ("đảng viên dự bị", "đảng viên chính thức") that conjunctions join; of
    terms of no group, the question must say that it compares.
    """
    typed = unaddressed(question)
    text = " ".join(_asked_of_each(typed).split())
    comparing = _COMPARING.search(typed) is not None
    for things in _joined_things(text, comparing):
        if comparing or (len(things) == 2 and _only_pair(text, things)):
            return _questions(text, things)
    if comparing and (siblings := _run(text, [_Thing(*span) for span in alternatives_in(text)], True)):
        return _questions(text, siblings)
    if which := _of_two(typed):
        return which
    if comparing and (terms := _terms(text, typed)):
        return _questions(text, terms)
    return ()


def _asked_of_each(question: str) -> str:
    """The question without the words that compare: what is asked of each side."""
    english = _ENGLISH_MORE.match(question)
    if english:
        what = (english["what"] or "").strip()
        return f"How many {what} does {english['things']} have?" if what else question
    lead = _LEAD_MORE.match(question)
    if lead:
        return f"How many {lead['what']} in {lead['first']} and {lead['second']}?"
    if than := _MORE_THAN.match(question):
        return f"{than['one']} và {than['other']} {than['verb']} bao nhiêu {than['noun']}?"
    if (unlike := _UNLIKE.match(question)) and not _OPENING.match(question):
        return f"{unlike['one']} và {unlike['other']}?"
    more = _MORE.search(question)
    if more and not _OPENING.match(question):
        head = question[: more.start()].rstrip(" ,")
        noun = (more["noun"] or "").strip()
        verb = re.search(r"kết nạp(?: được)?|ket nap(?: duoc)?", more.group(), re.IGNORECASE)
        if noun:
            return f"{head} {verb.group() if verb else 'có'} bao nhiêu {noun}?"
        return f"{head}?"
    rest = _OPENING.sub("", question)
    if rest != question:
        rest = _IS_WHAT.sub("", rest)
    return _DIFFER.sub(" ", rest).strip()


_IS_WHAT = Pattern(r" (?:là gì|là những gì|ở điểm nào|như thế nào|thế nào|ra sao)(?=\s*[?.!]*$)")


def _joined_things(text: str, comparing: bool) -> list[tuple[_Thing, ...]]:
    """Runs of two or more things of one sort that nothing but conjunctions joins, by sort."""
    english = speaks_english(text)
    by_sort: list[list[tuple[int, int]]] = [
        [(place.start, place.end) for place in question_places(text, language="en" if english else "vi")],
        [(slot.start, slot.end) for slot in of_sort(text, Sort.PLACE, english=english)],
        [(slot.start, slot.end) for slot in of_sort(text, Sort.UNIT, english=english)],
        [match.span() for match in _UNIT.finditer(text)],
        [(slot.start, slot.end) for slot in of_sort(text, Sort.ARTICLE, english=english)],
        [(slot.start, slot.end) for slot in of_sort(text, Sort.DOCUMENT, english=english)],
        [(slot.start, slot.end) for slot in of_sort(text, Sort.PERIOD, english=english)],
        [match.span() for match in _YEAR.finditer(text)],
    ]
    runs = (_run(text, [_Thing(*span) for span in spans], comparing) for spans in by_sort)
    return [run for run in runs if run]


def _run(text: str, things: Sequence[_Thing], comparing: bool) -> tuple[_Thing, ...]:
    """The first run of things that are joined; a noun before a later one ("số đảng viên của Y") goes with it."""
    run: list[_Thing] = []
    for thing in things:
        if not run:
            run = [thing]
            continue
        between = text[run[-1].end : thing.start]
        joint = _JOINT.match(between) or (_later_joint(between) if comparing else None)
        if joint is None:
            if len(run) > 1:
                break
            run = [thing]
            continue
        run.append(_Thing(run[-1].end + joint.end(), thing.end))
    if len(run) < 2 or len({text[thing.start : thing.end].lower() for thing in run}) < 2:
        return ()
    return tuple(run)


def _later_joint(between: str) -> re.Match[str] | None:
    """A conjunction after more of the first thing ("Chỉ thị 28 năm 2018 và Chỉ thị 05")."""
    found = [m for m in _JOINT.finditer(between) if m.group().strip(" ,")]
    return found[0] if len(found) == 1 and len(between.split()) <= 12 else None


_CONJUNCTION = re.compile(r"\b(?:và|với|hay|hoặc|and|or|with|va|voi)\b", re.IGNORECASE)
_SPANNING = re.compile(r"(?:giữa|từ|between|from)\b", re.IGNORECASE)


def _only_pair(text: str, things: tuple[_Thing, ...]) -> bool:
    """The two stand at the end or the beginning, as what is asked of, and not between other names."""
    first = text[: things[0].start]
    tail = text[things[-1].end :]
    if not _CONJUNCTION.search(text[things[0].end : things[1].start + 8]) or _SPANNING.match(
        text[things[0].start :]
    ):
        return False
    return (
        re.search(r"(?:giữa|between|nằm|từ|from|sáp nhập|hợp nhất|và)\s*$", first, re.IGNORECASE) is None
        and re.search(r"sáp nhập|hợp nhất|cùng|phối hợp|merge", tail, re.IGNORECASE) is None
    )


def _of_two(question: str) -> tuple[str, ...]:
    """ "X với Y bên nào nhiều đảng viên hơn?": how many X has, and how many Y."""
    found = _WHICH_OF_TWO.match(question)
    if found is None:
        return ()
    asked = found["asked"].strip() or "có"
    return tuple(
        _tidy(f"{found['frame']}{found[side]} {asked} bao nhiêu{found['noun']}?") for side in ("one", "other")
    )


def _terms(text: str, typed: str) -> tuple[_Thing, ...]:
    """The two sides of a comparison of other things: what stands before and after its conjunction."""
    clean = text.rstrip(" ?.!")
    joints = [
        m for m in _JOINT.finditer(clean) if m.group().strip(" ,") and m.start() > 0 and m.end() < len(clean)
    ]
    if (
        len(joints) != 1
        or len(clean.split()) > 16
        or not re.search(
            r"so sánh|phân biệt|khác|đối chiếu|giống|compare|contrast|differ|versus|\bvs\b|so sanh|phan biet|khac",
            typed,
            re.IGNORECASE,
        )
    ):
        return ()
    joint = joints[0]
    return _Thing(0, joint.start()), _Thing(joint.end(), len(clean))


def _questions(text: str, things: tuple[_Thing, ...]) -> tuple[str, ...]:
    """The frame around the things, with each in turn."""
    first, last = things[0], things[-1]
    heads = [match.end() for match in _BELONGING.finditer(text[: first.start])]
    start = first.start
    second = text[things[1].start : things[1].end]
    own = _own_noun(text[: first.start], second, text[first.start : first.end])
    # With a noun of its own the later side brings as much as stands before the first.
    start = (
        first.start - len(own)
        if own
        else heads[-1]
        if heads and _bare_head(text[heads[-1] : first.start])
        else first.start
    )
    if _YEAR.fullmatch(text[first.start : first.end]):
        start = first.end - 4 if _BARE_YEAR.fullmatch(second) else first.start  # "in 2001 and 2010"
    # In Vietnamese "a" may be the name of a commune; only English has articles.
    head = _ARTICLE.sub("", text[:start]) if speaks_english(text) else text[:start]
    tail = text[last.end :]
    # What follows the last belongs to all, unless one has a period of its own.
    apart = _APART.match(second) is not None and re.match(r"\s*[a-zà-ỹ]", tail) is not None
    questions = []
    for index, thing in enumerate(things):
        begin = start if index == 0 else thing.start
        end = _own_end(text, things, index)
        side = text[begin:end].strip(" ,")
        dated = re.search(r"\d", text[thing.end : end]) and re.search(r"\d", tail)
        questions.append(_tidy(f"{head}{side}{'' if (dated or apart) and index < len(things) - 1 else tail}"))
    return tuple(questions)


_ARTICLE = re.compile(r"(?:^|(?<=\s))(?:an?|the) $", re.IGNORECASE)
#: The later side is a phrase of its own, which what follows belongs to ("and in the X bloc").
_APART = re.compile(r"(?:in|of|at|for) the ", re.IGNORECASE)


def _bare_head(between: str) -> bool:
    """Words between a preposition and the first thing that are a part of its name ("Đảng bộ tỉnh")."""
    return len(between.split()) <= 8


def _own_noun(before: str, second: str, first: str) -> str:
    """The words before the first thing that the second repeats ("Chỉ thị" of "Chỉ thị 05")."""
    syllables = second.split()
    for length in range(len(syllables) - 1, 0, -1):
        noun = " ".join(syllables[:length]) + " "
        if before.lower().endswith(noun.lower()) and not first.lower().startswith(noun.lower().strip()):
            return before[len(before) - len(noun) :]
    return ""


def _own_end(text: str, things: tuple[_Thing, ...], index: int) -> int:
    """Where a thing with what is said of it alone ends: at the conjunction before the next."""
    thing = things[index]
    if index == len(things) - 1:
        return thing.end
    between = text[thing.end : things[index + 1].start]
    joint = [m for m in _JOINT.finditer(between) if m.group().strip()]
    return thing.end + (joint[-1].start() if joint else 0)


def _tidy(question: str) -> str:
    text = " ".join(question.split())
    return re.sub(r"\s+([,;?.!])", r"\1", text)
