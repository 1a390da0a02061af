"""Topics: what several documents speak of, whole phrases, each with how many documents."""

from __future__ import annotations

from assistant.study.topics import Source, topics
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
