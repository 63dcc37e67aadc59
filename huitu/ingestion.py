"""The command that shows what the server ingests: jobs."""

from __future__ import annotations

from typing import Annotated

import typer

from api.jobs.store import Store
from graph.settings import load_settings
from huitu.console import err, out, visible

__all__ = ["jobs"]


def jobs(
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A job: show what failed of it, and why.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")] = 20,
) -> int:
    """List the jobs of the server's data folder, the latest first."""
    store = Store(load_settings().data_dir / "jobs")
    try:
        if id is not None:
            store.job(id)
            for item in store.items(id, state="failed", limit=limit).items:
                problem = item.problem or {}
                out.print(f"{visible(item.name)}: {visible(str(problem.get('detail', '')))}")
            return 0
        found = store.jobs(limit=limit)
    finally:
        store.close()
    for job in found.items:
        counts = f"{job.documents} documents, {job.done} done, {job.failed} failed, {job.claims} claims"
        out.print(f"{job.id}  {job.created}  {job.state:<9}  {counts}")
    if not found.items:
        err.print("There are no jobs.")
    return 0
