"""Ingests a folder over and over until it is killed: python crash_worker.py LIBRARY FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from handmade import HashingEmbedder

import index.ingestion
from index.ingestion import ingest
from index.library import Library


def main(library: Path, folder: Path) -> None:
    # Caches are written after every few documents, so that kills strike there too.
    index.ingestion.BUFFER_PASSAGES = 8
    index.ingestion.REFRESH_SECONDS = 0.0
    with Library.open(library, embedder=HashingEmbedder()) as opened:
        print("ready", flush=True)
        for turn in range(1000):
            ingest(opened, [folder], prune=True)
            print("turn", flush=True)
            for path in sorted(folder.glob("*.md"))[turn % 3 :: 3]:
                # In one step: a kill here must not leave half a file, which would be no fault of the library.
                changed = path.with_suffix(".new")
                changed.write_text(path.read_text("utf-8").replace("lần", "lần nữa lần", 1), "utf-8")
                changed.replace(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
