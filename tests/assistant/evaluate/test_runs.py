"""A run is written, read again as it was, compared, bounded, and told in HTML, Markdown and JUnit XML."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
import twelve_cases
from twelve_cases import RESPONSES, A, at, claim, quoted

from assistant.errors import BadFacts, BadOption
from assistant.evaluate.compare import compare, to_json
from assistant.evaluate.formats import (
    changed_cases,
    comparison_rows,
    comparison_to_markdown,
    run_to_junit,
    run_to_markdown,
)
from assistant.evaluate.measures import MEASURES
from assistant.evaluate.names import Gate, gates_of, held, measure_named
from assistant.evaluate.page import render_page
from assistant.evaluate.report import case_rows, summary_rows
from assistant.evaluate.report import to_json as report_to_json
from assistant.evaluate.runs import CASES, CONDITIONS, REPORT, SCORES, Run, read_run, write_run
from assistant.evaluate.scores import ALL, CaseScore
from assistant.evaluate.stages import Stage
from assistant.evaluate.text_en import WORDING as ENGLISH
from assistant.evaluate.text_vi import WORDING as VIETNAMESE
from assistant.evaluate.wording import ReportWording

MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOSTILE = '<script>alert("x")</script>'


def run_of(scores: tuple[CaseScore, ...], system: str = "thử", **conditions: object) -> Run:
    return Run("facts.jsonl", "corpus", system, MOMENT, {"settings": {"a": 1}, **conditions}, scores)


@pytest.fixture(scope="module")
def run(scores: tuple[CaseScore, ...]) -> Run:
    return run_of(scores)


@pytest.fixture(scope="module")
def better(scores: tuple[CaseScore, ...]) -> Run:
    """The same with a fifth case that is right, and a first that is wrong; another setting."""
    right = replace(RESPONSES["c05"], claims=(quoted(at("ke-hoach.txt", 2)),))
    wrong = replace(RESPONSES["c01"], claims=(quoted(at(A, 5)),))
    named = {"settings": {"a": 2}}
    return replace(
        run_of(twelve_cases.scored({**RESPONSES, "c05": right, "c01": wrong}), "sau"), conditions=named
    )


# ---- the folder


def test_a_run_is_read_as_it_was_written(run: Run, tmp_path: Path) -> None:
    write_run(run, tmp_path / "run", "<p>trang</p>")
    assert {path.name for path in (tmp_path / "run").iterdir()} == {CONDITIONS, CASES, SCORES, REPORT}
    again = read_run(tmp_path / "run")
    assert again == run
    assert again.overall == run.overall
    assert len((tmp_path / "run" / CASES).read_text(encoding="utf-8").splitlines()) == 12
    scores = json.loads((tmp_path / "run" / SCORES).read_text(encoding="utf-8"))
    assert scores["overall"]["measures"]["FactRecall"]["value"] == pytest.approx(0.55)
    low, high = scores["overall"]["measures"]["FactRecall"]["interval"]
    assert low < 0.55 < high
    assert scores["overall"]["measures"]["FactRecall"]["cases"] == 10
    assert list(scores["categories"]) == ["number", "when", "who", "unanswerable"]


def test_a_folder_without_a_run_or_with_a_damaged_one_is_refused_by_name(run: Run, tmp_path: Path) -> None:
    with pytest.raises(BadFacts, match=r"leer: no run in it"):
        read_run(tmp_path / "leer")
    folder = tmp_path / "run"
    write_run(run, folder, "")
    good = (folder / CONDITIONS).read_text(encoding="utf-8")
    (folder / CONDITIONS).write_text(good.replace('"format": 1', '"format": 9'), encoding="utf-8")
    with pytest.raises(BadFacts, match="format 9; this program reads 1"):
        read_run(folder)
    (folder / CONDITIONS).write_text(good, encoding="utf-8")
    (folder / CASES).write_text('{"case": {}}\n', encoding="utf-8")
    with pytest.raises(BadFacts, match="cannot be read"):
        read_run(folder)


# ---- comparing


def test_what_got_better_and_worse_is_told_with_its_significance(run: Run, better: Run) -> None:
    found = compare(run, better)
    assert dict(found.better) == {"c05": (0.0, 1.0)}
    assert dict(found.worse) == {"c01": (1.0, 0.0)}
    by_name = {entry.measure: entry for entry in found.differences}
    assert by_name["Score"].verdict == "same"
    assert by_name["Score"].p is None
    # The only other pair of values: c05 from 0 to 1 of nine; it could as well have been the other way round.
    assert by_name["CitationRecall"].before == pytest.approx(5.5 / 9)
    assert by_name["CitationRecall"].change == pytest.approx(1 / 9)
    assert by_name["CitationRecall"].p == pytest.approx(1.0)
    assert not by_name["CitationRecall"].significant
    assert by_name["Words"].verdict == "changed"
    assert found.conditions == {"settings.a": (1, 2)}
    value = json.loads(json.dumps(to_json(found)))
    assert value["measures"]["CitationRecall"]["verdict"] == "better"


def test_a_run_against_itself_differs_in_nothing(run: Run) -> None:
    found = compare(run, run)
    assert {entry.verdict for entry in found.differences} == {"same"}
    assert not found.better
    assert not found.worse


def test_a_lower_time_is_better_and_many_cases_make_it_significant(scores: tuple[CaseScore, ...]) -> None:
    many = tuple(
        replace(score, case=score.case.model_copy(update={"id": f"{score.id}-{n}"}))
        for n in range(4)
        for score in scores
        if score.seconds is not None
    )
    faster = tuple(replace(score, seconds=(score.seconds or 0.0) / 10) for score in many)
    by_name = {entry.measure: entry for entry in compare(run_of(many), run_of(faster)).differences}
    assert by_name["SecondsP50"].verdict == "better"
    assert by_name["SecondsP50"].significant


def test_cases_of_one_run_alone_and_changed_questions_are_left_out(run: Run) -> None:
    changed = [
        replace(score, case=score.case.model_copy(update={"question": "Khác?"}))
        if score.id == "c02"
        else score
        for score in run.scores[1:]
    ]
    found = compare(run, replace(run, scores=tuple(changed)))
    assert (found.only_before, found.only_after) == (("c01", "c02"), ("c02",))
    with pytest.raises(BadFacts, match="no case in common"):
        compare(replace(run, scores=run.scores[:1]), replace(run, scores=run.scores[1:]))


# ---- names and bounds


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("fact-recall", "FactRecall"),
        ("FactRecall", "FactRecall"),
        ("hit@3", "Success@3"),
        ("recall@10", "R@10"),
        ("mrr@10", "RR@10"),
        ("passage.R@10", "passage.R@10"),
        ("passage-ndcg@10", "passage.nDCG@10"),
        ("passage.hit@1", "passage.Success@1"),
        ("seconds_p95", "SecondsP95"),
        ("aurc", "AURC"),
    ],
)
def test_a_measure_is_known_by_the_names_people_type(typed: str, name: str) -> None:
    assert measure_named(typed) == name


def test_every_measure_is_known_by_its_own_name() -> None:
    assert [measure_named(name) for name in ALL] == list(ALL)


def test_bounds_hold_or_not(run: Run) -> None:
    gates = gates_of("min-fact-recall=0.55, max-seconds-p95=29,min-hit@1=0.6,max-failed=0.2")
    assert [(str(gate), kept) for gate, kept in held(gates, run.overall).items()] == [
        ("FactRecall ≥ 0.55", True),
        ("SecondsP95 ≤ 29", False),
        ("Success@1 ≥ 0.6", True),
        ("Failed ≤ 0.2", True),
    ]
    nothing = replace(run, scores=tuple(s for s in run.scores if not s.case.answerable))
    assert not Gate("FactRecall", 0.0, True).holds(nothing.overall)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fact-recall=1", "expected min-MEASURE=NUMBER"),
        ("min-fact-recall=viel", "expected min-MEASURE=NUMBER"),
        ("min-fact-recal=1", "No measure fact-recal. Did you mean FactRecall?"),
        (" , ", "--gate is empty"),
    ],
)
def test_a_bound_of_another_form_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadOption) as refused:
        gates_of(text)
    assert said in str(refused.value)


# ---- reports


def test_the_json_of_the_command_line_keeps_its_short_names(run: Run) -> None:
    value = json.loads(json.dumps(report_to_json(run, held(gates_of("min-fact-recall=0.5"), run.overall))))
    assert (value["held"], value["min_fact_recall"]) == (True, 0.5)
    assert value["overall"]["fact_recall"] == pytest.approx(0.55)
    assert value["overall"]["hit_at"] == pytest.approx({"1": 0.6, "3": 0.8, "8": 0.8})
    assert value["overall"]["measures"]["AURC"]["cases"] == 12
    assert value["cases"][1]["stage"] == "not_chosen"
    assert report_to_json(run, {})["held"] is None
    assert [row[4] for row in case_rows(run, ENGLISH.stages)][:5] == ["≤1", "≤3", "≤1", "≤1", "≤3"]
    assert case_rows(run, ENGLISH.stages)[8][-1] == f"failed: {twelve_cases.FAILED.error}"
    assert len(summary_rows(run)) == 5


class Seen(HTMLParser):
    """Tags, what they load, and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loaded: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loaded += [f"{tag} {name}={value}" for name, value in attrs if name in ("src", "href", "srcset")]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_the_page_loads_nothing_and_tells_every_lost_case(run: Run, words: ReportWording) -> None:
    page = render_page(run, words)
    seen = Seen(page)
    assert seen.loaded == []
    assert "script" not in seen.tags
    assert not re.search(r"url\(|@import|https?://", page)
    assert seen.tags.count("svg") == 3
    assert seen.tags.count("details") == len(run.lost) + 1 == 8
    for score in run.lost:
        assert score.case.question in seen.text
        assert words.stages[score.stage or Stage.FAILED] in seen.text
    for text in ("Đồng chí Lê Văn Hùng cũng dự.", "Lê Văn Hùng", twelve_cases.FAILED.error, "5 ngày"):
        assert text in seen.text
    assert words.figure(run.overall.value("AURC")) in seen.text


