"""The retrieval sets of BEIR (Thakur et al., 2021) and MTEB: a folder of ``corpus.jsonl``, ``queries.jsonl``
and ``qrels/SPLIT.tsv`` (or ``.jsonl``).

Such a set tells which documents are relevant and no answers: its cases measure only what is found. A query
without a relevant document is left out, as trec_eval does.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import BadFacts
from assistant.evaluate.converters.converted import Converted, Names, case_of, read_lines, read_text

_IDS = ("_id", "id")
_QUERY = ("query-id", "query_id", "qid")
_DOCUMENT = ("corpus-id", "corpus_id", "docid")


def convert_beir(folder: Path, *, lang: str, split: str) -> Converted:
    """The queries of one split, with the documents of the whole corpus.

    Raises:
        BadFacts: a file is missing or has another form; the message names it and the line.
    """
    names, documents = Names(), {}
    known: dict[str, str] = {}
    for place, entry in read_lines(folder / "corpus.jsonl"):
        id = _field(place, entry, _IDS)
        known[id] = names.of(id, id)
        title = str(entry.get("title") or "").strip()
        text = str(entry.get("text") or "").strip()
        documents[known[id]] = f"{title}\n\n{text}\n" if title else f"{text}\n"
    grades: dict[str, dict[str, int]] = {}
    skipped: Counter[str] = Counter()
    for place, query, document, grade in _judgements(folder, split):
        if grade <= 0:
            continue
        if document not in known:
            raise BadFacts(f"{place}: the corpus has no document {document}.")
        grades.setdefault(query, {})[known[document]] = grade
    cases = []
    for place, entry in read_lines(folder / "queries.jsonl"):
        id = _field(place, entry, _IDS)
        if id not in grades:
            skipped[f"not judged in the split {split}"] += 1
            continue
        value: dict[str, Any] = {
            "id": id,
            "category": folder.name,
            "lang": lang,
            "question": entry.get("text"),
            "answerable": True,
            "retrieval_only": True,
            "documents": list(grades[id]),
        }
        if any(grade != 1 for grade in grades[id].values()):
            value["grades"] = grades[id]
        cases.append(case_of(place, value))
    return Converted(tuple(cases), documents, skipped)


def _judgements(folder: Path, split: str) -> Iterator[tuple[str, str, str, int]]:
    """Place, query, document and grade of each line of the qrels."""
    lines, table = folder / "qrels" / f"{split}.jsonl", folder / "qrels" / f"{split}.tsv"
    if lines.is_file():
        for place, entry in read_lines(lines):
            yield place, *_judgement(place, entry)
        return
    rows = csv.DictReader(read_text(table).splitlines(), delimiter="\t")
    for number, row in enumerate(rows, start=2):
        place = f"{table}, line {number}"
        yield place, *_judgement(place, row)


def _judgement(place: str, row: dict[str, Any]) -> tuple[str, str, int]:
    try:
        grade = int(row["score"])
    except (KeyError, TypeError, ValueError):
        raise BadFacts(f"{place}: no whole number “score”.") from None
    return _field(place, row, _QUERY), _field(place, row, _DOCUMENT), grade


def _field(place: str, row: dict[str, Any], wanted: tuple[str, ...]) -> str:
    for name in wanted:
        if row.get(name) not in (None, ""):
            return str(row[name])
    raise BadFacts(f"{place}: no “{wanted[0]}”.")
