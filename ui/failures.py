"""Errors of the library in the reader's language; what an administrator needs is kept behind it."""

from __future__ import annotations

from assistant.errors import (
    AssistantError,
    EmbeddingFailed,
    LibraryBusy,
    LibraryError,
    ModelMismatch,
    ModelMissing,
    ServerBusy,
    UnknownConversation,
    UnknownDocument,
    UnreadableAnswer,
)

#: The more special ones first.
_IN_VIETNAMESE: tuple[tuple[type[AssistantError], str], ...] = (
    (LibraryBusy, "Thư viện đang được một chương trình khác ghi. Chờ xong rồi thử lại."),
    (
        ModelMismatch,
        "Thư viện được lập bằng một mô hình nhúng khác với mô hình đang đặt. Báo người quản trị.",
    ),
    (ModelMissing, "Không mở được mô hình nhúng. Báo người quản trị."),
    (EmbeddingFailed, "Mô hình nhúng trả lời sai. Thử lại; nếu vẫn lỗi, báo người quản trị."),
    (UnknownDocument, "Văn bản này không còn trong thư viện."),
    (UnknownConversation, "Hội thoại này không còn: đã bị xóa ở nơi khác."),
    (UnreadableAnswer, "Câu trả lời đã lưu không đọc lại được. Hãy hỏi lại câu hỏi."),
    (ServerBusy, "Đang có quá nhiều câu hỏi chờ trả lời. Thử lại sau ít giây."),
    (LibraryError, "Không dùng được thư viện. Báo người quản trị."),
)


def told(error: AssistantError, language: str) -> str:
    """The error for a reader of ``"vi"`` or ``"en"``: one line.

    In Vietnamese the sentence of its kind stands before its own words, which name the file or setting; an
    error without such a sentence is one that speaks for itself.
    """
    said = str(error)
    if language == "en":
        return said
    lead = next((text for kind, text in _IN_VIETNAMESE if isinstance(error, kind)), "")
    return f"{lead} ({said})" if lead else said
