"""A model's reply, character by character, less its markup: no tag, link or image of a model gets further.

What is taken away here is what may hold blanks and full stops, so that sentences can be told apart after it:
HTML, links and images of Markdown, entities, what a reasoning model thinks before it answers. Markers, in
whatever brackets, become ``[n]``. Works a character at a time, so that it makes no difference into which
pieces a reply was cut.
"""

from __future__ import annotations

import html
import re

from assistant.llm.visible import seen

#: Stands in the text where everything before it turns out to be no part of the reply.
RESET = "\x01"

_SPECIAL = re.compile(r"[<＜&\[【［(（]|!(?=\[|\Z)")
_ENTITY = re.compile(r"&#?\w{1,31};")
_ENTITY_PART = re.compile(r"&#?\w{0,31}\Z")
_TAG_NAME = re.compile(r"[<＜]\s*(/?)\s*([\w:!?-]+)")
_TAG_START = re.compile(r"[<＜]\s*[/|｜!?A-Za-z]")
_TAG_START_PART = re.compile(r"[<＜]\s*\Z")
_TAG_END = re.compile(r"[>＞]|&(?:amp;)*(?:gt|#0*62|#x0*3e);", re.IGNORECASE)
#: Elements whose content is no part of a reply either.
_DROPPED = frozenset(
    "think thinking thought reasoning reflection scratchpad script style iframe svg object template noscript "
    "textarea title head".split()
)
_THOUGHT = frozenset("think thinking thought reasoning reflection scratchpad".split())
_BREAKING = frozenset("br p div li ul ol tr table h1 h2 h3 h4 h5 h6 blockquote section hr".split())
_PAREN_MARKER = re.compile(
    r"[(（]\s*(?:(?:đoạn|tài liệu|nguồn|văn bản|passages?|sources?|documents?|docs?|refs?|id)[\s.:#]*(?:số)?\s*)?"
    r"\[?\d{1,3}\]?(?:\s*[,;]\s*\[?\d{1,3}\]?)*\s*[)）]",
    re.IGNORECASE,
)
_SUPERSCRIPT = re.compile(
    r"[<＜]sup[>＞]\s*\[?(\d{1,3}(?:\s*,\s*\d{1,3})*)\]?\s*[<＜]/sup[>＞]", re.IGNORECASE
)
_SUPERSCRIPT_LENGTH = 40
_CLOSED_BY = {"[": "]", "【": "】", "［": "］"}
#: A construct that goes on for longer is none.
_TAG_LENGTH, _BRACKET_LENGTH, _TARGET_LENGTH, _PAREN_LENGTH = 600, 400, 2000, 40
_CLOSING_TAG_LENGTH = 64

#: What takes the place of a construct, what of it is to be read again, and its length; ``None``: wait.
Taken = tuple[str, str, int] | None


