"""A language model's opinion of the answers of a run, beside the exact measures and never in them.

It grades each answer against the expected facts (LLM-as-a-judge; Zheng et al., 2023), the reason before the
grade as in G-Eval (Liu et al., 2023), at temperature 0. No measure, bound or comparison of runs reads what it
says: it is kept in a file of its own, and how often it agrees with the exact score is told with it. An
abstention and a failed case are not judged: what they are is known.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.errors import BadFacts
from assistant.evaluate.kept import append_line, whole_lines
from assistant.evaluate.runs import Run
from assistant.evaluate.scores import CaseScore
from assistant.llm.errors import Failing
from assistant.llm.gathering import gather
from assistant.llm.prompt import as_data, fence_key
from assistant.llm.types import LanguageModel, Message
from assistant.llm.visible import visible
from assistant.wording import Language
from index.durable import write_text_durably
from prompts import render, version

#: Layout of the file; another number cannot be read.
FORMAT: Final = 1
#: Highest grade.
BEST: Final = 2
_FILES: Final = "judge-*.jsonl"
_MAX_TOKENS: Final = 512
_LONGEST: Final = 4_000
_GRADE: Final = re.compile(r"""["']?grade["']?\s*[:=]\s*["']?([0-2])(?![\d.,]*\d)""", re.IGNORECASE)
_REASON: Final = re.compile(r""""reason"\s*:\s*"((?:[^"\\]|\\.)*)\"""", re.IGNORECASE)
#: What the next answer would meet as well: going on would only fail again.
_LASTING: Final = {Failing.UNREACHABLE, Failing.UNAUTHORISED, Failing.QUOTA}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model thinks of one answer.

    Attributes:
        grade: 0 to ``BEST``; ``None`` where it failed, or its reply could not be read.
        reason: its own; where there is no grade, what went wrong.
    """

    case_id: str
    grade: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Judgements:
    """What one model thinks of the answers of a run.

    Attributes:
        prompt: version of the request.
        given: in the order of the run.
        unasked: cases that failed or were abstained from, so that there is nothing to judge.
    """

    model: str
    prompt: str
    given: tuple[Judgement, ...]
    unasked: int

    @property
    def grades(self) -> Counter[int]:
        """Grade → number of answers."""
        return Counter(entry.grade for entry in self.given if entry.grade is not None)

    @property
    def judged(self) -> int:
        return self.grades.total()

    @property
    def failed(self) -> int:
        return len(self.given) - self.judged

    @property
    def mean(self) -> float | None:
        """Mean grade as a share of the best; ``None`` where nothing was judged."""
        if not self.judged:
            return None
        return math.fsum(grade * count for grade, count in self.grades.items()) / (BEST * self.judged)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the judge and the exact score say the same: that an answer is right altogether, or is not.

    Attributes:
        judged: answers with a grade and a score.
        same: of them, where both say the same.
        kappa: Cohen's; ``None`` where one of the two says the same of every answer.
        disputed: ids of the others.
    """

    judged: int
    same: int
    kappa: float | None
    disputed: tuple[str, ...]


def judge(
    run: Run,
    model: LanguageModel,
    folder: Path,
    language: Language,
    *,
    seconds: float,
    advance: Callable[[], None] = lambda: None,
) -> Judgements:
    """Have ``model`` judge the answers of ``run``; each judgement is kept before the next is asked for.

    What an earlier sitting judged with the same model and request is not asked again.

    Args:
        folder: of the run.
        language: of the request.
        seconds: for one judgement.
        advance: called after each.

    Raises:
        ModelFailed: the model is away, refuses the key, or is out of quota. What was judged is kept.
        BadFacts: ``folder`` has judgements that cannot be read.
    """
    prompt = version("judge", language)
    # Some servers call a model by the whole path of its file.
    named = re.sub(r"[^0-9A-Za-z._]+", "-", model.name)[-80:].strip("-")
    path = folder / f"judge-{named}-{prompt}.jsonl"
    asked = [score for score in run.scores if is_judged(score)]
    known: dict[str, Judgement] = {}
    if path.exists():
        known = {entry.case_id: entry for entry in _read(path)[1] if entry.grade is not None}
    else:
        head = {"format": FORMAT, "model": model.name, "prompt": prompt}
        write_text_durably(path, json.dumps(head, ensure_ascii=False) + "\n")
    for score in asked:
        if score.id not in known:
            judgement = _judged(score, model, language, seconds)
            append_line(path, {"id": score.id, "grade": judgement.grade, "reason": judgement.reason})
            known[score.id] = judgement
        advance()
    return Judgements(
        model.name, prompt, tuple(known[score.id] for score in asked), len(run.scores) - len(asked)
    )


def is_judged(score: CaseScore) -> bool:
    """Whether there is an answer to judge, and an expected one to judge it by."""
    return bool(score.answer) and not score.error and not score.abstained and not score.case.retrieval_only


def read_judgements(run: Run, folder: Path) -> tuple[Judgements, ...]:
    """All that is kept in the folder of a run, by model.

    Raises:
        BadFacts: a file of them cannot be read.
    """
    asked = [score.id for score in run.scores if is_judged(score)]
    found = []
    for path in sorted(folder.glob(_FILES)):
        head, entries = _read(path)
        known = {entry.case_id: entry for entry in entries}
        given = tuple(known[id] for id in asked if id in known)
        found.append(Judgements(head["model"], head["prompt"], given, len(run.scores) - len(asked)))
    return tuple(found)


def agreement(run: Run, judgements: Judgements) -> Agreement:
    """How far a judge agrees with the exact score.

    Cohen's kappa (1960) is the agreement beyond what two independent judges with these shares of right
    answers would reach by chance.
    """
    scores = {score.id: score.value("Score") for score in run.scores}
    pairs = [
        (entry.case_id, entry.grade == BEST, value >= 1.0)
        for entry in judgements.given
        if entry.grade is not None and (value := scores.get(entry.case_id)) is not None
    ]
    same = sum(judge == exact for _, judge, exact in pairs)
    kappa = None
    if pairs:
        by_judge = sum(judge for _, judge, _ in pairs) / len(pairs)
        by_score = sum(exact for _, _, exact in pairs) / len(pairs)
        chance = by_judge * by_score + (1 - by_judge) * (1 - by_score)
        if 0 < by_judge < 1 and 0 < by_score < 1:
            kappa = (same / len(pairs) - chance) / (1 - chance)
    disputed = tuple(id for id, judge, exact in pairs if judge != exact)
    return Agreement(len(pairs), same, kappa, disputed)


def to_json(run: Run, judgements: Judgements) -> dict[str, Any]:
    """Judgements and their agreement as plain values."""
    agreed = agreement(run, judgements)
    return {
        "model": judgements.model,
        "prompt": judgements.prompt,
        "judged": judgements.judged,
        "failed": judgements.failed,
        "unasked": judgements.unasked,
        "mean": judgements.mean,
        "grades": {str(grade): judgements.grades[grade] for grade in range(BEST + 1)},
        "agreement": {
            "judged": agreed.judged,
            "same": agreed.same,
            "kappa": agreed.kappa,
            "disputed": list(agreed.disputed),
        },
        "cases": [
            {"id": entry.case_id, "grade": entry.grade, "reason": entry.reason} for entry in judgements.given
        ],
    }


def _judged(score: CaseScore, model: LanguageModel, language: Language, seconds: float) -> Judgement:
    got = gather(
        model,
        [Message("user", _request(score, language))],
        max_tokens=min(_MAX_TOKENS, model.max_tokens),
        seconds=seconds,
        longest=_LONGEST,
    )
    if got.failure is not None:
        if got.failure.failing in _LASTING:
            raise got.failure
        return Judgement(score.id, None, str(got.failure))
    return _opinion(score.id, visible(got.text).strip())


def _request(score: CaseScore, language: Language) -> str:
    case = score.case
    history = [as_data(asked) for asked in case.history]
    facts = [as_data(" / ".join(accepted)) for accepted in case.facts]
    forbidden = [as_data(wrong) for wrong in case.forbidden]
    question, answer = as_data(case.question), as_data(score.answer)
    key = fence_key("\0".join([*history, question, *facts, *forbidden, answer]))
    return render(
        "judge",
        language,
        key=key,
        history=history,
        question=question,
        answerable=case.answerable,
        facts=facts,
        forbidden=forbidden,
        answer=answer,
    )


def _opinion(case_id: str, reply: str) -> Judgement:
    """The grade that a reply gives; the last, for some models quote the form before they fill it in."""
    grades = _GRADE.findall(reply)
    reasons = _REASON.findall(reply)
    if not grades:
        return Judgement(case_id, None, f"No grade in the reply: {reply[:300]}")
    try:
        reason = str(json.loads(f'"{reasons[-1]}"')) if reasons else reply
    except ValueError:
        reason = reasons[-1]
    return Judgement(case_id, int(grades[-1]), " ".join(reason.split())[:1_000])


def _read(path: Path) -> tuple[dict[str, Any], Sequence[Judgement]]:
    try:
        head, *entries = map(json.loads, whole_lines(path))
        if head["format"] != FORMAT:
            raise BadFacts(f"{path}: judgements of format {head['format']}; this program reads {FORMAT}.")
        head["model"], head["prompt"]
        return head, [Judgement(entry["id"], entry["grade"], entry["reason"]) for entry in entries]
    except (ValueError, KeyError, TypeError) as error:
        raise BadFacts(f"{path}: cannot be read ({error}). Delete it to judge anew.") from None
