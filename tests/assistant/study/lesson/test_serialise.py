"""Drafts as JSON: exactly what they were, or a clear refusal."""

from __future__ import annotations

import json

import pytest

from assistant.errors import UnreadableDraft
from assistant.study.serialise import draft_from_text, draft_to_json, draft_to_text
from assistant.study.types import Draft, Wish


def test_a_draft_comes_back_exactly(whole: Draft) -> None:
    assert whole.quiz
    assert draft_from_text(draft_to_text(whole)) == whole
    assert json.loads(draft_to_text(whole)) == draft_to_json(whole)


def test_equal_drafts_give_equal_texts(whole: Draft) -> None:
    again = draft_from_text(draft_to_text(whole))
    assert draft_to_text(again) == draft_to_text(whole)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "no JSON"),
        ("[]", "object"),
        ('{"form": 1}', "object"),
        ('{"form": 2, "draft": {}}', "form 2"),
        ('{"form": 1, "draft": {}}', "wish"),
        ('{"form": 1, "draft": {"wish": {"topic": 5}, "title": "t"}}', "topic"),
        (
            '{"form": 1, "draft": {"wish": {"topic": "t"}, "title": "t", "lessons": [{"id": "l1"}]}}',
            "lessons",
        ),
        ('{"form": 1, "draft": {"wish": {"topic": "t", "audience": "ai"}, "title": "t"}}', "audience"),
    ],
)
def test_what_is_no_draft_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(UnreadableDraft, match=said):
        draft_from_text(text)


def test_what_a_draft_lacks_is_what_the_type_says() -> None:
    assert draft_from_text('{"form": 1, "draft": {"wish": {"topic": "t"}, "title": "T"}}') == Draft(
        Wish("t"), "T"
    )
