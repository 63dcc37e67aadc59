"""What the posts of two people say for or against their being one (职务): bodies, places, titles, fields, times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.candidates import words
from graph.candidates.likeness import compare
from graph.candidates.readings import country_letters, places_in, read
from graph.candidates.records import Feature, Post, Profile
from graph.names import lexicon
from graph.names.spelling import fold, plain
from graph.schema import EntityType

__all__ = ["is_abroad", "post_features"]

_SAME_BODY, _PART_OF_BODY, _SAME_PLACE, _SAME_TITLE = 3.0, 2.0, 1.5, 1.0
_OTHER_PLACES, _OTHER_PROVINCES, _OTHER_FIELDS, _OTHER_BODIES = -2.0, -1.0, -1.5, -0.5
_MOVED, _AT_ONCE = 0.5, -0.5

_POSTS = 24
"""Posts of a person that are compared, the latest ones; more stem from wrong merges."""

_TITLES = re.compile(r"[、，,和兼及与]")
_TITLE_FORMS = {"外长": "部长", "防长": "部长", "财长": "部长"}
_FIELD_OF_BODY = {
    "school": "research",
    "institute": "research",
    "medical": "research",
    "company": "business",
    "government": "state",
}
_FIELD_OF_TITLE = (
    (re.compile("教授|研究员|院士|校长|学者|博士|医生|讲师|工程师"), "research"),
    (re.compile("董事|总经理|总裁|首席执行官|创始人|合伙人"), "business"),
    (re.compile("[市省区县州局厅处部]长|书记|总统|总理|外长|议员|大使|发言人|国王|主席"), "state"),
)
# Who leads a university or a state company may move to the state, who leads a province to another.
_LEADERS = re.compile("大学.*校长|科学院.*院长|书记")
_OFFICIALS = re.compile("省长|市长|书记|主席|部长")
# Seats that people of all fields hold beside their post.
_DELEGATES = re.compile("政协|人大$|人民代表大会$|政治协商会议|宣讲团|代表团")
_SIDE_TITLES = re.compile("委员|代表|顾问|理事|会员|成员|专家")


@dataclass(frozen=True, slots=True)
class _Seat:
    """A post as it is compared: its body, the provinces or countries named, its fields, the ends of its titles."""

    organization: str
    places: frozenset[str]
    fields: frozenset[str]
    titles: frozenset[str]
    side: bool


@lru_cache(maxsize=65_536)
def _seat(organization: str, role: str | None) -> _Seat:
    text = fold(plain(organization))
    places = {key.split(" ")[0] for key in places_in(text).values()} - {"中国"}
    if not places and len(text) > 3 and text[0] in country_letters():
        places = {country_letters()[text[0]]} - {"中国"}
    pieces = [organization + piece if len(piece) == 1 else piece for piece in _TITLES.split(role or "") if piece]
    titles = {_TITLE_FORMS.get(piece[-2:], piece[-2:]) for piece in pieces}
    fields = {field for pattern, field in _FIELD_OF_TITLE if role and pattern.search(role)}
    fields |= {field for kind, field in _FIELD_OF_BODY.items() if kind == words.head_kind(text)}
    if role and _LEADERS.search(organization + role):
        fields.add("state")
    side = _DELEGATES.search(text) or (pieces and all(_SIDE_TITLES.fullmatch(piece[-2:]) for piece in pieces))
    return _Seat(organization, frozenset(places), frozenset(fields), frozenset(titles), bool(side))


def is_abroad(profile: Profile) -> bool:
    """Whether all of a person's posts with a title are in other countries than China."""
    seats = [_seat(post.organization, post.role) for post in profile.posts if post.role]
    return bool(seats) and all(seat.places - _provinces() for seat in seats)


def post_features(one: Profile, other: Profile) -> Iterator[Feature]:
    """What the posts of two people say; nothing, where one has no post or only such as people of all fields hold."""
    ours, theirs = _posts(one), _posts(other)
    if not ours or not theirs:
        return
    seats = [[_seat(post.organization, post.role) for post in posts] for posts in (ours, theirs)]
    body = _bodies(*seats)
    same_place = sorted(_places(seats[0]) & _places(seats[1]))
    titles = sorted({title for a in seats[0] for b in seats[1] for title in a.titles & b.titles})
    if body is not None:
        yield body
    elif same_place:
        yield Feature("place", same_place[0], _SAME_PLACE, f"Posts in one place, {same_place[0]}.")
    else:
        # A post without a title is read from a looser phrase; it speaks for a person only.
        against = list(_unrelated(one, other, *([post for post in posts if post.role] for posts in (ours, theirs))))
        yield from against
        if any(feature.name == "place" for feature in against):
            return
    if titles:
        yield Feature("title", titles[0], _SAME_TITLE, f"Both are {titles[0]}.")


