"""The assistant beside itself without each of its parts, plain LlamaIndex and txtai, all scored alike.

    python tests/benchmarks/bench_systems.py --out DIR [--set NAME=FACTS.jsonl:CORPUS_DIR …] [--xquad DIR]
        [--questions N] [--systems default,llamaindex,…]

Each set is asked of each system; every run is written below ``--out`` with its report, and one table for each
set is printed: the measures, and p of a paired permutation test of the score against the default. A run that
is there already is not asked again. Systems:

- default; without restoration (questions are read as typed), without lexical (passages are found by meaning
  alone), without dense (by words alone, and sentences are not compared by meaning), without abstention (the
  best sentences are quoted whatever their confidence);
- llamaindex: ``VectorStoreIndex`` with its own splitter over the same embedding model, ten nodes,
  ``context_only``; txtai: its hybrid index over the passages of the library, the ten best. Neither has a
  language model here: their answer is what they found, best first, of which 120 words count.

``--xquad`` is a folder with ``corpus.jsonl`` and ``queries.jsonl`` (id, text, relevant, answer). Every sixth
article is left out of the corpus, and its questions have no answer; so many others (``--questions``) are
asked as typed, half as many of them also without diacritics, and a third as many of those without answer.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

os.environ.setdefault("HF_HUB_OFFLINE", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistant.abstain import Decision
from assistant.answer import Assistant
from assistant.evaluate.asking import ask_all
from assistant.evaluate.attribution import VerifiedBy
from assistant.evaluate.compare import compare
from assistant.evaluate.conditions import conditions_of
from assistant.evaluate.corpus import Corpus
from assistant.evaluate.facts import Case, read_facts, to_line
from assistant.evaluate.page import render_page
from assistant.evaluate.response import AssistantSystem, System
from assistant.evaluate.runs import CONDITIONS, Run, now, read_run, write_run
from assistant.evaluate.scores import ALL, score_all
from assistant.evaluate.systems import CallableSystem, LlamaIndexSystem
from assistant.evaluate.wording import report_wording
from assistant.extract import Limits
from assistant.quotation import Quotation
from assistant.reading import Reading
from assistant.retrieve import Retrieval
from assistant.scoring import Scored, quotable
from assistant.verification.verifier import verifier_of
from index.embedding import open_embedder
from index.ingestion import ingest
from index.library import Library
from index.restore import Corrected
from index.syllables import fold
from index.types import Embedder, Hit
from index.vocabulary import Vocabulary

FOUND = 10
SHOWN = (
    "Score", "FactRecall", "FactPrecision", "Success@1", "R@10", "RR@10", "nDCG@10", "CitationRecall",
    "CitationPrecision", "QuoteExactness", "AbstentionPrecision", "AbstentionRecall", "AbstentionF1", "AURC",
    "Words", "SecondsP50", "SecondsP95", "Failed",
)  # fmt: skip


class AsTyped(Vocabulary):
    """Puts no diacritics back and no slip right."""

    def correct(self, text: str) -> Corrected:
        """The text as it is."""
        return Corrected(text)

    def restore(self, text: str) -> str:
        """The text as it is."""
        return text


class ByWords:
    """A library that finds passages by words alone, whatever weight it is asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)

    def search(self, text: str, **options: Any) -> list[Hit]:
        """Passages by BM25 and coverage."""
        return self._library.search(text, **{**options, "weight_dense": 0.0})


class NoMeaning:
    """Compares no sentences by meaning."""

    def similarities(self, question: str, sentences: Sequence[str]) -> list[float | None]:
        """Unknown for each."""
        return [None] * len(sentences)


class NeverSilent(Quotation):
    """Quotes the best sentences whether or not they answer."""

    def _decide(self, reading: Reading, hits: Sequence[Hit]) -> tuple[list[Scored], Decision]:
        scored, decision = super()._decide(reading, hits)
        if decision.reason is None:
            return scored, decision
        best = tuple(entry for entry in scored if quotable(reading, entry.candidate))
        return scored, Decision(best, None, decision.confidence, decision.signals, 0.0)


def without_restoration(library: Library) -> Assistant:
    assistant = Assistant(library)
    assistant.vocabulary = AsTyped(library)
    return assistant


def without_lexical(library: Library) -> Assistant:
    return Assistant(library, retrieval=Retrieval(weight_dense=1.0))


