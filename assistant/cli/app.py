"""The commands, their names and their help. Everything heavy is imported inside a command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import (
    ask,
    cache,
    doctor,
    documents,
    evaluate,
    explain,
    facts,
    feedback,
    ingest,
    judging,
    search,
    serve,
    settings,
    study,
    suggest,
)
from assistant.cli.default_command import DefaultsToRun
from assistant.cli.help import both, brief
from assistant.cli.session import session_of

app = typer.Typer(
    help=both("app"),
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
documents_app = typer.Typer(help=both("documents"), rich_markup_mode=None, invoke_without_command=True)
cache_app = typer.Typer(help=both("cache"), rich_markup_mode=None, invoke_without_command=True)
study_app = typer.Typer(help=both("study"), rich_markup_mode=None, invoke_without_command=True)
evaluate_app = typer.Typer(
    help=both("evaluate"), rich_markup_mode=None, invoke_without_command=True, cls=DefaultsToRun
)
facts_app = typer.Typer(help=both("facts"), rich_markup_mode=None, invoke_without_command=True)
feedback_app = typer.Typer(help=both("feedback"), rich_markup_mode=None, invoke_without_command=True)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"pba {version('party-building-assistant')}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    config: Annotated[Path | None, typer.Option("--config", help=brief("option.config"))] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help=brief("option.verbose"))] = False,
    version: Annotated[
        bool,
        typer.Option("--version", help=brief("option.version"), callback=_version, is_eager=True),
    ] = False,
) -> None:
    session = session_of(context)
    session.config = config
    session.verbose = verbose
    _help_alone(context)


@cache_app.callback()
@documents_app.callback()
@evaluate_app.callback()
@facts_app.callback()
@feedback_app.callback()
@study_app.callback()
def _group(context: typer.Context) -> None:
    _help_alone(context)


def _help_alone(context: typer.Context) -> None:
    """A group named without a command shows its help."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _add(group: typer.Typer, name: str, command: Callable[..., None], text: str) -> None:
    group.command(name, help=both(text), short_help=brief(text))(command)


_add(app, "ingest", ingest.ingest, "ingest")
app.add_typer(documents_app, name="documents", short_help=brief("documents"))
_add(documents_app, "list", documents.list_documents, "documents.list")
_add(documents_app, "show", documents.show_document, "documents.show")
_add(documents_app, "remove", documents.remove_documents, "documents.remove")
_add(app, "search", search.search, "search")
_add(app, "ask", ask.ask, "ask")
_add(app, "explain", explain.explain, "explain")
_add(app, "serve", serve.serve, "serve")
_add(app, "demo", serve.demo, "demo")
app.add_typer(study_app, name="study", short_help=brief("study"))
_add(study_app, "make", study.make, "study.make")
_add(study_app, "topics", study.show_topics, "study.topics")
_add(study_app, "list", study.list_drafts, "study.list")
_add(study_app, "show", study.show_draft, "study.show")
_add(study_app, "export", study.export_draft, "study.export")
_add(study_app, "duplicate", study.duplicate_draft, "study.duplicate")
_add(study_app, "delete", study.delete_draft, "study.delete")
app.add_typer(evaluate_app, name="evaluate", short_help=brief("evaluate"))
_add(evaluate_app, "run", evaluate.evaluate, "evaluate.run")
_add(evaluate_app, "compare", evaluate.compare, "evaluate.compare")
_add(evaluate_app, "judge", judging.judge, "evaluate.judge")
app.add_typer(facts_app, name="facts", short_help=brief("facts"))
_add(facts_app, "suggest", suggest.suggest_facts, "facts.suggest")
_add(facts_app, "list", suggest.list_sets, "facts.list")
_add(facts_app, "export", suggest.export_set, "facts.export")
_add(facts_app, "delete", suggest.delete_set, "facts.delete")
_add(facts_app, "convert", facts.convert_facts, "facts.convert")
_add(facts_app, "check", facts.check_facts, "facts.check")
_add(facts_app, "schema", facts.show_schema, "facts.schema")
app.add_typer(feedback_app, name="feedback", short_help=brief("feedback"))
_add(feedback_app, "list", feedback.list_feedback, "feedback.list")
_add(feedback_app, "export", feedback.export_feedback, "feedback.export")
app.add_typer(cache_app, name="cache", short_help=brief("cache"))
_add(cache_app, "clear", cache.clear_cache, "cache.clear")
_add(app, "doctor", doctor.doctor, "doctor")
_add(app, "settings", settings.show_settings, "settings")
