# Everything happens inside .venv; nothing asks a question.
#
#   make demo    install, load the sample documents, serve the chat page and print its address
#   make test    install and run the tests; TEST_WORKERS=auto runs one on each processor
#   make test-llm  also ask a real, small language model; makes an environment for it beside the other one
#   make lint    ruff and mypy
#   make bench   measurements, no pass or fail; DATA=DIR adds retrieval and reading on folders of questions

PYTHON ?= python3
VENV := .venv
VENV_LLM := .venv-llm
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# Where PyPI's wheel of torch brings gigabytes of CUDA (Linux), an index of wheels for processors saves them:
#   make demo TORCH_INDEX=https://download.pytorch.org/whl/cpu
TORCH_INDEX ?=
# How many tests run at once: a number, or auto for one on each processor; 0 for all in one process. Tests of the page wait for it,
# and may wait too long where processors are shared.
TEST_WORKERS ?= 0
PYTEST_FLAGS ?=

export HF_HUB_OFFLINE := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help install demo test test-llm lint format bench clean

help:
	@sed -n 's/^#   //p' Makefile

install: $(VENV)/.installed

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name one: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV) || { echo "Cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(VENV)/.torch: constraints.txt | $(BIN)/python
ifneq ($(TORCH_INDEX),)
	$(PIP) install -q --no-deps --index-url "$(TORCH_INDEX)" "$$(grep '^torch==' constraints.txt)"
endif
	@touch $@

$(VENV)/.installed: pyproject.toml constraints.txt $(VENV)/.torch
	$(PIP) install -q -c constraints.txt -e .
	@touch $@

$(VENV)/.test-installed: $(VENV)/.installed
	$(PIP) install -q -c constraints.txt -e '.[test]'
	@touch $@

demo: $(VENV)/.installed
	$(BIN)/pba demo

test: $(VENV)/.test-installed
	$(BIN)/python -m pytest -n $(TEST_WORKERS) --maxprocesses 8 --dist worksteal $(PYTEST_FLAGS)

$(VENV_LLM)/.installed: tests/llm/constraints.txt
	$(PYTHON) -m venv $(VENV_LLM)
	$(VENV_LLM)/bin/python -m pip --disable-pip-version-check --no-input install -q --no-deps -r tests/llm/constraints.txt
	@touch $@

test-llm: $(VENV)/.test-installed $(VENV_LLM)/.installed
	$(BIN)/python -m pytest -s tests/llm $(PYTEST_FLAGS)

lint: $(VENV)/.test-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.test-installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.test-installed
	$(PIP) install -q -c constraints.txt -e '.[bench]'
	$(BIN)/python tests/benchmarks/bench_embedding.py
	$(BIN)/python tests/benchmarks/bench_load.py
	$(BIN)/python tests/benchmarks/bench_verification.py
	$(BIN)/pba evaluate ingest/sample_corpus/facts.jsonl --corpus ingest/sample_corpus/documents
ifneq ($(DATA),)
	$(BIN)/python tests/benchmarks/bench_retrieval.py --data "$(DATA)" --numbers ingest/sample_corpus/documents
	$(BIN)/python tests/benchmarks/bench_systems.py --out .benchmarks/systems --xquad "$(DATA)/xquad-vi" \
		--set sample=ingest/sample_corpus/facts.jsonl:ingest/sample_corpus/documents
	for set in xquad-vi alqac2023; do $(BIN)/python tests/benchmarks/bench_reading.py --data "$(DATA)/$$set"; done
endif

clean:
	rm -rf $(VENV) $(VENV_LLM) .benchmarks build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
