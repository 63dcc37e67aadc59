"""Pairs proposed for review: what is, what never is, in what order, and how their number grows."""

from __future__ import annotations

import json
from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.candidates import LOWEST_SCORE, Candidate, Post, Profile, RepeatedProfile, apart, find_candidates
from graph.candidates.quality import BANDS, BadCandidatesGold, CandidateScore, evaluate_candidates, read_cases
from graph.schema import EntityType

F, O, P, I, L = (  # noqa: E741
    EntityType.FORUM,
    EntityType.ORGANIZATION,
    EntityType.PERSON,
    EntityType.INITIATIVE,
    EntityType.PLACE,
)
GOLD = Path(__file__).resolve().parents[1] / "gold" / "identity"


def candidate(one: Profile, other: Profile, *others: Profile, lowest: float = LOWEST_SCORE) -> Candidate | None:
    """The candidate of the first two."""
    ids = sorted((one.id, other.id))
    found = find_candidates([one, other, *others], lowest=lowest)
    return next((each for each in found if [each.a, each.b] == ids), None)


def bare(type: EntityType, *names: str) -> list[Profile]:
    """Entities of which only one name each is known."""
    return [Profile(str(place), type, (name,)) for place, name in enumerate(names)]


def points(found: Candidate | None) -> dict[str, float]:
    """The points of a candidate's features, by their names."""
    assert found is not None
    return {feature.name: feature.points for feature in found.features}


@pytest.mark.parametrize(
    ("type", "one", "other", "kind"),
    [
        (O, "云信院", "云溪信息通信研究院", "abbreviation"),
        (O, "云溪科学院深海所", "云溪科学院深海科学与工程研究所", "abbreviation"),
        (O, "美财政部", "美国财政部", "country"),
        (O, "WDTA", "World Digital Technology Academy", "acronym"),
        (O, "星桥智能", "星桥智能集团", "tail"),
        (O, "金砖机制", "金砖合作机制", "words"),
        (O, "云溪市数字经济促近中心", "云溪市数字经济促进中心", "typo"),
        (O, "伦敦希斯罗机场", "伦敦希思罗机场", "sound"),
        (O, "湖南省博物院", "湖南博物院", "spelling"),
        (F, "第五届云湾科技论坛", "2031年云湾科技论坛", "edition"),
        (F, "2031年第五届云湾科技论坛", "2031年云湾科技论坛", "edition"),
        (F, "第八届云港会", "第八届云港国际港口大会", "abbreviation"),
        (I, "提振消费行动", "提振消费专项行动", "words"),
        (I, "巴黎协定", "巴黎气候协定", "title"),
        (L, "埃特纳火山", "意大利埃特纳火山", "place"),
        (P, "拉赫蒙", "埃莫马利·拉赫蒙", "part"),
    ],
)
def test_names_that_may_be_of_one_thing_are_proposed(type: EntityType, one: str, other: str, kind: str) -> None:
    found = candidate(*bare(type, one, other))
    assert found is not None and found.features[0].name == kind
    assert one in found.features[0].value and other in found.features[0].value


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        (O, "云溪市第一人民医院", "云溪市第二人民医院"),
        (O, "中国第十批赴黎维和部队", "中国第十一批赴黎维和部队"),
        (O, "北京人工智能研究院", "南京人工智能研究院"),
        (O, "湖北省人工智能学会", "武汉市人工智能学会"),
        (O, "太平洋舰队", "西太平洋舰队"),
        (O, "云溪市城东区教育局", "云溪市城西区教育局"),
        (O, "中国科学院", "中国科学院大学"),
        (O, "清华大学", "清华大学附属中学"),
        (O, "云溪科学院物理研究所", "云溪科学院高能物理研究所"),
        (O, "云溪科学院动物研究所", "云溪科学院植物研究所"),
        (O, "云溪大学", "云溪师范大学"),
        (O, "北京大学", "北京师范大学"),
        (O, "星桥集团", "星桥汽车"),
        (F, "2031云湾智能论坛", "2032云湾智能论坛"),
        (F, "第五届云湾智能论坛", "第六届云湾智能论坛"),
        (F, "云湾智能论坛", "2031云湾智能论坛"),
        (F, "十四届全国人大三次会议主席团第一次会议", "十四届全国人大一次会议主席团第三次会议"),
        (F, "2031云湾大会青年论坛", "2031云湾大会女科学家论坛"),
        (F, "2031云湾大会", "2031云湾大会青年论坛"),
        (F, "男子500米决赛", "女子500米决赛"),
        (F, "第十五届全运会", "第十五届全国冬季运动会"),
        (F, "2031云湾大会开幕式系列活动", "2031云湾大会闭幕式系列活动"),
        (I, "“十四五”数字经济发展规划", "“十五五”数字经济发展规划"),
        (I, "互联网发展报告2023", "互联网发展报告2024"),
        (I, "“十五五”规划", "“十五五”规划建议"),
        (I, "全球治理倡议", "全球人工智能治理倡议"),
        (I, "《意见》", "《规划》"),
        (L, "吉林省", "吉林市"),
        (P, "王伟", "王炜"),
        (P, "欧阳明", "欧阳明高"),
    ],
)
def test_what_convention_tells_apart_is_never_proposed_whatever_it_shares(
    type: EntityType, one: str, other: str
) -> None:
    shared = tuple(f"n{number}" for number in range(5))
    posts = (Post("云溪大学", "校长"),) if type is P else ()
    first, second = (
        Profile(id, type, (name,), 3, posts, neighbours=shared, first_date="2031-05-01", last_date="2031-05-02")
        for id, name in (("a", one), ("b", other))
    )
    assert find_candidates([first, second]) == []
    assert find_candidates([second, first], lowest=0) == []


