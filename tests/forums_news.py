"""Invented articles on three editions of one forum, for tests of questions: who took what part, what was signed."""

from __future__ import annotations

from articles import article

from graph.schema import Extraction

__all__ = ["forums_news"]

_F30, _F31, _F32 = "2030云溪智能论坛", "2031云溪智能论坛", "2032云溪智能论坛"


def forums_news() -> list[Extraction]:
    """Two editions that were held and one that is planned; a namesake; what is denied beside what is said."""
    return [
        article(
            "a/30.txt",
            "2030云溪智能论坛5月18日在云溪市举行，由云溪科学院主办，晨光大学联合主办，海岬研究所承办，北原学会支持。"
            "时任晨光大学副校长苏沐作题为“算力”的报告，海岬研究所所长韩若水致辞。林知远出席。"
            "会上云溪科学院与晨光大学签署合作备忘录。",
            {
                "f1": _F30,
                "l1": "云溪市",
                "o1": ("云溪科学院", "云科院"),
                "o2": "晨光大学",
                "o3": "海岬研究所",
                "o4": "北原学会",
                "p1": "苏沐",
                "p2": "韩若水",
                "p3": "林知远",
            },
            [
                ("HELD_IN", "f1", "l1", {"quote": "2030云溪智能论坛5月18日在云溪市举行", "date": "2030-05-18"}),
                ("HOSTED_BY", "f1", "o1", {"quote": "由云溪科学院主办", "role": "主办", "date": "2030-05-18"}),
                ("CO_HOSTED_BY", "f1", "o2", {"quote": "晨光大学联合主办", "role": "联合主办", "date": "2030-05-18"}),
                ("ORGANIZED_BY", "f1", "o3", {"quote": "海岬研究所承办", "role": "承办"}),
                ("SUPPORTED_BY", "f1", "o4", {"quote": "北原学会支持", "role": "支持"}),
                ("AFFILIATED_WITH", "p1", "o2", {"quote": "时任晨光大学副校长苏沐", "role": "副校长"}),
                (
                    "SPEAKER_AT",
                    "p1",
                    "f1",
                    {"quote": "苏沐作题为“算力”的报告", "role": "报告", "topic": "算力", "date": "2030-05-18"},
                ),
                ("AFFILIATED_WITH", "p2", "o3", {"quote": "海岬研究所所长韩若水", "role": "所长"}),
                ("SPEAKER_AT", "p2", "f1", {"quote": "韩若水致辞", "role": "致辞", "date": "2030-05-18"}),
                ("ATTENDED", "p3", "f1", {"quote": "林知远出席", "role": "出席"}),
                (
                    "SIGNED_WITH",
                    "o1",
                    "o2",
                    {
                        "quote": "云溪科学院与晨光大学签署合作备忘录",
                        "role": "合作备忘录",
                        "at": "f1",
                        "date": "2030-05-18",
                    },
                ),
            ],
            date="2030-05-19",
        ),
        article(
            "a/31.txt",
            "2031云溪智能论坛6月2日在云溪市举行，由云溪科学院和海岬研究所联合主办。晨光大学校长苏沐作主旨演讲。"
            "云溪科学院在会上发布“星河计划”，北原学会加入该计划。云溪科学院与晨光大学签署共建协议。"
            "海岬研究所所长韩若水没有出席。青年分论坛由晨光大学承办，晨光大学与北原学会在分论坛签约。",
            {
                "f1": _F31,
                "f2": "2031云溪智能论坛青年分论坛",
                "l1": "云溪市",
                "o1": "云溪科学院",
                "o2": "晨光大学",
                "o3": "海岬研究所",
                "o4": "北原学会",
                "p1": "苏沐",
                "p2": "韩若水",
                "i1": "星河计划",
            },
            [
                ("HELD_IN", "f1", "l1", {"quote": "2031云溪智能论坛6月2日在云溪市举行", "date": "2031-06-02"}),
                ("CO_HOSTED_BY", "f1", "o1", {"quote": "由云溪科学院和海岬研究所联合主办", "role": "联合主办"}),
                ("CO_HOSTED_BY", "f1", "o3", {"quote": "由云溪科学院和海岬研究所联合主办", "role": "联合主办"}),
                ("AFFILIATED_WITH", "p1", "o2", {"quote": "晨光大学校长苏沐", "role": "校长"}),
                (
                    "SPEAKER_AT",
                    "p1",
                    "f1",
                    {"quote": "苏沐作主旨演讲", "role": "主旨演讲", "date": "2031-06-02"},
                ),
                ("ANNOUNCED_AT", "i1", "f1", {"quote": "在会上发布“星河计划”", "role": "发布"}),
                ("LAUNCHED", "o1", "i1", {"quote": "云溪科学院在会上发布“星河计划”", "role": "发布", "at": "f1"}),
                ("MEMBER_OF", "o4", "i1", {"quote": "北原学会加入该计划"}),
                (
                    "SIGNED_WITH",
                    "o2",
                    "o1",
                    {
                        "quote": "云溪科学院与晨光大学签署共建协议",
                        "role": "共建协议",
                        "at": "f1",
                        "date": "2031-06-02",
                    },
                ),
                ("AFFILIATED_WITH", "p2", "o3", {"quote": "海岬研究所所长韩若水", "role": "所长"}),
                ("ATTENDED", "p2", "f1", {"quote": "韩若水没有出席", "modality": "denied"}),
                ("PART_OF", "f2", "f1", {"quote": "青年分论坛由晨光大学承办"}),
                ("ORGANIZED_BY", "f2", "o2", {"quote": "青年分论坛由晨光大学承办", "role": "承办"}),
                ("SIGNED_WITH", "o2", "o4", {"quote": "晨光大学与北原学会在分论坛签约", "at": "f2"}),
            ],
            title="论坛开幕\x0b",
            date="2031-06-03",
        ),
        article(
            "a/32.txt",
            "2032云溪智能论坛将由云溪科学院主办，晨光大学校长苏沐将作报告。",
            {"f1": _F32, "o1": "云溪科学院", "o2": "晨光大学", "p1": "苏沐"},
            [
                ("HOSTED_BY", "f1", "o1", {"quote": "2032云溪智能论坛将由云溪科学院主办", "modality": "planned"}),
                ("AFFILIATED_WITH", "p1", "o2", {"quote": "晨光大学校长苏沐", "role": "校长"}),
                ("SPEAKER_AT", "p1", "f1", {"quote": "苏沐将作报告", "modality": "planned"}),
            ],
            date="2031-12-01",
        ),
        article(
            "a/elsewhere.txt",
            "曾在2030云溪智能论坛作报告的苏沐在2031远山论坛致辞。",
            {"f1": _F30, "f2": "2031远山论坛", "p1": "苏沐"},
            [
                ("SPEAKER_AT", "p1", "f1", {"quote": "曾在2030云溪智能论坛作报告的苏沐", "confidence": 0.5}),
                ("SPEAKER_AT", "p1", "f2", {"quote": "苏沐在2031远山论坛致辞", "date": "2031-05-30"}),
            ],
            date="2031-05-31",
        ),
        article(
            "a/namesake.txt",
            "远山医院医生苏沐介绍了流感。",
            {"p1": "苏沐", "o1": "远山医院"},
            [("AFFILIATED_WITH", "p1", "o1", {"quote": "远山医院医生苏沐", "role": "医生"})],
            date="2031-01-05",
            source="别处晚报",
        ),
    ]