def test_the_page_shows_what_others_wrote_as_text(run: Run) -> None:
    hostile = replace(RESPONSES["c02"], claims=(claim(HOSTILE, at(A, 1)),), understood=HOSTILE)
    scores = twelve_cases.scored({**RESPONSES, "c02": hostile})
    page = render_page(replace(run, scores=scores, system=HOSTILE), ENGLISH)
    assert "script" not in Seen(page).tags
    assert HOSTILE in Seen(page).text


def test_a_page_of_one_case_without_anything_told(run: Run) -> None:
    page = render_page(replace(run, scores=run.scores[10:11]), VIETNAMESE)
    assert VIETNAMESE.labels["lost_none"] in Seen(page).text


def test_junit_has_a_test_for_each_case_and_bound(run: Run) -> None:
    bounds = held(gates_of("min-score=0.9,max-failed=1"), run.overall)
    root = ElementTree.fromstring(run_to_junit(run, bounds, ENGLISH))
    suites = {suite.get("name"): suite for suite in root}
    assert [(n, s.get("tests"), s.get("failures"), s.get("errors")) for n, s in suites.items()] == [
        ("number", "7", "3", "2"),
        ("when", "1", "0", "0"),
        ("who", "2", "1", "0"),
        ("unanswerable", "2", "1", "0"),
        ("gates", "2", "1", "0"),
    ]
    failure = suites["who"].find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "forbidden fact stated: Lê Văn Hùng"
    error = suites["number"].find("testcase/error")
    assert error is not None
    assert error.get("message") == twelve_cases.FAILED.error


