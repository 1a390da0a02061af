"""``pba evaluate``: scores on questions with known answers."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.help import brief
from assistant.cli.opening import open_assistant, open_library
from assistant.cli.session import Session, session_of
from assistant.cli.show import note, show_json, table
from assistant.errors import BadOption

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from assistant.evaluate.facts import Case
    from assistant.evaluate.report import Report
    from assistant.wording import Wording
    from ingest.types import Document

_SUMMARY = ("category", "cases", "score", "fact_recall")
_SUMMARY_REST = ("citation_precision", "abstention_precision", "abstention_recall", "words", "seconds")
_CASES = ("id", "category", "score", "facts", "hit", "citations", "words", "seconds", "note")


def evaluate(
    context: typer.Context,
    facts: Annotated[Path, typer.Argument(metavar="FACTS.jsonl", help=brief("option.facts"))],
    corpus: Annotated[Path | None, typer.Option("--corpus", help=brief("option.corpus"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=brief("option.json"))] = False,
    min_fact_recall: Annotated[
        float | None,
        typer.Option("--min-fact-recall", min=0.0, max=1.0, help=brief("option.min_fact_recall")),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help=brief("option.output"))] = None,
) -> None:
    from assistant.evaluate.facts import read_facts
    from assistant.evaluate.report import holds, percent, to_json

    session = session_of(context)
    words = session.words
    cases = read_facts(facts)
    if corpus is not None and not corpus.exists():
        raise BadOption(f"--corpus {corpus}: no such folder.")
    # Said before the minutes that scoring takes, not after them.
    if output is not None and (output.is_dir() or not output.absolute().parent.is_dir()):
        raise BadOption(f"--output {output}: no file can be written there. Name one in a folder that exists.")
    with _library_of(session, corpus) as (assistant, failures):
        report = _report(cases, assistant, facts, corpus or session.settings.library_directory, words)
    result = to_json(report, min_fact_recall)
    if output is not None:
        output.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if as_json:
        show_json(result)
    else:
        _show(report, words)
    held = True
    if min_fact_recall is not None:
        recall = report.overall.fact_recall
        held = holds(report.overall, min_fact_recall)
        said = words.evaluate_held if held else words.evaluate_not_held
        note(said.format(value=percent(recall), minimum=min_fact_recall))
    if failures or not held:
        raise typer.Exit(1)


def _report(
    cases: tuple[Case, ...], assistant: Assistant, facts: Path, corpus: Path, words: Wording
) -> Report:
    from assistant.evaluate.report import Report
    from assistant.evaluate.run import ask_all, score_all
    from index.errors import UnknownDocument

    def find(document_id: str) -> Document | None:
        try:
            return assistant.document(document_id)
        except UnknownDocument:
            return None

    known = {name for document in assistant.library.documents() for name in (document.id, *document.names)}
    unknown = {name for case in cases for name in case.documents} - known
    if unknown:
        note(words.evaluate_unknown.format(names=", ".join(sorted(unknown))))
    note(words.evaluating.format(count=len(cases)))
    outcomes = {
        outcome.case_id: outcome
        for outcome in ask_all(cases, lambda question, history: assistant.ask(question, history=history))
    }
    return Report(str(facts), str(corpus), score_all(cases, outcomes, find), outcomes)


@contextmanager
def _library_of(session: Session, corpus: Path | None) -> Iterator[tuple[Assistant, int]]:
    """The assistant to ask, and how many files of the corpus could not be ingested."""
    if corpus is None:
        with open_assistant(session) as assistant:
            yield assistant, 0
        return
    from assistant.cli.ingest import ingest_into, show_failures

    with (
        tempfile.TemporaryDirectory(prefix="pba-evaluate-") as folder,
        open_library(session, Path(folder)) as library,
    ):
        report = ingest_into(session, library, [str(corpus)])
        show_failures(report, session.words, to=sys.stderr)
        with open_assistant(session, library=library) as assistant:
            yield assistant, len(report.failures)


def _show(report: Report, words: Wording) -> None:
    from assistant.evaluate.report import case_rows, summary_rows
    from assistant.evaluate.run import KS

    names = words.columns
    table(
        [names[name] for name in _CASES],
        case_rows(report),
        title=words.evaluate_by_case,
        numeric=(2, 3, 5, 6, 7),
    )
    headings = [names[name] for name in _SUMMARY]
    headings += [f"hit@{k}" for k in KS]
    headings += [names[name] for name in _SUMMARY_REST]
    *rows, overall = summary_rows(report)
    table(
        headings,
        [*rows, (words.evaluate_overall, *overall[1:])],
        title=words.evaluate_by_category,
        numeric=range(1, len(headings)),
    )