def test_a_vague_name_is_proposed_for_nothing() -> None:
    assert find_candidates(bare(O, "市委", "管委会", "武汉市委", "研究院", "云溪研究院"), lowest=0.05) == []


def test_a_short_form_that_fits_several_is_each_of_them_with_a_share_of_the_odds() -> None:
    alone = candidate(*bare(O, "云信院", "云溪信息通信研究院"))
    among = candidate(*bare(O, "云信院", "云溪信息通信研究院", "云溪信用研究院"), lowest=0)
    assert alone is not None and among is not None and alone.score > among.score
    assert points(among)["rivals"] == -1


def test_a_translation_is_proposed_only_where_documents_show_it() -> None:
    latin, chinese = "Northlake Robotics", "北湖机器人"
    assert candidate(*bare(O, latin, chinese)) is None
    shared = ("p-1", "f-1", "o-1")
    one, other = (Profile(name, O, (name,), neighbours=shared) for name in (latin, chinese))
    found = candidate(one, other)
    assert points(found) == {"script": -4.0, "neighbours": 3.0}


def test_an_edition_told_by_ordinal_and_by_year_is_one_where_the_dates_agree() -> None:
    told = [
        Profile("o", F, ("第十五届夏季达沃斯论坛",), first_date="2024-06-20", last_date="2024-06-28"),
        Profile("p", F, ("第十四届夏季达沃斯论坛",), first_date="2023-06-20", last_date="2023-06-28"),
        Profile("y", F, ("2024年夏季达沃斯论坛",), first_date="2024-06-24", last_date="2024-06-24"),
    ]
    assert [(each.a, each.b) for each in find_candidates(told)] == [("o", "y")]


def person(
    id: str, name: str, *posts: Post, documents: int = 1, year: str = "2031", **more: tuple[str, ...]
) -> Profile:
    return Profile(id, P, (name,), documents, posts, first_date=f"{year}-03-01", last_date=f"{year}-04-01", **more)


def test_people_of_one_name_are_likelier_one_the_closer_their_posts() -> None:
    dean = person("a", "李文波", Post("云溪大学智能学院", "院长"))
    scores = [
        candidate(dean, person("b", "李文波", post), lowest=0)
        for post in (
            Post("云溪大学智能学院（筹）", "院长"),
            Post("云溪大学", "教授"),
            Post("澜海研究所", "研究员"),
            Post("澜海重工集团", "总经理"),
        )
    ]
    found = [each.score for each in scores if each is not None]
    assert len(found) == 4 and found == sorted(found, reverse=True) and found[0] > 0.7 and found[-1] < LOWEST_SCORE


def test_a_rare_name_counts_more_than_a_common_one() -> None:
    posts = Post("云溪大学", "教授"), Post("澜海研究所", "研究员")
    rare, usual, common = (
        candidate(person("a", name, posts[0]), person("b", name, posts[1]), lowest=0)
        for name in ("宓书言", "李文波", "王伟")
    )
    assert rare is not None and usual is not None and common is not None
    assert rare.score > usual.score > common.score and common.score < LOWEST_SCORE


def test_posts_in_other_places_or_at_the_same_time_speak_against() -> None:
    here = person("a", "宓书言", Post("武汉市教育局", "局长"))
    assert points(candidate(here, person("b", "宓书言", Post("沈阳市教育局", "科长")), lowest=0))["place"] < 0
    assert points(candidate(here, person("b", "宓书言", Post("国家教育中心", "主任")), lowest=0))["time"] < 0
    later = person("b", "宓书言", Post("国家教育中心", "主任"), year="2032")
    assert points(candidate(here, later, lowest=0))["time"] > 0


