"""Which body a name denotes (机构): its full name, with short forms, local tails and company tails written out.

中科院 = 中国科学院                  but not 中国科学院大学, which begins so
武汉市科技局 = 湖北省武汉市科学技术局
云枢科技有限公司 = 云枢科技            but not 云枢科技集团: a group and its daughter stay apart
市委, 管委会, 研究院                 vague: which one, only the document tells
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from graph.names import lexicon
from graph.names.known import ORGANIZATION_LEXICONS
from graph.names.places import division, is_ambiguous_place, place_key
from graph.names.spelling import fold, plain

__all__ = [
    "is_known_organization",
    "is_vague_organization",
    "organization_key",
    "with_artificial_intelligence",
    "written_out",
]

_AI = re.compile(r"(?<![a-z])ai(?![a-z])")
_LATIN_COMPANY = re.compile(
    r"(?<=[A-Za-z.])[,\s]+(?:co\.?,?\s*ltd|inc|corp|corporation|company|ltd|limited|llc|plc|gmbh)\.?$", re.IGNORECASE
)
_COMPANY = re.compile(r"(?<![分子总母省市区县州家])(?:有限责任公司|有限公司|株式会社|公司)$")
_PARTY = re.compile(r"^(?:中共|中国共产党)(?=.+委(?:员会)?$)")
_CONSULTATIVE = re.compile(r"^中国人民政治协商会议(.+)委员会$")
_TAILS = (
    (re.compile(r"专委会$"), "专业委员会"),
    (re.compile(r"管委会$"), "管理委员会"),
    (re.compile(r"组委会$"), "组织委员会"),
    (re.compile(r"评委会$"), "评审委员会"),
    (re.compile(r"(?<!大)使馆$"), "大使馆"),
)
# Tails of a local body that make it the one of its place, however the place is written: 武汉科技局, 武汉市科技局.
_AUTHORITY = re.compile(r"(?:厅|政协|局|委员会|政府|办公室|办公厅|法院|检察院|人民代表大会|部|总工会|联合会)$")
_HEAD = (
    "(?:大学|学院|学校|医院|银行|公司|集团|企业|协会|学会|商会|研究会|联合会|联盟|委员会|组织委员会|管理委员会|评审委员会|"
    "组委会|管委会|评委会|专委会|"
    "研究院|研究所|研究中心|实验室|重点实验室|中心|基金会|理事会|秘书处|党委|党组|总部|分院|平台|园区|基地|大使馆|领事馆)"
)
_VAGUE = re.compile(
    rf"(?:[本该省市区县州旗校院]|自治区|自治州|新区|开发区|国家|人工智能|大会|论坛|峰会)*(?:{_HEAD}|委|政府|人民政府)"
)
_LOCAL = re.compile(r"^(?:省|市|区|县|州|旗|自治区|自治州)(?=.)")


@lru_cache(maxsize=65_536)
def organization_key(name: str) -> str:
    """The key of the organisation that a name denotes."""
    folded = fold(_LATIN_COMPANY.sub("", plain(name)))
    return _written_out(folded) if len(folded) > 1 else folded


@lru_cache(maxsize=65_536)
def is_vague_organization(name: str) -> bool:
    """Whether many bodies have this name, so that it denotes one only within its document: 市委, 朝阳区人民政府."""
    folded = fold(plain(name))
    if folded in _full() or folded in _short():
        return False
    if _VAGUE.fullmatch(folded) or _LOCAL.sub("", folded) in _tails() or folded in _shared():
        return True
    parts = ((folded[:size], folded[size:]) for size in range(len(folded) - 1, 1, -1))
    places = (place for place, tail in parts if tail in _authorities())
    return next((is_ambiguous_place(place) for place in places if division(place) or is_ambiguous_place(place)), False)


def is_known_organization(key: str) -> bool:
    """Whether a key, as `organization_key` makes it, is that of a body in the lexicons."""
    return key in _keys()


def with_artificial_intelligence(folded: str) -> str:
    """A folded Chinese name with AI written out."""
    return folded if folded.isascii() else _AI.sub("人工智能", folded)


def written_out(folded: str) -> str:
    """A folded name with a well-known body at its head by its full name: 中科院计算所 → 中国科学院计算所."""
    for size in range(min(len(folded) - 1, 16), 1, -1):
        head = folded[:size]
        if head in _full():
            return folded
        if head in _short():
            return folded if _short()[head] in _companies() else _short()[head] + folded[size:]
    return folded


def _written_out(folded: str) -> str:
    if (known := _known(folded)) is not None:
        return known
    if (local := _local(folded)) is not None:
        return local
    folded = with_artificial_intelligence(folded)
    if (known := _known(folded)) is None and (known := _known(folded := written_out(folded))) is None:
        for tail, long in _TAILS:
            folded = tail.sub(long, folded)
        return _company(folded)
    return known


def _known(folded: str) -> str | None:
    """The key of a body in the lexicons by its full or a short name, with a company's tail or without."""
    for name in dict.fromkeys((folded, _company(folded))):
        if name in _full():
            return _company(_full()[name])
        if name in _short():
            return _company(_short()[name])
    state = _short().get(folded.removeprefix("中国").removeprefix("中华人民共和国"), "")
    return state if state.startswith("中华人民共和国") else None


