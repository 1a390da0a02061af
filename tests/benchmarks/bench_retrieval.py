"""What of the retrieval helps, on any set of passages with questions.

    python tests/benchmarks/bench_retrieval.py --data DIR [--cache DIR] [--questions N] [--whole] [--titled]

DIR holds ``corpus.jsonl`` (id, title, text) and ``queries.jsonl`` (id, text, relevant ids, and text_en if
there is one). Prints recall@1/@5/@10 and MRR@10 of the dense, lexical, RRF and fused rankings for each way of
typing a question. Texts are cut near 950 characters and count by their best piece; ``--whole`` embeds the
first 512 tokens of each text instead, ``--titled`` puts the title in front of what is embedded.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

os.environ.setdefault("HF_HUB_OFFLINE", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.embedding import bulk
from index.embedding.engine import Engine
from index.embedding.text import clean
from index.embedding.unpack import unpacked
from index.fusion import fuse, reciprocal_rank
from index.lexical import LexicalIndex
from index.restore import Restorer
from index.syllables import SyllableModel, fold
from index.types import IndexEntry, Ranking, Vectors

PIECE = 950
DEPTH = 100


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    english: str
    relevant: frozenset[str]


def pieces(text: str, size: int = PIECE) -> Iterator[str]:
    """``text`` cut near ``size`` characters, at the end of a line or sentence where there is one."""
    while len(text) > size * 1.15:
        ends = [found.end() for found in re.finditer(r"\n|[.;:!?]\s", text[:size]) if found.end() > size // 2]
        at = ends[-1] if ends else size
        yield text[:at].strip()
        text = text[at:]
    yield text.strip()


def typo(text: str, chance: random.Random) -> str:
    """One letter dropped, doubled, or swapped with the next, inside a word of four letters or more."""
    words = list(re.finditer(r"[^\W\d_]{4,}", text))
    if not words:
        return text
    at = chance.choice(words).start() + chance.randrange(1, 3)
    kind = chance.randrange(3)
    middle = ("", text[at] * 2, text[at + 1] + text[at])[kind]
    return text[:at] + middle + text[at + (2 if kind == 2 else 1) :]


class Embedding:
    """Vectors by the bundled model, kept in a folder between runs."""

    def __init__(self, cache: Path) -> None:
        engine = Engine()
        self._cache = cache
        bulk.BulkEncoder(engine, cache)  # unpacks, checks and measures the precision, once
        chosen = json.loads((cache / "precision.json").read_text())["precision"]
        self._model = bulk.load(unpacked(engine.path, cache, lambda _: None), "cpu")
        if chosen == "bfloat16":
            self._model = self._model.bfloat16()

    def __call__(self, prefix: str, texts: Sequence[str]) -> Vectors:
        ready = [prefix + clean(text) for text in texts]
        key = hashlib.sha256("\0".join(ready).encode()).hexdigest()[:16]
        kept = self._cache / f"vectors-{key}.npy"
        if not kept.exists():
            np.save(kept, bulk.encode(self._model, ready, bulk.BATCH_SIZE).astype(np.float16))
        vectors: Vectors = np.load(kept).astype(np.float32)
        return vectors


def scores(found: Sequence[Sequence[str]], questions: Sequence[Question]) -> str:
    """recall@1/@5/@10/MRR@10. Recall: the share of questions with a relevant text that high."""
    ranks = [
        next((rank for rank, name in enumerate(names[:10], 1) if name in question.relevant), 11)
        for names, question in zip(found, questions, strict=True)
    ]
    recalls = [np.mean([rank <= k for rank in ranks]) for k in (1, 5, 10)]
    mrr = np.mean([1 / rank if rank <= 10 else 0 for rank in ranks])
    return "/".join(f"{value:.3f}"[1:] if value < 1 else "1.00" for value in (*recalls, mrr))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "pba-bench")
    parser.add_argument("--questions", type=int, help="only so many, chosen at random but always the same")
    parser.add_argument("--whole", action="store_true", help="embed the first 512 tokens of each text, uncut")
    parser.add_argument("--titled", action="store_true", help="embed the title in front of each piece")
    given = parser.parse_args()
    given.cache.mkdir(parents=True, exist_ok=True)

    corpus = [json.loads(line) for line in (given.data / "corpus.jsonl").read_text("utf-8").splitlines()]
    asked = [json.loads(line) for line in (given.data / "queries.jsonl").read_text("utf-8").splitlines()]
    if given.questions and given.questions < len(asked):
        asked = random.Random(3).sample(asked, given.questions)
    questions = [
        Question(unicodedata.normalize("NFC", q["text"]), q.get("text_en") or "", frozenset(q["relevant"]))
        for q in asked
    ]
    parts = [
        (text["id"], text["title"], part)
        for text in corpus
        for part in ([text["text"]] if given.whole else pieces(text["text"]))
    ]
    owner = [name for name, _, _ in parts]
    embedding = Embedding(given.cache)
    passages = embedding(
        "passage: ", [f"{title}. {part}" if given.titled else part for _, title, part in parts]
    )
    lexicals = {}
    for label, titled in (("lexical", True), ("without title", False)):
        index = lexicals[label] = LexicalIndex(None, library="bench")
        index.add(
            [
                IndexEntry(
                    key, part, title if titled else "", title if titled else "", None, np.zeros(1, np.float32)
                )
                for key, (_, title, part) in enumerate(parts)
            ]
        )
        index.commit(1)
    restorer = Restorer(SyllableModel.learn(text["text"] for text in corpus))
    chance = random.Random(11)
    typos = [typo(question.text, chance) for question in questions]
    ways: dict[str, list[str]] = {
        "as typed": [question.text for question in questions],
        "one typo": typos,
        "no diacritics": [fold(question.text) for question in questions],
        "no diacritics, restored": [restorer.restore(fold(q.text)).text for q in questions],
        "both": [fold(text) for text in typos],
        "both, restored": [restorer.restore(fold(text)).text for text in typos],
    }
    if all(question.english for question in questions):
        ways["English"] = [question.english for question in questions]

    def texts_of(ranking: Ranking) -> list[str]:
        return list(dict.fromkeys(owner[key] for key, _ in ranking))

    print(f"{len(corpus)} texts in {len(parts)} pieces, {len(questions)} questions; recall@1/@5/@10/MRR@10")
    for way, texts in ways.items():
        similar = embedding("query: ", texts) @ passages.T
        dense: list[Ranking] = []
        for row in similar:
            top = np.argsort(-row, kind="stable")[:DEPTH]
            dense.append([(int(key), float(row[key])) for key in top])
        words = {
            label: [index.lexical(text, DEPTH, None) for text in texts] for label, index in lexicals.items()
        }
        both = list(zip(dense, words["lexical"], strict=True))
        methods: dict[str, list[Ranking]] = {
            "dense": dense,
            "lexical": words["lexical"],
            "lexical without title": words["without title"],
            "RRF": [reciprocal_rank(d, w) for d, w in both],
            "fused 0.5": [fuse(d, w, weight_dense=0.5) for d, w in both],
            "fused 0.6": [fuse(d, w, weight_dense=0.6) for d, w in both],
            "fused 0.7": [fuse(d, w, weight_dense=0.7) for d, w in both],
        }
        for method, rankings in methods.items():
            print(f"  {way:<26}{method:<24}{scores([texts_of(r) for r in rankings], questions)}", flush=True)


if __name__ == "__main__":
    main()
