"""Errors of the library in the reader's language."""

from __future__ import annotations

import pytest

from assistant.errors import (
    AssistantError,
    BadQuestion,
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
from ui.failures import told

KINDS = (
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


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_is_told_in_vietnamese_and_the_administrator_what_it_is(kind: type[AssistantError]) -> None:
    said = told(kind("The folder /x is locked."), "vi")
    assert any(letter in said for letter in "ưđạảộ")
    assert said.endswith("(The folder /x is locked.)")
    assert told(kind("The folder /x is locked."), "en") == "The folder /x is locked."


def test_the_more_special_error_has_its_own_sentence() -> None:
    leads = {told(kind("."), "vi") for kind in KINDS}
    assert len(leads) == len(KINDS)


def test_an_error_without_a_sentence_speaks_for_itself() -> None:
    assert told(BadQuestion("Câu hỏi trống."), "vi") == "Câu hỏi trống."
