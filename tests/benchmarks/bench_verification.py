"""Checking what a language model writes: what is found of altered sentences, what is withheld of true ones.

    python tests/benchmarks/bench_verification.py [--list KIND]

The sentences are those of tests/assistant/verification; the library is the sample corpus, ingested with the
bundled model. A sentence is withheld unless it is called verbatim or supported. Also printed: the time a
sentence takes.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "tests" / "assistant" / "verification"))

from corpus import DOCUMENTS, Case, evidence, read_altered, true_cases

from assistant.types import Verdict
from assistant.verification.types import Checked, Evidence
from assistant.verification.verifier import Verifier, verifier_of
from index.embedding import open_embedder
from index.ingestion import ingest
from index.library import Library

PASSED = (Verdict.VERBATIM, Verdict.SUPPORTED)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--list", default="", help="kind of which every sentence judged wrongly is printed"
    )
    arguments.add_argument("--library", type=Path, help="folder of the library, kept between runs")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        directory = options.library or Path(folder) / "library"
        with Library.open(directory, embedder=open_embedder(cache_folder=Path(folder))) as library:
            ingest(library, [DOCUMENTS])
            report(verifier_of(library), options.list)


def report(verifier: Verifier, listed: str) -> None:
    """Print the table, kind by kind, and the time a sentence takes once its passages have been read."""
    cases = [*true_cases(), *read_altered()]
    verifier.check(*_asked(cases[0]))
    rows: dict[str, dict[bool, list[bool]]] = defaultdict(lambda: {False: [], True: []})
    seconds: list[float] = []
    for case in cases:
        started = time.thread_time()
        checked = verifier.check(*_asked(case))
        seconds.append(time.thread_time() - started)
        passed = checked.verdict in PASSED
        wrong = passed != case.kind.startswith("true")
        rows[case.kind][case.held].append(not passed)
        if wrong and (listed == "all" or case.kind == listed):
            print(_line(case, checked))
    print(f"{'kind':22} {'dev':>5} {'withheld':>9} {'held':>5} {'withheld':>9}")
    for kind, halves in rows.items():
        cells = " ".join(
            f"{len(found):5} {sum(found) / len(found):9.3f}" if found else f"{0:5} {'–':>9}"
            for found in halves.values()
        )
        print(f"{kind:22} {cells}")
    milliseconds = [1000 * second for second in seconds]
    print(
        f"{len(cases)} sentences: median {statistics.median(milliseconds):.1f} ms, "
        f"mean {statistics.mean(milliseconds):.1f} ms, "
        f"p95 {statistics.quantiles(milliseconds, n=20)[-1]:.1f} ms"
    )


def _cell(found: list[bool]) -> str:
    return f"{len(found):5} {sum(found) / len(found):9.3f}" if found else f"{0:5} {'–':>9}"


def _asked(case: Case) -> tuple[str, dict[int, Evidence]]:
    return case.text, evidence(case.passages)


def _line(case: Case, checked: Checked) -> str:
    differences = "; ".join(f"{d.kind.value}: {d.said!r} / {d.cited!r}" for d in checked.differences)
    half = "held" if case.held else "dev "
    return f"{half} {case.kind}: {case.text}\n     → {checked.verdict.value} {differences}"


if __name__ == "__main__":
    main()
