"""Follow-up questions become standalone ones, by rule.

A question that stands alone is left alone. One that only names something new ("Còn Điện Biên thì
sao?", "Thế năm sau?", "khoản 2?") puts it where the earlier question had the same sort of thing.
One that points back ("ở đó", "văn bản này", "họ") has what it points at put in. One that asks
something more ("vì sao?", "trong đó bao nhiêu là nữ?") takes the earlier question's topic along.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import ellipsis, pointing
from assistant.statement import as_question
from assistant.turn import is_small_talk, parted

#: How many turns back a topic is looked for.
_LONGEST_CHAIN = 8
#: Characters at which a chain of follow-ups has lost its topic in its own words.
_LONGEST = 1_000
#: Tried in order; the first that applies completes the question.
_RULES = (
    ellipsis.more_of_the_same,
    ellipsis.another_name,
    ellipsis.same_question_of_another,
    ellipsis.bare_question,
    pointing.pointed_out,
    ellipsis.same_frame,
    ellipsis.about_the_topic,
)


def is_followup(question: str, earlier: str = "") -> bool:
    """True when the question cannot be understood without an earlier one.

    Args:
        question: NFC, with or without diacritics, in Vietnamese or English.
        earlier: the question before it; without one, what could refer to it counts as doing so.
    """
    turn = parted(question)
    if is_small_talk(turn):
        return False
    return pointing.points_back(turn) or ellipsis.is_incomplete(turn, earlier)


def standalone(question: str, history: Sequence[str]) -> str:
    """The question with what it takes from the earlier ones.

    Args:
        question: NFC, with diacritics (without, it is understood less surely).
        history: earlier questions of the conversation, oldest first, likewise.

    Returns:
        ``question`` itself when it stands alone.
    """
    topic = ""
    for earlier in history[-_LONGEST_CHAIN:]:
        if not is_small_talk(parted(earlier)):
            topic = _completed(earlier, topic)
    return _completed(question, topic)


def _completed(question: str, topic: str) -> str:
    if not topic or not is_followup(question, topic):
        return question
    turn = parted(question, topic)
    completed = next((found for rule in _RULES if (found := rule(turn, topic)) is not None), question)
    return as_question(completed) if len(completed) <= _LONGEST else question
