"""What a document says it replaces, ends or amends: the numbers it names in doing so, with exact spans.

Only what the document does itself counts ("Quy định này thay thế Quy định số …", "Bãi bỏ Quyết định số …"),
never what it asks of others ("rà soát, sửa đổi …"), reports of others ("Quy định số A thay thế Quy định
số B") or carries out ("tiếp tục thực hiện Chỉ thị số …"). The forms are those of closing articles under
Nghị định 34/2016/NĐ-CP and of Party documents under Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from ingest.dates import find_dates
from ingest.issuers import is_issuer
from ingest.letterhead import find_letterhead
from ingest.numbers import NumberMention, canonical, find_numbers
from ingest.relation_forms import (
    ACTIVE,
    BESIDE,
    IN_FORCE,
    ISSUER,
    KIND,
    LEAD,
    LINK,
    MARK,
    NAMED_SO,
    OBJECT,
    OTHER_OBJECT,
    PART,
    PASSIVE,
    SELF,
    TASK,
    TITLE_START,
    WORTH_READING,
    YEAR_AFTER,
    YEAR_WITHIN,
)
from ingest.sentences import sentences
from ingest.structure import outline
from ingest.types import Document, Kind

_LONGEST_LIST: Final = 80


class Deed(StrEnum):
    """What a document does to another one. Replacing or ending a part of it is amending."""

    REPLACES = "replaces"
    ENDS = "ends"
    AMENDS = "amends"


@dataclass(frozen=True, slots=True)
class Act:
    """A document of ``number`` is replaced, ended or amended.

    Attributes:
        number: as written, blanks left out.
        start, end: the sentence that says so; for an item of a list, from the list's opening sentence on.
        issued_on, year, issuer: what stands beside the number; ``None`` where nothing does.
    """

    deed: Deed
    number: str
    start: int
    end: int
    issued_on: date | None = None
    year: int | None = None
    issuer: str | None = None


#: Kinds that say nothing of other documents on their own behalf.
_NEVER: Final = frozenset({Kind.ARTICLE, Kind.SPEECH, Kind.REPORT, Kind.PROPOSAL, Kind.OTHER})
#: Kinds whose sentences without subject ("Bãi bỏ …") are deeds; in the others they are tasks.
_NORMATIVE: Final = frozenset(
    {Kind.DECISION, Kind.REGULATION, Kind.RULES, Kind.LAW, Kind.DECREE, Kind.CIRCULAR, Kind.CHARTER}
)


def acts(document: Document) -> tuple[Act, ...]:
    """What ``document`` replaces, ends and amends, in reading order, each number once for each deed."""
    if not _can_act(document) or not WORTH_READING.search(document.text):
        return ()
    own = canonical(document.number) if document.number else ""
    found: dict[tuple[Deed, str, date | None], Act] = {}
    for act in _Reader(document, own).read():
        itself = canonical(act.number) == own and act.issued_on in (None, document.issued_on)
        key = (act.deed, canonical(act.number), act.issued_on)
        if not itself and not _known_more(found, act):
            found.setdefault(key, act)
    return tuple(found.values())


def _known_more(found: dict[tuple[Deed, str, date | None], Act], act: Act) -> bool:
    """Whether the same deed is known, or a greater one: what is replaced is not said to be amended."""
    return any(
        canonical(act.number) == number and (deed is act.deed or act.deed is Deed.AMENDS)
        for deed, number, issued in found
        if act.issued_on is None or issued in (None, act.issued_on)
    )


def _can_act(document: Document) -> bool:
    if document.kind is Kind.OTHER:
        return document.number is not None or NAMED_SO.match(document.title) is not None
    return document.kind not in _NEVER


@dataclass(frozen=True, slots=True)
class _Sentence:
    """``text`` is ``document.text[start:end]`` with its line ends as blanks."""

    start: int
    end: int
    text: str


class _Reader:
    def __init__(self, document: Document, own: str) -> None:
        self._document = document
        self._own = own
        self._title_says = bool(ACTIVE.search(document.title))
        self._imperative = document.kind in _NORMATIVE or self._title_says

    def read(self) -> Iterator[Act]:
        head = find_letterhead(self._document.text)
        body = 0
        if head is not None:
            body = head.end
            yield from self._title(head.title_start, head.end)
        found = [sentence for sentence in self._sentences() if sentence.start >= body]
        for at, sentence in enumerate(found):
            deed = self._announced(sentence) if sentence.text.rstrip().endswith(":") else None
            if deed is not None:
                yield from self._items(deed, sentence, found[at + 1 : at + 1 + _LONGEST_LIST])
            else:
                yield from self._one(sentence)

    def _sentences(self) -> Iterator[_Sentence]:
        text = self._document.text
        for block in outline(text):
            flat = re.sub(r"\s", " ", text[block.start : block.end])
            for start, end in sentences(flat):
                yield _Sentence(block.start + start, block.start + end, flat[start:end])

    def _title(self, start: int, end: int) -> Iterator[Act]:
        text = re.sub(r"\s", " ", self._document.text[start:end])
        title = _Sentence(start, start + len(text.rstrip()), text.rstrip())
        for match in ACTIVE.finditer(text):
            before = text[: match.start()]
            if TITLE_START.match(before) and not TASK.search(before.replace("việc", "")):
                if not OTHER_OBJECT.search(before):
                    yield from self._objects(title, match)
                return

    def _one(self, sentence: _Sentence) -> Iterator[Act]:
        for match in ACTIVE.finditer(sentence.text):
            if self._does(sentence.text, match):
                done = list(self._objects(sentence, match))
                yield from done
                if done:
                    return
        passive = self._undergone(sentence.text)
        if passive is None:
            return
        begin, match = passive
        deed = Deed.REPLACES if match["replaces"] else Deed.ENDS
        if PART.search(sentence.text[match.end() : match.end() + 15]):
            deed = Deed.AMENDS
        yield from self._named(deed, sentence, begin, match.start())

    def _announced(self, sentence: _Sentence) -> Deed | None:
        """The deed of a sentence that opens a list of the documents it is done to."""
        for match in ACTIVE.finditer(sentence.text):
            if self._does(sentence.text, match) and not find_numbers(sentence.text[match.end() :]):
                return _deed(match)
        passive = self._undergone(sentence.text)
        if passive is not None and not find_numbers(sentence.text[: passive[1].start()]):
            return Deed.REPLACES if passive[1]["replaces"] else Deed.ENDS
        return None

    def _items(self, deed: Deed, opening: _Sentence, following: list[_Sentence]) -> Iterator[Act]:
        for item in following:
            begin = _start(item.text)
            # An item may go on after the number of its document; one that names none ends the list.
            if not OBJECT.match(item.text[begin:]) and not find_numbers(item.text[begin : begin + 12]):
                return
            named = list(self._named(deed, item, begin, len(item.text)))
            if not named:
                return
            for act in named:
                yield replace(act, start=opening.start)

    def _does(self, text: str, match: re.Match[str]) -> bool:
        """Whether the deed at ``match`` is the document's own."""
        begin = _start(text)
        before = text[begin : match.start()]
        if LEAD.match(before):
            return self._imperative
        for start, end in self._selves(text[: match.start()]):
            ahead, link = text[begin:start], text[end : match.start()].strip(" ,;")
            enclosed = re.search(r"ban hành (?:kèm )?theo\s*$", ahead, re.IGNORECASE)
            if not (enclosed or LEAD.match(ahead)):
                continue
            if TASK.search(link) and not enclosed:
                return False
            return bool(enclosed or LINK.fullmatch(link) or IN_FORCE.search(link))
        return False

    def _undergone(self, text: str) -> tuple[int, re.Match[str]] | None:
        """Where the name of what is ended begins, and its verb, in a sentence that says so."""
        begin = _start(text)
        lead = re.match(r"(?:kể )?từ ngày [^,]{2,90},\s*", text[begin:], re.IGNORECASE)
        begin += lead.end() if lead else 0
        match = PASSIVE.search(text, begin)
        if match is None or not OBJECT.match(text[begin:]):
            return None
        before, after = text[begin : match.start()], text[match.end() :]
        if re.search(r"\b(?:khi|nếu|trường hợp|thay thế|đến lúc)\b", before, re.IGNORECASE):
            return None
        if SELF.match(before) or (match["done"] or "").lower() in ("chưa", "không"):
            return None
        speaks_of_itself = any(True for _ in self._selves(after))
        if match["replaces"] or match["done"]:
            return (begin, match) if speaks_of_itself else None
        return (begin, match) if speaks_of_itself or self._imperative else None

    def _selves(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans in which the document names itself, by "này" or by its own number."""
        for match in SELF.finditer(text):
            if self._is_own_kind(match[1].lower()):
                yield match.span()
        for mention in find_numbers(text) if self._own else ():
            if mention.canonical == self._own:
                named = re.search(rf"{KIND}\s+(?:số\s*)?$", text[: mention.start], re.IGNORECASE)
                start = named.start() if named else mention.start
                dated = re.match(r",?\s*(?:ngày [\d/. -]{6,10}\d)?", text[mention.end :])
                yield start, mention.end + (dated.end() if dated else 0)

    def _is_own_kind(self, noun: str) -> bool:
        """Whether "<noun> này" can be the document: a decision may speak of what it puts in force."""
        kind = self._document.kind
        if kind is Kind.OTHER:
            return self._document.title.lower().startswith(noun)
        if noun == "văn bản" or kind in (Kind.DECISION, Kind.REGULATION):
            return True
        return str(kind) in noun or noun in str(kind)

    def _objects(self, sentence: _Sentence, match: re.Match[str]) -> Iterator[Act]:
        yield from self._named(_deed(match), sentence, match.end(), len(sentence.text))

    def _named(self, deed: Deed, sentence: _Sentence, begin: int, end: int) -> Iterator[Act]:
        """The documents named side by side in a stretch of a sentence, with what stands beside each."""
        text = sentence.text
        mentions = find_numbers(text[begin:end])
        last, side_by_side = begin, True
        for at, mention in enumerate(mentions):
            start, stop = begin + mention.start, begin + mention.end
            between = text[last:start]
            if at == 0:
                if OTHER_OBJECT.search(between):
                    return
                if deed is not Deed.AMENDS and PART.search(between):
                    deed = Deed.AMENDS
            else:
                joined = BESIDE.search(between)
                side_by_side = bool(joined) and (side_by_side or ";" in between)
                if not side_by_side:
                    last = stop
                    continue
                if re.search(r"\b(?:trừ|thực hiện|tiếp tục)\b", between, re.IGNORECASE):
                    return
            until = begin + mentions[at + 1].start if at + 1 < len(mentions) else end
            yield _act(deed, sentence, mention, text[stop:until])
            last = stop


def _deed(match: re.Match[str]) -> Deed:
    return next(deed for deed in Deed if match[deed.value])


def _start(text: str) -> int:
    mark = MARK.match(text)
    return mark.end() if mark else 0


def _act(deed: Deed, sentence: _Sentence, mention: NumberMention, following: str) -> Act:
    dates = find_dates(following[:60])
    dated = (
        dates[0] if dates and re.fullmatch(r"[\s,(]*(?:ban hành\s+)?", following[: dates[0].start]) else None
    )
    year = YEAR_AFTER.match(following) or YEAR_WITHIN.search(mention.written)
    by = ISSUER.match(following[dated.end if dated else 0 :].lstrip(" ,)"))
    return Act(
        deed=deed,
        number=re.sub(r"\s+", "", mention.written),
        start=sentence.start,
        end=sentence.end,
        issued_on=dated.value if dated else None,
        year=dated.value.year if dated else int(year[1]) if year else None,
        issuer=by[1].strip() if by and is_issuer(by[1]) else None,
    )
