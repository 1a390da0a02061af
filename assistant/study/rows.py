"""Things side by side in a document: each with its figure, its full form or its place in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import tables
from assistant.study.facts import FIGURES, Fact, facts
from assistant.study.gather import Line
from assistant.study.sourcing import heading_of
from ingest.units import outlined

Span = tuple[int, int]

_MOST, _FEWEST = 8, 3
_FIGURE = r"\d[\d.,]*\s?%?"
_VERB_ROW = re.compile(
    rf"(?:trong đó,?\s+)?(?P<left>[^;,:()\d][^;:()\d]{{1,60}}?)\s+(?P<verb>tăng|giảm|chiếm|đạt|có|là)\s+(?P<right>{_FIGURE})(?:\s(?P<unit>[^\d;.,()]{{2,30}}))?\s*[.;]?$",
    re.IGNORECASE,
)
#: Shares of those counted, in brackets behind the count; the bracket may be closed in another sentence.
_BRACKET = re.compile(r"đảng viên \((?P<rows>(?:[^();]*%[^();]*;){2,}[^();]*%)")
_SHARE_ROW = re.compile(rf"(?P<left>[^\d%]{{2,90}}?)\s(?:chiếm\s)?(?P<right>{_FIGURE})(?:,.*)?$")
_DASH_ROW = re.compile(rf"^(?P<left>[^\d|]{{2,60}}?)\s[-–]\s(?P<right>{_FIGURE})$")
_MEANS_ROW = re.compile(r"^(?:Riêng )?(?P<left>[A-ZĐ][A-Za-zĐđ&-]{1,7}) là (?P<right>[^;.,|]{4,60})[.;]?$")
_COLON_MEANS = re.compile(r"^(?P<left>[A-ZĐ][A-ZĐ&-]{1,8}): (?P<right>[^;:.,(]{4,60}?)(?: \([^)]*\))?\.$")
_SHORT = re.compile(r"[A-ZĐ][A-Za-zĐđ&-]{1,8}")
#: Columns that name unlike things, which have no order and make no series.
UNLIKE = frozenset({"nội dung", "chỉ tiêu", "tiêu chí", "mục", "stt", "tt", "việc", "tên"})
#: What comes before the first of such rows and is none of it.
_LEAD = re.compile(
    r"^(?:(?:trong đó|riêng),?\s+|(?:(?:những |nhiều )?(?:năm|thời gian|nhiệm kỳ) (?:qua|nay)|trong (?:năm|nhiệm kỳ)[^,]*|hằng năm"
    r"|đến nay|tính đến[^,]*|so với[^,]*|cụ thể|kết quả),\s+)+",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:cộng|tổng(?: số| cộng)?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """``left`` belongs with ``right``; both stand in the text of the line at ``span``.

    Attributes:
        size: of a figure, to put rows in order; 0 where ``right`` is none.
        head: the line that names the columns, in a table.
    """

    line: Line
    span: Span
    left: str
    right: str
    size: float = 0.0
    head: Span | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one kind.

    Attributes:
        what: what the right sides are: "mức tăng", "số đảng viên", "nghĩa đầy đủ".
        of: what the left sides are: "đơn vị", "chữ viết tắt".
        about: what all of it is about, in words of the document; may be empty.
        figures: the right sides are figures, which have an order.
    """

    what: str
    of: str
    about: str
    rows: tuple[Row, ...]
    figures: bool

    @property
    def said(self) -> str:
        """What the right sides are, as it goes on in a sentence: the name of a column in quotation marks."""
        plain = not self.figures or self.what.startswith(("mức", "tỷ lệ", "số", "chỉ tiêu"))
        return self.what if plain else f"số liệu “{self.what}”"


def rows_of(lines: Sequence[Line]) -> Iterator[Rows]:
    """Every group of at least three rows among the lines of one document, in reading order."""
    yield from _listed(lines)
    yield from _tabled(lines)
    yield from _dashed(lines)
    yield from _meant(lines)


def _listed(lines: Sequence[Line]) -> Iterator[Rows]:
    """ "A tăng 221,6%; B tăng 57,5%; …" in one sentence."""
    for line in lines:
        text = line.text
        if text.count(";") < _FEWEST - 1:
            continue
        if bracket := _BRACKET.search(text):
            yield from _bracketed(line, bracket)
            continue
        found: list[tuple[str, Row]] = []
        for piece in re.finditer(r"[^;]+(?:;|$)", text):
            match = _VERB_ROW.match(piece.group().strip())
            if match is None:
                continue
            left = _LEAD.sub("", match["left"]).strip()
            figure = _figure_in(match["right"])
            if figure is None or len(left.split()) > 8:
                continue
            start = line.start + piece.start() + len(piece.group()) - len(piece.group().lstrip())
            span = (start, line.start + piece.end() - piece.group().endswith(";"))
            row = Row(line, span, _upper(left), match["right"].strip(), figure.size)
            found.append((match["verb"].lower(), row))
        verbs = {verb for verb, _ in found}
        if len(found) >= _FEWEST and len(verbs) == 1:
            what = {"tăng": "mức tăng", "giảm": "mức giảm", "chiếm": "tỷ lệ", "đạt": "mức đạt"}.get(
                verbs.pop(), "số liệu"
            )
            of = "nhóm đảng viên" if what == "tỷ lệ" else "đơn vị"
            yield Rows(what, of, "", _few(row for _, row in found), True)


