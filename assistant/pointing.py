"""Words that point back ("ở đó", "văn bản này", "họ", "that"): finding them, and putting in what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.ellipsis import less_named, topic_of, with_frame
from assistant.periods import periods
from assistant.phrases import UPPER
from assistant.slots import Slot, Sort, document_named, of_sort, period_of, slots
from assistant.statement import inside
from assistant.turn import Turn, content, is_relational, speaks_english
from assistant.unmarked import Pattern

_BACK = r"(?:này|đó|ấy|kia|nói trên|nêu trên|trên)"
_DOCUMENT = r"(?:văn bản|chỉ thị|nghị quyết|quy định|quy chế|hướng dẫn|kế hoạch|kết luận|quyết định|tài liệu|nghị định|thông tư|đề án|báo cáo)"
_WHERE = Pattern(
    rf"(?<!\w)(?:(?P<at>ở|tại|của|từ) )?(?:nơi|chỗ|tỉnh|thành phố|huyện|xã|phường|địa phương|vùng|địa bàn|quận|thị xã) {_BACK}(?!\w)"
    r"|(?<!\w)(?P<at2>ở|tại) (?:đó|đấy|đây|kia)(?!\w)"
)
_WHEN = Pattern(
    r"(?<!\w)(?:(?:trong |vào |cùng )?(?:khi|lúc|năm|thời điểm|thời gian|giai đoạn|nhiệm kỳ|thời kỳ|tháng|ngày|quý|khóa) (?:này|đó|ấy|đấy|trên)|hồi đó|hồi ấy|cùng năm|thời đó)(?!\w)"
)
_PAPER = Pattern(rf"(?<!\w){_DOCUMENT} {_BACK}(?!\w)")
_MATTER = Pattern(
    rf"(?<!\w)(?:(?:việc|vấn đề|chuyện|điều|nội dung) {_BACK}|như (?:vậy|thế)(?! nào)|(?<=nói )(?:vậy|thế)(?=\s*[?.!]*\s*$))(?!\w)"
)
_PERSON = Pattern(
    rf"(?<!\w)(?:đồng chí|ông|bà|anh|chị|vị|người) {_BACK}(?!\w)|(?<!\w)(?:ông ta|bà ta|anh ta|chị ta)(?!\w)"
)
_PEOPLE = Pattern(
    r"(?<!\w)(?<!dòng )(?<!tên )(?:họ(?! (?:và tên|tên|hàng|tộc|của))|những người (?:này|đó|ấy))(?!\w)"
)
_IT = Pattern(r"(?<!\w)nó(?!\w)")
#: A body that was named: "chi bộ này", "đơn vị đó".
_BODY = Pattern(
    rf"(?<!\w)(?:chi bộ|đảng bộ|đảng ủy|đơn vị|cơ quan|khối|trường|công ty|phân hiệu|chi cục|bệnh viện) {_BACK}(?!\w)"
)
_OTHER = Pattern(
    rf"(?<!\w)(?:trong (?:số )?(?:đó|này|ấy)|số (?:này|đó|ấy)|mức (?:này|đó|ấy)|(?:đề nghị|kiến nghị|chủ trương|kết quả|con số|tỷ lệ|tỉ lệ|yêu cầu|nhiệm vụ|chỉ tiêu|mục tiêu|hình thức"
    rf"|phương châm|lớp|hội nghị|đại hội|đơn vị|cơ quan|tổ chức|chi bộ|đảng bộ|trường hợp|mô hình|phong trào|giải pháp|điều kiện|chức danh|quyền|hoạt động|công tác|danh hiệu) {_BACK})(?!\w)"
)
_UNMARKED_UNSURE = re.compile(r"(?:ho|no|nhu the|nhu vay)$", re.IGNORECASE)
_ENGLISH = re.compile(
    r"\b(?:it(?! (?:is|was|true|possible|necessary|required|takes?|called when|mean (?:for|when|to)|common|determined how)\b)|its|they|them|their|he|she|him|her|his|of which|of whom"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )(?<!if )there(?! (?:is|are|was|were|any)\b)"
    r"|(?:that|this|these|those)(?=\s*[?.!,]|\s*$)"
    r"|(?:that|this|these|those|the same|the said) (?:place|province|city|district|area|document|directive|resolution|regulation|guidance|decision|plan|year|period|time|person|people"
    r"|members?|comrade|policy|rule|figure|number|rate|matter|proposal|class|classes|provision|article))\b",
    re.IGNORECASE,
)
_ENGLISH_WHERE = re.compile(
    r"\b(?:(?:in|at) )?(?:there|(?:that|this|the same) (?:place|province|city|district|area))\b(?! (?:is|are|was|were)\b)",
    re.I,
)
_ENGLISH_WHEN = re.compile(r"\b(?:in |at |during )?(?:that|this|the same) (?:year|period|time)\b", re.I)
_ENGLISH_PAPER = re.compile(
    r"\b(?:(?:that|this|the said) (?:document|directive|resolution|regulation|guidance|decision|plan)|(?<!does )(?<!is )it(?!s)|it)\b",
    re.I,
)
_ENGLISH_MATTER = re.compile(r"\b(?:that|this)(?=\s*[?.!,]|\s*$)", re.I)
_ASKS_AMOUNT = Pattern(r"(?<!\w)(?:bao nhiêu|mấy)(?!\w)")
#: A name in the question itself, which its "they" may mean.
_NAMED = re.compile(rf"(?<=[\w,] )[{UPPER}][^\W\d_]")
_FEW = 4  # syllables of content before "họ" that may be what it means
_NAME = re.compile(
    r"(?:(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị) )(?:[^\W\d_a-zà-ỹ][^\W\d_]*)(?: [^\W\d_a-zà-ỹ][^\W\d_]*){1,4}"
)
_WHO_IS = Pattern(r"^(?:ai (?:là|giữ chức|làm) (?P<role>[^?]+?)|(?P<role2>[^?]+?) là ai)\s*[?.!]*$")
_GROUP = Pattern(
    r"(?<!\w)(?:những người|người|đảng viên|đoàn viên|hội viên|học viên|quần chúng|cán bộ|công chức|cấp ủy viên|bí thư|đối tượng)"
    r"(?: (?:dự bị|chính thức|nữ|nam|trẻ|mới|cao tuổi|hưu trí|vào đảng|giới thiệu|được giới thiệu|ưu tú|miễn sinh hoạt(?: đảng)?|vi phạm(?: kỷ luật)?|bị kỷ luật))*(?!\w)"
)


def points_back(turn: Turn) -> bool:
    """A word of the question points at something that the question itself does not name before it."""
    text = turn.rest
    if turn.english:
        return any(
            len(content(text[: m.start()], english=True)) < _FEW - 1
            for m in _ENGLISH.finditer(text)
            if not _NAMED.search(text[: m.start()])
        )
    for pattern, named in (
        (_WHERE, (Sort.PLACE, Sort.UNIT)),
        (_WHEN, (Sort.PERIOD,)),
        (_PAPER, (Sort.DOCUMENT,)),
    ):
        for match in pattern.finditer(text):
            before = slots(text[: match.start()])
            if not any(slot.sort in named for slot in before) and not _named_before(text, match):
                return True
    for pattern in (_MATTER, _PERSON, _OTHER):
        for match in pattern.finditer(text):
            said = len(content(text[: match.start()]))
            if pattern is _OTHER and match.group().lower().startswith(("trong", "số", "so")) and said >= _FEW:
                continue
            if said and _ASKS_AMOUNT.search(text[: match.start()]):
                continue
            if pattern is _MATTER and said >= _FEW and match.group()[0] in "nN" and match.group()[1] in "hH":
                continue  # "such", of what the question itself says
            if not _named_before(text, match):
                return True
    return any(
        len(content(text[: match.start()])) < _FEW
        for pattern in (_PEOPLE, _IT)
        for match in pattern.finditer(text)
        if not _NAMED.search(text[: match.start()])
        and not (_UNMARKED_UNSURE.match(match.group()) and match.start() > 0)
    )


def _named_before(text: str, match: re.Match[str]) -> bool:
    """The noun that is pointed with ("người đó") stands earlier in the question ("Người giới thiệu …")."""
    syllables = re.sub(r"^(?:ở|tại|của|từ|trong|vào) ", "", match.group().lower()).split()
    if len(syllables) < 2:
        return False
    noun = " ".join(syllables[:-1])
    return (
        re.search(rf"(?<!\w){re.escape(noun)}(?!\w)(?! (?:nào|gì)\b)", text[: match.start()].lower())
        is not None
    )


def pointed_out(turn: Turn, topic: str) -> str | None:
    """The question with what its words point at put in; ``None`` where they point at the topic as a whole."""
    if not points_back(turn):
        return None
    topic_english = speaks_english(topic)
    if turn.english:
        return _pointed_out_in_english(turn, topic, topic_english)
    text = turn.rest
    # Too little is left to ask by itself: the topic has to be said whole.
    hollow = (
        not content(text)
        and not _PAPER.search(text)
        and not _MATTER.search(text)
        and not _WHO_IS.match(topic)
    )
    changed = False
    for pattern, meaning in (
        (_WHERE, _place), (_WHEN, _period), (_PAPER, _document), (_IT, _document),
        (_BODY, _body), (_PERSON, _person), (_PEOPLE, _group), (_MATTER, _matter),
    ):  # fmt: skip
        if hollow and pattern not in (_PAPER, _MATTER):
            continue
        match = pattern.search(text)
        said = meaning(less_named(topic, turn) if pattern is _MATTER else topic, match) if match else None
        if match and said:
            said = said if match.start() == 0 else inside(said)
            text = f"{text[: match.start()]}{said}{text[match.end() :]}"
            changed = True
    if not changed or _OTHER.search(text):
        return None
    return _framed(text, topic)


def _framed(text: str, topic: str) -> str:
    """Figures are of a place and a period: those of the topic, where the question names none."""
    asks_figure = re.search(
        r"bao nhiêu|mấy|bao nhieu|how many|what percentage|tỷ lệ|tỉ lệ", text, re.IGNORECASE
    )
    return with_frame(text, topic) if asks_figure else text


def _place(topic: str, match: re.Match[str]) -> str | None:
    found = of_sort(topic, Sort.UNIT, Sort.PLACE, english=speaks_english(topic))
    if not found:
        return None
    before = match["at"] or match["at2"]
    return f"{before} {inside(found[0].text)}" if before else found[0].text


def _body(topic: str, match: re.Match[str]) -> str | None:
    """The body of the topic, where it is of the kind pointed at ("chi bộ này") or that kind is open."""
    noun = match.group().rsplit(" ", 1)[0].lower()
    found = of_sort(topic, Sort.UNIT, english=speaks_english(topic))
    named = [slot.text for slot in found if slot.text.lower().startswith(noun)]
    return named[0] if named else found[0].text if found and noun in _ANY_BODY else None


_ANY_BODY = frozenset({"đơn vị", "cơ quan", "don vi", "co quan"})


def _period(topic: str, match: re.Match[str]) -> str | None:
    found = period_of(topic, english=speaks_english(topic))
    return found.text if found else None


def _document(topic: str, match: re.Match[str]) -> str | None:
    named = document_named(topic)
    if named:
        return named
    about = topic_of(topic)
    return about if re.match(rf"{_DOCUMENT}(?!\w)", about, re.IGNORECASE) else None


def _person(topic: str, match: re.Match[str]) -> str | None:
    name = _NAME.search(topic)
    if name:
        return name.group()
    who = _WHO_IS.match(topic)
    if who:
        return str(who["role"] or who["role2"])
    return None


def _group(topic: str, match: re.Match[str]) -> str | None:
    found = _GROUP.search(topic)
    if found:
        return found.group()
    units = of_sort(topic, Sort.UNIT, english=speaks_english(topic))
    return units[0].text if units else None


def _matter(topic: str, match: re.Match[str]) -> str | None:
    about = topic_of(topic)
    if not about:
        return None
    if match.group().lower().startswith(("như", "nhu")):
        return about
    if match.group().lower() in {"vậy", "thế", "vay", "the"} or is_relational(about.split(",")[0]):
        return about
    return f"việc {inside(about)}"


def _pointed_out_in_english(turn: Turn, topic: str, topic_english: bool) -> str | None:
    text = turn.rest
    changed = False
    rules: tuple[tuple[re.Pattern[str], Callable[[str], str | None]], ...] = (
        (_ENGLISH_WHERE, lambda topic: _in(of_sort(topic, Sort.UNIT, Sort.PLACE, english=topic_english))),
        (_ENGLISH_WHEN, lambda topic: next((p.text for p in periods(topic, english=topic_english)), None)),
        (_ENGLISH_PAPER, document_named),
    )
    for pattern, meaning in rules:
        match = pattern.search(text)
        said = meaning(topic) if match else None
        if match and said:
            text = f"{text[: match.start()]}{inside(said)}{text[match.end() :]}"
            changed = True
    matter = _ENGLISH_MATTER.search(text)
    if matter and not changed:
        counted = re.match(r"how many|how much|which", topic, re.IGNORECASE)
        return f"{text[: matter.end()]} about {'the ' if counted else ''}{inside(topic_of(topic))}{text[matter.end() :]}"
    return _framed(text, topic) if changed else None


def _in(found: tuple[Slot, ...]) -> str | None:
    return f"in {found[0].text}" if found else None
