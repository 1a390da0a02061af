"""What a server counts, for Prometheus to collect.

Nothing is counted, and ``prometheus_client`` is not imported, before a server calls ``start``.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.llm.circuit import CircuitState
from assistant.llm.errors import Failing
from assistant.types import AnswerStatus, Engine, Verdict

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Counter, Histogram

    from assistant.llm.circuit import Circuit
    from assistant.llm.types import Usage
    from assistant.types import Answer

_ANSWERED = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0)
_FIRST_WORD = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0)
#: Beside what can fail: a whole reply, one that was cut, one that its reader ended.
_OUTCOMES = ("done", "cut", "stopped", *(failing.value for failing in Failing))

_lock = threading.Lock()
_meters: _Meters | None = None
_circuit: Circuit | None = None


@dataclass(frozen=True, slots=True)
class _Meters:
    registry: CollectorRegistry
    answers: Counter
    answer_seconds: Histogram
    sentences: Counter
    cached: Counter
    requests: Counter
    tokens: Counter
    first_word: Histogram


def start() -> None:
    """Count from now on, in this process. More calls change nothing."""
    global _meters
    with _lock:
        if _meters is None:
            _meters = _made()


def observe_answer(answer: Answer) -> None:
    """Count one answer: once each, when it is whole."""
    if (meters := _meters) is None:
        return
    meters.answers.labels(answer.status.value, answer.engine.value).inc()
    meters.answer_seconds.labels(answer.engine.value).observe(answer.timings.get("total", 0.0))
    cached = answer.cost is not None and answer.cost.cached
    if cached:
        meters.cached.inc()
    # Quotations are not checked sentence by sentence; what a model wrote is, also where it is withheld. One
    # that was kept was counted when it was written.
    checked = answer.statements if answer.engine is Engine.MODEL else ()
    for statement in () if cached else (*checked, *answer.withheld):
        meters.sentences.labels(statement.verdict.value).inc()


def observe_request(outcome: str, usage: Usage | None, first_word: float | None) -> None:
    """Count one request to a language model.

    Args:
        outcome: ``done``, ``cut``, ``stopped``, or the value of a ``Failing``.
        usage: tokens of request and reply, ``None`` where the model read nothing.
        first_word: seconds from the request, ``None`` where none came.
    """
    if (meters := _meters) is None:
        return
    meters.requests.labels(outcome).inc()
    if usage is not None:
        meters.tokens.labels("in").inc(usage.tokens_in)
        meters.tokens.labels("out").inc(usage.tokens_out)
    if first_word is not None:
        meters.first_word.observe(first_word)


def watch(circuit: Circuit) -> None:
    """Tell from now on whether this endpoint is left alone."""
    global _circuit
    _circuit = circuit


def exposition(accept: str) -> tuple[bytes, str]:
    """All counts, and the media type they are written in.

    Args:
        accept: the header of the request that asks for them.
    """
    from prometheus_client.exposition import choose_encoder

    start()
    assert _meters is not None
    encode, kind = choose_encoder(accept)
    return encode(_meters.registry), kind


def _made() -> _Meters:
    from prometheus_client import (
        CollectorRegistry,
        Counter,
        Gauge,
        Histogram,
        ProcessCollector,
        disable_created_metrics,
    )

    # One more series for each, with the time of its first count, that nothing here needs.
    disable_created_metrics()  # type: ignore[no-untyped-call]
    # Its own: the usual one belongs to the program that this may be a part of.
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    own: dict[str, Any] = {"registry": registry}
    meters = _Meters(
        registry,
        Counter("pba_answers", "Answers.", ["status", "engine"], **own),
        Histogram("pba_answer_seconds", "Seconds to a whole answer.", ["engine"], buckets=_ANSWERED, **own),
        Counter("pba_sentences", "Sentences of a model, by what checking found.", ["verdict"], **own),
        Counter("pba_answers_cached", "Answers of a model that had been kept.", **own),
        Counter("pba_model_requests", "Requests to the language model.", ["outcome"], **own),
        Counter("pba_model_tokens", "Tokens of requests and replies.", ["direction"], **own),
        Histogram("pba_model_first_word_seconds", "Seconds to the first word.", buckets=_FIRST_WORD, **own),
    )
    # What has not happened yet is there as 0, so that a first failure is seen as a rise.
    for engine in Engine:
        meters.answer_seconds.labels(engine.value)
        for status in AnswerStatus:
            meters.answers.labels(status.value, engine.value)
    for verdict in Verdict:
        meters.sentences.labels(verdict.value)
    for outcome in _OUTCOMES:
        meters.requests.labels(outcome)
    for direction in ("in", "out"):
        meters.tokens.labels(direction)
    left_alone = Gauge("pba_model_left_alone", "1 while the endpoint is not asked, for it was away.", **own)
    left_alone.set_function(lambda: float(_circuit is not None and _circuit.state is CircuitState.OPEN))
    return meters
