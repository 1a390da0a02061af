"""Hands in every file of HOME/theirs and waits to be killed: intake_worker.py HOME."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from handmade import HashingEmbedder

from assistant.holdings import Holdings
from index.library import Library


def main(home: Path) -> None:
    with Library.open(home / "library", embedder=HashingEmbedder()) as library:
        holdings = Holdings(library, home / "documents")
        holdings.start()
        print("ready", flush=True)
        for path in sorted((home / "theirs").iterdir()):
            holdings.intake.accept(path, path.name)
            print(path.name, flush=True)
        time.sleep(600)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
