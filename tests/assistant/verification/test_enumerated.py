"""Figures that count what a passage lists."""

from __future__ import annotations

import hashlib

import pytest

from assistant.types import Verdict
from assistant.verification.enumerated import list_lengths
from assistant.verification.types import Evidence
from assistant.verification.verifier import Verifier
from ingest.types import Document, Passage

LISTS = "Yêu cầu với lớp học:\na) Đúng đối tượng;\nb) Đủ nội dung;\nc) Tránh hình thức.\nLớp học hai ngày."


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        (LISTS, {3}),
        ("1. Một.\n2. Hai.\n3. Ba.\n4. Bốn.", {4}),
        ("Một là mở lớp. Hai là cấp kinh phí.", {2}),
        ("- Xã\n- Phường\n- Thị trấn", {3}),
        ("(1) Vì sao? (2) Ở đâu? (3) Ai?", {3}),
        ("Lớp học hai ngày.", set()),
    ],
)
def test_the_items_of_lists_are_counted(text: str, lengths: set[int]) -> None:
    assert list_lengths(text) == lengths


@pytest.mark.parametrize(
    ("said", "supported"),
    [
        ("Lớp học có ba yêu cầu: đúng đối tượng, đủ nội dung và tránh hình thức. [1]", True),
        ("Lớp học có bốn yêu cầu: đúng đối tượng, đủ nội dung và tránh hình thức. [1]", False),
        ("Đúng đối tượng và đủ nội dung là hai yêu cầu với lớp học. [1]", True),
        ("Đúng đối tượng và đủ nội dung là bốn yêu cầu với lớp học. [1]", False),
        ("Lớp học ba ngày, đúng đối tượng, đủ nội dung và tránh hình thức. [1]", False),
    ],
)
def test_a_count_of_what_is_listed_may_be_said(said: str, supported: bool) -> None:
    document = Document("d", hashlib.sha256(LISTS.encode()).hexdigest(), "Kế hoạch", LISTS, names=("d",))
    evidence = {1: Evidence(1, document, Passage("d#1", "d", 1, 0, len(LISTS), LISTS))}
    checked = Verifier(lambda _, texts: [None] * len(texts)).check(said, evidence)
    assert (checked.verdict is Verdict.SUPPORTED) is supported
