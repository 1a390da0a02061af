"""A run as one HTML page that needs nothing beside it: no network, no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from assistant.evaluate import curves, plots
from assistant.evaluate.conditions import flat
from assistant.evaluate.runs import Run
from assistant.evaluate.scores import ALL, Estimate, risked
from assistant.evaluate.stages import Stage
from assistant.evaluate.wording import ReportWording

if TYPE_CHECKING:
    from jinja2 import Template

    from assistant.evaluate.llm_judge import Judgements

_CARDS = ("Score", "FactRecall", "R@10", "CitationRecall", "AbstentionF1", "AURC", "SecondsP95")
_BY_CATEGORY = (
    "Score", "FactRecall", "Success@1", "R@10", "RR@10", "CitationRecall", "CitationPrecision", "SecondsP50",
)  # fmt: skip
_SHOWN_HITS = 5


def render_page(run: Run, words: ReportWording, judgements: Sequence[Judgements] = ()) -> str:
    """The page of a run in one language.

    Args:
        judgements: opinions of language models, told in a part of their own.
    """
    known = run.overall.estimates
    counted = Counter(score.stage for score in run.lost if score.stage is not None)
    return _template().render(
        run=run,
        words=words,
        labels=words.labels,
        cards=[_row(name, known[name], words) for name in _CARDS if name in known],
        plots=_plots(run, words),
        stages=[{"name": stage.value, "count": counted[stage]} for stage in Stage if counted[stage]],
        shown_hits=_SHOWN_HITS,
        measures=[_row(name, known[name], words) for name in ALL if name in known],
        category_measures=[name for name in _BY_CATEGORY if name in known],
        categories=[*run.categories.items(), (words.labels["overall"], run.overall)],
        units={name: measure.unit for name, measure in ALL.items()},
        opinions=[_opinion(run, entry, words) for entry in judgements],
        conditions=list(flat(run.conditions)),
    )


def interval_of(estimate: Estimate, unit: str, words: ReportWording) -> str:
    """The interval of an estimate as text; a dash without one."""
    if estimate.interval is None:
        return "–"
    low, high = (words.figure(bound, unit) for bound in estimate.interval)
    return f"{low} – {high}"


def _row(name: str, estimate: Estimate, words: ReportWording) -> dict[str, str]:
    measure = ALL[name]
    return {
        "name": name,
        "label": words.measure(name),
        "value": words.figure(estimate.value, measure.unit) + words.units[measure.unit],
        "interval": interval_of(estimate, measure.unit, words),
        "cases": str(estimate.cases),
        "definition": words.definition(name, measure.definition),
    }


def _opinion(run: Run, judgements: Judgements, words: ReportWording) -> dict[str, Any]:
    from assistant.evaluate.llm_judge import agreement

    agreed = agreement(run, judgements)
    scores = {score.id: score for score in run.scores}
    given = {entry.case_id: entry for entry in judgements.given}
    return {
        "judgements": judgements,
        "mean": words.figure(judgements.mean),
        "same": f"{agreed.same}/{agreed.judged}",
        "kappa": words.figure(agreed.kappa),
        "disputed": [(scores[id], given[id]) for id in agreed.disputed],
    }


def _plots(run: Run, words: ReportWording) -> list[dict[str, str]]:
    labels = words.labels
    rows = []
    for name, summary in run.categories.items():
        estimate = summary.estimates.get("Score")
        if estimate is not None:
            rows.append(plots.Bar(name, estimate.value, estimate.interval, f"({estimate.cases})"))
    points = curves.risk_coverage(risked(run.scores))
    seconds = [score.seconds for score in run.scores if score.seconds is not None]
    marks = [
        (f"p{share * 100:.0f}", value)
        for share in (0.5, 0.95)
        if (value := curves.quantile(seconds, share)) is not None
    ]
    drawn = {
        "score_by_category": plots.bars(rows, labels["score_by_category"], words) if rows else "",
        "risk_coverage": plots.curve(
            points, labels["risk_coverage"], labels["coverage"], labels["risk"], words
        )
        if points
        else "",
        "latency": plots.cumulative(
            seconds, marks, labels["latency"], labels["seconds"], labels["share_done"], words
        )
        if seconds
        else "",
    }
    return [
        {"title": labels[name], "svg": svg, "note": labels[f"{name}_note"]}
        for name, svg in drawn.items()
        if svg
    ]


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    source = files("assistant.evaluate").joinpath("report.html.jinja").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source)
