"""Relations between documents as their texts give them: stored with a document, tied to what they name.

A number is no identity (01-HD/TW exists from several years, 12-QĐ/TU in every province): what is named is
found by number, by the date and issuer beside it, and by coming before. Whichever of the two documents is
stored first, the later one ties them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from index.catalogue import Catalogue
from index.documents import load_document
from index.records import Relation, RelationKind
from index.schema import documents, relations
from ingest.numbers import canonical, fold
from ingest.relations import Act, acts
from ingest.types import Document, Status

#: Numbers of bodies of which there is one: their issuer need not be told apart.
_CENTRAL = re.compile(r"(?:tw|twmttq|ttg|cp|qh\d+)$")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the library knows of documents that are no longer as they were issued.

    Attributes:
        generation: of the catalogue it was read from.
        told: document id → the relations that name it, in the order they were stored.
        statuses: document id → its status, where its owner says that it is no longer in force.
    """

    generation: int
    told: Mapping[str, tuple[Relation, ...]]
    statuses: Mapping[str, Status]


def standing(catalogue: Catalogue) -> Standing:
    """Read from the catalogue; a millisecond for a thousand relations."""
    source, target = documents.alias("source"), documents.alias("target")
    tied = (
        select(relations, source.c.id.label("source_id"), target.c.id.label("target_id"))
        .join(source, source.c.key == relations.c.document_key)
        .join(target, target.c.key == relations.c.target_key)
        .order_by(relations.c.key)
    )
    over = [str(Status.REPLACED), str(Status.ENDED)]
    told: dict[str, tuple[Relation, ...]] = {}
    with catalogue.read() as connection:
        generation = catalogue.generation(connection)
        for row in connection.execute(tied):
            kind = RelationKind(row.kind)
            relation = Relation(row.source_id, kind, row.number, row.start, row.end, row.target_id)
            told[row.target_id] = (*told.get(row.target_id, ()), relation)
        marked = connection.execute(
            select(documents.c.id, documents.c.status).where(documents.c.status.in_(over))
        )
        statuses = {document_id: Status(status) for document_id, status in marked}
    return Standing(generation, told, statuses)


def relate(connection: Connection, key: int, document: Document, *, formerly: str | None = None) -> None:
    """Store what a document just stored says of others, and tie what others say of it.

    Args:
        key: of ``document`` in the catalogue.
        formerly: canonical number it had before, if it replaced an earlier text.
    """
    _write(connection, key, document)
    numbers = {formerly, canonical(document.number) if document.number else None}
    for number in sorted(filter(None, numbers)):
        retie(connection, number, but=key)


def retie(connection: Connection, number: str, *, but: int | None = None) -> None:
    """Tie anew what documents (``but`` that one) say of the canonical ``number``: its documents changed."""
    query = select(relations.c.document_key).where(relations.c.number_key == number).distinct()
    for key in sorted(connection.execute(query).scalars()):
        document = load_document(connection, key) if key != but else None
        if document is not None:
            _write(connection, key, document)


def _write(connection: Connection, key: int, document: Document) -> None:
    """Put the rows of a document's acts in place of those that are there; others stay as they are."""
    for act in acts(document):
        same = (
            (relations.c.document_key == key)
            & (relations.c.kind == act.deed.value)
            & (relations.c.number_key == canonical(act.number))
            & (relations.c.start == act.start)
            & (relations.c.end == act.end)
        )
        row = {
            "document_key": key,
            "kind": act.deed.value,
            "number": act.number,
            "number_key": canonical(act.number),
            "start": act.start,
            "end": act.end,
        }
        connection.execute(delete(relations).where(same))
        targets: list[int | None] = [*_targets(connection, key, document, act)]
        connection.execute(insert(relations), [{**row, "target_key": found} for found in targets or [None]])


def _targets(connection: Connection, key: int, source: Document, act: Act) -> list[int]:
    """The documents an act means: one, or the copies of one; none where several are possible."""
    query = select(documents).where(documents.c.number_key == canonical(act.number), documents.c.key != key)
    fitting = []
    for row in connection.execute(query.order_by(documents.c.key)).mappings():
        named = _Named(row["issued_on"], row["issuer"], row["province"])
        if _fits(act, source, named):
            fitting.append((row["key"], row["issued_on"]))
    dated = [found for found, issued in fitting if act.issued_on is not None and issued == act.issued_on]
    if dated:
        return dated
    return [found for found, _ in fitting] if len({issued for _, issued in fitting}) == 1 else []


@dataclass(frozen=True, slots=True)
class _Named:
    """What tells documents of one number apart."""

    issued_on: date | None
    issuer: str | None
    province: str | None


def _fits(act: Act, source: Document, named: _Named) -> bool:
    issued = named.issued_on
    if issued is not None:
        if act.issued_on is not None and issued != act.issued_on:
            return False
        if act.year is not None and issued.year != act.year:
            return False
        if source.issued_on is not None and issued > source.issued_on:
            return False
    if _CENTRAL.search(canonical(act.number)):
        return True
    said = act.issuer or source.issuer
    if said and named.issuer:
        if _same_body(said, named.issuer):
            # "của Tỉnh ủy" means the issuer's own.
            own = act.issuer is None or len(fold(act.issuer)) <= len(fold(named.issuer))
            return not (own and _elsewhere(act, source, named))
        # A committee and its standing board may share a series; two committees do not.
        if issued is None or issued != act.issued_on or _head(said) == _head(named.issuer):
            return False
    return not _elsewhere(act, source, named)


def _elsewhere(act: Act, source: Document, named: _Named) -> bool:
    """Whether the document is of another province, which the act does not name."""
    if source.province is None or named.province is None or source.province == named.province:
        return False
    place = fold(named.province.removeprefix("tỉnh ").removeprefix("thành phố "))
    return place not in fold(act.issuer or "")


def _same_body(one: str, other: str) -> bool:
    left, right = fold(one), fold(other)
    return left in right or right in left


def _head(issuer: str) -> str:
    return " ".join(fold(issuer).split()[:2])
