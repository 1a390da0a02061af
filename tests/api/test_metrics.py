"""What Prometheus collects from a server, over HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from scripted_model import Cut, Finish, Hang, Refuse, ScriptedModel

from assistant import metrics
from assistant.answer import Assistant
from assistant.llm.circuit import Circuit
from assistant.llm.endpoint import Endpoint
from assistant.llm.errors import ModelFailed
from assistant.llm.types import Message
from assistant.types import Cost, Engine, Verdict

QUESTION = [Message("user", "Có bao nhiêu đảng viên?")]
Counts = dict[tuple[str, ...], float]


def counts(address: str) -> Counts:
    reply = httpx.get(f"{address}/metrics", timeout=60)
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(reply.text)
        for sample in family.samples
    }


def risen(before: Counts, after: Counts) -> Counts:
    """What was counted in between, without the buckets of histograms and what the process needs."""
    return {
        key: value - before.get(key, 0.0)
        for key, value in after.items()
        if key[0].startswith("pba_") and not key[0].endswith("_bucket") and value != before.get(key, 0.0)
    }


def test_answers_are_counted_by_what_they_are(address: str, assistant: Assistant) -> None:
    before = counts(address)
    answer = assistant.ask("Kinh phí mở lớp lấy từ đâu?")
    assert answer.statements
    assistant.ask("Ai vô địch giải cờ vua thế giới năm 1997?")
    assistant.ask("Ai vô địch giải cờ vua thế giới năm 1997?", quoted=True)  # the page's own, not a reader's
    after = counts(address)
    changed = risen(before, after)
    seconds = changed.pop(("pba_answer_seconds_sum", "quotation"))
    assert seconds > 0
    assert changed == {
        ("pba_answers_total", "quotation", answer.status.value): 1,
        ("pba_answers_total", "quotation", "not_found"): 1,
        ("pba_answer_seconds_count", "quotation"): 2,
    }


def test_sentences_of_a_model_are_counted_by_verdict_and_once(address: str, assistant: Assistant) -> None:
    quoted = assistant.ask("Kinh phí mở lớp lấy từ đâu?")
    before = counts(address)
    [first, *_] = quoted.statements
    written = replace(
        quoted,
        engine=Engine.MODEL,
        statements=(replace(first, verdict=Verdict.SUPPORTED), first),
        withheld=(replace(first, verdict=Verdict.CONTRADICTED),),
        cost=Cost("mẫu", "1"),
        timings={"total": 2.0},
    )
    metrics.observe_answer(written)
    metrics.observe_answer(replace(written, cost=Cost("mẫu", "1", cached=True)))
    # Too little was left of this one: quotations answer, and what was withheld is counted all the same.
    metrics.observe_answer(replace(quoted, withheld=written.withheld, cost=written.cost))
    changed = risen(before, counts(address))
    assert {key[1]: value for key, value in changed.items() if key[0] == "pba_sentences_total"} == {
        "supported": 1,
        "verbatim": 1,
        "contradicted": 2,
    }
    assert changed["pba_answers_cached_total",] == 1
    assert changed["pba_answers_total", "model", quoted.status.value] == 2
    assert changed["pba_answer_seconds_sum", "model"] == pytest.approx(4.0)


def test_requests_to_a_model_are_counted_by_how_they_ended(
    address: str, scripted_model: ScriptedModel
) -> None:
    before = counts(address)
    endpoint = Endpoint(scripted_model.base_url, "mẫu", retries=0)
    scripted_model.script(
        "Có 57.", ["Có ", Finish("length")], Refuse(401), Refuse(429), ["Có ", Cut()], ["Có ", Hang()]
    )
    for _ in range(2):
        assert "".join(endpoint.reply(QUESTION)).startswith("Có ")
    for _ in range(3):
        with pytest.raises(ModelFailed):
            list(endpoint.reply(QUESTION))
    for _piece in endpoint.reply(QUESTION):
        break
    assert scripted_model.abandoned.wait(5)
    endpoint.close()
    changed = risen(before, counts(address))
    assert {key[1]: value for key, value in changed.items() if key[0] == "pba_model_requests_total"} == {
        "done": 1,
        "cut": 1,
        "unauthorised": 1,
        "quota": 1,
        "broken_off": 1,
        "stopped": 1,
    }
    # Twice 100 and 20 by the endpoint's count, and estimates for the two that broke off; none for refusals.
    assert 200 < changed["pba_model_tokens_total", "in"] < 300
    assert 40 < changed["pba_model_tokens_total", "out"] < 60
    assert changed["pba_model_first_word_seconds_count",] == 4


def test_an_endpoint_that_is_left_alone_is_told(address: str, scripted_model: ScriptedModel) -> None:
    endpoint = Endpoint(scripted_model.base_url, "mẫu", retries=0, circuit=Circuit(failures=1))
    assert counts(address)["pba_model_left_alone",] == 0
    scripted_model.close()
    with pytest.raises(ModelFailed):
        list(endpoint.reply(QUESTION))
    assert counts(address)["pba_model_left_alone",] == 1


def test_the_same_may_read_them_as_may_ask(serve: Callable[..., str], assistant: Assistant) -> None:
    locked = serve(assistant, api_key="khoa-bi-mat-1234")
    assert httpx.get(f"{locked}/metrics").status_code == 401
    key = {"Authorization": "Bearer khoa-bi-mat-1234"}
    assert httpx.get(f"{locked}/metrics", headers=key).status_code == 200
    networked = serve(assistant, host="0.0.0.0")
    assert httpx.get(f"{networked}/metrics").status_code == 403


def test_other_sites_may_not_read_them(address: str) -> None:
    assert httpx.get(f"{address}/metrics", headers={"Origin": "https://elsewhere.example"}).status_code == 403


def test_every_count_is_documented_and_no_other(address: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`(pba_[a-z_]+)`", page))
    counted = {
        re.sub(r"_(bucket|sum|count)$", "", key[0]) for key in counts(address) if key[0].startswith("pba_")
    }
    assert counted == documented


def test_openmetrics_is_given_where_it_is_asked_for(address: str) -> None:
    accept = {"Accept": "application/openmetrics-text; version=1.0.0"}
    reply = httpx.get(f"{address}/metrics", headers=accept)
    assert reply.headers["content-type"].startswith("application/openmetrics-text")
    assert reply.text.endswith("# EOF\n")
