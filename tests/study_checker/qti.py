"""A QTI 2.1 package: manifest, test, then the items in the order in which the test names them."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from .model import Item, Reading, proofs_of

_Q = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
_C = "{http://www.imsglobal.org/xsd/imscp_v1p1}"


def read(data: bytes) -> Reading:
    faults: list[tuple[str, str, str]] = []
    with ZipFile(BytesIO(data)) as archive:
        names = set(archive.namelist())
        manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
        resources = {r.get("identifier"): r for r in manifest.iter(f"{_C}resource")}
        declared = {r.get("href") for r in resources.values()}
        faults += [
            ("manifest", "form", f"{name} is not declared") for name in names - declared - {"imsmanifest.xml"}
        ]
        faults += [("manifest", "form", f"{name} is not there") for name in declared - names]
        test = next(r for r in resources.values() if r.get("type") == "imsqti_test_xmlv2p1")
        listed = ElementTree.fromstring(archive.read(test.get("href", "")))
        items = []
        for reference in listed.iter(f"{_Q}assessmentItemRef"):
            root = ElementTree.fromstring(archive.read(reference.get("href", "")))
            if root.get("identifier") != reference.get("identifier"):
                faults.append((reference.get("identifier", ""), "form", "the test calls the item otherwise"))
            items.append(_item(root))
    return Reading(tuple(items), faults=tuple(faults))


def _text(element: ElementTree.Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _item(root: ElementTree.Element) -> Item:
    name, label = root.get("title", ""), root.get("label", "").split(" ")[0]
    proofs = proofs_of([_text(p) for p in root.iterfind(f"{_Q}modalFeedback/{_Q}p")])
    response = root.find(f"{_Q}responseDeclaration")
    assert response is not None
    right = [_text(value) for value in response.iterfind(f"{_Q}correctResponse/{_Q}value")]
    body = root.find(f"{_Q}itemBody")
    assert body is not None
    texts = {e.get("identifier"): _text(e) for e in body.iter() if e.get("identifier")}
    stem = _text(body.find(f".//{_Q}prompt"))
    if body.find(f".//{_Q}textEntryInteraction") is not None:
        return _entry(body, response, name, label, proofs)
    if body.find(f".//{_Q}matchInteraction") is not None:
        pairs = tuple((texts[a], texts[b]) for a, b in (value.split() for value in right))
        return Item(name, "match", stem, pairs=pairs, proofs=proofs)
    if body.find(f".//{_Q}orderInteraction") is not None:
        return Item(name, "order", stem, steps=tuple(texts[i] for i in right), proofs=proofs)
    options = tuple((text, identifier in right) for identifier, text in texts.items())
    if label == "true_false":
        return Item(name, label, stem, truth=options[0][1], proofs=proofs)
    kind = "multiple" if response.get("cardinality") == "multiple" else "single"
    return Item(name, kind, stem, options=options, proofs=proofs)


def _entry(body: ElementTree.Element, response: ElementTree.Element, name: str, label: str, proofs) -> Item:  # type: ignore[no-untyped-def]
    parts = []
    for element in body.iter():
        if element.tag == f"{_Q}textEntryInteraction":
            parts.append("……" if label == "fill" else "")
            parts.append(element.tail or "")
        else:
            parts.append(element.text or "")
    mapped = [
        entry.get("mapKey", "") for entry in response.iter(f"{_Q}mapEntry") if entry.get("mappedValue") == "1"
    ]
    first = [_text(value) for value in response.iterfind(f"{_Q}correctResponse/{_Q}value")]
    accepted = tuple(dict.fromkeys([*first, *mapped]))
    return Item(name, label, " ".join("".join(parts).split()), accepted=accepted, proofs=proofs)
