from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity import canonical_key, claim_id, document_id, entity_id, mention_id
from graph.schema import EntityType

F, O, P, I, L = (  # noqa: E741
    EntityType.FORUM,
    EntityType.ORGANIZATION,
    EntityType.PERSON,
    EntityType.INITIATIVE,
    EntityType.PLACE,
)


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        (P, "阿莱娜·维特", "阿莱娜•维特"),
        (P, "阿莱娜·维特", "阿莱娜 维特"),
        (P, "Alena Witt", "ALENA　WITT"),
        (I, "《星河计划》", "“星河计划”"),
        (I, "星河计划", "「星河计划」"),
        (O, "云溪科学院（集团）", "云溪科学院(集团)"),
        (F, "ＷＡＩＣ ２０３１", "waic 2031"),
        (O, "Straße", "STRASSE"),
    ],
)
def test_spellings_of_one_name_share_an_id(type: EntityType, one: str, other: str) -> None:
    assert entity_id(type, one) == entity_id(type, other)


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        (F, "2031云溪智能论坛", "2032云溪智能论坛"),
        (F, "第五届云溪智能论坛", "第六届云溪智能论坛"),
        (F, "云溪智能论坛", "2031云溪智能论坛"),
        (O, "北原人工智能研究院", "南原人工智能研究院"),
        (L, "云溪市", "云溪县"),
        (O, "C语言协会", "C++语言协会"),
    ],
)
def test_different_names_stay_apart(type: EntityType, one: str, other: str) -> None:
    assert entity_id(type, one) != entity_id(type, other)


def test_one_name_of_two_types_is_two_entities() -> None:
    assert entity_id(O, "云溪") != entity_id(L, "云溪")


@pytest.mark.parametrize(("type", "letter"), [(P, "p"), (O, "o"), (F, "f"), (I, "i"), (L, "l")])
def test_ids_tell_their_type(type: EntityType, letter: str) -> None:
    assert re.fullmatch(letter + "-[0-9a-f]{16}", entity_id(type, "云溪"))


def test_ids_do_not_change_between_versions() -> None:
    """Ids are in exports, links and bookmarks: whoever changes them must mean to, and raise IDENTITY_VERSION."""
    assert entity_id(F, "2031云溪智能论坛") == "f-ae2c50b99a627f44"
    assert document_id("news/1.txt") == "d-f2da8832e281a3ee99cf"


def test_a_name_of_nothing_but_marks_keeps_a_key() -> None:
    assert canonical_key(I, "《》") == "《》"
    assert entity_id(I, "《》") != entity_id(I, "“”")


@given(st.text(min_size=1))
def test_every_name_has_a_key_and_the_key_is_its_own(name: str) -> None:
    key = canonical_key(P, name)
    assert key
    assert canonical_key(P, key) == key


@given(st.text(alphabet=st.characters(categories=("Lo", "Lu", "Ll", "Nd")), min_size=1), st.integers(0, 20))
def test_spaces_and_quotation_marks_inside_a_name_do_not_count(name: str, at: int) -> None:
    assert canonical_key(O, f"{name[:at]}” {name[at:]}") == canonical_key(O, name)


def test_ids_of_one_documents_names_and_claims_are_its_own() -> None:
    one, other = document_id("a/1.txt"), document_id("b/1.txt")
    assert one != other
    assert mention_id(one, P, "林知远") != mention_id(other, P, "林知远")
    assert claim_id(one, "{}") != claim_id(other, "{}")
