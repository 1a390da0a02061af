"""The result of an evaluation as a JSON object and as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.evaluate.measures import answer_text
from assistant.evaluate.run import KS, CaseScore, Outcome, Summary, by_category, summarise


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found.

    Attributes:
        corpus: what was asked, as named by the owner: a folder, or the library's.
    """

    facts: str
    corpus: str
    scores: tuple[CaseScore, ...]
    outcomes: Mapping[str, Outcome]

    @property
    def overall(self) -> Summary:
        return summarise(self.scores)

    @property
    def categories(self) -> dict[str, Summary]:
        return by_category(self.scores)


def to_json(report: Report, min_fact_recall: float | None = None) -> dict[str, Any]:
    """The report as plain values; ``held`` is ``None`` where no minimum was asked for."""
    return {
        "facts": report.facts,
        "corpus": report.corpus,
        "min_fact_recall": min_fact_recall,
        "held": None if min_fact_recall is None else holds(report.overall, min_fact_recall),
        "overall": _summary(report.overall),
        "categories": {name: _summary(summary) for name, summary in report.categories.items()},
        "cases": [_case(score, report.outcomes.get(score.id)) for score in report.scores],
    }


def holds(summary: Summary, min_fact_recall: float) -> bool:
    """Whether fact recall is at least the minimum; without an answerable case it is not."""
    return summary.fact_recall is not None and summary.fact_recall >= min_fact_recall


def summary_rows(report: Report) -> list[tuple[str, ...]]:
    """Category table: name and figures as text, the overall row last."""
    rows = [_row(name, summary) for name, summary in report.categories.items()]
    return [*rows, _row("", report.overall)]


def case_rows(report: Report) -> list[tuple[str, ...]]:
    """Case table: id, category, score, facts, first rank bound held, citations, words, seconds, note."""
    return [
        (
            score.id,
            score.category,
            f"{score.score:.2f}",
            f"{score.facts_found}/{score.facts_expected}" if score.answerable else "–",
            _best_rank(score.hits),
            f"{score.citations_right}/{score.citations}",
            str(score.words),
            f"{score.seconds:.2f}",
            _note(score),
        )
        for score in report.scores
    ]


def percent(value: float | None) -> str:
    """A share with three decimals, a dash where it does not apply."""
    return "–" if value is None else f"{value:.3f}"


def _summary(summary: Summary) -> dict[str, Any]:
    values = asdict(summary)
    values["hit_at"] = {str(k): value for k, value in zip(KS, summary.hit_at, strict=True)}
    return values


def _case(score: CaseScore, outcome: Outcome | None) -> dict[str, Any]:
    values = asdict(score)
    values["hits"] = None if score.hits is None else dict(zip(map(str, KS), score.hits, strict=True))
    answer = outcome.answer if outcome else None
    values["standalone"] = answer.standalone if answer else None
    values["status"] = str(answer.status) if answer else None
    values["answer"] = answer_text(answer) if answer else None
    return values


def _row(name: str, summary: Summary) -> tuple[str, ...]:
    return (
        name,
        str(summary.cases),
        percent(summary.score),
        percent(summary.fact_recall),
        *(percent(value) for value in summary.hit_at),
        percent(summary.citation_precision),
        percent(summary.abstention_precision),
        percent(summary.abstention_recall),
        "–" if summary.words is None else f"{summary.words:.0f}",
        f"{summary.seconds:.2f}",
    )


def _best_rank(hits: Sequence[bool] | None) -> str:
    if hits is None:
        return "–"
    return next((f"≤{k}" for k, hit in zip(KS, hits, strict=True) if hit), f">{KS[-1]}")


def _note(score: CaseScore) -> str:
    if score.error:
        return score.error
    if score.forbidden:
        return "forbidden: " + ", ".join(score.forbidden)
    return "not_found" if score.abstained else ""
