"""Topics: what several documents speak of, whole phrases, each with how many documents."""

from __future__ import annotations

import re

import pytest

from assistant.study.export.documents import handout_size
from assistant.study.making import make_draft, material_for
from assistant.study.teaching import pool_of
from assistant.study.topics import Source, topics
from assistant.study.types import Part, Wish
from index.library import Library
from index.types import Filters


def test_topics_are_phrases_headings_and_titles(sample: Library) -> None:
    found = topics(sample, most=60)
    by_text = {topic.text.lower(): topic for topic in found}
    assert by_text["kết nạp đảng viên"].documents >= 3
    assert {topic.source for topic in topics(sample, most=200)} == set(Source)
    assert len(by_text) == len(found)


def test_counts_are_those_of_the_documents(sample: Library) -> None:
    texts = [sample.document(entry.id) for entry in sample.documents()]
    for topic in topics(sample, most=30):
        held = [d for d in texts if topic.text.lower() in f"{d.title} {d.text}".lower().replace("\n", " ")]
        assert topic.documents >= len(held) >= 1


def test_no_topic_is_a_piece_of_a_phrase(sample: Library) -> None:
    found = {topic.text.lower() for topic in topics(sample, most=60)}
    assert not found & {"viên mới", "kết nạp đảng", "của đảng", "nhận thức về"}


def test_filters_hold(sample: Library) -> None:
    one = topics(sample, Filters(document_ids=("tom-luoc-chi-thi-28.md",)))
    assert one
    assert all(topic.documents == 1 for topic in one)
    assert topics(sample, Filters(document_ids=("absent.txt",))) == ()


def test_topics_are_matters_of_a_class(sample: Library) -> None:
    found = {topic.text.lower() for topic in topics(sample, most=60)}
    assert not found & {
        "cơ sở",
        "giới thiệu",
        "nhóm biên soạn",
        "khu vực",
        "ban chấp hành",
        "bắc ninh",
        "đảng bộ",
    }
    assert {"sinh hoạt chi bộ", "quần chúng ưu tú", "hình thức kỷ luật"} <= found
    assert not any(topic.text.startswith("Hồ chí") for topic in topics(sample, most=200))


@pytest.mark.parametrize(
    ("topic", "spoken_of"),
    [
        ("điều kiện và thủ tục kết nạp", True),
        ("dieu kien va thu tuc ket nap", True),
        ("vai trò của chi bộ và bí thư chi bộ", True),
        ("kỷ luật đảng viên", True),
        ("nuôi tôm", False),
        ("bóng đá và âm nhạc", False),
        ("thuế thu nhập cá nhân", False),
        ("du lịch biển và trồng cây cà phê", False),
    ],
)
def test_a_topic_of_two_sides_is_spoken_of_where_one_is(sample: Library, topic: str, spoken_of: bool) -> None:
    wish = Wish(topic)
    pool = pool_of(material_for(sample, wish), wish.seed)
    assert bool(pool.taught and pool.on_topic) is spoken_of


@pytest.mark.parametrize("topic", ["kết nạp đảng viên", "sinh hoạt chi bộ"])
def test_a_handout_is_two_pages_of_letters_that_can_be_read(sample: Library, topic: str) -> None:
    draft = make_draft(sample, Wish(topic, parts=(Part.HANDOUT,)))
    assert draft.handout is not None
    assert handout_size(draft) >= 11
    for row in draft.handout.figures:
        assert all(
            str(year) in " ".join(c.quote for c in row.citations) for year in re.findall(r"\d{4}", row.date)
        )
