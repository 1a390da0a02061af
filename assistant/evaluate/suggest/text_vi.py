"""Drafted questions in Vietnamese."""

from __future__ import annotations

from assistant.evaluate.suggest.types import Ground, Problem, Reason, State, SuggestionKind
from assistant.evaluate.suggest.wording import SuggestWording

WORDING = SuggestWording(
    title="Bộ câu hỏi ngày {day}",
    kinds={
        SuggestionKind.NUMBER: "số liệu, số hiệu",
        SuggestionKind.DATE: "ngày tháng",
        SuggestionKind.NAME: "tên người, cơ quan",
        SuggestionKind.LIST: "liệt kê",
        SuggestionKind.UNANSWERABLE: "tài liệu không trả lời",
    },
    states={
        State.PROPOSED: "chờ duyệt",
        State.ACCEPTED: "đã nhận",
        State.EDITED: "đã sửa, nhận",
        State.REJECTED: "đã loại",
    },
    grounds={
        Ground.QUOTED: "Đoạn trích nêu nguyên văn đáp án; không tài liệu nào nói khác.",
        Ground.NOWHERE: "“{name}” không xuất hiện ở đâu trong thư viện.",
        Ground.NOT_SAID: "Thư viện có nhắc “{name}” nhưng không đoạn nào nêu điều được hỏi.",
        Ground.BY_HAND: "Do người soạn viết.",
    },
    reasons={
        Reason.UNCLEAR: "câu hỏi dài, gượng hoặc thiếu ý khi đứng riêng",
        Reason.WEAK: "đáp án quá ngắn, dễ trùng ngẫu nhiên",
        Reason.UNPROVED: "đoạn trích không chứng minh đáp án",
        Reason.GIVEN_AWAY: "câu hỏi làm lộ đáp án",
        Reason.DISPUTED: "hai tài liệu nói khác nhau",
        Reason.REPEATED: "trùng với câu khác",
        Reason.MAYBE_SAID: "thư viện có thể vẫn trả lời được",
    },
    problems={
        Problem.NO_QUESTION: "Chưa có câu hỏi.",
        Problem.NO_FACTS: "Chưa có đáp án.",
        Problem.NO_SPAN: "Chưa chọn đoạn trích.",
        Problem.QUOTE_GONE: "Đoạn trích không còn ở chỗ đó trong {detail}.",
        Problem.NOT_IN_SPAN: "Đoạn trích không nêu “{detail}”.",
        Problem.GIVEN_AWAY: "Câu hỏi làm lộ đáp án “{detail}”.",
        Problem.DUPLICATE: "Trùng với câu {detail}.",
        Problem.MAYBE_SAID: "Có đoạn trong thư viện có thể trả lời câu này.",
    },
    said={
        "suggesting": "Đang soạn câu hỏi",
        "made": "{count} câu hỏi ({kinds}).",
        "fewer": "Chỉ soạn được {made} trên {wanted} câu.",
        "left_out": "Bỏ {count} câu: {why}. Ví dụ: {example}",
        "saved": "Bộ câu hỏi {id}: {title}. Duyệt trên trang (pba serve, phần “Bộ câu hỏi”).",
        "read_only": "Thư viện chỉ đọc: bộ câu hỏi không được lưu. Dùng -o TỆP để ghi ra tệp.",
        "written": "Đã ghi {count} câu hỏi vào {file}.",
        "none": "Chưa có bộ câu hỏi.",
        "deleted": "Đã xóa bộ câu hỏi {id}: {title}",
    },
)