def _company(folded: str) -> str:
    stem = _COMPANY.sub("", folded)
    return stem if len(stem) > 1 and place_key(stem) is None and not is_ambiguous_place(stem) else folded


def _local(folded: str) -> str | None:
    """The key of an authority of a place: the place's key and the full tail."""
    consultative = _CONSULTATIVE.match(folded)
    if consultative is not None:
        place = division(consultative[1])
        return f"{place.key} 政协" if place else None
    folded = _PARTY.sub("", folded)
    for size in range(len(folded) - 1, 1, -1):
        full = _authorities().get(folded[size:])
        place = division(folded[:size]) if full else None
        if place:
            return f"{place.key} {full}"
    return None


@cache
def _authorities() -> dict[str, str]:
    """Full tail of a local authority by its full and short tails, where one full tail only has the short one."""
    return {
        form: next(iter(full)) for form, full in _tails().items() if len(full) == 1 and _AUTHORITY.search(min(full))
    }


@cache
def _tails() -> dict[str, set[str]]:
    """Full tails of local bodies by their full and short tails."""
    found: dict[str, set[str]] = defaultdict(set)
    for full, others in lexicon.load("local_bodies"):
        for form in (full, *lexicon.forms(others)):
            found[form].add(full)
    found |= {"管委会": {"管理委员会"}, "管理委员会": {"管理委员会"}}
    return found | {"委": {"委员会"}, "委员会": {"委员会"}, "政协": {"政协"}, "政协委员会": {"政协"}}


@cache
def _full() -> dict[str, str]:
    """Full names, also without a company's tail, folded; the value is the folded full name."""
    names = [fold(entry[0]) for file in ORGANIZATION_LEXICONS for entry in lexicon.load(file)]
    return {_COMPANY.sub("", name): name for name in names if len(_COMPANY.sub("", name)) > 2} | {n: n for n in names}


@cache
def _keys() -> frozenset[str]:
    return frozenset(_company(name) for name in _full().values())


@cache
def _short() -> dict[str, str]:
    """Short forms that name one body only, folded."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in ORGANIZATION_LEXICONS:
        for entry in lexicon.load(file):
            for form in lexicon.forms(entry[1]):
                found[fold(form)].add(fold(entry[0]))
    apart = _shared() | _tails().keys() | _full().keys()
    return {form: next(iter(full)) for form, full in found.items() if len(full) == 1 and form not in apart}


@cache
def _companies() -> frozenset[str]:
    """Full names of companies: what begins with the short name of one is mostly another (中国石油和化学工业联合会)."""
    return frozenset(fold(entry[0]) for file in ("companies", "media") for entry in lexicon.load(file))


@cache
def _shared() -> frozenset[str]:
    return frozenset(fold(entry[0]) for entry in lexicon.load("shared_forms"))
