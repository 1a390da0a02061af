"""The words that files of a quiz add to its items, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.study.types import Difficulty, QuizKind


@dataclass(frozen=True, slots=True)
class Wording:
    """In one language; ``order_task`` tells what to do where a file makes a matching of an ordering."""

    true: str
    false: str
    option: str
    order_task: str
    columns: tuple[str, ...]
    key: str
    question: str
    paper: str
    cards: str
    quiz: str
    kinds: Mapping[QuizKind, str]
    difficulties: Mapping[Difficulty, str]


VIETNAMESE = Wording(
    true="Đúng",
    false="Sai",
    option="Phương án",
    order_task="Chọn số thứ tự của từng việc.",
    columns=("Câu", "Mã", "Loại", "Độ khó", "Câu hỏi", "Đáp án", "Giải thích", "Trích dẫn và nguồn"),
    key="Đáp án",
    question="Câu",
    paper="Mã đề",
    cards="Thẻ ghi nhớ",
    quiz="Câu hỏi",
    kinds={
        QuizKind.SINGLE: "Một lựa chọn",
        QuizKind.MULTIPLE: "Nhiều lựa chọn",
        QuizKind.TRUE_FALSE: "Đúng hay sai",
        QuizKind.FILL: "Điền số liệu",
        QuizKind.MATCH: "Ghép đôi",
        QuizKind.ORDER: "Sắp xếp",
        QuizKind.SHORT: "Trả lời ngắn",
    },
    difficulties={Difficulty.EASY: "Dễ", Difficulty.MEDIUM: "Vừa", Difficulty.HARD: "Khó"},
)

ENGLISH = Wording(
    true="True",
    false="False",
    option="Option",
    order_task="Choose the position of each step.",
    columns=("No.", "Id", "Kind", "Difficulty", "Question", "Key", "Explanation", "Quotes and sources"),
    key="Key",
    question="Question",
    paper="Paper",
    cards="Flashcards",
    quiz="Questions",
    kinds={
        QuizKind.SINGLE: "Single choice",
        QuizKind.MULTIPLE: "Multiple choice",
        QuizKind.TRUE_FALSE: "True or false",
        QuizKind.FILL: "Fill in the figure",
        QuizKind.MATCH: "Match",
        QuizKind.ORDER: "Order",
        QuizKind.SHORT: "Short answer",
    },
    difficulties={Difficulty.EASY: "Easy", Difficulty.MEDIUM: "Medium", Difficulty.HARD: "Hard"},
)


def wording(language: str) -> Wording:
    """Of "vi" or "en"."""
    return ENGLISH if language == "en" else VIETNAMESE