def _bracketed(line: Line, bracket: re.Match[str]) -> Iterator[Rows]:
    """ "… đảng viên (nữ chiếm 36,56%, tăng 2,7%; dân tộc thiểu số 41,58%, …)": shares of a whole."""
    found = []
    for piece in re.finditer(r"[^;]+(?:;|$)", bracket["rows"]):
        match = _SHARE_ROW.match(piece.group().strip(" ;."))
        figure = _figure_in(match["right"]) if match else None
        if match is None or figure is None:
            continue
        start = line.start + bracket.start("rows") + piece.start()
        start += len(piece.group()) - len(piece.group().lstrip())
        end = line.start + bracket.start("rows") + piece.end() - piece.group().endswith(";")
        left = re.sub(r"^là ", "", match["left"].strip())
        found.append(Row(line, (start, end), _upper(left), match["right"].strip(), figure.size))
    if len(found) >= _FEWEST:
        yield Rows("tỷ lệ", "nhóm đảng viên", "", _few(found), True)


def _dashed(lines: Sequence[Line]) -> Iterator[Rows]:
    """ "Đảng bộ - Mức tăng", "Huyện A - 221,6%": a table whose bars were lost, one row a line."""
    done: set[str] = set()
    for line in lines:
        document = line.document
        if document.id in done:
            continue
        done.add(document.id)
        outline = outlined(document.text)
        run: list[tuple[Span, re.Match[str]]] = []
        head = ""
        for block in (*outline.blocks, None):
            said = document.text[block.start : block.end].strip() if block else ""
            match = _DASH_ROW.match(said)
            if match and block:
                run.append(((block.start, block.end), match))
                continue
            if len(run) >= _FEWEST:
                yield from _of_dashes(lines, run, head)
            run, head = [], said


def _of_dashes(lines: Sequence[Line], run: list[tuple[Span, re.Match[str]]], head: str) -> Iterator[Rows]:
    near = [line for line in lines if line.passage.start <= run[0][0][0] < line.passage.end]
    columns = re.split(r"\s[-–]\s", head)
    if not near or len(columns) != 2:
        return
    found = []
    for span, match in run:
        figure = _figure_in(match["right"])
        if figure is not None:
            found.append(Row(near[0], span, match["left"].strip(), match["right"].strip(), figure.size))
    yield Rows(columns[1].lower(), columns[0].lower(), heading_of(near[0]), _few(found), True)


def _tabled(lines: Sequence[Line]) -> Iterator[Rows]:
    """The columns of tables: the first beside each of the others."""
    by_head: dict[Span, list[Line]] = {}
    for line in lines:
        if "|" in line.text and (above := tables.header(line.document.text, line.start)):
            by_head.setdefault(above[0], []).append(line)
    for head, own in by_head.items():
        text = own[0].document.text
        names = [text[slice(*span)] for span in tables.cells(text, *head)]
        for column in range(1, len(names)):
            found = [row for line in own if (row := _cell_row(line, head, column, len(names)))]
            figures = bool(found) and all(row.size for row in found)
            plain = all(_SHORT.fullmatch(row.left) for row in found)
            if len(found) < _FEWEST or (not figures and (column > 1 or not plain)):
                continue
            what = names[column].strip()
            what = what if what[1:2].isupper() else what[:1].lower() + what[1:]
            of = names[0].strip().lower()
            if not figures:
                of, what = "chữ viết tắt", "nghĩa đầy đủ"
            yield Rows(what, of, _about_table(own[0]), _few(found), figures)


def _about_table(line: Line) -> str:
    """What a table is about: the line that announces it, else the heading it stands under."""
    announced = line.heading[-1].strip() if line.heading else ""
    if announced.endswith(":"):
        said = re.sub(r"^(?:\d{1,2}|[a-zđ])[.)]\s+", "", announced)
        return re.sub(r"\s*(?:theo bảng sau|như sau|sau đây)?\s*(?:\([^)]*\))?\s*:$", "", said)
    return heading_of(line)


def _cell_row(line: Line, head: Span, column: int, width: int) -> Row | None:
    text = line.document.text
    spans = tables.cells(text, line.start, line.end)
    if len(spans) != width:
        return None
    left, right = text[slice(*spans[0])], text[slice(*spans[column])]
    if not left or not right or _TOTAL.match(left.strip()):
        return None
    figure = _figure_in(right)
    return Row(line, (line.start, line.end), left, right, figure.size if figure else 0.0, head)


def _meant(lines: Sequence[Line]) -> Iterator[Rows]:
    """Short forms with what they stand for: "CT là chỉ thị; NQ là nghị quyết", "KCN: khu công nghiệp."."""
    found: list[Row] = []
    for line in lines:
        for piece in re.finditer(r"[^;,:]+(?:[;,]|$)" if " là " in line.text else r".+", line.text):
            said = piece.group().strip(" ;,")
            match = _MEANS_ROW.match(said) or _COLON_MEANS.match(said)
            if match is None:
                continue
            start = line.start + piece.start() + len(piece.group()) - len(piece.group().lstrip())
            found.append(Row(line, (start, start + len(said)), match["left"], match["right"].strip(" .")))
    distinct = {row.left: row for row in found}
    if len(distinct) >= _FEWEST:
        rows = tuple(distinct.values())
        yield Rows("nghĩa đầy đủ", "chữ viết tắt", "", rows, False)


def _few(rows: Iterator[Row] | list[Row]) -> tuple[Row, ...]:
    """The rows whose sides no other has, as far as they go on one page."""
    kept = list(rows)
    lefts = [row.left.lower() for row in kept]
    rights = [row.right.lower() for row in kept]
    return tuple(
        row for row in kept if lefts.count(row.left.lower()) == 1 and rights.count(row.right.lower()) == 1
    )


def _figure_in(text: str) -> Fact | None:
    found = [fact for fact in facts(f"có {text.strip()} đơn vị") if fact.kind in FIGURES]
    return found[0] if found and found[0].size else None


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
