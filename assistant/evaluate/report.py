"""A run as the JSON object that ``pba evaluate --json`` prints, and as rows of tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.evaluate.names import Gate
from assistant.evaluate.runs import Run, case_to_json, summary_to_json
from assistant.evaluate.scores import CaseScore, Summary

#: Ranks at which the terminal's tables tell whether a document was found.
KS = (1, 3, 8)


def to_json(run: Run, gates: Mapping[Gate, bool]) -> dict[str, Any]:
    """The run as plain values; ``held`` is ``None`` where no bound was asked for."""
    least = [gate.bound for gate in gates if gate.measure == "FactRecall" and gate.least]
    return {
        "facts": run.facts,
        "corpus": run.corpus,
        "system": run.system,
        "min_fact_recall": max(least, default=None),
        "gates": {str(gate): held for gate, held in gates.items()},
        "held": all(gates.values()) if gates else None,
        "overall": _summary(run.overall),
        "categories": {name: _summary(summary) for name, summary in run.categories.items()},
        "cases": [case_to_json(score) for score in run.scores],
    }


def summary_rows(run: Run) -> list[tuple[str, ...]]:
    """Category table: name and figures as text, the overall row last."""
    rows = [_row(name, summary) for name, summary in run.categories.items()]
    return [*rows, _row("", run.overall)]


def case_rows(run: Run, stages: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Case table: id, category, score, facts, best rank, citation precision, words, seconds, note.

    Args:
        stages: how each stage is called.
    """
    return [
        (
            score.id,
            score.case.category,
            figure(score.value("Score"), 2),
            f"{sum(fact.lost is None for fact in score.facts)}/{len(score.facts)}" if score.facts else "–",
            _best_rank(score),
            figure(score.value("CitationPrecision"), 2),
            str(len(score.answer.split())),
            figure(score.seconds, 2),
            _note(score, stages),
        )
        for score in run.scores
    ]


def figure(value: float | None, decimals: int = 3) -> str:
    """A value as text, a dash where there is none."""
    return "–" if value is None else f"{value:.{decimals}f}"


def _summary(summary: Summary) -> dict[str, Any]:
    """The figures that tables show by short names, and every measure with its interval."""
    return {
        "cases": summary.cases,
        "failed": summary.failed,
        "score": summary.value("Score"),
        "fact_recall": summary.value("FactRecall"),
        "hit_at": {str(k): summary.value(f"Success@{k}") for k in KS},
        "cited_recall": summary.value("CitedDocuments"),
        "citation_recall": summary.value("CitationRecall"),
        "citation_precision": summary.value("CitationPrecision"),
        "quote_exactness": summary.value("QuoteExactness"),
        "abstention_precision": summary.value("AbstentionPrecision"),
        "abstention_recall": summary.value("AbstentionRecall"),
        "words": summary.value("Words"),
        "seconds": summary.value("SecondsP50"),
        "measures": summary_to_json(summary)["measures"],
    }


def _row(name: str, summary: Summary) -> tuple[str, ...]:
    return (
        name,
        str(summary.cases),
        figure(summary.value("Score")),
        figure(summary.value("FactRecall")),
        *(figure(summary.value(f"Success@{k}")) for k in KS),
        figure(summary.value("CitationRecall")),
        figure(summary.value("CitationPrecision")),
        figure(summary.value("AbstentionPrecision")),
        figure(summary.value("AbstentionRecall")),
        figure(summary.value("Words"), 0),
        figure(summary.value("SecondsP50"), 2),
    )


def _best_rank(score: CaseScore) -> str:
    held = {k: score.value(f"Success@{k}") for k in KS}
    if all(value is None for value in held.values()):
        return "–"
    return next((f"≤{k}" for k, value in held.items() if value), f">{KS[-1]}")


def _note(score: CaseScore, stages: Mapping[str, str]) -> str:
    parts = [stages[score.stage]] if score.stage is not None else []
    if score.error:
        parts.append(score.error)
    elif score.forbidden:
        parts.append(", ".join(score.forbidden))
    return ": ".join(parts)
