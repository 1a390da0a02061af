"""Ask every question of a facts file and measure the answers.

Overall figures are means over cases, so a question with many facts weighs no more than one
with a single fact. A case that failed or is missing counts 0 wherever its kind of question
is measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.evaluate import measures
from assistant.evaluate.facts import Case
from assistant.types import Answer, AnswerStatus

#: Ranks at which document hits are measured.
KS = (1, 3, 8)

Ask = Callable[[str, Sequence[str]], Answer]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking one question: an answer, or an error.

    Attributes:
        error: kind and message of the exception, empty where there is an answer.
        seconds: wall time of asking.
    """

    case_id: str
    answer: Answer | None
    error: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class CaseScore:
    """The measures of one case; ``None`` where one does not apply.

    Attributes:
        score: for an answerable case its fact recall, or 0 if it holds a forbidden string; for
            another 1 if the assistant abstained and nothing forbidden stands in it, else 0.
        facts_found: of ``facts_expected``, in the first 120 words.
        hits: for each of ``KS``, whether an expected document is that near the top.
        citations_right: of ``citations``; see ``measures.citations_right``.
    """

    id: str
    category: str
    answerable: bool
    score: float
    fact_recall: float | None
    facts_found: int
    facts_expected: int
    forbidden: tuple[str, ...]
    hits: tuple[bool, ...] | None
    cited_recall: float | None
    citations_right: int
    citations: int
    abstained: bool
    words: int
    seconds: float
    error: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The measures of a group of cases.

    Attributes:
        fact_recall: mean over answerable cases.
        hit_at: for each of ``KS``, the share of answerable cases.
        citation_precision: right citations of all citations of the group.
        abstention_precision: of the cases abstained from, the share that is not answerable.
        abstention_recall: of the cases that are not answerable, the share abstained from.
        words: mean length of an answer that says something, in words.
        seconds: mean time of a case.
    """

    cases: int
    failed: int
    score: float
    fact_recall: float | None
    facts_found: int
    facts_expected: int
    hit_at: tuple[float | None, ...]
    cited_recall: float | None
    citation_precision: float | None
    abstention_precision: float | None
    abstention_recall: float | None
    words: float | None
    seconds: float


def ask_all(cases: Iterable[Case], ask: Ask) -> Iterator[Outcome]:
    """Ask each case in turn. Whatever an answer raises becomes the outcome's error."""
    for case in cases:
        started = time.perf_counter()
        try:
            answer = ask(case.question, case.history)
        except Exception as error:
            seconds = time.perf_counter() - started
            yield Outcome(case.id, None, f"{type(error).__name__}: {error}", seconds)
        else:
            yield Outcome(case.id, answer, seconds=time.perf_counter() - started)


def score_case(case: Case, outcome: Outcome | None, find: measures.Find) -> CaseScore:
    """Measure one outcome; ``None`` stands for a case that was never asked.

    Args:
        find: document of an id, or ``None`` where the library has none.
    """
    answer = outcome.answer if outcome else None
    error = outcome.error if outcome else "missing"
    seconds = outcome.seconds if outcome else 0.0
    if answer is None:
        answer = Answer(case.question, case.question, AnswerStatus.GROUNDED)
        abstained = False
    else:
        abstained = answer.status is AnswerStatus.NOT_FOUND
    text = measures.answer_text(answer)
    forbidden = measures.forbidden_found(answer, case.forbidden)
    recall = measures.fact_recall(answer, case.facts)
    right, citations = measures.citations_right(answer, find)
    earned = recall if recall is not None else float(abstained)
    return CaseScore(
        id=case.id,
        category=case.category,
        answerable=case.answerable,
        score=0.0 if forbidden else earned,
        fact_recall=None if recall is None else (0.0 if forbidden else recall),
        facts_found=0 if forbidden else measures.facts_found(measures.first_words(text), case.facts),
        facts_expected=len(case.facts),
        forbidden=forbidden,
        hits=(
            tuple(measures.document_hit(answer.hits, case.documents, k) for k in KS)
            if case.answerable
            else None
        ),
        cited_recall=measures.cited_recall(answer, case.documents, find),
        citations_right=right,
        citations=citations,
        abstained=abstained,
        words=len(text.split()),
        seconds=seconds,
        error=error,
    )


def score_all(
    cases: Iterable[Case], outcomes: Mapping[str, Outcome], find: measures.Find
) -> tuple[CaseScore, ...]:
    """Measure every case, in the order of the facts file; one without an outcome scores 0."""
    return tuple(score_case(case, outcomes.get(case.id), find) for case in cases)


def summarise(scores: Sequence[CaseScore]) -> Summary:
    """The measures of a group.

    Raises:
        ValueError: the group is empty, so that nothing can be said about it.
    """
    if not scores:
        raise ValueError("no case to summarise")
    answerable = [score for score in scores if score.answerable]
    others = [score for score in scores if not score.answerable]
    abstained = [score for score in scores if score.abstained]
    rightly = sum(not score.answerable for score in abstained)
    return Summary(
        cases=len(scores),
        failed=sum(bool(score.error) for score in scores),
        score=sum(score.score for score in scores) / len(scores),
        fact_recall=measures.mean(score.fact_recall for score in answerable),
        facts_found=sum(score.facts_found for score in scores),
        facts_expected=sum(score.facts_expected for score in scores),
        hit_at=tuple(
            measures.mean(float(score.hits[i]) for score in answerable if score.hits) for i in range(len(KS))
        ),
        cited_recall=measures.mean(score.cited_recall for score in answerable),
        citation_precision=measures.ratio(
            sum(score.citations_right for score in scores), sum(score.citations for score in scores)
        ),
        abstention_precision=measures.ratio(rightly, len(abstained)),
        abstention_recall=measures.ratio(rightly, len(others)),
        words=measures.mean(float(score.words) for score in scores if score.words),
        seconds=sum(score.seconds for score in scores) / len(scores),
    )


def by_category(scores: Iterable[CaseScore]) -> dict[str, Summary]:
    """Category → measures, in the order in which categories first appear."""
    groups: dict[str, list[CaseScore]] = {}
    for score in scores:
        groups.setdefault(score.category, []).append(score)
    return {category: summarise(group) for category, group in groups.items()}
