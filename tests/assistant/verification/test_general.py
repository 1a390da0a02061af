"""The tables of general words and paraphrases: what may be in them, and how they are read."""

from __future__ import annotations

from assistant.phrases import words
from assistant.types import Verdict
from assistant.verification.general import LONGEST, general_offsets, general_words, paraphrases
from assistant.verification.types import Evidence
from assistant.verification.verifier import Verifier
from ingest.types import Document, Passage

#: Words that state a fact by themselves, of each sort that the table leaves out.
FACTS = """hối lộ | tham nhũng | kỷ luật | khai trừ | khen thưởng | bầu | bổ nhiệm | giải thể | hủy | vay vốn
    | tài trợ | phụ cấp | bí thư | chủ tịch | huyện ủy | công an | hà nội | truyền hình | bỏ phiếu | phỏng vấn
    | duy nhất | giữ nguyên | hằng quý"""


def test_general_words_state_no_facts() -> None:
    known = general_words()
    assert [word for word in FACTS.split("|") if " ".join(words(word)) in known] == []


def test_there_are_enough_of_them_each_short_enough_to_be_found() -> None:
    assert len(general_words()) >= 1000
    assert max(len(word.split()) for word in general_words()) <= 4
    assert len(general_words(folded=True)) <= len(general_words())


def test_paraphrases_hold_both_ways() -> None:
    agree, consent = (" ".join(words(word)) for word in ("đồng ý", "tán thành"))
    assert consent in paraphrases(agree)
    assert agree in paraphrases(consent)
    assert paraphrases("không có trong bảng") == ()
    assert all(len(other.split()) <= LONGEST for other in paraphrases(" ".join(words("bác hồ"))))


def test_only_whole_words_are_general() -> None:
    said = "Báo cáo đề cập ba lớp."
    assert {said[at:].split()[0] for at in general_offsets(said)} == {"Báo", "cáo", "đề", "cập"}
    assert general_offsets("Đề lao, cập bến.") == frozenset()


def test_a_sentence_of_general_words_alone_is_borne_out_by_nothing(verifier: Verifier) -> None:
    text = "Huyện mở 3 lớp bồi dưỡng trong quý II, mỗi lớp 80 học viên."
    document = Document(id="k.txt", sha256="0" * 64, title="Kế hoạch", text=text, names=("k",))
    evidence = {1: Evidence(1, document, Passage("k#1", document.id, 1, 0, len(text), text))}
    assert verifier.check("Học viên không cần đến. [1]", evidence).verdict is Verdict.UNVERIFIED
