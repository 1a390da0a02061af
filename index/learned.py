"""The syllable counts of a library, kept in a file: learning them anew takes 4 s for 20,000 passages."""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from index.durable import FORMAT, replacement
from index.syllables import SyllableModel

_HEADER = 512


class LearnedSyllables:
    """A ``SyllableModel`` of all texts of the catalogue, stamped with its generation.

    The writer counts changes in as it commits them, in a draft of its own, so that readers in other
    threads never see a model change under them.

    Args:
        path: the file; a missing, damaged or foreign one is learned anew.
        library: random name of the library.
    """

    def __init__(self, path: Path, *, library: str) -> None:
        self._path = path
        self._library = library
        self._mutex = threading.Lock()
        self._model: SyllableModel | None = None
        self._generation = -1
        self._draft: SyllableModel | None = None
        self._draft_generation = -1

    def count_in(self, before: int, after: int, *, added: Iterable[str], removed: Iterable[str]) -> None:
        """Follow a transaction that took the catalogue from one generation to another."""
        if self._draft is None or self._draft_generation != before:
            self._draft = SyllableModel() if before == 0 else self._stored(before)
            if self._draft is None:
                return  # the file is behind as it is; a reader learns anew when it needs to
        for text in removed:
            self._draft.remove(text)
        for text in added:
            self._draft.add(text)
        self._draft_generation = after

    def save(self) -> None:
        """Write what was counted in, and let go of the draft. One writer at a time."""
        if self._draft is not None:
            self._write(self._draft, self._draft_generation)
        self._draft = None

    def current(
        self,
        generation: int,
        *,
        learn: Callable[[], SyllableModel],
        try_writing: Callable[[], AbstractContextManager[bool]],
        read_only: bool,
    ) -> SyllableModel:
        """The model of ``generation``; an older one while a writer is at work."""
        with self._mutex:
            if self._model is not None and self._generation == generation:
                return self._model
            model = self._stored(generation)
            if model is None:
                with try_writing() as free:
                    if not free:
                        older = self._model or self._stored(None)
                        if older is not None:
                            return older
                    model = learn()
                    if free and not read_only:
                        self._write(model, generation)
            self._model, self._generation = model, generation
            return model

    def _stored(self, generation: int | None) -> SyllableModel | None:
        """The model in the file if it is of ``generation`` (any for ``None``) and whole."""
        try:
            with self._path.open("rb") as file:
                header = json.loads(file.read(_HEADER))
                data = file.read()
            known = header["format"] == FORMAT and header["library"] == self._library
            fits = generation is None or header["generation"] == generation
            if known and fits and zlib.crc32(data) == header["crc32"]:
                return SyllableModel.from_bytes(data)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return None

    def _write(self, model: SyllableModel, generation: int) -> None:
        data = model.to_bytes()
        header = {
            "format": FORMAT,
            "library": self._library,
            "generation": generation,
            "crc32": zlib.crc32(data),
        }
        with replacement(self._path) as file:
            file.write(json.dumps(header).encode().ljust(_HEADER))
            file.write(data)