class Markup:
    """Takes a reply in, gives it out without its markup."""

    def __init__(self) -> None:
        self._held = ""
        self._until: re.Pattern[str] | None = None

    def feed(self, piece: str) -> str:
        """What can be said of the reply after one more piece of it: more of its text, or nothing yet."""
        return "".join(self._push(char) for char in seen(piece))

    def end(self) -> str:
        """The rest, once the reply has ended: what was opened and never closed is dropped."""
        rest = self._drain(final=True)
        self._until, self._held = None, ""
        return rest

    def _push(self, char: str) -> str:
        if not self._held and self._until is None and not _SPECIAL.match(char):
            return char
        self._held += char
        return self._drain(final=False)

    def _drain(self, *, final: bool) -> str:
        out: list[str] = []
        while self._held:
            if self._until is not None:
                end = self._until.search(self._held)
                if end is None:
                    self._held = self._held[-_CLOSING_TAG_LENGTH:]
                    break
                self._until, self._held = None, self._held[end.end() :]
                out.append("\n")
                continue
            special = _SPECIAL.search(self._held)
            at = special.start() if special else len(self._held)
            out.append(self._held[:at])
            self._held = self._held[at:]
            taken = self._take(self._held, final=final) if self._held else None
            if taken is None:
                break
            text, again, length = taken
            out.append(text)
            self._held = again + self._held[length:]
        return "".join(out)

    def _take(self, held: str, *, final: bool) -> Taken:
        first = held[0]
        if first in "<＜":
            return self._tag(held, final=final)
        if first == "&":
            return _entity(held, final=final)
        if first in "(（":
            return _parens(held, final=final)
        if first == "!" and len(held) == 1:
            return ("!", "", 1) if final else None
        return _bracket(held, final=final)

    def _tag(self, held: str, *, final: bool) -> Taken:
        if _TAG_START_PART.match(held) and len(held) < 8:
            return (held, "", len(held)) if final else None
        if not _TAG_START.match(held):
            return held[0], "", 1
        if held[1:4].lower() in ("sup", "su", "s"):
            found = _SUPERSCRIPT.match(held)
            if found:
                return f"[{found[1]}]", "", found.end()
            if (
                held[1:5].lower() in ("sup>", "sup", "su", "s")
                and not final
                and len(held) < _SUPERSCRIPT_LENGTH
            ):
                return None
        if held.startswith("<!-"):
            end = held.find("-->")
            if end >= 0:
                return "", "", end + 3
            return ("", "", len(held)) if final else None
        close = _TAG_END.search(held)
        if close is None:
            if not final and len(held) < _TAG_LENGTH:
                return None
            line_end = held.find("\n")  # a tag that is never closed: its line goes
            return "", "", line_end if line_end >= 0 else len(held)
        named = _TAG_NAME.match(held)
        name = named[2].lower() if named else ""
        if named and named[1] and name in _THOUGHT:
            return RESET, "", close.end()
        if named and not named[1] and name in _DROPPED and held[close.start() - 1] != "/":
            self._until = re.compile(rf"[<＜]\s*/\s*{re.escape(name)}\s*[>＞]", re.IGNORECASE)
            return "", "", close.end()
        return "\n" if name in _BREAKING else "", "", close.end()


def _entity(held: str, *, final: bool) -> Taken:
    found = _ENTITY.match(held)
    if found:
        char = html.unescape(found.group())
        if char != found.group():
            return "", seen(char), found.end()
        return "&", "", 1
    if not final and _ENTITY_PART.match(held):
        return None
    return "&", "", 1


def _parens(held: str, *, final: bool) -> Taken:
    close = re.search(r"[)）\n]", held)
    if close is None and not final and len(held) < _PAREN_LENGTH:
        return None
    found = _PAREN_MARKER.match(held)
    if not found:
        return held[0], "", 1
    said = found.group()
    if re.search(r"[^\W\d_]|\[", said):  # "(đoạn 1)", "([1])": surely a marker
        return "".join(f"[{number}]" for number in re.findall(r"\d+", said)), "", found.end()
    return f"({said[1:-1]})", "", found.end()


def _bracket(held: str, *, final: bool) -> Taken:
    """A marker, a link or an image; what else stands in brackets stays."""
    image = held[0] == "!"
    opening = held[image]
    end = _closing(held, int(image), opening, _CLOSED_BY[opening], _BRACKET_LENGTH)
    if end is None:
        return held[: image + 1], "", image + 1
    if end < 0:
        return (held[: image + 1], "", image + 1) if final else None
    inner = held[image + 1 : end]
    if opening != "[":
        return f"[{inner}]", "", end + 1
    following = held[end + 1 : end + 2]
    if not following and not final:
        return None
    if following == "(":
        target = _closing(held, end + 1, "(", ")", _TARGET_LENGTH)
        if target is not None:
            if target < 0 and not final:
                return None
            after = target + 1 if target >= 0 else len(held)
            if image:
                return "", "", after
            bare = inner.strip(" ^")
            return (f"[{bare}]", "", after) if re.fullmatch(r"[\d\s,]{1,12}", bare) else ("", inner, after)
    if image:
        return "", "", end + 1
    return ("[", "", 1) if _SPECIAL.search(inner) else (f"[{inner}]", "", end + 1)


def _closing(text: str, start: int, opening: str, closing: str, most: int) -> int | None:
    """Where the bracket opened at ``start`` is closed; -1 if not yet, ``None`` if it is not."""
    depth = 0
    for at in range(start, min(len(text), start + most)):
        if text[at] == "\n":
            return None
        depth += (text[at] == opening) - (text[at] == closing)
        if depth == 0:
            return at
    return None if len(text) >= start + most else -1
