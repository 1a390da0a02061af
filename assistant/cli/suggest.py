"""``pba facts suggest``: test questions drafted from the library, and the sets that are kept of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.filters import From, Issuers, Kinds, Numbers, Provinces, To, filters
from assistant.cli.help import brief
from assistant.cli.opening import open_assistant, open_library
from assistant.cli.output import check_writable, write_output
from assistant.cli.progress import counting
from assistant.cli.session import Session, session_of
from assistant.cli.show import line, note, show_json, table
from assistant.errors import BadOption
from assistant.naming import suggestion

if TYPE_CHECKING:
    from assistant.evaluate.suggest.sets import QuestionSets, SavedSet
    from assistant.evaluate.suggest.types import Order, Suggested, Suggestion, SuggestionKind
    from assistant.evaluate.suggest.wording import SuggestWording

Named = Annotated[str, typer.Argument(metavar="ID", help=brief("option.question_set"))]
AsJson = Annotated[bool, typer.Option("--json", help=brief("option.json"))]


class Which(StrEnum):
    """Questions to export, as typed."""

    ACCEPTED = "accepted"
    ALL = "all"


def suggest_facts(
    context: typer.Context,
    count: Annotated[int, typer.Option("--count", help=brief("option.suggest_count"))] = 60,
    kinds: Annotated[
        list[str] | None, typer.Option("--kinds", metavar="KIND,…", help=brief("option.suggest_kinds"))
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help=brief("option.seed"))] = 101,
    unmarked: Annotated[float, typer.Option("--unmarked", help=brief("option.suggest_unmarked"))] = 0.15,
    english: Annotated[float, typer.Option("--english", help=brief("option.suggest_english"))] = 0.05,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=brief("option.suggest_output"))
    ] = None,
    title: Annotated[str, typer.Option("--title", help=brief("option.suggest_title"))] = "",
    document: Annotated[
        list[str] | None, typer.Option("--document", help=brief("option.of_document"))
    ] = None,
    province: Provinces = None,
    kind: Kinds = None,
    number: Numbers = None,
    issuer: Issuers = None,
    issued_from: From = None,
    issued_to: To = None,
    as_json: AsJson = False,
) -> None:
    from dataclasses import replace

    from assistant.evaluate.suggest.making import checked, suggest
    from assistant.evaluate.suggest.types import Order

    session = session_of(context)
    chosen = filters(province, kind, number, issuer, issued_from, issued_to)
    order = Order(count, _kinds(kinds or []), chosen, seed, unmarked, english)
    checked(order)
    check_writable("--output", output)
    with open_assistant(session) as assistant:
        library = assistant.library
        ids = tuple(library.find_document(name).id for name in document or ())
        order = replace(order, filters=replace(chosen, document_ids=ids))
        words = _words(session)
        with counting(words.said["suggesting"], count) as advance:
            made = suggest(library, order, progress=lambda done, wanted: advance())
        kept = _keep(session, assistant.archive.question_sets, made, title) if output is None else None
    if output is not None:
        _write(output, made.suggestions)
    _print(made, order, words, as_json=as_json)
    if output is not None:
        note(words.said["written"].format(count=len(made.suggestions), file=output))
    elif kept is not None:
        note(words.said["saved"].format(id=kept.id, title=kept.title))
    else:
        note(words.said["read_only"])


def list_sets(context: typer.Context, as_json: AsJson = False) -> None:
    from assistant.conversations import SINGLE_USER
    from assistant.evaluate.suggest.sets import QuestionSets, counts

    session = session_of(context)
    words = _words(session)
    with open_library(session, reading=True) as library:
        sets = QuestionSets.of(library)
        found = [(entry, counts(sets.load(SINGLE_USER, entry.id))) for entry in sets.listed(SINGLE_USER)]
    if as_json:
        show_json(
            [
                {
                    "id": entry.id,
                    "title": entry.title,
                    "questions": entry.questions,
                    "states": {state.value: count for state, count in states.items()},
                    "updated_at": entry.updated_at.isoformat(),
                }
                for entry, states in found
            ]
        )
    elif not found:
        note(words.said["none"])
    else:
        columns = session.words.columns
        states = list(found[0][1])
        headings = [columns["id"], columns["title"], *(words.states[state] for state in states)]
        rows = [(entry.id, entry.title, *(str(own[state]) for state in states)) for entry, own in found]
        table(headings, rows, numeric=tuple(range(2, 2 + len(states))))


def export_set(
    context: typer.Context,
    set_id: Named,
    output: Annotated[Path, typer.Option("--output", "-o", help=brief("option.facts_output"))],
    which: Annotated[Which, typer.Option("--which", help=brief("option.suggest_which"))] = Which.ACCEPTED,
) -> None:
    from assistant.conversations import SINGLE_USER
    from assistant.evaluate.suggest.cases import kept
    from assistant.evaluate.suggest.sets import QuestionSets

    session = session_of(context)
    check_writable("--output", output)
    with open_library(session, reading=True) as library:
        found = QuestionSets.of(library).load(SINGLE_USER, set_id)
    chosen = found if which is Which.ALL else kept(found)
    if not chosen:
        raise BadOption(
            f"No question of the set {set_id!r} is accepted yet. Review it on the page, or use --which all."
        )
    _write(output, chosen)
    line(_words(session).said["written"].format(count=len(chosen), file=output))


def delete_set(context: typer.Context, set_id: Named) -> None:
    from assistant.conversations import SINGLE_USER
    from assistant.evaluate.suggest.sets import QuestionSets

    session = session_of(context)
    with open_library(session) as library:
        sets = QuestionSets.of(library)
        saved = sets.find(SINGLE_USER, set_id)
        sets.delete(SINGLE_USER, set_id)
    line(_words(session).said["deleted"].format(id=saved.id, title=saved.title))


def _kinds(typed: list[str]) -> tuple[SuggestionKind, ...]:
    from assistant.evaluate.suggest.types import SuggestionKind

    names = [kind.value for kind in SuggestionKind]
    wanted = [name.strip().lower() for entry in typed for name in entry.split(",") if name.strip()]
    for name in wanted:
        if name not in names:
            raise BadOption(f"--kinds: there is no kind {name!r}.{suggestion(name, names)}")
    return tuple(kind for kind in SuggestionKind if kind.value in wanted)


def _words(session: Session) -> SuggestWording:
    from assistant.evaluate.suggest.wording import suggest_wording

    return suggest_wording(session.settings.language)


def _keep(session: Session, sets: QuestionSets, made: Suggested, title: str) -> SavedSet | None:
    from assistant.conversations import SINGLE_USER

    if not sets.lasting:
        return None
    name = title or _words(session).title.format(day=f"{datetime.now().astimezone():%d/%m/%Y %H:%M}")
    return sets.add(SINGLE_USER, name, made)


def _write(output: Path, suggestions: Sequence[Suggestion]) -> None:
    from assistant.evaluate.suggest.cases import facts_file

    write_output(output, facts_file(suggestions).encode())


def _print(made: Suggested, order: Order, words: SuggestWording, *, as_json: bool) -> None:
    if as_json:
        from assistant.evaluate.suggest.cases import case_of

        show_json(
            {
                "questions": [case_of(one).model_dump(mode="json") for one in made.suggestions],
                "left_out": [
                    {"reason": one.reason.value, "count": one.count, "example": one.example}
                    for one in made.left_out
                ],
            }
        )
        return
    for one in made.suggestions:
        answer = "; ".join(fact[0] for fact in one.facts) or words.ground(one)
        line(f"{one.id} [{words.kinds[one.kind]}] {one.question}")
        line(f"     → {answer}")
    found = Counter(one.kind for one in made.suggestions)
    told = ", ".join(f"{words.kinds[kind]}: {found[kind]}" for kind in words.kinds if found[kind])
    line(words.said["made"].format(count=len(made.suggestions), kinds=told))
    if len(made.suggestions) < order.count:
        note(words.said["fewer"].format(made=len(made.suggestions), wanted=order.count))
    for left in made.left_out:
        note(
            words.said["left_out"].format(
                count=left.count, why=words.reasons[left.reason], example=left.example
            )
        )