def test_who_is_at_related_things_with_people_of_one_name_shares_them() -> None:
    aide, same_aide = person("p1", "尉迟远"), person("p2", "尉迟远", year="2033")
    one, other = (
        Profile("o1", O, ("云溪署",), neighbours=("p1",)),
        Profile("o2", O, ("Yunxi Agency",), neighbours=("p2",)),
    )
    assert points(candidate(one, other, aide, same_aide, lowest=0))["neighbours"] > 0


def test_a_bearer_of_a_name_without_a_post_goes_to_the_best_known_one() -> None:
    known, other = (
        person("k", "宓书言", Post("云溪大学", "校长"), documents=40),
        person("o", "宓书言", Post("澜海", "站长")),
    )
    lone = [person(f"l{number}", "宓书言") for number in range(3)]
    found = {(each.a, each.b) for each in find_candidates([known, other, *lone]) if "o" not in (each.a, each.b)}
    assert found == {("k", f"l{number}") for number in range(3)}


def test_scores_are_the_sum_of_their_points() -> None:
    for case in read_cases(GOLD / "candidates.jsonl"):
        for each in find_candidates(case.profiles, lowest=0):
            assert each.score == pytest.approx(1 / (1 + 2 ** -sum(part.points for part in each.features)), abs=1e-4)
            assert all(part.explanation and part.value for part in each.features)


def test_two_profiles_of_one_id_and_a_profile_without_a_name_are_refused() -> None:
    with pytest.raises(RepeatedProfile, match="'0'"):
        find_candidates(bare(O, "云溪大学") + bare(O, "云溪中学"))
    with pytest.raises(ValueError, match="profile 'x': it has no name"):
        Profile("x", O, ())


PARTS = (
    ("", "第五届", "第六届", "2031年", "2032年"),
    ("", "北京", "南京", "湖北省", "武汉", "美国", "美"),
    ("", "青年", "第一", "第二", "东", "国际"),
    ("云湾", "云溪科技", "澜海信息通信", "一带一路"),
    ("大学", "大会", "论坛", "研究院", "集团", "发展规划", "大学附属中学"),
)
NAMES = st.tuples(*map(st.sampled_from, PARTS)).map("".join)
PEOPLE = st.sampled_from(
    ["王伟", "王炜", "宓书言", "埃隆·马斯克", "马斯克", "古特雷斯", "Elon Musk", "弗拉基米尔·普京"]
)
IDS = st.sampled_from(["n1", "n2", "n3", "n4"])
DATES = st.sampled_from(["2031-05-01", "2031-11-30", "2034-02-28"])


@st.composite
def universes(draw: st.DrawFn) -> list[Profile]:
    """Up to a dozen profiles of names that are often near each other."""
    profiles = []
    for number in range(draw(st.integers(2, 12))):
        type = draw(st.sampled_from([F, O, P, I, L]))
        names = draw(st.lists(PEOPLE if type is P else NAMES, min_size=1, max_size=2, unique=True))
        posts = draw(st.lists(st.builds(Post, NAMES, st.sampled_from([None, "校长", "部长"])), max_size=2))
        dates = sorted(draw(st.lists(DATES, min_size=2, max_size=2)))
        profiles.append(
            Profile(
                f"{number:02}",
                type,
                tuple(names),
                draw(st.integers(1, 30)),
                tuple(posts) if type is P else (),
                neighbours=tuple(draw(st.lists(IDS, max_size=3, unique=True))),
                first_date=dates[0],
                last_date=dates[1],
            )
        )
    return profiles


