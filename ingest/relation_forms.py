"""The words in which documents replace, end and amend each other, as patterns. See ``ingest.relations``."""

from __future__ import annotations

import re
from typing import Final

KIND: Final = (
    r"(?:quy định|quyết định|hướng dẫn|chỉ thị|nghị quyết|kết luận|quy chế|thông tri|thông báo|kế hoạch|"
    r"chương trình|đề án|điều lệ|bộ luật|luật|pháp lệnh|nghị định|thông tư(?: liên tịch)?|văn bản|công văn)"
)
#: "Quy định này", the document speaking of itself.
SELF: Final = re.compile(rf"\b({KIND})(?:\s+[^\W\d_]+){{0,3}}?\s+này\b", re.IGNORECASE)
#: What may stand before a sentence: the sign of an article, a clause, a list item.
MARK: Final = re.compile(
    r"^(?:\W*(?:điều\s+\d+[a-z]?\s*[.:]|(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-zđ])\s*[.)\-–/](?=\s)))?[\s\-–+•*“\"]*",
    re.IGNORECASE,
)
#: Words before the deed that leave it one: from when on, and the body that speaks.
LEAD: Final = re.compile(
    r"^(?:(?:kể\s+)?từ ngày\b[^,]{2,90},|nay|đồng thời)?\s*"
    r"(?:(?:ban bí thư|bộ chính trị|ban chấp hành trung ương|ban (?:chấp hành|thường vụ)[\w ]{0,50}?)\s+)?"
    r"(?:(?:thống nhất|quyết định|đồng ý)\s+)*$",
    re.IGNORECASE,
)
ACTIVE: Final = re.compile(
    r"\b(?:(?P<replaces>thay thế|thay(?= (?:cho )?(?:các )?"
    + KIND
    + r"))|(?P<amends>sửa đổi\s*(?:,|và)?\s*bổ sung"
    r"|sửa đổi|bổ sung)|(?P<ends>bãi bỏ|h[ủu][yỷ] bỏ|chấm dứt hiệu lực|kết thúc hiệu lực))\b",
    re.IGNORECASE,
)
#: The document that is ended stands before these.
PASSIVE: Final = re.compile(
    r"\b(?:(?P<done>đã|chưa|không)\s+)?"
    r"(?:(?P<ends>(?:hết|không còn|mất|chấm dứt) hiệu lực|(?:(?:bị|được|đều)\s+)?"
    r"(?:bãi bỏ|h[ủu][yỷ] bỏ))|(?P<replaces>(?:bị|được) thay thế))\b",
    re.IGNORECASE,
)
#: Between the document and its deed: what is left to others, only possible or denied.
TASK: Final = re.compile(
    r"\b(?:rà soát|nghiên cứu|đề xuất|tham mưu|xây dựng|trình|đề nghị|kiến nghị|chủ động|tiến hành|"
    r"(?<!làm )(?<!công )việc|chưa|không|dự thảo|căn cứ|yêu cầu|trách nhiệm|nếu|trường hợp|khi cần|"
    r"kịp thời|giao)\b",
    re.IGNORECASE,
)
LINK: Final = re.compile(
    r"(?:và|đồng thời|sẽ|để|nhằm|được ban hành(?: để| nhằm)?|ban hành(?: để)?|)", re.IGNORECASE
)
IN_FORCE: Final = re.compile(r"hiệu lực|áp dụng|phổ biến", re.IGNORECASE)
#: Between the deed and a number: the number is not what is replaced, but what that was to follow.
OTHER_OBJECT: Final = re.compile(
    r"\b(?:trái|(?<!kèm )theo|căn cứ|thực hiện|triển khai|phù hợp|so với|nhằm|để|thi hành|"
    r"tiếp tục|trừ|bằng(?! (?:cụm )?từ))\b",
    re.IGNORECASE,
)
PART: Final = re.compile(
    r"\b(?:điều|khoản|điểm|mục|chương|phần|phụ lục|biểu|mẫu|tiết|đoạn)\s+(?:số\s+)?(?:\d|[ivx]+\b|[a-zđ]\b|"
    r"thứ)|\b(?:một số|một phần|cụm từ|nội dung)\b",
    re.IGNORECASE,
)
#: Between two numbers that are named side by side.
BESIDE: Final = re.compile(
    rf"(?:[,;]|\bvà\b|\bcùng với\b|^)\s*(?:(?:các|của|toàn bộ)\s+)*(?:{KIND}\s*)?(?::\s*)?(?:số\s*:?\s*)?$",
    re.IGNORECASE,
)
OBJECT: Final = re.compile(rf"^(?:các |toàn bộ )*(?:{PART.pattern}|{KIND}\b)", re.IGNORECASE)
TITLE_START: Final = re.compile(rf"^\W*(?:{KIND}\b[^,;]{{0,60}}?)?(?:về việc|về|v/v)?\s*$", re.IGNORECASE)
ISSUER: Final = re.compile(
    r"\bcủa\s+(?:liên bộ\s+)?([^\W\d_][^,;.:()]{3,70}?)"
    r"(?=\s+(?:về|v/v|ban hành|hướng dẫn|quy định|sửa đổi|khóa|khoá|và|hết|bị|được)\b|\s*[,;.:()]|$)",
    re.IGNORECASE,
)
YEAR_AFTER: Final = re.compile(r"^[\s,(]*năm\s+((?:19|20)\d\d)\b")
YEAR_WITHIN: Final = re.compile(r"/((?:19|20)\d\d)\b")
WORTH_READING: Final = re.compile(
    r"thay thế|thay |hiệu lực|bãi bỏ|h[ủu][yỷ] bỏ|sửa đổi|bổ sung", re.IGNORECASE
)

NAMED_SO: Final = re.compile(rf"{KIND}\b", re.IGNORECASE)
