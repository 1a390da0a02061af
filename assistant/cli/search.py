"""``pba search``: the passages nearest to a question."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.filters import From, Issuers, Kinds, Numbers, Provinces, To, filters
from assistant.cli.help import brief
from assistant.cli.opening import open_assistant
from assistant.cli.questions import question_text
from assistant.cli.session import session_of
from assistant.cli.show import line, note, show_json


def search(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help=brief("option.question"))],
    province: Provinces = None,
    kind: Kinds = None,
    number: Numbers = None,
    issuer: Issuers = None,
    issued_from: From = None,
    issued_to: To = None,
    k: Annotated[int | None, typer.Option("-k", min=1, max=200, help=brief("option.k"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=brief("option.json"))] = False,
) -> None:
    from assistant.serialise import hit_to_json

    session = session_of(context)
    chosen = filters(province, kind, number, issuer, issued_from, issued_to)
    text = question_text(question)
    with open_assistant(session) as assistant:
        hits = assistant.search(text, filters=chosen, k=k)
    if as_json:
        show_json([hit_to_json(hit) for hit in hits])
        return
    if not hits:
        note(session.words.nothing_found)
    for rank, hit in enumerate(hits, start=1):
        line(f"{rank:>2}. {hit.score:+.3f}  {hit.document.title} · {hit.passage.id}")
        if hit.passage.heading:
            line(f"    {hit.passage.heading}")
        line(f"    {hit.passage.text}")