@given(universes(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_candidates_are_the_same_for_any_order_sorted_and_each_pair_stands_once(
    universe: list[Profile], random
) -> None:  # type: ignore[no-untyped-def]
    found = find_candidates(universe)
    shuffled = universe[:]
    random.shuffle(shuffled)
    assert find_candidates(shuffled) == found
    assert found == sorted(found, key=lambda each: (-each.score, each.a, each.b))
    assert len({(each.a, each.b) for each in found}) == len(found)
    assert all(each.a < each.b and LOWEST_SCORE <= each.score <= 1 for each in found)


@given(universes())
@settings(max_examples=80, deadline=None)
def test_what_is_apart_is_never_proposed_and_apart_has_no_direction(universe: list[Profile]) -> None:
    by_id = {each.id: each for each in universe}
    for each in find_candidates(universe, lowest=0):
        assert apart(by_id[each.a], by_id[each.b]) is None
        assert by_id[each.a].type is by_id[each.b].type
    for one, other in permutations(universe[:4], 2):
        assert apart(one, other) == apart(other, one)


@given(universes())
@settings(max_examples=40, deadline=None)
def test_ids_decide_nothing_but_the_order(universe: list[Profile]) -> None:
    def renamed(profile: Profile) -> Profile:
        return Profile(
            f"{99 - int(profile.id):02}",
            profile.type,
            profile.names,
            profile.documents,
            profile.posts,
            profile.forums,
            profile.neighbours,
            profile.first_date,
            profile.last_date,
        )

    # Of equally well-known bearers of a name without posts the smaller id stands for all: people are left out here.
    universe = [each for each in universe if each.type is not P]
    scores = Counter(each.score for each in find_candidates(universe))
    assert Counter(each.score for each in find_candidates(map(renamed, universe))) == scores


def test_the_number_of_candidates_grows_with_the_number_of_entities_and_not_its_square() -> None:
    def universe(size: int) -> list[Profile]:
        """Bearers of one name, editions of one series, and bodies that share all words but two."""
        first = [chr(0x4E00 + 7 * number) for number in range(400)]
        bodies = [f"云溪{first[n % 400]}{first[n * 7 % 400]}信息技术研究院" for n in range(size)]
        forums = [f"第{number + 1}届云湾智能论坛" for number in range(size)]
        lone = [person(f"l{number}", "宓书言") for number in range(size)]
        posted = [
            person(f"q{n}", "宓书言", Post(f"{first[n % 400]}{first[n * 3 % 400]}署", "处长")) for n in range(size)
        ]
        return [
            *(Profile(f"b{number}", O, (name,)) for number, name in enumerate(bodies)),
            *(Profile(f"f{number}", F, (name,)) for number, name in enumerate(forums)),
            *lone,
            *posted,
        ]

    small, large = (len(find_candidates(universe(size), lowest=0)) for size in (60, 240))
    assert small > 0 and large <= 5 * small


def test_the_figures_on_the_gold_cases_do_not_fall_below_the_recorded_ones() -> None:
    quality = evaluate_candidates(GOLD / "candidates.jsonl")
    found, recorded = quality.to_json(), json.loads((GOLD / "figures.json").read_text("utf8"))["candidates"]
    for figure in ("precision", "recall"):
        assert found["pairs"][figure] >= recorded["pairs"][figure], (figure, quality.errors)
    assert found["kinds"].keys() == recorded["kinds"].keys()
    assert quality.bands[BANDS[-1]].precision >= 0.95


def test_the_gold_cases_are_many_and_hold_traps_of_every_type() -> None:
    cases = list(read_cases(GOLD / "candidates.jsonl"))
    types = Counter((case.profiles[0].type, case.same) for case in cases)
    assert len(cases) >= 150 and types[P, True] + types[P, False] >= 60
    assert all(types[type, same] for type in (F, O, P, I, L) for same in (True, False))


def test_all_gold_cases_in_one_universe_are_found_too() -> None:
    """What is found does not hang on having two profiles only: keys that many share still lead to the pair."""
    same: list[frozenset[str]] = []
    everything: list[Profile] = []
    for number, case in enumerate(read_cases(GOLD / "candidates.jsonl")):
        named = {each.id: f"{number}-{each.id}" for each in case.profiles}
        if case.profiles[0].type is P:
            continue  # cases of people share names with each other
        for each in case.profiles:
            near = tuple(f"{number}-{id}" for id in each.neighbours)
            everything.append(
                Profile(
                    named[each.id],
                    each.type,
                    each.names,
                    each.documents,
                    neighbours=near,
                    first_date=each.first_date,
                    last_date=each.last_date,
                )
            )
        if case.same:
            same.append(frozenset(named[each.id] for each in case.profiles[:2]))
    found = {frozenset((each.a, each.b)) for each in find_candidates(everything)}
    assert sum(pair in found for pair in same) >= 0.9 * len(same)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "line 2: "),
        ('{"kind": "k", "same": true}', "line 2: no key 'profiles'"),
        ('{"kind": "k", "same": true, "profiles": [{"id": "a", "type": "Place", "names": ["甲"]}]}', "two profiles"),
        ('{"kind": "k", "same": true, "profiles": [{"id": "a", "type": "Town", "names": ["甲"]}]}', "'Town'"),
        ('{"kind": "k", "same": true, "profiles": [{"id": "a", "type": "Place", "name": ["甲"]}]}', "name"),
    ],
)
def test_a_case_that_breaks_the_format_is_refused_with_its_line(tmp_path: Path, line: str, problem: str) -> None:
    profiles = '[{"id": "a", "type": "Place", "names": ["甲"]}, {"id": "b", "type": "Place", "names": ["乙"]}]'
    (tmp_path / "c.jsonl").write_text(f'{{"kind": "k", "same": false, "profiles": {profiles}}}\n{line}\n', "utf8")
    with pytest.raises(BadCandidatesGold, match=problem):
        list(read_cases(tmp_path / "c.jsonl"))


def test_precision_counts_what_is_proposed_and_recall_what_is_the_same() -> None:
    score = CandidateScore(right=3, wrong=1, missed=2, apart=5)
    assert (score.precision, score.recall) == (0.75, 0.6)
    assert (CandidateScore().precision, CandidateScore().recall) == (1.0, 1.0)