def _posts(profile: Profile) -> list[Post]:
    """The posts that count, the latest first."""
    posts = [post for post in profile.posts if not _seat(post.organization, post.role).side]
    posts.sort(key=lambda post: (post.organization, post.role or ""))
    return sorted(posts, key=lambda post: post.last_date or "", reverse=True)[:_POSTS]


def _places(seats: list[_Seat]) -> frozenset[str]:
    return frozenset(place for seat in seats for place in seat.places)


def _bodies(ours: list[_Seat], theirs: list[_Seat]) -> Feature | None:
    """The closest relation between the bodies of two people's posts."""
    pairs = sorted({(a.organization, b.organization) for a in ours for b in theirs})
    found = [(points, pair) for pair in pairs if (points := _relation(*pair))]
    if not found:
        return None
    points, pair = max(found)
    told = "Posts at a body and a part of it" if points == _PART_OF_BODY else "Posts at what is or may be one body"
    return Feature("body", " | ".join(pair), points, f"{told}.")


@lru_cache(maxsize=65_536)
def _relation(organization: str, other: str) -> float:
    """Points of posts at two bodies."""
    ours, theirs = (read(EntityType.ORGANIZATION, each) for each in (organization, other))
    if ours.vague or theirs.vague or _is_place(ours.text) or _is_place(theirs.text):
        return 0.0
    likeness = compare(EntityType.ORGANIZATION, ours, theirs)
    if likeness is not None and likeness.kind != "script":
        return _SAME_BODY
    short, long = sorted((ours.text, theirs.text), key=len)
    return _PART_OF_BODY if long.startswith(short) else 0.0


def _is_place(text: str) -> bool:
    return "".join(places_in(text)) == text


def _unrelated(one: Profile, other: Profile, ours: list[Post], theirs: list[Post]) -> Iterator[Feature]:
    """Against: posts at bodies that have nothing to do with each other."""
    if not ours or not theirs:
        return
    seats = [[_seat(post.organization, post.role) for post in posts] for posts in (ours, theirs)]
    places = [_places(each) for each in seats]
    fields = [frozenset(field for seat in each for field in seat.fields) for each in seats]
    times = [_time(one, ours), _time(other, theirs)]
    dated = all(all(time) for time in times)
    moved = dated and (times[0][1] < times[1][0] or times[1][1] < times[0][0])
    if all(places):
        official = all(any(_OFFICIALS.search(post.role or "") for post in posts) for posts in (ours, theirs))
        home = moved and official and all(each <= _provinces() for each in places)
        points = _OTHER_PROVINCES if home else _OTHER_PLACES
        yield Feature("place", " | ".join(min(each) for each in places), points, "Posts in different places.")
    if all(fields) and not fields[0] & fields[1]:
        yield Feature("field", " | ".join(min(each) for each in fields), _OTHER_FIELDS, "Posts of different fields.")
    elif not all(places):
        value = f"{ours[0].organization} | {theirs[0].organization}"
        yield Feature("body", value, _OTHER_BODIES, "Posts at different bodies.")
    if moved:
        yield Feature("time", "one after the other", _MOVED, "The posts are told of one after the other, as by a move.")
    elif dated:
        yield Feature("time", "at once", _AT_ONCE, "The posts are told of at the same time.")


def _time(profile: Profile, posts: list[Post]) -> tuple[str, str]:
    """First and last day on which documents tell of the posts; where they are unknown, of the person."""
    if all(post.first_date and post.last_date for post in posts):
        return min(post.first_date or "" for post in posts), max(post.last_date or "" for post in posts)
    return profile.first_date or "", profile.last_date or ""


@cache
def _provinces() -> frozenset[str]:
    return frozenset(fold(entry[0]) for entry in lexicon.load("places_cn") if entry[2] == "province")
