"""What the page says of narrowing a question and of what can be asked next, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.narrowing import Field


@dataclass(frozen=True, slots=True)
class NarrowingWording:
    """The wording of one language. ``{name}`` marks what is filled in.

    Attributes:
        fields: what can be narrowed → its name.
    """

    open: str
    close: str
    title: str
    hint: str
    drop: str
    clear: str
    fields: Mapping[Field, str]
    find: str
    found_none: str
    bad_period: str
    not_kept: str
    within: str
    next: str
    as_typed: str


_VI = NarrowingWording(
    open="Lọc tài liệu",
    close="Đóng",
    title="Chỉ trả lời từ các tài liệu",
    hint="Không chọn gì ở một mục nghĩa là không giới hạn mục đó.",
    drop="Bỏ lọc {part}",
    clear="Bỏ hết",
    fields={
        Field.PLACE: "Địa phương",
        Field.KIND: "Loại",
        Field.ISSUER: "Cơ quan ban hành",
        Field.NUMBER: "Số",
        Field.DOCUMENT: "Tài liệu",
        Field.FROM: "Từ ngày",
        Field.TO: "Đến ngày",
    },
    find="Tìm tài liệu theo tên, số, nơi ban hành",
    found_none="Không có tài liệu nào chứa các từ này.",
    bad_period="Ngày bắt đầu phải trước ngày kết thúc.",
    not_kept="Bộ lọc dùng được nhưng không lưu được cùng hội thoại: {reason}",
    within="Hỏi lại chỉ trong:",
    next="Hỏi tiếp:",
    as_typed="Hỏi đúng như đã gõ",
)
_EN = NarrowingWording(
    open="Filter documents",
    close="Close",
    title="Answer only from documents of",
    hint="Nothing chosen under a heading means no limit there.",
    drop="Remove filter {part}",
    clear="Remove all",
    fields={
        Field.PLACE: "Place",
        Field.KIND: "Kind",
        Field.ISSUER: "Issuer",
        Field.NUMBER: "Number",
        Field.DOCUMENT: "Document",
        Field.FROM: "From",
        Field.TO: "To",
    },
    find="Find documents by title, number, issuer",
    found_none="No document has all of these words.",
    bad_period="The period must begin before it ends.",
    not_kept="The filters work but could not be kept with the conversation: {reason}",
    within="Ask again only within:",
    next="Ask next:",
    as_typed="Ask exactly as typed",
)


def narrowing_wording(language: str) -> NarrowingWording:
    """The wording of ``"vi"`` or ``"en"``."""
    return _EN if language == "en" else _VI
