"""Words of a sentence that nothing it cites has, and that say more than how something is said.

A sentence may have nearly all its words from a passage and yet say what is nowhere in it: "Cán bộ thôn nhận hối lộ
để kết nạp đảng viên mới" of a passage about these officials and members. So each word must stand in what is
cited, unless every report says things with it ("tổng cộng", "tối thiểu", "được tổ chức"). Figures, dates and
denials, which are said in many forms, are not looked at here.

Of an English sentence only what was done is looked at ("was cancelled"): in English documents by its
stem, in Vietnamese ones by the words for what nobody says lightly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.concepts import FUNCTION
from assistant.lexicon import synonyms
from assistant.phrases import Phrases, words
from assistant.verification.language import is_careless, is_english
from ingest.numbers import fold

_WORD = re.compile(r"[^\W\d_]+")
#: Syllables, most of them of words of two, with which reports say things and which state nothing by themselves.
_PLAIN = FUNCTION | frozenset(
    """
    nếu nhưng hoặc mà xong vừa sang họp song tuy nhờ khiến bởi cùng đều vẫn chưa còn từng chẳng hạn họ nó nhau lẫn cả mọi toàn cũng chính ngay thêm nữa
    hai ba bốn năm sáu bảy tám chín mười mươi trăm nghìn ngàn triệu tỷ tỉ chục vạn phần nửa rưỡi lẻ đôi
    ngày tháng năm thời gian điểm lúc kỳ hồi đợt lần lượt thứ đầu cuối giữa trước sau tiên tiếp liên tục suốt mới cũ nay trải diễn kéo dài
    cao thấp lớn nhỏ nhiều ít hơn kém tổng cộng lượng mức tỷ tỉ lệ tối thiểu đa gần xấp xỉ đủ hết trên dưới quá vượt bằng tương đương
    chiếm đạt gồm bao chia thành trở lên xuống ra vào đi về tới lại nơi chỗ phía ngoài bên trong khắp từng mỗi
    là có làm mở đưa nêu ghi xem coi gọi giao nhận nộp đóng chi trả dùng lập đặt lấy cần muốn cho thấy biết rõ nói tạo giúp đỡ chọn
    tổ chức thực hiện tiến hành triển khai ban hành xây dựng đề xuất nghị kiến quy định soạn thảo chủ trì tham gia dự nhấn mạnh khẳng
    yêu cầu công tác nhiệm vụ mục tiêu chỉ tiêu kế hoạch nội dung kết quả luận hoạt động sinh quan tâm chuyên bảo đảm điều kiện sự việc
    người đảng viên nạp đơn vị cơ quan khối doanh nghiệp quy mô khóa khoá lớp học bảng giống khác như mắc vướng khó khăn hạn chế cách thức hình
    dựa căn cứ thông qua đối tượng nhóm loại trường hợp gia đáp ứng hoàn đề nghị nhìn chung cụ đặc biệt nhất đặt đẩy thúc phân bổ hưởng
    tăng giảm dần con rà soát trọng độ cấp
    đồng thời bên cạnh ngoại trừ duy cảm thu hút góp tương ứng văn bản tên tiêu đề mang quyền tự bản thân đó này kia
    """.split()
)
#: The same in whole phrases, of which one syllable alone would say something.
_PLAIN_PHRASES = frozenset(
    " ".join(words(phrase))
    for phrase in re.split(
        r"\s*[|\n]\s*",
        """
    nguyên nhân|lý do|mục đích|nhằm|phạm vi|diện tích|dân số|tốc độ|mức độ|khoản|số tiền|kinh phí|trách nhiệm|áp dụng|sử dụng|bắt đầu
    kết thúc|ra đời|thừa nhận|cho rằng|đánh giá|nổi bật|đáng chú ý|quan trọng|chủ yếu|phần lớn|đa số|hầu hết|hằng năm|hàng năm
    hằng tháng|hàng tháng|tuy nhiên|vì vậy|do đó|ngoài ra|ví dụ|ví như|được ví|theo đó|liên quan|thuộc về|chạy theo|nói chung|nói riêng""".strip(),
    )
)
_LONGEST_PHRASE = 4
_PLAIN_FOLDED = frozenset(map(fold, _PLAIN))

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


def _vietnamese(said: str, texts: list[str]) -> list[str]:
    plain = _PLAIN_FOLDED if is_careless(said) else _PLAIN
    folded = (lambda word: fold(word)) if is_careless(said) else (lambda word: word)
    there = {folded(word) for text in texts for word in words(text)}
    light = _light(said, texts)
    found: list[str] = []
    last = -1
    for match in _WORD.finditer(said):
        syllable = match.group()
        code = syllable.isupper() and len(syllable) > 1  # "HĐND", "28-CT/TW": names of their own kind
        known = code or syllable.lower() in plain or match.start() in light
        if known or any(folded(word) in there for word in words(syllable)):
            last = -1
        elif last >= 0 and not said[last : match.start()].strip():
            found[-1] += f" {syllable}"
            last = match.end()
        else:
            found.append(syllable)
            last = match.end()
    return found


def _light(said: str, texts: list[str]) -> set[int]:
    """Where syllables of ``said`` begin that stand in a plain phrase, or in another phrase for one that is cited
    (``assistant.lexicon``)."""
    found = list(_WORD.finditer(said))
    normal = ["".join(words(match.group())) for match in found]
    cited = [Phrases.of(text) for text in texts]
    light: set[int] = set()
    for first in range(len(found)):
        for last in range(first, min(first + _LONGEST_PHRASE, len(found))):
            phrase = " ".join(normal[first : last + 1])
            if phrase in _PLAIN_PHRASES or any(
                text.has(other) for other in synonyms(phrase) for text in cited
            ):
                light.update(match.start() for match in found[first : last + 1])
    return light


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
