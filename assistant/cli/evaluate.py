"""``pba evaluate``: scores on questions with known answers, and what differs between two runs."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.help import brief
from assistant.cli.opening import open_assistant, open_library
from assistant.cli.output import check_writable
from assistant.cli.progress import counting
from assistant.cli.session import Session, session_of
from assistant.cli.show import line, note, show_json, table
from assistant.errors import BadOption

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from assistant.evaluate.facts import Case
    from assistant.evaluate.kept import Kept
    from assistant.evaluate.names import Gate
    from assistant.evaluate.response import System
    from assistant.evaluate.runs import Run
    from assistant.wording import Wording

_SUMMARY = ("category", "cases", "score", "fact_recall")
_SUMMARY_REST = (
    "citation_recall",
    "citation_precision",
    "abstention_precision",
    "abstention_recall",
    "words",
    "seconds",
)
_CASES = ("id", "category", "score", "facts", "hit", "citations", "words", "seconds", "note")
_COMPARED = ("measure", "before", "after", "change", "p", "verdict")


def evaluate(
    context: typer.Context,
    facts: Annotated[Path, typer.Argument(metavar="FACTS.jsonl", help=brief("option.facts"))],
    corpus: Annotated[Path | None, typer.Option("--corpus", help=brief("option.corpus"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=brief("option.json"))] = False,
    min_fact_recall: Annotated[
        float | None,
        typer.Option("--min-fact-recall", min=0.0, max=1.0, help=brief("option.min_fact_recall")),
    ] = None,
    gate: Annotated[str, typer.Option("--gate", metavar="min-MEASURE=N,…", help=brief("option.gate"))] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help=brief("option.output"))] = None,
    folder: Annotated[Path | None, typer.Option("--run", help=brief("option.run"))] = None,
    junit: Annotated[Path | None, typer.Option("--junit", help=brief("option.junit"))] = None,
    markdown: Annotated[Path | None, typer.Option("--markdown", help=brief("option.markdown"))] = None,
    system: Annotated[str, typer.Option("--system", help=brief("option.system"))] = "",
    model: Annotated[str, typer.Option("--model", help=brief("option.model"))] = "",
    timeout: Annotated[float | None, typer.Option("--timeout", min=0.1, help=brief("option.timeout"))] = None,
) -> None:
    from assistant.evaluate.facts import read_facts
    from assistant.evaluate.formats import run_to_junit, run_to_markdown
    from assistant.evaluate.names import Gate, gates_of, held
    from assistant.evaluate.page import render_page
    from assistant.evaluate.report import to_json
    from assistant.evaluate.runs import write_run
    from assistant.evaluate.wording import report_wording

    session = session_of(context)
    words = session.words
    cases = read_facts(facts)
    gates = gates_of(gate) if gate else ()
    if min_fact_recall is not None:
        gates = (Gate("FactRecall", min_fact_recall, True), *gates)
    if corpus is not None and not corpus.exists():
        raise BadOption(f"--corpus {corpus}: no such folder.")
    # Said before the minutes that scoring takes, not after them.
    for option, file in (("--output", output), ("--junit", junit), ("--markdown", markdown)):
        check_writable(option, file)
    folder = _run_folder(folder, session.settings.home / "evaluations", facts)
    asked = _Asked(facts, corpus, system, model, timeout)
    with _library_of(session, corpus) as (assistant, failures):
        run, kept = _run(session, cases, assistant, asked, folder)
    wording = report_wording(session.settings.language)
    write_run(run, folder, render_page(run, wording))
    kept.drop()
    bounds = held(gates, run.overall)
    result = to_json(run, bounds)
    written = {
        output: json.dumps(result, ensure_ascii=False, indent=2) + "\n",
        junit: run_to_junit(run, bounds, wording),
        markdown: run_to_markdown(run, wording),
    }
    for path, text in written.items():
        if path is not None:
            path.write_text(text, encoding="utf-8")
    if as_json:
        show_json(result)
    else:
        _show(run, words)
    _show_gates(bounds, run, words)
    note(words.evaluate["written"].format(folder=folder))
    if failures or not all(bounds.values()):
        raise typer.Exit(1)


def compare(
    context: typer.Context,
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help=brief("option.before"))],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help=brief("option.after"))],
    as_json: Annotated[bool, typer.Option("--json", help=brief("option.json"))] = False,
    markdown: Annotated[Path | None, typer.Option("--markdown", help=brief("option.markdown"))] = None,
) -> None:
    from assistant.evaluate import compare as comparing
    from assistant.evaluate.formats import changed_cases, comparison_rows, comparison_to_markdown
    from assistant.evaluate.runs import read_run
    from assistant.evaluate.wording import report_wording

    session = session_of(context)
    check_writable("--markdown", markdown)
    found = comparing.compare(read_run(before), read_run(after))
    wording = report_wording(session.settings.language)
    if markdown is not None:
        markdown.write_text(comparison_to_markdown(found, wording), encoding="utf-8")
    if as_json:
        show_json(comparing.to_json(found))
        return
    labels = wording.labels
    table([labels[name] for name in _COMPARED], comparison_rows(found, wording), numeric=(1, 2, 3, 4))
    for name, cases in (("better_cases", found.better), ("worse_cases", found.worse)):
        line(f"{labels[name]} ({len(cases)})")
        for text in changed_cases(cases, wording):
            line(text)
    for name, ids in (("only_before", found.only_before), ("only_after", found.only_after)):
        if ids:
            line(f"{labels[name]}: {', '.join(ids)}")
    for name, (old, new) in found.conditions.items():
        note(f"{name}: {old} → {new}")


@dataclass(frozen=True, slots=True)
class _Asked:
    facts: Path
    corpus: Path | None
    system: str
    model: str
    timeout: float | None


def _run(
    session: Session, cases: tuple[Case, ...], assistant: Assistant, asked: _Asked, folder: Path
) -> tuple[Run, Kept]:
    from assistant.evaluate.attribution import VerifiedBy
    from assistant.evaluate.conditions import conditions_of
    from assistant.evaluate.corpus import Corpus
    from assistant.evaluate.kept import Kept
    from assistant.evaluate.runs import Run, now
    from assistant.evaluate.scores import score_all
    from assistant.verification.verifier import verifier_of

    words = session.words
    corpus = Corpus.of_library(assistant.library)
    unknown = {name for case in cases for name in case.documents if name not in corpus}
    if unknown:
        note(words.evaluate["unknown"].format(names=", ".join(sorted(unknown))))
    system = _system(session, assistant, asked)
    conditions = conditions_of(
        facts=asked.facts,
        settings={entry.name: entry.value for entry in session.loaded.effective()},
        library=assistant.library,
        model=asked.model or session.settings.llm.model or None,
    )
    kept = Kept(folder, system=system.name, began=now(), conditions=conditions | {"timeout": asked.timeout})
    if kept.resumed:
        note(words.evaluate["resumed"].format(done=kept.resumed, count=len(cases)))
    note(words.evaluate["evaluating"].format(count=len(cases)))
    try:
        with counting(words.evaluate["asking"], len(cases), done=kept.resumed) as advance:
            for _ in kept.ask(cases, system, timeout=asked.timeout):
                advance()
    except BaseException:
        note(words.evaluate["kept"].format(done=len(kept.outcomes), count=len(cases), folder=folder))
        raise
    bears_out = VerifiedBy(verifier_of(assistant.library), corpus)
    named = str(asked.corpus or session.settings.library_directory)
    scores = score_all(cases, kept.outcomes, corpus, bears_out)
    return Run(str(asked.facts), named, system.name, kept.began, conditions, scores), kept


def _system(session: Session, assistant: Assistant, asked: _Asked) -> System:
    from assistant.evaluate.response import AssistantSystem
    from assistant.evaluate.systems import system_named

    if not asked.system:
        return AssistantSystem(assistant)
    key = os.environ.get("OPENAI_API_KEY")
    return system_named(asked.system, model=asked.model, api_key=key, timeout=asked.timeout)


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


def _run_folder(named: Path | None, home: Path, facts: Path) -> Path:
    """The folder of a run, made: the one that is named, else a new one below ``home``.

    One that is named may hold what an interrupted run has asked so far, and nothing else.
    """
    from assistant.evaluate.kept import ASKED
    from assistant.evaluate.runs import CONDITIONS, now

    begun = named is not None and (named / ASKED).is_file() and not (named / CONDITIONS).exists()
    if named is not None and not begun and named.exists() and (not named.is_dir() or any(named.iterdir())):
        raise BadOption(f"--run {named}: it is there already and not empty. Name another folder.")
    stem = re.sub(r"[^0-9A-Za-z._-]+", "-", facts.stem)
    base = f"{now():%Y%m%d-%H%M%S}-{stem}"
    number = 1
    folder = named or home / base
    while named is None and folder.exists():
        number += 1
        folder = home / f"{base}-{number}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadOption(f"--run {folder}: cannot be made ({error.strerror or error}).") from None
    return folder


def _show(run: Run, words: Wording) -> None:
    from assistant.evaluate.report import KS, case_rows, summary_rows
    from assistant.evaluate.wording import report_wording

    names = words.columns
    stages = report_wording(words.language).stages
    table(
        [names[name] for name in _CASES],
        case_rows(run, stages),
        title=words.evaluate["by_case"],
        numeric=(2, 3, 5, 6, 7),
    )
    headings = [names[name] for name in _SUMMARY]
    headings += [f"hit@{k}" for k in KS]
    headings += [names[name] for name in _SUMMARY_REST]
    *rows, overall = summary_rows(run)
    table(
        headings,
        [*rows, (words.evaluate["overall"], *overall[1:])],
        title=words.evaluate["by_category"],
        numeric=range(1, len(headings)),
    )


def _show_gates(bounds: Mapping[Gate, bool], run: Run, words: Wording) -> None:
    from assistant.evaluate.report import figure

    for gate, held in bounds.items():
        value = figure(run.overall.value(gate.measure))
        if gate.measure == "FactRecall" and gate.least:
            said = words.evaluate["held" if held else "not_held"]
            note(said.format(value=value, minimum=gate.bound))
        else:
            said = words.evaluate["gate_held" if held else "gate_not_held"]
            note(said.format(gate=gate, value=value))
