"""The embedded server's configuration: hardened, loopback only, sized to the machine.

``HARDENING`` is also what docker-compose.yml sets; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from graph.grass import as_command

__all__ = ["HARDENING", "JVM_OPTIONS", "Memory", "browser_commands", "server_settings", "size_memory", "write_config"]

_CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")

CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self' data:",
        "img-src 'self' data: blob:",
        "connect-src 'self' ws://127.0.0.1:* ws://localhost:* http://127.0.0.1:* http://localhost:*",
        "object-src 'none'",
        "frame-ancestors 'self'",
    )
)

HARDENING: Mapping[str, str] = {
    # Cypher reads no file and no address: LOAD CSV is stopped twice over.
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
    # One query cannot take the server down; the client may ask for less or more time than this.
    "db.transaction.timeout": "10m",
    # Nobody is told anything, by the server or by Neo4j Browser: it asks others for fonts, usage statistics and
    # feedback whatever its settings say, so its page forbids it (no setting of Community does).
    "dbms.security.http_static_content_security_policy_header": CONTENT_POLICY,
    "dbms.usage_report.enabled": "false",
    "client.allow_telemetry": "false",
    "browser.remote_content_hostname_whitelist": "127.0.0.1,localhost",
    # Neo4j Browser talks Bolt; nothing else is served over HTTP.
    "server.http_enabled_modules": "BROWSER",
    "server.https.enabled": "false",
    # A store of a few megabytes need not reserve half a gigabyte for its logs.
    "db.tx_log.preallocate": "false",
    "db.tx_log.rotation.retention_policy": "1 days 256M",
}

# Not ExitOnOutOfMemoryError: one query that fills the heap fails alone, and nobody would start the server again.
JVM_OPTIONS = (
    "-XX:+UseG1GC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+DisableExplicitGC",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
)


@dataclass(frozen=True, slots=True)
class Memory:
    """Sizes in MiB; what the JVM needs for itself comes on top."""

    heap: int
    page_cache: int
    transaction: int


def size_memory(budget_mib: int | None = None) -> Memory:
    """Divide a budget: half heap, a quarter page cache, the rest for the JVM itself.

    Args:
        budget_mib: MiB; default a quarter of the machine's memory (or of its container's limit), 1,024 to 8,192.
    """
    if budget_mib is None:
        budget_mib = min(max(_machine_memory() // 4 // 2**20, 1024), 8192)
    heap = budget_mib // 2
    return Memory(heap, budget_mib // 4, heap // 2)


def _machine_memory() -> int:
    total = psutil.virtual_memory().total
    if _CGROUP_LIMIT.exists():
        limit = _CGROUP_LIMIT.read_text().strip()
        if limit.isdigit():
            return min(total, int(limit))
    return total


def server_settings(bolt_port: int, http_port: int, memory: Memory, api_port: int = 0) -> dict[str, str]:
    """Every setting of the embedded server.

    Args:
        bolt_port: port of the drivers.
        http_port: port of Neo4j Browser.
        memory: sizes in MiB.
        api_port: port of the API, which serves Neo4j Browser its guide; 0: there is none.
    """
    return {
        "server.default_listen_address": "127.0.0.1",
        "server.default_advertised_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{bolt_port}",
        "server.bolt.advertised_address": f"127.0.0.1:{bolt_port}",
        "server.http.listen_address": f"127.0.0.1:{http_port}",
        "server.http.advertised_address": f"127.0.0.1:{http_port}",
        "server.directories.import": "import",
        "server.memory.heap.initial_size": f"{memory.heap}m",
        "server.memory.heap.max_size": f"{memory.heap}m",
        "server.memory.pagecache.size": f"{memory.page_cache}m",
        "db.memory.transaction.max": f"{memory.transaction}m",
        "browser.post_connect_cmd": browser_commands(api_port),
        # Many commands start a server for themselves and wait for its end: no ten seconds for absent stragglers.
        "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
        **HARDENING,
    }


def browser_commands(api_port: int = 0) -> str:
    """What Neo4j Browser does once it is connected: take on our style, open our guide.

    The style is in the command itself. The guide cannot be: it is fetched from the API, and while none runs there
    Browser's drawer says that it cannot be had, and all else works.
    """
    guide = f"; guide http://127.0.0.1:{api_port}/browser/guide.zh.html" if api_port else ""
    return as_command() + guide


def write_config(path: Path, settings: Mapping[str, str]) -> None:
    """Write ``neo4j.conf``."""
    lines = ["# Written by Huitu at every start; changes are lost.", *(f"{k}={v}" for k, v in settings.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
