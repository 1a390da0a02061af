"""The sentences of a reply, each with its markers, as soon as each is complete.

A sentence is complete when the next one has begun: a marker may still follow its full stop ("… . [1]").
Where sentences end is what ``ingest.sentences`` says of documents: "TP.", "28-CT/TW.", "57.763" end none.
Everything works a character at a time, so that it makes no difference into which pieces a reply was cut.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.llm.markup import RESET, Markup
from ingest.sentences import sentences as spans_of

#: "[1]", "[^1]", "[1, 2]", "[1-3]", "[đoạn 1; đoạn 2]", "[1†source]".
_MARKER = re.compile(
    r"\[\s*(?:(?:đoạn|tài liệu|nguồn|văn bản|passages?|sources?|documents?|docs?|refs?|id)[\s.:#=]*(?:số)?\s*)?\^?\d{1,3}"
    r"(?:\s*(?:[,;&–-]|và|and)\s*(?:(?:đoạn|passage|source)\s*)?\^?\d{1,3})*\s*(?:†[^\]]*)?\]",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d{1,3})\s*[–-]\s*\^?(\d{1,3})")
_WIDEST_RANGE = 10
#: "(1)" is a marker at the end of a sentence that has no other.
_PAREN_MARKER = re.compile(r"\(\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\)")
_PAREN_AFTER_STOP = re.compile(r"(?<=[.!?…])[^\S\n]*((?:\(\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\)[^\S\n]*)+)")
_PAREN_AT_END = re.compile(r"((?:\s*\(\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\))+)\s*([.!?…]*)\s*$")
#: Words before "(1)" whose number it is.
_NUMBERED = re.compile(
    r"(?:khoản|điểm|điều|mục|số|câu|phần|bảng|cột|mẫu|phụ lục|loại|nhóm)\s*$", re.IGNORECASE
)

_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})[\w-]*\s*$")
_RULE = re.compile(r"^[\s|:*_=+-]{3,}$")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_QUOTED = re.compile(r"^\s*(?:>\s*)+")
_ITEM = re.compile(r"^\s*(?:[-–—+*•▪◦●]\s+|\d{1,2}[.)]\s+(?=\D))")
_BOLD_LINE = re.compile(r"^\s*(\*\*|__)(?P<inner>[^*_]+)\1\s*:?\s*$")
_ELIDED = re.compile(r"\[\s*(?:…|\.{3})\s*\]")
_HEADS = re.compile(r":[*_\s]*$")
_EMPHASIS = re.compile(r"\*{1,3}|_{2,3}|~~|`+|(?<!\w)_(?=[^\s_])|(?<=[^\s_])_(?!\w)")
_URL = re.compile(
    r"(?:\S*:[/\\]{2}\S*"
    r"|\b(?:javascript|vbscript|data|mailto|file|blob|about):\S+"
    r"|\S*www\.\S*"
    r"|(?://)?(?<![\w.@])(?:[\w.+-]+@)?(?:[a-z0-9-]+\.)+(?:com|net|org|info|biz|vn|gov|edu|io|co|me|dev|app|xyz|top|site"
    r"|online|link|click|live|shop|club|us|uk|eu|de|fr|ru|cn|jp|tk|ly|gg|to|example|test|invalid|localhost)"
    r"(?!\w)(?:[:/?#]\S*)?"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}[:/]\S*)",
    re.IGNORECASE,
)
_URL_END = ".,;:!?…\"'”’»)"
_MARKUP_LEFT = re.compile(r"!?\[(?=[^\]]*\]\()|\]\([^)\s]*\)?|!\[|<(?=\s*[/!?|A-Za-z])")
_EMPTY_BRACKETS = re.compile(
    r"\(\s*(?:(?:nguồn|theo|xem|xem thêm|đoạn|source|see|passage)\s*)?[:,;.]?\s*\)|\[\s*\]|\(\s*,?\s*(?:và|and)?\s*\)",
    re.IGNORECASE,
)
_SPACE_BEFORE = re.compile(r"\s+(?=[.,;:!?…)](?:\s|$))")
_TWO_STOPS = re.compile(r"(?<!\.)\.\s*\.(?!\.)|(?<=[!?…])\s*\.$")
_ENDED = '.!?:;…"”'
_BLANKS_BEFORE = " \t\n\xa0\"“‘'«([{*_"
#: A "sentence" of more characters is cut here.
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a reply.

    Attributes:
        text: plain text without markers, markup and addresses of any kind.
        markers: as they stand in it, each once.
        item: it is an item of a list.
        heading: it is a line of its own that heads others.
    """

    text: str
    markers: tuple[int, ...]
    item: bool = False
    heading: bool = False


