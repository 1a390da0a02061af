"""Where the seconds of an answer go."""

from __future__ import annotations

import time


class Stopwatch:
    """Seconds spent in each stage of an answer."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """End a stage now."""
        now = time.perf_counter()
        self._laps[stage] = now - self._last
        self._last = now

    def timings(self) -> dict[str, float]:
        """Stage → seconds, and their sum as ``total``."""
        return {**self._laps, "total": self._last - self._started}
