"""Flashcards and quiz items as an Anki deck (.apkg), by genanki.

Front and back are HTML. A note is known by its content, so that a deck that is read again adds what is new
and leaves alone, with a learner's schedule, what is as it was. Anki numbers notes by the time they were made;
here that time comes from the content, so that equal drafts make equal files.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import genanki

from assistant.study.export.proof import one_line, proof_line, proof_lines
from assistant.study.export.table import letter
from assistant.study.export.wording import Wording, wording
from assistant.study.export.xml import zipped
from assistant.study.shuffling import identity, shuffled, taken
from assistant.study.types import Draft, Flashcard, QuizItem, QuizKind

#: Of the form of the notes: Anki takes notes with one number for notes of one form.
_MODEL = 1_607_392_319
#: The earliest time that a note is given, 2020-09-13, in milliseconds; ten years are drawn from.
_FIRST, _SPAN = 1_600_000_000_000, 315_360_000_000
_STYLE = """.card { font-family: "Times New Roman", serif; font-size: 20px; text-align: left; }
.proof { color: #444; font-size: 16px; }"""


def to_anki(draft: Draft) -> bytes:
    """The package: a deck of flashcards and a deck of questions below one that has the draft's title."""
    words = wording(draft.wish.language)
    cards = [(_card(card), "flashcard") for card in draft.flashcards]
    questions = [(_question(item, words, draft), f"{item.kind} {item.difficulty}") for item in draft.quiz]
    title = one_line(draft.title).replace("::", ":")
    decks = [
        _deck(f"{title}::{name}", notes) for name, notes in ((words.cards, cards), (words.quiz, questions))
    ]
    return zipped({"collection.anki2": _collection([deck for deck in decks if deck.notes]), "media": b"{}"})


def _deck(name: str, notes: Iterable[tuple[tuple[str, str, str], str]]) -> genanki.Deck:
    model = genanki.Model(
        _MODEL,
        "Trợ lý Xây dựng Đảng",
        fields=[{"name": "Front"}, {"name": "Back"}, {"name": "Proof"}],
        templates=[
            {
                "name": "Card",
                "qfmt": "{{Front}}",
                "afmt": '{{FrontSide}}<hr id="answer">{{Back}}<div class="proof">{{Proof}}</div>',
            }
        ],
        css=_STYLE,
    )
    deck = genanki.Deck(1 + _number(name, 2**31), name)
    for fields, tags in notes:
        guid = genanki.guid_for(*fields)
        deck.add_note(genanki.Note(model=model, fields=list(fields), tags=tags.split(), guid=guid))
    return deck


def _collection(decks: list[genanki.Deck]) -> bytes:
    """The database. Made by genanki's own steps, since its files bear the time at which they are written."""
    content = "\n".join(field for deck in decks for note in deck.notes for field in note.fields)
    made = _FIRST + _number(content, _SPAN)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        connection = sqlite3.connect(path)
        try:
            genanki.Package(decks).write_to_db(connection.cursor(), made / 1000, count(made))
            connection.commit()
        finally:
            connection.close()
        return path.read_bytes()


def _number(text: str, below: int) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big") % below


def _card(card: Flashcard) -> tuple[str, str, str]:
    return _html([card.front]), _html([card.back]), _html(proof_line(c) for c in card.citations)


def _question(item: QuizItem, words: Wording, draft: Draft) -> tuple[str, str, str]:
    front, back = _sides(item, words, f"{draft.wish.seed}/{item.id}")
    return _html([item.stem, *front]), _html(back), _html(proof_lines(item))


def _sides(item: QuizItem, words: Wording, seed: str) -> tuple[list[str], list[str]]:
    """What stands below the stem, and the key."""
    match item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            lines = [f"{letter(n)}. {option.text}" for n, option in enumerate(item.options)]
            return lines, [line for line, o in zip(lines, item.options, strict=True) if o.right]
        case QuizKind.TRUE_FALSE:
            return [f"{words.true} / {words.false}"], [words.true if item.truth else words.false]
        case QuizKind.FILL | QuizKind.SHORT:
            return [], [" / ".join(item.accepted)]
        case QuizKind.MATCH:
            left = [f"{n}. {pair.left}" for n, pair in enumerate(item.pairs, 1)]
            order = shuffled(item.pairs, seed, unlike=[identity(item.pairs)])
            right = [f"{letter(n)}. {pair.right}" for n, pair in enumerate(taken(item.pairs, order))]
            return [*left, *right], [f"{pair.left} → {pair.right}" for pair in item.pairs]
        case QuizKind.ORDER:
            order = shuffled(item.steps, seed, unlike=[identity(item.steps)])
            shown = [f"– {step.text}" for step in taken(item.steps, order)]
            return shown, [f"{n}. {step.text}" for n, step in enumerate(item.steps, 1)]


def _html(lines: Iterable[str]) -> str:
    return "<br>".join(escape(one_line(line)) for line in lines)