def without_dense(library: Library) -> Assistant:
    assistant = Assistant(library)
    assistant.library = cast(Library, ByWords(library))
    assistant.quotation._meaning = cast(Any, NoMeaning())
    return assistant


def without_abstention(library: Library) -> Assistant:
    assistant = Assistant(library)
    assistant.quotation = NeverSilent(
        library, assistant.vocabulary, assistant.validity, limits=Limits(), weights=None
    )
    return assistant


def passages_of(library: Library) -> Iterator[tuple[str, int, int, str]]:
    """Document, start, end and text of every passage."""
    for document in library.documents():
        for passage in library.passages(document.id):
            yield document.id, passage.start, passage.end, passage.text


def llama_index(library: Library, embedder: Embedder) -> System:
    """LlamaIndex as its first page shows it, but for the embedding model."""
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.llms import MockLLM
    from llama_index.core.query_engine import RetrieverQueryEngine
    from llama_index.core.response_synthesizers.context_only import ContextOnly

    class Ours(BaseEmbedding):
        """The library's embedding model."""

        def _get_query_embedding(self, query: str) -> list[float]:
            return [float(value) for value in embedder.query(query)]

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [[float(value) for value in vector] for vector in embedder.passages(texts)]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    documents = [
        Document(
            text=library.document(entry.id).text,
            metadata={"file_name": entry.id},
            excluded_embed_metadata_keys=["file_name"],
        )
        for entry in library.documents()
    ]
    index = VectorStoreIndex.from_documents(documents, embed_model=Ours())
    # Made by hand: the engine's own factory asks for OpenAI's key even where no model is needed.
    engine = RetrieverQueryEngine(
        index.as_retriever(similarity_top_k=FOUND), response_synthesizer=ContextOnly(llm=MockLLM())
    )
    return LlamaIndexSystem(engine, "llamaindex")


def txtai(library: Library) -> System:
    """txtai's hybrid index: BM25 and the same vectors, half and half."""
    from txtai import Embeddings

    entries = list(passages_of(library))
    known = library.stored_vectors([text for *_, text in entries])

    def vectors(texts: Sequence[str]) -> Any:
        import numpy as np

        return np.stack([known[text] if text in known else library.query_vector(text) for text in texts])

    embeddings = Embeddings(method="external", transform=vectors, hybrid=True, content=False)
    embeddings.index([(number, text, None) for number, (*_, text) in enumerate(entries)])

    def ask(question: str, history: Sequence[str]) -> Mapping[str, Any]:
        found = [
            entries[int(number)] for number, _ in embeddings.search("\n".join([*history, question]), FOUND)
        ]
        contexts = [
            {"document": name, "start": start, "end": end, "text": text} for name, start, end, text in found
        ]
        return {"text": "\n".join(text for *_, text in found), "contexts": contexts, "abstained": not found}

    return CallableSystem(ask, "txtai")


SYSTEMS: Mapping[str, Callable[[Library, Embedder], System]] = {
    "default": lambda library, _: AssistantSystem(Assistant(library), "default"),
    "no-restoration": lambda library, _: AssistantSystem(without_restoration(library), "no-restoration"),
    "no-lexical": lambda library, _: AssistantSystem(without_lexical(library), "no-lexical"),
    "no-dense": lambda library, _: AssistantSystem(without_dense(library), "no-dense"),
    "no-abstention": lambda library, _: AssistantSystem(without_abstention(library), "no-abstention"),
    "llamaindex": llama_index,
    "txtai": lambda library, _: txtai(library),
}


@dataclass(frozen=True, slots=True)
class Questions:
    """A set of cases with the folder of their documents."""

    name: str
    facts: Path
    corpus: Path

    @property
    def cases(self) -> tuple[Case, ...]:
        return read_facts(self.facts)


