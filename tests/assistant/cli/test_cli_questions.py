"""``pba search``, ``ask``, ``evaluate`` and the page: questions to a real library."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import urllib.request
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from assistant.cli.filters import filters
from assistant.errors import BadOption
from ingest.types import Kind


def test_search_finds_and_filters(pba: Any) -> None:
    question = "Chi bộ họp khi nào?"
    assert pba("search", question, "--json").json[0]["document_id"] == "so-tay.md"
    others = pba("search", question, "--kind", "huong dan", "--json").json
    assert {hit["document_id"] for hit in others} <= {"huong-dan.txt"}
    assert [hit["document_id"] for hit in pba("search", question, "--to", "2020", "--json").json] == []
    in_time = pba("search", question, "--from", "06/2021", "--to", "30/6/2021", "--json").json
    assert {hit["document_id"] for hit in in_time} == {"so-tay.md"}
    assert {hit["document_id"] for hit in pba("search", question, "--number", "12-QĐ/HU", "--json").json} == {
        "so-tay.md"
    }
    issued = pba("search", question, "--issuer", "huyen uy bat xat", "--json").json
    assert {hit["document_id"] for hit in issued} == {"so-tay.md"}
    assert pba("search", question, "--issuer", "Huyện ủy", "--json").json == []
    assert len(pba("search", question, "-k", "2", "--json").json) == 2
    assert "so-tay.md#1" in pba("search", question, "-k", "1").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--kind", "nghi quyt"], "Did you mean nghị quyết?"),
        (["--from", "hôm qua"], "--from hôm qua: no date"),
        (["--to", "31/02/2022"], "no date"),
        (["--from", "2023", "--to", "2022"], "swap them"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(
    pba: Any, arguments: list[str], said: str, one_line: Any
) -> None:
    assert said in one_line(pba("search", "x", *arguments), 2)


def test_filters_mean_what_was_written() -> None:
    made = filters(["Bắc Ninh"], ["NGHỊ QUYẾT", "bao cao"], ["28-CT/TW"], ["Ban Bí thư"], "2/2024", "2024")
    assert made.issuers == ("Ban Bí thư",)
    assert made.kinds == (Kind.RESOLUTION, Kind.REPORT)
    assert (str(made.issued_from), str(made.issued_to)) == ("2024-02-01", "2024-12-31")
    assert str(filters(None, None, None, None, None, "02/2024").issued_to) == "2024-02-29"
    assert not filters(None, None, None, None, None, None)
    with pytest.raises(BadOption):
        filters(None, None, None, None, "2024-13-01", None)


def test_ask_prints_one_json_object_whose_quotes_are_exact(pba: Any) -> None:
    run = pba("ask", "Năm 2023 xã Hòa Lạc kết nạp bao nhiêu đảng viên?", "--json")
    assert run.status == 0
    answer = run.json
    assert answer["status"] == "grounded"
    assert "27" in answer["statements"][0]["text"]
    for statement in answer["statements"]:
        assert statement["citations"]
        for citation in statement["citations"]:
            text = pba("documents", "show", citation["document_id"], "--json").json["text"]
            assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_in_a_terminal_shows_the_answer_and_where_it_stands(pba: Any) -> None:
    run = pba("ask", "nam 2023 xa hoa lac ket nap bao nhieu dang vien")
    assert run.status == 0
    assert "27 đảng viên" in run.out
    assert re.search(r"^\[1\] .*\(hoa-lac\.txt \d+:\d+\)$", run.out, re.MULTILINE)
    assert "Understood as:" in run.out


def test_what_is_not_in_the_documents_is_not_answered(pba: Any) -> None:
    answer = pba("ask", "Giá vé máy bay đi Paris là bao nhiêu?", "--json").json
    assert (answer["status"], answer["statements"]) == ("not_found", [])


def test_a_filter_keeps_an_answer_out_of_other_documents(pba: Any) -> None:
    question = "Xã Hòa Lạc kết nạp bao nhiêu đảng viên?"
    answer = pba("ask", question, "--number", "12-QĐ/HU", "--json").json
    assert {hit["document_id"] for hit in answer["hits"]} <= {"so-tay.md"}


def test_history_gives_a_follow_up_its_context(pba: Any) -> None:
    answer = pba(
        "ask",
        "Trong đó có bao nhiêu đoàn viên?",
        "--history",
        "Xã Hòa Lạc kết nạp bao nhiêu đảng viên?",
        "--json",
    ).json
    assert "Hòa Lạc" in answer["standalone"]
    assert "16" in answer["statements"][0]["text"]


@pytest.mark.parametrize("question", ["", "   ", "?!", "a" * 10_001, "a" * 100_000])
def test_a_question_of_no_use_is_refused(pba: Any, question: str, one_line: Any) -> None:
    assert "question" in one_line(pba("ask", question, "--json"), 2)


@pytest.mark.parametrize(
    ("piped", "status"),
    [
        ("Xã Hòa Lạc kết nạp bao nhiêu đảng viên?\n".encode(), 0),
        (b"", 2),
        (b"\xff\xfe\x00", 2),
        (b"\xc3", 2),
        ("ế".encode() * 50_000, 2),
    ],
)
def test_a_question_from_standard_input(place: Path, piped: bytes, status: int, start: Any) -> None:
    process = start(
        "ask", "-", "--json", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    out, err = process.communicate(piped, timeout=60)
    assert process.returncode == status, err
    assert b"Traceback" not in err
    if status == 0:
        assert json.loads(out)["status"] == "grounded"
        assert err == b""
    else:
        assert out == b""
        assert err.startswith(b"pba: ")


def test_markup_and_control_characters_in_a_question_are_only_text(pba: Any) -> None:
    run = pba("ask", "<script>alert(1)</script> '; DROP TABLE documents; -- \x1b[31m đảng viên?", "--json")
    assert run.status == 0
    assert "\x1b" not in run.json["question"]
    assert len(pba("documents", "list", "--json").json) == 3


def test_vietnamese_comes_out_whole_in_any_locale(place: Path, start: Any) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
    process = start("documents", "list", stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert "Xã Hòa Lạc" in out.decode("utf-8")


def test_a_closed_pipe_is_quiet(place: Path, start: Any) -> None:
    reading, writing = os.pipe()
    process = start("documents", "show", "huong-dan.txt", stdout=writing, stderr=subprocess.PIPE)
    os.close(reading)
    os.close(writing)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (1, b"")


def facts_file(folder: Path) -> Path:
    cases: list[dict[str, Any]] = [
        {"id": "a", "question": "Xã Hòa Lạc kết nạp bao nhiêu đảng viên năm 2023?", "facts": [["27"]]},
        {"id": "b", "question": "Một lớp học kéo dài bao nhiêu ngày?", "facts": [["một nghìn ngày"]]},
        {"id": "c", "question": "Giá vé máy bay đi Paris là bao nhiêu?", "facts": []},
    ]
    names = {"a": ["hoa-lac.txt"], "b": ["huong-dan.txt"], "c": []}
    lines = []
    for case in cases:
        answerable = bool(case["facts"])
        rest = {
            "category": "number",
            "lang": "vi",
            "answerable": answerable,
            "documents": names[str(case["id"])],
        }
        lines.append(case | rest)
    path = folder / "facts.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


def test_evaluate_scores_and_holds_the_minimum_or_not(pba: Any, tmp_path: Path) -> None:
    facts = facts_file(tmp_path)
    run = pba("evaluate", facts, "--json", "-o", tmp_path / "result.json", "--min-fact-recall", "0.5")
    assert run.status == 0, run.err
    assert run.json["overall"]["fact_recall"] == 0.5
    assert run.json["overall"]["citation_precision"] == 1.0
    assert run.json["overall"]["abstention_recall"] == 1.0
    assert run.json["held"] is True
    assert json.loads((tmp_path / "result.json").read_text(encoding="utf-8")) == run.json
    below = pba("evaluate", facts, "--min-fact-recall", "0.51")
    assert below.status == 1
    assert "Fact recall 0.500 is below the minimum 0.510." in below.err
    assert "hit@1\thit@3\thit@8" in below.out


def test_evaluate_writes_a_run_and_two_can_be_compared(
    pba: Any, tmp_path: Path, own_home: Path, place: Path
) -> None:
    facts = facts_file(tmp_path)
    first = pba("evaluate", facts, "--corpus", place / "corpus", "--run", tmp_path / "first")
    assert first.status == 0, first.err
    assert {path.name for path in (tmp_path / "first").iterdir()} == {
        "run.json",
        "cases.jsonl",
        "scores.json",
        "report.html",
    }
    assert str(tmp_path / "first") in first.err
    assert pba("evaluate", facts, "--corpus", place / "corpus").status == 0
    assert pba("evaluate", facts, "--corpus", place / "corpus").status == 0
    kept, other = sorted((own_home / "evaluations").iterdir())
    assert kept != other
    assert "-facts" in kept.name
    compared = pba("evaluate", "compare", tmp_path / "first", kept, "--markdown", tmp_path / "c.md")
    assert compared.status == 0, compared.err
    assert compared.out.splitlines()[0] == "Measure\tBefore\tAfter\tChange\tp\tVerdict"
    assert (tmp_path / "c.md").read_text(encoding="utf-8").startswith("# Two runs compared")
    value = pba("evaluate", "compare", tmp_path / "first", kept, "--json").json
    assert value["measures"]["Score"]["verdict"] == "same"
    assert value["better"] == value["worse"] == {}


def test_evaluate_holds_bounds_and_writes_for_machines(pba: Any, tmp_path: Path) -> None:
    facts = facts_file(tmp_path)
    junit, markdown = tmp_path / "junit.xml", tmp_path / "result.md"
    written = ("--junit", junit, "--markdown", markdown)
    good = pba("evaluate", facts, "--gate", "min-fact-recall=0.5,max-failed=0", *written)
    assert good.status == 0, good.err
    assert "Held: Failed ≤ 0 (0.000)." in good.err
    assert ElementTree.fromstring(junit.read_text(encoding="utf-8")).tag == "testsuites"
    assert "| Fact recall | 0.500 |" in markdown.read_text(encoding="utf-8")
    bad = pba("evaluate", "run", facts, "--gate", "min-score=0.99")
    assert bad.status == 1
    assert "Not held: Score ≥ 0.99 (0.667)." in bad.err


def test_evaluate_asks_another_system(pba: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = "def peer(question, history):\n    return 'Có 27 đảng viên.' if 'Lạc' in question else ''\n"
    (tmp_path / "a_peer.py").write_text(source, encoding="utf-8")
    run = pba("evaluate", facts_file(tmp_path), "--system", "a_peer:peer", "--json")
    assert run.status == 0, run.err
    assert run.json["system"] == "a_peer:peer"
    assert run.json["overall"]["fact_recall"] == 0.5
    assert run.json["overall"]["hit_at"]["1"] is None
    assert run.json["overall"]["abstention_recall"] == 1.0


def test_facts_are_converted_checked_and_described(pba: Any, tmp_path: Path, one_line: Any) -> None:
    table = tmp_path / "questions.csv"
    table.write_text("question,facts,documents\nBao nhiêu?,27,a.txt\n", encoding="utf-8")
    run = pba("facts", "convert", "csv", table, "-o", tmp_path / "facts.jsonl")
    assert run.status == 0, run.err
    assert "Wrote 1 questions" in run.out
    assert pba("facts", "check", tmp_path / "facts.jsonl").status == 0
    with (tmp_path / "facts.jsonl").open("a", encoding="utf-8") as file:
        file.write("{\n")
    wrong = pba("facts", "check", tmp_path / "facts.jsonl")
    assert wrong.status == 1
    assert "line 2: not valid JSON" in wrong.out
    assert "facts.jsonl, line 2" in one_line(pba("evaluate", tmp_path / "facts.jsonl"), 2)
    assert pba("facts", "schema").json["title"] == "Case"


def test_evaluate_on_a_folder_leaves_the_library_alone(
    pba: Any, own_home: Path, place: Path, tmp_path: Path, write_corpus: Any
) -> None:
    facts = facts_file(tmp_path)
    run = pba("evaluate", facts, "--corpus", place / "corpus", "--json")
    assert run.status == 0, run.err
    assert run.json["overall"]["fact_recall"] == 0.5
    assert not (own_home / "library").exists()
    folder = write_corpus(tmp_path / "mixed")
    (folder / "empty.txt").write_bytes(b"")
    spoiled = pba("evaluate", facts, "--corpus", folder, "--json")
    assert spoiled.status == 1
    assert "empty.txt" in spoiled.err
    assert spoiled.json["overall"]["fact_recall"] == 0.5


def test_evaluate_names_documents_that_the_library_lacks(pba: Any, own_home: Path, tmp_path: Path) -> None:
    run = pba("evaluate", facts_file(tmp_path), "--json")
    assert "hoa-lac.txt, huong-dan.txt" in run.err
    assert run.json["overall"]["fact_recall"] == 0.0


def test_evaluate_refuses_what_it_cannot_use(pba: Any, tmp_path: Path, one_line: Any) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "file").write_text("", encoding="utf-8")
    assert "not empty" in one_line(pba("evaluate", facts_file(tmp_path), "--run", tmp_path / "there"), 2)
    assert "No measure nothing" in one_line(
        pba("evaluate", facts_file(tmp_path), "--gate", "min-nothing=1"), 2
    )
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    inside = tmp_path / "a-file" / "run"
    assert "cannot be made" in one_line(pba("evaluate", facts_file(tmp_path), "--run", inside), 2)
    assert "no run in it" in one_line(pba("evaluate", "compare", tmp_path / "there", tmp_path), 2)
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": 1}', encoding="utf-8")
    assert "bad.jsonl, line 1" in one_line(pba("evaluate", bad), 2)
    nowhere = tmp_path / "absent" / "result.json"
    assert "absent" in one_line(pba("evaluate", facts_file(tmp_path), "-o", nowhere), 2)
    assert "no such folder" in one_line(
        pba("evaluate", facts_file(tmp_path), "--corpus", tmp_path / "absent"), 2
    )


def test_demo_reaches_a_page_and_ends_on_request(own_home: Path, start: Any) -> None:
    process = start("demo", "--port", "0", "--no-open", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    try:
        ready, _, _ = select.select([process.stdout], [], [], 300)
        assert ready, "no address within 300 seconds"
        line = process.stdout.readline().decode()
        address = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert address, line
        with urllib.request.urlopen(address[0], timeout=20) as page:
            assert page.status == 200
    finally:
        process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode in (0, 130)
    assert b"Traceback" not in err
    assert (own_home / "demo").is_dir()
