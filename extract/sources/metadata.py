"""Title, date, publisher and address of an article, where they are stated; nothing is guessed from the body."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from itertools import islice
from urllib.parse import urlsplit

__all__ = ["Metadata", "clean_date", "clean_line", "clean_url", "date_in_name", "read_head"]

_HEAD_LINES = 12  # non-empty lines at the top of an article among which the date stands
_TOP_LINES = 6  # and among these title and publisher; below, a digest names the publisher of its first item
_FOOT_LINES = 5  # a notice ends with its date on a line of its own
_TITLE = range(5, 121)  # characters

_DATE = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?:"
    r"\s?年\s?(1[0-2]|0?[1-9])\s?月\s?(3[01]|[12][0-9]|0?[1-9])\s?[日号號]"
    r"|([-/.．])(1[0-2]|0?[1-9])\4(3[01]|[12][0-9]|0?[1-9])(?![0-9]))"
)
_COMPACT = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(1[0-2]|0[1-9])(3[01]|[12][0-9]|0[1-9])(?![0-9])")
_PUBLISHED = re.compile(
    r"(?:发布|发表|公开|更新|刊发|出版|上传|添加|录入|發布|發佈|發表|刊登)(?:于|於|日期|时间|時間)?\s*[:：]?\s*$"
    r"|(?:^|[^\u4e00-\u9fff])(?:日期|时间|時間)\s*(?:\([a-z]*\))?\s*[:：]\s*$"
)
_EVENT = re.compile(
    r"(?:会议?|會議?|活动|活動|举办|舉辦|召开|报名|比赛|论坛|展|培训|截止|讲座)(?:日期|时间|時間)"
    r"|【[^】:：]*(?:日期|时间|時間)】"
)
_HEADER = re.compile(
    r"来源|來源|发布|發布|發佈|日期|时间|時間|作者|记者|記者|编辑|編輯|责编|責編|浏览|瀏覽|点击|點擊|阅读|閱讀|字号|字號|字体|"
    r"通讯员|供稿|稿源|打印|关闭|更新|文/|图/"
)
# "来源：X" at the head of an article; X ends at a bracket, a wide gap, a date or the next header field.
_SOURCE = re.compile(
    r"(?:来源|來源|稿源|发布机构|发布单位|發布單位)\s*[:：]\s*(\S[^:：。]*?)"
    r"(?=\s{2,}|[|｜【】\[\]（(）)<　]|\s*(?:19|20)[0-9]{2}[-/.年]|\s*$"
    r"|\s*(?:发布|發布|發佈|日期|时间|時間|作者|记者|記者|编辑|編輯|责编|責編|责任|責任|浏览|瀏覽|点击|點擊|阅读|閱讀"
    r"|字号|字號|字体|字體|通讯员|供稿|审核|访问|人气|更新|摄影))"
)
_ADDRESS = re.compile(
    r"(?:原文链接|原文地址|原文網址|原文网址|本文链接|本文网址|本页网址|URL)\s*[:：]\s*(https?://[^\s<>\"'，。）)]+)",
    re.IGNORECASE,
)
_NO_PUBLISHER = re.compile(r"本[站网刊报校網報](?:原创|综合)?|原创|原創|网络|互联网|網絡|网站|未知|综合|转载|其他")
_NO_TITLE = re.compile(
    r"[您你]?[的所现現当當][^，。]{0,3}位置|首页\s*[>|/»]|首頁\s*[>|/»]|\s[>»/]\s|://|(?:登录|注册|注销)$|^欢迎您|读完约|^\[导读"
    r"|[讯电訊電]\s?[(（](?:记者|記者|通讯|见习)|^(?:本报|本网|本報)讯"
)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_MARKDOWN = re.compile(r"^(?:#{1,6}|>|[●◆▲■★])\s*")
_UNTIL = re.compile(r"\s*(?:[—–~～至-]|到)")  # a period, not a day of publication
_LINE = 400  # characters of a line that are looked at
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a source states about itself; each field as in `graph.schema.Document`."""

    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None

    def or_else(self, other: Metadata) -> Metadata:
        """Return self with the gaps filled from `other`."""
        return Metadata(
            self.title or other.title, self.date or other.date, self.source or other.source, self.url or other.url
        )


