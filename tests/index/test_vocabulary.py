"""What a library's own texts teach about words."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from handmade import HashingEmbedder, make_document, make_file, make_passages

from index.library import Library
from index.terms import analyse
from index.vocabulary import Vocabulary

TEXT = (
    "Đảng viên bản Tả Van họp chi bộ.\nĐảng viên trẻ đọc báo tường.\nĐảng viên cao tuổi kể chuyện.\n"
    "Chi bộ hòa giải xong vụ tranh chấp.\nNghệ nhân thổi sáo trúc."
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", embedder=HashingEmbedder()) as opened:
        yield opened


def store(library: Library, name: str, text: str) -> None:
    document = make_document(name, text)
    with library.transaction() as tx:
        tx.add_or_replace(document, make_passages(document), file=make_file(f"/d/{name}", text))
    library.refresh()


@pytest.fixture
def vocabulary(library: Library) -> Vocabulary:
    store(library, "a.txt", TEXT)
    return Vocabulary(library)


def exact(phrase: str) -> str:
    return " ".join(analyse(phrase).exact)


def test_rarer_phrases_weigh_more(vocabulary: Vocabulary) -> None:
    rarities = [vocabulary.rarity(exact(phrase)) for phrase in ("đảng viên", "chi bộ", "sáo trúc")]
    assert rarities == sorted(rarities)
    assert len(set(rarities)) == 3
    assert rarities[0] > 0


def test_an_unseen_phrase_counts_as_one_that_a_few_have(vocabulary: Vocabulary) -> None:
    unseen = vocabulary.rarity(exact("máy bay"))
    assert unseen == vocabulary.rarity(exact("chi bộ"))  # two passages have it
    assert vocabulary.rarity(exact("đảng viên")) < unseen < vocabulary.rarity(exact("sáo trúc"))


def test_rarity_is_the_documented_formula(vocabulary: Vocabulary) -> None:
    assert vocabulary.rarity(exact("đảng viên")) == pytest.approx(math.log(1 + 5 / 3.5))


@pytest.mark.parametrize(
    ("phrase", "known"),
    [
        ("đảng viên", True),
        ("hoà giải", True),
        ("hòa giải", True),
        ("nghệ nhân thổi sáo", True),
        ("viên đảng", False),
        ("dang vien", True),
        ("máy bay", False),
        ("họp đảng viên", False),
    ],
)
def test_a_phrase_is_known_if_a_passage_has_its_syllables_in_order_marked_or_not(
    vocabulary: Vocabulary, phrase: str, known: bool
) -> None:
    assert vocabulary.knows(exact(phrase)) is known


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dang vien tre doc bao tuong", "đảng viên trẻ đọc báo tường"),
        ("Nghe nhan thoi sao truc", "Nghệ nhân thổi sáo trúc"),
        ("đảng viên trẻ", "đảng viên trẻ"),
        ("How many members are there?", "How many members are there?"),
        ("", ""),
    ],
)
def test_diacritics_come_back_as_the_texts_have_them(vocabulary: Vocabulary, typed: str, meant: str) -> None:
    assert vocabulary.restore(typed) == meant


def test_an_empty_library_knows_nothing_and_fails_at_nothing(library: Library) -> None:
    vocabulary = Vocabulary(library)
    assert not vocabulary.knows(exact("đảng viên"))
    assert vocabulary.rarity(exact("đảng viên")) > 0
    assert len(vocabulary.restore("sao truc")) == len("sao truc")


def test_what_is_added_is_known_at_once(library: Library, vocabulary: Vocabulary) -> None:
    phrase = "khèn bè réo rắt"
    assert not vocabulary.knows(exact(phrase))
    assert vocabulary.restore("khen be reo rat") != phrase
    store(library, "b.txt", "Tiếng khèn bè réo rắt.\nLời khèn bè réo rắt mãi.")
    assert vocabulary.knows(exact(phrase))
    assert vocabulary.restore("khen be reo rat") == phrase


def test_threads_read_it_alike(vocabulary: Vocabulary) -> None:
    typed = "dang vien cao tuoi ke chuyen"
    got: list[str] = []
    threads = [threading.Thread(target=lambda: got.append(vocabulary.restore(typed))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == ["đảng viên cao tuổi kể chuyện"] * 4
