"""How well and how fast questions are read: diacritics given back, slips put right, good ones left alone.

    python tests/benchmarks/bench_reading.py --data DIR [--more FILE ...] [--show N]

DIR holds ``corpus.jsonl`` and ``queries.jsonl`` as for ``bench_retrieval.py``; ``--more`` adds other texts to
what is learned. The model learns from the texts alone. Prints for each way of typing the share of words and
of whole questions that come out as meant, what the same is without reading, and milliseconds p50 / p95.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.restore import Restorer
from index.syllables import SyllableModel, canonical, fold
from tests.benchmarks.bench_retrieval import typo


def wrong_mark(text: str, chance: random.Random) -> str:
    """One tone mark changed for another."""
    tones = "\u0300\u0301\u0309\u0303\u0323"
    parts = unicodedata.normalize("NFD", text)
    at = [i for i, c in enumerate(parts) if c in tones]
    if not at:
        return text
    i = chance.choice(at)
    other = chance.choice([tone for tone in tones if tone != parts[i]])
    end = i + 1
    while end < len(parts) and unicodedata.combining(parts[end]):
        end += 1
    return unicodedata.normalize("NFC", parts[:i] + parts[i + 1 : end] + other + parts[end:])


def run_together(text: str, chance: random.Random) -> str:
    """One blank between two lower-case words of three letters or more left out."""
    gaps = [m.start() for m in re.finditer(r"(?<=[^\W\d_]{3}) (?=[^\W\d_A-ZĐ]{3})", text)]
    if not gaps:
        return text
    at = chance.choice(gaps)
    return text[:at] + text[at + 1 :]


def words(text: str) -> list[str]:
    return [canonical(word) for word in re.findall(r"\w+", text)]


def agreement(read: str, meant: str) -> tuple[int, int]:
    """Words of ``meant`` that ``read`` has in their order of place, and how many there are."""
    a, b = words(read), words(meant)
    if len(a) == len(b):
        return sum(x == y for x, y in zip(a, b, strict=True)), len(b)
    head = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    tail = next(
        (i for i, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if x != y), min(len(a), len(b))
    )
    return min(head + tail, len(b)), len(b)


def texts_of(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--more", type=Path, nargs="*", default=[])
    parser.add_argument("--show", type=int, default=0, help="so many readings that are not as meant")
    given = parser.parse_args()
    texts = [text for path in (given.data / "corpus.jsonl", *given.more) for text in texts_of(path)]
    questions = [unicodedata.normalize("NFC", text) for text in texts_of(given.data / "queries.jsonl")]
    restorer = Restorer(SyllableModel.learn(texts))
    began = time.perf_counter()
    restorer.correct("đảgn viên")
    print(f"{len(texts)} texts, {len(questions)} questions; first use {time.perf_counter() - began:.3f} s")
    chance = random.Random(11)
    typos = [typo(question, chance) for question in questions]
    half = [
        " ".join(fold(word) if chance.random() < 0.5 else word for word in question.split(" "))
        for question in questions
    ]
    ways: dict[str, list[str]] = {
        "as typed": questions,
        "one typo": typos,
        "wrong tone mark": [wrong_mark(question, chance) for question in questions],
        "run together": [run_together(question, chance) for question in questions],
        "half unaccented": half,
        "no diacritics": [fold(question) for question in questions],
        "no diacritics, one typo": [fold(text) for text in typos],
    }
    identity: Callable[[str], str] = str
    for way, typed in ways.items():
        for name, reads in (("unread", identity), ("read", lambda text: restorer.correct(text).text)):
            lines, spent = [], []
            for text in typed:
                began = time.perf_counter()
                lines.append(reads(text))
                spent.append(1000 * (time.perf_counter() - began))
            counts = [agreement(line, meant) for line, meant in zip(lines, questions, strict=True)]
            right = sum(hit for hit, _ in counts) / sum(of for _, of in counts)
            whole = np.mean([hit == of for hit, of in counts])
            p50, p95 = np.percentile(spent, [50, 95])
            print(
                f"  {way:<26}{name:<8}syllables {right:.4f}  questions {whole:.4f}  {p50:.2f} / {p95:.2f} ms"
            )
        again = sum(restorer.correct(line).text != line for line in lines)
        print(f"  {'':<26}read again, changed: {again}")
        wrong = [
            (text, line)
            for text, line, meant in zip(typed, lines, questions, strict=True)
            if words(line) != words(meant)
        ]
        for text, line in random.Random(5).sample(wrong, min(given.show, len(wrong))):
            print(f"      {text}\n   -> {line}")


if __name__ == "__main__":
    main()
