"""Topics: what several documents speak of, whole phrases, each with how many documents."""

from __future__ import annotations

import re

import pytest

from assistant.errors import BadWish
from assistant.study.english import in_vietnamese, is_english
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
    assert not found & {
        "đảng viên",
        "chi bộ",
        "kết quả kết nạp",
        "về khâu kết nạp",
        "từ người đứng đầu",
        "địa điểm",
    }
    assert not any(re.match(r"(?:đảng (?:ủy|bộ)|ban|hướng dẫn$|kế hoạch$)", text) for text in found)
    assert {"sinh hoạt chi bộ", "quần chúng ưu tú", "hình thức kỷ luật"} <= found
    assert not any(topic.text.startswith("Hồ chí") for topic in topics(sample, most=200))


SPOKEN_OF = (
    "kết nạp đảng viên",
    "tạo nguồn kết nạp đảng viên",
    "đảng viên trẻ",
    "làng nghề, khu công nghiệp",
    "chủ doanh nghiệp tư nhân vào Đảng",
    "chuyển đảng chính thức",
    "kỷ luật đảng viên",
    "điều kiện và thủ tục kết nạp",
    "dieu kien va thu tuc ket nap",
    "vai trò của chi bộ và bí thư chi bộ",
    "thẩm tra lý lịch",
    "đoàn viên ưu tú vào Đảng",
    "nguyên tắc tổ chức của Đảng",
    "Chỉ thị 28-CT/TW",
    "new party members",
    "party development in private enterprises",
    "admission conditions",
    "young party members",
    "removing members from the party",
)
NOT_SPOKEN_OF = (
    "điều kiện và thủ tục nuôi tôm",
    "nuôi tôm",
    "bóng đá và âm nhạc",
    "kết nạp đoàn viên công đoàn",
    "thủ tục đăng ký kết hôn",
    "hồ sơ xin thị thực",
    "bồi dưỡng giáo viên tiểu học",
    "kỷ luật học sinh",
    "thuế thu nhập cá nhân",
    "quyền và nghĩa vụ của vợ chồng",
    "chất lượng không khí",
    "phát triển du lịch biển",
    "đại hội cổ đông",
    "điều kiện thi bằng lái xe",
    "trách nhiệm bồi thường của chủ xe",
    "hội viên hội nông dân",
    "Nghị quyết 18-NQ/TW",
    "shrimp farming",
    "university admission",
    "members of a football club",
    "quality of drinking water",
)


@pytest.mark.parametrize("topic", SPOKEN_OF)
def test_a_topic_of_the_documents_is_taught(sample: Library, topic: str) -> None:
    pool = pool_of(material_for(sample, Wish(topic)), 1)
    assert pool.on_topic
    assert len(pool.taught) >= 4


@pytest.mark.parametrize("topic", NOT_SPOKEN_OF)
def test_a_topic_of_another_matter_is_refused(sample: Library, topic: str) -> None:
    with pytest.raises(BadWish, match="speaks of"):
        make_draft(sample, Wish(topic, parts=(Part.HANDOUT,)))


def test_every_topic_that_is_offered_can_be_taught(sample: Library) -> None:
    for topic in topics(sample, most=25):
        assert pool_of(material_for(sample, Wish(topic.text)), 1).on_topic, topic.text


@pytest.mark.parametrize(
    ("topic", "read"),
    [
        ("party members in enterprises", "đảng viên doanh nghiệp"),
        ("university admission", "kết nạp đại học"),
        ("recruiting party members", "kết nạp đảng viên"),
        ("members of a football club", ""),
        ("shrimp farming", ""),
    ],
)
def test_an_english_topic_is_read_in_the_words_of_the_documents(topic: str, read: str) -> None:
    assert is_english(topic)
    assert in_vietnamese(topic) == read


@pytest.mark.parametrize(
    "topic", ["ket nap dang vien", "dieu kien nuoi tom", "đảng viên trẻ", "12-KH/ĐU", ""]
)
def test_no_vietnamese_topic_is_taken_for_english(topic: str) -> None:
    assert not is_english(topic)


@pytest.mark.parametrize("topic", ["kết nạp đảng viên", "sinh hoạt chi bộ"])
def test_a_handout_is_two_pages_of_letters_that_can_be_read(sample: Library, topic: str) -> None:
    draft = make_draft(sample, Wish(topic, parts=(Part.HANDOUT,)))
    assert draft.handout is not None
    assert handout_size(draft) >= 11
    for row in draft.handout.figures:
        assert all(
            str(year) in " ".join(c.quote for c in row.citations) for year in re.findall(r"\d{4}", row.date)
        )