def read_head(text: str) -> Metadata:
    """Return what the first lines of an article state: headline, publication date, publisher, address."""
    lines = _lines(text[:20_000], _HEAD_LINES)
    top = lines[:_TOP_LINES]
    return Metadata(_title(top), _date(lines) or _signed(text), _publisher(top), _address(lines))


def clean_date(value: object) -> str | None:
    """Return the first day in `value` as ``YYYY-MM-DD``, or None.

    Reads dates, ``2025-07-26T…``, 2025/7/26, 2025.07.26, 2025年7月26日, 20250726 and mail dates (Sat, 26 Jul 2025 …).
    """
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    text = str(value)
    found = _DATE.search(text)
    if found:
        return _day(found)
    found = _COMPACT.search(text)
    if found:
        return _iso(*found.groups())
    try:
        return parsedate_to_datetime(text[:100]).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def clean_line(value: object) -> str | None:
    """Return `value` on one line, without tags and outer white space; None where nothing is left."""
    return " ".join(_TAG.sub(" ", str(value)).split()) or None


def clean_url(value: object) -> str | None:
    """Return `value` if it is the address of a page (http or https, with a path or query), else None."""
    address = str(value).strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    whole = parts.scheme in {"http", "https"} and parts.netloc and (parts.path.strip("/") or parts.query)
    return address if whole and not re.search(r"\s", address) else None


def date_in_name(name: str) -> str | None:
    """Return the day in a file name (``cctv-20250726-4``, ``2025-07-26_会议``) as ``YYYY-MM-DD``, or None."""
    found = _COMPACT.search(name)
    if found:
        return _iso(*found.groups())
    found = _DATE.search(name)
    return _day(found) if found else None


def _day(found: re.Match[str]) -> str | None:
    return _iso(found[1], found[2] or found[5], found[3] or found[6])


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:  # 31 June
        return None


def _lines(text: str, limit: int) -> list[str]:
    """The first `limit` lines that hold something besides tags; wide gaps stay, since they separate fields."""
    plain = (html.unescape(_TAG.sub("  ", line)).strip()[:_LINE] for line in text.splitlines())
    return list(islice(filter(None, plain), limit))


def _title(lines: Sequence[str]) -> str | None:
    for line in lines:
        title = " ".join(_MARKDOWN.sub("", line).split())
        if (
            len(title) in _TITLE
            and len(_HAN.findall(title)) >= 4
            and not title.endswith(("。", "；", "，", ","))
            and not _NO_TITLE.search(title)
            and not _is_header(title)
        ):
            return title
        if len(line) > _TITLE.stop:  # the body has begun
            return None
    return None


def _is_header(line: str) -> bool:
    return len(_HEADER.findall(line)) >= 2 or bool(_DATE.search(line) and len(_DATE.sub("", line)) < 6)


def _date(lines: Sequence[str]) -> str | None:
    lines = [line for line in lines if not _EVENT.search(line)]
    for line in lines:
        for found in _DATE.finditer(line):
            if _PUBLISHED.search(line[: found.start()]) and not _UNTIL.match(line, found.end()):
                return _day(found)
    for line in lines:
        first = _DATE.search(line)
        if not first or len(line) > 120 or "。" in line or _UNTIL.match(line, first.end()):
            continue
        rest = line.replace(first[0], "")
        if _HEADER.search(rest) or len(rest) <= 24:
            return _day(first)
    return None


def _signed(text: str) -> str | None:
    for line in text[-1_000:].splitlines()[-_FOOT_LINES:]:
        if signed := _DATE.fullmatch(line.strip()):
            return _day(signed)
    return None


def _publisher(lines: Sequence[str]) -> str | None:
    for line in lines:
        found = _SOURCE.search(line) if len(line) <= 300 else None
        if found:
            name = found[1].strip(" “”\"'《》·-—,，;；")
            return name if 2 <= len(name) <= 40 and not _NO_PUBLISHER.fullmatch(name) else None
    return None


def _address(lines: Sequence[str]) -> str | None:
    for line in lines:
        found = _ADDRESS.search(line)
        if found:
            return clean_url(found[1])
    return None
