"""Jobs (任务): ingestion that outlives its request, and the server.

`store` keeps them, `worker` does them in a process of its own, `service` starts that and watches it. `extraction` is
the process that extracts on request, without loading.
"""
