"""``pba ask``: one question, one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.filters import From, Issuers, Kinds, Numbers, Provinces, To, filters
from assistant.cli.help import brief
from assistant.cli.opening import open_assistant
from assistant.cli.questions import question_text
from assistant.cli.session import session_of
from assistant.cli.show import line, show_json

if TYPE_CHECKING:
    from assistant.types import Answer, Citation, Statement
    from assistant.wording import Wording


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help=brief("option.question"))],
    history: Annotated[list[str] | None, typer.Option("--history", help=brief("option.history"))] = None,
    province: Provinces = None,
    kind: Kinds = None,
    number: Numbers = None,
    issuer: Issuers = None,
    issued_from: From = None,
    issued_to: To = None,
    as_json: Annotated[bool, typer.Option("--json", help=brief("option.json"))] = False,
) -> None:
    session = session_of(context)
    chosen = filters(province, kind, number, issuer, issued_from, issued_to)
    text = question_text(question)
    earlier = [question_text(entry) for entry in history or ()]
    with open_assistant(session) as assistant:
        answer = assistant.ask(text, history=earlier, filters=chosen)
    if as_json:
        from assistant.serialise import answer_to_json

        show_json(answer_to_json(answer))
    else:
        bold = {statement.text: statement.emphasis for statement in answer.statements}
        for text in answer_lines(answer, session.words):
            line(text, bold=bold.get(text, ()))


def answer_lines(answer: Answer, words: Wording) -> list[str]:
    """An answer as lines for a terminal: how it was understood, what it says, where it stands."""
    from assistant.notices import all_in_words

    lines = []
    if answer.standalone != answer.question:
        lines += [words.understood.format(question=answer.standalone), ""]
    details = [
        f"{step.typed} → {step.read}"
        for step in answer.understood
        if step.step.value not in ("diacritics", "followup")
    ]
    if details:
        lines[-1:] = [f"({'; '.join(details)})", ""]
    if answer.message:
        lines += [answer.message, ""]
    for statement in answer.statements:
        lines.append(statement.text)
        if answer.engine.value == "model":
            lines.append(f"  {_checked(statement, words)}")
        lines += [f"  ({notice})" for notice in all_in_words(statement.citations, answer.language)]
    if answer.withheld:
        lines += ["", words.llm["withheld"].format(count=len(answer.withheld))]
        lines += [f"  - {entry.text}: {_checked(entry, words)}" for entry in answer.withheld]
    if answer.notes:
        lines += ["", *answer.notes]
    sources, title = answer.citations, words.sources_title
    if not answer.statements:
        sources, title = answer.nearest, words.nearest
    if sources:
        lines += ["", title] if answer.statements else [title]
        for source in sources:
            lines.append(_source(source, with_quote=not answer.statements))
            if not answer.statements:
                lines += [f"  ({notice})" for notice in all_in_words((source,), answer.language)]
    return lines


def _checked(statement: Statement, words: Wording) -> str:
    """What checking a sentence of a language model found."""
    told = [words.llm[statement.verdict.value]]
    if statement.approximations:
        told.append(words.llm["approximate"].format(figures="; ".join(statement.approximations)))
    for difference in statement.differences:
        form = words.llm["differs" if difference.cited else "lacks"]
        told.append(form.format(said=difference.said, cited=difference.cited))
    return f"({'; '.join(told)})"


def _source(citation: Citation, *, with_quote: bool) -> str:
    place = f"{citation.document_id} {citation.start}:{citation.end}"
    quote = f": {citation.quote}" if with_quote else ""
    return f"[{citation.marker}] {citation.label or citation.document_id} ({place}){quote}"
