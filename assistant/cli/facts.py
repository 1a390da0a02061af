"""``pba facts``: questions of other forms as a facts file, whether a facts file is right, and its schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.help import brief
from assistant.cli.output import check_writable
from assistant.cli.session import session_of
from assistant.cli.show import line, note
from assistant.evaluate.converters.forms import Form


def convert_facts(
    context: typer.Context,
    form: Annotated[Form, typer.Argument(metavar="FORM", help=brief("option.form"))],
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help=brief("option.source"))],
    output: Annotated[Path, typer.Option("--output", "-o", help=brief("option.facts_output"))],
    documents: Annotated[
        Path | None, typer.Option("--documents", help=brief("option.facts_documents"))
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help=brief("option.facts_lang"))] = "vi",
    split: Annotated[str, typer.Option("--split", help=brief("option.split"))] = "test",
) -> None:
    from assistant.evaluate.converters.convert import convert, write_converted

    words = session_of(context).words
    check_writable("--output", output)
    found = convert(form, source, lang=lang, split=split)
    write_converted(found, output, documents)
    for reason, count in found.skipped.items():
        note(words.evaluate["skipped"].format(count=count, reason=reason))
    line(words.evaluate["converted"].format(count=len(found.cases), file=output))
    if documents is not None:
        line(words.evaluate["documents"].format(count=len(found.documents), folder=documents))


def check_facts(
    context: typer.Context,
    facts: Annotated[Path, typer.Argument(metavar="FACTS.jsonl", help=brief("option.facts"))],
) -> None:
    from assistant.evaluate import facts as reading

    words = session_of(context).words
    cases, problems = reading.check_facts(facts)
    for problem in problems:
        line(problem)
    line(words.evaluate["checked"].format(right=len(cases), wrong=len(problems)))
    if problems or not cases:
        raise typer.Exit(1)


def show_schema() -> None:
    from assistant.evaluate.facts import shipped_schema

    typer.echo(shipped_schema(), nl=False)
