"""What side of a topic a statement tells of, which is also the order in which it is taught.

The general comes before the particular: what a thing is, why, what is required, how it is done, then what
was reached, what stood in the way and what is to be done. Told by cue words of headings and sentences.
"""

from __future__ import annotations

import re
from enum import IntEnum

from assistant.quantities import figures
from assistant.study.sayings import Saying
from ingest.types import Kind


class Aspect(IntEnum):
    """In teaching order."""

    CONCEPT = 1
    PURPOSE = 2
    CONDITION = 3
    PROCEDURE = 4
    RESULT = 5
    DIFFICULTY = 6
    MEASURE = 7


#: What sets rules; in it, what has to be done is a rule and no plan.
_RULES = frozenset(
    {
        Kind.DIRECTIVE, Kind.REGULATION, Kind.RULES, Kind.DECISION, Kind.GUIDANCE, Kind.CHARTER, Kind.LAW,
        Kind.DECREE, Kind.CIRCULAR, Kind.CONCLUSION, Kind.RESOLUTION,
    }
)  # fmt: skip
_TELLS = frozenset({Kind.ARTICLE, Kind.REPORT, Kind.SPEECH})

_HEADINGS = {
    Aspect.CONCEPT: r"là gì|là ai|khái niệm|giải thích|phạm vi|đối tượng áp dụng|nói về|gốc của|quy định chung|ra đời|lịch sử|ngày nào",
    Aspect.PURPOSE: r"mục đích|ý nghĩa|yêu cầu|vì sao|vai trò|quan điểm|tầm quan trọng|sự cần thiết",
    Aspect.CONDITION: r"điều kiện|tiêu chuẩn|tuổi|trình độ|quyền|nhiệm vụ của|mấy nhiệm vụ|kỷ luật|khác .* ở đâu|nguyên tắc|muốn vào|được xét"
    r"|không được làm|hình thức|khi nào",
    Aspect.PROCEDURE: r"quy trình|thủ tục|hồ sơ|biểu quyết|lễ kết nạp|thời gian|cách tính|công nhận|xóa tên|tạo nguồn|làm thế nào|ai giới thiệu"
    r"|trách nhiệm|tổ chức thực hiện|bước|trình tự|con đường|khi xét|khi rà soát|cần làm gì|bao lâu|họp|thì sao",
    Aspect.RESULT: r"kết quả|số liệu|quy mô|cơ cấu|đội ngũ|việc đã làm|thành tích|nét mới",
    Aspect.DIFFICULTY: r"khó khăn|hạn chế|nguyên nhân|tồn tại|vướng mắc|yếu kém|từ điều kiện|từ người đứng đầu|về khâu",
    Aspect.MEASURE: r"giải pháp|chỉ tiêu|kinh nghiệm|hướng đi|phương hướng|kiến nghị|nhiệm vụ trọng tâm|biện pháp|bài học",
}  # fmt: skip
_TEXTS = {
    Aspect.CONCEPT: r"(?<!\w)(?:là (?:buổi|nền tảng|hạt nhân|đơn vị|tổ chức|cách gọi|việc|đảng viên được|người|văn bản|quá trình)|được hiểu là|nghĩa là|còn gọi"
    r"|gồm (?:có )?\d* ?(?:chương|điều|phần)|thay thế quy định|quy định về|thành lập ngày|tên gọi đầy đủ|áp dụng cho|do .{3,40} ban hành)",
    Aspect.PURPOSE: r"mục đích|ý nghĩa|tầm quan trọng|quan trọng|then chốt|thường xuyên của|quan điểm|bảo đảm tính kế thừa|nhằm (?:nâng|bảo|góp|xây)|trang bị"
    r"|coi trọng|phương châm|nhiệm vụ chính trị|công việc hằng ngày|góp phần",
    Aspect.CONDITION: r"(?<!\w)(?:từ đủ|tiêu chuẩn|điều kiện|phải (?:là|có|từ)|có quyền|không có quyền|không được|tuổi|trình độ|quyền|tán thành|ít nhất|tối thiểu"
    r"|bốn mức|trừ ba)",
    Aspect.PROCEDURE: r"(?<!\w)(?:biểu quyết|xem xét|xét (?:công nhận|từng)|đề nghị (?:cấp|xóa)|lập danh sách|hồ sơ|đơn tự nguyện|giới thiệu|chuyển|phân công đảng viên"
    r"|đọc lời thề|lễ kết nạp|tính từ ngày|trước ngày|sau khi|niêm phong|hằng tháng|mỗi quý|mỗi tháng|gửi|duyệt|ký)",
    Aspect.RESULT: r"(?<!\w)(?:đã (?:kết nạp|mở|xây dựng|giảm|tổ chức|chỉ đạo|góp)|kết nạp được|tăng từ|tăng|đạt|vượt|chiếm|hiện có|có [\d.]+|được nâng lên|kịp thời hơn"
    r"|số lượng và chất lượng|từng bước được|giảm được|ngắn đi|làm tốt|khá tốt|tính đến|tính từ)",
    Aspect.DIFFICULTY: r"(?<!\w)(?:khó khăn|hạn chế|nguyên nhân|còn (?:thấp|ít|nhiều|khiêm|yếu|mờ)|chưa|(?<!không thể )thiếu|ngại|lúng túng|bị động|cạn|không còn nguồn|hết nguồn"
    r"|phai nhạt|mặn mà|giảm sút|gây trở ngại|vướng|không đón|ít để tâm|ít dành|không tha thiết|không bố trí|không có điều kiện|đi làm ăn xa|xem nhẹ|sai nguyên tắc)",
    Aspect.MEASURE: r"(?<!\w)(?:cần|phải|tăng cường|đẩy mạnh|nâng cao|chú trọng|tập trung|tiếp tục|phát huy|phấn đấu|đổi mới|giải pháp|mục tiêu|kinh nghiệm|đưa kết quả"
    r"|rà soát|giao (?:chỉ tiêu|việc)|phối hợp|vận động|chỉ tiêu|đề nghị Trung ương|kiến nghị|mong có|phân công|gắn|coi việc|linh hoạt|là một (?:trong những )?tiêu chí|được dùng khi|làm căn cứ)",
}  # fmt: skip
_IN_HEADINGS = {
    aspect: re.compile(rf"(?<!\w)(?:{cues})", re.IGNORECASE) for aspect, cues in _HEADINGS.items()
}
_IN_TEXTS = {aspect: re.compile(cues, re.IGNORECASE) for aspect, cues in _TEXTS.items()}
_HEADING, _QUESTION, _KIND = 2.5, 3.0, 1.5
_MOST_CUES = 3
#: What a document of a place says without any cue is what was done there.
_UNTOLD = 0.5
#: What tells of trouble whatever else is said.
_TROUBLE = re.compile(
    r"khó khăn|hạn chế|nguyên nhân|hết nguồn|không còn nguồn|nguồn cạn|cạn ở|mỏng dần|vướng mắc|chưa quan tâm"
)