def xquad(data: Path, out: Path, count: int) -> Questions:
    """A sample of XQuAD as cases and documents; see above."""

    def rows(name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (data / name).read_text("utf-8").splitlines()]

    def left_out(id: str) -> bool:
        return int(id.removeprefix("xq").split("_")[0]) % 6 == 5

    corpus = out / "xquad-documents"
    corpus.mkdir(parents=True, exist_ok=True)
    for entry in rows("corpus.jsonl"):
        if not left_out(entry["id"]):
            (corpus / f"{entry['id']}.txt").write_text(entry["text"], encoding="utf-8")
    chance = random.Random(7)
    queries = rows("queries.jsonl")
    answered = [query for query in queries if not left_out(query["relevant"][0])]
    unanswered = [query for query in queries if left_out(query["relevant"][0])]
    typed = chance.sample(answered, count)

    def case(query: Mapping[str, Any], category: str, text: str) -> Case:
        there = category != "unanswerable"
        return Case(
            id=f"{query['id']}-{category.replace(' ', '-')}",
            category=category,
            lang="vi",
            question=text,
            answerable=there,
            documents=tuple(f"{id}.txt" for id in query["relevant"]) if there else (),
            facts=((query["answer"],),) if there else (),
        )

    cases = [case(query, "as typed", query["text"]) for query in typed]
    cases += [case(query, "no diacritics", fold(query["text"])) for query in typed[: count // 2]]
    cases += [case(query, "unanswerable", query["text"]) for query in chance.sample(unanswered, count // 3)]
    facts = out / "xquad.jsonl"
    facts.write_text("".join(map(to_line, cases)), encoding="utf-8")
    return Questions("xquad", facts, corpus)


def measured(questions: Questions, names: Sequence[str], out: Path, embedder: Embedder) -> list[Run]:
    """A run of each system, read where it was written before."""
    with Library.open(out / f"library-{questions.name}", embedder=embedder) as library:
        report = ingest(library, [questions.corpus])
        for failure in report.failures:
            print(f"    not ingested: {failure.path}: {failure.reason}", file=sys.stderr)
        corpus = Corpus.of_library(library)
        bears_out = VerifiedBy(verifier_of(library), corpus)
        runs = []
        for name in names:
            folder = out / questions.name / name
            if (folder / CONDITIONS).exists():
                runs.append(read_run(folder))
                continue
            started = time.perf_counter()
            system = SYSTEMS[name](library, embedder)
            system.ask("Có bao nhiêu đảng viên?", ())  # what is loaded once is no part of a case's time
            began = now()
            outcomes = {outcome.case_id: outcome for outcome in ask_all(questions.cases, system)}
            scores = score_all(questions.cases, outcomes, corpus, bears_out)
            conditions = conditions_of(
                facts=questions.facts, settings={"bench.system": name}, library=library, model=None
            )
            run = Run(str(questions.facts), str(questions.corpus), name, began, conditions, scores)
            write_run(run, folder, render_page(run, report_wording("vi")))
            runs.append(run)
            print(f"    {name}: {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return runs


def table(questions: Questions, runs: Sequence[Run]) -> None:
    """Print the measures of each run under its name, and p of its score against the first."""
    words = report_wording("en")
    print(f"\n{questions.name}: {len(questions.cases)} questions")
    print(f"{'':<34}" + "".join(f"{run.system:>15}" for run in runs))
    for measure in SHOWN:
        values = [run.overall.value(measure) for run in runs]
        if any(value is not None for value in values):
            cells = "".join(f"{words.figure(value, ALL[measure].unit):>15}" for value in values)
            print(f"{words.measure(measure):<34}{cells}")
    categories = dict.fromkeys(score.case.category for score in runs[0].scores)
    for category in categories:
        shares = [run.categories[category].value("Score") for run in runs]
        print(f"{'Score, ' + category:<34}" + "".join(f"{words.figure(share):>15}" for share in shares))
    print(f"{'p of Score':<34}" + "".join(f"{_p(runs[0], run):>15}" for run in runs), flush=True)


def _p(first: Run, other: Run) -> str:
    if first is other:
        return "–"
    found = next(entry for entry in compare(first, other).differences if entry.measure == "Score")
    return "–" if found.p is None else f"{found.p:.4f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=FACTS:CORPUS")
    parser.add_argument("--xquad", type=Path)
    parser.add_argument("--questions", type=int, default=120)
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    sets = []
    for entry in given.set:
        name, _, rest = entry.partition("=")
        facts, _, corpus = rest.partition(":")
        sets.append(Questions(name, Path(facts), Path(corpus)))
    if given.xquad:
        sets.append(xquad(given.xquad, given.out, given.questions))
    embedder = open_embedder(cache_folder=given.out / "cache")
    names = [name for name in given.systems.split(",") if name in SYSTEMS]
    for questions in sets:
        table(questions, measured(questions, names, given.out, embedder))


if __name__ == "__main__":
    main()
