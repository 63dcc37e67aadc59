"""Jobs (任务): ingestion that outlives its request, and the server.

`store` keeps them, `worker` does them in a process of its own, `service` starts that and watches it.
"""

from __future__ import annotations

from api.jobs.records import Item, ItemState, Job, JobState, NewItem
from api.jobs.service import JobService
from api.jobs.store import KeyReused, Store, UnknownJob

__all__ = ["Item", "ItemState", "Job", "JobService", "JobState", "KeyReused", "NewItem", "Store", "UnknownJob"]
