"""How well passages are found, by the code that answers questions, beside the usual ways of finding them.

    python tests/benchmarks/bench_retrieval.py --data DIR [--cache DIR] [--sets xquad,mixed,alqac]
        [--questions N] [--numbers DIR …] [--reranker MODEL]

DIR holds ``xquad-vi``, ``alqac2023`` and ``distractors``, each with ``corpus.jsonl`` (id, title, text) and,
but for the last, ``queries.jsonl`` (id, text, relevant ids, text_en if there is one). ``mixed`` asks the
questions of the first among the texts of all three. Printed are recall@1 / @10, the share of questions with
a relevant text that high, for five ways of typing each question:

- ours: reading, search and fusion as the assistant does them;
- on the same vectors: the passage vectors alone (dense), BM25 over syllables alone, both by reciprocal rank
  fusion, LlamaIndex's default retriever, and txtai's hybrid index (where txtai is installed);
- ours at other weights of meaning, over five folds, to see that the weight is flat.

``--numbers`` looks up each document number found in the texts of folders, in five spellings; right is a first
passage that holds the number. Libraries are kept in the cache folder: the first run embeds for minutes.
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
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

os.environ.setdefault("HF_HUB_OFFLINE", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistant.retrieve import MEANING_CHARACTERS, Retrieval, retrieve
from assistant.understanding import clean_question, understand
from index.embedding import open_embedder
from index.fusion import reciprocal_rank
from index.ingestion import ingest
from index.library import Library
from index.syllables import fold
from index.types import Embedder, Filters, Ranking, Vectors
from index.vocabulary import Vocabulary
from ingest.numbers import find_numbers
from ingest.split import split
from ingest.types import Document
from ingest.units import units

DEPTH = 50
TOKENS = 256
SLICE = 64


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    english: str
    relevant: frozenset[str]


class Borrowing:
    """An embedder that takes what other libraries of the cache hold, and makes the rest."""

    def __init__(self, embedder: Embedder, lenders: Sequence[Library]) -> None:
        self._embedder, self._lenders = embedder, lenders
        self.name, self.dimension = embedder.name, embedder.dimension
        self.max_tokens, self.count_tokens = embedder.max_tokens, embedder.count_tokens
        self.query, self.sentences = embedder.query, embedder.sentences

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape ``(len(texts), dimension)``."""
        found: dict[str, Vectors] = {}
        for lender in self._lenders:
            found.update(lender.stored_vectors(texts))
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing:
            found.update(zip(missing, self._embedder.passages(missing), strict=True))
        return np.stack([found[text] for text in texts])


def typo(text: str, chance: random.Random) -> str:
    """One letter dropped, doubled, or swapped with the next, inside a word of four letters or more."""
    words = list(re.finditer(r"[^\W\d_]{4,}", text))
    if not words:
        return text
    at = chance.choice(words).start() + chance.randrange(1, 3)
    kind = chance.randrange(3)
    middle = ("", text[at] * 2, text[at + 1] + text[at])[kind]
    return text[:at] + middle + text[at + (2 if kind == 2 else 1) :]


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def filled(library: Library, corpora: Sequence[Path]) -> dict[str, str]:
    """Store the texts as documents, those that are there already left alone; text id → document id."""
    known = {document.id for document in library.documents()}
    names: dict[str, str] = {}
    by_text: dict[str, str] = {}
    waiting: list[Document] = []
    for corpus in corpora:
        for entry in rows(corpus / "corpus.jsonl"):
            text = unicodedata.normalize("NFC", entry["text"])
            name = by_text.setdefault(text, str(entry["id"]))
            names[str(entry["id"])] = name
            if name == str(entry["id"]) and name not in known:
                sha = hashlib.sha256(text.encode()).hexdigest()
                waiting.append(Document(id=name, sha256=sha, title=entry["title"], text=text))
    embedder = library.embedder
    with library.writing():
        for at in range(0, len(waiting), 200):
            cut = []
            for document in waiting[at : at + 200]:
                parts = split(document, count_tokens=embedder.count_tokens, max_tokens=TOKENS)
                quotable = [[unit.meaning for unit in units(document, part)] for part in parts]
                cut.append((document, parts, quotable))
            texts = [p.text for _, parts, _ in cut for p in parts]
            texts += [text for _, _, quotable in cut for inner in quotable for text in inner]
            missing = sorted(library.missing_vectors(texts), key=len)
            for first in range(0, len(missing), SLICE):
                library.embed(missing[first : first + SLICE])
            with library.transaction() as tx:
                for document, parts, quotable in cut:
                    tx.add_or_replace(document, parts, quotable=quotable)
            print(f"    stored {min(at + 200, len(waiting))} of {len(waiting)}", file=sys.stderr, flush=True)
    return names