def test_junit_holds_no_character_that_xml_cannot(run: Run) -> None:
    wrong = replace(RESPONSES["c02"], claims=(claim("a\x00b\ud800c", at(A, 1)),))
    text = run_to_junit(replace(run, scores=twelve_cases.scored({**RESPONSES, "c02": wrong})), {}, ENGLISH)
    assert "a\ufffdb\ufffdc" in text
    ElementTree.fromstring(text)


def test_markdown_has_whole_tables(run: Run, better: Run) -> None:
    for text in (run_to_markdown(run, VIETNAMESE), comparison_to_markdown(compare(run, better), ENGLISH)):
        tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
        assert tables
        for table in tables:
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1
    assert "| Fact recall | 0.550 |" in run_to_markdown(run, ENGLISH)
    assert "| c12 |" in run_to_markdown(run, ENGLISH)
    assert "- c05: 0.000 → 1.000" in comparison_to_markdown(compare(run, better), ENGLISH)
    rows = {row[0]: row for row in comparison_rows(compare(run, better), ENGLISH)}
    assert rows["Citation recall"][1:] == ("0.611", "0.722", "+0.111", "1.000", "better (may be chance)")


def test_changed_cases_are_told_with_both_scores() -> None:
    assert changed_cases({"x": (0.0, 0.5)}, VIETNAMESE) == ["- x: 0,000 → 0,500"]


def test_both_languages_say_the_same_things() -> None:
    for field in fields(ReportWording):
        first, second = getattr(VIETNAMESE, field.name), getattr(ENGLISH, field.name)
        if isinstance(first, dict) and field.name != "definitions":
            assert list(first) == list(second)
            assert [bool(text) for text in first.values()] == [bool(text) for text in second.values()]
    for words in (VIETNAMESE, ENGLISH):
        assert all(words.measure(name) for name in ALL)
        assert all(words.definition(name, measure.definition) for name, measure in ALL.items())
    assert set(VIETNAMESE.definitions) == set(VIETNAMESE.measures)
    for words in (VIETNAMESE, ENGLISH):
        assert set(words.stages) == set(words.fixes) == {stage.value for stage in Stage}
        assert {measure.unit for measure in MEASURES} <= set(words.units)
