"""Runs and comparisons as Markdown, for a pull request, and as JUnit XML, for what runs tests."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from assistant.evaluate.compare import Comparison, Difference
from assistant.evaluate.measures import SCORE
from assistant.evaluate.names import Gate
from assistant.evaluate.page import interval_of
from assistant.evaluate.runs import Run
from assistant.evaluate.scores import ALL, CaseScore
from assistant.evaluate.stages import Stage
from assistant.evaluate.wording import ReportWording

#: What XML 1.0 cannot hold.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def run_to_markdown(run: Run, words: ReportWording) -> str:
    """The measures, the categories and the cases that went wrong, as Markdown tables."""
    labels = words.labels
    lines = [
        f"# {labels['title']}: {_cell(run.system)}",
        "",
        f"{labels['facts']}: {_cell(run.facts)} · {labels['corpus']}: {_cell(run.corpus)} ·"
        f" {labels['cases']}: {run.overall.cases} · {labels['failed']}: {run.overall.failed}",
        "",
        *_table(
            [labels["measure"], labels["value"], labels["interval"], labels["cases"]],
            [
                (
                    words.measure(name),
                    words.figure(estimate.value, ALL[name].unit) + words.units[ALL[name].unit],
                    interval_of(estimate, ALL[name].unit, words),
                    str(estimate.cases),
                )
                for name, estimate in run.overall.estimates.items()
            ],
        ),
        "",
        f"## {labels['by_category']}",
        "",
        *_table(
            [labels["category"], labels["cases"], words.measure("Score"), words.measure("FactRecall")],
            [
                (
                    name,
                    str(summary.cases),
                    words.figure(summary.value("Score")),
                    words.figure(summary.value("FactRecall")),
                )
                for name, summary in run.categories.items()
            ],
        ),
    ]
    if run.lost:
        lines += [
            "",
            f"## {labels['lost']} ({len(run.lost)})",
            "",
            *_table(
                [labels["id"], labels["question"], labels["score"], labels["stage"]],
                [
                    (
                        score.id,
                        score.case.question,
                        words.figure(score.value(SCORE.name)),
                        words.stages[score.stage or Stage.FAILED],
                    )
                    for score in run.lost
                ],
            ),
        ]
    return "\n".join(lines) + "\n"


def comparison_rows(comparison: Comparison, words: ReportWording) -> list[tuple[str, ...]]:
    """Measure, before, after, change, p, verdict."""
    return [_difference(entry, words) for entry in comparison.differences]


def comparison_to_markdown(comparison: Comparison, words: ReportWording) -> str:
    """What got better and worse, as Markdown tables."""
    labels = words.labels
    lines = [
        f"# {labels['comparison']}",
        "",
        f"{labels['before']}: {_cell(comparison.before.system)} · {labels['after']}:"
        f" {_cell(comparison.after.system)}",
        "",
        *_table(
            [labels[name] for name in ("measure", "before", "after", "change", "p", "verdict")],
            comparison_rows(comparison, words),
        ),
    ]
    for name, cases in (("better_cases", comparison.better), ("worse_cases", comparison.worse)):
        lines += [
            "",
            f"## {labels[name]} ({len(cases)})",
            "",
            *(changed_cases(cases, words) or [labels["none"]]),
        ]
    if comparison.conditions:
        rows = [(name, str(old), str(new)) for name, (old, new) in comparison.conditions.items()]
        headings = [labels["name"], labels["before"], labels["after"]]
        lines += ["", f"## {labels['other_conditions']}", "", *_table(headings, rows)]
    return "\n".join(lines) + "\n"


def changed_cases(cases: Mapping[str, tuple[float, float]], words: ReportWording) -> list[str]:
    """One line for each case with its scores before and after."""
    return [f"- {id}: {words.figure(old)} → {words.figure(new)}" for id, (old, new) in cases.items()]


def run_to_junit(run: Run, gates: Mapping[Gate, bool], words: ReportWording) -> str:
    """A run as JUnit XML: a suite for each category, a test for each case, and one for each bound.

    A case fails where something went wrong with it, and is an error where it could not be asked.
    """
    root = ElementTree.Element("testsuites", name=_text(run.system))
    groups: dict[str, list[CaseScore]] = {}
    for score in run.scores:
        groups.setdefault(score.case.category, []).append(score)
    for name, scores in groups.items():
        suite = _suite(
            root,
            name,
            tests=len(scores),
            failures=sum(score.stage is not None and not score.error for score in scores),
            errors=sum(bool(score.error) for score in scores),
            seconds=sum(score.seconds or 0.0 for score in scores),
        )
        for score in scores:
            _test(suite, score, words)
    if gates:
        wrong = sum(not held for held in gates.values())
        suite = _suite(root, "gates", tests=len(gates), failures=wrong, errors=0, seconds=0.0)
        for gate, held in gates.items():
            test = ElementTree.SubElement(suite, "testcase", classname="gates", name=str(gate), time="0")
            if not held:
                value = run.overall.value(gate.measure)
                shown = words.figure(value, ALL[gate.measure].unit)
                ElementTree.SubElement(test, "failure", message=f"{gate}: {shown}", type="gate")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(
    root: ElementTree.Element, name: str, *, tests: int, failures: int, errors: int, seconds: float
) -> ElementTree.Element:
    return ElementTree.SubElement(
        root,
        "testsuite",
        name=_text(name),
        tests=str(tests),
        failures=str(failures),
        errors=str(errors),
        time=f"{seconds:.3f}",
    )


def _test(suite: ElementTree.Element, score: CaseScore, words: ReportWording) -> None:
    test = ElementTree.SubElement(
        suite,
        "testcase",
        classname=_text(score.case.category),
        name=_text(f"{score.id}: {score.case.question}"),
        time=f"{score.seconds or 0.0:.3f}",
    )
    if score.error:
        ElementTree.SubElement(test, "error", message=_text(score.error), type="error")
    elif score.stage is not None:
        missing = [" / ".join(fact.accepted) for fact in score.facts if fact.lost]
        detail = "; ".join([*missing, *score.forbidden])
        message = words.stages[score.stage] + (f": {detail}" if detail else "")
        failure = ElementTree.SubElement(test, "failure", message=_text(message), type=score.stage.value)
        failure.text = _text(score.answer)


def _difference(entry: Difference, words: ReportWording) -> tuple[str, ...]:
    unit = ALL[entry.measure].unit
    verdict = words.verdicts[entry.verdict]
    if entry.p is not None:
        verdict += f" ({words.verdicts['significant' if entry.significant else 'by_chance']})"
    sign = "+" if entry.change > 0 else ""
    return (
        words.measure(entry.measure),
        words.figure(entry.before, unit),
        words.figure(entry.after, unit),
        sign + words.figure(entry.change, unit),
        "–" if entry.p is None else words.figure(entry.p),
        verdict,
    )


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(map(_cell, headings)) + " |", "|" + "---|" * len(headings)]
    return lines + ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _text(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
