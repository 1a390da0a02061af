"""SQuAD, BEIR and MTEB, RAGAS and CSV become facts files that are read again and can be answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BadFacts, BadOption
from assistant.evaluate.converters.convert import convert, write_converted
from assistant.evaluate.converters.forms import Form
from assistant.evaluate.converters.ragas import facts_of
from assistant.evaluate.corpus import Corpus
from assistant.evaluate.facts import read_facts
from assistant.evaluate.stated import states
from ingest.types import Document

CONTEXT = "Xã Hòa Lạc có 12 chi bộ. Năm 2023 xã kết nạp 27 đảng viên."


def squad(**question: Any) -> dict[str, Any]:
    asked = {"id": "q1", "question": "Kết nạp bao nhiêu?", "answers": [{"text": "27", "answer_start": 45}]}
    qas = [asked | question]
    return {
        "version": "1.1",
        "data": [{"title": "Hòa Lạc", "paragraphs": [{"context": CONTEXT, "qas": qas}]}],
    }


def write(path: Path, *values: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(v if isinstance(v, str) else json.dumps(v) for v in values), encoding="utf-8")
    return path


def test_squad_gives_a_document_an_article_and_the_sentence_of_the_answer(tmp_path: Path) -> None:
    value = squad(answers=[{"text": "27", "answer_start": 45}, {"text": "27 đảng viên", "answer_start": 45}])
    value["data"][0]["paragraphs"][0]["qas"].append(
        {"id": "q2", "question": "Ai?", "answers": [], "is_impossible": True}
    )
    assert CONTEXT[45:47] == "27"
    found = convert(Form.SQUAD, write(tmp_path / "s.json", value))
    first, second = found.cases
    assert first.facts == (("27", "27 đảng viên"),)
    assert first.documents == ("hoa-lac.txt",)
    assert first.passages[0].quote == "Năm 2023 xã kết nạp 27 đảng viên."
    assert (second.answerable, second.category) == (False, "unanswerable")
    assert found.documents == {"hoa-lac.txt": f"{CONTEXT}\n"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "no list “data”"),
        ({"data": [{"title": "x"}]}, r"data\[0\]: not the form of SQuAD"),
        (squad(question=""), "question q1: question"),
    ],
)
def test_squad_of_another_form_is_refused_by_place(tmp_path: Path, value: Any, said: str) -> None:
    with pytest.raises(BadFacts, match=said):
        convert(Form.SQUAD, write(tmp_path / "s.json", value))


def beir(folder: Path, qrels: str = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\nq2\td2\t2\n") -> Path:
    write(
        folder / "corpus.jsonl",
        {"_id": "d1", "title": "Một", "text": "Văn bản một."},
        {"_id": "d2", "title": "", "text": "Văn bản hai."},
    )
    write(folder / "queries.jsonl", *({"_id": f"q{n}", "text": f"Câu {n}?"} for n in (1, 2, 3)))
    write(folder / "qrels" / "test.tsv", qrels)
    return folder


def test_beir_gives_cases_that_are_only_to_be_found(tmp_path: Path) -> None:
    found = convert(Form.BEIR, beir(tmp_path / "tap"))
    first, second = found.cases
    assert (first.documents, first.grades, first.retrieval_only) == (("d1.txt",), {}, True)
    assert (second.documents, second.grades) == (("d2.txt",), {"d2.txt": 2})
    assert found.documents == {"d1.txt": "Một\n\nVăn bản một.\n", "d2.txt": "Văn bản hai.\n"}
    assert dict(found.skipped) == {"not judged in the split test": 1}


def test_mteb_has_judgements_in_json_lines_as_well(tmp_path: Path) -> None:
    folder = beir(tmp_path / "tap")
    write(folder / "qrels" / "dev.jsonl", {"query-id": "q3", "corpus-id": "d1", "score": 1})
    [case] = convert(Form.MTEB, folder, split="dev").cases
    assert (case.id, case.documents) == ("q3", ("d1.txt",))


@pytest.mark.parametrize(
    ("qrels", "said"),
    [
        ("query-id\tcorpus-id\tscore\nq1\td9\t1\n", "test.tsv, line 2: the corpus has no document d9"),
        ("query-id\tcorpus-id\tscore\nq1\td1\tgut\n", "line 2: no whole number “score”"),
        ("qid2\tx\tscore\nq1\td1\t1\n", "line 2: no “query-id”"),
    ],
)
def test_wrong_judgements_are_refused_by_line(tmp_path: Path, qrels: str, said: str) -> None:
    with pytest.raises(BadFacts, match=said):
        convert(Form.BEIR, beir(tmp_path / "tap", qrels))


def test_ragas_takes_what_can_be_looked_for_exactly(tmp_path: Path) -> None:
    rows = [
        {"user_input": "Bao nhiêu?", "reference": "27 đảng viên.", "reference_contexts": [CONTEXT]},
        {
            "question": "Khi nào?",
            "ground_truth": "Hội nghị họp ngày 14/11/2023 tại hội trường xã với 120 đại biểu.",
            "contexts": [CONTEXT, "Khác."],
        },
        {"question": "Vì sao?", "ground_truth": "vì đường đi rất xa và khó khăn nhiều bề", "contexts": ["x"]},
        {"question": "Gì?", "ground_truth": "27"},
    ]
    found = convert(Form.RAGAS, write(tmp_path / "r.jsonl", *rows))
    first, second = found.cases
    assert first.facts == (("27 đảng viên",),)
    assert second.facts == (("ngày 14/11/2023",), ("120",))
    assert first.documents == second.documents[:1]
    assert dict(found.skipped) == {"no exact fact in the reference": 1, "no reference context": 1}
    listed = convert(Form.RAGAS, write(tmp_path / "r.json", json.dumps(rows)))
    assert listed.cases == found.cases
    table = write(
        tmp_path / "r.csv", "user_input,reference,reference_contexts", "Bao nhiêu?,27 đảng viên.,\"['Một.']\""
    )
    assert convert(Form.RAGAS, table).documents == {"context-1.txt": "Một.\n"}


def test_facts_of_a_long_reference_are_its_figures_dates_and_names() -> None:
    text = (
        "Đồng chí Trần Văn Mạnh chủ trì hội nghị ngày 5/3/2021, có 98,6% đại biểu dự theo Quy định 12-QĐ/TU."
    )
    assert set(facts_of(text)) >= {"Trần Văn Mạnh", "ngày 5/3/2021", "98,6%", "12-QĐ/TU"}
    assert all(states(text, fact) for fact in facts_of(text))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_has_columns_in_either_language(tmp_path: Path, delimiter: str) -> None:
    rows = [
        ["Câu hỏi", "Đáp án", "tai_lieu", "Dữ kiện sai", "Trọng số"],
        ["Kết nạp bao nhiêu?", '"27|hai mươi bảy; 5 ngày"', "a.txt", "28", '"0,5"'],
        ["Giá vàng?", "", "", "", ""],
        ["", "", "", "", ""],
    ]
    found = convert(Form.CSV, write(tmp_path / "t.csv", *(delimiter.join(row) for row in rows)))
    first, second = found.cases
    assert first.facts == (("27", "hai mươi bảy"), ("5 ngày",))
    assert (first.documents, first.forbidden, first.weight) == (("a.txt",), ("28",), 0.5)
    assert (second.answerable, second.id) == (False, "row-2")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["question,fakts", "?,1"], "line 1: unknown column fakts. Did you mean facts"),
        (["facts", "1"], "no column “question”"),
        (["question,facts", "?,1"], "line 2: an answerable question needs"),
        (["question,weight", "?,viel"], "line 2: weight: viel is no number"),
        (["id,question", "a,?", "a,?"], "used more than once"),
        (["question"], "no question in it"),
    ],
)
def test_a_table_of_another_form_is_refused_by_line(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(BadFacts) as refused:
        convert(Form.CSV, write(tmp_path / "t.csv", *lines))
    assert said in str(refused.value)


def test_what_is_written_is_read_again_and_its_places_are_in_its_documents(tmp_path: Path) -> None:
    found = convert(Form.SQUAD, write(tmp_path / "s.json", squad()))
    write_converted(found, tmp_path / "facts.jsonl", tmp_path / "documents")
    [case] = read_facts(tmp_path / "facts.jsonl")
    assert case == found.cases[0]
    text = (tmp_path / "documents" / case.documents[0]).read_text(encoding="utf-8")
    corpus = Corpus.of_documents([Document(case.documents[0], "", "", text)])
    start, end = corpus.place_of(case.passages[0]) or (0, 0)
    assert states(text[start:end], case.facts[0][0])
    with pytest.raises(BadOption, match="is there already"):
        write_converted(found, tmp_path / "facts.jsonl", tmp_path / "documents")


def test_two_articles_of_one_title_are_two_documents(tmp_path: Path) -> None:
    value = squad()
    other = squad(id="q2")["data"][0]
    value["data"].append(other)
    assert list(convert(Form.SQUAD, write(tmp_path / "s.json", value)).documents) == [
        "hoa-lac.txt",
        "hoa-lac-2.txt",
    ]
