"""What travels over the wire besides the records of `graph.records`, which are sent as they are."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, Field

__all__ = [
    "FieldProblem",
    "Health",
    "ListResponse",
    "Ontology",
    "OntologyEntity",
    "OntologyRelation",
    "Problem",
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
    errors: list[FieldProblem] | None = None


class Health(BaseModel):
    """Whether the service is up."""

    status: str
    database: str | None = Field(default=None, description="What the database calls itself.")


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
