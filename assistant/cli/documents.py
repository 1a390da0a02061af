"""``pba documents``: list, show, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.help import brief
from assistant.cli.opening import open_library
from assistant.cli.session import session_of
from assistant.cli.show import line, note, show_json, table

if TYPE_CHECKING:
    from index.records import DocumentSummary
    from ingest.types import Document

Json = Annotated[bool, typer.Option("--json", help=brief("option.json"))]

_LISTED = ("id", "number", "kind", "issued_on", "province", "passages", "title")
_METADATA = ("title", "number", "kind", "issuer", "province", "issued_on", "status", "source", "access")


def list_documents(context: typer.Context, as_json: Json = False) -> None:
    session = session_of(context)
    with open_library(session, reading=True) as library:
        summaries = library.documents()
    if as_json:
        show_json([_summary(entry) for entry in summaries])
    elif not summaries:
        note(session.words.documents_none)
    else:
        rows = [
            (
                entry.id,
                entry.number or "",
                entry.kind,
                entry.issued_on.isoformat() if entry.issued_on else "",
                entry.province or "",
                str(entry.passages),
                entry.title,
            )
            for entry in summaries
        ]
        table([session.words.columns[name] for name in _LISTED], rows, numeric=(5,))


def show_document(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help=brief("option.document"))],
    as_json: Json = False,
    text: Annotated[bool, typer.Option("--text", help=brief("option.text"))] = False,
) -> None:
    from assistant.serialise import document_to_json

    session = session_of(context)
    with open_library(session, reading=True) as library:
        found = library.find_document(document)
        passages = library.passages(found.id)
    if as_json:
        show_json(document_to_json(found, passages))
        return
    if text:
        typer.echo(found.text, nl=not found.text.endswith("\n"))
        return
    names = session.words.columns
    rows = [("id", found.id, "")]
    rows += [(name, _value(found, name), found.provenance.get(name, "")) for name in _METADATA]
    rows += [("names", ", ".join(found.names), ""), ("sha256", found.sha256, "")]
    table([names["field"], names["value"], names["origin"]], rows)
    line()
    for passage in passages:
        place = f" · {passage.heading}" if passage.heading else ""
        line(f"#{passage.ordinal} {passage.start}:{passage.end}{place}")
        line(f"    {passage.text}")


def remove_documents(
    context: typer.Context,
    documents: Annotated[list[str], typer.Argument(metavar="DOCUMENT", help=brief("option.document"))],
) -> None:
    session = session_of(context)
    with open_library(session) as library:
        # Every name is looked up before anything is removed: a misspelt one removes nothing.
        ids = list(dict.fromkeys(library.find_document(name).id for name in documents))
        with library.transaction() as tx:
            for document_id in ids:
                tx.remove(document_id)
    for document_id in ids:
        line(session.words.removed.format(id=document_id))


def _value(document: Document, name: str) -> str:
    value = getattr(document, name)
    return "" if value is None else str(value)


def _summary(entry: DocumentSummary) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "number": entry.number,
        "kind": entry.kind.value,
        "issuer": entry.issuer,
        "province": entry.province,
        "issued_on": entry.issued_on.isoformat() if entry.issued_on else None,
        "status": entry.status.value,
        "source": entry.source,
        "access": entry.access.value,
        "names": list(entry.names),
        "paths": [str(path) for path in entry.paths],
        "passages": entry.passages,
        "characters": entry.characters,
        "ingested_at": entry.ingested_at.isoformat(),
    }
