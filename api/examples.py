"""Bodies of writes as the description of the API shows them; they work as they stand once ``samples/`` is loaded."""

from __future__ import annotations

from fastapi.openapi.models import Example

__all__ = ["CLAIM", "CORRECTIONS", "DECISIONS", "EXTRACT", "JOBS", "MATCH", "QUERIES"]

DECISIONS: dict[str, Example] = {
    "same": {
        "summary": "A short name that its article does not explain",
        "value": {
            "verdict": "same",
            "a": "o-194d2127df7feeca",
            "b": "o-1c5811307f3d56c1",
            "by": "李明",
            "why": "云枢机器人 is short for 苏州云枢机器人有限公司",
        },
    },
    "different": {
        "summary": "A university and one of its institutes",
        "value": {"verdict": "different", "a": "o-64d120d7d28738d5", "b": "o-ebe686070fffd99b", "by": "李明"},
    },
    "unsure": {
        "summary": "Nobody can tell",
        "value": {"verdict": "unsure", "a": "p-96eb1cc97fd0bfa3", "b": "p-dee08364fb1eba04", "by": "李明"},
    },
}

CORRECTIONS: dict[str, Example] = {
    "accept": {"summary": "It is right", "value": {"action": "accept", "by": "李明"}},
    "reject": {
        "summary": "It is wrong",
        "value": {"action": "reject", "by": "李明", "why": "The sentence speaks of the year before."},
    },
    "edit": {
        "summary": "The role was cut wrongly, the day is not known",
        "value": {
            "action": "edit",
            "changes": {"role": "主旨演讲", "date_from": None, "date_to": None, "date_precision": None},
            "by": "李明",
        },
    },
}

CLAIM: dict[str, Example] = {
    "speaker": {
        "summary": "A speaker who was missed (document d-c48c34c3b5f078213dea)",
        "value": {
            "relation": "SPEAKER_AT",
            "subject": {"type": "Person", "name": "周予安"},
            "object": {"type": "Forum", "name": "2024太湖人工智能大会"},
            "quote": "周予安、东南大学自动化学院教授吴景澜同台讨论数据标准问题",
            "role": "圆桌讨论",
            "date_from": "2024-07-12",
            "date_to": "2024-07-12",
            "date_precision": "day",
            "by": "李明",
        },
    },
}

MATCH: dict[str, Example] = {
    "names": {
        "summary": "A column of a table",
        "value": {
            "names": [
                {"name": "2024太湖人工智能大会", "types": ["Forum"]},
                {"name": "东南大学"},
                {"name": "吴景澜", "types": ["Person"], "organization": "东南大学"},
            ],
            "limit": 3,
        },
    },
}

_NOTICE = "7月18日，第三届滨海智慧港口论坛在云港举行，由云港市人民政府主办。晨光大学校长苏沐出席并致辞。"

JOBS: dict[str, Example] = {
    "texts": {
        "summary": "An article as text",
        "value": {
            "documents": [
                {
                    "doc": "notices/1",
                    "title": "第三届滨海智慧港口论坛在云港举行",
                    "date": "2031-07-19",
                    "source": "虚构日报",
                    "text": _NOTICE,
                }
            ]
        },
    },
}

EXTRACT: dict[str, Example] = {
    "speech": {
        "summary": "A speech at a forum",
        "value": {
            "text": _NOTICE,
            "date": "2031-07-19",
        },
    },
}

QUERIES: dict[str, Example] = {
    "hosts": {
        "summary": "Who hosted most forums",
        "value": {
            "query": "MATCH (f:Forum)-[:HOSTED_BY]->(o:Organization) RETURN o.name AS name, count(f) AS forums "
            "ORDER BY forums DESC, name LIMIT $most",
            "parameters": {"most": 10},
        },
    },
}