class Splitter:
    """Takes a reply in, gives its sentences out."""

    def __init__(self) -> None:
        self._markup = Markup()
        self._raw = ""

    def feed(self, piece: str) -> list[Sentence]:
        """The sentences that are complete with one more piece of the reply."""
        return [sentence for char in piece for sentence in self._text(self._markup.feed(char))]

    def end(self) -> list[Sentence]:
        """The rest, once the reply has ended."""
        found = self._text(self._markup.end())
        while self._raw.strip():
            cut = self._cut(final=True)
            found += self._taken(len(self._raw) if cut is None else cut)
        return found

    def _text(self, text: str) -> list[Sentence]:
        """What one character of the reply brought: it may have completed a whole marker, or a long bracket."""
        if RESET in text:
            self._raw, text = "", text.rpartition(RESET)[2]
        if not text:
            return []
        before = self._raw[-1:]
        self._raw += text
        found: list[Sentence] = []
        if not text.isspace() and (len(text) > 1 or before in _BLANKS_BEFORE):
            while (cut := self._cut(final=False)) is not None:
                found += self._taken(cut)
        while len(self._raw) > _LONGEST:
            blank = self._raw.rfind(" ", _LONGEST // 2, _LONGEST)
            found += self._taken(blank + 1 if blank >= 0 else _LONGEST)
        return found

    def _taken(self, length: int) -> list[Sentence]:
        raw, self._raw = self._raw[:length], self._raw[length:]
        sentence = tidied(raw)
        return [sentence] if sentence else []

    def _cut(self, *, final: bool) -> int | None:
        """Where the first sentence of what is held ends, its markers included; ``None`` if it goes on."""
        said = _blanked(self._raw)
        begin = len(said) - len(said.lstrip())
        line_end = said.find("\n", begin)
        spans = spans_of(said, begin, line_end if line_end >= 0 else None)
        if len(spans) > 1:
            return spans[1][0]
        if line_end < 0 or not spans:
            return None
        if not any(char.isalnum() for char in said[begin:line_end]):
            return line_end + 1
        rest = said[line_end:]
        following = line_end + len(rest) - len(rest.lstrip())
        if following == len(said) and not final:
            return None
        if following == len(said):
            return len(said)
        ended = said[:line_end].rstrip()[-1:] in _ENDED
        if not ended and said[following].islower() and "\n\n" not in self._raw[line_end:following]:
            self._raw = f"{self._raw[:line_end]} {self._raw[line_end + 1 :]}"  # a line broken in mid-sentence
            return self._cut(final=final)
        last_line = self._raw.rfind("\n", line_end, following) + 1
        first_line = self._raw[:line_end]
        closed = _MARKER.search(first_line) or _HEADS.search(first_line) or _HEADING.match(first_line)
        # "[1] …" on each line: the marker stands before what it marks.
        return last_line if closed and _MARKER.search(self._raw[last_line:following]) else following


def sentences(pieces: Iterable[str]) -> Iterator[Sentence]:
    """The sentences of a reply that comes in pieces, each as soon as it is complete."""
    splitter = Splitter()
    for piece in pieces:
        yield from splitter.feed(piece)
    yield from splitter.end()


def _blanked(raw: str) -> str:
    """``raw`` with blanks where markers stand; offsets stay."""
    said = _MARKER.sub(lambda match: " " * len(match.group()), raw)
    return _PAREN_AFTER_STOP.sub(lambda match: " " * len(match.group()), said)


def tidied(raw: str) -> Sentence | None:
    """One sentence as it came, in plain text, and its markers; ``None`` where nothing is said."""
    raw = unicodedata.normalize("NFC", raw)
    lines = [line for line in raw.split("\n") if not _FENCE.match(line) and not _RULE.match(line)]
    text = " ".join(" ".join(lines).split())
    markers = [number for match in _MARKER.finditer(text) for number in _numbers(match.group())]
    text = " ".join(_MARKER.sub(" ", text).split())
    if not markers:
        text, markers = _parenthesised(text)
    text = _QUOTED.sub("", text)
    heading = _HEADING.match(text) is not None or _BOLD_LINE.match(text) is not None
    text = _HEADING.sub("", text)
    item = _ITEM.match(text) is not None
    text = _ITEM.sub("", text)
    text = _EMPHASIS.sub("", _ELIDED.sub(" ", text))
    while (less := _URL.sub(_url_end, text)) != text:
        text = less
    text = _MARKUP_LEFT.sub("", text)
    text = _EMPTY_BRACKETS.sub(" ", text)
    text = _SPACE_BEFORE.sub("", " ".join(text.split()))
    text = unicodedata.normalize("NFC", _TWO_STOPS.sub(".", text)).strip(" |")
    if not any(char.isalnum() for char in text):
        return None
    return Sentence(text, tuple(dict.fromkeys(markers)), item, heading)


def _url_end(match: re.Match[str]) -> str:
    """What stands behind an address and is no part of it: the end of the sentence, a bracket opened before."""
    url = match.group()
    kept = len(url.rstrip(_URL_END))
    if url.count("(") >= url.count(")"):
        kept = max(kept, url.rfind(")") + 1)
    return "" if kept == 0 else url[kept:]


def _numbers(marker: str) -> list[int]:
    """The numbers of one marker, those between the ends of a range as well."""
    found: list[int] = []
    for part in re.split(r"[,;&]|và|and", marker.split("†")[0]):
        span = _RANGE.search(part)
        if span and 0 < int(span[2]) - int(span[1]) < _WIDEST_RANGE:
            found += range(int(span[1]), int(span[2]) + 1)
        else:
            found += [int(number) for number in re.findall(r"\d+", part)]
    return found


def _parenthesised(text: str) -> tuple[str, list[int]]:
    """ "(1)" behind the full stop, or right before it, where there is no other marker."""
    found = _PAREN_AT_END.search(text)
    if found is None or _NUMBERED.search(text[: found.start()]) or not text[: found.start()].strip():
        return text, []
    return text[: found.start()] + found[2], [int(number) for number in re.findall(r"\d+", found[1])]
