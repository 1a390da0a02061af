"""Teaching material of several topics and seeds, every file of it read again by the independent checker.

    python tests/benchmarks/bench_study.py [FOLDER] [--items 300] [--library FOLDER] [--keep FOLDER]

FOLDER holds the documents; the sample corpus if it is left out. Printed: how many items were made, of
which kinds, how long a draft takes, what was dropped, the checker's findings in each format, and how many
errors planted in these items it finds. ``--keep``
keeps the files and the documents' texts, for ``python -m tests.study_checker``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from planting import PLANTS
from study_checker.checking import READERS, check_files, check_reading
from study_checker.documents import Documents

from assistant.errors import BadWish
from assistant.study.export import FORMATS
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
    kept_drafts: list[Draft] = []
    distinct: set[tuple[str, str]] = set()
    for number, (draft, took) in enumerate(drafts(library), 1):
        seconds.append(took)
        made += len(draft.quiz)
        kinds.update(item.kind.value for item in draft.quiz)
        dropped.update({one.fault.value: one.count for one in draft.dropped})
        distinct |= {(item.stem, key_of(item)) for item in draft.quiz}
        files.append(list(write(draft, kept, number)))
        kept_drafts.append(draft)
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
    print_planted(kept_drafts, documents)
    print(f"{sum(map(len, files))} files, {found.total()} findings in {took:.0f} s: {dict(found)}")


def print_planted(made: list[Draft], documents: Documents) -> None:
    """Of the errors planted in generated items, one in each, how many the checker finds."""
    for name, plant in PLANTS.items():
        planted, found = 0, 0
        for draft in made:
            changed = [item for one in draft.quiz if (item := plant(one, documents.texts)) is not None]
            file = FORMATS["gift"].write(replace(draft, quiz=tuple(changed)))
            findings = check_reading(READERS[".gift"](file), documents, name)
            planted += len(changed)
            faulty = {finding.item for finding in findings if finding.kind != "given"}
            found += len(faulty)
            for number, item in enumerate(changed, 1):
                if f"Câu {number}" not in faulty:
                    print(f"not found: {name}: {item.kind}: {item.stem[:150]} {key_of(item)}")
        print(f"planted {name}: {found} of {planted} found")


def drafts(library: Library) -> Iterator[tuple[Draft, float]]:
    """Drafts of each topic with one seed, then with the next one, and the seconds that each took."""
    for seed in range(101, 101 + MOST_SEEDS):
        for topic in TOPICS:
            started = time.perf_counter()
            try:
                draft = make_draft(library, Wish(topic=topic, seed=seed))
            except BadWish as problem:
                print(f"no draft of {topic!r}: {problem}")
                continue
            yield draft, time.perf_counter() - started


def write(draft: Draft, folder: Path, number: int) -> Iterator[Path]:
    for format_ in FORMATS.values():
        if any(format_.suffix.endswith(known) for known in READERS):
            path = folder / f"quiz{number:02d}{format_.suffix}"
            path.write_bytes(format_.write(draft))
            yield path


def key_of(item: QuizItem) -> str:
    """What tells two items with one stem apart."""
    options = sorted(option.text for option in item.options if option.right)
    return str((options, item.truth, item.accepted[:1], [pair.right for pair in item.pairs]))


if __name__ == "__main__":
    main()
