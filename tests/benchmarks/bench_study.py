"""Teaching material of several topics and seeds, every file of it read again by the independent checker.

    python tests/benchmarks/bench_study.py [FOLDER] [--items 300] [--library FOLDER] [--keep FOLDER]

FOLDER holds the documents; the sample corpus if it is left out. Printed: how many items were made, of
which kinds, how long a quiz takes, what was dropped, and the checker's findings in each format. ``--keep``
keeps the files and the documents' texts, for ``python -m tests.study_checker``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from study_checker.checking import READERS, check_files
from study_checker.documents import Documents

from assistant.study.export import FORMATS
from assistant.study.export.deck.presentation import to_pptx
from assistant.study.export.documents import (
    to_handout_docx,
    to_key_docx,
    to_plan_docx,
    to_quiz_docx,
    to_variants_docx,
)
from assistant.study.making import make_draft
from assistant.study.types import Draft, QuizItem, Wish
from index.embedding import open_embedder
from index.ingestion import ingest
from index.library import Library
from ingest.sample_corpus import folder as sample

TOPICS = (
    "kết nạp đảng viên",
    "",
    "lớp bồi dưỡng nhận thức về Đảng",
    "đảng viên dự bị",
    "phát triển đảng viên trong doanh nghiệp",
    "tạo nguồn kết nạp",
    "điều kiện và thủ tục kết nạp",
)
PAPERS = {
    ".plan.docx": to_plan_docx,
    ".handout.docx": to_handout_docx,
    ".quiz.docx": to_quiz_docx,
    ".key.docx": to_key_docx,
    ".variants.zip": to_variants_docx,
    ".pptx": to_pptx,
}
MOST_SEEDS = 20


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("documents", type=Path, nargs="?", default=sample())
    arguments.add_argument("--items", type=int, default=300)
    arguments.add_argument("--library", type=Path, help="folder of the library, kept between runs")
    arguments.add_argument("--keep", type=Path, help="folder for the files and the documents' texts")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        directory = options.library or Path(folder) / "library"
        kept = options.keep or Path(folder) / "kept"
        with Library.open(directory, embedder=open_embedder(cache_folder=Path(folder))) as library:
            ingest(library, [options.documents])
            report(library, options.items, kept)


def report(library: Library, wanted: int, kept: Path) -> None:
    """Make quizzes until there are as many items, write them, check them, print what was found."""
    kept.mkdir(parents=True, exist_ok=True)
    texts = {summary.id: library.document(summary.id).text for summary in library.documents()}
    (kept / "documents").mkdir(exist_ok=True)
    for name, text in texts.items():
        (kept / "documents" / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    made, kinds, dropped = 0, Counter[str](), Counter[str]()
    seconds: list[float] = []
    files: list[list[Path]] = []
    distinct: set[tuple[str, str]] = set()
    for number, (draft, took) in enumerate(drafts(library), 1):
        seconds.append(took)
        made += len(draft.quiz)
        kinds.update(item.kind.value for item in draft.quiz)
        dropped.update({one.fault.value: one.count for one in draft.dropped})
        distinct |= {(item.stem, key_of(item)) for item in draft.quiz}
        files.append(list(write(draft, kept, number)))
        if made >= wanted:
            break
    print(f"{made} items in {len(seconds)} drafts, {len(distinct)} of them different; {dict(kinds)}")
    print(f"a draft took {sum(seconds) / len(seconds):.1f} s, at most {max(seconds):.1f} s")
    print(f"dropped: {dict(dropped)}")
    found = Counter[tuple[str, str]]()
    documents = Documents(texts)
    started = time.perf_counter()
    for paths in files:
        for finding in check_files(paths, documents):
            found[finding.file.partition(".")[2], finding.kind] += 1
            print(finding)
    took = time.perf_counter() - started
    print(f"{sum(map(len, files))} files, {found.total()} findings in {took:.0f} s: {dict(found)}")


def drafts(library: Library) -> Iterator[tuple[Draft, float]]:
    """Drafts of each topic with one seed, then with the next one, and the seconds that each took."""
    for seed in range(101, 101 + MOST_SEEDS):
        for topic in TOPICS:
            started = time.perf_counter()
            draft = make_draft(library, Wish(topic=topic, seed=seed))
            yield draft, time.perf_counter() - started


def write(draft: Draft, folder: Path, number: int) -> Iterator[Path]:
    writers = {format_.suffix: format_.write for format_ in FORMATS.values()} | PAPERS
    for suffix, written in writers.items():
        if any(suffix.endswith(known) for known in READERS):
            path = folder / f"quiz{number:02d}{suffix}"
            path.write_bytes(written(draft))
            yield path


def key_of(item: QuizItem) -> str:
    """What tells two items with one stem apart."""
    options = sorted(option.text for option in item.options if option.right)
    return str((options, item.truth, item.accepted[:1], [pair.right for pair in item.pairs]))


if __name__ == "__main__":
    main()
