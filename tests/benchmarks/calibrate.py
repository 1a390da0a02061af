"""Fit when an answer is given and when it is withheld, and write ``assistant/calibration.json``.

    python tests/benchmarks/calibrate.py NAME=FACTS.jsonl:CORPUS_DIR … [--write] [--answered 0.97]

Every question that the documents answer is asked twice: of all documents, and of all but those that hold
the answer; questions that have no answer are asked once. A logistic regression over the signals of
``assistant/signals.py`` tells the two apart. Printed, for each set: how it does with a model fitted on the
other sets only (sets of one corpus are left out together), then the weights fitted on all, which ``--write``
stores. The threshold is the largest confidence that keeps the share ``--answered`` of the answerable
questions by the left-out models, every set counting alike.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

os.environ.setdefault("HF_HUB_OFFLINE", "1")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from assistant import abstain
from assistant.answer import Assistant
from assistant.evaluate.facts import read_facts
from assistant.retrieve import Retrieval, retrieve
from assistant.signals import Signals, measure
from assistant.understanding import clean_question, understand
from index.embedding import open_embedder
from index.ingestion import ingest
from index.library import Library
from index.types import Filters

NAMES = [field.name for field in fields(Signals)]
LEAST_OF_A_LANGUAGE = 30
STRENGTH = 0.3
#: English questions share few words with the documents: only signals that do not count them.
ENGLISH = ["reach", "answer", "meaning", "passage", "passage_lead"]


@dataclass(frozen=True, slots=True)
class Sample:
    """One question asked of some documents; ``signals`` is ``None`` where a rule decided alone."""

    group: str
    corpus: Path
    language: str
    answered: bool
    signals: Signals | None


def samples(group: str, facts: Path, corpus: Path, cache: Path) -> Iterator[Sample]:
    """Every question of a set, with its documents and without them."""
    folder = Path(tempfile.mkdtemp(prefix="pba-calibrate-"))
    with Library.open(folder, embedder=lambda: open_embedder(cache_folder=cache)) as library:
        ingest(library, [corpus])
        assistant = Assistant(library)
        for case in read_facts(facts):
            earlier = [clean_question(entry) for entry in case.history]
            readings = understand(clean_question(case.question), earlier, assistant.vocabulary)
            if len(readings.sides) > 1:
                continue
            others = tuple(
                document.id
                for document in library.documents()
                if not {document.id, *document.names} & set(case.documents)
            )
            asked = [(case.answerable, Filters())]
            if case.answerable and others:
                asked.append((False, Filters(document_ids=others)))
            for answered, filters in asked:
                hits = retrieve(library, readings.whole, filters, Retrieval())
                scored = assistant.quotation.score(readings.whole, hits)
                kept, reason = abstain.admissible(readings.whole, scored)
                signals = None if reason else measure(readings.whole, kept, hits, assistant.vocabulary)
                yield Sample(group, corpus.resolve(), readings.whole.language, answered, signals)


def fit(chosen: Sequence[Sample], names: Sequence[str]) -> tuple[dict[str, float], float]:
    """Weights and intercept; every group counts alike, and within it answered and unanswered."""
    values = table(chosen, names)
    labels = np.array([sample.answered for sample in chosen])
    counts = Counter((sample.group, sample.answered) for sample in chosen)
    importance = np.array([counts[sample.group, sample.answered] ** -0.5 for sample in chosen])
    mean, spread = values.mean(0), values.std(0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit((values - mean) / spread, labels, sample_weight=importance / importance.mean())
    weights = model.coef_[0] / spread
    return dict(zip(names, map(float, weights), strict=True)), float(model.intercept_[0] - weights @ mean)


def table(chosen: Sequence[Sample], names: Sequence[str]) -> NDArray[np.float64]:
    """One row for each sample."""
    return np.array([[asdict(sample.signals)[name] for name in names] for sample in chosen if sample.signals])


def confidence(
    model: tuple[dict[str, float], float], chosen: Sequence[Sample], names: Sequence[str]
) -> NDArray[np.float64]:
    """Probability of an answer for each sample."""
    logits = table(chosen, names) @ np.array([model[0][name] for name in names]) + model[1]
    return 1.0 / (1.0 + np.exp(-logits))


def threshold(kept: Sequence[NDArray[np.float64]], answered: float) -> float:
    """The largest confidence that this share of the answerable questions has, every set counting alike."""
    steps = np.arange(0.99, 0.0, -0.01)
    shares = [np.mean([np.mean(values >= least) for values in kept]) for least in steps]
    return next((float(least) for least, share in zip(steps, shares, strict=True) if share >= answered), 0.01)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", metavar="NAME=FACTS:CORPUS")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "pba-bench")
    parser.add_argument(
        "--answered", type=float, default=0.94, help="share of answerable questions to answer"
    )
    parser.add_argument("--write", action="store_true", help="store the result in assistant/calibration.json")
    given = parser.parse_args()
    given.cache.mkdir(parents=True, exist_ok=True)
    found: list[Sample] = []
    for entry in given.sets:
        name, _, rest = entry.partition("=")
        facts, _, corpus = rest.partition(":")
        found += samples(name, Path(facts), Path(corpus), given.cache)
        print(f"read {name}: {sum(sample.group == name for sample in found)} questions", flush=True)
    result = {}
    for language, names in (("vi", NAMES), ("en", ENGLISH)):
        chosen = [s for s in found if s.signals and s.language == language]
        if len(chosen) < LEAST_OF_A_LANGUAGE:
            print(f"{language}: only {len(chosen)} questions; left as it is")
            continue
        kept: list[NDArray[np.float64]] = []
        for group in dict.fromkeys(sample.group for sample in chosen):
            held = [sample for sample in chosen if sample.group == group]
            corpora = {sample.corpus for sample in held}
            rest_of = [sample for sample in chosen if sample.corpus not in corpora]
            if not rest_of or len({sample.answered for sample in held}) < 2:
                continue
            values = confidence(fit(rest_of, names), held, names)
            labels = np.array([sample.answered for sample in held])
            kept.append(values[labels])
            said, withheld = values[labels], values[~labels]
            shares = " ".join(
                f"at {least:.2f}: {(said >= least).mean():.2f}/{(withheld < least).mean():.2f}"
                for least in (0.2, 0.3, 0.4, 0.5)
            )
            area = roc_auc_score(labels, values)
            print(f"{language} {group:<10}{len(held):>5} AUC {area:.3f}  answered/withheld {shares}")
        weights, intercept = fit(chosen, names)
        least = threshold(kept, given.answered)
        result[language] = {
            "weights": {name: round(weight, 4) for name, weight in weights.items()},
            "intercept": round(intercept, 4),
            "least": round(least, 3),
        }
        print(language, json.dumps(result[language]))
    if given.write:
        path = ROOT / "assistant" / "calibration.json"
        old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        path.write_text(json.dumps(old | result, indent=2) + "\n", encoding="utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    main()
