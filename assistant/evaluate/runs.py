"""A run: what was asked of which system under which conditions, and what came of it; kept in a folder.

``run.json`` has the conditions, ``cases.jsonl`` a line for each case, ``scores.json`` the measures, and
``report.html`` all of it for people. The first two are enough to read a run again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from assistant.errors import BadFacts
from assistant.evaluate.facts import Case
from assistant.evaluate.response import Place
from assistant.evaluate.scores import CaseScore, Estimate, FactScore, Summary, by_category, summarise
from assistant.evaluate.stages import Stage
from index.durable import write_text_durably

CONDITIONS: Final = "run.json"
CASES: Final = "cases.jsonl"
SCORES: Final = "scores.json"
REPORT: Final = "report.html"
#: Layout of the folder; another number cannot be read.
FORMAT: Final = 1


@dataclass(frozen=True)
class Run:
    """One run.

    Attributes:
        facts: the facts file; ``corpus``: what was asked, as named by the owner: a folder, or the library's.
        system: what answered.
        made_at: when it was begun, UTC.
        conditions: settings, fingerprints and versions; JSON values.
        scores: in the order of the facts file.
    """

    facts: str
    corpus: str
    system: str
    made_at: datetime
    conditions: Mapping[str, Any]
    scores: tuple[CaseScore, ...]

    @cached_property
    def overall(self) -> Summary:
        return summarise(self.scores)

    @cached_property
    def categories(self) -> dict[str, Summary]:
        return by_category(self.scores)

    @property
    def lost(self) -> tuple[CaseScore, ...]:
        """The cases in which something went wrong."""
        return tuple(score for score in self.scores if score.stage is not None)


def write_run(run: Run, folder: Path, html: str) -> None:
    """Write a run into ``folder``, which is made where it is not there; its conditions last, so that a
    folder that has them has everything."""
    head = {
        "format": FORMAT,
        "facts": run.facts,
        "corpus": run.corpus,
        "system": run.system,
        "made_at": run.made_at.isoformat(),
        "cases": len(run.scores),
        **run.conditions,
    }
    lines = (json.dumps(case_to_json(score), ensure_ascii=False) + "\n" for score in run.scores)
    write_text_durably(folder / CASES, "".join(lines))
    write_text_durably(folder / SCORES, _indented(scores_to_json(run)))
    write_text_durably(folder / REPORT, html)
    write_text_durably(folder / CONDITIONS, _indented(head))


def read_run(folder: Path) -> Run:
    """A run that was written.

    Raises:
        BadFacts: the folder holds none, or one of another layout.
    """
    try:
        head = json.loads((folder / CONDITIONS).read_text(encoding="utf-8"))
        lines = (folder / CASES).read_text(encoding="utf-8").rstrip("\n").split("\n")
        if head.get("format") != FORMAT:
            raise BadFacts(f"{folder}: a run of format {head.get('format')}; this program reads {FORMAT}.")
        scores = tuple(_case_of(json.loads(line)) for line in lines)
        known = ("format", "facts", "corpus", "system", "made_at", "cases")
        conditions = {name: value for name, value in head.items() if name not in known}
        made_at = datetime.fromisoformat(head["made_at"])
        return Run(head["facts"], head["corpus"], head["system"], made_at, conditions, scores)
    except OSError as error:
        raise BadFacts(f"{folder}: no run in it ({error.strerror or error}).") from None
    except (ValueError, KeyError, TypeError, AttributeError, ValidationError) as error:
        raise BadFacts(f"{folder}: the run in it cannot be read ({error}).") from None


def scores_to_json(run: Run) -> dict[str, Any]:
    """The measures as plain values: measure → value, interval and number of cases."""
    return {
        "overall": summary_to_json(run.overall),
        "categories": {name: summary_to_json(summary) for name, summary in run.categories.items()},
    }


def summary_to_json(summary: Summary) -> dict[str, Any]:
    """A summary as plain values."""
    return {
        "cases": summary.cases,
        "failed": summary.failed,
        "measures": {name: _estimate(estimate) for name, estimate in summary.estimates.items()},
    }


def case_to_json(score: CaseScore) -> dict[str, Any]:
    """Everything known of a case as plain values; ``_case_of`` reads it again."""
    return {
        "case": score.case.model_dump(mode="json", exclude_defaults=True),
        "answer": score.answer,
        "understood": score.understood,
        "abstained": score.abstained,
        "error": score.error,
        "seconds": score.seconds,
        "confidence": score.confidence,
        "loss": score.loss,
        "stage": score.stage,
        "facts": [{"accepted": list(fact.accepted), "lost": fact.lost} for fact in score.facts],
        "forbidden": list(score.forbidden),
        "measures": {
            name: {"value": value, "weight": weight} for name, (value, weight) in score.terms.items()
        },
        "hits": None if score.hits is None else _places(score.hits),
        "cited": _places(score.cited),
    }


def now() -> datetime:
    """This moment, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _case_of(value: dict[str, Any]) -> CaseScore:
    return CaseScore(
        case=Case.model_validate(value["case"]),
        answer=value["answer"],
        understood=value["understood"],
        abstained=value["abstained"],
        error=value["error"],
        seconds=value["seconds"],
        confidence=value["confidence"],
        loss=value["loss"],
        facts=tuple(FactScore(tuple(fact["accepted"]), _stage(fact["lost"])) for fact in value["facts"]),
        forbidden=tuple(value["forbidden"]),
        stage=_stage(value["stage"]),
        terms={name: (term["value"], term["weight"]) for name, term in value["measures"].items()},
        hits=None if value["hits"] is None else tuple(Place(**place) for place in value["hits"]),
        cited=tuple(Place(**place) for place in value["cited"]),
    )


def _stage(value: str | None) -> Stage | None:
    return None if value is None else Stage(value)


def _places(places: Iterable[Place]) -> list[dict[str, Any]]:
    return [asdict(place) for place in places]


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {
        "value": estimate.value,
        "interval": list(estimate.interval) if estimate.interval else None,
        "cases": estimate.cases,
    }


def _indented(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
