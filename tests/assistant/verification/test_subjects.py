"""What a passage says of one thing is not said of another."""

from __future__ import annotations

import hashlib

import pytest

from assistant.types import DifferenceKind
from assistant.verification.types import Checked, Evidence
from assistant.verification.verifier import Verifier
from ingest.types import Document, Passage

TEXT = """\
Kinh phí được trích từ khoản tiết kiệm chi và chuyển về trung tâm trước khai giảng. \
Hồ sơ học viên phải lưu tại tủ có khóa trong năm năm kể từ khi bế giảng. \
Ban Tổ chức soạn thảo quy chế lớp học.
"""


def check(text: str) -> Checked:
    sha = hashlib.sha256(TEXT.encode()).hexdigest()
    document = Document(id="k.txt", sha256=sha, title="Sổ tay", text=TEXT, names=("k",))
    evidence = {1: Evidence(1, document, Passage("k#1", document.id, 1, 0, len(TEXT), TEXT))}
    return Verifier(lambda _, texts: [None] * len(texts)).check(f"{text} [1]", evidence)


@pytest.mark.parametrize(
    "said",
    [
        "Kinh phí phải lưu tại tủ có khóa trong năm năm.",
        "Hồ sơ học viên được trích từ khoản tiết kiệm chi và chuyển về trung tâm.",
    ],
)
def test_what_is_said_of_another_thing_is_withheld(said: str) -> None:
    assert DifferenceKind.NAME in {difference.kind for difference in check(said).differences}


@pytest.mark.parametrize(
    "said",
    [
        "Hồ sơ học viên phải lưu tại tủ có khóa trong năm năm.",
        "Kinh phí được trích từ khoản tiết kiệm chi.",
    ],
)
def test_what_is_said_of_the_thing_itself_stands(said: str) -> None:
    assert DifferenceKind.NAME not in {difference.kind for difference in check(said).differences}