def recalls(found: Sequence[Sequence[str]], questions: Sequence[Question]) -> str:
    """recall@1/recall@10 as they are printed."""
    firsts = [bool(names and names[0] in q.relevant) for names, q in zip(found, questions, strict=True)]
    tens = [bool(q.relevant.intersection(names[:10])) for names, q in zip(found, questions, strict=True)]
    return f"{np.mean(firsts):.3f}/{np.mean(tens):.3f}"


class Finders:
    """Ways of finding the documents for a question, each best first, in one library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.vocabulary = Vocabulary(library)
        self.owners: dict[int, str] = {}
        with library.catalogue.read() as connection:
            from sqlalchemy import select

            from index.schema import documents, passages

            query = select(passages.c.key, documents.c.id).join(documents)
            self.owners = {int(key): str(name) for key, name in connection.execute(query)}

    def ours(self, text: str, retrieval: Retrieval = Retrieval(top_k=DEPTH)) -> list[str]:
        """Reading, search and fusion as the assistant does them."""
        reading = understand(clean_question(text), [], self.vocabulary).whole
        hits = retrieve(self.library, reading, Filters(), retrieval)
        return list(dict.fromkeys(hit.document.id for hit in hits))

    def _named(self, ranking: Ranking) -> list[str]:
        return list(dict.fromkeys(self.owners[key] for key, _ in ranking))

    def _dense(self, text: str) -> Ranking:
        return self.library.index.dense(self.library.query_vector(text[:MEANING_CHARACTERS]), DEPTH, None)

    def _words(self, text: str) -> Ranking:
        return self.library.index.lexical(text, DEPTH, None)

    def baselines(self) -> Mapping[str, Callable[[str], list[str]]]:
        """Name → finder, of questions as they are typed."""
        found: dict[str, Callable[[str], list[str]]] = {
            "BM25 alone": lambda text: self._named(self._words(text)),
            "dense alone": lambda text: self._named(self._dense(text)),
            "RRF": lambda text: self._named(reciprocal_rank(self._dense(text), self._words(text))),
            "LlamaIndex default": self._llama_index(),
        }
        hybrid = self._txtai()
        return found if hybrid is None else {**found, "txtai hybrid": hybrid}

    def _passages(self) -> Iterator[tuple[str, str]]:
        for document in self.library.documents():
            for passage in self.library.passages(document.id):
                yield document.id, passage.text

    def _llama_index(self) -> Callable[[str], list[str]]:
        from llama_index.core import VectorStoreIndex
        from llama_index.core.base.embeddings.base import BaseEmbedding
        from llama_index.core.schema import TextNode

        library = self.library

        class Ours(BaseEmbedding):
            """The library's own query vectors."""

            def _get_query_embedding(self, query: str) -> list[float]:
                return [float(value) for value in library.query_vector(query)]

            def _get_text_embedding(self, text: str) -> list[float]:
                raise AssertionError("every node has its vector")

            async def _aget_query_embedding(self, query: str) -> list[float]:
                return self._get_query_embedding(query)

        pairs = list(self._passages())
        vectors = self.library.stored_vectors([text for _, text in pairs])
        nodes = [
            TextNode(text=text, metadata={"document": name}, embedding=vectors[text].tolist())
            for name, text in pairs
        ]
        index = VectorStoreIndex(nodes, embed_model=Ours())
        retriever = index.as_retriever(similarity_top_k=DEPTH)
        return lambda text: list(
            dict.fromkeys(found.node.metadata["document"] for found in retriever.retrieve(text))
        )

    def _txtai(self) -> Callable[[str], list[str]] | None:
        try:
            from txtai import Embeddings
        except ImportError:
            print("txtai is not installed: pip install -c constraints.txt '.[bench]'", file=sys.stderr)
            return None
        pairs = list(self._passages())
        known = self.library.stored_vectors([text for _, text in pairs])

        def vectors(texts: Sequence[str]) -> Vectors:
            return np.stack([known[t] if t in known else self.library.query_vector(t) for t in texts])

        embeddings = Embeddings(method="external", transform=vectors, hybrid=True, content=False)
        embeddings.index([(number, text, None) for number, (_, text) in enumerate(pairs)])
        return lambda text: list(
            dict.fromkeys(pairs[int(number)][0] for number, _ in embeddings.search(text, DEPTH))
        )


def asked_ways(questions: Sequence[Question]) -> dict[str, list[str]]:
    """Each way of typing the questions."""
    chance = random.Random(11)
    typos = [typo(question.text, chance) for question in questions]
    ways = {
        "as typed": [question.text for question in questions],
        "no diacritics": [fold(question.text) for question in questions],
        "one typo": typos,
        "both": [fold(text) for text in typos],
    }
    if all(question.english for question in questions):
        ways["English"] = [question.english for question in questions]
    return ways


