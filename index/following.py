"""Bringing a search index to the state of the catalogue, from whatever state it is in."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from index.catalogue import Catalogue
from index.documents import entries_since, removed_since
from index.types import IndexPart

#: Note in the catalogue: the index has been written once, so that a cache which is missing was lost.
INDEX_WRITTEN = "index.written"


def follow(connection: Connection, parts: Iterable[IndexPart], *, anew: bool = False) -> int:
    """Give each of ``parts`` what it lacks; nothing is embedded.

    Args:
        connection: one state of the catalogue.
        parts: of an index; a part that is missing, damaged, or ahead of the catalogue (which
            was then put back from a backup) is filled anew.
        anew: fill all of them anew, whatever they show.

    Returns:
        The generation all of them show now.

    Passage keys are never used twice and a passage never changes, so what a part lacks is the passages
    added and removed since the generation it shows. Applying that twice changes nothing, hence a
    kill at any moment only means that it is applied again.
    """
    generation = Catalogue.generation(connection)
    behind: dict[int, list[IndexPart]] = {}
    for part in parts:
        shown = part.generation
        if anew or shown is None or shown > generation:
            part.reset()
            shown = 0
        elif shown == generation:
            continue
        behind.setdefault(shown, []).append(part)
    model = Catalogue.note(connection, "embedding.model")
    for shown, group in behind.items():
        gone = removed_since(connection, shown) if shown else []
        for part in group:
            part.remove(gone)
        for entries in entries_since(connection, shown, model):
            for part in group:
                part.add(entries)
        for part in group:
            part.commit(generation)
    return generation
