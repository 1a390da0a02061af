"""Follow-up questions made to stand alone by a language model, each checked against the reading by rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant import followup
from assistant.llm.errors import Failing, ModelFailed
from assistant.llm.gathering import gather
from assistant.llm.prompt import as_data, fence_key
from assistant.llm.same_question import Doubt, Doubtful, doubt
from assistant.llm.types import LanguageModel, Message, Usage
from assistant.llm.visible import visible
from assistant.phrases import words
from assistant.stopping import Stop
from assistant.turn import is_small_talk, parted
from assistant.types import ReadingStep
from assistant.understanding import Readings
from prompts import render, version

#: Seconds after which the reading by rule stands.
LONGEST_WAIT = 3.0
#: Earlier questions that are shown to the model.
_SHOWN = 6
_MAX_TOKENS = 256
_LONGEST = 1_500
_LABEL = re.compile(
    r"^(?:câu hỏi(?: (?:mới|đầy đủ|độc lập|viết lại|hoàn chỉnh))*|viết lại"
    r"|(?:standalone |rewritten |new |whole )*question"
    r"|rewritten)\s*:\s*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"""^["'“”«‘’*_]+|["'“”»‘’*_]+$""")


class Rewriter(StrEnum):
    """Whose wording of the question is used."""

    RULE = "rule"
    MODEL = "model"


class WhyRule(StrEnum):
    """Why the reading by rule stands. The last five are what spoke against the model's question."""

    STANDS_ALONE = "stands_alone"
    FAILED = "failed"
    TOO_SLOW = "too_slow"
    SAME = "same"
    SHAPE = Doubtful.SHAPE.value
    LANGUAGE = Doubtful.LANGUAGE.value
    INVENTED = Doubtful.INVENTED.value
    LOST = Doubtful.LOST.value
    CHANGED = Doubtful.CHANGED.value


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A question that stands alone, as far as that could be had.

    Attributes:
        text: the question that is used.
        why_rule: why it is the one by rule; ``None`` where it is the model's.
        words: what was invented, lost or changed by the model.
        proposed: the model's question, "" where there is none.
        failure: why there is none.
        usage: tokens of the request, ``None`` where none was made.
        seconds: that the model was waited for.
    """

    text: str
    why_rule: WhyRule | None
    words: str = ""
    proposed: str = ""
    failure: ModelFailed | None = None
    usage: Usage | None = None
    seconds: float = 0.0

    @property
    def by(self) -> Rewriter:
        return Rewriter.MODEL if self.why_rule is None else Rewriter.RULE


def rewrite(
    model: LanguageModel,
    question: str,
    history: Sequence[str],
    readings: Readings,
    *,
    seconds: float = LONGEST_WAIT,
    stop: Stop | None = None,
) -> Rewritten:
    """Have ``model`` complete a follow-up; what it proposes is used only if it checks.

    No model is asked about a question that stands alone. A failure raises nothing: the reading by
    rule stands.

    Args:
        question, history: as ``assistant.understanding.understand`` was given them.
        readings: what it gave: the reading by rule.
        seconds: after which the reading by rule stands.
        stop: told when nobody waits for the answer any more.

    Raises:
        AnswerStopped: ``stop`` was told so.
    """
    ruled = readings.whole
    if not needs_rewriting(question, history, readings):
        return Rewritten(ruled.text, WhyRule.STANDS_ALONE)
    got = gather(
        model,
        [Message("user", _request(question, history, ruled.language))],
        max_tokens=min(_MAX_TOKENS, model.max_tokens),
        seconds=seconds,
        longest=_LONGEST,
        stop=stop,
    )
    proposed = _bare(got.text)
    spent = {"usage": got.usage, "seconds": got.seconds}
    if got.failure is not None:
        late = got.failure.failing is Failing.TOO_SLOW
        why = WhyRule.TOO_SLOW if late else WhyRule.FAILED
        return Rewritten(ruled.text, why, failure=got.failure, **spent)  # type: ignore[arg-type]
    if got.cut:
        return Rewritten(ruled.text, WhyRule.SHAPE, proposed=proposed, **spent)  # type: ignore[arg-type]
    if words(proposed) == words(ruled.text):
        return Rewritten(ruled.text, WhyRule.SAME, proposed=proposed, **spent)  # type: ignore[arg-type]
    against: Doubt | None = doubt(proposed, question, history, ruled, completed=_is_completed(readings))
    if against is not None:
        why = WhyRule(against.kind.value)
        return Rewritten(ruled.text, why, against.words, proposed, **spent)  # type: ignore[arg-type]
    return Rewritten(proposed, None, proposed=proposed, **spent)  # type: ignore[arg-type]


def needs_rewriting(question: str, history: Sequence[str], readings: Readings) -> bool:
    """Whether the question takes something from an earlier one, or would have to."""
    topics = [entry for entry in history if not is_small_talk(parted(entry))]
    if not topics:
        return False
    return _is_completed(readings) or followup.is_followup(question, topics[-1])


def prompt_version(language: str) -> str:
    """Changes with the request for a rewriting."""
    return version("standalone", language)


def _is_completed(readings: Readings) -> bool:
    return any(step.step is ReadingStep.FOLLOWUP for step in readings.understood)


def _request(question: str, history: Sequence[str], language: str) -> str:
    earlier = [as_data(entry) for entry in history[-_SHOWN:]]
    asked = as_data(question)
    key = fence_key("\0".join([*earlier, asked]))
    return render("standalone", language, key=key, earlier=earlier, question=asked)


def _bare(text: str) -> str:
    """The question itself, less the label and the quotation marks that models like to add."""
    text = _LABEL.sub("", visible(text).strip())
    return _LABEL.sub("", _QUOTED.sub("", text)).strip()
