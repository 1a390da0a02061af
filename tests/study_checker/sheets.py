"""What papers in Word say: a quiz joined with its key, a plan or a handout line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from zipfile import ZipFile

from .model import Item, Line, Proof, Reading
from .word import Part, Row, Sheet, read_sheet
from .words import figures

QUIZ, KEY = ("BÀI KIỂM TRA", "TEST"), ("ĐÁP ÁN VÀ MINH CHỨNG", "ANSWER KEY AND PROOF")
_QUESTION = re.compile(r"^(?:Câu|Question) (?P<number>\d+)\. (?P<stem>.*)$", re.S)
_ANSWER = re.compile(r"^(?:Đáp án|Key|Answer): (?P<answer>.*)$", re.S)
_EQUAL = 1e-9
_TASKS = (
    ("single", ("Chọn một", "Choose one")),
    ("multiple", ("Chọn các", "Chọn tất cả", "Choose all")),
    ("true_false", ("Đúng hay sai", "True or false")),
    ("fill", ("Điền", "Fill")),
    ("match", ("Ghép", "Match")),
    ("order", ("Sắp xếp", "Put", "Order")),
    ("short", ("Trả lời ngắn", "Answer", "Short")),
)


def read_variants(data: bytes) -> Reading:
    """An archive of papers and their keys."""
    with ZipFile(BytesIO(data)) as archive:
        return joined([read_sheet(archive.read(name)) for name in archive.namelist()])


def joined(sheets: Sequence[Sheet]) -> Reading:
    """Quizzes with the keys that are about the same, every other paper line by line."""
    items: list[Item] = []
    lines: list[Line] = []
    faults = [fault for sheet in sheets for fault in sheet.faults]
    for sheet in sheets:
        if sheet.title in KEY:
            quiz = next((s for s in sheets if s.title in QUIZ and s.about == sheet.about), None)
            if quiz is None:
                faults.append((sheet.about, "form", "a key without its quiz: name both files"))
                continue
            read, wrong = _items(quiz, sheet)
            items += read
            faults += wrong
        elif sheet.title not in QUIZ:
            lines += _lines(sheet)
            faults += _charted(sheet)
    return Reading(tuple(items), tuple(lines), tuple(faults))


def _items(quiz: Sheet, key: Sheet) -> tuple[list[Item], list[tuple[str, str, str]]]:
    items: list[Item] = []
    asked, answered, at_a_glance = list(_asked(quiz)), dict(_answered(key)), _glance(key)
    faults = [(key.about, "numbering", f"the key has {len(answered)} answers to {len(asked)} questions")]
    faults = faults if len(asked) != len(answered) else []
    code = f"{quiz.about.split('.')[0]}, " if re.search(r"\d", quiz.about.split(".")[0]) else ""
    for number, stem, kind, parts in asked:
        name = f"{code}Câu {number}"
        said, answer, notes = answered.get(number, ("", "", ()))
        if said != stem:
            faults.append((name, "numbering", f"the key has another question under this number: {said[:60]}"))
        short = re.split(r"(?<=\w)\. | \(", answer)[0]
        if kind in ("match", "order", "true_false") and at_a_glance.get(number, short) != short:
            faults.append((name, "key", f"{at_a_glance[number]} in the table, {short} below"))
        proofs = tuple(key.notes[note] for note in notes if note in key.notes)
        item, wrong = _item(name, kind, stem, parts, answer, proofs)
        items.append(item)
        faults += [(name, "key", message) for message in wrong]
        letters = ", ".join(re.findall(r"(?:^|; )([A-Z])\. ", answer))
        if letters and at_a_glance.get(number) != letters:
            faults.append((name, "key", f"{at_a_glance.get(number)} in the table, {letters} below"))
    return items, faults


def _asked(sheet: Sheet) -> Iterator[tuple[int, str, str, list[Part | Row]]]:
    """Number, stem, kind and what stands below each question."""
    questions: list[tuple[int, str, str, list[Part | Row]]] = []
    for block in sheet.blocks:
        found = _QUESTION.match(block.text) if isinstance(block, Part) and block.style == "Question" else None
        if found and isinstance(block, Part):
            # What to do stands in italics behind the stem, or at the end of the stem itself.
            task = (block.task or block.text.rpartition("(")[2]).lstrip("(")
            kind = next((k for k, begins in _TASKS if task.startswith(begins)), "unknown")
            questions.append((int(found["number"]), found["stem"].strip(), kind, []))
        elif questions:
            questions[-1][3].append(block)
    yield from questions


def _answered(sheet: Sheet) -> Iterator[tuple[int, tuple[str, str, tuple[int, ...]]]]:
    number, stem = 0, ""
    for block in sheet.blocks:
        if isinstance(block, Row):
            continue
        if block.style == "Question" and (found := _QUESTION.match(block.text)):
            number, stem = int(found["number"]), found["stem"].strip()
        elif found := _ANSWER.match(block.text):
            yield number, (stem, found["answer"].strip(), block.notes)


def _glance(sheet: Sheet) -> dict[int, str]:
    """The table of keys."""
    cells = [cell.text for row in sheet.blocks if isinstance(row, Row) for cell in row.cells]
    found = (re.match(r"(\d+)\. (.*)$", cell) for cell in cells)
    return {int(match[1]): match[2].strip() for match in found if match}


def _item(
    name: str, kind: str, stem: str, parts: list[Part | Row], answer: str, proofs: tuple[Proof, ...]
) -> tuple[Item, list[str]]:
    texts = [part.text for part in parts if isinstance(part, Part)]
    lettered = {m[1]: m[2] for text in texts if (m := re.match(r"([A-Z])\. (.*)$", text, re.S))}
    match kind:
        case "single" | "multiple":
            marked = dict(re.findall(r"(?:^|; )([A-Z])\. (.*?)(?=; [A-Z]\. |$)", answer, re.S))
            wrong = [
                f"{a}. {t}, but the paper has {lettered.get(a)}"
                for a, t in marked.items()
                if lettered.get(a) != t
            ]
            options = tuple((text, letter in marked) for letter, text in lettered.items())
            return Item(name, kind, stem, options=options, proofs=proofs), wrong
        case "true_false":
            return Item(name, kind, stem, truth=answer in ("Đúng", "True"), proofs=proofs), []
        case "match":
            rows = [row.cells for row in parts if isinstance(row, Row) and len(row.cells) == 2]
            left = dict(re.match(r"(\d+)\. (.*)$", a.text, re.S).groups() for a, _ in rows)  # type: ignore[union-attr]
            right = dict(re.match(r"([A-Z])\. (.*)$", b.text, re.S).groups() for _, b in rows)  # type: ignore[union-attr]
            joins = re.findall(r"(\d+)\s?[-–]?\s?([A-Z])\b", answer.split(" (")[0])
            pairs = tuple((left[a], right[b]) for a, b in joins if a in left and b in right)
            wrong = [] if len(pairs) == len(left) else [f"{len(pairs)} of {len(left)} lines have a key"]
            return Item(name, kind, stem, pairs=pairs, proofs=proofs), wrong
        case "order":
            letters = re.findall(r"\b([A-Z])\b", answer.split(" (")[0])
            wrong = [] if sorted(letters) == sorted(lettered) else [f"{letters} of {sorted(lettered)}"]
            steps = tuple(lettered[letter] for letter in letters if letter in lettered)
            return Item(name, kind, stem, steps=steps, proofs=proofs), wrong
        case _:
            accepted = tuple(re.split(r" hoặc | or ", answer))
            return Item(name, kind, stem, accepted=accepted, proofs=proofs), []


def _lines(sheet: Sheet) -> Iterator[Line]:
    """Paragraphs and rows that refer to notes."""
    for block in sheet.blocks:
        cells = block.cells if isinstance(block, Row) else (block,)
        notes = [note for cell in cells for note in cell.notes]
        text = " ".join(cell.text for cell in cells)
        if notes:
            yield Line(text[:60], text, tuple(sheet.notes[note] for note in notes if note in sheet.notes))


def _charted(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    for chart in sheet.charts:
        yield from charted(chart, list(sheet.notes.values()))


def charted(chart: Sequence[tuple[str, str]], notes: Sequence[Proof]) -> Iterator[tuple[str, str, str]]:
    """Each bar has a note that says its name and its figure."""
    for name, value in chart:
        named = [note for note in notes if name.casefold() in note.quote.casefold()] or list(notes)
        # A share may be drawn as one: 0.0614 for 6,14%.
        stated = [
            f.value / scale for n in named for f in figures(n.quote) for scale in (1, 100)[: 1 + f.percent]
        ]
        if not any(abs(float(one) - float(value)) < _EQUAL for one in stated):
            yield "chart", "footnote", f"no note has {name}: {value}"
