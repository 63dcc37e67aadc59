"""Text that no editor would send: pieces of this domain's vocabulary in any order, and what must hold for all of it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from extract import Extractor
from extract.text import clean
from graph.schema import Document, Extraction

__all__ = ["MARKS", "NAMES", "PIECES", "VERBS", "check", "text_of", "texts"]

NAMES = (
    *("韩伯钧", "王 晓", "阿卜杜拉·本·赛义德", "John Smith", "习近平", "李", "太湖论坛", "第七届太湖论坛年会", "大会"),
    *(
        "2025世界智能大会",
        "首届滨海峰会",
        "该论坛",
        "分论坛",
        "云枢大学",
        "清华大学",
        "中科院",
        "我校",
        "该中心",
        "市委",
    ),
    *("苏州市人民政府", "云枢科技有限公司", "联合国教科文组织", "UNESCO", "《太湖倡议》", "“一带一路”倡议", "湖北武汉"),
    *("北京", "中方", "德", "国际会展中心", "联盟", "双方", "党委副书记、校长", "院士", "CEO", "教授", "副市长"),
)
VERBS = (
    *(
        "主办",
        "联合主办",
        "承办",
        "协办",
        "指导单位：",
        "致辞",
        "作主旨演讲",
        "出席",
        "未能出席",
        "将于",
        "签署合作协议",
    ),
    *("签署", "发布", "发起", "成立", "揭牌", "加入", "成员单位包括", "在", "举行", "由", "与", "和", "等", "的", "任"),
    *("当选", "会见", "（以下简称“", "以下简称", "简称", "英文", "表示", "主持", "同期举办", "之一", "期间", "题为"),
    *("7月26日至28日", "昨天"),
)
MARKS = (
    *"，。、；：！？,.;:!?“”‘’\"'《》〈〉（）()[]【】{}<>/|·—-–~…",
    *("\n", "\r\n", "\t", " ", "\u3000", "\u200b", "\u202e", "\ufeff", "\x00", "\x0b", "\x85", "\u2028"),
    *("0", "7", "2025", "99999999999999999999", "第", "届", "年", "月", "日", "①", "Ⅷ", "½", "ﬀ", "İ", "ß", "\u0301"),
    *("😀", "👩\u200d🔬", "𠮷", "\ud83d", "\udc00", "\ue001", "\ue003", "\uf8ff", "\uffff", "\U0010ffff", "ا", "안"),
    *("<p>", "</p>", "<br/>", "<a href='x'>", "<!--", "-->", "&nbsp;", "&#55357;", "&#x0;", "&amp;", "<"),
    *("/n, ", "], [", "\\", "$", "^", "*", "\\1", "{P}", "%s", "論壇", "習", "論(lun) 壇(tan) "),
)

PIECES = (*NAMES, *VERBS, *MARKS)


def text_of(data: bytes) -> str:
    """A piece for each byte that is the number of one; the bytes beyond give the character of the two that follow."""
    pieces, place = [], 0
    while place < len(data):
        number = data[place]
        place += 1
        if number < len(PIECES):
            pieces.append(PIECES[number])
        else:
            pieces.append(chr(int.from_bytes(data[place : place + 2], "big")))
            place += 2
    return "".join(pieces)


pieces = st.one_of(st.sampled_from(NAMES), st.sampled_from(VERBS), st.sampled_from(MARKS), st.characters())
texts = st.one_of(
    st.lists(pieces, max_size=60).map("".join),
    # The same few pieces over and over: lists and nests of them.
    st.tuples(st.lists(pieces, min_size=1, max_size=4), st.integers(1, 60)).map(
        lambda pair: "".join(pair[0]) * pair[1]
    ),
)


def check(extractor: Extractor, text: str) -> Extraction:
    """Extract from a text and raise AssertionError where the result is not what it must be for any text."""
    document = Document("hostile", text, date="2025-07-26")
    cleaned = clean(text)
    assert len(cleaned.text) == len(cleaned.offsets)
    assert all(a < b for a, b in pairwise(cleaned.offsets))
    assert all(0 <= offset < len(text) for offset in cleaned.offsets)
    found = extractor.extract(document)
    found.validate()  # ends, their types, mentions within the text, quotes at their places
    assert found.to_json() == extractor.extract(document).to_json()
    for entity in found.entities:
        assert entity.name.strip() and entity.mentions
        assert len({entity.name, *entity.aliases}) == 1 + len(entity.aliases)
    for relation in found.relations:
        assert relation.head != relation.tail
        assert 0 <= relation.confidence <= 1
    return found
