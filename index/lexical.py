"""The lexical index: BM25 with Tantivy over exact and folded syllables, pairs, headings, numbers.

``tantivy`` is imported here and nowhere else. Texts become terms in ``index.terms``; Tantivy only
splits them at blanks, so that query and index agree whatever Tantivy's version does with Vietnamese.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import threading
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.durable import FORMAT, Stamp, checksum, sync_folder, write_durably
from index.lexical_queries import WEIGHTS, coverage, fields_of, query_of
from index.terms import analyse, fold
from index.types import IndexEntry, Overlap, Ranking

_HEAP = 64_000_000
_LOCKS = frozenset({".tantivy-writer.lock", ".tantivy-meta.lock"})


class LexicalIndex:
    """BM25 over passages by key.

    Searches see what the last ``commit`` published and may run in any number of threads, also
    while another thread adds and commits. One thread at a time may change it.

    Args:
        folder: where the cache lies (``lexical.json`` and one folder of Tantivy's), or ``None``
            to keep everything in memory.
        library: random name of the library; a cache of another one counts as missing.
    """

    name = "lexical"

    def __init__(self, folder: Path | None, *, library: str) -> None:
        self._folder = folder
        self._library = library
        self._lock = threading.RLock()
        self._index: Any = None
        self._searcher: Any = None
        self._home = ""
        self._generation: int | None = None
        self._checksums: dict[str, tuple[int, int]] = {}
        self._added: dict[int, IndexEntry] = {}
        self._removed: set[int] = set()
        self._empty_first = False

    @property
    def generation(self) -> int | None:
        """The catalogue generation it shows; ``None`` if missing, damaged or of another library."""
        self._loaded()
        return self._generation

    def __len__(self) -> int:
        searcher = self._loaded()
        return 0 if searcher is None else int(searcher.num_docs)

    def keys(self) -> NDArray[np.int64]:
        """Every passage key, ascending."""
        import tantivy

        searcher = self._loaded()
        if searcher is None or not searcher.num_docs:
            return np.empty(0, np.int64)
        hits = searcher.search(tantivy.Query.all_query(), searcher.num_docs, count=False).hits
        return np.sort(np.array(searcher.fast_field_values("key", [at for _, at in hits]), np.int64))

    def reset(self) -> None:
        """Forget everything at the next ``commit``, before what is added from now on."""
        self._empty_first = True
        self._added.clear()
        self._removed.clear()

    def add(self, entries: Sequence[IndexEntry]) -> None:
        """Add passages at the next ``commit``; a key already present is replaced."""
        for entry in entries:
            self._added[entry.key] = entry
            self._removed.add(entry.key)

    def remove(self, keys: Sequence[int]) -> None:
        """Remove passages at the next ``commit``; absent keys are ignored."""
        for key in keys:
            self._added.pop(key, None)
            self._removed.add(key)

    def commit(self, generation: int) -> None:
        """Write what was added and removed, and show it to searches from now on.

        The stamp says that a change is under way before Tantivy's files change; a kill in between leaves
        it saying so, and the index counts as missing.
        """
        if self._empty_first or self._loaded() is None:
            self._home, index, fresh = *self._create(), True
            self._checksums = {}
        else:
            index, fresh = self._index, False
            if self._folder is not None and (self._added or self._removed):
                self._write_stamp(Stamp(self._library, -1, 0), {})
        if self._added or (self._removed and not fresh):
            self._write(index, delete=not fresh)
        index.reload()
        searcher = index.searcher()
        if self._folder is not None:
            self._stamp(Stamp(self._library, generation, int(searcher.num_docs)))
        with self._lock:
            self._index, self._searcher, self._generation = index, searcher, generation
        self._added.clear()
        self._removed.clear()
        self._empty_first = False
        self._sweep()

    def reload(self) -> None:
        """Show what another process has committed; keeps the present state if the files are no good."""
        with self._lock:
            stamp = self._read_stamp()
            if stamp is not None and stamp["generation"] != self._generation:
                self._open(stamp)

    def lexical(self, text: str, k: int, allowed: NDArray[np.int64] | None) -> Ranking:
        """The ``k`` best passages for ``text`` with their BM25 score, best first, ties by key.

        Args:
            allowed: keys the search may see; ``None`` for all.
        """
        searcher = self._loaded()
        if searcher is None or k < 1 or (allowed is not None and not len(allowed)):
            return []
        query = query_of(searcher, self._index.schema, analyse(text), allowed)
        if query is None:
            return []
        hits = searcher.search(query, k, count=False).hits
        keys = searcher.fast_field_values("key", [at for _, at in hits])
        found = [(int(key), float(score)) for key, (score, _) in zip(keys, hits, strict=True)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def overlap(self, text: str, keys: NDArray[np.int64]) -> dict[int, Overlap]:
        """How passages share the words of ``text``, for each of ``keys``; absent ones share nothing."""
        found = {int(key): Overlap() for key in keys}
        searcher = self._loaded()
        if searcher is None or not len(keys):
            return found
        covered = coverage(searcher, self._index.schema, analyse(text), keys)
        scores = dict(self.lexical(text, len(keys), keys))
        return {key: Overlap(scores.get(key, 0.0), covered.get(key, 0.0)) for key in found}

    def frequency(self, phrase: str) -> int:
        """How many passages have the syllables of ``phrase`` in their text, as far as pairs can tell.

        Args:
            phrase: exact terms joined by blanks; of three or more, the rarest pair counts. A phrase
                that no passage has is looked for without diacritics.
        """
        searcher = self._loaded()
        terms = phrase.split()
        if searcher is None or not terms:
            return 0
        for single, double, fields in (
            ("exact", "exact_pairs", terms),
            ("folded", "folded_pairs", [fold(term) for term in terms]),
        ):
            if len(fields) == 1:
                found = int(searcher.doc_freq(single, fields[0]))
            else:
                found = min(int(searcher.doc_freq(double, f"{a}_{b}")) for a, b in pairwise(fields))
            if found:
                return found
        return 0

    def damage(self) -> str | None:
        """What is wrong with the files, or ``None``; reads all of them."""
        if self._folder is None:
            return None
        if not (self._folder / "lexical.json").exists():
            return "missing"
        stamp = self._read_stamp()
        if stamp is None:
            return "no readable stamp, or of another library"
        if stamp["generation"] < 0:
            return None  # interrupted by a kill, which is no damage: the next search makes it anew
        if problem := self._mismatch(stamp):
            return problem
        held = len(self)
        return None if held == stamp["count"] else f"holds {held} passages, its stamp says {stamp['count']}"

    def _loaded(self) -> Any:
        if self._searcher is None and self._folder is not None:
            with self._lock:
                if self._searcher is None and (stamp := self._read_stamp()) is not None:
                    self._open(stamp)
        return self._searcher

    def _open(self, stamp: dict[str, Any]) -> None:
        import tantivy

        assert self._folder is not None
        if stamp["generation"] < 0 or self._mismatch(stamp) is not None:
            return  # under way, or damaged
        try:
            index = tantivy.Index.open(str(self._folder / stamp["home"]))
            index.register_tokenizer("blanks", _blanks())
            searcher = index.searcher()
        except (OSError, ValueError):
            return
        self._index, self._searcher = index, searcher
        self._home, self._generation = stamp["home"], stamp["generation"]
        self._checksums = {name: (size, crc) for name, (size, crc) in stamp["files"].items()}

    def _create(self) -> tuple[str, Any]:
        import tantivy

        if self._folder is None:
            index, home = tantivy.Index(_schema()), ""
        else:
            # A folder of a new name: readers may have the old one open, and it is their only one
            # until the new stamp is written.
            home = f"lexical-{secrets.token_hex(4)}"
            (self._folder / home).mkdir(parents=True)
            index = tantivy.Index(_schema(), path=str(self._folder / home))
        index.register_tokenizer("blanks", _blanks())
        return home, index

    def _write(self, index: Any, *, delete: bool) -> None:
        import tantivy

        writer = index.writer(_HEAP, 1)
        try:
            if delete and self._removed:
                # tantivy-py 0.27's delete_documents_by_term passes over unsigned fields in silence.
                gone = tantivy.Query.term_set_query(index.schema, "key", sorted(self._removed))
                writer.delete_documents_by_query(gone)
            for key in sorted(self._added):
                writer.add_document(_document(tantivy.Document(), self._added[key]))
            writer.commit()
        finally:
            # Also lets go of Tantivy's own lock.
            writer.wait_merging_threads()

    def _stamp(self, stamp: Stamp) -> None:
        assert self._folder is not None
        home = self._folder / self._home
        files: dict[str, tuple[int, int]] = {}
        for path in _files(home):
            size, known = path.stat().st_size, self._checksums.get(path.name)
            # Tantivy never changes a segment's files; only its lists of them.
            same = known is not None and known[0] == size and path.suffix != ".json"
            files[path.name] = known if same and known is not None else (size, checksum(path))
        sync_folder(home)
        self._write_stamp(stamp, files)
        self._checksums = files

    def _write_stamp(self, stamp: Stamp, files: dict[str, tuple[int, int]]) -> None:
        assert self._folder is not None
        content = {
            "format": FORMAT,
            "library": stamp.library,
            "generation": stamp.generation,
            "count": stamp.count,
            "home": self._home,
            "files": files,
        }
        write_durably(self._folder / "lexical.json", lambda file: _dump(content, file))

    def _read_stamp(self) -> dict[str, Any] | None:
        if self._folder is None:
            return None
        try:
            stamp = json.loads((self._folder / "lexical.json").read_bytes())
            good = stamp["format"] == FORMAT and stamp["library"] == self._library
            return stamp if good and isinstance(stamp["files"], dict) and stamp["home"] else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _mismatch(self, stamp: dict[str, Any]) -> str | None:
        assert self._folder is not None
        for name, (size, crc) in stamp["files"].items():
            path = self._folder / stamp["home"] / name
            try:
                if path.stat().st_size != size or checksum(path) != crc:
                    return f"the checksum of {name} does not match"
            except OSError:
                return f"{name} is missing"
        return None

    def _sweep(self) -> None:
        """Remove the folders of former rebuilds, also of those that were killed."""
        if self._folder is not None:
            for old in self._folder.glob("lexical-*"):
                if old.name != self._home:
                    shutil.rmtree(old, ignore_errors=True)


def _files(home: Path) -> Iterator[Path]:
    with os.scandir(home) as found:
        yield from sorted(Path(entry.path) for entry in found if entry.name not in _LOCKS)


def _dump(content: dict[str, Any], file: Any) -> None:
    file.write(json.dumps(content, indent=1).encode())


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder().add_unsigned_field("key", indexed=True, fast=True)
    for field in WEIGHTS:
        # Frequencies without positions: no phrase is ever asked for.
        builder = builder.add_text_field(field, tokenizer_name="blanks", index_option="freq")
    return builder.build()


def _blanks() -> Any:
    import tantivy

    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def _document(document: Any, entry: IndexEntry) -> Any:
    text = analyse(entry.text)
    # Line by line, so that no pair spans the title, the number and the heading path.
    heading = analyse("\n\n".join(part for part in (entry.title, entry.number, entry.heading) if part))
    document.add_unsigned("key", entry.key)
    for field, terms in fields_of(text, heading).items():
        document.add_text(field, " ".join(terms))
    document.add_text("canonical", " ".join((*text.canonical, *heading.canonical)))
    return document