def table(
    name: str, library: Library, names: Mapping[str, str], data: Path, given: argparse.Namespace
) -> None:
    """Print one set."""
    asked = rows(data / "queries.jsonl")
    if given.questions and given.questions < len(asked):
        asked = random.Random(3).sample(asked, given.questions)
    questions = [
        Question(
            unicodedata.normalize("NFC", entry["text"]),
            entry.get("text_en") or "",
            frozenset(names[str(relevant)] for relevant in entry["relevant"]),
        )
        for entry in asked
    ]
    finders = Finders(library)
    ways = asked_ways(questions)
    stats = library.stats()
    print(f"\n{name}: {stats.documents} texts, {stats.passages} passages, {len(questions)} questions")
    print(f"{'recall@1/@10':<22}" + "".join(f"{way:>16}" for way in ways))
    started = time.perf_counter()
    found = {way: [finders.ours(text) for text in texts] for way, texts in ways.items()}
    seconds = time.perf_counter() - started
    print(f"{'ours':<22}" + "".join(f"{recalls(found[way], questions):>16}" for way in ways), flush=True)
    if given.reranker:
        chosen = Retrieval(top_k=DEPTH, reranker=given.reranker)
        again = {way: [finders.ours(text, chosen) for text in texts] for way, texts in ways.items()}
        print(f"{'ours, reranked':<22}" + "".join(f"{recalls(again[way], questions):>16}" for way in ways))
    for label, finder in finders.baselines().items():
        cells = (recalls([finder(text) for text in texts], questions) for texts in ways.values())
        print(f"{label:<22}" + "".join(f"{cell:>16}" for cell in cells), flush=True)
    print(
        f"{1000 * seconds / sum(map(len, ways.values())):.0f} ms a question, reading and embedding included"
    )
    print("weight of meaning: recall@1 as typed, mean and range over five folds")
    for weight in (0.4, 0.5, 0.6, 0.7, 0.8):
        right = np.array(
            [
                bool(names_ and names_[0] in question.relevant)
                for question in questions
                for names_ in [finders.ours(question.text, replace(Retrieval(top_k=5), weight_dense=weight))]
            ]
        )
        folds = [right[part::5].mean() for part in range(5)]
        print(f"  {weight:.1f}  {right.mean():.3f}  {min(folds):.3f}–{max(folds):.3f}", flush=True)


def spellings(number: str) -> dict[str, str]:
    """A document number in the ways it is asked for."""
    return {
        "bare": number,
        "lower case": number.lower(),
        "no diacritics": fold(number),
        "with spaces": re.sub(r"\s*([-/])\s*", r" \1 ", number),
        "in a sentence": f"Văn bản số {number} quy định những gì?",
    }


def number_table(library: Library) -> None:
    """Print how often the first passage holds the number that was asked for."""
    texts = {d.id: library.document(d.id).text for d in library.documents()}
    numbers = {m.canonical: m.written for text in texts.values() for m in find_numbers(text)}
    finders = Finders(library)
    print(f"\ndocument numbers: {len(numbers)} in {len(texts)} texts; recall@1")
    right: dict[str, list[bool]] = {}
    for canonical, written in sorted(numbers.items()):
        for way, text in spellings(" ".join(written.split())).items():
            reading = understand(clean_question(text), [], finders.vocabulary).whole
            hits = retrieve(library, reading, Filters(), Retrieval(top_k=5))
            held = {m.canonical for m in find_numbers(hits[0].passage.text)} if hits else set()
            held |= {m.canonical for m in find_numbers(hits[0].document.number or "")} if hits else set()
            right.setdefault(way, []).append(canonical in held)
    print("  " + "  ".join(f"{way} {np.mean(hit):.3f}" for way, hit in right.items()), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "pba-bench")
    parser.add_argument("--sets", default="xquad,mixed,alqac")
    parser.add_argument("--questions", type=int, help="only so many, chosen at random but always the same")
    parser.add_argument("--numbers", type=Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--reranker", help="a CrossEncoder by folder or hub name: print what it gains")
    given = parser.parse_args()
    given.cache.mkdir(parents=True, exist_ok=True)
    embedder = open_embedder(cache_folder=given.cache)
    folders = {name: given.data / name for name in ("xquad-vi", "alqac2023", "distractors")}
    made_of = {
        "mixed": ([*folders.values()], folders["xquad-vi"]),
        "xquad": ([folders["xquad-vi"]], folders["xquad-vi"]),
        "alqac": ([folders["alqac2023"]], folders["alqac2023"]),
    }
    wanted = [name for name in made_of if name in given.sets.split(",")]
    opened: list[Library] = []
    for name in wanted:  # the largest first: the others borrow its vectors
        corpora, asked = made_of[name]
        library = Library.open(given.cache / f"library-{name}", embedder=Borrowing(embedder, list(opened)))
        opened.append(library)
        table(name, library, filled(library, corpora), asked, given)
    for number, folder in enumerate(given.numbers):
        with Library.open(given.cache / f"numbers-{number}", embedder=embedder) as library:
            ingest(library, [folder])
            number_table(library)
    if "alqac" in wanted:
        number_table(opened[wanted.index("alqac")])
    for library in opened:
        library.close()


if __name__ == "__main__":
    main()
