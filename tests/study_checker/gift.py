"""GIFT, read character by character by the grammar in Moodle's documentation."""

from __future__ import annotations

import re

from .model import Item, Reading, proofs_of

_ESCAPE = re.compile(r"\\([~=#{}:\\n])")


def read(data: bytes) -> Reading:
    text = data.decode("utf-8")
    items, faults = [], []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        lines = block.strip().split("\n")
        tags = re.findall(r"\[(?:tag|id):([^\]]*)\]", " ".join(x for x in lines if x.startswith("//")))
        body = "\n".join(line for line in lines if not line.startswith("//"))
        if not body.strip() or body.startswith("$CATEGORY:"):
            continue
        found = re.match(
            r"::(?P<name>(?:\\.|[^\\])*?)::(?:\[\w+\])?(?P<stem>(?:\\.|[^\\{])*)\{(?P<answer>.*)\}\s*$",
            body,
            re.S,
        )
        if found is None:
            faults.append(("?", "form", f"not a question: {body[:60]!r}"))
            continue
        answer, _, feedback = _split(found["answer"], "####")
        item = _item(_text(found["name"]), tags, _text(found["stem"]), answer.strip(), _text(feedback))
        items.append(item)
    return Reading(tuple(items), faults=tuple(faults))


def _split(text: str, mark: str) -> tuple[str, str, str]:
    """At the last ``mark`` that is not escaped."""
    places = [m.start() for m in re.finditer(rf"(?<!\\){mark}", text)]
    return (text[: places[-1]], mark, text[places[-1] + len(mark) :]) if places else (text, "", "")


def _text(raw: str) -> str:
    return _ESCAPE.sub(lambda m: "\n" if m[1] == "n" else m[1], raw).strip()


def _item(name: str, tags: list[str], stem: str, answer: str, feedback: str) -> Item:
    proofs = proofs_of(feedback.split("\n"))
    if answer in ("TRUE", "T", "FALSE", "F"):
        return Item(name, "true_false", stem, truth=answer.startswith("T"), proofs=proofs)
    parts = re.findall(r"(?<!\\)([=~])((?:\\.|[^\\=~])*)", answer)
    if any(sign == "~" for sign, _ in parts):
        many = not any(sign == "=" for sign, _ in parts)
        options = []
        for sign, raw in parts:
            weight = re.match(r"%(-?[\d.]+)%", raw)
            right = sign == "=" or (weight is not None and float(weight[1]) > 0)
            options.append((_text(raw[weight.end() :] if weight else raw), right))
        return Item(name, "multiple" if many else "single", stem, options=tuple(options), proofs=proofs)
    if all("->" in raw for _, raw in parts):
        pairs = tuple((_text(a), _text(b)) for a, b in (raw.split("->", 1) for _, raw in parts))
        return matching(name, stem, pairs, proofs, ordered="order" in tags)
    accepted = tuple(_text(re.sub(r"^%[\d.]+%", "", raw)).replace("\\*", "*") for _, raw in parts)
    return Item(name, "fill" if "fill" in tags else "short", stem, accepted=accepted, proofs=proofs)


def matching(name: str, stem: str, pairs: tuple[tuple[str, str], ...], proofs, *, ordered: bool) -> Item:  # type: ignore[no-untyped-def]
    """A matching with positions is what an ordering becomes."""
    if ordered:
        by_place = sorted(pairs, key=lambda pair: int(pair[1]) if pair[1].isdigit() else 0)
        return Item(name, "order", stem, steps=tuple(step for step, _ in by_place), proofs=proofs)
    return Item(name, "match", stem, pairs=pairs, proofs=proofs)
