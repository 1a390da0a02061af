"""``pba evaluate judge``: a language model's opinion of the answers of a run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.help import brief
from assistant.cli.progress import counting
from assistant.cli.session import Session, session_of
from assistant.cli.show import line, note, show_json
from assistant.errors import BadOption

if TYPE_CHECKING:
    from assistant.llm.endpoint import Endpoint


def judge(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="RUN", help=brief("option.judged"))],
    url: Annotated[str, typer.Option("--url", help=brief("option.judge_url"))] = "",
    model: Annotated[str, typer.Option("--model", help=brief("option.judge_model"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=brief("option.json"))] = False,
) -> None:
    from assistant.evaluate import llm_judge
    from assistant.evaluate.page import render_page
    from assistant.evaluate.report import figure
    from assistant.evaluate.runs import REPORT, read_run
    from assistant.evaluate.wording import report_wording
    from index.durable import write_text_durably

    session = session_of(context)
    words, language = session.words.evaluate, session.settings.language
    run = read_run(folder)
    judging = _model(session, url, model)
    count = sum(map(llm_judge.is_judged, run.scores))
    try:
        with counting(words["judging"], count) as advance:
            seconds = session.settings.llm.total_seconds
            found = llm_judge.judge(run, judging, folder, language, seconds=seconds, advance=advance)
    finally:
        judging.close()
    kept = llm_judge.read_judgements(run, folder)
    write_text_durably(folder / REPORT, render_page(run, report_wording(language), kept))
    if as_json:
        show_json(llm_judge.to_json(run, found))
    else:
        agreed = llm_judge.agreement(run, found)
        wrong, partly, right = (found.grades[grade] for grade in range(llm_judge.BEST + 1))
        line(
            words["judged"].format(
                model=found.model,
                judged=found.judged,
                wrong=wrong,
                partly=partly,
                right=right,
                mean=figure(found.mean),
            )
        )
        line(
            words["judge_agreement"].format(
                same=agreed.same, judged=agreed.judged, kappa=figure(agreed.kappa)
            )
        )
    for text, missing in (("judge_failed", found.failed), ("judge_unasked", found.unasked)):
        if missing:
            note(words[text].format(count=missing))
    if found.model == run.conditions.get("model"):
        note(words["judge_own"])
    note(words["written"].format(folder=folder))
    if found.failed:
        raise typer.Exit(1)


def _model(session: Session, url: str, name: str) -> Endpoint:
    """The model of the settings, or another one; the key of the settings goes to their own address alone."""
    from pydantic import SecretStr, ValidationError

    from assistant.llm.opening import model_of
    from assistant.setting_sections import LlmSettings

    chosen = session.settings.llm.model_dump() | {"temperature": 0.0}
    if url:
        key = os.environ.get("OPENAI_API_KEY")
        other = {"base_url": url, "model": None, "api_key_file": None, "context_window": None}
        chosen |= other | {"api_key": SecretStr(key) if key else None}
    if name:
        chosen["model"] = name
    try:
        settings = session.settings.model_copy(update={"llm": LlmSettings.model_validate(chosen)})
    except ValidationError as error:
        raise BadOption(f"--url {url}: {error.errors()[0]['msg']}.") from None
    opened = model_of(settings)
    if opened is None:
        raise BadOption("No model to judge with. Set llm.base_url, or name its address: --url http://…/v1.")
    if not opened.name:
        opened.close()
        raise BadOption(f"{settings.llm.base_url} does not tell which models it has. Name one: --model NAME.")
    return opened
