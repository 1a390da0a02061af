"""Kills `pba ingest` at random moments and asks `pba doctor` each time whether the library is sound.

    python tests/benchmarks/kill_ingestion.py FOLDER [FOLDER…] [--kills 50] [--seed 1] [--keep DIR]

An ingestion that nobody disturbs comes first: it says how long one takes and what a whole library holds.
Then kills alternate between an empty library and one that holds every other file. Two of three strike at a
moment drawn from the whole duration; the third waits for the first document to be stored, because storing
takes a hundredth of the time that embedding does and would hardly ever be hit. After the last kill of
each kind the ingestion is run to its end and must leave exactly what the undisturbed one left.

Everything happens in a temporary PBA_HOME. Exit status 0 if the doctor found nothing at all after every kill
and both libraries came out whole.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.types import Document, Passage

ROOT = Path(__file__).resolve().parents[2]
#: Before this a process has imported what it needs to open a library, and little else.
EARLIEST = 0.3


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill and what was found behind it.

    Attributes:
        start: "empty" or "half", what the library held when the ingestion began.
        seconds: from the start of the process to the kill.
        documents: stored when it struck.
        findings: what the doctor said, faults and warnings.
    """

    start: str
    aimed: bool
    seconds: float
    documents: int
    status: int
    findings: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return self.status == 0 and not self.findings


class Place:
    """A PBA_HOME with the commands run in it."""

    def __init__(self, home: Path, folders: Sequence[Path]) -> None:
        self.home = home
        self.folders = [str(folder.absolute()) for folder in folders]
        self.library = home / "library"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PBA_")}
        self._environment = {
            **kept,
            "PBA_HOME": str(home),
            "PBA_LANGUAGE": "en",
            "PYTHONPATH": str(ROOT),
            "HF_HUB_OFFLINE": "1",
        }

    def start(self, *arguments: str, errors: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", "import sys; from assistant.cli import main; sys.exit(main())"]
        return subprocess.Popen(
            [*command, *arguments],
            stdout=subprocess.PIPE,
            stderr=errors,
            env=self._environment,
            cwd=self.home,
        )

    def run(self, *arguments: str) -> tuple[int, bytes]:
        process = self.start(*arguments)
        out, _ = process.communicate()
        return process.returncode, out

    def ingest(self, paths: Sequence[str]) -> float:
        """Seconds of an ingestion that nobody disturbs."""
        started = time.monotonic()
        status, out = self.run("ingest", *paths)
        if status:
            sys.exit(f"The ingestion failed by itself: {out.decode()}")
        return time.monotonic() - started

    def doctor(self) -> tuple[int, tuple[str, ...]]:
        status, out = self.run("doctor", "--json")
        found: dict[str, Any] = json.loads(out) if out else {"faults": ["no answer"], "warnings": []}
        return status, (*found["faults"], *found["warnings"])

    def contents(self) -> list[tuple[Document, list[Passage]]]:
        """Every document with its passages."""
        from index.catalogue import FILE_NAME
        from index.library import Library

        if not (self.library / FILE_NAME).exists():
            return []
        with Library.open(self.library, read_only=True) as library:
            ids = [entry.id for entry in library.documents()]
            return [(library.document(name), library.passages(name)) for name in ids]

    def reset(self, state: Path | None) -> None:
        """Make the library a copy of ``state``, or nothing."""
        shutil.rmtree(self.library, ignore_errors=True)
        if state is not None:
            shutil.copytree(state, self.library)

    def kill(self, moment: float, *, aimed: bool) -> float | None:
        """Start an ingestion and kill it; seconds it lived, or ``None`` where it ended before.

        Args:
            moment: seconds after the start, or if ``aimed`` after the first document was stored.
        """
        started = time.monotonic()
        process = self.start("ingest", *self.folders, errors=subprocess.PIPE if aimed else subprocess.DEVNULL)
        if aimed:
            assert process.stderr is not None
            while (line := process.stderr.readline()) and b"unchanged" in line:
                pass
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        seconds = time.monotonic() - started
        process.communicate()
        return seconds if process.returncode == -signal.SIGKILL else None


def half_of(folders: Sequence[str]) -> list[str]:
    """Every other file under ``folders``."""
    from ingest.discover import discover
    from ingest.readers import SUFFIXES

    return [str(path) for path in discover(folders, suffixes=SUFFIXES).files[::2]]


def trial(place: Place, kills: int, chance: random.Random) -> bool:
    durations = {"empty": place.ingest(place.folders)}
    # The first one also unpacked the model.
    place.reset(None)
    durations["empty"] = place.ingest(place.folders)
    whole = place.contents()
    place.reset(None)
    place.ingest(half_of(place.folders))
    half = place.home / "half"
    shutil.copytree(place.library, half)
    durations["half"] = place.ingest(place.folders)
    print(
        f"{len(whole)} documents, {sum(len(passages) for _, passages in whole)} passages; undisturbed "
        f"{durations['empty']:.1f} s from nothing, {durations['half']:.1f} s from half",
        flush=True,
    )
    done: list[Kill] = []
    completed = True
    while len(done) < kills:
        start = ("empty", "half")[len(done) % 2]
        aimed = len(done) % 3 == 2
        place.reset(half if start == "half" else None)
        longest = 0.25 if aimed else durations[start]
        seconds = place.kill(chance.uniform(0.0 if aimed else EARLIEST, longest), aimed=aimed)
        if seconds is None:
            continue  # it was quicker than the one measured; that was no kill
        status, findings = place.doctor()
        held = len(place.contents())
        done.append(Kill(start, aimed, seconds, held, status, findings))
        print(
            f"{len(done):3} from {start:5} killed after {seconds:5.1f} s{' (storing)' if aimed else '':10}"
            f" {held:3} documents: {'sound' if done[-1].sound else '; '.join(findings) or status}",
            flush=True,
        )
        if len(done) > kills - 2:
            place.ingest(place.folders)
            same = place.contents() == whole
            completed = completed and same and place.doctor() == (0, ())
            print(f"    ingested to the end: {'the same library' if same else 'ANOTHER LIBRARY'}", flush=True)
    sound = sum(kill.sound for kill in done)
    partly = sum(0 < kill.documents < len(whole) for kill in done)
    print(
        f"{sound} of {len(done)} kills left a sound library; {partly} struck one that held some documents "
        f"but not all; {sum(kill.documents == len(whole) for kill in done)} after the last was stored"
    )
    return sound == len(done) and completed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="use and keep this folder instead of a temporary one")
    chosen = parser.parse_args()
    if not hasattr(signal, "SIGKILL"):
        sys.exit("This system has no SIGKILL.")
    for folder in chosen.folders:
        if not folder.exists():
            sys.exit(f"{folder} does not exist.")
    sys.path.insert(0, str(ROOT))
    chance = random.Random(chosen.seed)
    if chosen.keep:
        chosen.keep.mkdir(parents=True)
        return 0 if trial(Place(chosen.keep.absolute(), chosen.folders), chosen.kills, chance) else 1
    with tempfile.TemporaryDirectory(prefix="pba-kill-") as home:
        return 0 if trial(Place(Path(home), chosen.folders), chosen.kills, chance) else 1


if __name__ == "__main__":
    sys.exit(main())
