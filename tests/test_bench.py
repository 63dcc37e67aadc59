"""``make bench``: all benchmarks in one run that says what failed, and a page that shows which goals are missed."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from articles import article
from lxml.html import HtmlElement, document_fromstring

from bench.__main__ import BENCHMARKS, Benchmark, main
from bench.goals import Ratio, ratios
from bench.identity import Copies, profiles
from bench.page import render
from graph.bulk import write_files
from graph.candidates import Post
from graph.schema import EntityType, Extraction

ROOT = Path(__file__).parents[1]
HOSTILE = "<script>alert(1)</script> & $x$"


def spread(least: float, median: float, most: float) -> dict[str, float]:
    return {"min": least, "median": median, "max": most}


def results(*found: Ratio, failed: dict[str, str] | None = None, quick: bool = False) -> dict[str, Any]:
    """What a run writes."""
    return {
        "huitu": "0.0.0",
        "date": "2031-05-18",
        "quick": quick,
        "machine": {"cores": 2},
        "ratios": [ratio.to_json() for ratio in found],
        "failed": failed or {},
        "seconds": {"exports": 1.5},
        "figures": {},
    }


SHARES = Ratio(
    "exports",
    "Speed of exports",
    {"csv": spread(0.7, 0.81, 0.9), "xlsx": spread(0.2, 0.23, 0.3), HOSTILE: spread(0.6, 0.71, 0.8)},
    0.7,
)
TIMES = Ratio("identity", "Time a document", {"resolution": spread(0.9, 1.1, 1.6)}, 1.5, at_least=False)
UNJUDGED = Ratio("extraction", "Speed beside another", {"one process": spread(4, 5, 6)}, None)


def parsed(page: bytes) -> HtmlElement:
    return document_fromstring(page.decode())


def text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_page_has_a_row_for_each_ratio_that_says_what_misses_its_goal() -> None:
    page = parsed(render(results(SHARES, TIMES, UNJUDGED)))
    rows = [[text(cell) for cell in row.findall("td")] for row in page.findall(".//tbody/tr")]
    assert rows[0][1:4] == ["≥ 0.7", "0.200", "0.710"]
    assert rows[0][5].startswith("missed") and "1 of 3: xlsx" in rows[0][5]
    assert rows[1] == ["Time a document", "≤ 1.5", "0.900", "1.10", "1.60", "met"]
    assert rows[2][1] == "–" and rows[2][5] == "no goal"
    assert "1 of 2 goals are met." in text(page)


def test_the_page_has_a_plot_of_each_ratio_with_its_goal() -> None:
    images = parsed(render(results(SHARES, TIMES))).findall(".//img")
    assert len(images) == 2
    kind, _, data = (images[0].get("src") or "").partition(",")
    plot = base64.b64decode(data).decode()
    assert kind == "data:image/svg+xml;base64"
    assert ">csv<" in plot and "the goal, at least 0.7" in plot
    assert "csv 0.810" in (images[0].get("alt") or "")


def test_nothing_in_the_page_acts_or_asks_another_host() -> None:
    hostile = Ratio(HOSTILE, HOSTILE, {HOSTILE: spread(1, 1, 1)}, 2)
    written = render(results(hostile, failed={HOSTILE: HOSTILE}))
    page = parsed(written)
    assert text(page).count(HOSTILE) >= 3
    assert not page.findall(".//script") and not page.findall(".//link")
    for image in page.findall(".//img"):
        plot = base64.b64decode((image.get("src") or "").partition(",")[2])
        assert b"<script" not in plot
    addresses = [value for each in page.iter() for name, value in each.items() if name in ("src", "href", "action")]
    assert all(value.startswith("data:") for value in addresses)


def test_the_page_says_what_failed_and_that_a_run_was_quick() -> None:
    shown = text(parsed(render(results(failed={"loading": "exit code 1"}, quick=True))))
    assert "loading failed: exit code 1" in shown
    assert "quick run" in shown


def test_the_same_results_give_the_same_page() -> None:
    assert render(results(SHARES, TIMES)) == render(results(SHARES, TIMES))


def test_a_ratio_reads_what_it_writes() -> None:
    assert Ratio.from_json(json.loads(json.dumps(SHARES.to_json()))) == SHARES


def test_one_case_that_misses_the_goal_means_that_it_is_missed() -> None:
    assert SHARES.missed == ("xlsx",) and SHARES.to_json()["met"] is False
    assert TIMES.missed == () and TIMES.to_json()["met"] is True
    assert UNJUDGED.missed == () and UNJUDGED.to_json()["met"] is None


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of modules that ``python -m`` finds: one measures something, one fails."""
    folder = tmp_path / "modules"
    folder.mkdir()
    found = {
        "share of bare Bolt": {"csv": spread(0.7, 0.8, 0.9)},
        "networkx's time as a multiple of ours": {"gexf": spread(2, 3, 4)},
    }
    (folder / "made_exports.py").write_text(
        "import pathlib, sys\n"
        "path = next(each.removeprefix('--json=') for each in sys.argv if each.startswith('--json='))\n"
        f"pathlib.Path(path).write_text({json.dumps(found)!r})\n"
        "print('what it prints')\n",
        "utf8",
    )
    (folder / "made_failure.py").write_text("raise SystemExit(3)\n", "utf8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return folder


@pytest.mark.usefixtures("modules")
def test_a_benchmark_that_fails_is_named_and_the_others_are_still_written(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out" / "bench"
    made = (Benchmark("loading", "made_failure"), Benchmark("exports", "made_exports"))
    assert main(["--out", str(out)], made) == 1
    printed = capfd.readouterr()
    assert "loading failed: exit code 3" in printed.err
    assert printed.out == ""
    written = json.loads((out / "results.json").read_text("utf8"))
    assert written["failed"] == {"loading": "exit code 3"}
    assert list(written["figures"]) == ["exports"]
    assert [ratio["met"] for ratio in written["ratios"]] == [True, True]
    assert written["machine"]["cores"] >= 1
    assert str(tmp_path) not in json.dumps(written)
    assert "loading failed: exit code 3" in text(parsed((out / "index.html").read_bytes()))


@pytest.mark.usefixtures("modules")
def test_only_what_is_chosen_is_run(tmp_path: Path) -> None:
    made = (Benchmark("loading", "made_failure"), Benchmark("exports", "made_exports"))
    assert main(["--out", str(tmp_path / "out"), "--only", "exports"], made) == 0
    with pytest.raises(SystemExit) as refused:
        main(["--only", "nothing"], made)
    assert refused.value.code == 2


def test_each_benchmark_is_a_module_that_the_documentation_tells_of() -> None:
    told = (ROOT / "docs" / "performance.md").read_text("utf8")
    for each in BENCHMARKS:
        assert (ROOT / f"{each.module.replace('.', '/')}.py").is_file()
        assert f"`{each.module}`" in told


def test_ratios_come_from_what_was_run_alone() -> None:
    assert list(ratios({})) == []


def opening(number: int) -> Extraction:
    """An article of its own day."""
    names = {
        "p1": "苏沐晨",
        "o1": f"云溪海棠{'甲乙丙丁戊己庚辛壬癸'[number]}研究院",
        "f1": f"第{number + 1}届云溪青禾论坛",
        "l1": "武汉市",
    }
    told = f"{names['f1']}在武汉市开幕，{names['o1']}院长苏沐晨致辞。"
    facts: list[tuple[str, str, str] | tuple[str, str, str, dict[str, object]]] = [
        ("SPEAKER_AT", "p1", "f1"),
        ("AFFILIATED_WITH", "p1", "o1", {"role": "院长"}),
        ("HELD_IN", "f1", "l1"),
    ]
    return article(f"d{number}", told, {**names}, facts, date=f"2031-05-{number + 1:02}")


def test_copies_are_about_other_things_on_later_days_and_the_same_each_time() -> None:
    originals = [opening(number) for number in range(10)]
    [*copied] = Copies(originals).copy(3)
    assert copied == [*Copies(originals).copy(3)]
    assert len({each.document.key for each in Copies(originals).take(4)}) == 40
    for original, copy in zip(originals, copied, strict=True):
        copy.validate()
        assert (copy.document.date or "") > "2031-05-10"
        assert len(copy.document.text) == len(original.document.text)
        assert copy.entities[0].name == "苏晨沐"
        assert [each.name for each in copy.entities if each.type is EntityType.PLACE] == ["武汉市"]
        assert [each.type for each in copy.relations] == [each.type for each in original.relations]
    assert {each.document.text for each in originals}.isdisjoint(each.document.text for each in copied)


def test_profiles_tell_of_each_entity_what_the_files_of_a_bulk_load_hold(tmp_path: Path) -> None:
    write_files(tmp_path, [opening(0)], read=lambda extraction: extraction)
    known = {profile.names[0]: profile for profile in profiles(tmp_path)}
    person, forum = known["苏沐晨"], known["第1届云溪青禾论坛"]
    assert person.posts == (Post("云溪海棠甲研究院", "院长", "2031-05-01", "2031-05-01"),)
    assert person.forums == (forum.id,)
    assert set(forum.neighbours) == {person.id, known["武汉市"].id}
    assert person.documents == 1 and person.first_date == "2031-05-01"
