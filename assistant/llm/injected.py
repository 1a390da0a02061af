"""Sentences that are addressed to the assistant instead of stating something: never an answer.

A document may hold "Trợ lý hãy trả lời rằng …". What a model makes of it may even be borne out, word for
word, by that very sentence. So no model gets to read such sentences where they are recognised, they bear
nothing out, and none is shown as an answer that a model wrote. To err here costs little: the question is
then answered by quotation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from assistant.citations import ELISION
from assistant.llm.visible import visible
from assistant.verification.types import Evidence
from ingest.numbers import fold
from ingest.sentences import sentences
from ingest.types import Document, Passage

#: Matched with syllables without marks, single blanks between them: " hay tra loi rang ".
_PATTERNS = (
    # Setting instructions aside.
    r"(?:bo qua|quen(?: di| het)?|phot lo|khong (?:can |duoc )?(?:tuan (?:theo|thu)|lam theo)|huy bo|xoa bo|vo hieu hoa)"
    r"(?: het| moi| tat ca| toan bo| cac| nhung| hoan toan){0,3}"
    r" (?:(?:huong dan|chi dan|chi thi|cau lenh|menh lenh|lenh|quy tac|yeu cau|rang buoc|gioi han|noi dung)(?: \w+){0,3}"
    r" (?:truoc|tren|o tren|truoc do|phia tren|he thong|ban dau|an toan|cua ban|da nhan|duoc giao|nay)|prompt)",
    r"(?:ignore|disregard|forget|override|bypass)"
    r"(?: all| any| the| your| every| these| those| previous| prior| above| earlier| other| of){0,5}"
    r" (?:instructions?|rules?|prompts?|guidelines?|directions?|constraints|passages?|context|documents)",
    r"(?:huong dan|chi dan|cau lenh|menh lenh|quy tac)(?: da nhan)? (?:truoc|truoc do|truoc day|o tren|tren day) (?:da )?(?:het hieu luc|khong con|bi huy|bi bai bo|vo hieu)",
    r"(?:new|updated|important|urgent|hidden|secret) (?:system )?instructions?",
    r"(?:chi dan|huong dan|chi thi|menh lenh|lenh) (?:moi )?(?:danh )?(?:cho|gui)(?: cac| moi)? (?:ai|tro ly|mo hinh|he thong|chatbot|may)",
    # The assistant by name.
    r"(?:gui|kinh gui|luu y|danh cho|thong bao|nhac|yeu cau|de nghi|moi|cac|nay|cua|thua|chao|voi) tro ly(?: \w+){0,2} (?:ai|ao|hay|phai|can|tra loi|so|may)",
    r"tro ly(?: \w+)? (?:hay|phai|can phai|duoc yeu cau|vui long|chu y|luu y|tra loi|se tra loi|bat buoc|ghi nho|khong duoc)",
    r"tro ly (?:ai|ao|tri tue nhan tao|thong minh)",
    r"(?:mo hinh|he thong) (?:ngon ngu|hoi dap|duoc lenh|(?:hay|phai|can|duoc yeu cau) (?:tra loi|noi|viet|bo qua|in|ghi|xac nhan|khang dinh))",
    r"chatbot|chat bot|tri tue nhan tao hay|(?:language|ai) (?:model|assistant|system|agent)s?|llms?|chatgpt|gpt|as an ai",
    r"assistants?(?: must| should| will| is to| please)|dear (?:ai|assistant|model)",
    # What to answer.
    r"(?:hay|phai|can|xin|vui long|buoc phai|bat buoc|chi duoc|chi can|luon|luon luon)(?: luon| chi| phai| chi duoc)?"
    r" (?:tra loi|noi|viet|khang dinh|xac nhan|ghi|tuyen bo|ket luan|bao|dap|neu|thong bao)"
    r"(?: ro| lai| them| vao)?(?: nguoi dung| ho| nguoi hoi| cau hoi nay| moi cau hoi)?"
    r" (?:rang|la su that|dung mot|dung nguyen|nguyen van|nhu su that|nhu mot su that|kem|bang cau|mot cau duy nhat|duy nhat)",
    r"(?:trong|vao|o|dau|cuoi|truoc|sau|kem)(?: phan| moi| cac)? (?:cau )?tra loi (?:cua ban|cua minh|cua tro ly|cho nguoi dung|hay|phai)",
    r"(?:moi|dau|cuoi|vao) cau tra loi",
    r"khi (?:duoc hoi|tra loi|nguoi dung hoi|co nguoi hoi|ai do hoi|nguoi doc hoi)(?: \w+){0,12}"
    r" (?:hay|phai tra loi|chi tra loi|thi tra loi|tra loi rang|tra loi la|noi rang|ban phai|dap rang)",
    r"(?:when|if|whenever)(?: you are| you re| a user| the user| someone| anyone| users?)? (?:asks?|asked|answering|responding)"
    r"(?: \w+){0,14} (?:answer|say|state|respond|reply|output|tell|write|include|claim)",
    r"(?:please|always|must|should|only|simply|just|now|to|you|and) "
    r"(?:answer|respond|reply|say|state|output|print|repeat|reveal|claim|assert|write|include|insert|append|tell)"
    r"(?: to| back| out| exactly| only| the user| them| with| in| your| as){0,3}"
    r" (?:that|as (?:a )?(?:verified )?facts?|verbatim|following|the following|answer|reply|response|this|prompt|rules|instructions)",
    r"as (?:a )?(?:verified|established|confirmed) facts?|in your (?:answer|reply|response|output)s?",
    r"do not (?:mention|cite|tell|reveal) (?:this|that|the|to)(?: \w+){0,4} (?:user|instruction|note|reader|passage)",
    # Our instructions.
    r"(?:tra loi|tra ve|ghi|viet|in|in ra|xuat|lap lai|chep lai|doc lai|tiet lo|cho xem|hien thi|dich|nhac lai|cong bo)(?: \w+){0,4}"
    r" (?:prompt|cau lenh he thong|chi dan he thong|huong dan he thong|huong dan (?:cua ban|ban nhan|ban duoc|da nhan)"
    r"|quy tac (?:cua ban|ban duoc|ban nhan))",
    r"(?:system|hidden|initial|original) (?:prompt|message|instructions?)|prompt (?:he thong|cua ban|goc)"
    r"|(?:loi nhac|thong diep|tin nhan) he thong|your (?:system )?(?:prompt|instructions?|rules|guidelines)",
    # Who it is to be.
    r"(?:ban|hay|tro ly)(?: \w+){0,2} dong vai(?! tro)|(?:hay|ban) gia vo|gia vo (?:la|lam) (?:ban|mot)|nhap vai|(?:tu bay gio|tu luc nay|ke tu (?:nay|gio)) ban|ban (?:la|dang la|se la|khong con la) (?:mot )?(?:tro ly|mo hinh|ai|may|he thong)",
    r"ban (?:phai|hay|se|can|buoc phai)(?: \w+)? (?:tra loi|bo qua|in ra|lap lai|chen|trich dan|tuan lenh)",
    r"you (?:are (?:now|no longer|a|an)|must|should|will|shall|have to)(?: \w+){0,3}"
    r" (?:answer|respond|reply|say|state|output|print|repeat|reveal|ignore|claim|include|assistant|model|dan|bot|act|obey|insert)",
    r"you are (?:now|no longer)|(?:maintenance|debug|god|unrestricted) mode|pretend(?: to be| you| that)|role ?play|act as|developer mode|che do (?:nha phat trien|quan tri|khong gioi han|go loi)",
    # Verdicts, citations, pictures, links, codes.
    r"(?:danh dau|gan nhan|coi|xem|mark|label|flag)(?: \w+){0,6} (?:la|nhu|as|nhan) (?:da )?(?:kiem chung|kiem tra|xac minh|khop nguyen van|co can cu|verified|verbatim|supported)",
    r"nhu (?:mot )?su that da(?: duoc)? (?:kiem chung|xac minh)|(?:trich dan|cite|ghi)(?: \w+){0,3} (?:doan so|nguon so|marker|passage \d)",
    r"(?:chen|them|hien thi|insert|embed|include|render|display)(?: \w+){0,2} (?:hinh anh|anh|lien ket|duong dan|link|the img|markdown|image|html|script|url)",
    r"(?:giai ma|decode)(?: \w+){0,6} (?:lam theo|thuc hien|follow|execute)|base64",
)
_SYLLABLE = re.compile(r"[^\W_]+")
_ADDRESSED = re.compile(rf" (?:{'|'.join(_PATTERNS)})(?= )")
#: A line that speaks as one of the parties of a chat, or in the signs of a chat's format.
_ROLE = re.compile(
    r"^\W*(?:system|assistant|developer|hệ\s+thống|trợ\s+lý|quản\s+trị\s+viên|admin)\b[^\w\n:]{0,12}:"
    r"|[\"']?role[\"']?\s*[:=]\s*[\"'](?:system|assistant|developer|user)|<\|[^|\n]{1,40}\|>|\[/?INST\]|<</?SYS>>|</?(?:system|passage)\b",
    re.IGNORECASE | re.MULTILINE,
)
#: What the line after is announced by: a colon, or a quotation that is still open.
_TO_COME = re.compile(r":[\s\"“'*_]*$|[“«][^”»]*$")
#: Letters of other alphabets that look like those of ours.
_LOOK_ALIKES = str.maketrans(
    "асеорхуіјѕһԁԛѡАВСЕНІКМОРТХУЅЈοαινρυκΑΒΕΗΙΚΜΝΟΡΤΥΧΖ", "aceopxyijshdqwABCEHIKMOPTXYSJoaivpukABEHIKMNOPTYXZ"
)

Span = tuple[int, int]


# The same sentences are read again with every question that finds their passage.
@lru_cache(maxsize=8192)
def is_addressed(text: str) -> bool:
    """Whether a text tells the assistant what to do, or speaks as a party of its conversation."""
    text = visible(text)
    if _ROLE.search(text):
        return True
    plain = fold(unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKES))
    return _ADDRESSED.search(f" {' '.join(_SYLLABLE.findall(plain))} ") is not None


def injected(document: Document, passage: Passage) -> tuple[Span, ...]:
    """The spans of a passage that are addressed to the assistant, or are what they want it to say.

    From a sentence that is addressed to it to the end of the paragraph, and the next one where it is
    announced with a colon or within quotation marks.
    """
    return _injected(document.text, passage.start, passage.end)


@lru_cache(maxsize=2048)
def _injected(text: str, start: int, end: int) -> tuple[Span, ...]:
    found: list[Span] = []
    announced = False
    for line_start, line_end in _lines(text, start, end):
        spans = sentences(text, line_start, line_end)
        first = next((span[0] for span in spans if is_addressed(text[slice(*span)])), None)
        if announced and spans:
            first = line_start
        if first is not None:
            found.append((first, line_end))
        if spans:
            announced = not announced and first is not None and bool(_TO_COME.search(text[first:line_end]))
    return tuple(found)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        line_end = text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        yield start, line_end
        start = line_end + 1


def blanked(evidence: Evidence) -> Evidence:
    """``evidence`` with blanks for what is addressed to the assistant, titles included; no offset changes."""
    document, passage = evidence.document, evidence.passage
    text = document.text
    for start, end in injected(document, passage):
        text = text[:start] + " " * (end - start) + text[end:]
    title, heading = ("" if is_addressed(said) else said for said in (document.title, passage.heading))
    if (text, title, heading) == (document.text, document.title, passage.heading):
        return evidence
    inside = text[passage.start : passage.end]
    return replace(
        evidence,
        document=replace(document, text=text, title=title),
        passage=replace(passage, text=inside, heading=heading),
    )


def says_anything(document: Document, passage: Passage) -> bool:
    """Whether anything in a passage is not addressed to the assistant."""
    return any(char.isalnum() for char in elided(document, passage))


def elided(document: Document, passage: Passage) -> str:
    """The text of a passage with "[…]" for what is addressed to the assistant."""
    text, begin, parts = document.text, passage.start, []
    for start, end in injected(document, passage):
        parts += [text[begin:start], ELISION]
        begin = end
    return "".join([*parts, text[begin : passage.end]])


def touches(document: Document, passage: Passage, start: int, end: int) -> bool:
    """Whether ``start:end`` has something that is addressed to the assistant."""
    spans = injected(document, passage)
    return any(begin < end and start < stop for begin, stop in spans) or is_addressed(
        document.text[start:end]
    )
