"""The outline of a document: its headings, articles, clauses, list items, table rows and paragraphs.

Works on lines. A mark ("1.", "II-", "a)") counts only where it fits the numbering around it, so that a
year, a wrapped line or a reference to another article ("Điều 4 của Điều lệ …") starts nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from ingest.blocks import Block, BlockKind, is_capitals, is_row, lines_of, path_label
from ingest.letterhead import Letterhead, find_letterhead
from ingest.markers import BULLET, MARKDOWN, Level, Mark, mark_of
from ingest.types import Locator

__all__ = ["Block", "BlockKind", "outline"]

_TITLE_CHARS: Final = 200
_CLAUSE_TITLE_CHARS: Final = 120
_WRAPPED_LINE: Final = 60
_JUMP: Final = 3

_SENTENCE_END: Final = re.compile(r"[.;:!?…][\"”’»)*_]*$")
#: Where the numbered text ends: recipients, signatures.
_CLOSING: Final = re.compile(
    r"\s*(?:Nơi nhận|Nơi gửi|NƠI NHẬN|T[/.]?M\.?\s+[A-ZĐÀ-Ỹ]|KT[./]|TL[./]\s*[A-ZĐ]|TUQ[./])"
)
_ANNEX: Final = re.compile(
    r"\s*(?:PHỤ LỤC|Phụ lục|BIỂU MẪU)(?:\s+(?:số\s+)?[\dIVX]+[A-Za-z]?)?\s*(?:[.:–-].{0,150})?$"
)
_ENACTING: Final = re.compile(
    r"\s*(?:quyết định|nghị quyết|nghị định|chỉ thị|quyết nghị)\s*:\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Open:
    """A unit that is open: its place in the hierarchy and what it adds to the heading path.

    ``field`` is the locator's field it fills; ``hashes`` its level as a Markdown heading, 0 for none.
    """

    level: float
    style: str
    order: int
    designation: str
    label: str
    field: str | None = None
    hashes: int = 0


def outline(text: str) -> list[Block]:
    """The blocks of ``text`` in order; every character that is no blank is in exactly one of them."""
    return _Outliner(text).blocks()


class _Outliner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = lines_of(text)
        self.head: Letterhead | None = find_letterhead(text)
        self.stack: list[_Open] = []
        self.out: list[Block] = []
        self.closing = False
        lengths = sorted(len(line.text) for line in self.lines)
        #: Usual length of a full line where lines are wrapped; large where a paragraph is one line.
        self.width = lengths[len(lengths) * 3 // 4] if lengths else 0

    def blocks(self) -> list[Block]:
        i = self._front()
        while i < len(self.lines):
            i = self._step(i)
        return self.out

    def _front(self) -> int:
        """The letterhead and the title, which head nothing in particular."""
        i = 0
        if self.head is not None:
            while i < len(self.lines) and self.lines[i].start < self.head.end:
                line = self.lines[i]
                in_title = line.start >= self.head.title_start
                self._emit(line.start, line.end, BlockKind.HEADING if in_title else BlockKind.PARAGRAPH)
                i += 1
        if i < len(self.lines) and (self.head is None or self.head.title is None):
            first = self.lines[i]
            markdown = MARKDOWN.match(first.text)
            if ((markdown and len(markdown["hashes"]) == 1) or is_capitals(first.text)) and mark_of(
                first.text
            ) is None:
                end = i + 1
                while not markdown and end < len(self.lines) and end < i + 4 and self._more_capitals(end):
                    end += 1
                self._emit(first.start, self.lines[end - 1].end, BlockKind.HEADING)
                i = end
        return i

    def _more_capitals(self, i: int) -> bool:
        line = self.lines[i]
        return not line.gap and is_capitals(line.text) and mark_of(line.text) is None

    def _step(self, i: int) -> int:
        """Emit the block that begins at line ``i``; the index of the line after it."""
        line = self.lines[i]
        if is_row(line.text, after_row=self._last_kind() is BlockKind.TABLE_ROW and not line.gap):
            self._emit(line.start, line.end, BlockKind.TABLE_ROW)
            return i + 1
        if _CLOSING.match(line.text):
            self.stack.clear()
            self.closing = True
            self._emit(line.start, line.end, BlockKind.PARAGRAPH)
            return i + 1
        markdown = MARKDOWN.match(line.text)
        mark = mark_of(line.text)
        if mark is not None:
            mark = self._as_part(mark, i)
            level = self._fitting_level(mark, i, sure=markdown is not None)
            if level is not None:
                return self._open(i, mark, level, len(markdown["hashes"]) if markdown else 0)
        if markdown:
            return self._titled(i, "markdown", line.text[markdown.end() :], len(markdown["hashes"]))
        if BULLET.match(line.text):
            self._emit(line.start, line.end, BlockKind.LIST_ITEM)
            return i + 1
        if _ANNEX.match(line.text) and (line.text.strip().isupper() or line.gap or i == 0):
            self.stack.clear()
            self.closing = False
            return self._titled(i, "annex", line.text)
        if _ENACTING.match(line.text) and len(line.text) < 40:
            self._emit(line.start, line.end, BlockKind.HEADING)
            return i + 1
        if is_capitals(line.text) and not self.closing and not self._continues(i):
            return self._titled(i, "capitals", line.text)
        if self._continues(i):
            self._extend(line.end)
            return i + 1
        if self.stack and self.stack[-1].level >= Level.POINT and self._ended(i):
            self.stack.pop()
        self._emit(line.start, line.end, BlockKind.PARAGRAPH)
        return i + 1

    def _open(self, i: int, mark: Mark, level: float, hashes: int) -> int:
        self.closing = False
        line = self.lines[i]
        rest = line.text[mark.rest :].strip().strip("*_").strip()
        end, titled = i, self._is_title(i, mark, level, rest)
        if titled and level <= Level.ARTICLE:
            while end - i < 2 and self._title_goes_on(end + 1, rest):
                end += 1
                rest = f"{rest} {self.lines[end].text.strip()}".strip()
        field = _FIELD_OF[Level.POINT if level == Level.POINT else mark.level]
        if mark.style == "letter" and level != Level.PART:
            field = None
        level = self._close_markdown(hashes, level)
        self._close(level)
        own = path_label(self.text[line.start : self.lines[end].end]) if titled else ""
        if not titled and level == Level.ARTICLE:
            own = f"Điều {mark.designation}"
        self.stack.append(_Open(level, mark.style, mark.order, mark.designation, own, field, hashes))
        kind = BlockKind.HEADING if titled else BlockKind.CLAUSE
        self._emit(line.start, self.lines[end].end, kind)
        return end + 1

    def _titled(self, i: int, style: str, title: str, hashes: int = 0) -> int:
        """A heading without a number: Markdown, capitals, an annex."""
        end = i
        if hashes:
            level = self._close_markdown(hashes, Level.TITLED + hashes / 10)
        else:
            level = float(Level.PART if style == "annex" else Level.TITLED)
            self._close(level)
            while end - i < 3 and end + 1 < len(self.lines) and self._more_capitals(end + 1):
                end += 1
                title = f"{title} {self.lines[end].text}"
        self.stack.append(_Open(level, style, 0, "", path_label(title), None, hashes))
        self._emit(self.lines[i].start, self.lines[end].end, BlockKind.HEADING)
        return end + 1

    def _fitting_level(self, mark: Mark, i: int, *, sure: bool) -> float | None:
        """The level at which a mark opens a unit here, or ``None`` where it is part of a sentence."""
        fresh = sure or i == 0 or self.lines[i].gap or self._ended(i)
        sibling = next((o for o in reversed(self.stack) if o.style == mark.style), None)
        if mark.style in ("roman", "letter") and not sure and not self._in_sequence(mark, sibling, i):
            return None
        if sibling is not None:
            follows = 0 < mark.order - sibling.order <= _JUMP or (mark.order == sibling.order and fresh)
            if not follows and not fresh:
                return None
            if follows or mark.order != 1 or mark.level < Level.CLAUSE:
                return sibling.level
        if not fresh and (mark.order != 1 or self._continues(i, marked=True)):
            return None
        if (
            mark.level is Level.POINT
            and sibling is None
            and not 1 <= mark.order <= _JUMP
            and mark.style != "a)"
        ):
            return None
        deepest = self.stack[-1].level if self.stack else 0.0
        if mark.style == "letter" and any(o.level == Level.ROMAN for o in self.stack) and mark.order == 1:
            return float(Level.TITLED)
        if mark.style == "1)" and any(o.style == "1." for o in self.stack):
            return float(Level.POINT)
        if mark.level is Level.POINT and any(
            o.level == Level.POINT and o.style != mark.style for o in self.stack
        ):
            return deepest + 0.5
        return float(mark.level)

    def _in_sequence(self, mark: Mark, sibling: _Open | None, i: int) -> bool:
        # "C. Mác", "V. Putin": initials look like numbers, but not like the next one.
        if mark.order == 1 or (sibling is not None and 0 < mark.order - sibling.order <= _JUMP):
            return True
        return mark.style == "roman" and self.lines[i].text[mark.rest :].isupper()

    def _as_part(self, mark: Mark, i: int) -> Mark:
        # Capitals of legacy fonts come out small: "a - phạm vi áp dụng", then "I/".
        if mark.style == "a-" and len(self.lines[i].text) < _CLAUSE_TITLE_CHARS:
            for line in self.lines[i + 1 : i + 4]:
                following = mark_of(line.text)
                if following is not None:
                    if following.style == "roman" and following.order == 1:
                        return replace(
                            mark, level=Level.PART, designation=mark.designation.upper(), style="letter"
                        )
                    break
        return mark

    def _is_title(self, i: int, mark: Mark, level: float, rest: str) -> bool:
        if level <= Level.SECTION or mark.style in ("roman", "letter"):
            return len(rest) <= _TITLE_CHARS
        if level == Level.ARTICLE:
            clauses_follow = len(rest) <= _CLAUSE_TITLE_CHARS and self._clause_at(i + 1)
            return len(rest) <= _TITLE_CHARS and (clauses_follow or not _SENTENCE_END.search(rest))
        if level > Level.SUBCLAUSE or not rest or len(rest) > _CLAUSE_TITLE_CHARS or rest[-1] in ".;,":
            return False
        if i + 1 >= len(self.lines):
            return False
        following = mark_of(self.lines[i + 1].text)
        if following is not None:
            return following.level > mark.level and following.style != mark.style
        return not self.lines[i + 1].text.lstrip()[:1].islower()

    def _clause_at(self, i: int) -> bool:
        mark = mark_of(self.lines[i].text) if i < len(self.lines) else None
        return mark is not None and mark.level is Level.CLAUSE and mark.order == 1

    def _title_goes_on(self, i: int, so_far: str) -> bool:
        """Whether line ``i`` is the rest of a heading that began above it."""
        if i >= len(self.lines):
            return False
        line = self.lines[i]
        bare = line.text.strip()
        if (
            mark_of(line.text)
            or BULLET.match(line.text)
            or MARKDOWN.match(line.text)
            or is_row(line.text, after_row=False)
        ):
            return False
        if len(bare) > _TITLE_CHARS - 50 or _SENTENCE_END.search(bare):
            return False
        if not so_far:  # "Chương I" alone on its line: the title stands below
            return i + 1 < len(self.lines)
        if line.gap or _SENTENCE_END.search(so_far):
            return False
        return (so_far.isupper() and bare.isupper()) or (bare[0].islower() and i + 1 < len(self.lines))

    def _continues(self, i: int, *, marked: bool = False) -> bool:
        """Whether line ``i`` goes on with the block above it: text wrapped at the end of a line."""
        if i == 0 or not self.out or self.lines[i].gap:
            return False
        last = self.out[-1]
        if (
            last.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW)
            or last.end != self.lines[i - 1].end
            or self._ended(i)
        ):
            return False
        before, bare = self.lines[i - 1].text.strip(), self.lines[i].text.strip()
        if self.head is not None and last.start < self.head.end:
            return False
        if bare[0].islower() and not marked:
            return True
        return len(before) >= _WRAPPED_LINE and not before.isupper() and abs(len(before) - self.width) <= 25

    def _ended(self, i: int) -> bool:
        """Whether the line above line ``i`` ended its sentence, or was a heading."""
        if i == 0:
            return True
        if self.out and self.out[-1].end == self.lines[i - 1].end and self.out[-1].kind is BlockKind.HEADING:
            return True
        return _SENTENCE_END.search(self.lines[i - 1].text.rstrip()) is not None

    def _close(self, level: float) -> None:
        while self.stack and self.stack[-1].level >= level:
            self.stack.pop()

    def _close_markdown(self, hashes: int, level: float) -> float:
        """End what a Markdown heading ends; ``level``, or one below the heading that is still open above."""
        if not hashes:
            return level
        while self.stack and not 0 < self.stack[-1].hashes < hashes:
            self.stack.pop()
        return max(level, self.stack[-1].level + 0.01) if self.stack else level

    def _last_kind(self) -> BlockKind | None:
        return self.out[-1].kind if self.out else None

    def _extend(self, end: int) -> None:
        self.out[-1] = replace(self.out[-1], end=end)

    def _emit(self, start: int, end: int, kind: BlockKind) -> None:
        path = tuple(o.label for o in self.stack if o.label)
        self.out.append(Block(start, end, kind, self._locator(), path))

    def _locator(self) -> Locator:
        found = {o.field: o.designation for o in self.stack if o.field}
        return Locator(
            part=found.get("part"),
            chapter=found.get("chapter"),
            section=found.get("section"),
            article=found.get("article"),
            clause=found.get("clause"),
            point=found.get("point"),
        )


_FIELD_OF: Final[dict[Level, str | None]] = {
    Level.PART: "part",
    Level.CHAPTER: "chapter",
    Level.SECTION: "section",
    Level.ROMAN: "section",
    Level.TITLED: None,
    Level.ARTICLE: "article",
    Level.CLAUSE: "clause",
    Level.SUBCLAUSE: "clause",
    Level.POINT: "point",
}
