"""Ingestion: jobs, their documents, progress as events; extraction without loading."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Body, File, Form, Header, Query, Request, Response, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from api import examples
from api.access import INGEST
from api.deps import Cursor, ExtractionDep, Id, JobsDep, Limit, iso, list_response
from api.errors import documented
from api.guard import JOBS, WRITES
from api.jobs.records import Item, ItemState, Job, JobState, NewItem
from api.jobs.service import JobService
from api.jobs.store import UnknownJob
from api.models import ExtractedText, ListResponse, NewJob, NewText
from api.routing import Router
from graph.schema import Document

__all__ = ["router"]

router = Router(prefix="/v1", tags=["ingestion"], dependencies=[INGEST])
_POLL_S = 0.3
_ALIVE_S = 15.0

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="Any text that stands for this request alone: sent again with it, the request makes no second job.",
    ),
]
_NEW = (*WRITES, "key-reused", "no-jobs", "queue-full", "no-room")


@router.post("/jobs", status_code=202, summary="Ingest texts, addresses and feeds", responses=documented(*_NEW))
def create(
    jobs: JobsDep,
    response: Response,
    new: Annotated[NewJob, Body(openapi_examples=examples.JOBS)],
    key: Key = None,
) -> Job:
    """The job is kept before this answers, and done even if the server is stopped meanwhile: follow `Location`."""
    day = iso(new.date)
    items = [_text(each, day) for each in new.documents]
    items += [NewItem("url", each, date=day) for each in new.urls]
    items += [NewItem("feed", each, date=day) for each in new.feeds]
    if not items:
        raise _invalid("documents", "name documents, urls or feeds")
    return _accepted(jobs, response, items, key)


@router.post("/jobs/files", status_code=202, summary="Upload and ingest files", responses=documented(*_NEW, "no-key"))
def upload(
    jobs: JobsDep,
    response: Response,
    files: Annotated[
        list[UploadFile],
        File(description="Text, Markdown, HTML, JSON Lines, PDF, Word, or ZIP archives of these; 20 MB a document."),
    ],
    date: Annotated[dt.date | None, Form(description="Publication date of documents that state none.")] = None,
    key: Key = None,
) -> Job:
    """As a form (`multipart/form-data`). A document's key is its file's name without suffix, unless it states one."""
    items = []
    for each in files:
        name = (each.filename or "").replace("\\", "/").split("/")[-1][:200]
        if not name:
            raise _invalid("files", "a file has no name")
        items.append(NewItem("file", name, each.file.read(), iso(date)))
    return _accepted(jobs, response, items, key)


@router.get("/jobs", summary="List jobs", responses=documented("invalid-cursor", "no-jobs"))
def list_jobs(
    jobs: JobsDep,
    request: Request,
    response: Response,
    state: Annotated[JobState | None, Query(description="Only those in this state.")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ListResponse[Job]:
    """The latest first; what has ended is kept for thirty days."""
    return list_response(jobs.store.jobs(state=state, limit=limit, cursor=cursor), request, response)


@router.get("/jobs/{id}", summary="One job", responses=documented("not-found", "no-jobs"))
def job(jobs: JobsDep, id: Id) -> Job:
    """How far it is: documents that wait, are done or failed, and claims written."""
    return jobs.store.job(id)


@router.get(
    "/jobs/{id}/documents",
    summary="The documents of a job",
    responses=documented("invalid-cursor", "not-found", "no-jobs"),
)
def documents(
    jobs: JobsDep,
    request: Request,
    response: Response,
    id: Id,
    state: Annotated[ItemState | None, Query(description="Only those in this state.")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ListResponse[Item]:
    """Each with its id in the graph, or with the problem for which it failed."""
    return list_response(jobs.store.items(id, state=state, limit=limit, cursor=cursor), request, response)


@router.get(
    "/jobs/{id}/events",
    summary="Progress of a job as server-sent events",
    responses={200: {"content": {"text/event-stream": {}}}, **documented("not-found", "no-jobs")},
    response_class=StreamingResponse,
)
async def events(jobs: JobsDep, id: Id) -> StreamingResponse:
    """An event `progress` with the job at each change, `end` when it has ended; then the stream ends."""
    await run_in_threadpool(jobs.store.job, id)
    return StreamingResponse(_events(jobs, id), media_type="text/event-stream")


@router.post("/jobs/{id}/cancel", summary="Cancel a job", responses=documented(*WRITES, "not-found", "no-jobs"))
def cancel(jobs: JobsDep, id: Id) -> Job:
    """What waits is not loaded; what is loaded stays. A job that has ended is left as it is."""
    return jobs.store.cancel(id)


@router.post(
    "/jobs/{id}/retry",
    status_code=202,
    summary="Try again what failed of a job",
    responses=documented(*WRITES, "not-found", "no-jobs"),
)
def retry(jobs: JobsDep, id: Id) -> Job:
    """What is done stays done."""
    return jobs.retry(id)


@router.delete(
    "/jobs/{id}",
    status_code=204,
    summary="Cancel and forget a job",
    responses=documented(*WRITES, "not-found", "no-jobs"),
)
def delete(jobs: JobsDep, id: Id) -> None:
    """What was handed in is removed; documents that are loaded stay."""
    jobs.store.delete(id)


@router.post("/extract", summary="Extract without loading", responses=documented(*WRITES, "extraction-busy"))
def extract(
    extraction: ExtractionDep, new: Annotated[ExtractedText, Body(openapi_examples=examples.EXTRACT)]
) -> dict[str, Any]:
    """Entities and relations with their quotes and offsets (code points), in the form of `huitu extract`."""
    return extraction.extract(Document("text", new.text, new.title, iso(new.date)))


async def _events(jobs: JobService, id: str) -> AsyncIterator[str]:
    sent, quiet = -1, 0.0
    while not jobs.stopping:
        try:
            version = await run_in_threadpool(jobs.store.version, id)
            if version != sent:
                job = await run_in_threadpool(jobs.store.job, id)
                ended = job.state in {"finished", "cancelled"}
                kind = "end" if ended else "progress"
                yield f"id: {version}\nevent: {kind}\ndata: {json.dumps(asdict(job))}\n\n"
                if ended:
                    return
                sent, quiet = version, 0.0
        except UnknownJob:  # it was deleted
            return
        await asyncio.sleep(_POLL_S)
        quiet += _POLL_S
        if quiet >= _ALIVE_S:
            yield ": still there\n\n"
            quiet = 0.0


def _accepted(jobs: JobService, response: Response, items: list[NewItem], key: str | None) -> Job:
    made, _ = jobs.create(items, key)
    response.headers["Location"] = f"{JOBS}/{made.id}"
    return made


def _text(new: NewText, day: str | None) -> NewItem:
    """A text as a line of JSON Lines; its key is told, for else it would be that of a line."""
    key = new.doc or new.url or f"text-{hashlib.sha256(new.text.encode(errors='replace')).hexdigest()[:16]}"
    record = {**new.model_dump(exclude_none=True), "doc": key}
    return NewItem("text", key, json.dumps(record).encode(), day)


def _invalid(field: str, problem: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", field), "msg": problem, "type": "value_error"}])
