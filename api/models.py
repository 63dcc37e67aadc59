"""What travels over the wire besides the records of `graph.records`, which are sent as they are."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from graph.amend import period
from graph.corrections import EDITABLE, Addition
from graph.decisions import Verdict
from graph.questions.matching import Match
from graph.questions.records import Candidate
from graph.records import Count, EntitySummary, SeriesRef
from graph.schema import EntityType, Modality, RelationType

__all__ = [
    "ExtractedText",
    "FieldProblem",
    "Health",
    "ListResponse",
    "MatchRequest",
    "MatchResponse",
    "Matches",
    "NameToMatch",
    "Named",
    "NewClaim",
    "NewCorrection",
    "NewDecision",
    "NewJob",
    "NewQuery",
    "NewText",
    "Ontology",
    "OntologyEntity",
    "OntologyRelation",
    "Problem",
    "SearchResponse",
    "Total",
]

T = TypeVar("T")


class Total(BaseModel):
    """How many items all pages hold together."""

    count: int
    exact: bool = Field(default=True, description="Whether the count is exact or a lower bound.")


class ListResponse(BaseModel, Generic[T]):
    """A page of a list."""

    items: list[T]
    total: Total
    next: str | None = Field(default=None, description="Cursor of the next page; null on the last one.")


class SearchResponse(ListResponse[EntitySummary]):
    """A page of what a search finds, with counts."""

    types: tuple[Count, ...] = Field(description="How many there are of each type, whatever types were chosen.")
    years: tuple[Count, ...] = Field(description="How many were first named in each year, by dated documents.")
    series: tuple[SeriesRef, ...] = Field(description="Series of forums of that name; with the first page only.")


class FieldProblem(BaseModel):
    """What is wrong with one parameter."""

    parameter: str
    problem: str


class Problem(BaseModel):
    """An error as RFC 9457 has it; `type` leads to a page that explains it."""

    type: str = Field(examples=["/problems/not-found"])
    title: str
    status: int
    detail: str
    instance: str
    request_id: str | None = Field(default=None, description="As in the header `X-Request-ID` and in the log.")
    errors: list[FieldProblem] | None = Field(default=None, description="With invalid-parameter: what is wrong.")
    decisions: list[str] | None = Field(default=None, description="With decision-conflict: ids of those in the way.")
    candidates: list[Candidate] | None = Field(default=None, description="With ambiguous-name: what is called so.")
    nearest: list[EntitySummary] | None = Field(default=None, description="With unknown-name: what has a similar name.")


class Health(BaseModel):
    """Whether the service is up."""

    status: str
    database: str | None = Field(default=None, description="What the database calls itself.")


_Name = Annotated[str, Field(max_length=200, pattern=r"\S")]
_Words = Annotated[str, Field(max_length=500, pattern=r"\S")]


_Url = Annotated[str, Field(max_length=2000, pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://\S+$")]


class _New(BaseModel):
    """What people write: who says so, and why; fields that it does not have are refused."""

    model_config = ConfigDict(extra="forbid")

    by: _Name | None = Field(default=None, description="Who says so; where keys are in use, the name of the key.")
    why: str | None = Field(default=None, max_length=2000, description="The reason, kept with it.")


class NewDecision(_New):
    """A decision on two things of one type."""

    verdict: Verdict
    a: str = Field(max_length=64, description="Id of an entity, present or former, or of a mention.")
    b: str = Field(max_length=64, description="Id of the other.")


class NewCorrection(_New):
    """A correction of a claim."""

    action: Literal["accept", "reject", "edit"]
    changes: dict[str, _Words | None] = Field(
        default={}, max_length=len(EDITABLE), description=f"With edit: {', '.join(EDITABLE)}; null removes one."
    )


class Named(BaseModel):
    """A thing by the name that a document has for it."""

    model_config = ConfigDict(extra="forbid")

    type: EntityType
    name: _Name


class NewClaim(_New):
    """A claim that was missed in a document; dates go together."""

    relation: RelationType
    subject: Named
    object: Named
    quote: str = Field(min_length=1, max_length=10_000, description="The words that say so, to the letter.")
    modality: Modality = Modality.HELD
    role: _Words | None = None
    topic: _Words | None = None
    at: _Name | None = Field(default=None, description="Name of the forum where it happened.")
    date_from: str | None = Field(default=None, max_length=10, examples=["2024-07-12"])
    date_to: str | None = Field(default=None, max_length=10, examples=["2024-07-12"])
    date_precision: Literal["day", "month", "year"] | None = None

    def addition(self) -> Addition:
        """As the graph takes it.

        Raises:
            BadCorrection: there is only a part of its dates.
        """
        return Addition(
            self.relation,
            (self.subject.type, self.subject.name),
            (self.object.type, self.object.name),
            self.quote,
            self.role,
            self.modality,
            self.at,
            self.topic,
            period(self.date_from, self.date_to, self.date_precision),
        )


class NameToMatch(BaseModel):
    """A name that a table holds, with what it holds beside it."""

    model_config = ConfigDict(extra="forbid")

    name: _Words
    types: list[EntityType] = Field(default=[], max_length=len(EntityType), description="What it may be; none: any.")
    organization: _Name | None = Field(default=None, description="Of a person: a body that they are at.")


class MatchRequest(BaseModel):
    """Names to match."""

    model_config = ConfigDict(extra="forbid")

    names: list[NameToMatch] = Field(min_length=1, max_length=500)
    limit: int = Field(default=5, ge=1, le=20, description="Entities for each name, at most.")


class Matches(BaseModel):
    """What a name may mean, the likeliest first."""

    name: str
    matches: tuple[Match, ...]


class MatchResponse(BaseModel):
    """The names in the order in which they were asked for."""

    items: list[Matches]


class NewText(BaseModel):
    """An article as text; HTML in it becomes readable text."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=2_000_000, pattern=r"\S")
    doc: _Name | None = Field(default=None, description="Its key; without one its URL, else one made from the text.")
    title: _Words | None = None
    date: _Words | None = Field(default=None, description="Day of publication.", examples=["2024-07-12"])
    source: _Name | None = Field(default=None, description="Publisher.")
    url: _Url | None = None


class NewJob(BaseModel):
    """What is to be ingested: texts, addresses of pages and files, feeds (RSS, Atom)."""

    model_config = ConfigDict(extra="forbid")

    documents: list[NewText] = Field(default=[], max_length=1000)
    urls: list[_Url] = Field(default=[], max_length=1000, description="http or https, of the public internet.")
    feeds: list[_Url] = Field(default=[], max_length=100)
    date: dt.date | None = Field(default=None, description="Publication date of documents that state none.")


class ExtractedText(BaseModel):
    """A text to extract from, without loading it."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=20_000, pattern=r"\S")
    title: _Words | None = None
    date: dt.date | None = Field(default=None, description="Day of publication: dates in the text are read from there.")


class NewQuery(BaseModel):
    """A reading Cypher query."""

    model_config = ConfigDict(extra="forbid")

    query: str = Field(min_length=1, max_length=10_000)
    parameters: dict[str, Any] = Field(default={}, max_length=100)
    limit: int = Field(default=1_000, ge=1, le=10_000, description="Rows at most.")


class OntologyEntity(BaseModel):
    """An entity type."""

    type: str
    zh: str


class OntologyRelation(BaseModel):
    """A relation type and what it may connect."""

    type: str
    zh: str
    en: str
    heads: list[str]
    tails: list[str]
    symmetric: bool


class Ontology(BaseModel):
    """The types of entities and relations."""

    entities: list[OntologyEntity]
    relations: list[OntologyRelation]