def aspect_of(saying: Saying) -> Aspect:
    """The side of its topic that a statement tells of."""
    scores = dict.fromkeys(Aspect, 0.0)
    text = saying.text
    document = saying.document
    for aspect in Aspect:
        scores[aspect] += min(_MOST_CUES, len(_IN_TEXTS[aspect].findall(text)))
        if saying.question and _IN_HEADINGS[aspect].search(saying.question):
            scores[aspect] += _QUESTION
        elif _IN_HEADINGS[aspect].search(saying.heading):
            scores[aspect] += _HEADING
    if document.kind in _RULES or (document.province is None and document.kind not in _TELLS):
        for aspect in (Aspect.CONCEPT, Aspect.CONDITION, Aspect.PROCEDURE):
            scores[aspect] += _KIND
        scores[Aspect.MEASURE] -= _KIND
    elif document.kind in _TELLS or document.province is not None:
        for aspect in (Aspect.CONDITION, Aspect.PROCEDURE, Aspect.CONCEPT):
            scores[aspect] -= _KIND + 1
        scores[Aspect.MEASURE] += _UNTOLD
        if _TROUBLE.search(text):
            scores[Aspect.DIFFICULTY] += _KIND
        if figures(text) and not re.search(r"phấn đấu|mục tiêu|chỉ tiêu", text):
            scores[Aspect.RESULT] += 1
    return max(Aspect, key=lambda aspect: (scores[aspect], -aspect))
