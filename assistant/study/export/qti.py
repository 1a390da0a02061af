"""A quiz as IMS QTI 2.1: a content package with a test and an item for each question.

Item and test: IMS Question and Test Interoperability 2.1, Assessment Test, Section, and Item Information
Model. Package: its profile of IMS Content Packaging 1.2. What learners would see in the right order, steps
and the right column of a matching, stands in an order drawn from the seed; the names of choices tell nothing.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from assistant.study.export.proof import one_line, proof_lines
from assistant.study.export.wording import Wording, wording
from assistant.study.export.xml import child, written, zipped
from assistant.study.shuffling import identity, shuffled, taken
from assistant.study.types import Draft, QuizItem, QuizKind

_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_BLANK = re.compile("…{2,}|\\.{4,}|_{3,}")


def to_qti(draft: Draft) -> bytes:
    """The zip archive of the package."""
    words = wording(draft.wish.language)
    names = [_identifier(item, number) for number, item in enumerate(draft.quiz, 1)]
    files = {"imsmanifest.xml": _manifest(names), "test.xml": _test(names, draft)}
    for number, (name, item) in enumerate(zip(names, draft.quiz, strict=True), 1):
        files[f"items/{name}.xml"] = _item(item, name, number, words, draft)
    return zipped(files)


def _root(namespace: str, tag: str, schema: str, **attributes: str) -> Any:
    root = etree.Element(f"{{{namespace}}}{tag}", nsmap={None: namespace, "xsi": _INSTANCE})
    for name, value in attributes.items():
        root.set(name, value)
    root.set(f"{{{_INSTANCE}}}schemaLocation", f"{namespace} {schema}")
    return root


def _in(root: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    namespace = etree.QName(root).namespace
    return child(root, f"{{{namespace}}}{tag}", text, **attributes)


def _identifier(item: QuizItem, number: int) -> str:
    return f"Q{number:03d}_{re.sub('[^A-Za-z0-9]', '_', item.id)}"


def _manifest(names: list[str]) -> bytes:
    schema = "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
    root = _root(_PACKAGE, "manifest", schema, identifier="MANIFEST")
    metadata = _in(root, "metadata")
    _in(metadata, "schema", "QTIv2.1 Package")
    _in(metadata, "schemaversion", "1.0.0")
    _in(root, "organizations")
    resources = _in(root, "resources")
    test = _in(resources, "resource", identifier="TEST", type="imsqti_test_xmlv2p1", href="test.xml")
    _in(test, "file", href="test.xml")
    for name in names:
        _in(test, "dependency", identifierref=name)
    for name in names:
        place = f"items/{name}.xml"
        item = _in(resources, "resource", identifier=name, type="imsqti_item_xmlv2p1", href=place)
        _in(item, "file", href=place)
    return written(root)


def _test(names: list[str], draft: Draft) -> bytes:
    title = one_line(draft.title)
    root = _root(_QTI, "assessmentTest", f"{_QTI}.xsd", identifier="TEST", title=title)
    _outcome(root, "SCORE", "float", "0")
    part = _in(root, "testPart", identifier="PART", navigationMode="nonlinear", submissionMode="individual")
    _in(part, "itemSessionControl", maxAttempts="1", showFeedback="true")
    section = _in(part, "assessmentSection", identifier="SECTION", title=title, visible="true")
    for name in names:
        _in(section, "assessmentItemRef", identifier=name, href=f"items/{name}.xml")
    total = _in(_in(root, "outcomeProcessing"), "setOutcomeValue", identifier="SCORE")
    _in(_in(total, "sum"), "testVariables", variableIdentifier="SCORE")
    return written(root)


def _outcome(root: Any, identifier: str, base: str, default: str = "") -> None:
    outcome = _in(root, "outcomeDeclaration", identifier=identifier, cardinality="single", baseType=base)
    if default:
        _in(_in(outcome, "defaultValue"), "value", default)


def _item(item: QuizItem, name: str, number: int, words: Wording, draft: Draft) -> bytes:
    root = _root(
        _QTI,
        "assessmentItem",
        f"{_QTI}.xsd",
        identifier=name,
        title=f"{words.question} {number}",
        label=f"{item.kind} {item.difficulty}",
        adaptive="false",
        timeDependent="false",
    )
    # Declarations come first; what the body names is known once it is made.
    body = _in(root, "itemBody")
    match item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            many = item.kind is QuizKind.MULTIPLE
            key = _choices(body, item, [(o.text, o.right) for o in item.options], many=many)
            _response(root, key, "multiple" if many else "single", "identifier")
        case QuizKind.TRUE_FALSE:
            truths = [(words.true, item.truth is True), (words.false, item.truth is False)]
            _response(root, _choices(body, item, truths, many=False), "single", "identifier")
        case QuizKind.FILL | QuizKind.SHORT:
            _entry(body, item)
            _response(root, [one_line(text) for text in item.accepted], "single", "string")
        case QuizKind.MATCH:
            _response(root, _matching(body, item, f"{draft.wish.seed}"), "multiple", "directedPair")
        case QuizKind.ORDER:
            _response(root, _ordering(body, item, f"{draft.wish.seed}"), "ordered", "identifier")
    for identifier, base, default in (("SCORE", "float", "0"), ("FEEDBACK", "identifier", "")):
        _outcome(root, identifier, base, default)
    root.append(body)
    _processing(root, mapped=item.kind in (QuizKind.FILL, QuizKind.SHORT))
    feedback = _in(root, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier="PROOF", showHide="show")
    for line in proof_lines(item):
        _in(feedback, "p", line)
    return written(root)


def _response(root: Any, key: list[str], cardinality: str, base: str) -> None:
    declared = _in(root, "responseDeclaration", identifier="RESPONSE", cardinality=cardinality, baseType=base)
    right = _in(declared, "correctResponse")
    for value in key if base != "string" else key[:1]:
        _in(right, "value", value)
    if base == "string":
        mapping = _in(declared, "mapping", defaultValue="0")
        for value in dict.fromkeys(key):
            _in(mapping, "mapEntry", mapKey=value, mappedValue="1", caseSensitive="false")


def _choices(body: Any, item: QuizItem, choices: list[tuple[str, bool]], *, many: bool) -> list[str]:
    """The names of the right ones."""
    interaction = _in(
        body,
        "choiceInteraction",
        responseIdentifier="RESPONSE",
        shuffle="false",
        maxChoices="0" if many else "1",
    )
    _in(interaction, "prompt", one_line(item.stem))
    for number, (text, _) in enumerate(choices, 1):
        _in(interaction, "simpleChoice", one_line(text), identifier=f"C{number}")
    return [f"C{number}" for number, (_, right) in enumerate(choices, 1) if right]


def _entry(body: Any, item: QuizItem) -> None:
    stem = one_line(item.stem)
    blank = _BLANK.search(stem) if item.kind is QuizKind.FILL else None
    before, after = (stem[: blank.start()], stem[blank.end() :]) if blank else (f"{stem} ", "")
    length = max(len(one_line(text)) for text in item.accepted)
    paragraph = _in(body, "p", before)
    gap = _in(paragraph, "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength=str(length))
    gap.tail = after


def _matching(body: Any, item: QuizItem, seed: str) -> list[str]:
    """The right pairs, by names. Two lines on the left that go with one text share it."""
    interaction = _in(
        body,
        "matchInteraction",
        responseIdentifier="RESPONSE",
        shuffle="true",
        maxAssociations=str(len(item.pairs)),
    )
    _in(interaction, "prompt", one_line(item.stem))
    left, right = _in(interaction, "simpleMatchSet"), _in(interaction, "simpleMatchSet")
    texts = list(dict.fromkeys(one_line(pair.right) for pair in item.pairs))
    shown = taken(texts, shuffled(texts, f"{seed}/{item.id}", unlike=[identity(texts)]))
    for number, pair in enumerate(item.pairs, 1):
        _in(left, "simpleAssociableChoice", one_line(pair.left), identifier=f"L{number}", matchMax="1")
    for number, text in enumerate(shown, 1):
        uses = sum(one_line(pair.right) == text for pair in item.pairs)
        _in(right, "simpleAssociableChoice", text, identifier=f"R{number}", matchMax=str(uses))
    return [f"L{n} R{shown.index(one_line(pair.right)) + 1}" for n, pair in enumerate(item.pairs, 1)]


def _ordering(body: Any, item: QuizItem, seed: str) -> list[str]:
    """The names of the steps in the right order."""
    interaction = _in(body, "orderInteraction", responseIdentifier="RESPONSE", shuffle="true")
    _in(interaction, "prompt", one_line(item.stem))
    order = shuffled(item.steps, f"{seed}/{item.id}", unlike=[identity(item.steps)])
    for number, step in enumerate(taken(item.steps, order), 1):
        _in(interaction, "simpleChoice", one_line(step.text), identifier=f"S{number}")
    return [f"S{order.index(place) + 1}" for place in identity(item.steps)]


def _processing(root: Any, *, mapped: bool) -> None:
    """One point for the right response; the proof is shown whatever the response."""
    processing = _in(root, "responseProcessing")
    if mapped:
        score = _in(processing, "setOutcomeValue", identifier="SCORE")
        _in(score, "mapResponse", identifier="RESPONSE")
    else:
        condition = _in(_in(processing, "responseCondition"), "responseIf")
        equal = _in(condition, "match")
        _in(equal, "variable", identifier="RESPONSE")
        _in(equal, "correct", identifier="RESPONSE")
        score = _in(condition, "setOutcomeValue", identifier="SCORE")
        _in(score, "baseValue", "1", baseType="float")
    shown = _in(processing, "setOutcomeValue", identifier="FEEDBACK")
    _in(shown, "baseValue", "PROOF", baseType="identifier")
