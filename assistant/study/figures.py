"""Figures of the material: rows of a table, and series of one thing at several places or times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant import tables
from assistant.periods import periods
from assistant.study.asking import Asked, asked_of
from assistant.study.belonging import belonging
from assistant.study.facts import FIGURES, FactKind, facts
from assistant.study.gather import Line, Material
from assistant.study.marking import Identifiers
from assistant.study.places import named_place
from assistant.study.rows import UNLIKE, Rows, rows_of
from assistant.study.sourcing import heading_of
from assistant.study.teaching import Pool
from assistant.study.types import FigureRow, Series, SeriesPoint
from ingest.places import find_places

_COUNTED = FIGURES - {FactKind.DURATION, FactKind.SHARE}
_LEAST_POINTS, _MOST_POINTS = 3, 12
_APPROXIMATE = re.compile(r"(?:gần|hơn|khoảng|trên|xấp xỉ|chừng|ít nhất|tối thiểu)\s+$", re.IGNORECASE)
#: The verb between what is counted and its figure.
_VERB_LAST = re.compile(
    r"[\s,]*(?:(?:là|có|gồm|đạt|được|bằng|với|hiện|chỉ|tổng số|đã|về|cho|lên|tới|đến|tăng|còn|tổng số)\s+)*$",
    re.IGNORECASE,
)
_TIME_FIRST = re.compile(
    r"^(?:(?:tính|thống kê|kể)\s+)?(?:(?:từ|đến|tới|trong|năm|đầu|cuối|sau|ngày|riêng|hết)\b[^,]{2,70},\s+|đến \S+ cho thấy\s+)",
    re.IGNORECASE,
)
_ENDS_WITH_UNIT = re.compile(r"(?:,|\svà|\svới)?\D{0,25}\d[\d.,]*(?:\s[^\W\d_]+){1,5}$")
_OTHER = re.compile(
    r"\b(?:trong đó|riêng|trong số|chiếm|bằng|vượt|đạt|tương đương|lên|xuống|giảm|tăng)\b", re.IGNORECASE
)
#: The place put before a clause that does not name it; a row names it in its own way.
_PLACE_FIRST = re.compile(r"^Ở (?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|Khối) [^,]{2,80}, ")
#: What is counted is those for whom something counted before was done: "13 lớp cho 865 quần chúng".
_GIVEN_TO = re.compile(r"\s(?:cho|có|phục vụ|giúp)(?:\s+hơn|\s+gần)?\s*$")
_TOTAL = re.compile(r"\s*(?:cộng|tổng(?: số| cộng)?)\s*$", re.IGNORECASE)
_LEADING = re.compile(r"^(?:(?:tính|kể)\s+)?(?:(?:đến|tới|trong|vào)\s+)?(?:hết\s+|ngày\s+)?", re.IGNORECASE)


def figure_rows(pool: Pool, material: Material, ids: Identifiers, most: int) -> tuple[FigureRow, ...]:
    """Up to ``most`` figures of what happened at a place or time, those nearest to the topic first."""
    found: list[FigureRow] = []
    seen: set[tuple[str, str]] = set()
    for line in material.lines:
        if line.superseded or not pool.speaks(line):
            continue
        for asked in asked_of(line):
            row = _row(asked, ids) if len(found) < most else None
            if row is not None and (row.value, row.unit.split(" ")[0]) not in seen:
                seen.add((row.value, row.unit.split(" ")[0]))
                found.append(row)
    return tuple(found)


def series_of(pool: Pool, material: Material, ids: Identifiers, most: int) -> tuple[Series, ...]:
    """Up to ``most`` series of at least three figures of one thing that belong to the topic, those that do most
    first; of those that do about as much, the longest."""
    found: list[tuple[float, Series]] = []

    def add(line: Line, series: Series | None) -> None:
        worth = belonging(pool, line, series.title) if series is not None else None
        if series is not None and worth is not None:
            found.append((worth, series))

    for document in material.documents:
        lines = tuple(line for line in material.of(document.id) if pool.speaks(line))
        if any(line.superseded for line in lines):
            continue
        for line, made in _of_tables(lines, ids):
            add(line, made)
        for rows in rows_of(lines):
            if rows.figures and rows.rows and rows.rows[0].head is None:
                add(rows.rows[0].line, _of_rows(rows, ids))
        for line in lines:
            add(line, _of_years(line, ids))
    # To the nearest half of the topic: finer shares tell less than how many figures there are to compare.
    found.sort(key=lambda entry: (-round(2 * entry[0]), -len(entry[1].points), -entry[0]))
    return tuple(series for _, series in found[:most])


# ---- rows


def _row(asked: Asked, ids: Identifiers) -> FigureRow | None:
    fact, line = asked.fact, asked.line
    if fact.kind not in _COUNTED or not any(char.isdigit() for char in asked.key):
        return None
    before, after = asked.claim[: asked.start], asked.claim[asked.end :]
    unit = fact.unit
    if fact.kind is FactKind.PERCENT:
        unit = "%"
    elif fact.kind is FactKind.MONEY:
        unit = "đồng"
    elif unit and not after.lower().lstrip().startswith(unit):
        return None
    rest = after if unit in ("%", "đồng") else after.lstrip()[len(unit) :].strip()
    rest = rest.strip(" ,")
    label = _label(before)
    if label is None or not unit:
        return None
    if rest:
        if any(char.isdigit() for char in rest):
            if not _ENDS_WITH_UNIT.fullmatch(rest):
                return None
        elif len(rest.split()) <= 9 and not re.match(r"(?:và|lên|xuống)\b", rest):
            unit = f"{unit} {rest}".strip()
        else:
            return None
    if not find_places(label):
        named = named_place(line.document, "")
        if named is None:
            return None
        place = f"{named.name[:1].upper()}{named.name[1:]}"
        label = f"{place}: {label[:1].lower()}{label[1:]}" if label else place
    approximate = _APPROXIMATE.search(before)
    figure = re.sub(r"\s?(?:%|phần trăm)$", "", asked.key) if unit.startswith("%") else asked.key
    value = f"{approximate.group().strip()} {figure}" if approximate else figure
    citations = [line.cite()]
    if asked.clause.subject is not None:
        citations.append(line.cite(line.sentence[0], asked.clause.subject[1]))
    return FigureRow(ids.new("f"), label, value, unit, _date(line), tuple(citations))


def _label(before: str) -> str | None:
    """What is counted, in the words before the figure; ``None`` where they tell of another figure too."""
    text = _TIME_FIRST.sub("", _PLACE_FIRST.sub("", _APPROXIMATE.sub("", before)))
    earlier = [fact for fact in facts(text) if fact.kind in FIGURES]
    if earlier:
        # Figures side by side are of one thing; what lies between others makes them figures of another.
        if _OTHER.search(text[earlier[0].end :]):
            return None
        if _GIVEN_TO.search(text[earlier[-1].end :]) is None:
            text = text[: earlier[0].start]
    text = _VERB_LAST.sub("", text).strip(" ,:")
    if _OTHER.match(text) or re.search(r"\b(?:từ|ngắn đi)$", text):
        return None
    if re.fullmatch(r"(?:trong )?năm \d{4}", text, re.IGNORECASE):
        return ""
    if not 1 <= len(text.split()) <= 24 or ("(" in text and ")" not in text):
        return None
    return text[:1].upper() + text[1:]


def _date(line: Line) -> str:
    """The first time that a line names; empty where it names none.

    The day of its document is no day of the figure: a report of November tells of September's.
    """
    named = [
        period for period in periods(line.text) if re.search(r"\d{4}", line.text[period.start : period.end])
    ]
    if named:
        said = " ".join(line.text[named[0].start : named[0].end].split())
        bare = _LEADING.sub("", said).strip() or said
        return re.sub(r"^năm\s+(?=\d{4}$)", "", bare, flags=re.IGNORECASE)
    return ""


# ---- series


def _of_rows(rows: Rows, ids: Identifiers) -> Series | None:
    if len(rows.rows) < _LEAST_POINTS or rows.of in UNLIKE:
        return None
    points = []
    for row in rows.rows[:_MOST_POINTS]:
        citation = row.line.cite(*row.span)
        value = _number(row.right)
        if value is None:
            return None
        points.append(SeriesPoint(row.left, value, row.right, citation))
    percent = all("%" in point.written for point in points)
    unit = "%" if percent else rows.what
    return Series(ids.new("c"), _title(rows.rows[0].line, rows.what, rows.of), unit, tuple(points))


def _of_tables(lines: tuple[Line, ...], ids: Identifiers) -> Iterator[tuple[Line, Series]]:
    """The columns of figures of each table, its total left out, with its first line."""
    by_head: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        if "|" in line.text and (head := tables.header(line.document.text, line.start)):
            by_head.setdefault(head[0], []).append(line)
    for top, own in by_head.items():
        text = own[0].document.text
        names = [text[slice(*span)].strip() for span in tables.cells(text, *top)]
        if len(own) < _LEAST_POINTS or not names or names[0].lower() in UNLIKE:
            continue
        for column in range(1, len(names)):
            points = [point for line in own if (point := _cell(line, column, len(names))) is not None]
            if len(points) >= _LEAST_POINTS:
                what = names[column][:1].lower() + names[column][1:]
                percent = all("%" in point.written for point in points)
                title = _title(own[0], what, names[0].lower())
                unit = "%" if percent else what
                yield own[0], Series(ids.new("c"), title, unit, tuple(points[:_MOST_POINTS]))


def _cell(line: Line, column: int, width: int) -> SeriesPoint | None:
    text = line.document.text
    spans = tables.cells(text, line.start, line.end)
    if len(spans) != width or _TOTAL.match(text[slice(*spans[0])]):
        return None
    label, written = text[slice(*spans[0])].strip(), text[slice(*spans[column])].strip()
    value = _number(written)
    return SeriesPoint(label, value, written, line.cite()) if label and value is not None else None


def _of_years(line: Line, ids: Identifiers) -> Series | None:
    """ "Năm 2018 kết nạp 210 đảng viên, năm 2019: 225, năm 2020: 231" in one sentence."""
    text = line.text
    found = list(
        re.finditer(
            r"(?<!\w)năm ((?:19|20)\d\d)(?!\d)[^\d;.]{0,40}?\s(\d[\d.]*(?:,\d+)?)(?![\d/])",
            text,
            re.IGNORECASE,
        )
    )
    if len(found) < _LEAST_POINTS or len({match[1] for match in found}) < len(found):
        return None
    units = [fact.unit for fact in facts(text) if fact.kind is FactKind.COUNT and fact.unit]
    if not units:
        return None
    points = []
    for match in found:
        value = _number(match[2])
        if value is None:
            return None
        points.append(SeriesPoint(match[1], value, match[2], line.cite()))
    return Series(ids.new("c"), _title(line, units[0], "năm"), units[0], tuple(points))


def _title(line: Line, what: str, of: str) -> str:
    """What is drawn and where: "Kết quả kết nạp: mức tăng theo đảng bộ (tỉnh Điện Biên)"."""
    about = line.heading[-1] if line.heading and line.heading[-1].rstrip().endswith(":") else ""
    about = re.sub(r"\s*(?:theo bảng sau|như sau|sau đây)?\s*(?:\([^)]*\))?\s*:$", "", about)
    about = re.sub(r"^(?:\d{1,2}|[a-zđ])[.)]\s+", "", about) or heading_of(line)
    place = line.document.province or ""
    told = f"{about}: {what} theo {of}" if about and about.lower() != what else f"{what} theo {of}"
    if place and place.lower() not in told.lower():
        told += f" ({place})"
    return told[:1].upper() + told[1:]


def _number(written: str) -> float | None:
    """A figure as Vietnamese writes it, "57.763" or "11,84%"."""
    bare = re.sub(r"\s?%$", "", written.strip())
    if not re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?", bare):
        return None
    return float(bare.replace(".", "").replace(",", "."))
