"""Whether a library speaks of a topic at all, or only of things that sound like it.

Cosines of short texts lie close together: any topic is .85 near to some line of any library. So its
best line is set against phrases of other matters ("nuôi trồng thủy sản", "thuế"), as the score of a
speaker is set against a cohort of other voices (adaptive score normalisation). A topic that is as near
to another matter is spoken of only where documents say it word for word.
"""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

import numpy as np

from assistant.candidates import numbers_in
from assistant.phrases import words
from index.library import Library
from index.types import Embedder, Vectors

#: Matters that people ask of, beside those of the Party: what the words of a topic may belong to.
OTHER_MATTERS = (
    "nuôi trồng thủy sản",
    "trồng trọt, cây công nghiệp",
    "chăn nuôi gia súc, gia cầm",
    "giáo dục phổ thông, học sinh",
    "tuyển sinh đại học, cao đẳng",
    "giáo viên, nhà giáo",
    "hôn nhân và gia đình",
    "hộ tịch, hộ khẩu, căn cước",
    "đất đai, nhà ở",
    "thuế, phí và lệ phí",
    "ngân hàng, tín dụng",
    "bảo hiểm xã hội, bảo hiểm y tế",
    "khám bệnh, chữa bệnh, sức khỏe",
    "thể thao, bóng đá",
    "âm nhạc, phim ảnh",
    "du lịch, khách sạn",
    "giao thông, đường bộ",
    "quân đội, nghĩa vụ quân sự",
    "lịch sử các triều đại, chiến tranh",
    "công nghệ thông tin, phần mềm",
    "môi trường, ô nhiễm, nước sạch",
    "hợp đồng lao động, tiền lương",
    "xuất nhập cảnh, hộ chiếu, thị thực",
    "bầu cử ở nước ngoài, ngoại giao",
    "tòa án, xét xử, hình sự",
    "ẩm thực, nấu ăn",
    "tôn giáo, tín ngưỡng",
    "công đoàn, đoàn viên công đoàn",
    "đoàn thanh niên, đội thiếu niên",
    "hội phụ nữ, hội nông dân, hội cựu chiến binh",
    "xây dựng, vật liệu xây dựng",
    "năng lượng, điện, dầu khí",
    "chứng khoán, cổ phần, cổ đông",
    "mua bán, tiêu dùng, quảng cáo",
    "khoa học, vật lý, hóa học",
    "thời tiết, thiên tai",
    "phòng cháy, chữa cháy",
    "trẻ em, người cao tuổi",
    "cưới hỏi, tang lễ, lễ hội",
    "xuất khẩu, nhập khẩu",
    "sản xuất công nghiệp, máy móc",
    "việc làm, tuyển dụng",
    "rừng, lâm nghiệp",
    "văn học, ngôn ngữ",
)
#: How much nearer a topic must be to the library than to another matter; what its words in a line count for.
#: On two libraries and 165 topics: at most 1 of 48 refused that is spoken of, 2 of 40 made that is not.
_NEARER, _WORDS = 0.061, 0.03
#: So many statements with the whole topic in them speak of it, whatever else it may be about.
_VERBATIM = 2
_VECTORS: WeakKeyDictionary[Embedder, Vectors] = WeakKeyDictionary()


def elsewhere(library: Library, topic: str) -> float:
    """Cosine of a topic with the nearest of the other matters."""
    return float(np.max(_matters(library.embedder) @ library.query_vector(topic)))


def speaks_of(topic: str, best: float, other: float, held: float, texts: Iterable[str]) -> bool:
    """Whether lines are of a topic.

    Args:
        best: score of the line that is nearest to it.
        other: cosine of the topic with the nearest other matter.
        held: largest share of its words that one of the lines near to it has, by weight.
        texts: the statements, each with its headings and the title of its document.
    """
    texts = list(texts)
    numbers = numbers_in(topic)  # the number of a document is like any other number of one
    if numbers and not any(numbers & numbers_in(text) for text in texts):
        return False
    if best - other + _WORDS * held >= _NEARER:
        return True
    said = f" {' '.join(words(topic))} "
    return sum(said in f" {' '.join(words(text))} " for text in texts) >= _VERBATIM


def _matters(embedder: Embedder) -> Vectors:
    """Vectors of the other matters, shape ``(len(OTHER_MATTERS), dimension)``; made once."""
    vectors = _VECTORS.get(embedder)
    if vectors is None:
        vectors = _VECTORS[embedder] = embedder.sentences(OTHER_MATTERS)
    return vectors
